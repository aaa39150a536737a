//! What the parser has read, as a tree, and how it becomes the flat list of exceptions.
//!
//! Which exception a line belongs to is told by its indent: one that was suppressed stands deeper
//! than the one that suppressed it, and a cause just as deep as what it caused.

use std::borrow::Cow;

use super::super::frames::InnermostFirst;
use super::super::heads::Named;
use super::super::model::{Exception, Frame, MAX_EXCEPTIONS, Relation};
use super::line::{Caption, Elision};

/// Exceptions that are read before the first of them are chosen; more are not looked at.
const MAX_NODES: usize = 4 * MAX_EXCEPTIONS;

#[derive(Debug)]
struct Node<'a> {
    named: Named<'a>,
    parent: Option<usize>,
    relation: Relation,
    frames: InnermostFirst<'a>,
    /// How many of the parent's outermost frames are also this one's.
    shared: u64,
}

/// The exceptions of one trace.
#[derive(Debug)]
pub(super) struct Trace<'a> {
    nodes: Vec<Node<'a>>,
    /// Exceptions to which another may belong, with their indents: the innermost last.
    open: Vec<(usize, usize)>,
    /// The exception whose lines are read; none for one that is not kept.
    current: Option<usize>,
    pub(super) truncated: bool,
}

impl<'a> Trace<'a> {
    /// A trace whose first exception stands at `indent`.
    pub(super) fn new(indent: usize, named: Named<'a>) -> Self {
        let node = Node {
            named,
            parent: None,
            relation: Relation::Root,
            frames: InnermostFirst::default(),
            shared: 0,
        };
        Self { nodes: vec![node], open: vec![(indent, 0)], current: Some(0), truncated: false }
    }

    /// Begins a further exception, which stands at `indent`.
    pub(super) fn begin(&mut self, indent: usize, caption: Caption, named: Named<'a>) {
        // A suppressed exception belongs to one less deep, a cause to one as deep.
        let is_deeper = matches!(caption, Caption::Below(Relation::Suppressed));
        let limit = if is_deeper { indent } else { indent + 1 };
        while self.open.len() > 1 && self.open.last().is_some_and(|&(depth, _)| depth >= limit) {
            self.open.pop();
        }
        let above = self.open.last().map_or(0, |&(_, above)| above);
        if !is_deeper {
            self.open.pop();
        }
        let (parent, relation) = match caption {
            Caption::Below(relation) => (Some(above), relation),
            // What it wraps was printed in its place.
            Caption::WrappedBy => self
                .nodes
                .get(above)
                .map_or((None, Relation::Root), |node| (node.parent, node.relation)),
        };
        let node = Node { named, parent, relation, frames: InnermostFirst::default(), shared: 0 };
        if self.nodes.len() < MAX_NODES {
            let id = self.nodes.len();
            self.nodes.push(node);
            if caption == Caption::WrappedBy
                && let Some(wrapped) = self.nodes.get_mut(above)
            {
                (wrapped.parent, wrapped.relation) = (Some(id), Relation::Cause);
            }
            self.open.push((indent, id));
            self.current = Some(id);
            return;
        }
        self.truncated = true;
        self.open.push((indent, above));
        self.current = None;
        // What escaped is printed last there, so what it wraps gives way.
        if caption == Caption::WrappedBy
            && let Some(wrapped) = self.nodes.get_mut(above)
        {
            *wrapped = node;
            self.current = Some(above);
        }
    }

    pub(super) fn push(&mut self, frame: Frame<'a>, skipped: u64) {
        self.truncated |= skipped > 0;
        if let Some(node) = self.current_mut() {
            node.frames.push(frame);
            node.frames.skip(skipped);
        }
    }

    pub(super) fn elide(&mut self, elision: Elision) {
        match elision {
            Elision::Shared(count) => {
                if let Some(node) = self.current_mut() {
                    node.shared = node.shared.saturating_add(count);
                }
            }
            Elision::LeftOut(count) => {
                self.truncated = true;
                if let Some(node) = self.current_mut() {
                    node.frames.skip(count);
                }
            }
        }
    }

    /// Whether the exception that is read may have further frames; not so after an elision.
    pub(super) fn is_open(&self) -> bool {
        self.current.and_then(|id| self.nodes.get(id)).is_some_and(|node| node.shared == 0)
    }

    /// Replaces the message of the exception that is read, and forgets its frames.
    pub(super) fn restart(&mut self, message: Option<Cow<'a, str>>) {
        if let Some(node) = self.current_mut() {
            node.named.message = message;
            node.frames = InnermostFirst::default();
        }
    }

    /// Forgets the type of the exception that is read, because its end may be cut off.
    pub(super) fn forget_type(&mut self) {
        self.truncated = true;
        if let Some(node) = self.current_mut() {
            node.named = Named::default();
        }
    }

    /// How many frames were printed, and how many exceptions.
    pub(super) fn size(&self) -> (u64, usize) {
        let frames = self.nodes.iter().map(|node| node.frames.count());
        (frames.fold(0, u64::saturating_add), self.nodes.len())
    }

