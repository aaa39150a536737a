use super::*;
use crate::redact::{Mode, Replacement, is_redaction};
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::new(&RuleSet::ALL));

static DEFAULT: LazyLock<Detector> = LazyLock::new(|| Detector::new(&RuleSet::DEFAULT));

fn redact(mode: Mode, text: &str) -> String {
    redact_with(&DETECTOR, mode, text)
}

/// The text with what one scan finds replaced.
fn redact_with(detector: &Detector, mode: Mode, text: &str) -> String {
    let replacement = Replacement::new(mode, Some(b"0123456789abcdef")).unwrap();
    let mut findings = Vec::new();
    detector.scan(text, &RuleMask::all(), &mut findings);
    let (mut out, mut from) = (String::new(), 0);
    for Finding { rule, span } in findings {
        out.push_str(text.get(from..span.start).unwrap());
        replacement.write(rule.id(), text.get(span.clone()).unwrap(), &mut out);
        from = span.end;
    }
    out.push_str(text.get(from..).unwrap());
    out
}

/// The text in which no scan finds anything more.
fn redact_wholly(detector: &Detector, mode: Mode, text: &str) -> String {
    let mut redacted = redact_with(detector, mode, text);
    for _ in 0..MOST_SCANS {
        redacted = redact_with(detector, mode, &redacted);
    }
    redacted
}

#[test]
fn sentences_of_the_design() {
    for (text, expected) in [
        ("postgres://app:s3cr3t@db/orders", "postgres://app:[REDACTED:url-password]@db/orders"),
        ("password=hunter2, retrying", "password=[REDACTED:assigned-secret], retrying"),
        ("token: ghp_16C7e42F292c6912E7710c838347Ae178B4a", "token: [REDACTED:github-token]"),
        ("[REDACTED:github-token]=abc", "[REDACTED:github-token]=abc"),
        ("password=[REDACTED:jwt]", "password=[REDACTED:jwt]"),
        ("[REDACTED]password=hunter2", "[REDACTED]password=[REDACTED:assigned-secret]"),
    ] {
        assert_eq!(redact(Mode::Label, text), expected);
    }
}

#[test]
fn findings_are_cleared_on_entry() {
    let mut findings = Vec::new();
    DETECTOR.scan("password=hunter2", &RuleMask::all(), &mut findings);
    assert_eq!(findings.len(), 1);
    DETECTOR.scan("nothing here", &RuleMask::all(), &mut findings);
    assert!(findings.is_empty());
}

