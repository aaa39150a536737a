//! Events that are made to cost as much as they can.

use std::fmt::Write;

use serde_json::json;

use crate::events::{Event, LARGEST_RECORD};
use crate::keywords::KEYWORDS;
use crate::look_alikes::LOOK_ALIKES;

/// Strings of JSON in which every character, or nearly, is escaped.
const ESCAPES: &[&str] =
    &["\\n", "\\\"", "\\\\", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\u0000", "\\/"];

/// Other texts over and over.
const OTHERS: &[&str] = &[
    "a",
    " ",
    "\n",
    "7",
    "ABCDEF0123456789",
    "1.5e300 ",
    "é",
    "😀",
    "a=b ",
    "{}",
    "[[",
    "{\"a\":",
];

/// How one kind of hostile event is called, and its events.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) events: Vec<Event>,
}

/// All hostile events. Each is of records as large as they can be, unless its name says otherwise.
pub(crate) fn families() -> Vec<Family> {
    let in_large = |seed: &str| message(&repeated(seed, LARGEST_RECORD));
    let in_small = |seed: &str| message(&repeated(seed, 1_000));
    let in_text = |seed: &str| repeated(seed, LARGEST_RECORD);
    let escapes = |seed: &str| format!("{{\"message\":\"{}\"}}", repeated(seed, LARGEST_RECORD));
    vec![
        Family { name: "nesting", events: nesting() },
        Family { name: "keys", events: keys() },
        family("escapes", &[("", &escapes)], ESCAPES),
        family(
            "keywords",
            &[("", &in_large), ("in 1 kB: ", &in_small), ("text: ", &in_text)],
            KEYWORDS,
        ),
        family(
            "traceback look-alikes",
            &[("", &in_large), ("in 1 kB: ", &in_small), ("text: ", &in_text)],
            LOOK_ALIKES,
        ),
        family("other repetitions", &[("", &in_large), ("text: ", &in_text)], OTHERS),
    ]
}

type Payload<'p> = &'p dyn Fn(&str) -> String;

/// Each seed in each kind of payload.
fn family(name: &'static str, kinds: &[(&str, Payload)], seeds: &[&str]) -> Family {
    let mut events = Vec::new();
    for (kind, payload) in kinds {
        for seed in seeds {
            events.push(Event::small(&format!("{kind}`{}`", shown(seed)), &payload(seed)));
        }
    }
    Family { name, events }
}

/// A seed as a table can show it.
fn shown(seed: &str) -> String {
    seed.replace('\n', "\\n").replace('\t', "\\t").replace('`', "'").replace('|', "\\|")
}

fn repeated(seed: &str, size: usize) -> String {
    seed.repeat(size / seed.len())
}

fn message(text: &str) -> String {
    json!({"level": "info", "message": text}).to_string()
}

fn nesting() -> Vec<Event> {
    let arrays = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = |depth| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let field = |value: &str| format!("{{\"message\":\"m\",\"deep\":{value}}}");
    let many = |value: &str| {
        let values = vec![value; LARGEST_RECORD / (value.len() + 1)];
        field(&format!("[{}]", values.join(",")))
    };
    let mut within = "{\"a\":1}".to_owned();
    while within.len() < LARGEST_RECORD / 3 {
        within = json!({"message": within}).to_string();
    }
    vec![
        Event::small("arrays, 450,000 deep", &field(&arrays(LARGEST_RECORD / 2))),
        Event::small("objects, 150,000 deep", &field(&objects(LARGEST_RECORD / 6))),
        Event::small("many arrays, 100 deep", &many(&arrays(100))),
        Event::small("many objects, 100 deep", &many(&objects(100))),
        Event::small("arrays without an end", &field(&"[".repeat(LARGEST_RECORD))),
        Event::small("objects without an end", &"{\"a\":".repeat(LARGEST_RECORD / 5)),
        Event::small("JSON within a string within JSON, and so on", &within),
    ]
}

fn keys() -> Vec<Event> {
    let object = |size: usize, pair: &dyn Fn(usize) -> String| {
        let mut object = String::from("{\"message\":\"m\"");
        let mut number = 0;
        while object.len() < size {
            let _ = write!(object, ",{}", pair(number));
            number += 1;
        }
        object.push('}');
        object
    };
    let large = |pair: &dyn Fn(usize) -> String| object(LARGEST_RECORD, pair);
    vec![
        Event::small("distinct keys, numbers", &large(&|n| format!("\"{n:x}\":1"))),
        Event::small("distinct keys, strings", &large(&|n| format!("\"k{n:x}\":\"v\""))),
        Event::small("distinct keys of words", &large(&|n| format!("\"user_{}\":true", words(n)))),
        Event::small("distinct keys, nested", &large(&|n| format!("\"k{n:x}\":{{\"a\":1}}"))),
        Event::small("one key over and over", &large(&|_| "\"key\":1".to_owned())),
        Event::small("dotted keys", &large(&|n| format!("\"a.b.c.d.e.f.g.{n:x}\":1"))),
        Event::small("escaped keys", &large(&|n| format!("\"\\u006b\\n{n:x}\":1"))),
        Event::small("names of secrets", &large(&|n| format!("\"password{n:x}\":\"hunter2\""))),
        Event::small("names that ECS knows", &large(&|n| known(n).to_owned())),
        Event::small("in 1 kB: distinct keys", &object(1_000, &|n| format!("\"k{n:x}\":1"))),
        Event::small("a key of 900 kB", &format!("{{\"{}\":1}}", "k".repeat(LARGEST_RECORD))),
    ]
}

/// A number in letters only.
fn words(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

fn known(number: usize) -> &'static str {
    const PAIRS: &[&str] = &[
        "\"level\":\"info\"",
        "\"msg\":\"m\"",
        "\"timestamp\":\"2020-05-11T12:00:00Z\"",
        "\"logger\":\"shop\"",
        "\"pid\":1",
        "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"",
        "\"exception\":{\"type\":\"E\"}",
    ];
    PAIRS.get(number % PAIRS.len()).copied().unwrap_or_default()
}
