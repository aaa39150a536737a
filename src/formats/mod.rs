//! What a line of text states of itself beside its message: the formats of loggers and servers.
//!
//! Most formats are a prefix, written as a pattern (`pattern.rs`): all patterns are one tree, so that
//! what they have in common, the time above all, is read once. The others are functions. The first
//! bytes of a line decide which of them are asked. A format is a row with its examples and its
//! near-misses, and the tests of the table check every row. A word of prose is never taken for a
//! level, a logger or a thread: in doubt a line has no format, or one that reads less.

mod access;
mod aws;
mod bytes;
mod cri;
mod dotnet;
mod generic;
mod glog;
mod go;
mod haproxy;
mod java;
mod lambda;
mod logfmt;
mod mysql;
mod nginx;
mod node;
mod pattern;
mod php;
mod postgres;
mod python;
mod redis;
mod ruby;
mod rust;
mod scan;
mod syslog;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::LazyLock;

use jiff::Timestamp;
use memchr::memchr2;

use crate::document::Field;
use crate::json::{Object, Value, read as read_json};
use crate::level::Level;
use crate::timestamp::Reference;

pub use cri::{CriLines, cri_lines};
pub use lambda::{LambdaObject, PLATFORM_LINES, after_request_id, lambda_object};
pub use logfmt::logfmt;

use bytes::Bytes;
use pattern::Tree;
use scan::{Taken, Time, skip_colours};

/// Patterns are matched within this many bytes of a line; prefixes are shorter.
const LONGEST_PREFIX: usize = 1024;

/// What a value that a line states is called in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key<'t> {
    /// A field of ECS. A value without the field's type is left out.
    Field(Field),
    /// A label, whose value is a text.
    Label(Cow<'t, str>),
    /// A label, whose value is a number.
    Number(&'static str),
}

/// What a line of text states.
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    /// The name of its format.
    pub format: &'static str,
    /// The time with its text.
    pub time: Option<(Timestamp, &'t str)>,
    /// The level.
    pub level: Option<Level>,
    /// All else that it states, in the order in which it does.
    pub values: Vec<(Key<'t>, Cow<'t, str>)>,
    /// Further fields, under the names that the producer gives them.
    pub fields: Object<'t>,
    /// What is left of the text.
    pub message: &'t str,
    /// How many bytes behind the message were read as well.
    pub trailing: usize,
}

impl<'t> Reading<'t> {
    /// A reading of nothing.
    fn of(format: &'static str, message: &'t str) -> Self {
        Self {
            format,
            time: None,
            level: None,
            values: Vec::new(),
            fields: Object::new(),
            message,
            trailing: 0,
        }
    }

    /// The path among its fields of an object that holds the program's own.
    #[must_use]
    pub fn holder(&self) -> Option<&'static str> {
        (self.format == "monolog").then_some("context")
    }

    /// Whether it is of an envelope, in which another format's line may stand.
    #[must_use]
    pub fn is_envelope(&self) -> bool {
        syslog::FORMATS.iter().any(|format| format.name == self.format)
    }

    /// Keeps the first `length` bytes of the message; `fields` are what stood behind them.
    fn cut_message(&mut self, length: usize, fields: Object<'t>) {
        let message = self.message.get(..length).unwrap_or(self.message).trim_end();
        self.trailing += self.message.len() - message.len();
        self.message = message;
        self.fields = fields;
    }

    /// Takes a JSON object off the end of a message of one line, behind a blank or a tab.
    fn cut_object(&mut self) {
        let line = self.message.trim_end();
        if !line.ends_with('}') || memchr2(b'\n', b'\r', line.as_bytes()).is_some() {
            return;
        }
        let Some(start) = [" {\"", "\t{\""].iter().filter_map(|it| line.find(it)).min() else {
            return;
        };
        if let Some(Ok(Value::Object(fields))) = line.get(start + 1..).map(read_json) {
            self.cut_message(start, fields);
        }
    }

    /// Adds the value of a field.
    fn push(&mut self, field: Field, value: impl Into<Cow<'t, str>>) {
        self.values.push((Key::Field(field), value.into()));
    }
}

/// A line and the text that it begins.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "beside `text`, no other word says it")]
struct Line<'t> {
    /// The line without its end.
    line: &'t str,
    /// The line and all that follow.
    text: &'t str,
    /// Where a time was looked for last, and what was found.
    time: Cell<Option<(&'t str, Taken<'t, Time<'t>>)>>,
}

impl<'t> Line<'t> {
    fn first_of(text: &'t str) -> Self {
        let end = memchr2(b'\n', b'\r', text.as_bytes()).unwrap_or(text.len());
        Self { line: text.get(..end).unwrap_or(text), text, time: Cell::new(None) }
    }

    /// Takes the time that begins `text`, a part of the line. Several formats ask for the same one.
    fn time(&self, text: &'t str, reference: &Reference<'_>) -> Taken<'t, Time<'t>> {
        if let Some((read, taken)) = self.time.get()
            && std::ptr::eq(read, text)
        {
            return taken;
        }
        let taken = scan::time(text, reference);
        self.time.set(Some((text, taken)));
        taken
    }

    /// What follows the line, its end included.
    fn following(&self) -> &'t str {
        self.text.get(self.line.len()..).unwrap_or_default()
    }

    /// The text from where `rest` begins, which is the end of the line.
    fn text_from(&self, rest: &str) -> &'t str {
        self.text.get(self.line.len().saturating_sub(rest.len())..).unwrap_or_default()
    }
}

