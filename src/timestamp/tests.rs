//! The notations in one table each, with what is nearly one of them.

use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;

use super::*;

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn parse_in(zone: &TimeZone, arrival: &str, text: &str) -> Option<Timestamp> {
    parse_timestamp(text, &Reference { zone, arrival: at(arrival) })
}

/// Parses with UTC as the zone, for a record that arrived on 2020-05-11.
fn parse(text: &str) -> Option<Timestamp> {
    parse_in(&TimeZone::UTC, "2020-05-11T12:45:00Z", text)
}

/// Texts, and the instants that they are where UTC is the zone and 2020-05-11 the arrival.
const NOTATIONS: &[(&str, &str)] = &[
    // RFC 3339, ISO 8601 and its dialects.
    ("2020-05-11T14:44:44Z", "2020-05-11T14:44:44Z"),
    ("2020-05-11t14:44:44z", "2020-05-11T14:44:44Z"),
    ("2020-05-11T14:44:44.123Z", "2020-05-11T14:44:44.123Z"),
    ("2020-05-11T14:44:44.123456789Z", "2020-05-11T14:44:44.123456789Z"),
    ("2020-05-11T14:44:44.1234567899Z", "2020-05-11T14:44:44.123456789Z"),
    ("2020-05-11T14:44:44.1Z", "2020-05-11T14:44:44.1Z"),
    ("2020-05-11T14:44:44+0200", "2020-05-11T12:44:44Z"),
    ("2020-05-11T14:44:44+02:00", "2020-05-11T12:44:44Z"),
    ("2020-05-11T14:44:44+02", "2020-05-11T12:44:44Z"),
    ("2020-05-11T14:44:44-00:00", "2020-05-11T14:44:44Z"),
    ("2020-05-11T14:44:44+05:45", "2020-05-11T08:59:44Z"),
    ("2020-05-11T14:44:44,123-0730", "2020-05-11T22:14:44.123Z"),
    ("2020-05-11T14:44Z", "2020-05-11T14:44:00Z"),
    ("2020-05-11T14:44:44", "2020-05-11T14:44:44Z"),
    ("2020-05-11T14:44:44 +0200", "2020-05-11T12:44:44Z"),
    ("2020-05-11 14:44:44 +02", "2020-05-11T12:44:44Z"),
    ("2020-05-11 14:44:44 UTC", "2020-05-11T14:44:44Z"),
    ("2020-05-11 14:44:44 GMT", "2020-05-11T14:44:44Z"),
    ("2020-05-11 14:44:44UTC", "2020-05-11T14:44:44Z"),
    ("2020-05-11 14:44:44.123 CEST", "2020-05-11T12:44:44.123Z"),
    ("2020-05-11 14:44:44 Europe/Berlin", "2020-05-11T12:44:44Z"),
    ("2020-05-11T14:44:44[Europe/Berlin]", "2020-05-11T12:44:44Z"),
    ("2020-05-11T14:44:44+02:00[Europe/Berlin]", "2020-05-11T12:44:44Z"),
    ("2020-05-11T14:44:44Z[UTC]", "2020-05-11T14:44:44Z"),
    ("2020-05-11", "2020-05-11T00:00:00Z"),
    ("2020/05/11", "2020-05-11T00:00:00Z"),
    ("2020-05-11+02:00", "2020-05-10T22:00:00Z"),
    ("20200511T144444Z", "2020-05-11T14:44:44Z"),
    ("20200511T144444.5+0200", "2020-05-11T12:44:44.5Z"),
    ("20200511T1444", "2020-05-11T14:44:00Z"),
    (" 2020-05-11T14:44:44Z\n", "2020-05-11T14:44:44Z"),
    ("[2020-05-11T14:44:44Z]", "2020-05-11T14:44:44Z"),
    // Leap second and the end of the day.
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
    ("2016-12-31T23:59:60.999Z", "2017-01-01T00:00:00Z"),
    ("2020-05-11T24:00:00Z", "2020-05-12T00:00:00Z"),
    ("2020-12-31T24:00:00.000Z", "2021-01-01T00:00:00Z"),
    ("2020-02-28T24:00Z", "2020-02-29T00:00:00Z"),
    ("2020-02-29T00:00:00Z", "2020-02-29T00:00:00Z"),
    // Languages' defaults.
    ("2020-05-11 14:44:44,123", "2020-05-11T14:44:44.123Z"),
    ("2020/05/11 14:44:44", "2020-05-11T14:44:44Z"),
    ("2020/05/11 14:44:44.123456", "2020-05-11T14:44:44.123456Z"),
    ("2020-05-11 14:44:44.123456789 +0200 CEST m=+0.001", "2020-05-11T12:44:44.123456789Z"),
    ("2020-05-11 14:44:44.123456789 +0200 +0200 m=+0.1", "2020-05-11T12:44:44.123456789Z"),
    ("2020-05-11 12:44:44 +0000 UTC", "2020-05-11T12:44:44Z"),
    ("2020-05-11 18:14:44 +0530 IST", "2020-05-11T12:44:44Z"),
    ("2020-05-11 14:44:44 +0200", "2020-05-11T12:44:44Z"),
    ("Mon May 11 14:44:44 2020", "2020-05-11T14:44:44Z"),
    ("Fri May  1 14:44:44 2020", "2020-05-01T14:44:44Z"),
    ("Mon May 11 14:44:44.123456 2020", "2020-05-11T14:44:44.123456Z"),
    ("Mon May 11 14:44:44 CEST 2020", "2020-05-11T12:44:44Z"),
    ("Mon May 11 14:44:44 +0200 2020", "2020-05-11T12:44:44Z"),
    ("Mon May 11 2020 14:44:44 GMT+0200 (Central European Summer Time)", "2020-05-11T12:44:44Z"),
    ("May 11, 2020 2:44:44 PM", "2020-05-11T14:44:44Z"),
    ("May 11, 2020 12:44:44 AM", "2020-05-11T00:44:44Z"),
    ("May 11, 2020 2:44:44\u{202f}PM", "2020-05-11T14:44:44Z"),
    ("11-May-2020 14:44:44.123", "2020-05-11T14:44:44.123Z"),
    ("11-May-2020 14:44:44 Europe/Berlin", "2020-05-11T12:44:44Z"),
    // RFC 2822, HTTP, the common log format.
    ("Mon, 11 May 2020 14:44:44 +0200", "2020-05-11T12:44:44Z"),
    ("11 May 2020 14:44 +0200", "2020-05-11T12:44:00Z"),
    ("Fri, 1 May 2020 14:44:44 EST", "2020-05-01T19:44:44Z"),
    ("Mon, 11 May 2020 14:44:44 +0200 (CEST)", "2020-05-11T12:44:44Z"),
    ("Mon, 11 May 2020 14:44:44 GMT", "2020-05-11T14:44:44Z"),
    ("Monday, 11-May-20 14:44:44 GMT", "2020-05-11T14:44:44Z"),
    ("11/May/2020:14:44:44 +0200", "2020-05-11T12:44:44Z"),
    ("[11/May/2020:14:44:44 +0200]", "2020-05-11T12:44:44Z"),
    // RFC 3164.
    ("May 11 12:44:44", "2020-05-11T12:44:44Z"),
    ("May  1 12:44:44", "2020-05-01T12:44:44Z"),
    ("May 1 12:44:44", "2020-05-01T12:44:44Z"),
    ("May 11 2020 12:44:44", "2020-05-11T12:44:44Z"),
    ("May 11 14:44:44.123 CEST", "2020-05-11T12:44:44.123Z"),
    // Epochs.
    ("1589201084", "2020-05-11T12:44:44Z"),
    ("1589201084.123456789", "2020-05-11T12:44:44.123456789Z"),
    ("1589201084123", "2020-05-11T12:44:44.123Z"),
    ("1589201084123456", "2020-05-11T12:44:44.123456Z"),
    ("1589201084123456789", "2020-05-11T12:44:44.123456789Z"),
];

