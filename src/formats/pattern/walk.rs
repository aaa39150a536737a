//! The walk along a line and down the tree of patterns.

use std::borrow::Cow;

use super::Node;
use super::piece::{Name, Notation, Piece, Value};
use crate::document::Field;
use crate::formats::scan::{Time, skip_blanks, skip_colours};
use crate::formats::{Key, Line};
use crate::level::Level;
use crate::timestamp::{Clock, Reference};

/// What Postgres calls who has no name yet.
const UNKNOWN: &str = "[unknown]";

/// The walk along a line and down the tree.
pub(super) struct Walk<'r, 't> {
    pub line: &'r Line<'t>,
    pub reference: &'r Reference<'r>,
    pub time: Option<Time<'t>>,
    pub level: Option<Level>,
    pub values: Vec<(Key<'t>, Cow<'t, str>)>,
}

impl<'t> Walk<'_, 't> {
    /// The first of the patterns below `nodes` that `text` begins with, and what follows it.
    pub(super) fn longest(
        &mut self,
        nodes: &[Node],
        text: &'t str,
    ) -> Option<(&'static str, &'t str)> {
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
                let (level, rest) = spelling.take(node.following, text)?;
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
