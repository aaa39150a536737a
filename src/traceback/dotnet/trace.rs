//! What the parser has read, in the order of the text, and how it becomes the flat list of
//! exceptions.

use std::borrow::Cow;

use super::super::frames::InnermostFirst;
use super::super::heads::Named;
use super::super::model::{Exception, Frame, MAX_EXCEPTIONS, Relation};

/// Exceptions and stack traces of one chain that are kept.
const MAX_LENGTH: usize = 2 * MAX_EXCEPTIONS;

/// A stack trace, and the members of the aggregate that it belongs to.
#[derive(Debug, Default)]
struct Section<'a> {
    frames: InnermostFirst<'a>,
    members: Vec<Chain<'a>>,
}

/// An exception with its inner ones. .NET prints all heads from the outside in, and then the stack
/// traces from the inside out.
#[derive(Debug)]
pub(super) struct Chain<'a> {
    heads: Vec<Named<'a>>,
    sections: Vec<Section<'a>>,
    pub(super) truncated: bool,
}

impl<'a> Chain<'a> {
    pub(super) fn new(first: Named<'a>) -> Self {
        Self { heads: vec![first], sections: vec![Section::default()], truncated: false }
    }

    /// Adds the head of the exception that is inside of the last.
    pub(super) fn push_head(&mut self, head: Named<'a>) {
        if self.heads.len() < MAX_LENGTH {
            self.heads.push(head);
        } else {
            self.truncated = true;
        }
    }

    /// The head that was added last.
    pub(super) fn last_head_mut(&mut self) -> Option<&mut Named<'a>> {
        self.heads.last_mut()
    }

    /// Adds the next frame outwards to the stack trace that is read.
    pub(super) fn push_frame(&mut self, frame: Frame<'a>) {
        if let Some(section) = self.sections.last_mut() {
            section.frames.push(frame);
        }
    }

    /// Begins the stack trace of the exception outside of the last.
    pub(super) fn next_section(&mut self) {
        if self.sections.len() < MAX_LENGTH {
            self.sections.push(Section::default());
        } else {
            self.truncated = true;
        }
    }

    /// Adds a member to the aggregate whose stack trace is read.
    pub(super) fn push_member(&mut self, number: u64, member: Self) {
        self.truncated |= member.truncated;
        let inner = self.heads.len().checked_sub(self.sections.len());
        let inner = inner.and_then(|at| self.heads.get(at + 1));
        let repeats = number == 0
            && inner.zip(member.heads.first()).is_some_and(|(inner, member)| {
                inner.exception_type == member.exception_type && inner.message == member.message
            });
        // Mono prints the first member twice: it is also the inner exception.
        if repeats {
            return;
        }
        match self.sections.last_mut() {
            Some(section) if section.members.len() < MAX_EXCEPTIONS => {
                section.members.push(member);
            }
            _ => self.truncated = true,
        }
    }

    /// Whether any stack trace is above the one that is read, or any frame is in that.
    pub(super) fn has_frames(&self) -> bool {
        self.sections.len() > 1 || self.sections.last().is_some_and(|last| !last.frames.is_empty())
    }

    /// How many frames there are, those of members left aside.
    pub(super) fn frame_count(&self) -> u64 {
        self.sections.iter().map(|section| section.frames.count()).fold(0, u64::saturating_add)
    }

    /// Whether there are more stack traces than exceptions, or fewer.
    pub(super) fn is_uneven(&self) -> bool {
        self.heads.len() != self.sections.len()
    }

    /// The exceptions, the one that escaped first, and whether anything is missing.
    pub(super) fn flatten(self) -> (Vec<Exception<'a>>, bool) {
        let mut exceptions = Vec::new();
        let complete = self.flatten_into(None, Relation::Root, &mut exceptions);
        (exceptions, !complete)
    }

    fn flatten_into(
        mut self,
        mut parent: Option<usize>,
        mut relation: Relation,
        exceptions: &mut Vec<Exception<'a>>,
    ) -> bool {
        let mut complete = !self.truncated;
        // Heads that were cut off stood above the others, stack traces below.
        let missing = self.sections.len().saturating_sub(self.heads.len());
        let heads = std::iter::repeat_with(Named::default).take(missing).chain(self.heads);
        let heads: Vec<_> = heads.collect();
        self.sections.resize_with(heads.len(), Section::default);
        let mut aggregates = Vec::new();
        for (head, section) in heads.into_iter().zip(self.sections.into_iter().rev()) {
            if exceptions.len() == MAX_EXCEPTIONS {
                return false;
            }
            complete &= !section.frames.is_cut();
            let id = exceptions.len();
            let is_aggregate =
                head.exception_type.is_some_and(|name| name.ends_with("AggregateException"));
            exceptions.push(Exception {
                id,
                parent,
                relation,
                exception_type: head.exception_type.map(Cow::Borrowed),
                message: head.message,
                frame_count: section.frames.count(),
                frames: section.frames.into_frames(),
            });
            aggregates.push((id, section.members));
            parent = Some(id);
            relation = if is_aggregate { Relation::Member } else { Relation::Cause };
        }
        for (id, members) in aggregates.into_iter().rev() {
            for member in members {
                complete &= member.flatten_into(Some(id), Relation::Member, exceptions);
            }
        }
        complete
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn named(exception_type: &str) -> Named<'_> {
        Named { exception_type: Some(exception_type), message: None }
    }

    fn frame(line: u64) -> Frame<'static> {
        Frame { line: Some(line), ..Frame::default() }
    }

    fn shape(chain: Chain<'_>) -> String {
        let (exceptions, truncated) = chain.flatten();
        let mut shape = String::new();
        for exception in exceptions {
            let lines: Vec<_> = exception.frames.iter().filter_map(|frame| frame.line).collect();
            write!(
                shape,
                "{}{} {} {lines:?}; ",
                exception.relation.as_str(),
                exception.parent.map(|parent| parent.to_string()).unwrap_or_default(),
                exception.exception_type.as_deref().unwrap_or("?"),
            )
            .unwrap();
        }
        shape + if truncated { "…" } else { "." }
    }

    #[test]
    fn stack_traces_belong_to_heads_from_the_right() {
        let mut chain = Chain::new(named("A"));
        chain.push_head(named("B"));
        chain.push_head(named("C"));
        chain.push_frame(frame(3));
        chain.next_section();
        chain.next_section();
        chain.push_frame(frame(1));
        chain.push_frame(frame(9));
        assert_eq!(shape(chain), "root A [1, 9]; cause0 B []; cause1 C [3]; .");
    }

    #[test]
    fn members_belong_to_the_aggregate() {
        let member = |name| {
            let mut member = Chain::new(named(name));
            member.push_frame(frame(5));
            member
        };
        let mut chain = Chain::new(named("A"));
        chain.push_head(named("B.AggregateException"));
        chain.push_head(named("C"));
        chain.push_frame(frame(3));
        chain.next_section();
        chain.push_frame(frame(2));
        chain.push_member(0, member("C"));
        chain.push_member(1, member("D"));
        chain.next_section();
        chain.push_frame(frame(1));
        assert_eq!(
            shape(chain),
            "root A [1]; cause0 B.AggregateException [2]; member1 C [3]; member1 D [5]; ."
        );
    }

    #[test]
    fn heads_that_are_missing_are_the_outer_ones() {
        let mut chain = Chain::new(named("B"));
        chain.push_frame(frame(2));
        chain.next_section();
        chain.push_frame(frame(1));
        assert!(chain.is_uneven());
        assert_eq!(shape(chain), "root ? [1]; cause0 B [2]; .");
    }
}
