//! What the parser has read, in the order of the text, and how it becomes the flat list of
//! exceptions.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::super::frames::OutermostFirst;
use super::super::model::{Exception, MAX_EXCEPTIONS, Relation};

/// One exception as printed.
#[derive(Debug, Default)]
pub(super) struct Block<'a> {
    pub(super) exception_type: Option<&'a str>,
    pub(super) message: Option<Cow<'a, str>>,
    pub(super) frames: OutermostFirst<'a>,
    /// The exceptions that it groups, each with its own chain.
    pub(super) members: Vec<Chain<'a>>,
}

/// Exceptions that led to each other. Python prints the first cause first and the exception that
/// escaped last.
#[derive(Debug, Default)]
pub(super) struct Chain<'a> {
    /// The last blocks, as many as can be kept.
    blocks: VecDeque<Block<'a>>,
    /// How each block relates to the one after it; the last entry may lack that.
    relations: VecDeque<Relation>,
    /// Whether blocks were dropped.
    pub(super) truncated: bool,
}

impl<'a> Chain<'a> {
    /// Adds the next block as printed.
    pub(super) fn push(&mut self, block: Block<'a>) {
        if self.blocks.len() == MAX_EXCEPTIONS {
            self.blocks.pop_front();
            self.relations.pop_front();
            self.truncated = true;
        }
        self.blocks.push_back(block);
    }

    /// Says how the block pushed last relates to the one that will be pushed next.
    /// Nothing relates to anything while there is no block.
    pub(super) fn connect(&mut self, relation: Relation) {
        if !self.blocks.is_empty() {
            self.relations.push_back(relation);
        }
    }

    /// Puts `earlier` before the blocks, all of which it led to.
    pub(super) fn prepend(&mut self, earlier: Self) {
        *self = earlier.followed_by(std::mem::take(self));
    }

    fn followed_by(mut self, later: Self) -> Self {
        self.truncated |= later.truncated;
        let mut relations = later.relations.into_iter();
        for block in later.blocks {
            self.push(block);
            self.relations.extend(relations.next());
        }
        self
    }

    /// Whether any block has a frame, members left aside.
    pub(super) fn has_frames(&self) -> bool {
        self.blocks.iter().any(|block| !block.frames.is_empty())
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut Block<'a>> {
        self.blocks.back_mut()
    }

    /// The exceptions of the chain, the one that escaped first, and whether any of them or of their
    /// frames were dropped.
    pub(super) fn flatten(self) -> (Vec<Exception<'a>>, bool) {
        let mut exceptions = Vec::new();
        let complete = self.flatten_into(None, Relation::Root, &mut exceptions);
        (exceptions, !complete)
    }

    /// Appends the chain: its last block under `parent`, then its members, then what led to it.
    /// Returns whether nothing was dropped.
    fn flatten_into(
        mut self,
        parent: Option<usize>,
        relation: Relation,
        exceptions: &mut Vec<Exception<'a>>,
    ) -> bool {
        let mut complete = !self.truncated;
        let (mut parent, mut relation) = (parent, relation);
        // A connection after which nothing was printed.
        self.relations.truncate(self.blocks.len().saturating_sub(1));
        while let Some(block) = self.blocks.pop_back() {
            if exceptions.len() == MAX_EXCEPTIONS {
                return false;
            }
            complete &= !block.frames.is_cut();
            let id = exceptions.len();
            exceptions.push(Exception {
                id,
                parent,
                relation,
                exception_type: block.exception_type.map(Cow::Borrowed),
                message: block.message,
                frame_count: block.frames.count(),
                frames: block.frames.into_innermost_first(),
            });
            for member in block.members {
                complete &= member.flatten_into(Some(id), Relation::Member, exceptions);
            }
            parent = Some(id);
            relation = self.relations.pop_back().unwrap_or(Relation::Context);
        }
        complete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(name: &str) -> Block<'_> {
        Block { exception_type: Some(name), ..Block::default() }
    }

    fn shape(chain: Chain<'_>) -> Vec<(String, Option<usize>, Relation)> {
        let (exceptions, _) = chain.flatten();
        let shape = |exception: Exception<'_>| {
            (exception.exception_type.unwrap().into_owned(), exception.parent, exception.relation)
        };
        exceptions.into_iter().map(shape).collect()
    }

    #[test]
    fn last_block_comes_first() {
        let mut member = Chain::default();
        member.push(block("M"));
        let mut chain = Chain::default();
        chain.push(block("A"));
        chain.connect(Relation::Cause);
        chain.push(Block { members: vec![member], ..block("B") });
        chain.connect(Relation::Context);
        chain.push(block("C"));
        let expected = [
            ("C".to_owned(), None, Relation::Root),
            ("B".to_owned(), Some(0), Relation::Context),
            ("M".to_owned(), Some(1), Relation::Member),
            ("A".to_owned(), Some(1), Relation::Cause),
        ];
        assert_eq!(shape(chain), expected);
    }

    #[test]
    fn keeps_the_last_blocks() {
        let names: Vec<String> = (0..40).map(|n| format!("E{n}")).collect();
        let mut chain = Chain::default();
        for (n, name) in names.iter().enumerate() {
            chain.push(block(name));
            chain.connect(if n % 2 == 0 { Relation::Cause } else { Relation::Context });
        }
        assert!(chain.truncated);
        let shape = shape(chain);
        assert_eq!(shape.len(), MAX_EXCEPTIONS);
        assert_eq!(shape[0], ("E39".to_owned(), None, Relation::Root));
        assert_eq!(shape[1], ("E38".to_owned(), Some(0), Relation::Cause));
        assert_eq!(shape[2], ("E37".to_owned(), Some(1), Relation::Context));
    }

    #[test]
    fn prepending_keeps_the_order() {
        let mut earlier = Chain::default();
        earlier.push(block("A"));
        earlier.connect(Relation::Cause);
        let mut chain = Chain::default();
        chain.push(block("B"));
        chain.connect(Relation::Context);
        chain.push(block("C"));
        chain.prepend(earlier);
        let names: Vec<_> = shape(chain).into_iter().map(|(name, _, how)| (name, how)).collect();
        let expected = [("C", Relation::Root), ("B", Relation::Context), ("A", Relation::Cause)];
        assert_eq!(names, expected.map(|(name, how)| (name.to_owned(), how)));
    }
}
