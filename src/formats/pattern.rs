//! Prefixes as patterns, and all of them as one tree.
//!
//! A pattern is the prefix as it stands, with names in braces where it states something:
//! `{time} [{thread}] {LEVEL} {logger} - `. A blank is one or more blanks, `~` none or more, and the
//! last blank of a pattern may be missing at the end of the line. A terminal's colours may stand
//! between any two pieces. Where patterns have the same beginning they share its nodes; of two that
//! match, the longer one counts, and then the earlier one.

use std::borrow::Cow;

use super::bytes::Bytes;
use super::scan::{Time, is_uuid, skip_blanks, skip_colours};
use super::words::Words;
use super::{Key, LONGEST_PREFIX, Line, Reading};
use crate::document::Field;
use crate::level::{Level, Place, lookup};
use crate::timestamp::{Clock, Reference};

/// How long a name may be, in bytes.
const LONGEST_NAME: usize = 200;

/// What Postgres calls who has no name yet.
const UNKNOWN: &str = "[unknown]";

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Literal(&'static str),
    /// One or more blanks, or the end of the line.
    Blanks,
    /// Any number of blanks.
    Margin,
    Time,
    /// Nothing, behind a time that is written so.
    Written(Notation),
    /// A time of day, which says no day: a label.
    Clock,
    Level(Spelling),
    Value(Value),
}

/// How a time is written, where that tells who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notation {
    /// With a comma before the fraction, as Python writes it.
    Comma,
    /// With `/` between the parts of the date, as Go writes it.
    Slashes,
    /// With `T` and its zone.
    Zoned,
}

/// How a level is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// In capitals, where more than a blank follows.
    Capitals,
    /// In capitals, where a blank follows: no word that prose begins with.
    Bare,
    /// In any case, within brackets or between marks that no prose has.
    Any,
    /// In small letters.
    Small,
    /// One capital.
    Letter,
    /// Redis's sign.
    Sign,
}

/// A value by how it is spelt and what it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Value {
    spelling: Word,
    key: Name,
}

/// What a value is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Field(Field),
    Label(&'static str),
    Number(&'static str),
}

/// How a value is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// A logger's name where the signs around it leave no doubt.
    Token,
    /// A logger's name before a colon, where a word of prose may stand.
    Name,
    /// The same, of several parts: `shop.checkout`, `app::pool`.
    Dotted,
    /// What stands in brackets.
    Inside,
    /// Letters, digits, `_`, `-` and `.`.
    Plain,
    /// Spans with their fields: `request{id=7}:pay{order=8}`.
    Spans,
    /// A path with an ending.
    File,
    Digits,
    /// Digits with letters, of this many bytes.
    Hexadecimal(usize),
    Uuid,
    /// A user's or a database's name in Postgres, which calls some of them `[unknown]`.
    Account,
    /// Anything up to a blank.
    Anything,
}

/// The names that stand in braces.
const NAMES: &[(&str, Piece)] = {
    use Word as W;
    const fn field(field: Field, spelling: Word) -> Piece {
        Piece::Value(Value { spelling, key: Name::Field(field) })
    }
    const fn label(label: &'static str, spelling: Word) -> Piece {
        Piece::Value(Value { spelling, key: Name::Label(label) })
    }
    const fn number(label: &'static str) -> Piece {
        Piece::Value(Value { spelling: Word::Digits, key: Name::Number(label) })
    }
    &[
        ("time", Piece::Time),
        (":comma", Piece::Written(Notation::Comma)),
        (":slashes", Piece::Written(Notation::Slashes)),
        (":zoned", Piece::Written(Notation::Zoned)),
        ("clock", Piece::Clock),
        ("LEVEL", Piece::Level(Spelling::Capitals)),
        ("BARE", Piece::Level(Spelling::Bare)),
        ("level", Piece::Level(Spelling::Any)),
        ("small", Piece::Level(Spelling::Small)),
        ("letter", Piece::Level(Spelling::Letter)),
        ("sign", Piece::Level(Spelling::Sign)),
        ("logger", field(Field::LogLogger, W::Token)),
        ("name", field(Field::LogLogger, W::Name)),
        ("dotted", field(Field::LogLogger, W::Dotted)),
        ("category", field(Field::LogLogger, W::Inside)),
        ("file", field(Field::LogOriginFileName, W::File)),
        ("line", field(Field::LogOriginFileLine, W::Digits)),
        ("function", field(Field::LogOriginFunction, W::Token)),
        ("thread", field(Field::ProcessThreadName, W::Inside)),
        ("worker", field(Field::ProcessThreadName, W::Plain)),
        ("tid", field(Field::ProcessThreadId, W::Digits)),
        ("pid", field(Field::ProcessPid, W::Digits)),
        ("process", field(Field::ProcessName, W::Plain)),
        ("program", field(Field::ProcessName, W::Anything)),
        ("host", field(Field::HostHostname, W::Plain)),
        ("request", field(Field::AwsLambdaRequestId, W::Uuid)),
        ("request_id", field(Field::HttpRequestId, W::Uuid)),
        ("trace", field(Field::TraceId, W::Hexadecimal(32))),
        ("span", field(Field::SpanId, W::Hexadecimal(16))),
        ("user", field(Field::UserName, W::Account)),
        ("code", field(Field::EventCode, W::Plain)),
        ("module", label("module", W::Plain)),
        ("spans", label("spans", W::Spans)),
        ("application", field(Field::ServiceName, W::Inside)),
        ("label", label("label", W::Inside)),
        ("database", label("database", W::Account)),
        ("node", label("node", W::Inside)),
        ("client", field(Field::ClientAddress, W::Plain)),
        ("port", field(Field::ClientPort, W::Digits)),
        ("subsystem", label("subsystem", W::Plain)),
        ("role", label("role", W::Plain)),
        ("class", label("class", W::Token)),
        ("jid", label("jid", W::Plain)),
        ("elapsed", number("elapsed")),
        ("event_id", number("EventId")),
    ]
};

