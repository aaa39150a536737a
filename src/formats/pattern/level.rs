//! Levels by how they are spelt in a prefix.

use crate::formats::bytes::Bytes;
use crate::level::{Level, Place, lookup};

/// How a level is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// In capitals, where more than a blank follows.
    Capitals,
    /// In capitals, where a blank follows: no word that prose begins with.
    Bare,
    /// In any case, within brackets or between marks that no prose has.
    Any,
    /// In small letters.
    Small,
    /// One capital.
    Letter,
    /// Redis's sign.
    Sign,
}

impl Spelling {
    /// What a level that is spelt so begins with.
    pub(super) fn first(self) -> Bytes {
        match self {
            Self::Capitals | Self::Bare | Self::Letter => Bytes::CAPITALS,
            Self::Any => Bytes::LETTERS,
            Self::Small => Bytes::SMALL,
            Self::Sign => Bytes::of(b".-*#"),
        }
    }

    /// What a level is made of, however it is spelt.
    const PARTS: Bytes = Bytes::LETTERS.or(Bytes::DIGITS);

    /// Takes a level that is spelt so off the front of `text`, before what may be `following`.
    pub(super) fn take(self, following: Bytes, text: &str) -> Option<(Level, &str)> {
        if self == Self::Sign {
            return redis_level(text);
        }
        let (word, rest) = text.split_at_checked(Self::PARTS.count(text.as_bytes(), text.len()))?;
        if !following.begin(rest.as_bytes()) {
            return None;
        }
        let (level, place) = lookup(word.as_bytes())?;
        let has_small = word.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_so = match self {
            Self::Capitals => !has_small && word.len() > 2,
            Self::Bare => {
                let is_short = word.len() == 3 && place == Place::Punctuated && word != "LOG";
                !has_small && (place == Place::Bare || is_short)
            }
            Self::Any => word.len() > 2 && place <= Place::Bracketed,
            Self::Small => {
                let has_capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
                !has_capital && (place == Place::Bare || matches!(word, "verbose" | "silly"))
            }
            Self::Letter => !has_small && word.len() == 1,
            Self::Sign => false,
        };
        is_so.then_some((level, rest))
    }
}

fn redis_level(text: &str) -> Option<(Level, &str)> {
    let level = match text.as_bytes().first()? {
        b'.' | b'-' => Level::Debug,
        b'*' => Level::Info,
        b'#' => Level::Warn,
        _ => return None,
    };
    Some((level, text.get(1..)?))
}
