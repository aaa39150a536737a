//! Finds which of many literals stand in a text, in any ASCII case, in one pass.
//!
//! Five bits of each byte are enough to tell letters apart and to forget their case, so three
//! bytes make an index of 15 bits into a bitmap of 4 KiB. Only at a hit is anything compared.
//!
//! Measured on 3 MB of JSON logs, against one `serde_json::Value` parse and write of the same
//! bytes: all anchors took 1.07 with an overlapping Aho-Corasick automaton (one dependent load a
//! byte) in this one's place, and 0.55 with it; and the set is built in 0.1 instead of 0.9 ms.

/// The shortest literal.
pub(super) const MIN_LENGTH: usize = 3;

const INDEXES: usize = 1 << 15;

/// A set of literals to look for.
#[derive(Debug)]
pub(super) struct KeywordSet {
    /// Lower case, sorted by index.
    words: Vec<Word>,
    /// One bit for each index with which a literal begins.
    bitmap: Vec<u64>,
    /// For each index, how many `words` have a lesser one.
    starts: Vec<u16>,
}

#[derive(Debug)]
struct Word {
    index: usize,
    text: Box<[u8]>,
    /// The literal's place in the list from which the set was made.
    ordinal: usize,
}

impl KeywordSet {
    /// A set of literals of at least [`MIN_LENGTH`] bytes. Shorter ones are never found.
    pub(super) fn new<'a>(literals: impl Iterator<Item = &'a str>) -> Self {
        let mut words: Vec<_> = literals
            .enumerate()
            .filter(|(_, literal)| literal.len() >= MIN_LENGTH)
            .map(|(ordinal, literal)| {
                let text: Box<[u8]> = literal.to_ascii_lowercase().into_bytes().into();
                Word {
                    index: index_at(&text, 0).unwrap_or_default(),
                    text,
                    ordinal,
                }
            })
            .collect();
        words.sort_by_key(|word| word.index);
        let mut bitmap = vec![0_u64; INDEXES / 64];
        for Word { index, .. } in &words {
            if let Some(bits) = bitmap.get_mut(index / 64) {
                *bits |= 1 << (index % 64);
            }
        }
        let mut starts = vec![0_u16; INDEXES + 1];
        for Word { index, .. } in &words {
            if let Some(count) = starts.get_mut(index + 1) {
                *count += 1;
            }
        }
        starts.iter_mut().fold(0, |sum, count| {
            *count += sum;
            *count
        });
        Self {
            words,
            bitmap,
            starts,
        }
    }

    /// Calls `found` with the ordinal of each literal at each place where it stands.
    pub(super) fn for_each(&self, text: &[u8], mut found: impl FnMut(usize)) {
        // With the bitmap's length known to the compiler, no bound is checked below.
        let Some(bitmap) = self.bitmap.first_chunk::<{ INDEXES / 64 }>() else {
            return;
        };
        let mut rolling = 0;
        for (end, byte) in text.iter().enumerate() {
            rolling = (rolling << 5 | usize::from(byte & 31)) & (INDEXES - 1);
            let bits = bitmap.get(rolling / 64).copied().unwrap_or_default();
            if bits >> (rolling % 64) & 1 == 1 && end + 1 >= MIN_LENGTH {
                self.compare(text, end + 1 - MIN_LENGTH, &mut found);
            }
        }
    }

    /// The literals that stand at `at`.
    fn compare(&self, text: &[u8], at: usize, found: &mut impl FnMut(usize)) {
        let Some(index) = index_at(text, at) else {
            return;
        };
        let (Some(start), Some(end)) = (self.starts.get(index), self.starts.get(index + 1)) else {
            return;
        };
        let words = self
            .words
            .get(usize::from(*start)..usize::from(*end))
            .unwrap_or_default();
        for word in words {
            let stands = text.get(at..at + word.text.len());
            if stands.is_some_and(|bytes| bytes.eq_ignore_ascii_case(&word.text)) {
                found(word.ordinal);
            }
        }
    }
}

fn index_at(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..at + MIN_LENGTH)? {
        [first, second, third] => Some(index_of(*first, *second, *third)),
        _ => None,
    }
}

/// Five bits of each of three bytes; upper and lower case share them.
fn index_of(first: u8, second: u8, third: u8) -> usize {
    usize::from(first & 31) << 10 | usize::from(second & 31) << 5 | usize::from(third & 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LITERALS: [&str; 7] = [
        "token",
        "auth_token",
        "://",
        "sk-",
        "AKIA",
        "secret",
        "ecre",
    ];

    fn found(text: &str) -> Vec<usize> {
        let mut ordinals = Vec::new();
        KeywordSet::new(LITERALS.into_iter())
            .for_each(text.as_bytes(), |ordinal| ordinals.push(ordinal));
        ordinals.sort_unstable();
        ordinals.dedup();
        ordinals
    }

    #[test]
    fn overlapping_literals_in_any_case() {
        assert_eq!(found("x AUTH_Token"), [0, 1]);
        assert_eq!(found("SECRET"), [5, 6]);
        assert_eq!(found("a://sk-"), [2, 3]);
        assert_eq!(found("akia"), [4]);
        // Bytes that share five bits with a letter are told apart by the comparison.
        assert_eq!(found("\u{14}oken zOO tok"), [0; 0]);
        assert_eq!(found(""), [0; 0]);
    }

    proptest! {
        #[test]
        fn finds_what_a_naive_search_finds(
            text in "([a-z:/ _é-]|token|AUTH_|sk-|://|secret|AkiA){0,12}"
        ) {
            let lower = text.to_ascii_lowercase();
            let naive: Vec<_> = (0..LITERALS.len())
                .filter(|ordinal| lower.contains(&LITERALS[*ordinal].to_ascii_lowercase()))
                .collect();
            prop_assert_eq!(found(&text), naive);
        }
    }
}
