//! How much redaction finds and how much it destroys, by family, over the texts in
//! `tests/redaction/`. `cargo test --test redaction -- --nocapture` prints the table, and with
//! `REDACTION_SHOW=FAMILY` (the beginning of a family's name) what is wrong in its seen part.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use nozzle::document::Document;
use nozzle::json::Object;
use nozzle::redact::{Mode, RedactionSettings, Redactor, RuleSet};
use nozzle::traceback::find_traceback;
use proptest::prelude::*;
use regex::Regex;

/// The least share of secrets found, over tokens that identify themselves and over all others.
const RECALL: f64 = 0.95;
/// At most two benign lines in this many may change.
const TWO_IN: usize = 5000;
/// Families of tokens that identify themselves; the others are generic contexts.
const TOKENS: [&str; 3] = ["tokens-", "jwt", "key-blocks"];
/// Every this many-th line of a file is held out.
const HELD_OUT: usize = 3;

const MARKER: &str = r"\[REDACTED:[a-z0-9-]+\]";

fn redactor(sets: &[RuleSet], mode: Mode) -> Redactor {
    let key = Some(b"0123456789abcdef".to_vec());
    Redactor::new(&RedactionSettings {
        sets: sets.to_vec(),
        mode,
        key,
        ..RedactionSettings::default()
    })
    .unwrap()
}

/// What becomes of a log that is this text.
fn redact(redactor: &Redactor, text: &str) -> String {
    let mut source = Object::new();
    source.push("message", text.to_owned());
    let document = Document { source, ..Document::default() };
    let redacted = redactor.redact(
        document,
        &redactor.look_over(Some(text)).rules,
        &mut BTreeMap::new(),
        None,
    );
    redacted.source.get("message").and_then(|message| message.as_str()).unwrap().to_owned()
}

struct Line {
    family: String,
    is_held_out: bool,
    text: String,
}

/// The lines of all files of a folder, as `tests/redaction/README.md` describes them.
fn lines(folder: &str) -> Vec<Line> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/redaction").join(folder);
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut lines = Vec::new();
    for path in paths {
        let family = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let cases = text.lines().filter(|line| !line.starts_with("## "));
        lines.extend(cases.enumerate().map(|(index, line)| Line {
            family: family.clone(),
            is_held_out: (index + 1) % HELD_OUT == 0,
            text: line.replace('¦', "").replace('⏎', "\n"),
        }));
    }
    lines
}

/// A positive: its text without marks, and what its redacted text must look like.
struct Positive {
    text: String,
    secrets: Vec<String>,
    expected: Regex,
    /// The secrets within each group of `expected`: a place where more than the secret may go.
    loose: Vec<Vec<String>>,
}

impl Positive {
    fn parse(marked: &str) -> Self {
        let (mut text, mut pattern) = (String::new(), String::from("(?s)^"));
        let (mut secrets, mut loose) = (Vec::new(), Vec::new());
        let (mut secret, mut is_loose) = (None::<String>, false);
        for c in marked.chars() {
            match c {
                '«' => secret = Some(String::new()),
                '»' => {
                    let secret = secret.take().unwrap();
                    if is_loose {
                        let secrets: &mut Vec<String> = loose.last_mut().unwrap();
                        secrets.push(secret.clone());
                    } else {
                        pattern.push_str(MARKER);
                    }
                    secrets.push(secret);
                }
                '‹' => {
                    is_loose = true;
                    loose.push(Vec::new());
                    pattern.push_str("(.*?)");
                }
                '›' => is_loose = false,
                _ => {
                    text.push(c);
                    match &mut secret {
                        Some(secret) => secret.push(c),
                        None if is_loose => {}
                        None => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
                    }
                }
            }
        }
        assert!(secret.is_none() && !is_loose && !secrets.is_empty(), "{marked}");
        pattern.push('$');
        Self { text, secrets, expected: Regex::new(&pattern).unwrap(), loose }
    }