/// The pieces of a pattern; `None` when a name in it is not known.
fn compile(pattern: &'static str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let (piece, after) = match first {
            ' ' => (Piece::Blanks, rest.get(1..)?),
            '~' => (Piece::Margin, rest.get(1..)?),
            '{' if !rest.starts_with("{{") => {
                let (name, after) = rest.get(1..)?.split_once('}')?;
                (NAMES.iter().find(|(known, _)| *known == name)?.1, after)
            }
            // A brace that stands for itself is written twice.
            '{' | '}' => (Piece::Literal(rest.get(..1)?), rest.get(2..)?),
            _ => {
                let end = rest.find([' ', '~', '{', '}']).unwrap_or(rest.len());
                let (literal, after) = rest.split_at_checked(end)?;
                (Piece::Literal(literal), after)
            }
        };
        pieces.push(piece);
        rest = after;
    }
    (!pieces.is_empty()).then_some(pieces)
}

#[derive(Debug)]
struct Node {
    piece: Piece,
    children: Vec<Node>,
    /// The format whose pattern ends here.
    format: Option<&'static str>,
    /// What a value or a level is made of.
    parts: Bytes,
    /// What the piece begins with, or what follows it where it may be nothing.
    first: Bytes,
    /// What follows the piece where a pattern goes on.
    following: Bytes,
}

impl Node {
    fn new(piece: Piece) -> Self {
        const BLANKS: Bytes = Bytes::of(b" \t\x1b");
        let (parts, first) = match piece {
            Piece::Literal(literal) => {
                (Bytes::NONE, Bytes::of(literal.as_bytes().get(..1).unwrap_or_default()))
            }
            Piece::Blanks => (Bytes::NONE, BLANKS.or(Bytes::END)),
            Piece::Margin => (Bytes::NONE, BLANKS),
            Piece::Time => (Bytes::NONE, Bytes::DIGITS.or(Bytes::CAPITALS)),
            Piece::Written(_) => (Bytes::NONE, Bytes::NONE),
            Piece::Clock => (Bytes::NONE, Bytes::DIGITS),
            Piece::Level(spelling) => (Bytes::LETTERS.or(Bytes::DIGITS), spelling.first()),
            Piece::Value(Value { spelling, .. }) => (spelling.parts(), spelling.first()),
        };
        Self { piece, children: Vec::new(), format: None, parts, first, following: Bytes::NONE }
    }

    /// Settles what may follow the pieces, when all patterns are there.
    fn settle(&mut self) {
        for child in &mut self.children {
            child.settle();
            self.following = self.following.or(child.first);
        }
        // A terminal's colours may stand before the next piece.
        self.following = match self.format {
            Some(_) => Bytes::ALL,
            None => self.following.or(Bytes::of(b"\x1b")),
        };
        if matches!(self.piece, Piece::Margin | Piece::Written(_)) {
            self.first = self.first.or(self.following);
        }
    }
}

