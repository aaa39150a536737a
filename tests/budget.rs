//! The response stays within its limit whatever the sizes: what does not fit goes into the fan-out
//! stream; without one, the largest documents become shorter, and are refused only when that is
//! not enough.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod call;
mod stream;

use std::cmp::Reverse;
use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use call::{config, event_of};
use nozzle::error::RecordError;
use nozzle::fanout::FanOut;
use nozzle::response::RESPONSE_LIMIT;
use nozzle::{Config, Summary, Surroundings, transform_in};
use proptest::prelude::*;
use serde_json::{Value, json};
use stream::Stream;

struct Answered {
    summary: Summary,
    length: usize,
    /// By position: the result, and the document when there is one.
    answers: Vec<(String, Option<Value>)>,
}

fn transform(payloads: &[Vec<u8>], config: &Config, stream: Option<&mut Stream>) -> Answered {
    let mut response = Vec::new();
    let fan_out = stream.map(|stream| stream as &mut dyn FanOut);
    let surroundings = Surroundings { fan_out, ..Surroundings::default() };
    let summary = transform_in(surroundings, &event_of(payloads), config, &mut response).unwrap();
    assert!(response.len() <= RESPONSE_LIMIT, "{}", response.len());
    let parsed: Value = serde_json::from_slice(&response).unwrap();
    let records = parsed["records"].as_array().unwrap();
    assert_eq!(records.len(), payloads.len());
    let answers = records.iter().enumerate().map(|(index, record)| {
        assert_eq!(record["recordId"], index.to_string());
        let data = BASE64_STANDARD.decode(record["data"].as_str().unwrap()).unwrap();
        (record["result"].as_str().unwrap().to_owned(), serde_json::from_slice(&data).ok())
    });
    Answered { length: response.len(), answers: answers.collect(), summary }
}

/// A Python log with a traceback of so many frames, and a message of so many bytes.
fn log(frames: usize, message: usize) -> Vec<u8> {
    let mut trace = "Traceback (most recent call last):\n".to_owned();
    for frame in 0..frames {
        let _ = writeln!(
            trace,
            "  File \"/app/orders/step{frame}.py\", line {frame}, in run{frame}\n    return self.next_step(order, {frame})"
        );
    }
    trace.push_str("orders.errors.StepError: no step left");
    let mut log = json!({"level": "error", "message": "m".repeat(message)});
    if frames > 0 {
        log["exc_info"] = trace.into();
    }
    log.to_string().into_bytes()
}

#[test]
fn many_small_documents_leave_room_for_every_answer() {
    let payloads = vec![b"x".to_vec(); 40_000];
    let Answered { summary, length, .. } = transform(&payloads, &config(&[]), None);
    assert!(summary.delivered > 0, "{}", summary.delivered);
    assert_eq!(summary.delivered + summary.refused.len() as u64, 40_000);
    // Not one more would have fitted.
    assert!(length > RESPONSE_LIMIT - 700, "{length}");

    let mut stream = Stream::default();
    let Answered { summary, .. } = transform(&payloads, &config(&[]), Some(&mut stream));
    assert_eq!(summary.refused, []);
    assert_eq!(summary.delivered + stream.documents.len() as u64, 40_000);
    assert_eq!(summary.fanned_out, stream.documents.len() as u64);
}

#[test]
fn one_huge_document_costs_nobody_else_theirs() {
    // 190 labels of 8,191 characters, four bytes each: six megabytes.
    let labels: serde_json::Map<_, _> =
        (0..190).map(|index| (format!("k{index}"), "😀".repeat(8_191).into())).collect();
    let payloads = [log(0, 10), Value::Object(labels).to_string().into_bytes(), log(0, 10)];
    let Answered { summary, answers, .. } = transform(&payloads, &config(&[]), None);
    assert_eq!(summary.refused, [(1, RecordError::ResponseFull)]);
    assert_eq!((answers[0].0.as_str(), answers[2].0.as_str()), ("Ok", "Ok"));

    let mut stream = Stream::default();
    let Answered { summary, .. } = transform(&payloads, &config(&[]), Some(&mut stream));
    assert_eq!(summary.refused, [(1, RecordError::DocumentTooLarge)]);
    assert!(stream.documents.is_empty());
}

