//! Reads an error from its first frame on: frames, properties, causes and members, as `inspect`
//! prints them, each two blanks deeper than what holds it.

use super::super::lines::{Line, Lines};
use super::super::message::Message;
use super::super::model::Relation;
use super::line::{FRAME, Name, call, caused_by, hidden, indent, is_caret, is_trailer};
use super::tree::Tree;

/// How far its properties do.
const PROPERTY: usize = 2;
/// Lines that the message of a cause below the frames may have.
const MAX_CAUSE_LINES: usize = 100;
/// Blank lines between an error and what Node prints about itself.
const MAX_BLANK_LINES: usize = 3;

/// Keys under which `inspect` prints the errors that belong to one.
const RELATIONS: &[(&str, Relation)] = &[
    ("[cause]: ", Relation::Cause),
    ("[error]: ", Relation::Cause),
    ("[suppressed]: ", Relation::Suppressed),
];

/// An error whose properties are being read.
#[derive(Debug, Clone, Copy)]
struct Open {
    node: usize,
    indent: usize,
    /// Whether the members of a group are being read.
    in_members: bool,
}

/// A parser that stands at a line.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    text: &'a str,
    lines: Lines<'a>,
    pub(super) tree: Tree<'a>,
    /// The errors with an open brace, the outermost first.
    open: Vec<Open>,
    /// The indent of the error that escaped.
    indent: usize,
    /// Where the last line that was read as part of the error ends.
    pub(super) end: usize,
    /// Whether the text lacks a part, or a cap cut it.
    pub(super) truncated: bool,
    /// A place of which the source was printed, for the first frame that stands there.
    pub(super) source: Option<Source<'a>>,
}

/// A source line, and the place where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// None for whatever file the next frame names.
    pub(super) file: Option<&'a str>,
    pub(super) line: u64,
    pub(super) code: &'a str,
}

impl<'a> Parser<'a> {
    /// A parser of `text` that stands at the line that begins at byte `start`. The head of the
    /// error that escaped has `indent`.
    pub(super) fn new(text: &'a str, start: usize, indent: usize) -> Self {
        Self {
            text,
            lines: Lines::starting_at(text, start),
            tree: Tree::default(),
            open: Vec::new(),
            indent,
            end: start,
            truncated: false,
            source: None,
        }
    }

