//! Redaction: what is a secret, where it stands, and what is written instead.
//!
//! Secrets are found in two ways. By name: a key such as `db_password` masks every leaf below it
//! ([`SecretNames`]). By value: a [`Rule`] knows the shape of one kind of credential, and the
//! [`Detector`] finds all of them in a string. The [`Redactor`] walks a document with both and
//! seals it. It runs before everything that is derived, so that no stage after it can see, cut or
//! copy a secret.
//!
//! A rule is a row of a table, in the file of its vendor's family below [`rules`], or the
//! operator's own ([`OwnRule`], [`OwnName`]), as are [`Exemptions`]. An [`Onlooker`] is told of each
//! secret, which is how the commands can show them.

mod anchor;
mod check_digits;
mod checks;
mod detector;
mod exemption;
mod finding;
mod keywords;
mod locator;
mod mask;
mod names;
mod names_before;
mod own_names;
mod own_rule;
mod pattern;
mod placeholder;
mod prefilter;
mod prose;
mod prose_words;
mod redactor;
mod replacement;
pub mod rules;
mod secret_words;
mod sighting;
mod text_names;

pub use detector::Detector;
pub use exemption::Exemptions;
pub use finding::{Finding, RuleId};
pub use mask::RuleMask;
pub use names::{KeyPath, SecretNames};
pub use own_names::OwnName;
pub use own_rule::{Mistake, OwnRule, has_room_for};
pub use placeholder::{is_placeholder, is_redaction};
pub use redactor::{BY_NAME, Outlook, RedactionSettings, Redactor};
pub use replacement::{Mode, Replacement, ReplacementError};
pub use rules::{Rule, RuleSet};
pub use sighting::{Onlooker, Sighting};
