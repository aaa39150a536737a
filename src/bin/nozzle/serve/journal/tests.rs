use super::*;

fn arrival(second: i64) -> Timestamp {
    Timestamp::from_second(1_589_201_000 + second).unwrap()
}

fn entry(document: &str) -> Entry {
    Entry {
        payload: b"payload".to_vec(),
        arrived: arrival(0),
        result: Outcome::Ok,
        document: Some(document.into()),
        index: "logs-2020-05-11".to_owned(),
        stream: "logs".to_owned(),
    }
}

fn failed(code: &str) -> Entry {
    let result = Outcome::ProcessingFailed { code: code.to_owned() };
    Entry { result, document: None, index: String::new(), ..entry("") }
}

const WHOLE: Range = Range { after: 0, before: u64::MAX, limit: 100 };

fn numbers(journal: &Journal, filter: &Filter, range: Range) -> Vec<u64> {
    journal.find(filter, range).entries.iter().map(|held| held.number).collect()
}

const ERROR_DOCUMENT: &str = r#"{"@timestamp":"2020-05-11T12:44:44.000Z","message":"Café \"9\"","log":{"level":"error"},"service":{"name":"shop"},"error":{"type":"KeyError"},"traceback":{"fingerprint":"f1","culprit":"a.py in b"},"event":{"redactions":["jwt","by-name"]}}"#;

#[test]
fn the_oldest_go_when_there_is_no_room() {
    let journal = Journal::new(3, None);
    for _ in 0..5 {
        journal.add(entry("{}"));
    }
    assert_eq!(numbers(&journal, &Filter::default(), WHOLE), [5, 4, 3]);
    assert!(journal.get(2).is_none() && journal.get(6).is_none() && journal.get(0).is_none());
    assert_eq!(journal.get(4).unwrap().number, 4);
    assert_eq!(journal.overview(arrival(1)).total.ok, 5);

    let journal = Journal::new(1000, None);
    for _ in 0..10 {
        journal.add(Entry { payload: vec![b'x'; 10_000_000], ..entry("{}") });
    }
    assert_eq!(numbers(&journal, &Filter::default(), WHOLE), [10, 9, 8, 7, 6, 5]);
    let inner = journal.lock();
    assert_eq!(inner.bytes, inner.held.iter().map(|held| held.size()).sum::<usize>());
}

#[test]
fn a_range_is_what_lies_between_and_says_whether_there_is_more() {
    let journal = Journal::new(100, None);
    for _ in 0..10 {
        journal.add(entry("{}"));
    }
    let all = Filter::default();
    assert_eq!(numbers(&journal, &all, Range { after: 7, ..WHOLE }), [10, 9, 8]);
    assert_eq!(numbers(&journal, &all, Range { before: 3, ..WHOLE }), [2, 1]);
    let found = journal.find(&all, Range { limit: 4, ..WHOLE });
    assert!(found.has_more && found.entries.len() == 4 && (found.latest, found.held) == (10, 10));
    assert!(!journal.find(&all, Range { limit: 10, ..WHOLE }).has_more);
}

#[test]
fn what_a_document_states_is_shown() {
    let digest = Digest::of(&entry(ERROR_DOCUMENT));
    assert_eq!(digest.time, 1_589_201_084_000);
    assert_eq!(digest.level.map(usize::from).and_then(|level| LEVELS.get(level)), Some(&"error"));
    assert_eq!((digest.service.as_str(), digest.message.as_str()), ("shop", "Café \"9\""));
    assert_eq!((digest.error_type.as_str(), digest.culprit.as_str()), ("KeyError", "a.py in b"));
    assert_eq!((digest.fingerprint.as_str(), digest.rules.join(" ")), ("f1", "jwt by-name".into()));
}