/// All patterns.
#[derive(Debug, Default)]
pub(super) struct Tree {
    roots: Vec<Node>,
}

impl Tree {
    /// Adds a pattern. One that cannot be compiled, or that stands there already, is left out; the
    /// tests of the table rule that out.
    pub(super) fn insert(&mut self, format: &'static str, pattern: &'static str) {
        let Some(pieces) = compile(pattern) else { return };
        let mut nodes = &mut self.roots;
        let last = pieces.len() - 1;
        for (at, piece) in pieces.into_iter().enumerate() {
            let position = nodes.iter().position(|node| node.piece == piece).unwrap_or_else(|| {
                // What depends on how a time is written is tried first.
                let place = if matches!(piece, Piece::Written(_)) { 0 } else { nodes.len() };
                nodes.insert(place, Node::new(piece));
                place
            });
            let Some(node) = nodes.get_mut(position) else { return };
            if at == last {
                node.format.get_or_insert(format);
            }
            nodes = &mut node.children;
        }
    }

    /// Makes the tree fit to be read with, when all patterns are in it.
    pub(super) fn settle(&mut self) {
        self.roots.iter_mut().for_each(Node::settle);
    }

    /// Reads the prefix of a line by the pattern that fits.
    pub(super) fn read<'t>(
        &self,
        line: &Line<'t>,
        reference: &Reference<'_>,
    ) -> Option<Reading<'t>> {
        let mut end = line.line.len().min(LONGEST_PREFIX);
        while !line.line.is_char_boundary(end) {
            end -= 1;
        }
        let window = line.line.get(..end)?;
        let mut walk = Walk { line, reference, time: None, level: None, values: Vec::new() };
        let (format, rest) = walk.longest(&self.roots, window)?;
        let Walk { time, level, values, .. } = walk;
        let message = line.text.get(window.len() - rest.len()..)?;
        Some(Reading { time, level, values, ..Reading::of(format, message) })
    }
}

/// The walk along a line and down the tree.
struct Walk<'r, 't> {
    line: &'r Line<'t>,
    reference: &'r Reference<'r>,
    time: Option<Time<'t>>,
    level: Option<Level>,
    values: Vec<(Key<'t>, Cow<'t, str>)>,
}