#[test]
fn a_document_that_the_stream_cannot_take_stays_when_others_make_room() {
    // 140 labels of 8,191 bytes: 1.1 MB, more than the stream takes of one.
    let labels: serde_json::Map<_, _> =
        (0..140).map(|index| (format!("k{index}"), "x".repeat(8_191).into())).collect();
    let mut payloads = vec![Value::Object(labels).to_string().into_bytes()];
    payloads.extend(vec![log(400, 60_000); 40]);
    let mut stream = Stream::default();
    let Answered { summary, answers, .. } = transform(&payloads, &config(&[]), Some(&mut stream));
    assert_eq!(summary.refused, []);
    assert_eq!(answers[0].0, "Ok");
    assert!(!stream.documents.is_empty());
}

#[test]
fn what_grows_by_enrichment_is_fanned_out() {
    // A short line becomes a document of some 300 bytes, and its base64 400.
    let payloads = vec![log(0, 20); 16_000];
    let mut stream = Stream { failing: vec![0], ..Stream::default() };
    let config = config(&[("NOZZLE_SERVICE", &"s".repeat(120))]);
    let Answered { summary, answers, .. } = transform(&payloads, &config, Some(&mut stream));
    assert_eq!(summary.refused, [(0, RecordError::NotFannedOut)]);
    assert_eq!(answers[0].0, "ProcessingFailed");
    for (position, document) in &stream.documents {
        let expected = if *position == 0 { "ProcessingFailed" } else { "Dropped" };
        assert_eq!(answers[*position].0, expected);
        let document: Value = serde_json::from_slice(document).unwrap();
        assert_eq!(document["index"], "logs-2020-05-11");
    }
    let elsewhere = stream.documents.len() as u64;
    assert_eq!((summary.fanned_out, summary.delivered), (elsewhere - 1, 16_000 - elsewhere));
}

#[test]
fn deep_tracebacks_are_shortened_the_largest_first() {
    let payloads: Vec<_> = (0..90).map(|index| log(200, 20_000 + index * 100)).collect();
    let Answered { summary, answers, length } = transform(&payloads, &config(&[]), None);
    assert_eq!(summary.refused, []);
    let documents: Vec<&Value> =
        answers.iter().map(|(_, document)| document.as_ref().unwrap()).collect();
    let is_whole = |document: &Value| document["traceback"]["exceptions"].is_array();
    let whole = documents.iter().filter(|document| is_whole(document)).count();
    assert!((10..80).contains(&whole), "{whole}");
    assert_eq!(summary.shortened, 90 - whole as u64);
    assert!(documents[..whole].iter().all(|document| is_whole(document)));
    for document in &documents[whole..] {
        assert_eq!(document["traceback"]["truncated"], true);
        assert_eq!(document["event"]["kind"], "pipeline_error");
        let reason = document["event"]["reason"].as_str().unwrap();
        assert!(reason.contains("no room for the whole traceback"), "{reason}");
        assert!(document["error"]["stack_trace"].as_str().unwrap().len() > 8 * 1024);
    }
    assert!(length > RESPONSE_LIMIT - 40_000, "{length}");
}

#[test]
fn joined_documents_are_shortened_too() {
    let lines: Vec<String> =
        (0..60).map(|_| String::from_utf8(log(400, 20_000)).unwrap()).collect();
    let payload = lines.join("\n").into_bytes();
    let joined = config(&[("NOZZLE_MULTI", "join")]);
    let mut response = Vec::new();
    let surroundings = Surroundings::default();
    let summary =
        transform_in(surroundings, &event_of(&[payload]), &joined, &mut response).unwrap();
    assert_eq!((summary.delivered, summary.counts.documents), (1, 60));
    let response: Value = serde_json::from_slice(&response).unwrap();
    let data = BASE64_STANDARD.decode(response["records"][0]["data"].as_str().unwrap()).unwrap();
    let documents: Vec<Value> = String::from_utf8(data)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(documents.len(), 60);
    assert!(documents.iter().all(|document| document["traceback"]["truncated"] == true));
}

