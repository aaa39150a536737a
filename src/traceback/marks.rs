//! Searches lines for short marks.
//!
//! The searches of the standard library prepare themselves for hostile needles of any length, which
//! takes longer than to look through a line for the few places at which a mark could stand.

use memchr::{memchr_iter, memrchr_iter};

/// What `str` does for any needle, for marks that hold more than blanks.
pub(super) trait Marks {
    /// Whether `mark` stands anywhere.
    fn holds(&self, mark: &str) -> bool;
    /// Where the first `mark` begins.
    fn find_mark(&self, mark: &str) -> Option<usize>;
    /// Where the last `mark` begins.
    fn rfind_mark(&self, mark: &str) -> Option<usize>;
    /// What stands before and after the first `mark`.
    fn split_at_mark(&self, mark: &str) -> Option<(&str, &str)>;
    /// What stands before and after the last `mark`.
    fn rsplit_at_mark(&self, mark: &str) -> Option<(&str, &str)>;
}

impl Marks for str {
    #[inline]
    fn holds(&self, mark: &str) -> bool {
        self.find_mark(mark).is_some()
    }

    #[inline]
    fn find_mark(&self, mark: &str) -> Option<usize> {
        let (letter, begins) = places(self, mark)?;
        memchr_iter(letter, begins).find(|&at| stands_at(self, mark, at))
    }

    #[inline]
    fn rfind_mark(&self, mark: &str) -> Option<usize> {
        let (letter, begins) = places(self, mark)?;
        memrchr_iter(letter, begins).find(|&at| stands_at(self, mark, at))
    }

    #[inline]
    fn split_at_mark(&self, mark: &str) -> Option<(&str, &str)> {
        split(self, mark, self.find_mark(mark)?)
    }

    #[inline]
    fn rsplit_at_mark(&self, mark: &str) -> Option<(&str, &str)> {
        split(self, mark, self.rfind_mark(mark)?)
    }
}

/// The first byte of `mark` that is no blank, and the bytes of `text` among which it is looked for:
/// shifted so that it stands there where `mark` begins in `text`.
#[inline]
fn places<'a>(text: &'a str, mark: &str) -> Option<(u8, &'a [u8])> {
    let blanks = mark.bytes().take_while(|&byte| byte == b' ').count();
    Some((*mark.as_bytes().get(blanks)?, text.as_bytes().get(blanks..)?))
}

#[inline]
fn stands_at(text: &str, mark: &str, at: usize) -> bool {
    text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(mark.as_bytes()))
}

fn split<'a>(text: &'a str, mark: &str, at: usize) -> Option<(&'a str, &'a str)> {
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn answers_like_the_standard_library(
            text in "[ a:é]{0,20}",
            mark in " {0,2}[a:é][ a:é]{0,3}",
        ) {
            let mark = mark.as_str();
            prop_assert_eq!(text.holds(mark), text.contains(mark));
            prop_assert_eq!(text.find_mark(mark), text.find(mark));
            prop_assert_eq!(text.rfind_mark(mark), text.rfind(mark));
            prop_assert_eq!(text.split_at_mark(mark), text.split_once(mark));
            prop_assert_eq!(text.rsplit_at_mark(mark), text.rsplit_once(mark));
        }
    }
}
