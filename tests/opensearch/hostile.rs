//! Logs that producers should not write and do: every key changes its type from log to log, and
//! keys and values are what an engine, a parser or a person would least like.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Keys that stand in very many logs, each time with a value of another type.
const COMMON_KEYS: &[&str] = &[
    "message",
    "msg",
    "level",
    "time",
    "timestamp",
    "@timestamp",
    "log",
    "logger",
    "name",
    "error",
    "err",
    "exception",
    "stack",
    "stack_trace",
    "user",
    "user.id",
    "user.name",
    "host",
    "host.name",
    "service",
    "service.name",
    "status",
    "code",
    "http",
    "http.response.status_code",
    "url",
    "client",
    "client.ip",
    "source",
    "event",
    "event.id",
    "event.kind",
    "event.created",
    "index",
    "labels",
    "numeric_labels",
    "traceback",
    "ecs.version",
    "tags",
    "process",
    "process.pid",
    "thread",
    "trace.id",
    "duration",
    "size",
    "amount",
    "ok",
    "id",
    "data",
    "payload",
    "cloud",
    "aws",
    "container",
    "geo",
    "location",
    "date",
    "version",
    "type",
    "count",
];

/// Keys that the engine reserves or refuses, and keys that are no names.
const HOSTILE_KEYS: &[&str] = &[
    "",
    " ",
    ".",
    "..",
    "...",
    ".a",
    "a.",
    "a..b",
    "_id",
    "_index",
    "_source",
    "_type",
    "_routing",
    "_ignored",
    "_field_names",
    "_doc_count",
    "_size",
    "__",
    "_",
    "-",
    "@",
    "#",
    "*",
    "?",
    "a*b",
    "a b",
    "\t",
    "\n",
    "a\nb",
    "\u{0}",
    "\u{7f}",
    "\u{feff}",
    "\u{202e}abc",
    "ключ",
    "鍵",
    "🔑",
    "é",
    "e\u{301}",
    "İ",
    "ß",
    "null",
    "true",
    "0",
    "1e5",
    "constructor",
    "__proto__",
    "a\"b",
    "a\\b",
    "<script>",
    "${jndi:ldap://x}",
    "{{index}}",
    "labels.x",
    "labels..x",
    "labels.",
    "numeric_labels.x",
    "traceback.exceptions",
    "event.id.x",
    "@timestamp.x",
    "message.keyword",
    "index.x",
    "doc",
    "ctx",
];

/// A log, as the bytes of a record. Of `number` and `random` alone.
pub(crate) fn log(number: usize, random: &mut Rng) -> Vec<u8> {
    match number {
        number if number.is_multiple_of(1_000) => wide(number),
        number if number % 1_000 == 1 => nested(number, 100),
        number if number % 1_000 == 2 => long_string(number),
        number if number % 50 == 3 => text(random),
        _ => object(random),
    }
}

fn object(random: &mut Rng) -> Vec<u8> {
    let mut log = Map::new();
    for _ in 0..random.usize(1..14) {
        let key = match random.u8(0..10) {
            0..6 => (*random.choice(COMMON_KEYS).unwrap()).to_owned(),
            6..8 => (*random.choice(HOSTILE_KEYS).unwrap()).to_owned(),
            8 => format!("user_{}", random.u32(..)),
            _ => word(random),
        };
        log.insert(key, value(random, 0));
    }
    if random.u16(..500) == 0 {
        log.insert("k".repeat(10_000), value(random, 0));
    }
    Value::Object(log).to_string().into_bytes()
}

/// A word that no other log is likely to have: what a map from data to counts has for keys.
fn word(random: &mut Rng) -> String {
    (0..random.usize(3..9)).map(|_| random.lowercase()).collect()
}

fn value(random: &mut Rng, depth: usize) -> Value {
    match random.u8(..24) {
        0 => Value::Null,
        1 => json!(random.bool()),
        2 => json!(random.i64(..)),
        3 => json!(random.u64(..)),
        4 => json!(f64::from_bits(random.u64(..))),
        5 => json!(random.f64()),
        6 => json!(f64::MAX),
        7 => json!(5e-324),
        8 => json!(-0.0),
        // Not what serde_json would write: the text is taken as it is.
        9 => json!("1e999"),
        10 => json!(random.choice(["NaN", "Infinity", "-Infinity", "nan", "0x1F", "1,5"]).unwrap()),
        11 => json!(word(random)),
        12 => json!("2020-05-11T12:44:44.123456789Z"),
        13 => json!(random.choice(["2020-13-45", "0000-00-00", "yesterday", "99999999999999"])),
        14 => {
            json!(random.choice(["10.0.0.1", "::1", "999.1.1.1", "fe80::1%eth0", "::ffff:1.2.3.4"]))
        }
        15 => json!(random.choice(["", " ", "\u{0}", "\u{fffe}", "a\nb\r\n\tc", "\u{1b}[31mred"])),
        16 => json!("é".repeat(random.usize(..20_000))),
        17 => json!({"lat": 91.5, "lon": "x"}),
        18 => json!([]),
        19 => json!({}),
        20 if depth < 4 => (0..random.usize(1..5)).map(|_| value(random, depth + 1)).collect(),
        21..24 if depth < 4 => {
            let entries = (0..random.usize(1..5)).map(|_| {
                let keys = if random.bool() { COMMON_KEYS } else { HOSTILE_KEYS };
                ((*random.choice(keys).unwrap()).to_owned(), value(random, depth + 1))
            });
            Value::Object(entries.collect())
        }
        _ => json!(random.i32(..)),
    }
}

/// Five thousand keys that no other log has.
fn wide(number: usize) -> Vec<u8> {
    let entries = (0..5_000).map(|key| (format!("field_{number}_{key}"), json!(key)));
    Value::Object(entries.collect()).to_string().into_bytes()
}

fn nested(number: usize, depth: usize) -> Vec<u8> {
    let (open, close) = (r#"{"a":"#.repeat(depth), "}".repeat(depth));
    format!(r#"{{"message":"nested {number}","tree":{open}{number}{close}}}"#).into_bytes()
}

/// As long as a record may be, and numbers that are none for a computer.
fn long_string(number: usize) -> Vec<u8> {
    let (text, digits) = ("word ".repeat(98_000), "9".repeat(400));
    format!(
        r#"{{"message":"{number} {text}","custom":"{text}","big":{digits},"tiny":1e-999,"huge":-1e999}}"#
    )
    .into_bytes()
}

fn text(random: &mut Rng) -> Vec<u8> {
    match random.u8(..6) {
        0 => b"{\"broken\": [1, 2".to_vec(),
        1 => (0..random.usize(1..200)).map(|_| random.u8(..)).collect(),
        2 => b"{\"delete\":{\"_index\":\"x\",\"_id\":\"1\"}}\n{\"create\":{}}".to_vec(),
        3 => b"plain text\nof two lines\r\n".to_vec(),
        4 => b"[1, 2, 3]".to_vec(),
        _ => b"\"a string\"".to_vec(),
    }
}
