//! A document for a person: one field in each line, texts and frames below each other.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use nozzle::json::{Object, Value, read, to_text};

/// Writes documents to a terminal.
pub(crate) struct Pretty<'w, W: Write> {
    out: &'w mut W,
    /// The document's traceback is shown as exceptions and frames, so that its text says nothing
    /// new.
    shows_exceptions: bool,
}

const NAME: Style = AnsiColor::Cyan.on_default();
const DIM: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();
const REDACTION: Style = AnsiColor::Magenta.on_default();
const ALARM: Style = AnsiColor::Red.on_default().bold();
const CAUTION: Style = AnsiColor::Yellow.on_default();

/// The width of the column of names; longer names push their value to the right.
const NAME_WIDTH: usize = 24;

impl<'w, W: Write> Pretty<'w, W> {
    pub(crate) fn new(out: &'w mut W) -> Self {
        Self { out, shows_exceptions: false }
    }

    /// Writes one document, which is what the function answered, and an empty line after it.
    pub(crate) fn write_document(&mut self, document: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(document);
        match read(&text) {
            Ok(Value::Object(document)) => {
                self.shows_exceptions = has_exceptions(&document);
                self.write_object("", &document)?;
            }
            _ => writeln!(self.out, "{text}")?,
        }
        writeln!(self.out)
    }

    /// Writes the lines of a text, with its redactions marked.
    pub(crate) fn write_text(&mut self, text: &str) -> io::Result<()> {
        for line in text.lines() {
            self.write_line(line)?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    /// Writes a line without its end, with its redactions marked.
    pub(crate) fn write_line(&mut self, line: &str) -> io::Result<()> {
        self.write_marked(line, Style::new())
    }

    fn write_object(&mut self, prefix: &str, object: &Object<'_>) -> io::Result<()> {
        for (key, value) in object.iter() {
            let name = if prefix.is_empty() { key.to_string() } else { format!("{prefix}.{key}") };
            match value {
                Value::Object(inner) => self.write_object(&name, inner)?,
                Value::Array(exceptions) if name == "traceback.exceptions" => {
                    self.write_exceptions(&name, exceptions)?;
                }
                Value::String(text) if name == "error.stack_trace" && self.shows_exceptions => {
                    self.write_name(&name)?;
                    writeln!(self.out, "{DIM}{} lines, see below{DIM:#}", text.lines().count())?;
                }
                value => self.write_field(&name, value)?,
            }
        }
        Ok(())
    }

    fn write_field(&mut self, name: &str, value: &Value<'_>) -> io::Result<()> {
        let text = plain_text(value);
        let style = match (name, text.as_str()) {
            ("log.level", "error" | "fatal") | ("error.type", _) => ALARM,
            ("log.level", "warn") | ("event.kind" | "event.reason", _) => CAUTION,
            ("message" | "index", _) => STRONG,
            _ => Style::new(),
        };
        self.write_name(name)?;
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                write!(self.out, "{:NAME_WIDTH$} ", "")?;
            }
            self.write_marked(line, style)?;
            writeln!(self.out)?;
        }
        if text.is_empty() {
            writeln!(self.out)?;
        }
        Ok(())
    }

    /// Each exception with its frames, the one that escaped first, causes further in.
    fn write_exceptions(&mut self, name: &str, exceptions: &[Value<'_>]) -> io::Result<()> {
        self.write_name(name)?;
        let mut depths: Vec<usize> = Vec::new();
        for (index, exception) in exceptions.iter().filter_map(Value::as_object).enumerate() {
            let number = |key: &str| exception.get(key).and_then(Value::as_number)?.as_u64();
            let parent = number("parent").and_then(|parent| usize::try_from(parent).ok());
            let depth = parent.and_then(|parent| depths.get(parent)).map_or(0, |depth| depth + 1);
            depths.push(depth);
            let indent = if index == 0 { 0 } else { NAME_WIDTH + 1 + 2 * depth };
            write!(self.out, "{:indent$}", "")?;
            self.write_exception_head(exception, depth)?;
            let frames = exception.get("frames").and_then(Value::as_array).unwrap_or_default();
            for frame in frames.iter().filter_map(Value::as_object) {
                self.write_frame(frame, NAME_WIDTH + 1 + 2 * depth + 4)?;
            }
        }
        Ok(())
    }

    fn write_exception_head(&mut self, exception: &Object<'_>, depth: usize) -> io::Result<()> {
        let text = |key: &str| exception.get(key).and_then(Value::as_str).map(printable);
        if depth > 0
            && let Some(relation) = text("relation")
        {
            write!(self.out, "{DIM}{relation}{DIM:#} ")?;
        }
        write!(
            self.out,
            "{ALARM}{}{ALARM:#}",
            text("type").unwrap_or_else(|| "(unknown type)".to_owned())
        )?;
        if let Some(message) = text("message") {
            write!(self.out, ": ")?;
            self.write_marked(&message.replace('\n', " "), Style::new())?;
        }
        writeln!(self.out)
    }

    fn write_frame(&mut self, frame: &Object<'_>, indent: usize) -> io::Result<()> {
        let text = |key: &str| frame.get(key).and_then(Value::as_str).map(printable);
        let style = if frame.get("in_app") == Some(&Value::Bool(true)) { STRONG } else { DIM };
        let line =
            frame.get("line").map(|line| format!(":{}", plain_text(line))).unwrap_or_default();
        write!(
            self.out,
            "{:indent$}{style}{}{style:#}",
            "",
            text("function").unwrap_or_else(|| "?".to_owned())
        )?;
        writeln!(
            self.out,
            "  {DIM}{}{line}{DIM:#}",
            text("file").or(text("module")).unwrap_or_else(|| "?".to_owned())
        )?;
        if let Some(code) = text("code") {
            write!(self.out, "{:1$}", "", indent + 4)?;
            self.write_marked(&code, style)?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn write_name(&mut self, name: &str) -> io::Result<()> {
        write!(self.out, "{NAME}{name:<NAME_WIDTH$}{NAME:#} ")
    }

    /// Writes a text whose control characters cannot reach the terminal, with its redactions
    /// marked.
    fn write_marked(&mut self, text: &str, style: Style) -> io::Result<()> {
        let safe = printable(text);
        let mut rest = safe.as_str();
        while let Some((before, from_marker)) = rest.split_once("[REDACTED") {
            // A line may end within a marker.
            let Some((marker, after)) = from_marker.split_once(']') else { break };
            write!(self.out, "{style}{before}{style:#}{REDACTION}[REDACTED{marker}]{REDACTION:#}")?;
            rest = after;
        }
        write!(self.out, "{style}{rest}{style:#}")
    }
}

fn has_exceptions(document: &Object<'_>) -> bool {
    let traceback = document.get("traceback").and_then(Value::as_object);
    let exceptions = traceback.and_then(|traceback| traceback.get("exceptions"));
    exceptions.and_then(Value::as_array).is_some_and(|exceptions| !exceptions.is_empty())
}

/// A text without the control characters that a log might send to the terminal.
pub(crate) fn printable(text: &str) -> String {
    let is_harmless = |character: char| !character.is_control() || character == '\t';
    text.chars().map(|c| if is_harmless(c) { c } else { '\u{fffd}' }).collect()
}

/// A string as it is, an array of strings separated by commas, anything else as JSON.
fn plain_text(value: &Value<'_>) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Array(elements) => elements.iter().map(plain_text).collect::<Vec<_>>().join(", "),
        value => to_text(value),
    }
}
