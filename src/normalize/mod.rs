//! Producers' fields to ECS: what a log calls its time, level, message, origin and error moves to
//! where the engine expects it; what has no ECS name becomes a label.

mod aliases;
mod claim;
mod duration;
mod holders;
mod keep;
mod known;
mod labels;
mod lambda_platform;
mod mongodb;
mod origin;
mod own_words;
mod reading;
mod repetitions;
mod shapes;
mod split_time;
mod text;

pub use claim::claim_fields;
pub use keep::keep_remaining;
pub use labels::label_remaining;
pub use lambda_platform::claim_lambda_platform;
pub use shapes::Shapes;
pub use text::{claim_text, drop_prefix};
