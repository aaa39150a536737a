//! Fan-out against the stand-in endpoint: whatever the endpoint does, a document arrives or its
//! record is said to have failed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod firehose;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use firehose::{Firehose, Script};
use nozzle::fanout::{
    Connection, DeliveryStream, FanOut, LARGEST_DOCUMENT, Pace, PutError, Settlement,
};
use proptest::prelude::*;

const STREAM: &str = "logs-fanout";

/// Fast enough for a test; what it is in earnest stands in `Pace::default`.
const PACE: Pace = Pace {
    base: Duration::from_millis(1),
    cap: Duration::from_millis(4),
    attempt: Duration::from_secs(1),
};

fn connection(url: &str) -> Connection {
    Connection::read(|name| {
        let value = match name {
            "AWS_ENDPOINT_URL_FIREHOSE" => url,
            "AWS_REGION" => "eu-west-1",
            "AWS_ACCESS_KEY_ID" => "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY" => "hunter2",
            "AWS_SESSION_TOKEN" => "hunter3",
            _ => return None,
        };
        Some(value.to_owned())
    })
    .with_pace(PACE)
}

fn stream(firehose: &Firehose) -> DeliveryStream {
    DeliveryStream::with_connection(STREAM, connection(&firehose.url()))
}

fn in_good_time() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

/// A document and the record that it belongs to.
type Put = (usize, Vec<u8>);

