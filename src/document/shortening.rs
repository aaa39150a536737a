//! What a document gives up when there is no room for all of it, step by step: first what its
//! stack trace says once more, then the end of the stack trace.

/// How much of a document was given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortening {
    /// Nothing.
    #[default]
    None,
    /// The exceptions of its traceback.
    Exceptions,
    /// The greater part of its stack trace as well. There is nothing more to give up.
    StackTrace,
}

impl Shortening {
    /// What is given up next; `None` when nothing is left.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::None => Some(Self::Exceptions),
            Self::Exceptions => Some(Self::StackTrace),
            Self::StackTrace => None,
        }
    }
}