    /// Whether every secret is gone, and what stands around it is not.
    fn is_found(&self, redacted: &str) -> bool {
        self.expected.captures(redacted).is_some_and(|captures| {
            self.loose.iter().enumerate().all(|(group, secrets)| {
                let within = &captures[group + 1];
                secrets.is_empty()
                    || within.contains("[REDACTED:")
                        && !secrets.iter().any(|secret| survives(secret, within))
            })
        })
    }
}

/// Whether four bytes of the secret in a row stand in the text, our markers aside.
fn survives(secret: &str, text: &str) -> bool {
    static MARKERS: LazyLock<Regex> = LazyLock::new(|| Regex::new(MARKER).unwrap());
    let text = MARKERS.replace_all(text, " ");
    secret.as_bytes().windows(4).any(|part| text.as_bytes().windows(4).any(|other| other == part))
}

#[derive(Default, Clone, Copy)]
struct Score {
    all: usize,
    good: usize,
}

impl Score {
    fn add(&mut self, all: usize, good: usize) {
        self.all += all;
        self.good += good;
    }

    fn share(self) -> f64 {
        if self.all == 0 {
            1.0
        } else {
            f64::from(u32::try_from(self.good).unwrap())
                / f64::from(u32::try_from(self.all).unwrap())
        }
    }
}

/// For each family, the seen and the held-out part.
type Scores = BTreeMap<String, [Score; 2]>;

fn total(scores: &Scores, part: usize, select: impl Fn(&str) -> bool) -> Score {
    let mut total = Score::default();
    for (_, parts) in scores.iter().filter(|(family, _)| select(family)) {
        total.add(parts[part].all, parts[part].good);
    }
    total
}

fn is_token(family: &str) -> bool {
    TOKENS.iter().any(|start| family.starts_with(start))
}

fn print(title: &str, scores: &Scores) {
    println!("{title:<34} seen           held out");
    let row = |name: &str, parts: [Score; 2]| {
        let [seen, held] =
            parts.map(|score| format!("{:>4}/{:<4} {:.3}", score.good, score.all, score.share()));
        println!("  {name:<30} {seen}  {held}");
    };
    for (family, parts) in scores {
        row(family, *parts);
    }
}

fn is_shown(line: &Line) -> bool {
    let family = std::env::var("REDACTION_SHOW").ok();
    !line.is_held_out && family.is_some_and(|family| line.family.starts_with(&family))
}

#[test]
fn secrets_are_found() {
    let redactor = redactor(&RuleSet::DEFAULT, Mode::Label);
    let mut scores = Scores::new();
    for line in lines("positives") {
        let positive = Positive::parse(&line.text);
        let redacted = redact(&redactor, &positive.text);
        let is_found = positive.is_found(&redacted);
        if !is_found && is_shown(&line) {
            println!("{}: {}\n    {redacted}", line.family, line.text);
        }
        let count = positive.secrets.len();
        let score = &mut scores.entry(line.family).or_default()[usize::from(line.is_held_out)];
        score.add(count, if is_found { count } else { 0 });
    }
    print("found", &scores);
    let mut low = Vec::new();
    for (kind, wanted) in [("tokens", true), ("generic contexts", false)] {
        for (part, name) in ["seen", "held out"].into_iter().enumerate() {
            let score = total(&scores, part, |family| is_token(family) == wanted);
            println!("{kind}, {name}: {}/{} {:.3}", score.good, score.all, score.share());
            if score.share() < RECALL {
                low.push(format!("{kind}, {name}: {:.3}", score.share()));
            }
        }
    }
    assert!(low.is_empty(), "{low:?}");
}

#[test]
fn what_is_no_secret_stays() {
    let redactor = redactor(&RuleSet::DEFAULT, Mode::Label);
    let mut scores = Scores::new();
    for line in lines("benign") {
        let is_kept = redact(&redactor, &line.text) == line.text;
        if !is_kept && is_shown(&line) {
            println!("{}: {}\n    {}", line.family, line.text, redact(&redactor, &line.text));
        }
        let score = &mut scores.entry(line.family).or_default()[usize::from(line.is_held_out)];
        score.add(1, usize::from(is_kept));
    }
    print("kept", &scores);
    let [seen, held] = [0, 1].map(|part| total(&scores, part, |_| true));
    let changed = seen.all + held.all - seen.good - held.good;
    println!(
        "benign lines changed: {} of {} seen, {} of {} held out",
        seen.all - seen.good,
        seen.all,
        held.all - held.good,
        held.all
    );
    assert!(changed * TWO_IN <= 2 * (seen.all + held.all), "{changed} lines changed");
    for identifiers in ["identifiers", "counts-names-and-states", "already-masked"] {
        let lost = scores[identifiers].map(|score| score.all - score.good);
        assert_eq!(lost, [0, 0], "{identifiers}");
    }
}