impl<'t> Walk<'_, 't> {
    /// The first of the patterns below `nodes` that `text` begins with, and what follows it.
    fn longest(&mut self, nodes: &[Node], text: &'t str) -> Option<(&'static str, &'t str)> {
        for node in nodes {
            // One byte settles most of them.
            if !node.first.begin(text.as_bytes()) {
                continue;
            }
            let before = (self.time, self.level, self.values.len());
            if let Some(rest) = self.take(node, text) {
                let rest = rest.get(skip_colours(rest.as_bytes())..).unwrap_or(rest);
                if let Some(found) = self.longest(&node.children, rest) {
                    return Some(found);
                }
                if let Some(format) = node.format {
                    return Some((format, rest));
                }
            }
            (self.time, self.level) = (before.0, before.1);
            self.values.truncate(before.2);
        }
        None
    }

    /// Takes a piece off the front of `text`.
    fn take(&mut self, node: &Node, text: &'t str) -> Option<&'t str> {
        match node.piece {
            Piece::Literal(literal) => text.strip_prefix(literal),
            Piece::Margin => Some(skip_blanks(text)),
            Piece::Blanks => {
                let rest = skip_blanks(text);
                (rest.is_empty() || text.starts_with([' ', '\t', '\x1b'])).then_some(rest)
            }
            Piece::Time => self.take_time(text),
            Piece::Written(notation) => {
                let written = self.time?.1.as_bytes();
                let is_so = match notation {
                    Notation::Comma => written.get(19) == Some(&b','),
                    Notation::Slashes => written.get(4) == Some(&b'/'),
                    Notation::Zoned => {
                        let has_zone = |byte: &u8| matches!(byte, b'Z' | b'+' | b'-');
                        written.get(10) == Some(&b'T') && written.iter().skip(19).any(has_zone)
                    }
                };
                is_so.then_some(text)
            }
            Piece::Clock => {
                let rest = clock(text)?;
                let written = text.get(..text.len() - rest.len())?;
                self.values.push((Key::Label("time".into()), written.into()));
                Some(rest)
            }
            Piece::Level(spelling) => {
                let (level, rest) = level(spelling, node, text)?;
                self.level = Some(level);
                Some(rest)
            }
            Piece::Value(Value { spelling, key }) => {
                let length = spelling.length(node.parts, text.as_bytes())?;
                let (value, rest) = text.split_at_checked(length)?;
                // What follows settles more than a word can.
                if !node.following.begin(rest.as_bytes()) {
                    return None;
                }
                let value = value.trim_ascii();
                if !spelling.allows(value) {
                    return None;
                }
                if value == UNKNOWN {
                    return Some(rest);
                }
                let key = match key {
                    // A thread without a name is a number.
                    Name::Field(Field::ProcessThreadName)
                        if value.bytes().all(|byte| byte.is_ascii_digit()) =>
                    {
                        Key::Field(Field::ProcessThreadId)
                    }
                    Name::Field(field) => Key::Field(field),
                    Name::Label(label) => Key::Label(label.into()),
                    Name::Number(label) => Key::Number(label),
                };
                self.values.push((key, value.into()));
                Some(rest)
            }
        }
    }

    fn take_time(&mut self, text: &'t str) -> Option<&'t str> {
        let (time, rest) = self.line.time(text, self.reference)?;
        self.time = Some(time);
        Some(rest)
    }
}

/// Takes `14:44:44`, with or without a fraction, or `2:44PM`.
fn clock(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let rest = match bytes {
        [b'0'..=b'9', b':', b'0'..=b'5', b'0'..=b'9', b'A' | b'P', b'M', rest @ ..]
        | [
            b'0'..=b'1',
            b'0'..=b'9',
            b':',
            b'0'..=b'5',
            b'0'..=b'9',
            b'A' | b'P',
            b'M',
            rest @ ..,
        ] => rest,
        [b'0'..=b'2', ..] => Clock::parse_with_seconds(bytes)?.1,
        _ => return None,
    };
    text.get(text.len() - rest.len()..)
}

/// Takes a level that is spelt so.
fn level<'t>(spelling: Spelling, node: &Node, text: &'t str) -> Option<(Level, &'t str)> {
    if spelling == Spelling::Sign {
        return redis_level(text);
    }
    let (word, rest) = text.split_at_checked(node.parts.count(text.as_bytes(), text.len()))?;
    if !node.following.begin(rest.as_bytes()) {
        return None;
    }
    let (level, place) = lookup(word.as_bytes())?;
    let has_small = word.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_so = match spelling {
        Spelling::Capitals => !has_small && word.len() > 2,
        Spelling::Bare => {
            let is_short = word.len() == 3 && place == Place::Punctuated && word != "LOG";
            !has_small && (place == Place::Bare || is_short)
        }
        Spelling::Any => word.len() > 2 && place <= Place::Bracketed,
        Spelling::Small => {
            let has_capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
            !has_capital && (place == Place::Bare || matches!(word, "verbose" | "silly"))
        }
        Spelling::Letter => !has_small && word.len() == 1,
        Spelling::Sign => false,
    };
    is_so.then_some((level, rest))
}

fn redis_level(text: &str) -> Option<(Level, &str)> {
    let level = match text.as_bytes().first()? {
        b'.' | b'-' => Level::Debug,
        b'*' => Level::Info,
        b'#' => Level::Warn,
        _ => return None,
    };
    Some((level, text.get(1..)?))
}

impl Spelling {
    /// What a level that is spelt so begins with.
    fn first(self) -> Bytes {
        match self {
            Self::Capitals | Self::Bare | Self::Letter => Bytes::CAPITALS,
            Self::Any => Bytes::LETTERS,
            Self::Small => Bytes::SMALL,
            Self::Sign => Bytes::of(b".-*#"),
        }
    }
}

/// What words are made of; also [`is_word`].
const WORD: Bytes = Bytes::LETTERS.or(Bytes::DIGITS).or(Bytes::of(b"_")).or(Bytes::OTHERS);
/// What hexadecimal numbers are made of.
const HEXADECIMAL: Bytes =
    Bytes::DIGITS.or(Bytes::between(b'A', b'F')).or(Bytes::between(b'a', b'f'));
/// What leaves a mark.
const PRINTED: Bytes = Bytes::between(b'!', 0x7f).or(Bytes::OTHERS);