#[test]
fn whatever_a_function_answers_is_taken() {
    let deep = "[".repeat(10_000);
    for document in ["", "no JSON", "[1]", "null", "{\"message\":{\"a\":1},\"log\":7}", &deep] {
        let digest = Digest::of(&entry(document));
        assert_eq!((digest.level, digest.time), (None, 1_589_201_000_000), "{document:.20}");
        assert!(digest.message.len() <= 400 && digest.service.is_empty());
    }
    let invalid = Entry { document: Some(b"\xff\xfe{".to_vec()), ..entry("") };
    assert_eq!(Digest::of(&invalid).message, "\u{fffd}\u{fffd}{");
    let long = format!(r#"{{"message":"{}"}}"#, "ä".repeat(1_000_000));
    assert_eq!(Digest::of(&entry(&long)).message.chars().count(), 400);
    assert_eq!(Digest::of(&entry("{\"message\":\"a\"}\n{\"message\":\"b\"}")).message, "a");
}

#[test]
fn errors_without_a_traceback_are_alike_by_their_message() {
    let digest = |message: &str, level: &str| {
        let document = format!(r#"{{"message":"{message}","log":{{"level":"{level}"}}}}"#);
        Digest::of(&entry(&document)).fingerprint
    };
    assert_eq!(digest("503 after 3 attempts", "error"), digest("500 after 12  attempts", "fatal"));
    assert_ne!(digest("503 after 3 attempts", "error"), digest("no route", "error"));
    assert_eq!(digest("503 after 3 attempts", "warn"), "");
}

#[test]
fn each_condition_leaves_out_what_does_not_fit() {
    let journal = Journal::new(100, None);
    journal
        .add(entry(r#"{"message":"GET /cart","log":{"level":"info"},"service":{"name":"web"}}"#));
    journal.add(Entry { index: "other".to_owned(), ..entry(ERROR_DOCUMENT) });
    journal.add(failed("Lambda.FunctionError"));
    journal.add(Entry { result: Outcome::Dropped, document: None, ..entry("") });
    let find = |change: fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        numbers(&journal, &filter, WHOLE)
    };
    assert_eq!(find(|_| {}), [4, 3, 2, 1]);
    assert_eq!(find(|filter| filter.text = "get CART".into()), [1]);
    assert_eq!(find(|filter| filter.text = "cart nothing".into()), [0; 0]);
    assert_eq!(find(|filter| filter.text = "\"9\"".into()), [2]);
    assert_eq!(find(|filter| filter.text = "Café".into()), [2]);
    assert_eq!(find(|filter| filter.text = "functionerror".into()), [3]);
    assert_eq!(find(|filter| filter.text = "payload".into()), [0; 0]);
    assert_eq!(find(|filter| filter.level = "warn".into()), [3, 2]);
    assert_eq!(find(|filter| filter.level = "debug".into()), [3, 2, 1]);
    assert_eq!(find(|filter| filter.service = "web".into()), [1]);
    assert_eq!(find(|filter| filter.index = "other".into()), [2]);
    assert_eq!(find(|filter| filter.result = "Dropped".into()), [4]);
    assert_eq!(find(|filter| filter.code = "Lambda.FunctionError".into()), [3]);
    assert_eq!(find(|filter| filter.rule = "jwt".into()), [2]);
    assert_eq!(find(|filter| filter.fingerprint = "f1".into()), [2]);
}

#[test]
fn counts_stand_in_the_second_of_arrival() {
    let journal = Journal::new(10, None);
    for second in [0, 0, 1, 400] {
        journal.add(Entry { arrived: arrival(second), ..entry(ERROR_DOCUMENT) });
    }
    // Its second has gone from the ring: it is in the total alone.
    journal.add(Entry { arrived: arrival(100), ..failed("A") });
    journal.add(Entry { arrived: arrival(399), ..failed("A") });
    let overview = journal.overview(arrival(402));
    assert_eq!((overview.total.ok, overview.total.errors, overview.total.failed), (4, 4, 2));
    assert_eq!(overview.codes.get("A"), Some(&2));
    assert_eq!(overview.rules.get("jwt"), Some(&4));
    assert_eq!(overview.services.get("shop"), Some(&4));
    assert_eq!(overview.indices.get("logs-2020-05-11"), Some(&4));
    let seconds = &overview.seconds;
    assert_eq!(seconds.len(), 300);
    assert_eq!((seconds[297].ok, seconds[296].failed, seconds[299].ok), (1, 1, 0));
    assert_eq!(seconds.iter().map(|second| second.ok + second.failed).sum::<u64>(), 2);
    let group = &overview.groups[0];
    assert_eq!((group.count, group.error_type.as_str()), (4, "KeyError"));
    assert_eq!((group.last - group.first, group.recent.iter().sum::<u64>()), (400_000, 1));
}

#[test]
fn names_that_producers_invent_do_not_fill_the_memory() {
    let journal = Journal::new(10, None);
    for number in 0..3000 {
        let document = ERROR_DOCUMENT
            .replace("f1", &format!("f{number}"))
            .replace("shop", &format!("s{number}"))
            .replace("KeyError", if number == 2999 { "Last" } else { "KeyError" });
        journal.add(Entry { arrived: arrival(number), ..entry(&document) });
    }
    let overview = journal.overview(arrival(2999));
    assert_eq!((overview.services.len(), overview.groups.len()), (500, 50));
    assert_eq!(overview.groups[0].error_type, "Last");
    assert_eq!(journal.lock().counts.overview(arrival(2999)).total.ok, 3000);
}

#[test]
fn documents_that_were_delivered_with_secrets_are_masked() {
    let config = Config::compile_locally(&nozzle::Settings::default()).unwrap();
    let journal = Journal::new(10, Some(Arc::new(config)));
    for (document, expected) in [
        (
            r#"{"a":{"password":"hunter2x"},"n":1}"#,
            r#"{"a":{"password":"[REDACTED:by-name]"},"n":1}"#,
        ),
        ("password=hunter2x", "password=[REDACTED:assigned-secret]"),
        ("{\"a\":1}\n{\"token\":\"hunter2x\"}", "{\"a\":1}\n{\"token\":\"[REDACTED:by-name]\"}"),
        (ERROR_DOCUMENT, ERROR_DOCUMENT),
        (
            r#"{"labels":{"password":"[REDACTED:by-name]"}}"#,
            r#"{"labels":{"password":"[REDACTED:by-name]"}}"#,
        ),
    ] {
        journal.add(entry(document));
        let held = journal.find(&Filter::default(), WHOLE).entries.remove(0);
        let kept = String::from_utf8(held.entry.document.clone().unwrap()).unwrap();
        assert_eq!((kept.as_str(), held.is_masked), (expected, document != expected));
        assert!(!format!("{:?}", held.digest).contains("hunter"), "{:?}", held.digest);
    }
    let revealing = Journal::new(10, None);
    revealing.add(entry("password=hunter2x"));
    assert_eq!(revealing.get(1).unwrap().digest.message, "password=hunter2x");
}
