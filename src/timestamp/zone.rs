//! What may follow a time of day to say where on Earth it was read: offsets, zone names and the
//! abbreviations that mean one thing only.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use super::{
    Reference,
    scan::{Parsed, letters, take_while, two},
};

/// Abbreviations and their hours east of UTC: the American ones as RFC 2822 section 4.3 defines
/// them, others only where no second zone is abbreviated so. `IST` and `BST` are not here.
const ABBREVIATIONS: &[(&str, i8)] = &[
    ("AEDT", 11),
    ("AEST", 10),
    ("CDT", -5),
    ("CEST", 2),
    ("CET", 1),
    ("CST", -6),
    ("EDT", -4),
    ("EEST", 3),
    ("EET", 2),
    ("EST", -5),
    ("HKT", 8),
    ("JST", 9),
    ("KST", 9),
    ("MDT", -6),
    ("MSK", 3),
    ("MST", -7),
    ("NZDT", 13),
    ("NZST", 12),
    ("PDT", -7),
    ("PST", -8),
    ("SAST", 2),
    ("WEST", 1),
    ("WET", 0),
];

/// The longest zone name that is looked up; the database's longest has 32 bytes.
const LONGEST_NAME: usize = 40;

/// Takes the zone after `civil`, if one follows, and gives the instant: in that zone, else in the
/// reference's. `None` only if the instant is out of range.
pub(super) fn instant<'a>(
    civil: DateTime,
    text: &'a [u8],
    reference: &Reference<'_>,
) -> Parsed<'a, Timestamp> {
    // Nearly all times end in one of these two ways.
    match text {
        [b'Z'] => return Some((Offset::UTC.to_timestamp(civil).ok()?, &[])),
        [] => return Some((reference.zone.to_timestamp(civil).ok()?, &[])),
        _ => {}
    }
    if let Some((offset, rest)) = offset(text) {
        return Some((offset.to_timestamp(civil).ok()?, after_offset(rest)));
    }
    if let Some((zone, rest)) = annotation(text).or_else(|| name(text)) {
        return Some((zone.to_timestamp(civil).ok()?, rest));
    }
    let local = reference.zone.to_timestamp(civil).ok()?;
    let Some((word, rest)) = abbreviation(text) else {
        return Some((local, text));
    };
    if reference.zone.to_offset_info(local).abbreviation().as_bytes() == word {
        return Some((local, rest));
    }
    // A level follows most times, and all that are known end so.
    if !word.ends_with(b"T") && word != b"MSK" {
        return Some((local, text));
    }
    match ABBREVIATIONS.iter().find(|(name, _)| name.as_bytes() == word) {
        Some((_, hours)) => Some((Offset::constant(*hours).to_timestamp(civil).ok()?, rest)),
        None => Some((local, text)),
    }
}

/// Takes `Z`, `+02`, `+0200`, `+02:00`, or, behind a blank, these or `UTC`, `GMT`, `GMT+0200`.
fn offset(text: &[u8]) -> Parsed<'_, Offset> {
    let (parsed, blank) = match text {
        [b' ', rest @ ..] => (word_offset(rest).or_else(|| numeric_offset(rest)), true),
        [b'Z' | b'z', rest @ ..] => (Some((Offset::UTC, rest)), false),
        _ => (word_offset(text).or_else(|| numeric_offset(text)), false),
    };
    match parsed? {
        (_, [byte, ..]) if byte.is_ascii_alphanumeric() => None,
        // Behind a blank, ` -10` before more text may be the message's own number.
        (_, [_, ..]) if blank && !has_minutes(text) => None,
        parsed => Some(parsed),
    }
}

/// Whether ` +02…` goes on with minutes, or with the process id that Postgres puts there. Words
/// always count as if they did.
fn has_minutes(text: &[u8]) -> bool {
    !matches!(text, [b' ', b'+' | b'-', _, _, rest @ ..]
        if !matches!(rest, [b'0'..=b'9', ..] | [b':', b'0'..=b'9', ..] | [b' ', b'[', b'0'..=b'9', ..]))
}