    fn current_mut(&mut self) -> Option<&mut Node<'a>> {
        self.nodes.get_mut(self.current?)
    }

    /// The exceptions, the one that escaped first, and whether anything is missing.
    pub(super) fn flatten(mut self) -> (Vec<Exception<'a>>, bool) {
        let mut exceptions = Vec::new();
        let mut truncated = self.truncated;
        let Some(root) = self.nodes.iter().position(|node| node.parent.is_none()) else {
            return (exceptions, true);
        };
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (id, node) in self.nodes.iter().enumerate().rev() {
            if let Some(of_parent) = node.parent.and_then(|parent| children.get_mut(parent)) {
                of_parent.push(id);
            }
        }
        // Parents first, so that a parent's frames are whole when its children share them.
        let mut waiting = vec![(root, None)];
        let mut all_frames: Vec<InnermostFirst<'a>> = Vec::new();
        while let Some((id, parent)) = waiting.pop() {
            let Some(node) = self.nodes.get_mut(id) else { continue };
            if exceptions.len() == MAX_EXCEPTIONS {
                truncated = true;
                break;
            }
            let mut frames = std::mem::take(&mut node.frames);
            if node.shared > 0 {
                let enclosing = parent.and_then(|parent: usize| all_frames.get(parent));
                let has_all =
                    enclosing.is_some_and(|enclosing| frames.share(enclosing, node.shared));
                if enclosing.is_none() {
                    frames.skip(node.shared);
                }
                truncated |= !has_all;
            }
            truncated |= frames.is_cut();
            let position = exceptions.len();
            exceptions.push(Exception {
                id: position,
                parent,
                relation: node.relation,
                exception_type: node.named.exception_type.map(Cow::Borrowed),
                message: node.named.message.take(),
                frame_count: frames.count(),
                frames: frames.clone().into_frames(),
            });
            all_frames.push(frames);
            let of_node = children.get_mut(id).map(std::mem::take).unwrap_or_default();
            waiting.extend(of_node.into_iter().map(|child| (child, Some(position))));
        }
        (exceptions, truncated)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    const CAUSE: Caption = Caption::Below(Relation::Cause);
    const SUPPRESSED: Caption = Caption::Below(Relation::Suppressed);

    fn named(exception_type: &str) -> Named<'_> {
        Named { exception_type: Some(exception_type), message: None }
    }

    fn frame(line: u64) -> Frame<'static> {
        Frame { line: Some(line), ..Frame::default() }
    }

    fn shape(trace: Trace<'_>) -> String {
        let (exceptions, truncated) = trace.flatten();
        let mut shape = String::new();
        for exception in exceptions {
            let lines: Vec<_> = exception.frames.iter().filter_map(|frame| frame.line).collect();
            write!(
                shape,
                "{}{} {} {lines:?}/{}; ",
                exception.relation.as_str(),
                exception.parent.map(|parent| parent.to_string()).unwrap_or_default(),
                exception.exception_type.unwrap(),
                exception.frame_count
            )
            .unwrap();
        }
        shape + if truncated { "…" } else { "." }
    }

    #[test]
    fn shared_frames_are_the_enclosing_ones() {
        let mut trace = Trace::new(0, named("A"));
        (1..=3).for_each(|line| trace.push(frame(line), 0));
        trace.begin(8, SUPPRESSED, named("S"));
        trace.push(frame(9), 0);
        trace.elide(Elision::Shared(1));
        trace.begin(8, CAUSE, named("T"));
        trace.elide(Elision::Shared(2));
        trace.begin(0, CAUSE, named("B"));
        trace.push(frame(5), 0);
        trace.elide(Elision::Shared(2));
        assert_eq!(
            shape(trace),
            "root A [1, 2, 3]/3; suppressed0 S [9, 3]/2; cause1 T [9, 3]/2; cause0 B [5, 2, 3]/3; ."
        );
    }

    #[test]
    fn first_cause_first() {
        let mut trace = Trace::new(0, named("A"));
        trace.push(frame(1), 0);
        trace.elide(Elision::Shared(1));
        trace.begin(8, SUPPRESSED, named("S"));
        trace.begin(0, Caption::WrappedBy, named("B"));
        trace.push(frame(2), 0);
        trace.begin(0, Caption::WrappedBy, named("C"));
        trace.push(frame(3), 0);
        assert_eq!(
            shape(trace),
            "root C [3]/1; cause0 B [2]/1; cause1 A [1, 2]/2; suppressed2 S []/0; ."
        );
    }

    #[test]
    fn keeps_the_first_and_what_escaped() {
        let names: Vec<String> = (0..200).map(|n| format!("E{n}")).collect();
        for (caption, first) in [(CAUSE, "root E0 "), (Caption::WrappedBy, "root E199 ")] {
            let mut trace = Trace::new(0, named("E0"));
            for name in &names[1..] {
                trace.begin(0, caption, named(name));
            }
            let shape = shape(trace);
            assert!(shape.starts_with(first) && shape.ends_with('…'), "{shape}");
            assert_eq!(shape.matches(';').count(), MAX_EXCEPTIONS);
        }
    }

    #[test]
    fn missing_frames_are_counted() {
        let mut trace = Trace::new(0, named("A"));
        trace.push(frame(1), 2);
        trace.begin(0, CAUSE, named("B"));
        trace.elide(Elision::Shared(9));
        assert_eq!(shape(trace), "root A [1]/3; cause0 B [1]/9; …");
    }
}
