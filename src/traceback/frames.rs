//! Collects the frames of one exception within the cap.
//!
//! A runaway recursion prints thousands of frames that say nothing new. Kept are the sixty
//! innermost, where the fault is, and the forty outermost, where it began; memory stays bounded
//! while the text is read, and the number of frames stays the true one.

use std::collections::VecDeque;

use super::model::Frame;

/// Innermost frames that are kept.
const INNERMOST: usize = 60;
/// Outermost frames that are kept.
const OUTERMOST: usize = 40;

/// The frames of one exception, pushed in the order in which Python prints them: outermost first.
#[derive(Debug, Default)]
pub(super) struct OutermostFirst<'a> {
    outer: Vec<Frame<'a>>,
    inner: VecDeque<Frame<'a>>,
    dropped: u64,
    skipped: u64,
}

impl<'a> OutermostFirst<'a> {
    /// Adds the next frame inwards.
    pub(super) fn push(&mut self, frame: Frame<'a>) {
        if self.outer.len() < OUTERMOST {
            self.outer.push(frame);
            return;
        }
        if self.inner.len() == INNERMOST {
            self.inner.pop_front();
            self.dropped += 1;
        }
        self.inner.push_back(frame);
    }

    /// Counts `frames` that were not printed.
    pub(super) fn skip(&mut self, frames: u64) {
        self.skipped = self.skipped.saturating_add(frames);
    }

    /// The frame pushed last.
    pub(super) fn last_mut(&mut self) -> Option<&mut Frame<'a>> {
        self.inner.back_mut().or_else(|| self.outer.last_mut())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.outer.is_empty()
    }

    /// Whether frames were pushed that are not kept.
    pub(super) fn is_cut(&self) -> bool {
        self.dropped > 0
    }

    /// How many frames there were.
    pub(super) fn count(&self) -> u64 {
        let kept = (self.outer.len() + self.inner.len()) as u64;
        self.skipped.saturating_add(self.dropped + kept)
    }

    /// The frames kept, innermost first.
    pub(super) fn into_innermost_first(self) -> Vec<Frame<'a>> {
        let mut frames = self.outer;
        frames.extend(self.inner);
        frames.reverse();
        frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(lines: u64) -> (Vec<u64>, u64) {
        let mut frames = OutermostFirst::default();
        for line in 1..=lines {
            frames.push(Frame { line: Some(line), ..Frame::default() });
        }
        let count = frames.count();
        (frames.into_innermost_first().iter().filter_map(|frame| frame.line).collect(), count)
    }

    #[test]
    fn keeps_all_up_to_the_cap() {
        assert_eq!(collect(3), (vec![3, 2, 1], 3));
        let (kept, count) = collect(100);
        assert_eq!((kept, count), ((1..=100).rev().collect(), 100));
    }

    #[test]
    fn cuts_in_the_middle() {
        let (kept, count) = collect(1000);
        let expected: Vec<u64> = (941..=1000).rev().chain((1..=40).rev()).collect();
        assert_eq!(kept, expected);
        assert_eq!(count, 1000);
    }

    #[test]
    fn last_is_the_one_pushed_last() {
        let mut frames = OutermostFirst::default();
        assert!(frames.is_empty() && frames.last_mut().is_none());
        for line in 1..=101 {
            frames.push(Frame { line: Some(line), ..Frame::default() });
            assert_eq!(frames.last_mut().and_then(|frame| frame.line), Some(line));
        }
    }
}
