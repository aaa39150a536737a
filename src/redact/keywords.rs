//! Finds which of many literals stand in a text, in any ASCII case, in one pass.
//!
//! Five bits of each byte are enough to tell letters apart and to forget their case. For each
//! literal, four neighbouring bytes of it that logs seldom hold (`sswo` of `password`, `eyja` of
//! `eyJa`) are hashed into a bitmap of 16 KiB, as are all four neighbouring bytes of the text. Only
//! at a hit is anything compared.
//!
//! `benches/README.md` tells what else was tried.

use std::ops::Range;

/// The shortest literal.
pub(super) const MIN_LENGTH: usize = 3;

/// How many bytes are looked up together.
const WINDOW: usize = 4;
const LETTERS: usize = 1 << 5;
const INDEX_BITS: u32 = 17;
/// How many words of 64 bits hold a bit for each index.
const BLOCKS: usize = (1 << INDEX_BITS) / 64;
const SECOND_INDEX_BITS: u32 = 15;
const SECOND_BLOCKS: usize = (1 << SECOND_INDEX_BITS) / 64;

/// How often in a thousand bytes of logs each letter comes, with all that shares its five bits:
/// digits count as `p` to `y`, a space as the first.
const COMMONNESS: [u16; LETTERS] = [
    81, 49, 52, 33, 28, 90, 14, 13, 16, 33, 9, 8, 29, 34, 44, 44, 46, 26, 71, 57, 64, 32, 20, 20,
    18, 23, 28, 5, 1, 9, 1, 5,
];

/// A set of literals to look for.
#[derive(Debug)]
pub(super) struct KeywordSet {
    /// One bit for each index that a literal's window has.
    bitmap: Vec<u64>,
    /// The same of another hash.
    second_bitmap: Vec<u64>,
    /// For each block of the bitmap, how many bits are set in those before it.
    ranks: Vec<u32>,
    /// For each set bit, the first of its `windows`; at the end, how many there are.
    firsts: Vec<u32>,
    /// Sorted by index.
    windows: Vec<u32>,
    /// The literal of each window. Apart from the windows, because most hits are only the hash's
    /// and need no more than those, which are few bytes.
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    /// Where in the literal the window begins.
    offset: usize,
    /// Lower case.
    text: Box<[u8]>,
    /// The literal's place in the list from which the set was made.
    ordinal: usize,
}

