//! Logs that nobody would write, under the keys that loggers use.

use proptest::prelude::*;
use serde_json::Value;

/// Keys that loggers use, and keys that nobody should.
fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "message",
            "msg",
            "level",
            "time",
            "timestamp",
            "@timestamp",
            "log",
            "error",
            "err",
            "exc_info",
            "event",
            "id",
            "_id",
            "_index",
            "",
            "a.b",
            "a",
            "labels",
            "index",
            "user",
            "service",
            "host",
            "http",
            "password",
            "apiKey",
            "token_count",
            "value",
            "name",
            "traceback",
            "ecs.version",
            "numeric_labels",
        ])
        .prop_map(str::to_owned),
        ".{0,12}",
    ]
}

pub(crate) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".{0,20}".prop_map(Into::into),
        prop::sample::select(vec![
            "error",
            "2020-05-11T12:44:44Z",
            "10.0.0.1",
            "7",
            "4111111111111111",
            "login --password sesame4sesame4 failed",
            "postgres://app:s3cr3t-Pa55@db/orders?token=Rv8sesame4Rv8",
            "{\"clientSecret\":\"Rv8sesame4Rv8\",\"n\":[1,\"x\"]}",
            "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g(key=\"Rv8sesame4Rv8\")\nValueError: no api_key=Rv8sesame4Rv8",
            "ada@example.com called from 10.0.0.1, +49 30 901820",
        ])
            .prop_map(Into::into),
    ];
    leaf.prop_recursive(8, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((any_key(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

pub(crate) fn any_log() -> impl Strategy<Value = Value> {
    prop::collection::vec((any_key(), any_value()), 0..10)
        .prop_map(|entries| Value::Object(entries.into_iter().collect()))
}
