//! What holds a value, as far as its name goes.

use crate::json::Value;
use crate::redact::names::{is_bare_word, is_plural};

/// What holds a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// A key that names a secret.
    SecretName,
    /// A key that names secrets: a small number is how many there are.
    SecretNames,
    /// Something below a key that names a secret.
    WithinSecret,
    /// Anything else.
    Other,
}

impl Holder {
    /// The holder of the value of a secret's name.
    pub(super) fn of_name(name: &str) -> Self {
        if is_plural(name) { Self::SecretNames } else { Self::SecretName }
    }

    /// Whether a number is masked. Below a secret name stand ports and versions, too; what has
    /// more digits than those is taken for the secret.
    pub(super) fn masks_number(self, number: &str) -> bool {
        const DIGITS_OF_COUNT: usize = 4;
        match self {
            Self::SecretName => true,
            Self::SecretNames | Self::WithinSecret => {
                number.bytes().filter(u8::is_ascii_digit).count() > DIGITS_OF_COUNT
            }
            Self::Other => false,
        }
    }
}

/// Keys under which an object holds a name, and keys under which it holds that name's value:
/// `{"name": "Cookie", "value": …}`.
pub(super) const NAME_KEYS: [&str; 3] = ["name", "key", "header"];
pub(super) const VALUE_KEYS: [&str; 3] = ["value", "val", "values"];

pub(super) fn is_one_of(key: &str, keys: [&str; 3]) -> bool {
    // The length and the first letter settle nearly all keys.
    let first = key.bytes().next().map(|byte| byte.to_ascii_lowercase());
    keys.iter().any(|known| {
        known.len() == key.len() && known.bytes().next() == first && key.eq_ignore_ascii_case(known)
    })
}

/// Whether a value after a secret's name may be the secret, and not the next option or, in a
/// list of names, the next name.
pub(super) fn is_argument_of_secret(value: &Value<'_>) -> bool {
    value.as_str().is_none_or(|text| !is_option(text) && !is_bare_word(text))
}

/// `--verbose`, `-v`.
fn is_option(text: &str) -> bool {
    let name = text.trim_start_matches('-');
    name.len() < text.len() && name.starts_with(|c: char| c.is_ascii_alphabetic())
}
