//! Dates with the year first: RFC 3339, ISO 8601, and what Python, Java, Go, Ruby and Postgres
//! make of them.
//!
//! Nearly every log has one of these, hence the fixed positions. On the shapes that jiff's own
//! parser reads too, this one takes 0.7 to 0.9 of its time. Calendar arithmetic of our own would
//! take 0.4 to 0.55, some 10 ns less for each record: not worth a second calendar.

use jiff::{Timestamp, civil::Date};

use super::{
    Reference,
    clock::Clock,
    scan::{Parsed, four, two},
    zone,
};

/// Takes a date, a time of day and the zone, if one follows.
pub(super) fn date_time<'a>(text: &'a [u8], reference: &Reference<'_>) -> Parsed<'a, Timestamp> {
    let (date, clock, rest) = match text {
        [
            y1,
            y2,
            y3,
            y4,
            dash @ (b'-' | b'/'),
            m1,
            m2,
            dash2,
            d1,
            d2,
            b'T' | b't' | b' ',
            rest @ ..,
        ] if dash == dash2 => {
            let date = calendar([*y1, *y2, *y3, *y4], [*m1, *m2], [*d1, *d2])?;
            let (clock, rest) = Clock::parse(rest)?;
            (date, clock, rest)
        }
        [y1, y2, y3, y4, m1, m2, d1, d2, b'T' | b't', rest @ ..] => {
            let date = calendar([*y1, *y2, *y3, *y4], [*m1, *m2], [*d1, *d2])?;
            let (clock, rest) = Clock::parse_basic(rest)?;
            (date, clock, rest)
        }
        _ => return None,
    };
    zone::instant(clock.on(date)?, rest, reference)
}

/// Takes a date alone, and the zone if one follows: the midnight that begins it.
pub(super) fn date<'a>(text: &'a [u8], reference: &Reference<'_>) -> Parsed<'a, Timestamp> {
    let [y1, y2, y3, y4, dash @ (b'-' | b'/'), m1, m2, dash2, d1, d2, rest @ ..] = text else {
        return None;
    };
    if dash != dash2 {
        return None;
    }
    let date = calendar([*y1, *y2, *y3, *y4], [*m1, *m2], [*d1, *d2])?;
    zone::instant(Clock::MIDNIGHT.on(date)?, rest, reference)
}

fn calendar(year: [u8; 4], month: [u8; 2], day: [u8; 2]) -> Option<Date> {
    let ([m1, m2], [d1, d2]) = (month, day);
    Date::new(four(year)?, two(m1, m2)?, two(d1, d2)?).ok()
}
