//! JSON as logs hold it: a reader that borrows and forgives, a writer that never emits what a
//! search engine refuses.
//!
//! The reader accepts every text that [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) allows,
//! down to [`MAX_DEPTH`], and four things that real loggers write although it does not: raw
//! control characters inside strings, lone surrogates (`\ud800`, from Python's `surrogateescape`),
//! the words `NaN`, `Infinity` and `-Infinity` (from Python's `json` module), and duplicate keys.
//! `serde_json` refuses the first three, and a log that is refused loses its fields.

mod key_lists;
mod read;
mod value;
mod words;
mod write;

pub use key_lists::KeyLists;
pub use read::{MAX_DEPTH, MAX_VALUES, ReadError, Reader, read};
pub use value::{Number, Object, Value, join_lines};
pub use write::{to_text, write_object, write_string, write_value};
