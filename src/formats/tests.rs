//! The table itself: every example states what it says, and no near-miss is taken for its format.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::json::to_text;
use crate::timestamp::to_rfc3339;

fn reference() -> Reference<'static> {
    static UTC: TimeZone = TimeZone::UTC;
    Reference { zone: &UTC, arrival: "2020-05-11T12:44:50Z".parse().unwrap() }
}

/// What a reading states, as the examples write it.
fn stated(reading: &Reading<'_>) -> Vec<(String, String)> {
    let mut stated = Vec::new();
    if let Some((time, _)) = reading.time {
        stated.push(("@timestamp".to_owned(), to_rfc3339(time)));
    }
    if let Some(level) = reading.level {
        stated.push(("log.level".to_owned(), level.as_str().to_owned()));
    }
    for (key, value) in &reading.values {
        let name = match key {
            Key::Field(field) => field.name().to_owned(),
            Key::Label(label) => format!("labels.{label}"),
            Key::Number(label) => format!("numeric_labels.{label}"),
        };
        stated.push((name, value.clone().into_owned()));
    }
    if !reading.fields.is_empty() {
        let fields = Value::Object(reading.fields.clone());
        stated.push(("fields".to_owned(), to_text(&fields)));
    }
    stated.push(("message".to_owned(), reading.message.to_owned()));
    stated
}

#[test]
fn every_example_states_what_it_says() {
    let mut wrong = Vec::new();
    for format in FAMILIES.iter().copied().flatten() {
        assert!(!format.examples.is_empty(), "{} has no example", format.name);
        for example in format.examples {
            let Some(reading) = read(example.line, &reference()) else {
                wrong.push(format!("{}: nothing read of {:?}", format.name, example.line));
                continue;
            };
            let expected: Vec<(String, String)> = example
                .states
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            let stated = stated(&reading);
            if reading.format != format.name || stated != expected {
                wrong.push(format!(
                    "{}: {:?} is read as {}\n  {stated:?}\n  instead of\n  {expected:?}",
                    format.name, example.line, reading.format
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_near_miss_is_taken_for_its_format() {
    for format in FAMILIES.iter().copied().flatten() {
        for line in format.near_misses {
            let name = read(line, &reference()).map(|reading| reading.format);
            assert_ne!(name, Some(format.name), "{line}");
        }
    }
}

#[test]
fn names_stand_once() {
    let mut names: Vec<&str> =
        FAMILIES.iter().copied().flatten().map(|format| format.name).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

#[test]
fn prose_has_no_format() {
    for line in [
        "",
        " ",
        "no stock",
        "0 errors",
        "Error: no such file",
        "TypeError: x is undefined",
        "java.io.IOException: x",
        "Exception in thread \"main\" java.lang.IllegalStateException: x",
        "Traceback (most recent call last):",
        "panic: runtime error",
        "Note: the desk is closed",
        "user: bob",
        "failed: 7",
        "12 monkeys",
        "Started the engine",
        "May we go",
        "Mon petit",
        "[tasks]",
        "[shop] no stock",
        "(node:12) Warning: x",
        "<html>",
        "<b>1</b>",
        "GET / 200",
        "a: b: c",
        "Fine: let us go",
        "FINE weather",
        "C: drive",
        "E, F and G",
        "1:M and more",
        "11 May 2020",
        "10.0.0.1 is down",
        "10.0.0.1 - - down",
        "2020 was a year",
    ] {
        let format = read(line, &reference()).map(|reading| reading.format);
        assert_eq!(format, None, "{line}");
    }
}

#[test]
fn colours_stand_between_the_pieces() {
    let line = "\x1b[2m2020-05-11T12:44:44.000001Z\x1b[0m \x1b[32m INFO\x1b[0m \x1b[2mapp\x1b[0m\x1b[2m:\x1b[0m ready";
    let reading = read(line, &reference()).unwrap();
    assert_eq!((reading.level, reading.message), (Some(Level::Info), "ready"));
    assert_eq!(reading.values, [(Key::Field(Field::LogLogger), "app".into())]);
}

#[test]
fn lines_cost_what_their_length_costs() {
    let parts =
        ["[", "a:", "2020-05-11 12:44:44 ", "[a] ", "a=", "\"", "<1>1 ", "\x1b[0m", "1 ", "{"];
    for part in parts {
        let text = part.repeat(200_000 / part.len());
        let start = std::time::Instant::now();
        let _ = read(&text, &reference());
        let _ = logfmt(&text);
        let _ = cri_lines(&text);
        let _ = lambda_object(&text);
        assert!(start.elapsed().as_millis() < 500, "{part:?}");
    }
}

proptest! {
    #[test]
    fn any_line_is_answered(line in any::<String>()) {
        let _ = read(&line, &reference());
        let _ = logfmt(&line);
    }

    #[test]
    fn what_is_left_is_the_end_of_the_text(parts in prop::collection::vec(prop::sample::select(vec![
        "2020-05-11 12:44:44", ",123", " ", "ERROR", " - ", "[", "]", ": ", "app", "é", "\n", "\t", "12",
        "10.0.0.1", "\"GET / HTTP/1.1\"", "<11>", "1 ", "E0511 12:44:44.1", "-", "\x1b[1m", "INFO", "{", "a=b",
    ]), 0..14)) {
        let text = parts.concat();
        if let Some(reading) = read(&text, &reference()) {
            let end = text.len() - reading.trailing;
            prop_assert!(text.get(..end).unwrap().ends_with(reading.message));
        }
    }
}

#[test]
fn a_function_is_asked_of_every_small_letter_that_its_lines_begin_with() {
    let functions = || {
        FAMILIES.iter().copied().flatten().filter_map(|format| match format.shape {
            Shape::Function(beginning, read) => Some((format, beginning.first, read)),
            Shape::Pattern(_) => None,
        })
    };
    let lines = functions().flat_map(|(format, ..)| format.examples.iter().map(|it| it.line));
    for line in lines {
        for letter in b'a'..=b'z' {
            // In the place of the first byte, and before it.
            for from in [0, 1] {
                let line = format!("{}{}", char::from(letter), line.get(from..).unwrap());
                // Some lines begin with a capital alone.
                for (format, first, read) in
                    functions().filter(|(_, first, _)| (b'a'..=b'z').any(|it| first.contains(it)))
                {
                    let reading = read(&Line::first_of(&line), &reference());
                    assert!(reading.is_none() || first.contains(letter), "{}: {line}", format.name);
                }
            }
        }
    }
}
