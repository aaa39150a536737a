//! What is written in a secret's place.

use std::fmt::{self, Write as _};

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::placeholder::is_tail_char;

/// How a secret is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// `[REDACTED:<rule-id>]`
    Label,
    /// `[REDACTED]`, whatever the rule and the length.
    Mask,
    /// `[REDACTED:<rule-id>:…a1b2]` with the last four characters of a secret that has more than
    /// 16; as `Label` for a shorter one, or when those four are not all letters, digits, `-`, `_`.
    Partial,
    /// `[REDACTED:<rule-id>:<12 hex digits>]` of the secret's HMAC-SHA-256, to correlate without
    /// revealing.
    Hash,
    /// A field with a secret name disappears, which is for the caller to do; within a text, as
    /// `Label`.
    Remove,
}

/// Why a replacement cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacementError {
    /// [`Mode::Hash`] without a key.
    MissingKey,
    /// [`Mode::Hash`] with a key that could be guessed.
    ShortKey {
        /// The key's length in bytes.
        length: usize,
    },
}

impl fmt::Display for ReplacementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingKey => {
                write!(f, "mode `hash` needs a key of at least {MIN_KEY} bytes")
            }
            Self::ShortKey { length } => write!(
                f,
                "mode `hash` needs a key of at least {MIN_KEY} bytes; this one has {length}"
            ),
        }
    }
}

impl std::error::Error for ReplacementError {}

/// The shortest key for [`Mode::Hash`], in bytes.
const MIN_KEY: usize = 16;
/// [`Mode::Partial`] shows nothing of secrets of up to this many characters.
const PARTIAL_ABOVE: usize = 16;
/// How many characters [`Mode::Partial`] shows.
const PARTIAL_SHOWN: usize = 4;

/// Writes markers in one mode.
#[derive(Clone)]
pub struct Replacement {
    mode: Mode,
    /// Only for [`Mode::Hash`]: the keyed state, ready to be cloned.
    hmac: Option<Hmac<Sha256>>,
}

impl fmt::Debug for Replacement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replacement").field("mode", &self.mode).finish_non_exhaustive()
    }
}

impl Replacement {
    /// A writer for `mode`. The key serves [`Mode::Hash`] only.
    ///
    /// # Errors
    /// [`Mode::Hash`] without a key of at least 16 bytes.
    pub fn new(mode: Mode, key: Option<&[u8]>) -> Result<Self, ReplacementError> {
        let hmac = match (mode, key) {
            (Mode::Hash, None) => return Err(ReplacementError::MissingKey),
            (Mode::Hash, Some(key)) => {
                let short = ReplacementError::ShortKey { length: key.len() };
                if key.len() < MIN_KEY {
                    return Err(short);
                }
                Some(Hmac::new_from_slice(key).map_err(|_| short)?)
            }
            _ => None,
        };
        Ok(Self { mode, hmac })
    }

    /// The mode.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Appends the marker for `secret`, found by the rule `rule_id`, to `out`. Never writes
    /// anything of the secret, save its last four characters with [`Mode::Partial`].
    pub fn write(&self, rule_id: &str, secret: &str, out: &mut String) {
        out.push_str("[REDACTED");
        if self.mode != Mode::Mask {
            out.push(':');
            out.push_str(rule_id);
        }
        match (self.mode, &self.hmac) {
            (Mode::Partial, _) => {
                if let Some(tail) = visible_tail(secret) {
                    out.push_str(":…");
                    out.push_str(tail);
                }
            }
            (Mode::Hash, Some(hmac)) => {
                let mut hmac = hmac.clone();
                hmac.update(secret.as_bytes());
                out.push(':');
                for byte in hmac.finalize().into_bytes().iter().take(6) {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "{byte:02x}");
                }
            }
            _ => {}
        }
        out.push(']');
    }
}

fn visible_tail(secret: &str) -> Option<&str> {
    let (start, _) = secret.char_indices().rev().nth(PARTIAL_SHOWN - 1)?;
    let tail = secret.get(start..)?;
    let long = secret.chars().nth(PARTIAL_ABOVE).is_some();
    (long && tail.is_ascii() && tail.chars().all(is_tail_char)).then_some(tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::is_redaction;
    use proptest::prelude::*;

    const KEY: &[u8] = b"0123456789abcdef";

    fn written(mode: Mode, secret: &str) -> String {
        let mut out = String::from("a ");
        Replacement::new(mode, Some(KEY)).unwrap().write("url-password", secret, &mut out);
        out
    }

    #[test]
    fn each_mode() {
        let long = "correct-horse-battery-staple";
        for (mode, secret, expected) in [
            (Mode::Label, long, "a [REDACTED:url-password]"),
            (Mode::Remove, long, "a [REDACTED:url-password]"),
            (Mode::Mask, long, "a [REDACTED]"),
            (Mode::Mask, "x", "a [REDACTED]"),
            (Mode::Partial, long, "a [REDACTED:url-password:…aple]"),
            (Mode::Partial, "0123456789abcdef", "a [REDACTED:url-password]"),
            (Mode::Partial, "0123456789abcdefg", "a [REDACTED:url-password:…defg]"),
            (Mode::Partial, "0123456789abcdef] \"x", "a [REDACTED:url-password]"),
            (Mode::Partial, "äöüäöüäöüäöüäöüäöüäöü", "a [REDACTED:url-password]"),
            // HMAC-SHA-256 with the key `0123456789abcdef` of the secret `secret`.
            (Mode::Hash, "secret", "a [REDACTED:url-password:HASH]"),
        ] {
            let expected = expected.replace("HASH", "59fa6a4dccc4");
            assert_eq!(written(mode, secret), expected, "{mode:?} {secret}");
        }
    }

    #[test]
    fn hash_needs_a_long_key() {
        assert_eq!(Replacement::new(Mode::Hash, None).err(), Some(ReplacementError::MissingKey));
        let error = Replacement::new(Mode::Hash, Some(b"0123456789abcde")).unwrap_err();
        assert_eq!(error, ReplacementError::ShortKey { length: 15 });
        assert!(!error.to_string().contains("abcde"), "an error never quotes the key");
        assert!(Replacement::new(Mode::Label, None).is_ok());
    }

    #[test]
    fn hash_depends_on_secret_and_key() {
        let other = Replacement::new(Mode::Hash, Some(b"fedcba9876543210")).unwrap();
        let mut out = String::from("a ");
        other.write("url-password", "secret", &mut out);
        assert_ne!(out, written(Mode::Hash, "secret"));
        assert_ne!(written(Mode::Hash, "secret"), written(Mode::Hash, "secret "));
        assert_eq!(written(Mode::Hash, "secret"), written(Mode::Hash, "secret"));
    }

    #[test]
    fn debug_shows_no_key() {
        let replacement = Replacement::new(Mode::Hash, Some(KEY)).unwrap();
        assert_eq!(format!("{replacement:?}"), "Replacement { mode: Hash, .. }");
    }

    proptest! {
        #[test]
        fn every_marker_is_recognised(secret in any::<String>()) {
            for mode in [Mode::Label, Mode::Mask, Mode::Partial, Mode::Hash, Mode::Remove] {
                let out = written(mode, &secret);
                prop_assert!(is_redaction(out.strip_prefix("a ").unwrap()), "{}", out);
            }
        }
    }
}