#[test]
fn a_plain_payload_has_no_candidate() {
    let detector = &*DEFAULT;
    let line = br#"{"timestamp":"2020-05-11T14:44:44.123Z","level":"info","message":"served"}"#;
    assert!(detector.look_over(line).rules.is_empty());
    assert!(!detector.look_over(br#"{"PassWord":1}"#).rules.is_empty());
}

#[test]
fn a_rejected_candidate_does_not_hide_the_next() {
    let text = "token: expired password=hunter2; password: required, token=a1b2c3";
    let redacted = redact(Mode::Label, text);
    assert!(!redacted.contains("hunter2") && !redacted.contains("a1b2c3"), "{redacted}");
    assert!(redacted.contains("expired") && redacted.contains("required"), "{redacted}");
}

/// Four times the text may take not much more than four times as long. The bound is generous,
/// because the machine may be busy; quadratic time would be a factor of sixteen.
#[test]
fn hostile_text_takes_linear_time() {
    let mut findings = Vec::new();
    let mut slow = Vec::new();
    for seed in [
        "password=",
        "password= ",
        "password:",
        "password\\\"",
        "token=expired ",
        "eyJ",
        "eyJa.",
        "a.eyJ",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN",
        "@",
        "a@",
        "a://b:c@",
        "://",
        "a://b:",
        "4",
        "4111 ",
        "4111-1111-",
        "GB82 ",
        "GB82WEST",
        "1:",
        "1.",
        "::",
        "Cookie: a=",
        "authorization: ",
        "curl -u ",
        "mysql -p",
        "?key=",
        "&code=a",
        "sk-",
        "xoxb-",
        "[REDACTED",
        "[REDACTED:x]",
        "[REDACTED password=hunter2 ",
        "[REDACTED]password=",
        "[REDACTED]-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN",
        "<password>",
        "pin=",
        "pin\": ",
        "%3A%2F%2F",
        "a%3A%2F%2Fb%3A",
        "postgres://a:b@/",
        "password=[REDACTED:x]",
        "\\",
        "\"",
        "+1 (",
        "key:",
        "\\\"",
        "name=\"password\" ",
        "{\"name\":\"token\",",
        "Cookie: a=b; ",
        "Cookie: a=b;",
        "set password \"",
        "set_",
        "%22password%22%3A",
        "<password a",
        "<a>",
        "auth=('a',",
        "identified by ",
        "password for ",
        "user x pass ",
        "password [",
        "token \u{e9}",
        "secret a1B2c3d4e5f6 ",
        "curl -b ",
        "a:b@tcp(",
        "https:\\/\\/a:",
    ] {
        let mut time = |length: usize| {
            let text = seed.repeat(length / seed.len());
            let start = Instant::now();
            DETECTOR.scan(&text, &RuleMask::all(), &mut findings);
            start.elapsed()
        };
        time(1 << 12);
        let (small, large) = (time(1 << 18), time(1 << 20));
        if large > small * 9 + Duration::from_millis(150) {
            slow.push(format!("{seed:?}: {small:?}, then {large:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

/// Pieces of which secrets, markers and their surroundings are made.
const PIECES: &[&str] = &[
    "password",
    "token",
    "pin",
    "auth",
    "pass",
    "%3D",
    "%3A%2F%2F",
    "%3A",
    "%40",
    "<password>",
    "</password>",
    "\t",
    "basic",
    "correct",
    "[0]",
    "12345",
    "DB_",
    "api_key",
    "secret",
    "=",
    ": ",
    ":",
    "=>",
    " ",
    "\"",
    "'",
    "\\\"",
    ",",
    ";",
    "&",
    "?",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "hunter2",
    "expired",
    "a1b2c3d4e5f6",
    "\n",
    "é",
    "postgres://",
    "app",
    "@",
    "db",
    "/",
    "Authorization",
    "Bearer ",
    "Basic dXNlcjpwYXNz",
    "Cookie",
    "sid=",
    "eyJhbGciOiJub25lIn0.eyJhZG1pbiI6dHJ1ZX0.",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "AKIAIOSFODNN7EXAMPLE",
    "-----BEGIN PRIVATE KEY-----",
    "\nMIIEvQIBADANBg\n",
    "-----END PRIVATE KEY-----",
    "4111 1111 1111 1111",
    "123-45-6789",
    "GB82WEST12345698765432",
    "[REDACTED]",
    "[REDACTED:jwt]",
    "[REDACTED:url-password]",
    "***",
    "curl -u ",
    "--password ",
    "-p",
    "bob@example.com",
    "10.0.0.1",
    "+44 20 7946 0958",
    "00:1a:2b:3c:4d:5e",
    "arn:aws:",
    ".",
    "-",
    "_",
];

fn texts() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..14)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn redaction_is_idempotent(text in texts()) {
        for detector in [&*DETECTOR, &*DEFAULT] {
            let once = redact_wholly(detector, Mode::Label, &text);
            prop_assert_eq!(redact_with(detector, Mode::Label, &once), once);
        }
    }

    #[test]
    fn spans_are_sorted_apart_and_on_characters(text in texts()) {
        let mut findings = Vec::new();
        DETECTOR.scan(&text, &RuleMask::all(), &mut findings);
        let mut from = 0;
        for Finding { span, .. } in findings {
            prop_assert!(from <= span.start && span.start < span.end);
            prop_assert!(!is_redaction(text.get(span.clone()).unwrap()));
            from = span.end;
        }
    }

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        let once = redact_wholly(&DEFAULT, Mode::Hash, &text);
        prop_assert_eq!(redact_with(&DEFAULT, Mode::Hash, &once), once);
    }

    #[test]
    fn candidates_of_a_payload_suffice_for_its_strings(text in texts()) {
        let payload = format!("{} {text} {}", "x".repeat(30), "y".repeat(30));
        let (mut narrow, mut wide) = (Vec::new(), Vec::new());
        DETECTOR.scan(&text, &DETECTOR.look_over(payload.as_bytes()).rules, &mut narrow);
        DETECTOR.scan(&text, &RuleMask::all(), &mut wide);
        prop_assert_eq!(narrow, wide);
    }
}