#[test]
fn every_notation_gives_its_instant() {
    for (text, instant) in NOTATIONS {
        assert_eq!(parse(text), Some(at(instant)), "{text}");
    }
}

#[test]
fn near_misses_are_not_times() {
    let table = [
        "",
        "-",
        "soon",
        "May",
        "Mon",
        "14:44:44",
        "2020",
        "2020-05",
        "2020-5-11",
        "20200511",
        "2020-13-11T14:44:44Z",
        "2020-02-30T14:44:44Z",
        "2019-02-29",
        "2020-05/11",
        "2020-05-11T",
        "2020-05-11T1:44:44Z",
        "2020-05-11T14",
        "2020-05-11T25:00:00Z",
        "2020-05-11T24:00:01Z",
        "2020-05-11T24:00:00.001Z",
        "2020-05-11T14:60:00Z",
        "2020-05-11T14:44:61Z",
        "2020-05-11T14:44:44.Z",
        "2020-05-11T14:44:44ZZ",
        "2020-05-11T14:44:44Zulu",
        "2020-05-11T14:44:44+24:00",
        "2020-05-11T14:44:44+02:60",
        "2020-05-11T14:44:44+2",
        "2020-05-11T14:44:44+020",
        "2020-05-11T14:44:44[Europe/Nowhere]",
        "2020-05-11T14:44:44[Europe/Berlin",
        "2020-05-11 14:44:44 IST",
        "2020-05-11 14:44:44 ERROR",
        "2020-05-11T14:44:44Z and more",
        "2020-05-11  14:44:44",
        "+2020-05-11T14:44:44Z",
        "x2020-05-11T14:44:44Z",
        "２０２０-05-11T14:44:44Z",
        "05/11/2020 14:44:44",
        "11/05/2020 14:44:44",
        "11.05.2020 14:44:44",
        "May 11 14:44",
        "May 32 14:44:44",
        "Feb 30 14:44:44",
        "Mai 11 14:44:44",
        "Maybe 11 14:44:44",
        "May 11 2020",
        "May 11, 2020 13:44:44 PM",
        "May 11, 2020 0:44:44 PM",
        "May 11, 2020 2:44:44",
        "Mon May 11 14:44:44",
        "Mon May 11 14:44:44 XYZ 2020",
        "Foo, 11 May 2020 14:44:44 GMT",
        "11 May 20 14:44:44 GMT",
        "11/May-2020:14:44:44 +0200",
        "11/May/2020 is the day",
        // Numbers that are no epoch, or none that a log could hold.
        "158920108",
        "15892010841",
        "158920108412",
        "0123456789",
        "4915112345678",
        "9999999999",
        "1589201084.",
        "1589201084.12x",
        "1589201084123.5",
        "-1589201084",
    ];
    for text in table {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn times_without_a_zone_are_in_the_references() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let table = [
        ("2020-05-11T14:44:44", "2020-05-11T12:44:44Z"),
        ("2020-05-11", "2020-05-10T22:00:00Z"),
        ("May 11 14:44:44", "2020-05-11T12:44:44Z"),
        ("Mon May 11 14:44:44 2020", "2020-05-11T12:44:44Z"),
        ("2020-05-11 14:44:44 UTC", "2020-05-11T14:44:44Z"),
        // Skipped, hence as if the old offset still held.
        ("2020-03-29 02:30:00", "2020-03-29T01:30:00Z"),
        // Repeated, hence the first of the two, unless the abbreviation says otherwise.
        ("2019-10-27 02:30:00", "2019-10-27T00:30:00Z"),
        ("2019-10-27 02:30:00 CEST", "2019-10-27T00:30:00Z"),
        ("2019-10-27 02:30:00 CET", "2019-10-27T01:30:00Z"),
    ];
    for (text, instant) in table {
        let parsed = parse_in(&berlin, "2020-05-11T12:45:00Z", text);
        assert_eq!(parsed, Some(at(instant)), "{text}");
    }
    // The reference's own zone decides what an ambiguous abbreviation means.
    let kolkata = TimeZone::get("Asia/Kolkata").unwrap();
    let parsed = parse_in(&kolkata, "2020-05-11T12:45:00Z", "2020-05-11 18:14:44 IST");
    assert_eq!(parsed, Some(at("2020-05-11T12:44:44Z")));
    let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
    let parsed = parse_in(&shanghai, "2020-05-11T12:45:00Z", "2020-05-11 20:44:44 CST");
    assert_eq!(parsed, Some(at("2020-05-11T12:44:44Z")));
}

#[test]
fn a_missing_year_is_the_latest_that_arrival_allows() {
    let table = [
        ("Dec 31 23:59:59", "2021-01-01T00:00:05Z", "2020-12-31T23:59:59Z"),
        ("Jan  1 00:00:01", "2021-01-01T00:00:05Z", "2021-01-01T00:00:01Z"),
        // A clock that runs ahead over New Year.
        ("Jan  1 00:00:01", "2020-12-31T23:59:58Z", "2021-01-01T00:00:01Z"),
        ("May 12 12:00:00", "2020-05-11T12:45:00Z", "2020-05-12T12:00:00Z"),
        ("May 12 13:00:00", "2020-05-11T12:45:00Z", "2019-05-12T13:00:00Z"),
        ("Feb 29 12:00:00", "2021-03-01T00:00:00Z", "2020-02-29T12:00:00Z"),
        ("Feb 29 12:00:00", "2019-03-01T00:00:00Z", "2016-02-29T12:00:00Z"),
        ("Dec 31 23:59:60", "2017-01-01T00:00:05Z", "2017-01-01T00:00:00Z"),
    ];
    for (text, arrival, instant) in table {
        let parsed = parse_in(&TimeZone::UTC, arrival, text);
        assert_eq!(parsed, Some(at(instant)), "{text} at {arrival}");
    }
    // Arrival is in the new year by UTC but not yet where the log was written.
    let new_york = TimeZone::get("America/New_York").unwrap();
    let parsed = parse_in(&new_york, "2021-01-01T03:00:00Z", "Dec 31 21:59:59");
    assert_eq!(parsed, Some(at("2021-01-01T02:59:59Z")));
}

#[test]
fn plausible_is_from_2000_to_a_day_after_arrival() {
    let arrival = at("2020-05-11T12:45:00Z");
    for (timestamp, plausible) in [
        ("1999-12-31T23:59:59.999999999Z", false),
        ("2000-01-01T00:00:00Z", true),
        ("2020-05-12T12:45:00Z", true),
        ("2020-05-12T12:45:00.000000001Z", false),
    ] {
        assert_eq!(is_plausible(at(timestamp), arrival), plausible, "{timestamp}");
    }
    assert!(!is_plausible(Timestamp::MIN, Timestamp::MAX));
    assert!(!is_plausible(Timestamp::MAX, Timestamp::MIN));
}

#[test]
fn a_line_goes_on_after_its_timestamp() {
    let reference = Reference { zone: &TimeZone::UTC, arrival: at("2020-05-11T12:45:00Z") };
    let second = at("2020-05-11T12:44:44Z");
    let milli = at("2020-05-11T12:44:44.123Z");
    let table = [
        ("2020-05-11T12:44:44Z msg", second, " msg"),
        ("2020-05-11T12:44:44.123Z\t6bc28136\tERROR\tmsg", milli, "\t6bc28136\tERROR\tmsg"),
        ("2020-05-11 12:44:44,123 - name - msg", milli, " - name - msg"),
        ("2020-05-11 12:44:44,123-name", milli, "-name"),
        ("2020-05-11 12:44:44, the end", second, ", the end"),
        ("2020-05-11 12:44:44.123 UTC [12] LOG:  x", milli, " [12] LOG:  x"),
        ("2020-05-11 14:44:44.123 CEST [12] LOG:  x", milli, " [12] LOG:  x"),
        ("2020-05-11 12:44:44 ERROR x", second, " ERROR x"),
        ("2020-05-11 12:44:44 UTCX", second, " UTCX"),
        ("2020-05-11 12:44:44 -10 degrees", second, " -10 degrees"),
        ("2020-05-11 14:44:44 +0200 ERROR x", second, " ERROR x"),
        ("2020-05-11 14:44:44 +0200 (main) x", second, " (main) x"),
        ("2020-05-11T12:44:44Z[INFO] x", second, "[INFO] x"),
        ("2020/05/11 12:44:44 main.go:5: x", second, " main.go:5: x"),
        ("[2020-05-11 12:44:44] app.ERROR: x", second, " app.ERROR: x"),
        ("[2020-05-11 12:44:44 +0000] [1] [INFO] x", second, " [1] [INFO] x"),
        ("[2020-05-11T12:44:44Z ERROR app] x", second, " ERROR app] x"),
        ("[11/May/2020:14:44:44 +0200] \"GET /", second, " \"GET /"),
        ("[Mon May 11 12:44:44.123 2020] [core:error] x", milli, " [core:error] x"),
        ("[11-May-2020 12:44:44 UTC] PHP Warning:  x", second, " PHP Warning:  x"),
        ("May 11 12:44:44 host app[1]: x", second, " host app[1]: x"),
        ("<11>May 11 12:44:44 host app[1]: x", second, " host app[1]: x"),
        ("<165>1 2020-05-11T12:44:44.123Z host app", milli, " host app"),
        ("2020-05-11T12:44:44Z", second, ""),
        ("2020-05-11T12:44:44Zé", second, "é"),
    ];
    for (line, timestamp, rest) in table {
        let (parsed, offset) = leading_timestamp(line, &reference).expect(line);
        assert_eq!((parsed, line.split_at(offset).1), (timestamp, rest), "{line}");
    }
}

#[test]
fn only_a_whole_timestamp_leads_a_line() {
    let reference = Reference { zone: &TimeZone::UTC, arrival: at("2020-05-11T12:45:00Z") };
    for line in [
        "",
        "[",
        "msg 2020-05-11T12:44:44Z",
        " 2020-05-11T12:44:44Z",
        "2020-05-11 was a good day",
        "2020-05-11T12:44:44Zulu",
        "2020-05-11T12:44:441",
        "May 11 was a good day",
        "May 11 12:44 too",
        "1589201084 x",
        "<192>May 11 12:44:44 x",
        "<0011>May 11 12:44:44 x",
        "<>May 11 12:44:44 x",
    ] {
        assert_eq!(leading_timestamp(line, &reference), None, "{line}");
    }
}

/// Any instant that RFC 3339 can write.
fn instants() -> impl Strategy<Value = Timestamp> {
    let first = at("0000-01-01T00:00:00Z").as_second();
    (first..=Timestamp::MAX.as_second(), 0..1_000_000_000_i32)
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).unwrap())
}

