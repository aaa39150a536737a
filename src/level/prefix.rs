//! The level that a text line states in its own prefix.
//!
//! A prefix is a run of times, brackets, process ids, names and separators before the message.
//! The line is walked token by token for as long as it looks like one; the first word that can
//! only be prose ends the search. A wrong level is worse than none, so every form is narrow.

use super::{Level, LevelScale, Place, level_from_number, lookup, parse_level};
use crate::timestamp::{
    Clock, Parsed, Reference, leading, skip_colours, syslog_priority, take_while,
};
use jiff::{Timestamp, tz::TimeZone};

/// Prefixes are shorter than this; what lies behind is message.
const LONGEST_PREFIX: usize = 512;

/// Tokens that are looked at for a level: a bound on the work for each line.
const MOST_TOKENS: usize = 8;

/// Keys of logfmt that hold the level.
const KEYS: [&[u8]; 5] = [b"level", b"lvl", b"severity", b"loglevel", b"levelname"];

/// Finds the level that a line states before its message; a word of the message never counts.
///
/// Known are the prefixes of Python, Java's loggers, Go, Rust, Ruby, .NET, klog, nginx, Apache,
/// Postgres, `MySQL`, logfmt, syslog priorities and AWS Lambda's own text lines. A word in lower
/// case, or only capitalised, counts in brackets, between tabs, or before a `:`, ` - ` or `|`.
///
/// ```
/// use nozzle::level::{Level, leading_level};
///
/// assert_eq!(leading_level("2020-05-11 14:44:44,123 ERROR app: no disk"), Some(Level::Error));
/// assert_eq!(leading_level("[warn] low disk"), Some(Level::Warn));
/// assert_eq!(leading_level("0 errors"), None);
/// ```
#[must_use]
pub fn leading_level(line: &str) -> Option<Level> {
    let line = line.as_bytes();
    let line = line.get(..LONGEST_PREFIX).unwrap_or(line);
    if let Some((priority, _)) = syslog_priority(line) {
        return level_from_number(u64::from(priority & 7), LevelScale::Syslog);
    }
    klog(line).or_else(|| Prefix::new(line).level())
}

/// klog's and glog's `E0511 14:44:44.123456`, in newer glog `E20200511 14:44:44.123456`.
fn klog(line: &[u8]) -> Option<Level> {
    let (letter @ (b'I' | b'W' | b'E' | b'F'), rest) = line.split_first()? else {
        return None;
    };
    let (date, rest) = take_while(rest, u8::is_ascii_digit);
    Clock::parse_with_seconds(rest.strip_prefix(b" ")?)?;
    if !matches!(date.len(), 4 | 8) {
        return None;
    }
    lookup(&[*letter]).map(|(level, _)| level)
}

/// What a token is to the walk.
enum Step<'a> {
    /// It states the level.
    Found(Level),
    /// It belongs to the prefix; the walk goes on here.
    On(&'a [u8]),
}

/// The walk along a line.
struct Prefix<'a> {
    rest: &'a [u8],
    /// A time was seen, so that a bare id or name is part of the prefix too.
    timed: bool,
    /// A token was passed that prose may hold as well: from here on a level needs punctuation.
    doubtful: bool,
    /// The line began as RFC 3164 does: the next token is the host.
    host_follows: bool,
}

impl<'a> Prefix<'a> {
    fn new(line: &'a [u8]) -> Self {
        Self { rest: line, timed: false, doubtful: false, host_follows: false }
    }

    /// Walks until a level is found or the prefix ends.
    fn level(mut self) -> Option<Level> {
        for _ in 0..MOST_TOKENS {
            self.rest = skip_separators(self.rest);
            if let Some(rest) = time(self.rest) {
                self.host_follows = self.rest.first().is_some_and(u8::is_ascii_alphabetic);
                self.timed = true;
                self.rest = rest;
                continue;
            }
            let step = match self.rest.split_first()? {
                (b'[', rest) => bracket(rest, b']'),
                (b'(', rest) => bracket(rest, b')'),
                (b'{', rest) => bracket(rest, b'}'),
                _ => self.word_level().map(Step::Found).or_else(|| self.name()),
            };
            match step? {
                Step::Found(level) => return Some(level),
                Step::On(rest) => self.rest = rest,
            }
        }
        None
    }

    /// The level that the next word is, by its case and by what follows it.
    fn word_level(&self) -> Option<Level> {
        let (word, after) = take_while(self.rest, u8::is_ascii_alphanumeric);
        let (level, place) = lookup(word)?;
        let capitals = !word.iter().any(u8::is_ascii_lowercase);
        let trusted = match (capitals, following(after)) {
            (true, Following::Punctuation | Following::Mark) => place <= Place::Punctuated,
            (true, Following::Blank) => place == Place::Bare && !self.doubtful,
            (false, Following::Mark) => {
                place == Place::Bare || self.timed && after.starts_with(b"\t")
            }
            _ => false,
        };
        trusted.then_some(level)
    }

