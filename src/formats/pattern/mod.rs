//! Prefixes as patterns, and all of them as one tree.
//!
//! A pattern is the prefix as it stands, with names in braces where it states something:
//! `{time} [{thread}] {LEVEL} {logger} - `. A blank is one or more blanks, `~` none or more, and the
//! last blank of a pattern may be missing at the end of the line. A terminal's colours may stand
//! between any two pieces. Where patterns have the same beginning they share its nodes; of two that
//! match, the longer one counts, and then the earlier one.

mod level;
mod piece;
mod walk;
mod word;

use super::bytes::Bytes;
use super::{LONGEST_PREFIX, Line, Reading};
use crate::timestamp::Reference;

use piece::{Piece, Value, compile};
use walk::Walk;

#[derive(Debug)]
struct Node {
    piece: Piece,
    children: Vec<Node>,
    /// The format whose pattern ends here.
    format: Option<&'static str>,
    /// What a value is made of.
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
            Piece::Level(spelling) => (Bytes::NONE, spelling.first()),
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
}
