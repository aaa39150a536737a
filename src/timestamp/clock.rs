//! The time of day, with the two values that calendars lack: second 60 and 24:00.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};

use super::scan::{Parsed, fraction, two};

/// A time of day as written, not yet checked: that needs its date.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    nanosecond: i32,
}

impl Clock {
    pub(super) const MIDNIGHT: Self = Self { hour: 0, minute: 0, second: 0, nanosecond: 0 };

    /// Takes `14:44`, `14:44:44` or `14:44:44.123`.
    #[inline]
    pub(super) fn parse(text: &[u8]) -> Parsed<'_, Self> {
        if let Some(parsed) = Self::parse_with_seconds(text) {
            return Some(parsed);
        }
        let [h1, h2, b':', m1, m2, rest @ ..] = text else {
            return None;
        };
        let (hour, minute) = (two(*h1, *h2)?, two(*m1, *m2)?);
        Some((Self { hour, minute, ..Self::MIDNIGHT }, rest))
    }

    /// Takes `14:44:44` or `14:44:44.123`.
    #[inline]
    pub(crate) fn parse_with_seconds(text: &[u8]) -> Parsed<'_, Self> {
        let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else {
            return None;
        };
        let (hour, minute, second) = (two(*h1, *h2)?, two(*m1, *m2)?, two(*s1, *s2)?);
        Some(Self { hour, minute, second, nanosecond: 0 }.with_fraction(rest))
    }

    /// Takes ISO 8601's basic `1444`, `144444` or `144444.123`.
    pub(super) fn parse_basic(text: &[u8]) -> Parsed<'_, Self> {
        let [h1, h2, m1, m2, rest @ ..] = text else {
            return None;
        };
        let (second, rest) = match rest {
            [s1 @ b'0'..=b'9', s2, rest @ ..] => (two(*s1, *s2)?, rest),
            _ => (0, rest),
        };
        let (hour, minute) = (two(*h1, *h2)?, two(*m1, *m2)?);
        Some(Self { hour, minute, second, nanosecond: 0 }.with_fraction(rest))
    }

    /// Takes Java's `2:44:44 PM`. The blank is U+202F since Java 20.
    pub(super) fn parse_half_day(text: &[u8]) -> Parsed<'_, Self> {
        let (hour, rest) = match text {
            [h1, b':', rest @ ..] => (two(b'0', *h1)?, rest),
            [h1, h2, b':', rest @ ..] => (two(*h1, *h2)?, rest),
            _ => return None,
        };
        let [m1, m2, b':', s1, s2, rest @ ..] = rest else {
            return None;
        };
        let rest = rest.strip_prefix(b" ").or_else(|| rest.strip_prefix("\u{202f}".as_bytes()))?;
        let [half @ (b'A' | b'P'), b'M', rest @ ..] = rest else {
            return None;
        };
        let afternoon = if *half == b'P' { 12 } else { 0 };
        let hour = (1..=12).contains(&hour).then_some(hour % 12 + afternoon)?;
        let (minute, second) = (two(*m1, *m2)?, two(*s1, *s2)?);
        Some((Self { hour, minute, second, nanosecond: 0 }, rest))
    }

    /// Takes the fraction, if one follows.
    #[inline]
    fn with_fraction(self, rest: &[u8]) -> (Self, &[u8]) {
        match fraction(rest) {
            Some((nanosecond, rest)) => (Self { nanosecond, ..self }, rest),
            None => (self, rest),
        }
    }

    /// This time on that day. `None` if there is no such time.
    #[inline]
    pub(super) fn on(self, date: Date) -> Option<DateTime> {
        let Self { hour, minute, second, nanosecond } = self;
        match (hour, second) {
            (24, 0) if minute == 0 && nanosecond == 0 => {
                Some(DateTime::from_parts(date.tomorrow().ok()?, Time::midnight()))
            }
            (_, 60) => DateTime::new(date.year(), date.month(), date.day(), hour, minute, 59, 0)
                .ok()?
                .checked_add(1.second())
                .ok(),
            _ => {
                let time = Time::new(hour, minute, second, nanosecond).ok()?;
                Some(DateTime::from_parts(date, time))
            }
        }
    }
}
