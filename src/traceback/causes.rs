//! Exceptions of which each led to the one before it, within the cap, and how they become the flat
//! list of exceptions.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::frames::InnermostFirst;
use super::model::{Exception, MAX_EXCEPTIONS, Relation, Traceback};

/// One exception as printed.
#[derive(Debug, Default)]
pub(super) struct Link<'a> {
    pub(super) exception_type: Option<Cow<'a, str>>,
    pub(super) message: Option<Cow<'a, str>>,
    pub(super) frames: InnermostFirst<'a>,
}

/// Exceptions of which each led to the one before it.
#[derive(Debug, Default)]
pub(super) struct Causes<'a> {
    links: VecDeque<Link<'a>>,
    truncated: bool,
}

impl<'a> Causes<'a> {
    /// Adds what led to the exceptions so far.
    pub(super) fn push_inner(&mut self, link: Link<'a>) {
        if self.links.len() < MAX_EXCEPTIONS {
            self.links.push_back(link);
        } else {
            self.truncated = true;
        }
    }

    /// Adds that to which the exceptions so far led.
    pub(super) fn push_outer(&mut self, link: Link<'a>) {
        if self.links.len() == MAX_EXCEPTIONS {
            self.links.pop_back();
            self.truncated = true;
        }
        self.links.push_front(link);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The exception that escaped.
    pub(super) fn escaped_mut(&mut self) -> Option<&mut Link<'a>> {
        self.links.front_mut()
    }

    /// How many frames all exceptions have.
    pub(super) fn frame_count(&self) -> u64 {
        self.links.iter().map(|link| link.frames.count()).sum()
    }

    /// One exception that had no cause.
    pub(super) fn of(link: Link<'a>) -> Self {
        let mut causes = Self::default();
        causes.push_inner(link);
        causes
    }

    /// The traceback that they are, in which each exception is related to the one before it by
    /// `relation`. It is truncated if a cap has cut anything, and if `is_cut`.
    pub(super) fn into_traceback(
        self,
        language: &'static str,
        relation: Relation,
        is_cut: bool,
    ) -> Traceback<'a> {
        let mut truncated = self.truncated || is_cut;
        let exception = |(id, link): (usize, Link<'a>)| {
            truncated |= link.frames.is_cut();
            Exception {
                id,
                parent: id.checked_sub(1),
                relation: if id == 0 { Relation::Root } else { relation },
                exception_type: link.exception_type,
                message: link.message,
                frame_count: link.frames.count(),
                frames: link.frames.into_frames(),
            }
        };
        let exceptions = self.links.into_iter().enumerate().map(exception).collect();
        Traceback { language, exceptions, truncated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_within_the_cap() {
        let link =
            |n: usize| Link { exception_type: Some(n.to_string().into()), ..Link::default() };
        let types = |causes: Causes<'static>| {
            let Traceback { exceptions, truncated, .. } =
                causes.into_traceback("any", Relation::Cause, false);
            let first = exceptions.first().and_then(|e| e.exception_type.clone());
            let last = exceptions.last().and_then(|e| e.exception_type.clone());
            (first.unwrap(), last.unwrap(), exceptions.len(), truncated)
        };
        let (mut inner, mut outer) = (Causes::default(), Causes::default());
        for n in 0..20 {
            inner.push_inner(link(n));
            outer.push_outer(link(n));
        }
        assert_eq!(types(inner), ("0".into(), "15".into(), MAX_EXCEPTIONS, true));
        assert_eq!(types(outer), ("19".into(), "4".into(), MAX_EXCEPTIONS, true));
    }
}