    /// The lines from the one at which the parser stands.
    pub(super) fn remaining(&self) -> Lines<'a> {
        self.lines.clone()
    }

    fn take(&mut self) {
        if let Some(line) = self.lines.next() {
            self.end = line.end();
        }
    }

    /// Reads what stands below the head of `node`, which escaped, and then its properties if
    /// `opens` says that a brace stood in the head.
    pub(super) fn error(&mut self, node: usize, opens: bool) {
        if opens {
            self.open.push(Open { node, indent: self.indent, in_members: false });
        } else {
            self.frames(node, self.indent);
        }
        self.properties();
        self.causes_below(node);
        self.trailer();
    }

    /// Reads the frames of `node`, whose head has `indent`.
    fn frames(&mut self, node: usize, indent: usize) {
        let is_root = indent == self.indent;
        let mut is_own = true;
        while let Some(line) = self.lines.peek() {
            let mut opens = false;
            if let Some(mut call) = call(line.text).filter(|call| call.indent == indent + FRAME) {
                opens = call.opens;
                let is_source = |source: &mut Source<'_>| {
                    (source.file.is_none() || source.file == call.frame.file.as_deref())
                        && call.frame.line == Some(source.line)
                };
                if let Some(source) = self.source.take_if(is_source) {
                    call.frame.code = Some(source.code.into());
                }
                if let Some(node) = self.tree.get_mut(node).filter(|_| is_own) {
                    node.push(call.frame);
                }
            } else if let Some((count, has_brace)) = hidden(line.text) {
                opens = has_brace;
                if let Some(node) = self.tree.get_mut(node).filter(|_| is_own) {
                    node.hide(count);
                }
            } else if is_root && is_emission(line.text) {
                // Where an event's listener was missing. It is not where the error came from.
                is_own = false;
            } else if !(is_root && is_between_frames(line.text)) {
                break;
            }
            self.take();
            if opens {
                self.open.push(Open { node, indent, in_members: false });
                break;
            }
        }
    }

    /// Reads the lines within the braces that are open.
    fn properties(&mut self) {
        while let Some(&innermost) = self.open.last() {
            let Some(line) = self.lines.peek() else {
                self.truncated = true;
                break;
            };
            let (width, text) = indent(line.text);
            let text = text.trim_end();
            if text.starts_with('}') && self.open.iter().any(|open| open.indent == width) {
                self.close(width);
                self.take();
                continue;
            }
            if width <= self.indent && !text.is_empty() {
                self.truncated = true;
                break;
            }
            self.take();
            self.property(line, width, text, innermost);
        }
        self.open.clear();
    }

    /// Ends the properties of the error with `indent`, and all within it.
    fn close(&mut self, indent: usize) {
        while let Some(open) = self.open.pop() {
            if open.indent == indent {
                break;
            }
        }
    }

    /// Reads a property whose first line was taken.
    fn property(&mut self, line: Line<'a>, width: usize, text: &'a str, innermost: Open) {
        let owner = Open { in_members: false, ..innermost };
        if width == innermost.indent + PROPERTY {
            if let Some(open) = self.open.last_mut() {
                open.in_members = text == "[errors]: [";
            }
            let related = RELATIONS
                .iter()
                .find_map(|(key, relation)| Some((text.strip_prefix(key)?, *relation)));
            if let Some((error, relation)) = related
                && let Some(name) = Name::parse(error)
            {
                self.nested(line, name, width, owner.node, relation);
            }
        } else if innermost.in_members
            && width == innermost.indent + 2 * PROPERTY
            && let Some(name) = Name::parse(text)
        {
            self.nested(line, name, width, owner.node, Relation::Member);
        }
    }

    /// Reads an error within the properties of `parent`, below its head in `line`.
    fn nested(
        &mut self,
        line: Line<'a>,
        name: Name<'a>,
        indent: usize,
        parent: usize,
        relation: Relation,
    ) {
        let node = self.tree.add(Some(parent), relation);
        if name.bracketed {
            self.describe(node, name, Message::new(name.message));
            if name.opens {
                self.open.push(Open { node, indent, in_members: false });
            }
            return;
        }
        let mut message = Message::new(name.message);
        while let Some(next) = self.lines.peek() {
            let (width, text) = self::indent(next.text);
            let is_frame = width == indent + FRAME && call(next.text).is_some();
            if is_frame || (width < indent && !text.is_empty()) {
                break;
            }
            message.push(next.text.get(indent..).unwrap_or_default(), None);
            self.take();
        }
        // The head may be all that was printed.
        self.end = self.end.max(line.end());
        self.describe(node, name, message);
        self.frames(node, indent);
    }

    fn describe(&mut self, node: usize, name: Name<'a>, message: Message<'a>) {
        let (message, cut) = message.finish();
        self.truncated |= cut;
        if let Some(node) = self.tree.get_mut(node) {
            node.name = Some(name.error_type);
            node.message = message;
        }
    }

    /// Reads the causes that stand below the frames of `parent` rather than within braces.
    fn causes_below(&mut self, mut parent: usize) {
        while let Some(line) = self.lines.peek() {
            let Some(name) = caused_by(line.text.trim_end()) else {
                break;
            };
            let node = self.tree.add(Some(parent), Relation::Cause);
            self.take();
            let mut message = Message::new(name.message);
            let mut ahead = self.lines.clone();
            let is_frame = |line: Line<'_>| call(line.text).is_some();
            let is_stop = |line: Line<'_>| is_frame(line) || caused_by(line.text).is_some();
            let lines = ahead.by_ref().take(MAX_CAUSE_LINES).take_while(|&line| !is_stop(line));
            let count = lines.count();
            let first_frame = self.lines.clone().nth(count).filter(|&line| is_frame(line));
            if first_frame.is_some() {
                for _ in 0..count {
                    if let Some(line) = self.lines.peek() {
                        message.push(line.text, None);
                    }
                    self.take();
                }
            }
            self.describe(node, name, message);
            self.frames(node, self.indent);
            self.properties();
            parent = node;
        }
    }

    /// Reads what Node prints below an uncaught error.
    fn trailer(&mut self) {
        let mut ahead = self.lines.clone();
        let mut blank = 0;
        while let Some(line) = ahead.next() {
            if is_trailer(line.text) {
                self.end = line.end();
                self.lines = ahead.clone();
            } else if line.text.trim_end().is_empty() && blank < MAX_BLANK_LINES {
                blank += 1;
            } else {
                break;
            }
        }
    }

    /// Reads the members of a group that Deno prints between the head of `node` and its frames, and
    /// the source below them.
    pub(super) fn members(&mut self, node: usize) {
        while let Some(line) = self.lines.peek()
            && let (FRAME, text) = indent(line.text)
            && let Some(name) = Name::parse(text)
        {
            self.take();
            self.nested(line, name, FRAME, node, Relation::Member);
        }
        let mut ahead = self.lines.clone();
        let caret = ahead.by_ref().nth(1);
        if let Some(caret) = caret.filter(|caret| is_caret(caret.text)) {
            self.end = caret.end();
            self.lines = ahead;
        }
    }

    /// Gives `node` the `name` and the message that stands in the `range` of the text.
    pub(super) fn describe_from(
        &mut self,
        node: usize,
        name: Option<&'a str>,
        range: std::ops::Range<usize>,
    ) {
        let text = self.text.get(range).unwrap_or_default();
        let (message, cut) = Message::new(text.trim_end()).finish();
        self.truncated |= cut;
        if let Some(node) = self.tree.get_mut(node) {
            node.name = name;
            node.message = message;
        }
    }
}

/// Whether the frames below `line` tell where an event was emitted.
fn is_emission(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with("Emitted '") && line.ends_with(" at:")
}

/// Whether frames go on below `line`.
fn is_between_frames(line: &str) -> bool {
    let line = line.trim();
    matches!(line, "From previous event:" | "[... lines matching original stack trace ...]")
}