    /// Passes over a token that may stand in a prefix before the level.
    fn name(&mut self) -> Option<Step<'a>> {
        let (token, after) = take_while(self.rest, |byte| !matches!(byte, b' ' | b'\t'));
        if let Some(step) = self.pair() {
            return Some(step);
        }
        let doubtful = match token {
            // Ruby's first letter: `E, [2020-05-11T14:44:44.123456 #12] ERROR -- : …`.
            [b'D' | b'I' | b'W' | b'E' | b'F' | b'A', b','] if after.starts_with(b" [") => false,
            // What follows the time in those brackets.
            [b'#', .., b']'] => false,
            // A program with its process id vouches for what follows, a word with a colon does not.
            [name @ .., b']', b':'] if is_name(name.split(|byte| *byte == b'[').next()?) => false,
            [name @ .., b':'] if is_name(name) => true,
            _ if std::mem::take(&mut self.host_follows) => true,
            _ if !self.timed => return None,
            _ if after.starts_with(b"\t") || is_uuid(token) => false,
            _ if token.iter().all(u8::is_ascii_digit) || token.contains(&b'@') => true,
            _ if matches!(after, [b' ', b'-' | b'|' | b':', b' ', ..]) => true,
            _ => return None,
        };
        self.doubtful = doubtful;
        Some(Step::On(after))
    }

    /// Passes over logfmt's `key=value` or `key="a value"`, or finds the level in it.
    fn pair(&self) -> Option<Step<'a>> {
        let (key, rest) = take_while(self.rest, |byte| is_name(&[*byte]));
        let rest = rest.strip_prefix(b"=").filter(|_| !key.is_empty())?;
        let (value, rest) = match rest {
            [b'"', rest @ ..] => take_while(rest, |byte| *byte != b'"'),
            _ => take_while(rest, |byte| !matches!(byte, b' ' | b'\t')),
        };
        if KEYS.iter().any(|known| key.eq_ignore_ascii_case(known)) {
            return parse_level(std::str::from_utf8(value).ok()?).map(Step::Found);
        }
        Some(Step::On(rest.strip_prefix(b"\"").unwrap_or(rest)))
    }
}

/// What comes after a word that may be a level.
enum Following {
    /// A sign that prose does not put after a word so: `: `, ` - `, ` |`, a tab.
    Mark,
    /// A sign that is enough after capitals: any `:`, `]`, `/`, or a bracket that follows.
    Punctuation,
    /// A blank or the end.
    Blank,
    /// The word goes on, or ends as words in sentences do.
    Prose,
}

fn following(after: &[u8]) -> Following {
    let next = after.trim_ascii_start();
    match after {
        [b'\t', ..] | [b':', b' ', ..] | [b':'] => Following::Mark,
        [b':', b':', ..] => Following::Prose,
        [b':' | b']' | b'/', ..] => Following::Punctuation,
        [] | [b' ' | 0x1b, ..] => match next {
            [b'|', ..] | [b'-', b' ' | b'-', ..] => Following::Mark,
            [b'[', ..] => Following::Punctuation,
            _ => Following::Blank,
        },
        _ => Following::Prose,
    }
}

/// Passes over brackets, whose opening one is already gone, or finds the level in them.
fn bracket(text: &[u8], close: u8) -> Option<Step<'_>> {
    let (content, rest) = take_while(text, |byte| *byte != close);
    let rest = rest.split_first()?.1;
    Some(bracketed_level(content.trim_ascii()).map_or(Step::On(rest), Step::Found))
}

/// The level in `[ERROR]`, `[error]`, `[INFO main]`, `[ERROR/Worker-1]`, tornado's `[E 200511 …]`,
/// Serilog's `[14:44:44 INF]` and Apache's `[core:error]`.
fn bracketed_level(content: &[u8]) -> Option<Level> {
    let within = |word: &[u8], last: Place| {
        lookup(word).filter(|(_, place)| *place <= last).map(|(level, _)| level)
    };
    let (first, after) = take_while(content, u8::is_ascii_alphanumeric);
    let capitals = !first.iter().any(u8::is_ascii_lowercase);
    match after {
        [] => within(first, Place::Bracketed),
        [b' ', b'0'..=b'9', ..] if first.len() == 1 && capitals => within(first, Place::Bracketed),
        [b' ' | b'/', ..] if capitals => within(first, Place::Bare),
        [b':', level @ ..] if !first.iter().all(u8::is_ascii_digit) => {
            within(level, Place::Punctuated)
        }
        _ => within(Clock::parse_with_seconds(content)?.1.strip_prefix(b" ")?, Place::Bracketed),
    }
}

/// Passes over a date with its time of day, or a time of day alone.
fn time(text: &[u8]) -> Option<&[u8]> {
    // The first byte settles most tokens.
    if !text.first().is_some_and(|first| first.is_ascii_alphanumeric() || b"<[".contains(first)) {
        return None;
    }
    let reference = Reference { zone: &TimeZone::UTC, arrival: Timestamp::UNIX_EPOCH };
    let whole: Parsed<'_, Timestamp> = leading(text, &reference);
    let rest = whole.map(|(_, rest)| rest);
    let rest = rest.or_else(|| Some(Clock::parse_with_seconds(text)?.1))?;
    (!rest.first().is_some_and(u8::is_ascii_alphanumeric)).then_some(rest)
}

/// Passes over what stands between tokens, terminal colours included.
fn skip_separators(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [b' ' | b'\t' | b'-' | b'|' | b':' | b']' | b',', rest @ ..] => rest,
            _ => match skip_colours(text) {
                0 => return text,
                colours => text.get(colours..).unwrap_or_default(),
            },
        };
    }
}

/// Whether `token` could be a program's or a logger's name.
fn is_name(token: &[u8]) -> bool {
    let name =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/');
    !token.is_empty() && token.iter().all(name)
}

/// Whether `token` is a UUID, as Lambda's request ids are.
fn is_uuid(token: &[u8]) -> bool {
    token.len() == 36 && token.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-')
}
