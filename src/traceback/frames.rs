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

/// The frames of one exception, pushed in the order in which most languages print them: innermost
/// first.
#[derive(Debug, Clone, Default)]
pub(super) struct InnermostFirst<'a> {
    inner: Vec<Frame<'a>>,
    outer: VecDeque<Frame<'a>>,
    dropped: u64,
    skipped: u64,
}

impl<'a> InnermostFirst<'a> {
    /// Adds the next frame outwards.
    pub(super) fn push(&mut self, frame: Frame<'a>) {
        if self.inner.len() < INNERMOST {
            self.inner.push(frame);
            return;
        }
        if self.outer.len() == OUTERMOST {
            self.outer.pop_front();
            self.dropped += 1;
        }
        self.outer.push_back(frame);
    }

    /// Counts `frames` that were not printed.
    pub(super) fn skip(&mut self, frames: u64) {
        self.skipped = self.skipped.saturating_add(frames);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// Adds `frames`, which were collected from the other end.
    pub(super) fn append(&mut self, frames: OutermostFirst<'a>) {
        self.dropped += frames.dropped;
        self.skipped = self.skipped.saturating_add(frames.skipped);
        frames.into_innermost_first().into_iter().for_each(|frame| self.push(frame));
    }

    /// The innermost frame.
    pub(super) fn first_mut(&mut self) -> Option<&mut Frame<'a>> {
        self.inner.first_mut()
    }

    /// The frame pushed last.
    pub(super) fn last_mut(&mut self) -> Option<&mut Frame<'a>> {
        self.outer.back_mut().or_else(|| self.inner.last_mut())
    }

    /// Whether frames were pushed that are not kept.
    pub(super) fn is_cut(&self) -> bool {
        self.dropped > 0
    }

    /// How many frames there were.
    pub(super) fn count(&self) -> u64 {
        let kept = (self.inner.len() + self.outer.len()) as u64;
        self.skipped.saturating_add(self.dropped).saturating_add(kept)
    }

    /// Adds the `count` outermost frames of `other`, which were printed there only. Returns whether
    /// `other` has so many; those that it has but does not keep are counted.
    pub(super) fn share(&mut self, other: &Self, count: u64) -> bool {
        let missing = count.saturating_sub(other.count());
        let gone = other.dropped.saturating_add(other.skipped);
        let outer = other.outer.len() as u64;
        // Beyond the outer frames stands what is gone, and beyond that the inner ones.
        let from_outer = count.min(outer);
        let from_gone = (count - from_outer).min(gone);
        let from_inner = (count - from_outer - from_gone).min(other.inner.len() as u64);
        self.skip(missing.saturating_add(from_gone));
        let last = |length: usize, of: u64| length.saturating_sub(usize::try_from(of).unwrap_or(0));
        for frame in other.inner.iter().skip(last(other.inner.len(), from_inner)) {
            self.push(frame.clone());
        }
        for frame in other.outer.iter().skip(last(other.outer.len(), from_outer)) {
            self.push(frame.clone());
        }
        missing == 0
    }

    /// The frames kept, innermost first.
    pub(super) fn into_frames(self) -> Vec<Frame<'a>> {
        let mut frames = self.inner;
        frames.extend(self.outer);
        frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn innermost_first_cuts_in_the_middle_too() {
        let mut frames = InnermostFirst::default();
        for line in 1..=1000 {
            frames.push(Frame { line: Some(line), ..Frame::default() });
            assert_eq!(frames.last_mut().and_then(|frame| frame.line), Some(line));
        }
        frames.skip(5);
        assert_eq!((frames.count(), frames.is_cut()), (1005, true));
        let kept: Vec<u64> = frames.into_frames().iter().filter_map(|frame| frame.line).collect();
        assert_eq!(kept, (1..=60).chain(961..=1000).collect::<Vec<_>>());
    }

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

    fn innermost_first(lines: u64) -> InnermostFirst<'static> {
        let mut frames = InnermostFirst::default();
        for line in 1..=lines {
            frames.push(Frame { line: Some(line), ..Frame::default() });
        }
        frames
    }

    fn lines(frames: InnermostFirst<'_>) -> Vec<u64> {
        frames.into_frames().iter().filter_map(|frame| frame.line).collect()
    }

    #[test]
    fn both_orders_keep_the_same() {
        for printed in [0, 3, 60, 61, 100, 101, 1000] {
            let frames = innermost_first(printed);
            let (mut kept, count) = collect(printed);
            // The innermost is the last there and the first here.
            for line in &mut kept {
                *line = printed + 1 - *line;
            }
            assert_eq!((frames.count(), frames.is_cut()), (count, printed > 100));
            assert_eq!(lines(frames), kept);
        }
    }

    #[test]
    fn shares_the_outermost() {
        let table = [
            // Printed, shared, enough, the lines that are shared and their number.
            (5, 2, true, vec![4, 5]),
            (5, 5, true, vec![1, 2, 3, 4, 5]),
            (5, 7, false, vec![1, 2, 3, 4, 5]),
            (0, 1, false, vec![]),
            (70, 12, true, (59..=70).collect()),
            (1000, 2, true, vec![999, 1000]),
            (1000, 50, true, (961..=1000).collect()),
            (1000, 942, true, (59..=60).chain(961..=1000).collect()),
        ];
        for (printed, shared, enough, expected) in table {
            let mut frames = InnermostFirst::default();
            assert_eq!(
                frames.share(&innermost_first(printed), shared),
                enough,
                "{printed} {shared}"
            );
            assert_eq!(frames.count(), shared, "{printed} {shared}");
            assert_eq!(lines(frames), expected, "{printed} {shared}");
        }
    }
}
