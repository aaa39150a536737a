//! The severity of a log: one scale of six levels, from the names and numbers that loggers use.

mod prefix;

pub use self::prefix::leading_level;

/// How grave a log is, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Every step, for the developer.
    Trace,
    /// What helps to find a fault.
    Debug,
    /// Normal work, notices and successes.
    Info,
    /// Something that may become an error.
    Warn,
    /// Something failed.
    Error,
    /// The program, or a whole part of it, cannot go on. Also syslog's critical and worse.
    Fatal,
}

impl Level {
    /// The level as documents name it, in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Fatal => "fatal",
        }
    }
}

/// Which numbers a logger gives its levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelScale {
    /// Bunyan's and pino's `level`: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal.
    Bunyan,
    /// Monolog's `level`: 100 debug, 200 info, 250 notice, 300 warning, 400 error, 500 critical,
    /// 550 alert, 600 emergency.
    Monolog,
    /// Python's `levelno`: 10 debug, 20 info, 30 warning, 40 error, 50 critical; loguru's 5 is
    /// trace, and 0 says that no level was set.
    Python,
    /// Logback's `level_value`: 5,000 trace, 10,000 debug, 20,000 info, 30,000 warn, 40,000 error.
    Logback,
    /// Syslog's severity: 0 emergency to 7 debug (RFC 5424 section 6.2.1).
    Syslog,
    /// OpenTelemetry's `severityNumber`: 1 to 24, four for each level.
    OpenTelemetry,
}

/// Where a word can be trusted to be a level. Each place includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// In a line's prefix, in capitals, with nothing but blanks around it.
    Bare,
    /// In a line's prefix, in capitals, with punctuation after it: `NOTICE: …`.
    Punctuated,
    /// Alone in brackets: `[notice]`.
    Bracketed,
    /// As the value of a level's own field. A line's prefix uses the word for other things.
    Field,
}

/// The names of levels in lower case, what they mean here and the first place where they count.
///
/// `java.util.logging`'s are as SLF4J's bridge for it ranks them. Names that say that there is no
/// level (`notset`, GCP's `default`, `off`, `all`) are left out.
const NAMES: &[(&str, Level, Place)] = &[
    ("trace", Level::Trace, Place::Bare),
    ("trac", Level::Trace, Place::Punctuated),
    ("trce", Level::Trace, Place::Bare),
    ("trc", Level::Trace, Place::Punctuated),
    ("finest", Level::Trace, Place::Punctuated),
    ("verbose", Level::Trace, Place::Bracketed),
    ("vrb", Level::Trace, Place::Bracketed),
    ("silly", Level::Trace, Place::Field),
    ("t", Level::Trace, Place::Bracketed),
    ("debug", Level::Debug, Place::Bare),
    ("debu", Level::Debug, Place::Punctuated),
    ("debug1", Level::Debug, Place::Punctuated),
    ("debug2", Level::Debug, Place::Punctuated),
    ("debug3", Level::Debug, Place::Punctuated),
    ("debug4", Level::Debug, Place::Punctuated),
    ("debug5", Level::Debug, Place::Punctuated),
    ("dbug", Level::Debug, Place::Bare),
    ("debg", Level::Debug, Place::Field),
    ("dbg", Level::Debug, Place::Punctuated),
    ("fine", Level::Debug, Place::Punctuated),
    ("finer", Level::Debug, Place::Punctuated),
    ("http", Level::Debug, Place::Field),
    ("d", Level::Debug, Place::Bracketed),
    ("info", Level::Info, Place::Bare),
    ("information", Level::Info, Place::Punctuated),
    ("informational", Level::Info, Place::Punctuated),
    ("inf", Level::Info, Place::Punctuated),
    ("notice", Level::Info, Place::Punctuated),
    ("success", Level::Info, Place::Punctuated),
    ("log", Level::Info, Place::Punctuated),
    ("note", Level::Info, Place::Bracketed),
    ("config", Level::Info, Place::Field),
    ("i", Level::Info, Place::Bracketed),
    ("warn", Level::Warn, Place::Bare),
    ("warning", Level::Warn, Place::Bare),
    ("wrn", Level::Warn, Place::Punctuated),
    ("w", Level::Warn, Place::Bracketed),
    ("error", Level::Error, Place::Bare),
    ("erro", Level::Error, Place::Punctuated),
    ("err", Level::Error, Place::Punctuated),
    ("eror", Level::Error, Place::Punctuated),
    ("fail", Level::Error, Place::Bare),
    ("severe", Level::Error, Place::Punctuated),
    ("e", Level::Error, Place::Bracketed),
    ("fatal", Level::Fatal, Place::Bare),
    ("fata", Level::Fatal, Place::Punctuated),
    ("critical", Level::Fatal, Place::Bare),
    ("crit", Level::Fatal, Place::Bare),
    ("ftl", Level::Fatal, Place::Punctuated),
    ("emergency", Level::Fatal, Place::Punctuated),
    ("emerg", Level::Fatal, Place::Punctuated),
    ("alert", Level::Fatal, Place::Punctuated),
    ("panic", Level::Fatal, Place::Punctuated),
    ("pani", Level::Fatal, Place::Punctuated),
    ("dpanic", Level::Fatal, Place::Punctuated),
    ("f", Level::Fatal, Place::Bracketed),
    ("c", Level::Fatal, Place::Bracketed),
];