/// As many documents as told for each record in turn, no two alike.
fn documents(of_each_record: &[usize]) -> Vec<Put> {
    let documents = of_each_record.iter().enumerate().flat_map(|(record, count)| {
        (0..*count).map(move |number| {
            (record, format!(r#"{{"record":{record},"number":{number}}}"#).into_bytes())
        })
    });
    documents.collect()
}

fn put(stream: &mut DeliveryStream, documents: &[Put], deadline: Instant) -> Settlement {
    let mut puts = stream.until(deadline);
    for (record, document) in documents {
        puts.put(*record, document);
    }
    puts.settle()
}

/// How often each document was accepted.
fn arrivals(firehose: &Firehose) -> BTreeMap<Vec<u8>, usize> {
    let mut arrivals = BTreeMap::new();
    for document in firehose.accepted() {
        *arrivals.entry(document).or_default() += 1;
    }
    arrivals
}

/// What holds under every script.
fn assert_nothing_is_lost(firehose: &Firehose, documents: &[Put], settlement: &Settlement) {
    let arrivals = arrivals(firehose);
    let mut lost = BTreeSet::new();
    for (record, document) in documents {
        if !arrivals.contains_key(document) {
            lost.insert(*record);
        }
    }
    for record in &lost {
        assert!(settlement.failed.contains_key(record), "{record} is lost, {settlement:?}");
    }
    let put: BTreeSet<_> = documents.iter().map(|(_, document)| document).collect();
    assert!(arrivals.keys().all(|document| put.contains(document)), "something else arrived");
    assert_eq!(firehose.violations(), [""; 0]);
    let requests = firehose.requests();
    assert!(requests.iter().all(|request| request.size <= 4 * 1024 * 1024));
    assert!(settlement.requests >= requests.len() as u64);
    let in_failed = |record: &usize| settlement.failed.contains_key(record);
    let kept = documents.iter().filter(|(record, _)| !in_failed(record)).count();
    assert!(settlement.accepted >= kept as u64, "{settlement:?}");
}

#[test]
fn batches_hold_five_hundred_documents() {
    let firehose = Firehose::start(STREAM);
    let documents = documents(&[600, 0, 634]);
    let settlement = put(&mut stream(&firehose), &documents, in_good_time());
    assert_eq!(settlement, Settlement { accepted: 1_234, requests: 3, ..Settlement::default() });
    let mut sizes: Vec<_> =
        firehose.requests().iter().map(|request| request.documents.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [234, 500, 500]);
    assert_nothing_is_lost(&firehose, &documents, &settlement);
}

#[test]
fn batches_stay_within_four_mebibytes() {
    let firehose = Firehose::start(STREAM);
    let mut documents: Vec<Put> =
        (0..7_u8).map(|record| (usize::from(record), vec![b'a' + record; 1_000_000])).collect();
    documents.push((7, vec![b'!'; LARGEST_DOCUMENT]));
    documents.push((8, vec![b'!'; LARGEST_DOCUMENT + 1]));
    let settlement = put(&mut stream(&firehose), &documents, in_good_time());
    assert_eq!(settlement.accepted, 8);
    assert_eq!(settlement.failed, BTreeMap::from([(8, PutError::TooLarge)]));
    assert_eq!(firehose.requests().len(), 3);
    assert_nothing_is_lost(&firehose, &documents, &settlement);
}

#[test]
fn only_the_entries_that_failed_are_sent_again() {
    let second = |code| Script::PartialFailure { fails: vec![false, true], code };
    let firehose = Firehose::scripted(
        STREAM,
        [second("ServiceUnavailableException"), second("InternalFailure")],
    );
    let documents = documents(&[4, 5]);
    let settlement = put(&mut stream(&firehose), &documents, in_good_time());
    assert_eq!(
        settlement,
        Settlement { accepted: 9, requests: 3, retries: 4 + 2, ..Settlement::default() }
    );
    let sent: Vec<Vec<_>> =
        firehose.requests().into_iter().map(|request| request.documents).collect();
    let all: Vec<_> = documents.iter().map(|(_, document)| document.clone()).collect();
    let of = |positions: &[usize]| positions.iter().map(|at| all[*at].clone()).collect::<Vec<_>>();
    assert_eq!(sent, [all.clone(), of(&[1, 3, 5, 7]), of(&[3, 7])]);
    assert!(arrivals(&firehose).values().all(|count| *count == 1));
}

#[test]
fn what_passes_is_tried_again() {
    let cases = [
        Script::Throttle,
        Script::Refuse { status: 400, code: "ThrottlingException" },
        Script::Refuse { status: 500, code: "InternalFailure" },
        Script::ServerError(500),
        Script::ServerError(503),
        Script::ServerError(429),
        Script::Slow(PACE.attempt * 2),
        Script::CutBefore,
        Script::CutDuring,
        Script::Garbage,
        Script::WrongCount,
    ];
    for script in cases {
        let firehose = Firehose::scripted(STREAM, [script.clone()]);
        let documents = documents(&[2, 1]);
        let settlement = put(&mut stream(&firehose), &documents, in_good_time());
        assert_eq!(
            settlement,
            Settlement { accepted: 3, requests: 2, retries: 3, ..Settlement::default() },
            "{script:?}"
        );
        assert_nothing_is_lost(&firehose, &documents, &settlement);
    }
}

#[test]
fn what_does_not_pass_is_not() {
    let cases = [
        ("ResourceNotFoundException", PutError::NoSuchStream),
        ("AccessDeniedException", PutError::Denied),
        ("ExpiredTokenException", PutError::Denied),
        ("InvalidKMSResourceException", PutError::Denied),
        ("InvalidSourceException", PutError::WrongSource),
        ("InvalidArgumentException", PutError::Rejected),
    ];
    for (code, cause) in cases {
        let firehose = Firehose::always(STREAM, Script::Refuse { status: 400, code });
        let settlement = put(&mut stream(&firehose), &documents(&[2, 0, 1]), in_good_time());
        let failed = BTreeMap::from([(0, cause), (2, cause)]);
        assert_eq!(settlement, Settlement { failed, requests: 1, ..Settlement::default() });
    }
}

#[test]
fn a_stream_that_is_not_there_is_named_as_such() {
    let firehose = Firehose::start("another");
    let settlement = put(&mut stream(&firehose), &documents(&[1]), in_good_time());
    assert_eq!(settlement.failed, BTreeMap::from([(0, PutError::NoSuchStream)]));
    assert_eq!(settlement.requests, 1);
}

#[test]
fn a_document_that_is_refused_holds_up_no_other() {
    let refused = Script::PartialFailure {
        fails: vec![false, false, true],
        code: "InvalidArgumentException",
    };
    let firehose = Firehose::scripted(STREAM, [refused, Script::Throttle]);
    let documents = documents(&[2, 2, 2]);
    let settlement = put(&mut stream(&firehose), &documents, in_good_time());
    let failed = BTreeMap::from([(1, PutError::Rejected), (2, PutError::Rejected)]);
    assert_eq!(settlement, Settlement { accepted: 4, failed, requests: 1, retries: 0 });
    assert_nothing_is_lost(&firehose, &documents, &settlement);
}

#[test]
fn the_deadline_ends_it() {
    let cases = [
        (Script::Throttle, PutError::Throttled),
        (Script::ServerError(503), PutError::Unavailable),
        (Script::CutBefore, PutError::Unreachable),
        (Script::Garbage, PutError::Garbled),
        (Script::Slow(Duration::from_secs(5)), PutError::OutOfTime),
    ];
    for (script, cause) in cases {
        let firehose = Firehose::always(STREAM, script.clone());
        let documents = documents(&[1_000, 1_000]);
        let started = Instant::now();
        let settlement =
            put(&mut stream(&firehose), &documents, started + Duration::from_millis(300));
        let took = started.elapsed();
        assert!(took < Duration::from_millis(1_200), "{script:?} {took:?}");
        // The first batch had its time; what waited for a place may not have had any.
        assert_eq!(settlement.failed.get(&0), Some(&cause), "{script:?}");
        assert!(settlement.failed.contains_key(&1), "{script:?}");
        assert_eq!(settlement.accepted, 0, "{script:?}");
    }
}

#[test]
fn an_endpoint_that_is_not_there_is_unreachable() {
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let mut stream = DeliveryStream::with_connection(STREAM, connection(&url));
    let deadline = Instant::now() + Duration::from_millis(100);
    let settlement = put(&mut stream, &documents(&[1]), deadline);
    assert_eq!(settlement.failed, BTreeMap::from([(0, PutError::Unreachable)]));
    assert!(settlement.requests > 1, "{settlement:?}");
}

#[test]
fn one_worker_and_one_connection_serve_all_events() {
    let firehose = Firehose::start(STREAM);
    let mut stream = stream(&firehose);
    for event in 1..=5 {
        let settlement = put(&mut stream, &documents(&[1, 2]), in_good_time());
        assert_eq!((settlement.accepted, settlement.requests), (3, 1));
        assert_eq!(firehose.requests().len(), event);
    }
    assert_eq!(firehose.connections(), 1);
}

#[test]
fn a_connection_that_was_closed_between_events_costs_nothing() {
    let firehose = Firehose::always(STREAM, Script::AcceptAndClose);
    let mut stream = stream(&firehose);
    for _ in 0..5 {
        let settlement = put(&mut stream, &documents(&[1, 2]), in_good_time());
        assert_eq!((settlement.accepted, settlement.failed.len()), (3, 0));
    }
    assert_eq!(firehose.accepted().len(), 5 * 3);
    assert!(firehose.connections() >= 5, "{}", firehose.connections());
}

#[test]
fn nothing_is_called_when_nothing_is_put() {
    let firehose = Firehose::start(STREAM);
    let settlement = put(&mut stream(&firehose), &[], in_good_time());
    assert_eq!(settlement, Settlement::default());
    assert_eq!(firehose.connections(), 0);
}

/// The function's handler is synchronous work inside of the runtime's own loop.
#[test]
fn it_works_within_a_runtime() {
    let firehose = Firehose::start(STREAM);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let settlement = runtime
        .block_on(async { put(&mut stream(&firehose), &documents(&[1_100]), in_good_time()) });
    assert_eq!(settlement.accepted, 1_100);
}

fn script() -> impl Strategy<Value = Script> {
    let code = prop_oneof![
        3 => Just("ServiceUnavailableException"),
        2 => Just("InternalFailure"),
        1 => Just("InvalidArgumentException"),
    ];
    prop_oneof![
        1 => Just(Script::Accept),
        1 => Just(Script::Throttle),
        1 => Just(Script::Refuse { status: 400, code: "InvalidArgumentException" }),
        1 => Just(Script::ServerError(503)),
        1 => Just(Script::Slow(Duration::from_millis(10))),
        1 => Just(Script::AcceptAndClose),
        1 => Just(Script::CutBefore),
        1 => Just(Script::CutDuring),
        1 => Just(Script::Garbage),
        1 => Just(Script::WrongCount),
        4 => (proptest::collection::vec(any::<bool>(), 1..9), code)
            .prop_map(|(fails, code)| Script::PartialFailure { fails, code }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn under_every_script_a_document_arrives_or_its_record_failed(
        scripts in proptest::collection::vec(script(), 0..10),
        of_each_record in proptest::collection::vec(0..400_usize, 0..6),
    ) {
        let firehose = Firehose::scripted(STREAM, scripts.clone());
        let documents = documents(&of_each_record);
        let settlement = put(&mut stream(&firehose), &documents, in_good_time());
        assert_nothing_is_lost(&firehose, &documents, &settlement);
        // There was time enough, so what failed was refused for good.
        let refused = settlement.failed.values().all(|cause| *cause == PutError::Rejected);
        prop_assert!(refused, "{settlement:?}");
        if !scripts.contains(&Script::CutDuring) {
            // No answer was lost: nothing arrived twice, and what failed did not arrive.
            let arrivals = arrivals(&firehose);
            prop_assert!(arrivals.values().all(|count| *count == 1));
            prop_assert_eq!(settlement.accepted, arrivals.len() as u64);
            let lost: BTreeSet<_> = documents
                .iter()
                .filter(|(_, document)| !arrivals.contains_key(document))
                .map(|(record, _)| *record)
                .collect();
            prop_assert!(settlement.failed.keys().eq(lost.iter()));
        }
    }
}