proptest! {
    #[test]
    fn what_is_written_is_parsed(timestamp in instants()) {
        let mut text = String::new();
        write_rfc3339(timestamp, &mut text);
        prop_assert_eq!(parse(&text), Some(timestamp));
        prop_assert_eq!(text.parse::<Timestamp>().ok(), Some(timestamp));
    }

    #[test]
    fn any_text_is_answered(text in any::<String>(), zone in prop::sample::select(vec!["UTC", "America/New_York"])) {
        let zone = TimeZone::get(zone).unwrap();
        let reference = Reference { zone: &zone, arrival: at("2020-05-11T12:45:00Z") };
        let _ = parse_timestamp(&text, &reference);
        let _ = parse_epoch(&text);
        if let Some((_, offset)) = leading_timestamp(&text, &reference) {
            prop_assert!(text.get(offset..).is_some());
        }
    }

    #[test]
    fn text_made_of_timestamps_parts_is_answered(
        parts in prop::collection::vec(prop::sample::select(vec![
            "2020", "-05", "-11", "T", " ", "14", ":44", ":60", ":44", ".123", ",9", "Z", "+02", "00",
            "May", " 11", "Mon", ", ", "[", "]", "[Europe/Berlin]", " UTC", "GMT", "CEST", " PM",
            "\u{202f}", "<11>", "é", "m=+1", "9999-12-31T24:00", "0000-01-01", "-9999",
        ]), 0..12),
        arrival in any::<i64>(),
    ) {
        let text = parts.concat();
        let arrival = Timestamp::from_second(arrival % Timestamp::MAX.as_second()).unwrap();
        let reference = Reference { zone: &TimeZone::UTC, arrival };
        let _ = parse_timestamp(&text, &reference);
        if let Some((_, offset)) = leading_timestamp(&text, &reference) {
            prop_assert!(text.get(offset..).is_some());
        }
    }
}