impl KeywordSet {
    /// A set of literals of at least [`MIN_LENGTH`] bytes. Shorter ones are never found.
    pub(super) fn new<'a>(literals: impl Iterator<Item = &'a str>) -> Self {
        let mut words: Vec<(u32, Word)> = Vec::new();
        for (ordinal, literal) in literals.enumerate() {
            let text: Box<[u8]> = literal.to_ascii_lowercase().into_bytes().into();
            match *text {
                // Any byte may follow the shortest ones.
                [first, second, third] => words.extend((0..32).map(|letter| {
                    let window = letters_of([first, second, third, letter]);
                    (window, Word { offset: 0, text: text.clone(), ordinal })
                })),
                _ => words.extend(
                    rarest_window(&text)
                        .map(|(offset, window)| (window, Word { offset, text, ordinal })),
                ),
            }
        }
        words.sort_unstable_by_key(|(window, _)| index_of(*window));
        let (windows, words): (Vec<_>, Vec<_>) = words.into_iter().unzip();
        let bitmap = bitmap_of(BLOCKS, windows.iter().copied().map(index_of));
        let second_bitmap = bitmap_of(SECOND_BLOCKS, windows.iter().copied().map(second_index_of));
        let mut firsts = Vec::new();
        let mut last = None;
        for (at, index) in windows.iter().copied().map(index_of).enumerate() {
            if last.replace(index) != Some(index) {
                firsts.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        firsts.push(u32::try_from(windows.len()).unwrap_or(u32::MAX));
        let ranks = bitmap.iter().scan(0, |rank, block| {
            let before = *rank;
            *rank += block.count_ones();
            Some(before)
        });
        Self { ranks: ranks.collect(), bitmap, second_bitmap, firsts, windows, words }
    }

    /// Calls `found` with the ordinal of each literal and each place where it stands.
    pub(super) fn for_each(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut from = 0;
        while let Some((at, window)) = self.next_window(text, from) {
            self.compare(text, at, window, &mut found);
            from = at + 1;
        }
        // One of the shortest literals may be the end of the text.
        if let Some(&[first, second, third]) = text.last_chunk::<MIN_LENGTH>() {
            let window = letters_of([first, second, third, 0]);
            self.compare(text, text.len() - MIN_LENGTH, window, &mut found);
        }
    }

    /// The next window, from `from` on, that some literal seems to have, and where it begins.
    // Apart from its caller, so that nothing but the loop's own values takes up registers.
    #[inline(never)]
    fn next_window(&self, text: &[u8], from: usize) -> Option<(usize, u32)> {
        // With the bitmap's length known to the compiler, no bound is checked below.
        let bitmap = self.bitmap.first_chunk::<BLOCKS>()?;
        text.get(from..)?.windows(WINDOW).enumerate().find_map(|(at, bytes)| {
            let window = letters_of(*bytes.first_chunk()?);
            let index = index_of(window);
            (has_bit(bitmap, index) && self.is_known(window)).then_some((from + at, window))
        })
    }

    /// Asks a second hash, since three hits of four are only the first one's.
    fn is_known(&self, window: u32) -> bool {
        has_bit(&self.second_bitmap, second_index_of(window))
    }

    /// Calls `found` with the literals that have `window`, which begins at `at`, and stand there.
    fn compare(&self, text: &[u8], at: usize, window: u32, found: &mut impl FnMut(usize, usize)) {
        for place in self.places_of(index_of(window)) {
            if self.windows.get(place) != Some(&window) {
                continue;
            }
            let Some(word) = self.words.get(place) else { continue };
            let Some(start) = at.checked_sub(word.offset) else { continue };
            let stands = text.get(start..start + word.text.len());
            if stands.is_some_and(|bytes| bytes.eq_ignore_ascii_case(&word.text)) {
                found(word.ordinal, start);
            }
        }
    }

    /// The places of the windows that have the index.
    fn places_of(&self, index: usize) -> Range<usize> {
        let (block, bit) = (index / 64, 1_u64 << (index % 64));
        let bits = self.bitmap.get(block).copied().unwrap_or_default();
        let Some(rank) = self.ranks.get(block).filter(|_| bits & bit != 0) else { return 0..0 };
        let rank = (*rank + (bits & (bit - 1)).count_ones()) as usize;
        let range = self.firsts.get(rank).zip(self.firsts.get(rank + 1));
        range.map_or(0..0, |(start, end)| *start as usize..*end as usize)
    }
}

/// A bit for each index.
fn bitmap_of(blocks: usize, indexes: impl Iterator<Item = usize>) -> Vec<u64> {
    let mut bitmap = vec![0; blocks];
    for index in indexes {
        if let Some(block) = bitmap.get_mut(index / 64) {
            *block |= 1 << (index % 64);
        }
    }
    bitmap
}

fn has_bit(bitmap: &[u64], index: usize) -> bool {
    bitmap.get(index / 64).copied().unwrap_or_default() >> (index % 64) & 1 == 1
}

/// Words of which logs are full: a window should be no part of them.
const COMMON_WORDS: &[u8; 232] = b"gateway workflow program function package service connection \
    connected context message timestamp thread exception request response configuration \
    application version action session content control firefox mozilla linux chrome windows";

static COMMON_WINDOWS: [u32; COMMON_WORDS.len() - WINDOW + 1] = windows_of_common_words();

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a panic is an error")]
const fn windows_of_common_words() -> [u32; COMMON_WORDS.len() - WINDOW + 1] {
    let mut windows = [0; COMMON_WORDS.len() - WINDOW + 1];
    let mut at = 0;
    while at < windows.len() {
        let words = COMMON_WORDS;
        windows[at] = letters_of([words[at], words[at + 1], words[at + 2], words[at + 3]]);
        at += 1;
    }
    windows
}

/// Where in a literal the four bytes begin that logs hold least often, and their letters.
fn rarest_window(literal: &[u8]) -> Option<(usize, u32)> {
    let commonness_of = |bytes: &[u8]| -> u64 {
        let letters = bytes.iter().map(|byte| usize::from(*byte) % LETTERS);
        letters.filter_map(|letter| COMMONNESS.get(letter).copied().map(u64::from)).product()
    };
    let windows = || literal.windows(WINDOW).enumerate();
    let letters = |bytes: &[u8]| bytes.first_chunk().copied().map(letters_of);
    let is_common =
        |bytes: &[u8]| letters(bytes).is_some_and(|window| COMMON_WINDOWS.contains(&window));
    let mut rarest = windows().min_by_key(|(_, bytes)| commonness_of(bytes))?;
    if is_common(rarest.1) {
        let others = windows().filter(|(_, bytes)| !is_common(bytes));
        rarest = others.min_by_key(|(_, bytes)| commonness_of(bytes)).unwrap_or(rarest);
    }
    let (offset, bytes) = rarest;
    Some((offset, letters(bytes)?))
}

/// Five bits of each byte; upper and lower case share them.
const fn letters_of(bytes: [u8; WINDOW]) -> u32 {
    u32::from_le_bytes(bytes) & u32::from_le_bytes([0x1f; WINDOW])
}

/// Where in the bitmap a window has its bit: the upper bits of a multiplicative hash.
fn index_of(window: u32) -> usize {
    // Knuth's factor, the golden ratio of 2^32.
    (window.wrapping_mul(0x9e37_79b1) >> (u32::BITS - INDEX_BITS)) as usize
}

/// The upper bits of another multiplicative hash.
fn second_index_of(window: u32) -> usize {
    (window.wrapping_mul(0x85eb_ca6b) >> (u32::BITS - SECOND_INDEX_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LITERALS: [&str; 7] = ["token", "auth_token", "://", "sk-", "AKIA", "secret", "ecre"];

    fn found(text: &str) -> Vec<usize> {
        let mut ordinals = Vec::new();
        KeywordSet::new(LITERALS.into_iter())
            .for_each(text.as_bytes(), |ordinal, _| ordinals.push(ordinal));
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

    #[test]
    fn any_number_of_literals() {
        let letters = || 'a'..='z';
        let literals: Vec<String> = letters()
            .flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))))
            .collect();
        let set = KeywordSet::new(literals.iter().map(String::as_str));
        for (expected, literal) in literals.iter().enumerate() {
            let mut ordinals = Vec::new();
            set.for_each(format!("_{literal}_").as_bytes(), |ordinal, _| ordinals.push(ordinal));
            assert_eq!(ordinals, [expected], "{literal}");
        }
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