const MODES: [Mode; 5] = [Mode::Label, Mode::Mask, Mode::Partial, Mode::Hash, Mode::Remove];

fn texts() -> Vec<String> {
    let texts = lines("positives").into_iter().map(|line| Positive::parse(&line.text).text);
    texts.chain(lines("benign").into_iter().map(|line| line.text)).collect()
}

#[test]
fn twice_is_once() {
    let mut again = Vec::new();
    let texts = texts();
    for mode in MODES {
        for sets in [&RuleSet::DEFAULT[..], &RuleSet::ALL] {
            let redactor = redactor(sets, mode);
            for text in &texts {
                let once = redact(&redactor, text);
                let twice = redact(&redactor, &once);
                if once != twice {
                    again.push(format!("{mode:?}: {text}\n    {once}\n    {twice}"));
                }
            }
        }
    }
    assert!(again.is_empty(), "{} texts:\n{}", again.len(), again.join("\n"));
}

/// Pieces of the set's own texts and markers, in any order.
fn any_text() -> impl Strategy<Value = String> {
    static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut pieces: Vec<String> = texts()
            .iter()
            .step_by(3)
            .flat_map(|text| {
                text.split_inclusive(&[' ', '=', ':', '"', '&', '@'][..])
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .filter(|piece| piece.len() < 80)
            .collect();
        pieces.sort();
        pieces.dedup();
        pieces
    });
    static OTHERS: [&str; 12] = [
        "[REDACTED]",
        "[REDACTED:jwt]",
        "[[REDACTED]",
        "4111111111111111",
        "3D::",
        "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.",
        "10.0.0.1",
        "bob@example.com",
        "+44 20 7946 0958",
        "00:1a:2b:3c:4d:5e",
        "&password=",
        "é",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(&PIECES[..]),
        1 => prop::sample::select(&OTHERS[..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn twice_is_once_for_any_text(text in any_text(), mode in prop::sample::select(&MODES[..])) {
        static REDACTORS: LazyLock<Vec<(Mode, Redactor)>> = LazyLock::new(|| {
            let sets = [&RuleSet::DEFAULT[..], &RuleSet::ALL];
            MODES.iter().flat_map(|mode| sets.map(|sets| (*mode, redactor(sets, *mode)))).collect()
        });
        for (_, redactor) in REDACTORS.iter().filter(|(other, _)| *other == mode) {
            let once = redact(redactor, &text);
            prop_assert_eq!(redact(redactor, &once), once);
        }
    }
}

/// Texts for which redaction twice once differed from redaction once.
#[test]
fn known_failures_of_idempotence_stay_away() {
    let redactor = redactor(&RuleSet::ALL, Mode::Mask);
    for text in [
        "3D::eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x",
        "&password=[[REDACTED]4111111111111111",
        "[REDACTED]pin=1234",
    ] {
        let once = redact(&redactor, text);
        assert_eq!(redact(&redactor, &once), once, "{text}");
        assert_ne!(once, text);
    }
}

/// Redaction changes what a traceback says, not how many frames it has.
#[test]
fn frames_stay() {
    let redactor = redactor(&RuleSet::ALL, Mode::Label);
    let mut seen = 0;
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tracebacks")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path)
                && path.extension().is_some_and(|extension| extension == "txt")
            {
                let frames =
                    |text: &str| find_traceback(text).map(|found| found.traceback.frame_count());
                assert_eq!(frames(&redact(&redactor, &text)), frames(&text), "{}", path.display());
                seen += usize::from(frames(&text).is_some());
            }
        }
    }
    assert!(seen > 10, "{seen} tracebacks");
}