/// Parses a level's name, in any case, as the value of a field that holds levels.
///
/// slog's distances count as in OpenTelemetry's bridge for it, where `INFO` is 9 and `WARN` 13:
/// `INFO+2` is info, `ERROR-1` warn, `ERROR+4` fatal. `None` for other words, and for those that
/// say that there is no level, such as `NOTSET` and `DEFAULT`.
#[must_use]
pub fn parse_level(name: &str) -> Option<Level> {
    let name = name.trim_ascii();
    if let Some(sign) = name.find(['+', '-']) {
        let (base, distance) = name.split_at_checked(sign)?;
        let base = match lookup(base.as_bytes())?.0 {
            Level::Debug => 5,
            Level::Info => 9,
            Level::Warn => 13,
            Level::Error => 17,
            Level::Trace | Level::Fatal => return None,
        };
        let number = distance.parse::<i64>().ok()?.saturating_add(base).clamp(1, 24);
        return level_from_number(number.unsigned_abs(), LevelScale::OpenTelemetry);
    }
    lookup(name.as_bytes()).map(|(level, _)| level)
}

/// The row of [`NAMES`] for a word in any case.
pub(crate) fn lookup(word: &[u8]) -> Option<(Level, Place)> {
    // It is asked of the first words of each line, and these two settle most of them.
    let letter = word.first()?.to_ascii_lowercase().wrapping_sub(b'a');
    let mut rows = ROWS.by_letter.get(usize::from(letter))? & ROWS.by_length.get(word.len())?;
    while rows != 0 {
        let (name, level, place) = NAMES.get(rows.trailing_zeros() as usize)?;
        if name.as_bytes().eq_ignore_ascii_case(word) {
            return Some((*level, *place));
        }
        rows &= rows - 1;
    }
    None
}

/// Which of [`NAMES`] begin with a letter, and which are so long, as bits.
struct Rows {
    by_letter: [u64; 26],
    by_length: [u64; LONGEST_NAME + 1],
}

/// The longest of [`NAMES`].
const LONGEST_NAME: usize = "informational".len();

static ROWS: Rows = rows();

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a panic is an error")]
const fn rows() -> Rows {
    let mut rows = Rows { by_letter: [0; 26], by_length: [0; LONGEST_NAME + 1] };
    let mut row = 0;
    while row < NAMES.len() {
        let name = NAMES[row].0.as_bytes();
        rows.by_letter[(name[0] - b'a') as usize] |= 1 << row;
        rows.by_length[name.len()] |= 1 << row;
        row += 1;
    }
    rows
}

/// The level that a number stands for on a known scale. A number between two levels is the less
/// grave of them; `None` for one that is off the scale's end or says that no level was set.
#[must_use]
pub fn level_from_number(number: u64, scale: LevelScale) -> Option<Level> {
    let level = match (scale, number) {
        (LevelScale::Bunyan, 10..20)
        | (LevelScale::Logback, 5_000)
        | (LevelScale::Python, 1..10)
        | (LevelScale::OpenTelemetry, 1..=4) => Level::Trace,
        (LevelScale::Bunyan, 20..30)
        | (LevelScale::Logback, 10_000)
        | (LevelScale::Monolog, 100..200)
        | (LevelScale::Python, 10..20)
        | (LevelScale::Syslog, 7)
        | (LevelScale::OpenTelemetry, 5..=8) => Level::Debug,
        (LevelScale::Bunyan, 30..40)
        | (LevelScale::Logback, 20_000)
        | (LevelScale::Monolog, 200..300)
        | (LevelScale::Python, 20..30)
        | (LevelScale::Syslog, 5..=6)
        | (LevelScale::OpenTelemetry, 9..=12) => Level::Info,
        (LevelScale::Bunyan, 40..50)
        | (LevelScale::Logback, 30_000)
        | (LevelScale::Monolog, 300..400)
        | (LevelScale::Python, 30..40)
        | (LevelScale::Syslog, 4)
        | (LevelScale::OpenTelemetry, 13..=16) => Level::Warn,
        (LevelScale::Bunyan, 50..60)
        | (LevelScale::Logback, 40_000)
        | (LevelScale::Monolog, 400..500)
        | (LevelScale::Python, 40..50)
        | (LevelScale::Syslog, 3)
        | (LevelScale::OpenTelemetry, 17..=20) => Level::Error,
        (LevelScale::Bunyan, 60..100)
        | (LevelScale::Monolog, 500..=600)
        | (LevelScale::Python, 50..=100)
        | (LevelScale::Syslog, 0..=2)
        | (LevelScale::OpenTelemetry, 21..=24) => Level::Fatal,
        _ => return None,
    };
    Some(level)
}

/// The level that a number stands for under the plain key `level`, where its size tells whose it
/// is: 0 to 7 is syslog's (GELF), 10 to 99 Bunyan's and pino's, 100 to 600 Monolog's.
#[must_use]
pub fn level_from_plain_number(number: u64) -> Option<Level> {
    let scale = match number {
        0..8 => LevelScale::Syslog,
        8..100 => LevelScale::Bunyan,
        _ => LevelScale::Monolog,
    };
    level_from_number(number, scale)
}

#[cfg(test)]
mod tests;