/// How large the answers to documents of these sizes are, before, after the first and after the
/// second shortening, computed by other code than ours.
fn sizes(document: &Value) -> [usize; 3] {
    let base64 = |document: &Value| document.to_string().len().div_ceil(3) * 4;
    let mut shorter = document.clone();
    let told = |document: &mut Value| {
        let sentence = "The response had no room for the whole traceback, which was shortened.";
        document["event"]["kind"] = "pipeline_error".into();
        let reason = document["event"]["reason"].as_str();
        document["event"]["reason"] = match reason {
            Some(told) if told.contains(sentence) => told.into(),
            Some(told) => format!("{told} {sentence}").into(),
            None => sentence.into(),
        };
    };
    if let Some(traceback) = shorter["traceback"].as_object_mut() {
        traceback.remove("exceptions");
        traceback.insert("truncated".to_owned(), true.into());
        told(&mut shorter);
    } else {
        shorter = document.clone();
    }
    let mut shortest = shorter.clone();
    if let Some(trace) = shorter["error"]["stack_trace"].as_str()
        && trace.len() > 8 * 1024
    {
        shortest["error"]["stack_trace"] = trace[..8 * 1024].into();
        told(&mut shortest);
    }
    [base64(document), base64(&shorter), base64(&shortest)]
}

/// Which documents have to be shortened how often (3: refused), when all sizes are known.
fn plan(sizes: &[[usize; 3]]) -> Vec<usize> {
    let frame = |position: usize, result: &str| {
        json!({"recordId": position.to_string(), "result": result, "data": "", "metadata": {}})
            .to_string()
            .len()
    };
    let mut steps = vec![0; sizes.len()];
    let length = |steps: &[usize]| {
        let answers =
            steps.iter().enumerate().map(|(position, step)| match sizes[position].get(*step) {
                Some(size) => frame(position, "Ok") + size,
                None => frame(position, "ProcessingFailed"),
            });
        "{\"records\":[]}".len() + answers.sum::<usize>() + steps.len() - 1
    };
    for step in 0..3 {
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by_key(|position| (Reverse(sizes[*position][step]), *position));
        for position in order {
            if length(&steps) <= RESPONSE_LIMIT {
                return steps;
            }
            steps[position] = step + 1;
        }
    }
    steps
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_document_gives_up_more_than_it_must(
        shapes in prop::collection::vec((prop_oneof![Just(0), 1..900_usize], 0..65_000_usize), 60..110),
    ) {
        let payloads: Vec<_> = shapes.iter().map(|(frames, message)| log(*frames, *message)).collect();
        let config = config(&[]);
        let sizes: Vec<_> = payloads
            .iter()
            .map(|payload| sizes(transform(std::slice::from_ref(payload), &config, None).answers[0].1.as_ref().unwrap()))
            .collect();
        // Documents are compared by their bytes and measured in base64: equal when these are.
        let steps = plan(&sizes);
        let Answered { answers, length, .. } = transform(&payloads, &config, None);
        let mut found = Vec::new();
        for (position, (result, document)) in answers.iter().enumerate() {
            let step = if let Some(document) = document {
                let size = document.to_string().len().div_ceil(3) * 4;
                // A step that gives nothing up leaves the size as it was.
                let fitting: Vec<usize> =
                    (0..3).filter(|step| sizes[position][*step] == size).collect();
                prop_assert!(!fitting.is_empty(), "{} {:?}", size, sizes[position]);
                if fitting.contains(&steps[position]) { steps[position] } else { fitting[0] }
            } else {
                prop_assert_eq!(result, "ProcessingFailed");
                3
            };
            found.push(step);
        }
        prop_assert!(length <= RESPONSE_LIMIT);
        // Decided one after another, a late document may find room that the plan, which knows
        // them all, does not count on. None gives up more for it.
        let at_least = |steps: &[usize], step| steps.iter().filter(|taken| **taken >= step).count();
        for step in 1..=3 {
            prop_assert!(at_least(&found, step) <= at_least(&steps, step), "{} {:?} {:?}", step, found, steps);
        }
    }
}