impl Word {
    /// What is spelt so is made of these.
    fn parts(self) -> Bytes {
        match self {
            Self::Token => const { WORD.or(Bytes::of(b".$-/#<>*@+`")) },
            // And of pairs of colons.
            Self::Name | Self::Dotted => const { WORD.or(Bytes::of(b".$-/")) },
            Self::Inside => const { PRINTED.or(Bytes::of(b" ")).but(b"[]") },
            // And of what stands in the braces.
            Self::Spans => WORD,
            Self::Plain => const { WORD.or(Bytes::of(b".-")) },
            Self::File => const { WORD.or(Bytes::of(b"./\\-+@")) },
            Self::Digits => Bytes::DIGITS,
            Self::Hexadecimal(_) => HEXADECIMAL,
            Self::Uuid => const { HEXADECIMAL.or(Bytes::of(b"-")) },
            Self::Account => const { PRINTED.but(b"@:(") },
            Self::Anything => PRINTED,
        }
    }

    /// What is spelt so begins with one of these.
    fn first(self) -> Bytes {
        match self {
            Self::Token => self.parts().but(b"-0123456789"),
            Self::Name | Self::Dotted => WORD.but(b"0123456789"),
            _ => self.parts(),
        }
    }

    /// How many bytes at the front of `text` are spelt so; `parts` are the bytes that [`Self::parts`].
    fn length(self, parts: Bytes, text: &[u8]) -> Option<usize> {
        let count = |text: &[u8]| parts.count(text, LONGEST_NAME + 1);
        let length = match self {
            Self::Name | Self::Dotted => {
                let mut length = count(text);
                while let Some([b':', b':', byte, ..]) = text.get(length..)
                    && is_word(*byte)
                    && (1..=LONGEST_NAME).contains(&length)
                {
                    length += 3 + count(text.get(length + 3..)?);
                }
                length
            }
            Self::Spans => spans(text)?,
            _ => count(text),
        };
        let is_scheme = matches!(self, Self::Token | Self::Name | Self::Dotted)
            && text.get(length..)?.starts_with(b"://");
        (!is_scheme && (1..=LONGEST_NAME).contains(&length)).then_some(length)
    }

    /// Whether `value`, which is spelt so, can be one.
    fn allows(self, value: &str) -> bool {
        match self {
            Self::Token => !value.starts_with(|first: char| first == '-' || first.is_ascii_digit()),
            Self::Name => is_name(value),
            Self::Dotted => is_name(value) && (value.contains('.') || value.contains("::")),
            Self::Inside => !value.is_empty(),
            Self::File => value.rsplit_once('.').is_some_and(|(stem, ending)| {
                !stem.is_empty()
                    && (1..=5).contains(&ending.len())
                    && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }),
            Self::Hexadecimal(length) => value.len() == length,
            Self::Uuid => is_uuid(value),
            Self::Plain | Self::Spans | Self::Digits | Self::Account | Self::Anything => true,
        }
    }
}

/// How many bytes at the front of `text` are spans with fields.
fn spans(text: &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        let rest = text.get(length..)?;
        let name = rest.iter().take_while(|byte| is_word(**byte)).count();
        if name == 0 || rest.get(name) != Some(&b'{') {
            // The colon before what is no span parts them from what follows.
            return length.checked_sub(1);
        }
        let mut is_quoted = false;
        let end = rest.iter().position(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == b'}' && !is_quoted
        })?;
        length += end + 1;
        if text.get(length) != Some(&b':') {
            return None;
        }
        length += 1;
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// What messages begin with, before a colon.
static WORDS_OF_MESSAGES: Words = Words::of(&[
    "failed",
    "exception",
    "traceback",
    "caused",
    "code",
    "connection",
    "duration",
    "file",
    "host",
    "id",
    "key",
    "message",
    "name",
    "path",
    "query",
    "reason",
    "request",
    "response",
    "result",
    "retry",
    "status",
    "token",
    "uri",
    "url",
    "user",
    "value",
]);

/// How the names of hosts and of files end, of which messages tell.
static ENDS_OF_HOSTS_AND_FILES: Words = Words::of(&[
    "com", "org", "net", "io", "dev", "de", "uk", "eu", "local", "internal", "example", "host",
    "c", "h", "js", "ts", "py", "rb", "go", "rs", "java", "html", "css", "json", "xml", "yml",
    "yaml", "txt", "csv", "log", "md", "conf", "ini", "toml", "php", "sh", "sql", "lock", "png",
    "jpg", "pdf", "zip", "gz",
]);

/// How the names of exceptions end, which stand before a colon as well.
const ENDS_OF_EXCEPTIONS: &[&str] =
    &["Exception", "Error", "Throwable", "Failure", "Fault", "Warning"];