/// Takes `Z`, `UTC`, `GMT` or `UT`, and an offset from it as JavaScript writes it: `GMT+0200`.
fn word_offset(text: &[u8]) -> Parsed<'_, Offset> {
    let (word, rest) = letters(text);
    if !matches!(word, b"UTC" | b"GMT" | b"UT" | b"Z") {
        return None;
    }
    Some(numeric_offset(rest).unwrap_or((Offset::UTC, rest)))
}

/// Takes `+02`, `+0200` or `+02:00`.
fn numeric_offset(text: &[u8]) -> Parsed<'_, Offset> {
    let [sign @ (b'+' | b'-'), h1, h2, rest @ ..] = text else {
        return None;
    };
    let (minutes, rest) = match rest {
        [b':', m1 @ b'0'..=b'9', m2, rest @ ..] | [m1 @ b'0'..=b'9', m2, rest @ ..] => {
            (two(*m1, *m2)?, rest)
        }
        _ => (0, rest),
    };
    let hours = two(*h1, *h2)?;
    // Other numbers are the message's own.
    if hours > 14 || !matches!(minutes, 0 | 15 | 30 | 45) {
        return None;
    }
    let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    let seconds = if *sign == b'-' { -seconds } else { seconds };
    Some((Offset::from_seconds(seconds).ok()?, rest))
}

/// Passes over what only repeats an offset: `[Europe/Berlin]`; at the end of the text, the zone's
/// name, as in Go's ` CEST` or RFC 2822's ` (CEST)`; and Go's monotonic clock, ` m=+0.001`.
fn after_offset(text: &[u8]) -> &[u8] {
    if text.is_empty() {
        return text;
    }
    let text = annotation(text).map_or(text, |(_, rest)| rest);
    let Some(note) = text.strip_prefix(b" ") else {
        return text;
    };
    if let [b'(', name @ .., b')'] = note {
        return if name.contains(&b')') { text } else { &[] };
    }
    let (name, rest) = take_while(note, |byte| byte.is_ascii_alphanumeric() || *byte == b'+');
    let is_name = (2..=5).contains(&name.len()) && !name.iter().any(u8::is_ascii_lowercase)
        || numeric_offset(note).is_some_and(|(_, after)| after == rest);
    match rest {
        [] if is_name => rest,
        [b' ', b'm', b'=', reading @ ..] if is_name => {
            take_while(reading, |byte| !byte.is_ascii_whitespace()).1
        }
        _ => text,
    }
}

/// Takes `[Europe/Berlin]` as Java and RFC 9557 write it.
fn annotation(text: &[u8]) -> Parsed<'_, TimeZone> {
    let (name, rest) = take_while(text.strip_prefix(b"[")?, |byte| is_name_byte(*byte));
    Some((zone_named(name)?, rest.strip_prefix(b"]")?))
}

/// Takes ` Europe/Berlin` as PHP writes it. Names without a slash are left to
/// [`abbreviation`]: the database has `EST` but also `Cuba`.
fn name(text: &[u8]) -> Parsed<'_, TimeZone> {
    let (name, rest) = take_while(text.strip_prefix(b" ")?, |byte| is_name_byte(*byte));
    name.contains(&b'/').then(|| zone_named(name)).flatten().map(|zone| (zone, rest))
}

fn zone_named(name: &[u8]) -> Option<TimeZone> {
    if !(3..=LONGEST_NAME).contains(&name.len()) {
        return None;
    }
    TimeZone::get(std::str::from_utf8(name).ok()?).ok()
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-' | b'+')
}

/// Takes a blank and three to five capitals that no letter or digit follows.
fn abbreviation(text: &[u8]) -> Parsed<'_, &[u8]> {
    let (word, rest) = take_while(text.strip_prefix(b" ")?, u8::is_ascii_alphanumeric);
    let capitals = word.iter().all(u8::is_ascii_uppercase);
    (capitals && (3..=5).contains(&word.len())).then_some((word, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_sorted_once_each_and_never_levels() {
        for pair in ABBREVIATIONS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} {}", pair[0].0, pair[1].0);
        }
        for (name, _) in ABBREVIATIONS {
            assert!(name.ends_with('T') || *name == "MSK", "{name}");
            assert_eq!(crate::level::parse_level(name), None, "{name}");
        }
    }
}
