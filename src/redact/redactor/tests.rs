use super::walk::PRODUCERS_OWN_WORDS;
use super::*;
use crate::document::Field;
use crate::json::{read, to_text, write_object};
use crate::redact::Sighting;

fn redactor(mode: Mode) -> Redactor {
    let key = Some(b"0123456789abcdef".to_vec());
    Redactor::new(&RedactionSettings { mode, key, ..RedactionSettings::default() }).unwrap()
}

fn redact_with(mode: Mode, source: &str) -> (String, BTreeMap<String, u64>) {
    let Ok(Value::Object(object)) = read(source) else { panic!("{source}") };
    let document = Document { source: object, ..Document::default() };
    let mut counts = BTreeMap::new();
    let redactor = redactor(mode);
    let rules = redactor.look_over(Some(source)).rules;
    let redacted = redactor.redact(document, &rules, &mut counts, None);
    let mut text = Vec::new();
    write_object(&redacted.source, &mut text);
    (String::from_utf8(text).unwrap(), counts)
}

fn redact(source: &str) -> String {
    redact_with(Mode::Label, source).0
}

#[test]
fn names_mask_every_leaf_below_them() {
    let cases = [
        (r#"{"db_password":"hunter2"}"#, r#"{"db_password":"[REDACTED:by-name]"}"#),
        (r#"{"pin":4711,"token_count":5}"#, r#"{"pin":"[REDACTED:by-name]","token_count":5}"#),
        (
            r#"{"credentials":{"user":"ada","port":5432,"on":true,"no":null,"list":["a","b"]}}"#,
            r#"{"credentials":{"user":"[REDACTED:by-name]","port":5432,"on":true,"no":null,"list":["[REDACTED:by-name]","[REDACTED:by-name]"]}}"#,
        ),
        (r#"{"credentials":3,"secrets":0}"#, r#"{"credentials":3,"secrets":0}"#),
        (
            r#"{"password":"","secret":"***","token":"${TOKEN}"}"#,
            r#"{"password":"","secret":"***","token":"${TOKEN}"}"#,
        ),
        (r#"{"password":"[REDACTED:by-name]"}"#, r#"{"password":"[REDACTED:by-name]"}"#),
    ];
    for (source, expected) in cases {
        assert_eq!(redact(source), expected);
    }
}

#[test]
fn values_are_searched_wherever_they_stand() {
    let url = "postgres://app:s3cr3t-Pa55@db/orders";
    let marked = "postgres://app:[REDACTED:url-password]@db/orders";
    let places = [
        r#"{"message":"URL"}"#,
        r#"{"a":{"b":[{"c":["x URL y"]}]}}"#,
        r#"{"URL":1}"#,
        r#"{"message":"{\"a\":{\"b\":\"URL\"}}"}"#,
        r#"{"message":"[\"{\\\"a\\\":\\\"URL\\\"}\"]"}"#,
    ];
    for place in places {
        let redacted = redact(&place.replace("URL", url));
        assert_eq!(redacted, place.replace("URL", marked));
    }
}

#[test]
fn escapes_do_not_hide_a_secret() {
    let hidden = r#"{"message":"postgres:\/\/app:s3cr3t-Pa55@db"}"#;
    assert_eq!(redact(hidden), r#"{"message":"postgres://app:[REDACTED:url-password]@db"}"#);
    let hidden = r#"{"message":"\u0070assword=hunter2hunter2","\u0070assword":"x1"}"#;
    let redacted = redact(hidden);
    assert!(!redacted.contains("hunter2") && !redacted.contains("x1"), "{redacted}");
}

#[test]
fn the_envelopes_words_are_searched_too() {
    for field in PRODUCERS_OWN_WORDS {
        let mut document = Document::default();
        document.fields.set(field, "postgres://app:s3cr3t-Pa55@db");
        let (redactor, mut counts) = (redactor(Mode::Label), BTreeMap::new());
        let redacted = redactor.redact(document, &RuleMask::none(), &mut counts, None);
        let expected = Some("postgres://app:[REDACTED:url-password]@db");
        assert_eq!(redacted.fields.get_str(field), expected, "{field:?}");
    }
}

#[test]
fn names_count_in_embedded_json_too() {
    let source = r#"{"message":"{\"password\":\"tr0ub4dor\",\"n\":1.50}"}"#;
    assert_eq!(redact(source), r#"{"message":"{\"password\":\"[REDACTED:by-name]\",\"n\":1.50}"}"#);
    let untouched = r#"{"message":"{ \"user\" : \"ada\" }"}"#;
    assert_eq!(redact(untouched), untouched);
}

#[test]
fn each_finding_is_counted_by_its_rule() {
    let (_, counts) = redact_with(
        Mode::Label,
        r#"{"password":"y1","a":"postgres://u:s3cr3t-Pa55@h","b":"redis://u:s3cr3t-Pa55@h"}"#,
    );
    let expected = BTreeMap::from([(BY_NAME.to_owned(), 1), ("url-password".to_owned(), 2)]);
    assert_eq!(counts, expected);
}

#[test]
fn each_mode_keeps_its_word() {
    let source = r#"{"password":"correct horse battery","max":1}"#;
    let cases = [
        (Mode::Label, r#"{"password":"[REDACTED:by-name]","max":1}"#),
        (Mode::Mask, r#"{"password":"[REDACTED]","max":1}"#),
        (Mode::Partial, r#"{"password":"[REDACTED:by-name:…tery]","max":1}"#),
        (Mode::Remove, r#"{"max":1}"#),
    ];
    for (mode, expected) in cases {
        assert_eq!(redact_with(mode, source).0, expected, "{mode:?}");
    }
    let hashed = redact_with(Mode::Hash, source).0;
    assert!(hashed.starts_with(r#"{"password":"[REDACTED:by-name:"#), "{hashed}");
}

#[test]
fn an_audit_counts_like_a_full_run_and_changes_nothing() {
    for mode in [Mode::Label, Mode::Remove] {
        let source = r#"{"password":"hunter2","a":["x token=hunter2","y"],"k password=hunter2x":{"card":4111111111111111}}"#;
        let Ok(Value::Object(object)) = read(source) else { panic!() };
        let mut document = Document { source: object, ..Document::default() };
        document.fields.set(PRODUCERS_OWN_WORDS[0], "postgres://app:s3cr3t-Pa55@db");
        let settings = RedactionSettings { mode, audit: true, ..RedactionSettings::default() };
        let mut redactor = Redactor::new(&settings).unwrap();
        let run = |redactor: &Redactor| {
            let (mut counts, mut seen) = (BTreeMap::new(), 0);
            let mut look = |_: &Sighting<'_>| seen += 1;
            let (document, all) = (document.clone(), RuleMask::all());
            let redacted = redactor.redact(document, &all, &mut counts, Some(&mut look));
            (
                redacted.source.clone(),
                redacted.fields.get(PRODUCERS_OWN_WORDS[0]).cloned(),
                counts,
                seen,
            )
        };
        let (source, field, counts, seen) = run(&redactor);
        assert_eq!(source, document.source);
        assert_eq!(field.as_ref(), document.fields.get(PRODUCERS_OWN_WORDS[0]));
        redactor.end_audit();
        let (source, _, of_full_run, seen_in_full_run) = run(&redactor);
        assert_ne!(source, document.source);
        assert_eq!((&counts, seen), (&of_full_run, seen_in_full_run));
        assert_eq!(counts.values().sum::<u64>(), seen, "each is told once");
    }
}

#[test]
fn exemptions_reach_names_envelope_and_finished_documents() {
    let mut exemptions = Exemptions::default();
    exemptions.add_field("staff.badge", "no secret").unwrap();
    exemptions.add_field("aws.kinesis.partition_key", "no secret").unwrap();
    exemptions.add_value("dummy", "no secret").unwrap();
    let settings =
        RedactionSettings { mode: Mode::Remove, exemptions, ..RedactionSettings::default() };
    let redactor = Redactor::new(&settings).unwrap();
    let source = r#"{"password":"dummy","token":{"a":"dummy"},"staff":{"badge":{"pin":4711}}}"#;
    let Ok(Value::Object(object)) = read(source) else { panic!() };
    let mut document = Document { source: object.clone(), ..Document::default() };
    let url = "postgres://app:s3cr3t-Pa55@db";
    document.fields.set(Field::AwsKinesisPartitionKey, url);
    document.fields.set(Field::AwsCloudwatchLogGroup, url);
    let mut counts = BTreeMap::new();
    let redacted = redactor.redact(document, &RuleMask::all(), &mut counts, None);
    assert_eq!(redacted.source, object);
    assert_eq!(redacted.fields.get_str(Field::AwsKinesisPartitionKey), Some(url));
    assert_ne!(redacted.fields.get_str(Field::AwsCloudwatchLogGroup), Some(url));

    let Ok(Value::Object(labels)) = read(r#"{"staff_badge_pin":"4711","pin":"4712"}"#) else {
        panic!()
    };
    let mut document = Document { is_finished: true, ..Document::default() };
    document.fields.set(Field::Labels, labels);
    let redacted = redactor.redact(document, &RuleMask::all(), &mut counts, None);
    let labels = to_text(redacted.fields.get(Field::Labels).unwrap());
    assert_eq!(labels, r#"{"staff_badge_pin":"4711"}"#);
}

#[test]
fn with_no_set_on_nothing_changes() {
    let source = r#"{"password":"hunter2","m":"postgres://u:s3cr3t-Pa55@h"}"#;
    let Ok(Value::Object(object)) = read(source) else { panic!() };
    let document = Document { source: object.clone(), ..Document::default() };
    let settings = RedactionSettings { sets: Vec::new(), ..RedactionSettings::default() };
    let redactor = Redactor::new(&settings).unwrap();
    let redacted = redactor.redact(
        document,
        &redactor.look_over(Some(source)).rules,
        &mut BTreeMap::new(),
        None,
    );
    assert_eq!(redacted.source, object);
}

fn assert_masked(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        let expected = expected.replace('#', "[REDACTED:by-name]");
        assert_eq!(redact(source), expected);
        assert_eq!(redact(&expected), expected);
    }
}

#[test]
fn numbers_below_a_secret_name_are_masked_unless_they_count() {
    assert_masked(&[
        (r#"{"password":{"value":12345678}}"#, r##"{"password":{"value":"#"}}"##),
        (r#"{"credentials":12345678}"#, r##"{"credentials":"#"}"##),
        (r#"{"api_keys":[987654321,12]}"#, r##"{"api_keys":["#",12]}"##),
        (r#"{"password":12,"on":{"token":true}}"#, r##"{"password":"#","on":{"token":true}}"##),
        (r#"{"credentials":9999,"cookies":99999}"#, r##"{"credentials":9999,"cookies":"#"}"##),
    ]);
    let kept = r#"{"credentials":3,"secret":{"port":5432}}"#;
    assert_eq!(redact_with(Mode::Remove, kept).0, kept);
    assert_eq!(redact_with(Mode::Remove, r#"{"credentials":12345}"#).0, "{}");
}

#[test]
fn a_key_counts_with_its_parent() {
    assert_masked(&[
        (
            r#"{"api":{"key":"hunter2"},"private":[{"key":"hunter2"}]}"#,
            r##"{"api":{"key":"#"},"private":[{"key":"#"}]}"##,
        ),
        (
            r#"{"x":{"amz":{"signature":"hunter2"}},"c":[{"V":{"v":123}}]}"#,
            r##"{"x":{"amz":{"signature":"#"}},"c":[{"V":{"v":"#"}}]}"##,
        ),
        (
            r#"{"sort":{"key":"hunter2"},"key":{"api":"x"}}"#,
            r#"{"sort":{"key":"hunter2"},"key":{"api":"x"}}"#,
        ),
    ]);
}

#[test]
fn names_and_values_side_by_side() {
    assert_masked(&[
        (
            r#"{"headers":[{"name":"Cookie","value":"sid=8f3a9c"},{"value":"hunter2","key":"db_password"}]}"#,
            r##"{"headers":[{"name":"Cookie","value":"#"},{"value":"#","key":"db_password"}]}"##,
        ),
        (r#"{"name":"password","value":"hunter2"}"#, r##"{"name":"password","value":"#"}"##),
        (r#"{"Header":"pin","Val":[1234]}"#, r##"{"Header":"pin","Val":["#"]}"##),
        (
            r#"{"params":[["password","hunter2"],["page","2"]]}"#,
            r##"{"params":[["password","#"],["page","2"]]}"##,
        ),
        (
            r#"{"argv":["mysql","--pin","4711","-v","--jwt","--x","y"]}"#,
            r##"{"argv":["mysql","--pin","#","-v","--jwt","--x","y"]}"##,
        ),
    ]);
    assert_eq!(
        redact(r#"{"argv":["mysql","--password","hunter2"]}"#),
        r#"{"argv":["mysql","--password","[REDACTED:command-line-secret]"]}"#
    );
    for kept in [
        r#"{"name":"page","value":"hunter2"}"#,
        r#"{"name":"password","title":"hunter2"}"#,
        r#"{"missing":["password","token"],"fields":["user","password"]}"#,
        r#"{"loc":["body","password","hunter2"]}"#,
    ] {
        assert_eq!(redact(kept), kept);
    }
}

#[test]
fn secrets_may_be_spread_over_lines() {
    for (source, expected) in [
        (
            r#"{"stack":["x","-----BEGIN RSA PRIVATE KEY-----","MIIEvQIBADAN","BgkqhkiG9w0B","-----END RSA PRIVATE KEY-----","y"]}"#,
            r#"{"stack":["x","-----BEGIN RSA PRIVATE KEY-----[REDACTED:private-key]-----END RSA PRIVATE KEY-----","y"]}"#,
        ),
        (
            r#"{"stack":["ValueError: password=\n","hunter2\n"]}"#,
            r#"{"stack":["ValueError: password=","[REDACTED:assigned-secret]"]}"#,
        ),
        (
            r#"{"a":["-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN","BgkqhkiG9w0B"]}"#,
            r#"{"a":["-----BEGIN PRIVATE KEY-----[REDACTED:private-key]"]}"#,
        ),
        (
            r#"{"a":["x\ny token=hunter2","z"]}"#,
            r#"{"a":["x\ny token=[REDACTED:assigned-secret]","z"]}"#,
        ),
    ] {
        assert_eq!(redact(source), expected);
        assert_eq!(redact(expected), expected);
    }
    let (_, counts) =
        redact_with(Mode::Label, r#"{"a":["x token=hunter2","password=","hunter3"]}"#);
    assert_eq!(counts.values().sum::<u64>(), 2, "{counts:?}");
}

#[test]
fn json_within_a_sentence() {
    let source =
        r#"{"message":"INFO {\"pin\":\"1234\",\"otp\":998877,\"cvv\":123,\"n\":55555} done"}"#;
    let redacted = redact(source);
    for secret in ["1234", "998877", "123,"] {
        assert!(!redacted.contains(secret), "{redacted}");
    }
    assert!(redacted.contains("55555") && redacted.contains("done"), "{redacted}");
    let cut = redact(r#"{"message":"{\"auth\":\"hunter2\",\"db_creds\":\"hunter2\",\"x\":\""}"#);
    assert!(!cut.contains("hunter2"), "{cut}");
}

#[test]
fn a_long_number_is_looked_at_like_a_text() {
    let text = redact(r#"{"card":4111111111111111,"id":4111111111111112,"n":-41}"#);
    assert_eq!(text, r#"{"card":"[REDACTED:card-number]","id":4111111111111112,"n":-41}"#);
}

#[test]
fn a_key_that_names_nothing_leaves_the_name_to_the_one_above() {
    let text = redact(r#"{"password":{"":{"_":7}},"api":{"-":{"key":"Zq7"}}}"#);
    let expected =
        r#"{"password":{"":{"_":"[REDACTED:by-name]"}},"api":{"-":{"key":"[REDACTED:by-name]"}}}"#;
    assert_eq!(text, expected);
}

#[test]
fn every_spelling_of_a_name_or_a_shape_masks() {
    let leaking: Vec<_> = [
        r#"{"password[0]":"hunter2","password=":"hunter2","password…":"hunter2"}"#,
        r#"{"PASSWORD_OLD":"hunter2","passwordNew":"hunter2","new_password_again":"hunter2"}"#,
        r#"{"m":"[REDACTED]password=hunter2"}"#,
        r#"{"m":"db_pass=hunter2x auth=hunter2x jwt=hunter2x creds=hunter2x"}"#,
        r#"{"m":"{\"cookie\":\"hunter2\",\"auth\":\"hunter2\",\"jwt\":\"hunter2\",\"x\":\""}"#,
        r#"{"m":"a=1&password%3Dhunter2 and https%3A%2F%2Fbob%3Ahunter2%40h"}"#,
        r#"{"m":"<password>hunter2</password>"}"#,
        r#"{"m":"password=correct"}"#,
        r#"{"m":"GET /x?sig=hunter2&y=1&sig=hunter2"}"#,
        r#"{"m":"bearer\thunter2hunter2"}"#,
        r#"{"m":"postgres://u:p@ss/hunter2@db/x"}"#,
        r#"{"m":["<password>","hunter2","</password>"]}"#,
        r#"{"m":"[\"password=\",\"hunter2\"]"}"#,
    ]
    .into_iter()
    .map(redact)
    .filter(|redacted| redacted.contains("hunter2") || redacted.contains("correct"))
    .collect();
    assert!(leaking.is_empty(), "{leaking:#?}");
}

fn rules_told(document: Document<'_>) -> Option<String> {
    let redacted =
        redactor(Mode::Label).redact(document, &RuleMask::all(), &mut BTreeMap::new(), None);
    redacted.fields.get(Field::EventRedactions).map(to_text)
}

fn of_source(source: &str) -> Document<'_> {
    let Ok(Value::Object(source)) = read(source) else { panic!("{source}") };
    Document { source, ..Document::default() }
}

#[test]
fn a_document_names_the_rules_that_found_anything_in_it() {
    assert_eq!(rules_told(of_source(r#"{"message":"all is well"}"#)), None);
    let several = r#"{"pin":4711,"a":"postgres://app:s3cr3t-Pa55@db","b":"{\"password\":\"x1\"}","c":"postgres://app:0ther-Pa55@db"}"#;
    assert_eq!(rules_told(of_source(several)).as_deref(), Some(r#"["by-name","url-password"]"#));
    let audit = RedactionSettings { audit: true, ..RedactionSettings::default() };
    let audit = Redactor::new(&audit).unwrap();
    let sealed = audit.redact(of_source(several), &RuleMask::all(), &mut BTreeMap::new(), None);
    assert!(!sealed.fields.contains(Field::EventRedactions));
}

#[test]
fn a_document_that_comes_again_names_its_rules_once_and_hides_nothing_there() {
    let again = |told: Vec<&str>, message: &str| {
        let mut document = Document { is_finished: true, ..Document::default() };
        let told = told.into_iter().map(Value::from).collect();
        document.fields.set(Field::EventRedactions, Value::Array(told));
        document.fields.set(Field::Message, message.to_owned());
        rules_told(document).unwrap()
    };
    // Two names are no name with its value, although the first is a secret's.
    assert_eq!(again(vec!["url-password", "jwt"], "x"), r#"["url-password","jwt"]"#);
    assert_eq!(again(vec!["jwt"], "postgres://app:s3cr3t-Pa55@db"), r#"["jwt","url-password"]"#);
    let imitation = again(vec!["postgres://app:s3cr3t-Pa55@db"], "x");
    assert!(!imitation.contains("s3cr3t") && imitation.contains("url-password"), "{imitation}");
    let all: Vec<&str> = rules::all().map(|rule| rule.id).chain([BY_NAME]).collect();
    let expected: Vec<String> = all.iter().map(|id| format!("{id:?}")).collect();
    assert_eq!(again(all, "x"), format!("[{}]", expected.join(",")));
}

#[test]
fn escapes_hide_letters_only_when_they_are_letters() {
    for text in [
        r"\u0070assword",
        r"pa\u0073\u0073word",
        r"\\u0070assword",
        r"\u001b",
        r"https:\/\/x",
        r"\u00",
        r"\u00g0",
        r"\u",
    ] {
        assert!(super::hides_letters(text.as_bytes()), "{text}");
    }
    for text in ["", r"\", r"a\nb", r"\u00e9t\u00E9", r"\u0411\u044b", r"\ud83d\ude00", r"\\"] {
        assert!(!super::hides_letters(text.as_bytes()), "{text}");
    }
}

#[test]
fn a_secret_beside_escaped_letters_is_found_like_one_beside_the_letters() {
    let found = |source: &str| {
        let redactor = Redactor::new(&RedactionSettings::default()).unwrap();
        let Ok(Value::Object(object)) = read(source) else { panic!("{source} is an object") };
        let document = Document { source: object, ..Document::default() };
        let rules = redactor.look_over(Some(source)).rules;
        let mut counts = BTreeMap::new();
        let document = redactor.redact(document, &rules, &mut counts, None);
        (to_text(&Value::Object(document.source.clone())), counts)
    };
    for (escaped, plain) in [
        (r#"{"m":"d\u00e9j\u00e0 password=hunter2xy"}"#, r#"{"m":"déjà password=hunter2xy"}"#),
        (r#"{"m":"\u0411 4111 1111 1111 1111\ud83d\ude00"}"#, r#"{"m":"Б 4111 1111 1111 1111😀"}"#),
        (r#"{"m":"\u00fcpass\u0077ord=hunter2xy"}"#, r#"{"m":"üpassword=hunter2xy"}"#),
    ] {
        let (redacted, counts) = found(escaped);
        assert!(!counts.is_empty(), "{escaped}");
        assert_eq!((redacted, counts), found(plain), "{escaped}");
    }
}
