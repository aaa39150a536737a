//! Every notation of time that a log may have, under every name, and the `@timestamp` that the
//! finished document has of it.
//!
//! The instants were worked out by hand, or with GNU `date --utc --date=…`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod call;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use nozzle::transform;
use serde_json::{Value, json};

/// When and where a log was received.
#[derive(Clone, Copy)]
struct Receipt {
    /// `NOZZLE_TIMEZONE`.
    zone: &'static str,
    /// When Firehose received it, in milliseconds.
    arrival: u64,
    /// When CloudWatch received it, in milliseconds.
    event_time: Option<u64>,
}

/// 2020-05-11T12:44:50Z.
const ARRIVAL: u64 = 1_589_201_090_000;
const UTC: Receipt = Receipt { zone: "UTC", arrival: ARRIVAL, event_time: None };

impl Receipt {
    const fn zone(zone: &'static str) -> Self {
        Self { zone, ..UTC }
    }

    const fn at(arrival: u64) -> Self {
        Self { arrival, ..UTC }
    }

    /// The document of a log of this text.
    fn document(self, log: &str) -> Value {
        let data = match self.event_time {
            None => log.to_owned(),
            Some(time) => json!({
                "messageType": "DATA_MESSAGE", "owner": "1", "logGroup": "g", "logStream": "s",
                "subscriptionFilters": [],
                "logEvents": [{"id": "1", "timestamp": time, "message": log}],
            })
            .to_string(),
        };
        let event = json!({"records": [{
            "recordId": "1", "approximateArrivalTimestamp": self.arrival,
            "data": BASE64_STANDARD.encode(data)}]});
        let config = call::config(&[("NOZZLE_TIMEZONE", self.zone)]);
        let mut response = Vec::new();
        transform(event.to_string().as_bytes(), &config, &mut response).unwrap();
        let response: Value = serde_json::from_slice(&response).unwrap();
        serde_json::from_slice(&call::delivered(&response)[0]).unwrap()
    }

