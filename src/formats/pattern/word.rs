//! Values by how they are spelt in a prefix.

use crate::formats::bytes::Bytes;
use crate::formats::scan::is_uuid;
use crate::formats::words::Words;
use crate::level::lookup;

/// How long a name may be, in bytes.
const LONGEST_NAME: usize = 200;

/// How a value is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A logger's name where the signs around it leave no doubt.
    Token,
    /// A logger's name before a colon, where a word of prose may stand.
    Name,
    /// The same, of several parts: `shop.checkout`, `app::pool`.
    Dotted,
    /// What stands in brackets.
    Inside,
    /// Letters, digits, `_`, `-` and `.`.
    Plain,
    /// Spans with their fields: `request{id=7}:pay{order=8}`.
    Spans,
    /// A path with an ending.
    File,
    Digits,
    /// Digits with letters, of this many bytes.
    Hexadecimal(usize),
    Uuid,
    /// A user's or a database's name in Postgres, which calls some of them `[unknown]`.
    Account,
    /// Anything up to a blank.
    Anything,
}

/// What words are made of; also [`is_word`].
const WORD: Bytes = Bytes::LETTERS.or(Bytes::DIGITS).or(Bytes::of(b"_")).or(Bytes::OTHERS);
/// What hexadecimal numbers are made of.
const HEXADECIMAL: Bytes =
    Bytes::DIGITS.or(Bytes::between(b'A', b'F')).or(Bytes::between(b'a', b'f'));
/// What leaves a mark.
const PRINTED: Bytes = Bytes::between(b'!', 0x7f).or(Bytes::OTHERS);

impl Word {
    /// What is spelt so is made of these.
    pub(super) fn parts(self) -> Bytes {
        match self {
            Self::Token => const { WORD.or(Bytes::of(b".$-/#<>*@+`")) },
            // And of pairs of colons.
            Self::Name | Self::Dotted => const { WORD.or(Bytes::of(b".$-/")) },
            Self::Inside => const { PRINTED.or(Bytes::of(b" ")).but(b"[]") },
            // And of what stands in the braces.
            Self::Spans => WORD,
            Self::Plain => const { WORD.or(Bytes::of(b".-")) },
            Self::File => const { WORD.or(Bytes::of(b"./\\-+@")) },
            Self::Digits => Bytes::DIGITS,
            Self::Hexadecimal(_) => HEXADECIMAL,
            Self::Uuid => const { HEXADECIMAL.or(Bytes::of(b"-")) },
            Self::Account => const { PRINTED.but(b"@:(") },
            Self::Anything => PRINTED,
        }
    }

    /// What is spelt so begins with one of these.
    pub(super) fn first(self) -> Bytes {
        match self {
            Self::Token => self.parts().but(b"-0123456789"),
            Self::Name | Self::Dotted => WORD.but(b"0123456789"),
            _ => self.parts(),
        }
    }

    /// How many bytes at the front of `text` are spelt so; `parts` are the bytes that [`Self::parts`].
    pub(super) fn length(self, parts: Bytes, text: &[u8]) -> Option<usize> {
        let count = |text: &[u8]| parts.count(text, LONGEST_NAME + 1);
        let length = match self {
            Self::Name | Self::Dotted => {
                let mut length = count(text);
                while let Some([b':', b':', byte, ..]) = text.get(length..)
                    && is_word(*byte)
                    && (1..=LONGEST_NAME).contains(&length)
                {
                    length += 3 + count(text.get(length + 3..)?);
                }
                length
            }
            Self::Spans => spans(text)?,
            _ => count(text),
        };
        let is_scheme = matches!(self, Self::Token | Self::Name | Self::Dotted)
            && text.get(length..)?.starts_with(b"://");
        (!is_scheme && (1..=LONGEST_NAME).contains(&length)).then_some(length)
    }

    /// Whether `value`, which is spelt so, can be one.
    pub(super) fn allows(self, value: &str) -> bool {
        match self {
            Self::Token => !value.starts_with(|first: char| first == '-' || first.is_ascii_digit()),
            Self::Name => is_name(value),
            Self::Dotted => is_name(value) && (value.contains('.') || value.contains("::")),
            Self::Inside => !value.is_empty(),
            Self::File => value.rsplit_once('.').is_some_and(|(stem, ending)| {
                !stem.is_empty()
                    && (1..=5).contains(&ending.len())
                    && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }),
            Self::Hexadecimal(length) => value.len() == length,
            Self::Uuid => is_uuid(value),
            Self::Plain | Self::Spans | Self::Digits | Self::Account | Self::Anything => true,
        }
    }
}

/// How many bytes at the front of `text` are spans with fields.
fn spans(text: &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        let rest = text.get(length..)?;
        let name = rest.iter().take_while(|byte| is_word(**byte)).count();
        if name == 0 || rest.get(name) != Some(&b'{') {
            // The colon before what is no span parts them from what follows.
            return length.checked_sub(1);
        }
        let mut is_quoted = false;
        let end = rest.iter().position(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == b'}' && !is_quoted
        })?;
        length += end + 1;
        if text.get(length) != Some(&b':') {
            return None;
        }
        length += 1;
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// What messages begin with, before a colon.
static WORDS_OF_MESSAGES: Words = Words::of(&[
    "failed",
    "exception",
    "traceback",
    "caused",
    "code",
    "connection",
    "duration",
    "file",
    "host",
    "id",
    "key",
    "message",
    "name",
    "path",
    "query",
    "reason",
    "request",
    "response",
    "result",
    "retry",
    "status",
    "token",
    "uri",
    "url",
    "user",
    "value",
]);

/// How the names of hosts and of files end, of which messages tell.
static ENDS_OF_HOSTS_AND_FILES: Words = Words::of(&[
    "com", "org", "net", "io", "dev", "de", "uk", "eu", "local", "internal", "example", "host",
    "c", "h", "js", "ts", "py", "rb", "go", "rs", "java", "html", "css", "json", "xml", "yml",
    "yaml", "txt", "csv", "log", "md", "conf", "ini", "toml", "php", "sh", "sql", "lock", "png",
    "jpg", "pdf", "zip", "gz",
]);

/// How the names of exceptions end, which stand before a colon as well.
const ENDS_OF_EXCEPTIONS: &[&str] =
    &["Exception", "Error", "Throwable", "Failure", "Fault", "Warning"];

/// Whether a word before a colon can be a logger's name: not a level, an exception, or what a
/// sentence begins with.
fn is_name(word: &str) -> bool {
    let bytes = word.as_bytes();
    let has_parts = bytes.iter().any(|byte| matches!(byte, b'.' | b'_'))
        || bytes.windows(2).any(|pair| pair == b"::");
    let begins_small = word.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    let ending = bytes.rsplit(|byte| *byte == b'.').next().unwrap_or(bytes);
    (has_parts || begins_small)
        && word.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && !word.ends_with(['.', '-', '/', ':'])
        && lookup(bytes).is_none()
        && !WORDS_OF_MESSAGES.contains(bytes)
        && !word.ends_with("_id")
        && (ending.len() == bytes.len() || !ENDS_OF_HOSTS_AND_FILES.contains(ending))
        && !ENDS_OF_EXCEPTIONS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_loggers() {
        for name in ["app", "shop.checkout", "__main__", "app::pool", "c.a.Shop", "py.warnings"] {
            assert!(is_name(name), "{name}");
        }
        for word in [
            "Error",
            "ValueError",
            "java.io.IOException",
            "warning",
            "Payment",
            "failed",
            "app.",
            "7days",
            "",
            "DeprecationWarning",
        ] {
            assert!(!is_name(word), "{word}");
        }
    }
}
