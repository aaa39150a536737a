//! The errors of one text while they are read, and how they become the flat list of exceptions.

use std::borrow::Cow;

use super::super::frames::InnermostFirst;
use super::super::model::{Exception, Frame, MAX_EXCEPTIONS, Relation};

/// One error as printed.
#[derive(Debug)]
pub(super) struct Node<'a> {
    parent: Option<usize>,
    relation: Relation,
    pub(super) name: Option<&'a str>,
    pub(super) message: Option<Cow<'a, str>>,
    frames: InnermostFirst<'a>,
    last: Option<Frame<'a>>,
    /// How many frames were hidden after the last of `frames` because the cause prints them, and
    /// those that follow.
    hidden: Option<(u64, InnermostFirst<'a>)>,
}

impl<'a> Node<'a> {
    pub(super) fn push(&mut self, frame: Frame<'a>) {
        if let Some((_, after)) = &mut self.hidden {
            after.push(frame);
        } else {
            self.last = Some(frame.clone());
            self.frames.push(frame);
        }
    }

    /// Notes that `count` frames were hidden here.
    pub(super) fn hide(&mut self, count: u64) {
        self.hidden.get_or_insert_with(|| (count, InnermostFirst::default()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }
}

/// The errors read so far, each after its parent.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    truncated: bool,
}

impl<'a> Tree<'a> {
    /// Adds an error and returns its position. Beyond the cap all share the position after the
    /// last one that is kept.
    pub(super) fn add(&mut self, parent: Option<usize>, relation: Relation) -> usize {
        if self.nodes.len() > MAX_EXCEPTIONS {
            self.nodes.pop();
        }
        self.nodes.push(Node {
            parent,
            relation,
            name: None,
            message: None,
            frames: InnermostFirst::default(),
            last: None,
            hidden: None,
        });
        self.nodes.len() - 1
    }

    pub(super) fn get_mut(&mut self, node: usize) -> Option<&mut Node<'a>> {
        self.nodes.get_mut(node)
    }

    pub(super) fn has_frames(&self) -> bool {
        self.nodes.iter().any(|node| !node.is_empty())
    }

    /// The exceptions, and whether any of them or of their frames are missing.
    pub(super) fn flatten(mut self) -> (Vec<Exception<'a>>, bool) {
        self.truncated |= self.nodes.len() > MAX_EXCEPTIONS;
        self.nodes.truncate(MAX_EXCEPTIONS);
        let mut exceptions: Vec<Exception<'a>> = Vec::new();
        // A cause stands after the error that hides the frames they share, so the last come first.
        while let Some(node) = self.nodes.pop() {
            let id = self.nodes.len();
            let cause = exceptions
                .iter()
                .rev()
                .find(|other| other.parent == Some(id) && other.relation == Relation::Cause);
            let mut frames = node.frames;
            if let Some((count, after)) = node.hidden {
                let shared = shared(cause, node.last.as_ref(), count);
                self.truncated |= (shared.len() as u64) < count;
                frames.skip(count - shared.len() as u64);
                for frame in shared.iter().chain(&after.into_frames()) {
                    frames.push(frame.clone());
                }
            }
            self.truncated |= frames.is_cut();
            exceptions.push(Exception {
                id,
                parent: node.parent,
                relation: node.relation,
                exception_type: node.name.map(Cow::Borrowed),
                message: node.message,
                frame_count: frames.count(),
                frames: frames.into_frames(),
            });
        }
        exceptions.reverse();
        (exceptions, self.truncated)
    }
}

/// The `count` frames of `cause` after the one that equals `last`.
fn shared<'c, 'a>(
    cause: Option<&'c Exception<'a>>,
    last: Option<&Frame<'a>>,
    count: u64,
) -> &'c [Frame<'a>] {
    let shared = || {
        let frames = &cause?.frames;
        let first = frames.iter().position(|frame| Some(frame) == last)? + 1;
        frames.get(first..first.checked_add(usize::try_from(count).ok()?)?)
    };
    shared().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(line: u64) -> Frame<'static> {
        Frame { line: Some(line), ..Frame::default() }
    }

    fn lines(exception: &Exception<'_>) -> Vec<u64> {
        exception.frames.iter().filter_map(|frame| frame.line).collect()
    }

    /// An error with frames 1 and 2, `hidden` ones, and 9; its cause has 0 and 2 to 9.
    fn pair(hidden: u64) -> (Vec<Exception<'static>>, bool) {
        let mut tree = Tree::default();
        let root = tree.add(None, Relation::Root);
        let cause = tree.add(Some(root), Relation::Cause);
        let root = tree.get_mut(root).unwrap();
        root.push(frame(1));
        root.push(frame(2));
        root.hide(hidden);
        root.push(frame(9));
        let cause = tree.get_mut(cause).unwrap();
        for line in [0, 2, 3, 4, 5, 6, 7, 8, 9] {
            cause.push(frame(line));
        }
        tree.flatten()
    }

    #[test]
    fn hidden_frames_are_those_of_the_cause() {
        let (exceptions, truncated) = pair(6);
        assert_eq!(lines(&exceptions[0]), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!((exceptions[0].frame_count, truncated), (9, false));
    }

    #[test]
    fn hidden_frames_that_are_nowhere_are_counted() {
        let (exceptions, truncated) = pair(60);
        assert_eq!(lines(&exceptions[0]), [1, 2, 9]);
        assert_eq!((exceptions[0].frame_count, truncated), (63, true));
    }

    #[test]
    fn parents_stand_before_children() {
        let mut tree = Tree::default();
        let root = tree.add(None, Relation::Root);
        for _ in 0..40 {
            tree.add(Some(root), Relation::Member);
        }
        let (exceptions, truncated) = tree.flatten();
        assert_eq!((exceptions.len(), truncated), (MAX_EXCEPTIONS, true));
        assert!(exceptions.iter().enumerate().all(|(id, exception)| exception.id == id));
    }
}
