//! Dates whose month is a name: RFC 2822, HTTP, the common log format, RFC 3164, C's `asctime`
//! and `date`, and the defaults of JavaScript, `java.util.logging` and Tomcat.

use jiff::{Timestamp, civil::Date};

use super::{
    MOST_AHEAD, Reference,
    clock::Clock,
    scan::{Parsed, day, digits, four, letters, two},
    zone,
};

const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

const WEEKDAYS: [&[u8]; 7] =
    [b"Monday", b"Tuesday", b"Wednesday", b"Thursday", b"Friday", b"Saturday", b"Sunday"];

/// How many years back a date without a year may lie: enough for a 29 February.
const YEARS_BACK: i16 = 8;

/// Takes a date, a time of day and the zone, if one follows. The weekday is not checked against
/// the date: where they disagree, the date is what the clock said.
pub(super) fn date_time<'a>(text: &'a [u8], reference: &Reference<'_>) -> Parsed<'a, Timestamp> {
    let (has_weekday, text) = match weekday(text) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    match text {
        [b'0'..=b'9', ..] => day_first(text, has_weekday, reference),
        _ => month_first(text, has_weekday, reference),
    }
}

/// `11 May 2020 14:44:44 +0200`, `11-May-20 14:44:44 GMT`, `11/May/2020:14:44:44 +0200`.
fn day_first<'a>(
    text: &'a [u8],
    has_weekday: bool,
    reference: &Reference<'_>,
) -> Parsed<'a, Timestamp> {
    let (day, rest) = day(text)?;
    let [separator @ (b' ' | b'-' | b'/'), rest @ ..] = rest else {
        return None;
    };
    let (month, rest) = month(rest)?;
    let [separator2, rest @ ..] = rest else {
        return None;
    };
    if separator != separator2 {
        return None;
    }
    let (year, rest) = match rest {
        // RFC 2822 section 4.3 and the RFC 850 form of HTTP dates.
        [y1, y2, rest @ ..] if has_weekday && rest.first() == Some(&b' ') => {
            let year = i16::from(two(*y1, *y2)?);
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        _ => year(rest)?,
    };
    let [b' ' | b':', rest @ ..] = rest else {
        return None;
    };
    let (clock, rest) = Clock::parse(rest)?;
    zone::instant(clock.on(Date::new(year, month, day).ok()?)?, rest, reference)
}

/// `May 11 14:44:44`, `May 11 2020 14:44:44`, `May 11 14:44:44 CEST 2020`,
/// `May 11, 2020 2:44:44 PM`.
fn month_first<'a>(
    text: &'a [u8],
    has_weekday: bool,
    reference: &Reference<'_>,
) -> Parsed<'a, Timestamp> {
    let (month, rest) = month(text)?;
    let (day, rest) = day(rest.strip_prefix(b" ")?)?;
    if let Some(rest) = rest.strip_prefix(b", ") {
        let (year, rest) = year(rest)?;
        let (clock, rest) = Clock::parse_half_day(rest.strip_prefix(b" ")?)?;
        return zone::instant(clock.on(Date::new(year, month, day).ok()?)?, rest, reference);
    }
    let rest = rest.strip_prefix(b" ")?;
    if let Some((year, rest)) = year(rest) {
        let (clock, rest) = Clock::parse_with_seconds(rest.strip_prefix(b" ")?)?;
        return zone::instant(clock.on(Date::new(year, month, day).ok()?)?, rest, reference);
    }
    let (clock, rest) = Clock::parse_with_seconds(rest)?;
    if has_weekday {
        let (year, zone, rest) = trailing_year(rest)?;
        let civil = clock.on(Date::new(year, month, day).ok()?)?;
        return match zone::instant(civil, zone, reference)? {
            (timestamp, []) => Some((timestamp, rest)),
            _ => None,
        };
    }
    latest_year(month, day, clock, rest, reference)
}

/// The latest instant with this month, day and time of day that is not more than a day after the
/// arrival.
fn latest_year<'a>(
    month: i8,
    day: i8,
    clock: Clock,
    rest: &'a [u8],
    reference: &Reference<'_>,
) -> Parsed<'a, Timestamp> {
    let this_year = reference.zone.to_datetime(reference.arrival).year();
    let latest = this_year.saturating_add(1);
    (this_year.saturating_sub(YEARS_BACK)..=latest).rev().find_map(|year| {
        let civil = clock.on(Date::new(year, month, day).ok()?)?;
        let (timestamp, rest) = zone::instant(civil, rest, reference)?;
        let plausible = timestamp.duration_since(reference.arrival) <= MOST_AHEAD;
        plausible.then_some((timestamp, rest))
    })
}

/// `0511 14:44:44.123456` or `20200511 14:44:44.123456`.
pub(super) fn glog<'a>(text: &'a [u8], reference: &Reference<'_>) -> Parsed<'a, Timestamp> {
    let (digits, rest) = digits(text);
    let (clock, rest) = Clock::parse_with_seconds(rest.strip_prefix(b" ")?)?;
    match digits {
        [m1, m2, d1, d2] => latest_year(two(*m1, *m2)?, two(*d1, *d2)?, clock, rest, reference),
        [y1, y2, y3, y4, m1, m2, d1, d2] => {
            let year = four([*y1, *y2, *y3, *y4])?;
            let date = Date::new(year, two(*m1, *m2)?, two(*d1, *d2)?).ok()?;
            zone::instant(clock.on(date)?, rest, reference)
        }
        _ => None,
    }
}

/// Takes the year that ends C's dates, and the zone before it, if any: ` 2020`, ` CEST 2020`.
fn trailing_year(text: &[u8]) -> Option<(i16, &[u8], &[u8])> {
    if let Some((year, rest)) = text.strip_prefix(b" ").and_then(year) {
        return Some((year, &[], rest));
    }
    let end = 1 + text.strip_prefix(b" ")?.iter().position(|byte| *byte == b' ')?;
    let (zone, rest) = text.split_at_checked(end)?;
    let (year, rest) = year(rest.strip_prefix(b" ")?)?;
    Some((year, zone, rest))
}

/// Takes a weekday's name, short or long, with its comma and blank.
fn weekday(text: &[u8]) -> Option<&[u8]> {
    // It is asked of every line.
    if !matches!(text.first(), Some(b'M' | b'T' | b'W' | b'F' | b'S')) {
        return None;
    }
    let (word, rest) = letters(text);
    let known = WEEKDAYS.iter().any(|name| word == *name || name.get(..3) == Some(word));
    let rest = rest.strip_prefix(b",").unwrap_or(rest);
    known.then(|| rest.strip_prefix(b" ")).flatten()
}

/// Takes a month's short name.
fn month(text: &[u8]) -> Parsed<'_, i8> {
    let (word, rest) = text.split_first_chunk::<3>()?;
    // It is asked of every line.
    if rest.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let month = (1..).zip(MONTHS).find(|(_, name)| name.eq_ignore_ascii_case(word))?.0;
    Some((month, rest))
}

/// Takes a year of four digits that no further digit follows, nor the `:` of a time of day.
fn year(text: &[u8]) -> Parsed<'_, i16> {
    let [y1, y2, y3, y4, rest @ ..] = text else {
        return None;
    };
    match rest {
        [b'0'..=b'9', ..] => None,
        _ => Some((four([*y1, *y2, *y3, *y4])?, rest)),
    }
}