/// How lines begin that a function reads.
#[derive(Clone, Copy, Debug)]
struct Beginning {
    /// With a year of four digits and a `-` or a `/`, or with one of `first`.
    with_year: bool,
    /// With one of these, but not with a year.
    first: Bytes,
}

impl Beginning {
    const YEAR: Self = Self { with_year: true, first: Bytes::NONE };

    const fn with(first: Bytes) -> Self {
        Self { with_year: false, first }
    }

    const fn or_year(self) -> Self {
        Self { with_year: true, ..self }
    }
}

/// What a line in any format begins with.
const FIRST: Bytes = Bytes::LETTERS.or(Bytes::DIGITS).or(Bytes::of(b":[<"));

type Read = for<'t> fn(&Line<'t>, &Reference<'_>) -> Option<Reading<'t>>;

/// How a format is read.
enum Shape {
    /// By a pattern of its prefix.
    Pattern(&'static str),
    /// By a function, for lines that begin so.
    Function(Beginning, Read),
}

/// A line and what it states: names of fields with their values, `message` last.
#[cfg_attr(not(test), expect(dead_code, reason = "the tests of the table read them"))]
struct Example {
    line: &'static str,
    states: &'static [(&'static str, &'static str)],
}

/// A row of the table.
struct Format {
    name: &'static str,
    shape: Shape,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests of the table read them"))]
    examples: &'static [Example],
    /// Lines that look like the format's and are not.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests of the table read them"))]
    near_misses: &'static [&'static str],
}

impl Format {
    /// A row whose format is a pattern.
    const fn pattern(
        name: &'static str,
        pattern: &'static str,
        examples: &'static [Example],
        near_misses: &'static [&'static str],
    ) -> Self {
        Self { name, shape: Shape::Pattern(pattern), examples, near_misses }
    }

    /// A row whose format is a function, for lines that begin so.
    const fn function(
        name: &'static str,
        (beginning, read): (Beginning, Read),
        examples: &'static [Example],
        near_misses: &'static [&'static str],
    ) -> Self {
        Self { name, shape: Shape::Function(beginning, read), examples, near_misses }
    }
}

/// An example, as a row writes it.
const fn example(line: &'static str, states: &'static [(&'static str, &'static str)]) -> Example {
    Example { line, states }
}

/// The table, in the order in which formats are tried.
static FAMILIES: &[&[Format]] = &[
    lambda::FORMATS,
    syslog::FORMATS,
    glog::FORMATS,
    access::FORMATS,
    aws::FORMATS,
    haproxy::FORMATS,
    nginx::FORMATS,
    postgres::FORMATS,
    mysql::FORMATS,
    redis::FORMATS,
    python::FORMATS,
    java::FORMATS,
    go::FORMATS,
    rust::FORMATS,
    ruby::FORMATS,
    dotnet::FORMATS,
    php::FORMATS,
    node::FORMATS,
    generic::FORMATS,
];

/// The table as it is read.
struct Table {
    functions: Vec<(&'static str, Read)>,
    /// Which functions are asked of a line that begins with a year, as bits.
    with_year: u32,
    /// The same for every other line, by its first byte, which is ASCII.
    by_first: [u32; 128],
    tree: Tree,
}

impl Table {
    /// Which functions are asked of `line`, as bits; `None` when it begins as no line in a format does.
    fn asked(&self, line: &[u8]) -> Option<u32> {
        match line {
            [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-' | b'/', ..] => {
                Some(self.with_year)
            }
            [first, ..] if FIRST.contains(*first) => {
                self.by_first.get(usize::from(*first)).copied()
            }
            _ => None,
        }
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table =
        Table { functions: Vec::new(), with_year: 0, by_first: [0; 128], tree: Tree::default() };
    for format in FAMILIES.iter().copied().flatten() {
        match format.shape {
            Shape::Pattern(pattern) => table.tree.insert(format.name, pattern),
            Shape::Function(beginning, read) => {
                let bit = 1 << table.functions.len();
                table.functions.push((format.name, read));
                if beginning.with_year {
                    table.with_year |= bit;
                }
                for (first, asked) in (0..).zip(&mut table.by_first) {
                    if beginning.first.contains(first) {
                        *asked |= bit;
                    }
                }
            }
        }
    }
    table.tree.settle();
    table
});

/// Reads what the first line of `text` states beside its message; `None` when it has no format
/// that is known.
#[must_use]
pub fn read<'t>(text: &'t str, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let text = text.get(skip_colours(text.as_bytes())..)?;
    // A level may be set to the right.
    let text = text.strip_prefix(' ').unwrap_or(text);
    let table = &*TABLE;
    let mut asked = table.asked(text.as_bytes())?;
    let line = Line::first_of(text);
    while asked != 0 {
        let (name, read) = table.functions.get(asked.trailing_zeros() as usize)?;
        if let Some(mut reading) = read(&line, reference) {
            reading.format = name;
            return Some(reading);
        }
        asked &= asked - 1;
    }
    let mut reading = table.tree.read(&line, reference)?;
    if node::WITH_OBJECT.contains(&reading.format) {
        reading.cut_object();
    }
    Some(reading)
}