/// Whether a word before a colon can be a logger's name: not a level, an exception, or what a
/// sentence begins with.
fn is_name(word: &str) -> bool {
    let bytes = word.as_bytes();
    let has_parts = bytes.iter().any(|byte| matches!(byte, b'.' | b'_'))
        || bytes.windows(2).any(|pair| pair == b"::");
    let begins_small = word.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    let ending = bytes.rsplit(|byte| *byte == b'.').next().unwrap_or(bytes);
    (has_parts || begins_small)
        && word.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && !word.ends_with(['.', '-', '/', ':'])
        && lookup(bytes).is_none()
        && !WORDS_OF_MESSAGES.contains(bytes)
        && !word.ends_with("_id")
        && (ending.len() == bytes.len() || !ENDS_OF_HOSTS_AND_FILES.contains(ending))
        && !ENDS_OF_EXCEPTIONS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{FAMILIES, Shape, TABLE};

    #[test]
    fn every_pattern_compiles_and_stands_once() {
        let mut tree = Tree::default();
        let mut seen: Vec<Vec<Piece>> = Vec::new();
        for format in FAMILIES.iter().copied().flatten() {
            let Shape::Pattern(pattern) = format.shape else { continue };
            let pieces = compile(pattern).unwrap_or_else(|| panic!("{pattern}"));
            assert!(!seen.contains(&pieces), "{pattern} stands twice");
            seen.push(pieces);
            tree.insert(format.name, pattern);
        }
    }

    /// A tree that looks at no byte before it tries a piece.
    fn plain_tree() -> Tree {
        fn open(nodes: &mut [Node]) {
            for node in nodes {
                (node.first, node.following) = (Bytes::ALL, Bytes::ALL);
                open(&mut node.children);
            }
        }
        let mut tree = Tree::default();
        for format in FAMILIES.iter().copied().flatten() {
            if let Shape::Pattern(pattern) = format.shape {
                tree.insert(format.name, pattern);
            }
        }
        open(&mut tree.roots);
        tree
    }

    #[test]
    fn a_look_ahead_changes_no_reading() {
        use proptest::prelude::*;

        let lines = || {
            FAMILIES.iter().copied().flatten().flat_map(|format| {
                let examples = format.examples.iter().map(|example| example.line);
                examples.chain(format.near_misses.iter().copied())
            })
        };
        let parts = lines().flat_map(|line| {
            line.split_inclusive([' ', '[', ']', ':', '\t', '|', '(']).chain([
                "\u{1b}[1m",
                "\u{1b}",
                " ",
                "é",
            ])
        });
        let parts: Vec<&str> = parts.collect();
        let plain = plain_tree();
        let compare = |text: &str| {
            let reference = Reference {
                zone: &jiff::tz::TimeZone::UTC,
                arrival: jiff::Timestamp::constant(1_589_201_100, 0),
            };
            let line = Line::first_of(text);
            let read = |tree: &Tree| format!("{:?}", tree.read(&line, &reference));
            assert_eq!(read(&TABLE.tree), read(&plain), "{text:?}");
        };
        lines().for_each(compare);
        let more = prop::collection::vec(prop::sample::select(parts), 0..12);
        // What begins as an example does comes farther down the tree.
        let begun =
            (prop::sample::select(lines().collect::<Vec<_>>()), any::<prop::sample::Index>());
        proptest!(|((line, cut) in begun, parts in more)| {
            let end = line.floor_char_boundary(cut.index(line.len() + 1));
            compare(&[line.get(..end).unwrap(), &parts.concat()].concat());
            compare(&parts.concat());
        });
    }

    #[test]
    fn patterns_compile_to_their_pieces() {
        assert_eq!(
            compile("[{time}] ~{{-{BARE} "),
            Some(vec![
                Piece::Literal("["),
                Piece::Time,
                Piece::Literal("]"),
                Piece::Blanks,
                Piece::Margin,
                Piece::Literal("{"),
                Piece::Literal("-"),
                Piece::Level(Spelling::Bare),
                Piece::Blanks,
            ])
        );
        for pattern in ["", "{unknown} ", "{time"] {
            assert_eq!(compile(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn names_of_loggers() {
        for name in ["app", "shop.checkout", "__main__", "app::pool", "c.a.Shop", "py.warnings"] {
            assert!(is_name(name), "{name}");
        }
        for word in [
            "Error",
            "ValueError",
            "java.io.IOException",
            "warning",
            "Payment",
            "failed",
            "app.",
            "7days",
            "",
            "DeprecationWarning",
        ] {
            assert!(!is_name(word), "{word}");
        }
    }
}