    /// Checks a table of logs and their instants.
    fn check(self, table: &[(&str, &str)]) {
        let wrong: Vec<String> = table
            .iter()
            .filter_map(|(log, instant)| {
                let document = self.document(log);
                let is_right =
                    document["@timestamp"] == *instant && document["event"].get("reason").is_none();
                (!is_right).then(|| format!("{log}\n  {document}\n  instead of {instant}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn every_name_of_the_time() {
    const TIME: &str = "2020-05-11T12:44:44.123Z";
    for name in [
        "@timestamp",
        "timestamp",
        "time",
        "ts",
        "asctime",
        "datetime",
        "date",
        "eventTime",
        "@t",
        "Timestamp",
    ] {
        for written in ["\"2020-05-11T14:44:44.123+02:00\"", "1589201084123", "1589201084.123"] {
            UTC.check(&[(&format!("{{\"{name}\":{written},\"message\":\"x\"}}"), TIME)]);
        }
    }
    UTC.check(&[
        (r#"{"record":{"time":{"timestamp":1589201084.123}},"text":"x"}"#, TIME),
        (r#"{"timeMillis":1589201084123}"#, TIME),
        (r#"{"timeUnixNano":"1589201084123000000"}"#, TIME),
        (r#"{"instant":{"epochSecond":1589201084,"nanoOfSecond":123000000}}"#, TIME),
        (r#"{"timestamp":{"seconds":1589201084,"nanos":123000000}}"#, TIME),
        (r#"{"timestampSeconds":1589201084}"#, "2020-05-11T12:44:44.000Z"),
        (r#"{"@timestamp":{"$date":"x"},"time":"2020-05-11T12:44:44.123Z"}"#, TIME),
        // MongoDB.
        (r#"{"t":{"$date":"2020-05-11T14:44:44.123+02:00"},"s":"I","c":"NETWORK","id":1,"msg":"x"}"#, TIME),
    ]);
}

#[test]
fn every_notation() {
    let notations = [
        // Epochs in each unit, as a number and as a text.
        ("1589201084", "2020-05-11T12:44:44.000Z"),
        ("1589201084.5", "2020-05-11T12:44:44.500Z"),
        ("1589201084123", "2020-05-11T12:44:44.123Z"),
        ("1589201084123456", "2020-05-11T12:44:44.123456Z"),
        ("1589201084123456789", "2020-05-11T12:44:44.123456789Z"),
        ("1.589201084123e9", "2020-05-11T12:44:44.123Z"),
        ("\"1589201084\"", "2020-05-11T12:44:44.000Z"),
        ("\"1589201084123\"", "2020-05-11T12:44:44.123Z"),
        // Python's logging, RFC 3339, RFC 2822, syslog, Apache.
        ("\"2020-05-11 12:44:44,123\"", "2020-05-11T12:44:44.123Z"),
        ("\"2020-05-11T12:44:44.123456789Z\"", "2020-05-11T12:44:44.123456789Z"),
        ("\"2020-05-11T12:44:44.1234567891Z\"", "2020-05-11T12:44:44.123456789Z"),
        ("\"2020-05-11t12:44:44z\"", "2020-05-11T12:44:44.000Z"),
        ("\"2020-05-11T12:44Z\"", "2020-05-11T12:44:00.000Z"),
        ("\"Mon, 11 May 2020 14:44:44 +0200\"", "2020-05-11T12:44:44.000Z"),
        ("\"Mon, 11 May 2020 12:44:44 GMT\"", "2020-05-11T12:44:44.000Z"),
        ("\"Mon, 11 May 2020 08:44:44 EDT\"", "2020-05-11T12:44:44.000Z"),
        ("\"May 11 12:44:44\"", "2020-05-11T12:44:44.000Z"),
        ("\"11/May/2020:14:44:44 +0200\"", "2020-05-11T12:44:44.000Z"),
        ("\"[11/May/2020:14:44:44 +0200]\"", "2020-05-11T12:44:44.000Z"),
        ("\"Mon May 11 12:44:44 2020\"", "2020-05-11T12:44:44.000Z"),
        ("\"20200511T124444Z\"", "2020-05-11T12:44:44.000Z"),
        ("\"2020-05-11 12:44:44.123 UTC\"", "2020-05-11T12:44:44.123Z"),
        // Zones, half hours among them.
        ("\"2020-05-11T18:14:44+05:30\"", "2020-05-11T12:44:44.000Z"),
        ("\"2020-05-11T18:29:44+0545\"", "2020-05-11T12:44:44.000Z"),
        ("\"2020-05-11T10:14:44-02:30\"", "2020-05-11T12:44:44.000Z"),
        ("\"2020-05-11T14:44:44+02\"", "2020-05-11T12:44:44.000Z"),
        ("\"2020-05-11T12:44:44-00:00\"", "2020-05-11T12:44:44.000Z"),
        ("\"2020-05-11T14:44:44[Europe/Berlin]\"", "2020-05-11T12:44:44.000Z"),
        ("\"2020-05-11 14:44:44 CEST\"", "2020-05-11T12:44:44.000Z"),
        // The leap second is the next second, and 24:00 the next day.
        ("\"2016-12-31T23:59:60Z\"", "2017-01-01T00:00:00.000Z"),
        ("\"2016-12-31T18:59:60.5-05:00\"", "2017-01-01T00:00:00.000Z"),
        ("\"2020-05-10T24:00:00Z\"", "2020-05-11T00:00:00.000Z"),
        ("\"2020-02-29T00:00:00Z\"", "2020-02-29T00:00:00.000Z"),
    ];
    for (written, instant) in notations {
        UTC.check(&[(&format!("{{\"time\":{written},\"message\":\"x\"}}"), instant)]);
    }
}

#[test]
fn in_the_prefix_of_a_line() {
    UTC.check(&[
        ("2020-05-11 12:44:44,123 ERROR app: x", "2020-05-11T12:44:44.123Z"),
        ("2020-05-11T12:44:44.123456789Z x", "2020-05-11T12:44:44.123456789Z"),
        ("[11/May/2020:14:44:44 +0200] x", "2020-05-11T12:44:44.000Z"),
        ("<11>May 11 12:44:44 web-1 app: x", "2020-05-11T12:44:44.000Z"),
        ("<11>1 2020-05-11T14:44:44.5+02:00 web-1 app - - - x", "2020-05-11T12:44:44.500Z"),
        ("2020/05/11 12:44:44 x", "2020-05-11T12:44:44.000Z"),
        ("E0511 12:44:44.123456 1 a.go:1] x", "2020-05-11T12:44:44.123456Z"),
        ("12:M 11 May 2020 12:44:44.123 * x", "2020-05-11T12:44:44.123Z"),
        ("time=2020-05-11T12:44:44.123Z level=info msg=x", "2020-05-11T12:44:44.123Z"),
        ("2020-05-11T12:44:44.123456789Z stderr F x", "2020-05-11T12:44:44.123456789Z"),
        // What a time of day alone does not say, the arrival does.
        ("12:44:44.123 [main] ERROR a.B - x", "2020-05-11T12:44:50.000Z"),
    ]);
}

#[test]
fn without_a_year() {
    // 2021-01-01T00:00:05Z, and 2020-12-31T23:59:55Z with a clock that runs ahead.
    Receipt::at(1_609_459_205_000).check(&[
        ("Dec 31 23:59:59 web-1 app: x", "2020-12-31T23:59:59.000Z"),
        ("Jan  1 00:00:01 web-1 app: x", "2021-01-01T00:00:01.000Z"),
        ("E1231 23:59:59.5 1 a.go:1] x", "2020-12-31T23:59:59.500Z"),
        ("Dec 31 23:59:60 web-1 app: x", "2021-01-01T00:00:00.000Z"),
        ("Dec 31 24:00:00 web-1 app: x", "2021-01-01T00:00:00.000Z"),
    ]);
    Receipt::at(1_609_459_195_000).check(&[
        ("Jan  1 00:00:01 web-1 app: x", "2021-01-01T00:00:01.000Z"),
        ("Dec 31 23:59:50 web-1 app: x", "2020-12-31T23:59:50.000Z"),
        ("Feb 29 12:00:00 web-1 app: x", "2020-02-29T12:00:00.000Z"),
    ]);
    // 2021-01-01T03:00:00Z, when New York was still in the old year.
    let new_york = Receipt { zone: "America/New_York", ..Receipt::at(1_609_470_000_000) };
    new_york.check(&[
        ("Dec 31 21:59:59 web-1 app: x", "2021-01-01T02:59:59.000Z"),
        ("Dec 31 23:30:00 web-1 app: x", "2021-01-01T04:30:00.000Z"),
    ]);
}

#[test]
fn without_a_zone() {
    Receipt::zone("Asia/Kolkata").check(&[
        ("2020-05-11 18:14:44,123 ERROR app: x", "2020-05-11T12:44:44.123Z"),
        (r#"{"time":"2020-05-11 18:14:44","message":"x"}"#, "2020-05-11T12:44:44.000Z"),
        ("<11>May 11 18:14:44 web-1 app: x", "2020-05-11T12:44:44.000Z"),
        // A zone that is told counts.
        ("2020-05-11T12:44:44Z ERROR x", "2020-05-11T12:44:44.000Z"),
    ]);
    Receipt::zone("Europe/Berlin").check(&[
        // Clocks went from 02:00 to 03:00: a time between is read as if they had not.
        (r#"{"time":"2020-03-29 01:59:59","message":"x"}"#, "2020-03-29T00:59:59.000Z"),
        (r#"{"time":"2020-03-29 02:30:00","message":"x"}"#, "2020-03-29T01:30:00.000Z"),
        (r#"{"time":"2020-03-29 03:00:00","message":"x"}"#, "2020-03-29T01:00:00.000Z"),
        // Clocks went from 03:00 to 02:00: the first of two, unless the zone says which.
        (r#"{"time":"2019-10-27 02:30:00","message":"x"}"#, "2019-10-27T00:30:00.000Z"),
        (r#"{"time":"2019-10-27 02:30:00 CET","message":"x"}"#, "2019-10-27T01:30:00.000Z"),
        (r#"{"time":"2019-10-27 03:00:00","message":"x"}"#, "2019-10-27T02:00:00.000Z"),
    ]);
}

#[test]
fn what_cannot_be_true_gives_way() {
    // CloudWatch's time, 2020-05-11T12:44:45Z, and without it the arrival.
    let cloudwatch = Receipt { event_time: Some(1_589_201_085_000), ..UTC };
    for (receipt, fallback) in
        [(cloudwatch, "2020-05-11T12:44:45.000Z"), (UTC, "2020-05-11T12:44:50.000Z")]
    {
        for (time, label) in [
            ("\"1970-01-01T00:00:00Z\"", Some("labels")),
            ("\"1999-12-31T23:59:59Z\"", Some("labels")),
            ("\"2020-05-13T12:44:44Z\"", Some("labels")),
            ("0", Some("numeric_labels")),
            ("\"2020-13-11T12:44:44Z\"", Some("labels")),
            ("\"2020-05-11T25:00:00Z\"", Some("labels")),
            ("\"soon\"", Some("labels")),
            ("\"2020-05-11\"", Some("labels")),
            ("\"\"", None),
        ] {
            let document = receipt.document(&format!("{{\"time\":{time},\"message\":\"x\"}}"));
            assert_eq!(document["@timestamp"], fallback, "{time}");
            if let Some(label) = label {
                let kept: Value = serde_json::from_str(time).unwrap();
                assert_eq!(document[label]["time"], kept, "{time}");
            }
        }
        // A day ahead is still taken.
        let log = r#"{"time":"2020-05-12T12:44:50Z","message":"x"}"#;
        assert_eq!(receipt.document(log)["@timestamp"], "2020-05-12T12:44:50.000Z");
    }
    // In a line the time becomes a label, or stays where it is no time at all.
    let document = UTC.document("2020-05-13 12:44:44 ERROR app: x");
    assert_eq!(document["@timestamp"], "2020-05-11T12:44:50.000Z");
    assert_eq!(document["labels"]["timestamp"], "2020-05-13 12:44:44");
    assert!(document["event"]["reason"].as_str().unwrap().contains("more than a day"));
    let document = UTC.document("2020-13-11 12:44:44 ERROR app: x");
    assert_eq!(document["@timestamp"], "2020-05-11T12:44:50.000Z");
    assert_eq!(document["message"], "2020-13-11 12:44:44 ERROR app: x");
}
