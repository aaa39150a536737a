//! A log's origin that is told by plain names such as `file` and `line`, as Monolog's
//! `IntrospectionProcessor`, GELF and the gem `logging` for Ruby do. The names mean many things, so
//! that they count only together, and only where the file is a program's.

use super::reading::{self, Place};
use crate::document::{Document, Field, Kind};
use crate::json::{Number, Object, Value};

/// How the files of programs end.
const PROGRAMS: &[&str] = &[
    "c", "cc", "cjs", "cpp", "cs", "cxx", "dart", "erl", "ex", "exs", "fs", "go", "groovy", "java",
    "jl", "js", "jsx", "kt", "lua", "mjs", "php", "pl", "pm", "py", "rb", "rs", "scala", "swift",
    "ts", "tsx", "vb",
];

/// The names of file and line.
const PLACES: [(&str, &str); 2] = [
    ("file", "line"),             // Monolog, GELF, logging for Ruby
    ("file.name", "line.number"), // New Relic
];
/// The name of both at once: `main.go:12`, as slog's handler for text writes it.
const PLACE: &str = "source";
/// The names of the function beside them.
const FUNCTIONS: [&str; 3] = ["function", "method", "_function"];

/// The names by which such an origin is known.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    PLACES.iter().map(|(file, _)| *file).chain([PLACE])
}

/// Claims the origin that the log itself, or Monolog in what it adds to it, tells in this way,
/// unless the log states any part of it otherwise. Log4j's layout for Logstash states the line by a
/// name of its own.
pub(super) fn claim_origin(document: &mut Document<'_>) {
    let origin = [Field::LogOriginFileName, Field::LogOriginFunction];
    if origin.iter().any(|field| document.fields.contains(*field)) {
        return;
    }
    let mut source = std::mem::take(&mut document.source);
    if !claim_from(&mut source, document)
        && document.holders.contains(&"extra")
        && let Some(Value::Object(extra)) = source.get_mut("extra")
    {
        claim_from(extra, document);
    }
    document.source = source;
}

fn claim_from<'a>(object: &mut Object<'a>, document: &mut Document<'a>) -> bool {
    claim_from_names(object, document) || claim_from_place(object, document)
}

fn claim_from_place(object: &mut Object<'_>, document: &mut Document<'_>) -> bool {
    let text = object.get(PLACE).and_then(Value::as_str);
    let Some(Place { file: Some(file), line: Some(line), .. }) =
        text.and_then(reading::file_and_line).filter(|place| place.file.is_some_and(is_program))
    else {
        return false;
    };
    document.fields.set(Field::LogOriginFileName, file.to_owned());
    document.fields.set(Field::LogOriginFileLine, line);
    object.remove(PLACE);
    true
}

fn claim_from_names<'a>(object: &mut Object<'a>, document: &mut Document<'a>) -> bool {
    let stated = document.fields.get(Field::LogOriginFileLine);
    let place = PLACES.iter().find(|(file, line)| {
        let line = stated.or_else(|| object.get(line)).and_then(Value::as_number);
        line.and_then(Number::as_u64).is_some_and(|line| line > 0)
            && object.get(file).and_then(Value::as_str).is_some_and(is_program)
    });
    let Some((file, line)) = place else { return false };
    let has_line = stated.is_some();
    let mut take = |name: &str, field, kind| {
        if let Some(mut value) = object.remove(name)
            && let Some(value) = reading::typed(&mut value, kind)
        {
            document.fields.set(field, value);
        }
    };
    take(file, Field::LogOriginFileName, Kind::Keyword);
    if !has_line {
        take(line, Field::LogOriginFileLine, Kind::Long);
    }
    let is_text = |name: &&&str| object.get(name).and_then(Value::as_str).is_some();
    if let Some(name) = FUNCTIONS.iter().find(is_text)
        && let Some(function) = object.remove(name)
    {
        document.fields.set(Field::LogOriginFunction, function);
    }
    true
}

fn is_program(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(name, ending)| !name.is_empty() && PROGRAMS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, write_object};

    fn origin(source: &str, holders: &[&'static str]) -> (String, String) {
        let Ok(Value::Object(source)) = read(source) else { panic!("{source}") };
        let mut document = Document { source, holders: holders.to_vec(), ..Document::default() };
        claim_origin(&mut document);
        let text = |field| {
            document.fields.get(field).map_or_else(String::new, |value| crate::json::to_text(value))
        };
        let mut rest = Vec::new();
        write_object(&document.source, &mut rest);
        let origin = [Field::LogOriginFileName, Field::LogOriginFileLine, Field::LogOriginFunction];
        (origin.map(text).join(":"), String::from_utf8(rest).unwrap())
    }

    #[test]
    fn a_file_with_its_line_is_an_origin() {
        let cases = [
            (r#"{"file.name":"a.py","line.number":7}"#, r#""a.py":7:"#, "{}"),
            (r#"{"source":"/app/main.go:7"}"#, r#""/app/main.go":7:"#, "{}"),
            (r#"{"file":"a.rb","line":7,"method":"run"}"#, r#""a.rb":7:"run""#, "{}"),
            (
                r#"{"file":"/app/a.php","line":7,"class":null}"#,
                r#""/app/a.php":7:"#,
                r#"{"class":null}"#,
            ),
            (
                r#"{"extra":{"file":"a.php","line":7,"function":"f","uid":"x"}}"#,
                r#""a.php":7:"f""#,
                r#"{"extra":{"uid":"x"}}"#,
            ),
        ];
        for (source, expected, rest) in cases {
            assert_eq!(
                origin(source, &["extra"]),
                (expected.to_owned(), rest.to_owned()),
                "{source}"
            );
        }
    }

    #[test]
    fn other_files_are_the_programs_business() {
        for source in [
            r#"{"file":"customers.csv","line":4711}"#,
            r#"{"file":"a.rb","method":"GET"}"#,
            r#"{"file.name":"report.pdf","line.number":7}"#,
            r#"{"file.name":"a.py","line":7}"#,
            r#"{"file":"a.rb","line":0}"#,
            r#"{"file":"a.rb","line":"x"}"#,
            r#"{"file":".py","line":3}"#,
            r#"{"file":["a.rb"],"line":3}"#,
            r#"{"source":"10.0.0.1:8080"}"#,
            r#"{"source":"main.go"}"#,
            r#"{"context":{"file":"a.php","line":7}}"#,
        ] {
            assert_eq!(
                origin(source, &["extra"]),
                ("::".to_owned(), source.to_owned()),
                "{source}"
            );
        }
        let extra = r#"{"extra":{"file":"a.php","line":7}}"#;
        assert_eq!(origin(extra, &[]), ("::".to_owned(), extra.to_owned()));
    }
}
