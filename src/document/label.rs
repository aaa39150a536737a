//! What a label may be called, and how many a document may have.

use std::borrow::Cow;

/// How many labels a document may have.
pub const MOST_LABELS: usize = 200;
/// How long a label's name may be, in bytes.
pub const LONGEST_LABEL_NAME: usize = 128;

/// `name` as a label has it: with `_` for whatever is no letter, digit, `-` or `_`, and without
/// `_` at its ends. Empty when nothing is left.
#[must_use]
pub fn label_name(name: &str) -> Cow<'_, str> {
    let is_plain = !name.starts_with('_')
        && !name.ends_with('_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_plain {
        return Cow::Borrowed(name);
    }
    let is_legal = |character: char| character.is_alphanumeric() || character == '-';
    let replaced: String = name.chars().map(|c| if is_legal(c) { c } else { '_' }).collect();
    Cow::Owned(replaced.trim_matches('_').to_owned())
}
