//! A fixed-size set of rules, small enough to live on the stack.

/// How many rules a detector can hold.
pub(super) const CAPACITY: usize = 768;

const WORDS: usize = CAPACITY / 64;

/// A set of rules of one [`Detector`](super::Detector), by rank. Never allocates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleMask([u64; WORDS]);

impl RuleMask {
    /// The empty set: nothing can be found.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The full set: every rule may run.
    #[must_use]
    pub const fn all() -> Self {
        Self([u64::MAX; WORDS])
    }

    /// Whether no rule is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Whether the sets share a rule.
    #[must_use]
    pub fn intersects(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(word, other)| word & other != 0)
    }

    /// Whether every rule of `other` is in the set.
    pub(super) fn contains_all(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(word, other)| other & !word == 0)
    }

    /// The rules in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut words = self.0;
        words.iter_mut().zip(other.0).for_each(|(word, other)| *word &= other);
        Self(words)
    }

    /// Whether the rule of this rank is in the set.
    pub(super) fn contains(&self, rank: usize) -> bool {
        self.0.get(rank / 64).is_some_and(|word| word >> (rank % 64) & 1 == 1)
    }

    /// Adds every rule of `other`.
    pub(super) fn extend(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }

    /// Adds the rule of this rank; ranks beyond the capacity are not representable.
    pub(super) fn insert(&mut self, rank: usize) {
        debug_assert!(rank < CAPACITY, "a detector never holds more rules than a mask");
        if let Some(word) = self.0.get_mut(rank / 64) {
            *word |= 1 << (rank % 64);
        }
    }

    /// The ranks in the set, ascending.
    pub(super) fn ranks(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(index, mut word)| {
            std::iter::from_fn(move || {
                let bit = word.trailing_zeros() as usize;
                word &= word.checked_sub(1)?;
                Some(index * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_come_back_in_order() {
        let mut mask = RuleMask::none();
        assert!(mask.is_empty());
        for rank in [511, 0, 63, 64, 200] {
            mask.insert(rank);
        }
        assert_eq!(mask.ranks().collect::<Vec<_>>(), [0, 63, 64, 200, 511]);
        assert!(mask.contains(63) && !mask.contains(62) && !mask.contains(CAPACITY));
        assert!(!mask.is_empty());
        assert_eq!(RuleMask::all().ranks().count(), CAPACITY);
    }

    #[test]
    fn intersection_keeps_what_both_hold() {
        let (mut left, mut right) = (RuleMask::none(), RuleMask::none());
        left.insert(3);
        left.insert(100);
        right.insert(100);
        assert_eq!(left.intersection(&right), right);
        assert!(left.intersects(&right));
        assert!(left.contains_all(&right) && !right.contains_all(&left));
        assert!(!left.intersects(&RuleMask::none()));
    }
}
