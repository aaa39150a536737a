//! Finds which of many literals stand in a text, in any ASCII case, in one pass.
//!
//! Five bits of each byte are enough to tell letters apart and to forget their case. Each literal
//! hangs on three neighbouring letters of it, its core, which are chosen so that logs seldom hold
//! them (`swo` of `password`). The text is looked at in windows of four letters that begin at every
//! second byte, so that a core stands either at a window's beginning or at its end, and the fourth
//! letter is the literal's next or the one before. A bit for each possible window says whether
//! anything has to be compared.
//!
//! `benches/README.md` tells what else was tried.

use std::ops::Range;

/// The shortest literal, and the length of a core.
pub(super) const MIN_LENGTH: usize = 3;

/// How many bytes are looked up together.
const WINDOW: usize = 4;
const LETTER_BITS: u32 = 5;
const LETTERS: u16 = 1 << LETTER_BITS;
/// How many cores there may be.
const CORES: usize = 1 << (3 * LETTER_BITS);
/// How long the list of windows is: any `u16` is an index, of which only cores are used.
const BEGINNINGS: usize = 1 << u16::BITS;
/// How many windows are looked up before anything is decided.
const GROUP: usize = 4;
/// How many bytes become windows before any is looked up: enough for vector instructions, and few,
/// because the last block of a text is looked at as a whole.
const BLOCK: usize = 64;
/// A block with what its last windows reach beyond it.
type Block = [u8; BLOCK + WINDOW];

/// How often in a thousand bytes of logs each letter comes, with all that shares its five bits:
/// digits count as `p` to `y`, a space as the first.
const COMMONNESS: [u16; 1 << LETTER_BITS] = [
    81, 49, 52, 33, 28, 90, 14, 13, 16, 33, 9, 8, 29, 34, 44, 44, 46, 26, 71, 57, 64, 32, 20, 20,
    18, 23, 28, 5, 1, 9, 1, 5,
];

/// A set of literals to look for.
#[derive(Debug)]
pub(super) struct KeywordSet {
    /// For the first three letters of a window, the fourth letters with which it may belong to a
    /// literal, one bit each.
    fourths: Vec<u32>,
    /// For each core, the first of its `words`; at the end, how many there are.
    firsts: Vec<u32>,
    /// Sorted by core.
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    core: u16,
    /// Where in the literal the core begins.
    offset: usize,
    /// What stands around the core, which settles nearly all comparisons.
    surroundings: Surroundings,
    /// Whether there is more of the literal than those, or a byte that looks like none.
    reaches_further: bool,
    /// Lower case.
    text: Box<[u8]>,
    /// The literal's place in the list from which the set was made.
    ordinal: usize,
}

impl KeywordSet {
    /// A set of literals of at least [`MIN_LENGTH`] bytes. Shorter ones are never found.
    pub(super) fn new<'a>(literals: impl Iterator<Item = &'a str>) -> Self {
        let mut fourths = vec![0; BEGINNINGS];
        let mut words = Vec::new();
        for (ordinal, literal) in literals.enumerate() {
            let text: Box<[u8]> = literal.to_ascii_lowercase().into_bytes().into();
            if let Some(core) = Core::rarest(&text) {
                core.add_windows(&mut fourths);
                let surroundings = Surroundings::of(&text, core.offset);
                let (core, offset) = (core.index(), core.offset);
                let reaches_further = offset > Surroundings::BEFORE
                    || text.len() - offset > Surroundings::LENGTH - Surroundings::BEFORE
                    || text.contains(&0);
                words.push(Word { core, offset, surroundings, reaches_further, text, ordinal });
            }
        }
        words.sort_unstable_by_key(|word| word.core);
        let mut firsts = vec![0; CORES + 1];
        for word in &words {
            if let Some(count) = firsts.get_mut(usize::from(word.core) + 1) {
                *count += 1;
            }
        }
        let mut first = 0;
        for count in &mut firsts {
            first += *count;
            *count = first;
        }
        Self { fourths, firsts, words }
    }

    /// Calls `found` with the ordinal of each literal and each place where it stands.
    pub(super) fn for_each(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let mut padded;
        for start in (0..text.len().saturating_sub(MIN_LENGTH - 1)).step_by(BLOCK) {
            let rest = text.get(start..).unwrap_or_default();
            let windows = if let Some(block) = rest.first_chunk() {
                Windows::new(block)
            } else {
                padded = [0; BLOCK + WINDOW];
                if let Some(padded) = padded.get_mut(..rest.len()) {
                    padded.copy_from_slice(rest);
                }
                Windows::new(&padded)
            };
            let end = rest.len().min(BLOCK).div_ceil(2 * GROUP);
            let mut from = 0;
            while let Some(group) = self.next_group(&windows, from..end) {
                for (at, beginning, fourth) in windows.group(group) {
                    if may_have(self.fourths.get(usize::from(beginning)), fourth) {
                        let last =
                            (beginning >> LETTER_BITS) | ((fourth % LETTERS) << (2 * LETTER_BITS));
                        self.compare(text, start + at, beginning, &mut found);
                        self.compare(text, start + at + 1, last, &mut found);
                    }
                }
                from = group + 1;
            }
        }
    }

    /// The first of these groups of windows of which a literal may have one.
    // Apart from its caller, so that nothing but the loop's own values takes up registers.
    #[inline(never)]
    fn next_group(&self, windows: &Windows, groups: Range<usize>) -> Option<usize> {
        // With the length known to the compiler, no bound is checked below.
        let fourths = self.fourths.first_chunk::<BEGINNINGS>()?;
        let may_have = |(beginning, fourth): (&u16, &u16)| {
            may_have(fourths.get(usize::from(*beginning)), *fourth)
        };
        let beginnings = windows.beginnings.as_chunks::<GROUP>().0.get(groups.clone())?;
        let ends = windows.fourths.as_chunks::<GROUP>().0.get(groups.clone())?;
        let group = beginnings
            .iter()
            .zip(ends)
            .position(|(beginnings, fourths)| beginnings.iter().zip(fourths).any(may_have))?;
        Some(groups.start + group)
    }

    /// Calls `found` with the literals that have `core`, which begins at `at`, and stand there.
    fn compare(&self, text: &[u8], at: usize, core: u16, found: &mut impl FnMut(usize, usize)) {
        let core = usize::from(core);
        let Some(&[first, end]) = self.firsts.get(core..core + 2).and_then(<[u32]>::first_chunk)
        else {
            return;
        };
        let words = self.words.get(first as usize..end as usize).unwrap_or_default();
        if words.is_empty() {
            return;
        }
        let around = Surroundings::around(text, at);
        for word in words.iter().filter(|word| word.surroundings.are(around)) {
            let Some(start) = at.checked_sub(word.offset) else { continue };
            let stands = || text.get(start..start + word.text.len());
            if !word.reaches_further
                || stands().is_some_and(|bytes| bytes.eq_ignore_ascii_case(&word.text))
            {
                found(word.ordinal, start);
            }
        }
    }
}

/// The bytes of a literal around its core, and which bits of them tell it from others: none of
/// those that are not its own, and of a letter not the one that says its case.
#[derive(Debug)]
struct Surroundings {
    bytes: u128,
    telling: u128,
}

impl Surroundings {
    /// How many of them come before the core's first letter.
    const BEFORE: usize = 8;
    const LENGTH: usize = size_of::<u128>();

    /// Those of `literal`, whose core begins at `offset`.
    fn of(literal: &[u8], offset: usize) -> Self {
        let bits = |byte: u8| if byte.is_ascii_alphabetic() { !0x20 } else { u8::MAX };
        Self {
            bytes: Self::padded(literal, offset, |byte| byte & bits(byte)),
            telling: Self::padded(literal, offset, bits),
        }
    }

    /// Those of a core in a text that begins at `at`.
    fn around(text: &[u8], at: usize) -> u128 {
        let whole = at.checked_sub(Self::BEFORE).and_then(|start| text.get(start..)?.first_chunk());
        match whole {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => Self::padded(text, at, |byte| byte),
        }
    }

    /// What `part` makes of the bytes around `at`, and zeros where there are none.
    fn padded(text: &[u8], at: usize, part: impl Fn(u8) -> u8) -> u128 {
        let mut bytes = [0; Self::LENGTH];
        let (start, skipped) = (at.saturating_sub(Self::BEFORE), Self::BEFORE.saturating_sub(at));
        let there = text.get(start..).unwrap_or_default();
        bytes.iter_mut().skip(skipped).zip(there).for_each(|(to, from)| *to = part(*from));
        u128::from_le_bytes(bytes)
    }

    fn are(&self, around: u128) -> bool {
        around & self.telling == self.bytes
    }
}

/// Whether the window with this fourth letter is among `fourths`.
fn may_have(fourths: Option<&u32>, fourth: u16) -> bool {
    fourths.is_some_and(|fourths| fourths >> (fourth % LETTERS) & 1 == 1)
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

/// Five bits of each byte; upper and lower case share them.
const fn letters_of(bytes: [u8; WINDOW]) -> u32 {
    u32::from_le_bytes(bytes) & u32::from_le_bytes([0x1f; WINDOW])
}

/// A literal's core, and the letters between which it stands there: none where the literal ends,
/// so that it may be any.
struct Core {
    /// Where in the literal it begins.
    offset: usize,
    before: Option<u8>,
    letters: [u8; MIN_LENGTH],
    after: Option<u8>,
}

impl Core {
    /// The core whose windows logs hold least often.
    fn rarest(literal: &[u8]) -> Option<Self> {
        let cores = || (0..literal.len()).filter_map(|offset| Self::at(literal, offset));
        let rarest = cores().min_by_key(Self::commonness)?;
        if !rarest.is_in_common_words() {
            return Some(rarest);
        }
        let others = cores().filter(|core| !core.is_in_common_words());
        others.min_by_key(Self::commonness).or(Some(rarest))
    }

    fn at(literal: &[u8], offset: usize) -> Option<Self> {
        let (before, rest) = literal.split_at_checked(offset)?;
        let (letters, after) = rest.split_first_chunk()?;
        let (before, after) = (before.last().copied(), after.first().copied());
        Some(Self { offset, before, letters: *letters, after })
    }

    /// How often in some trillion windows of logs one of the two comes.
    fn commonness(&self) -> u64 {
        let of_letter = |letter: u8| {
            COMMONNESS.get(usize::from(self::letter(letter))).copied().map_or(1000, u64::from)
        };
        let of_letters: u64 = self.letters.into_iter().map(of_letter).product();
        let of_neighbour = |letter: Option<u8>| letter.map_or(1000, of_letter);
        of_letters * (of_neighbour(self.before) + of_neighbour(self.after))
    }

    fn is_in_common_words(&self) -> bool {
        let [first, second, third] = self.letters;
        let is_common = |window| COMMON_WINDOWS.contains(&letters_of(window));
        self.before.is_some_and(|before| is_common([before, first, second, third]))
            || self.after.is_some_and(|after| is_common([first, second, third, after]))
    }

    fn index(&self) -> u16 {
        let [first, second, third] = self.letters.map(letter);
        first | second << LETTER_BITS | third << (2 * LETTER_BITS)
    }

    /// Sets the bits of both windows.
    fn add_windows(&self, fourths: &mut [u32]) {
        let mut add = |window: u16, bits: u32| {
            if let Some(fourths) = fourths.get_mut(usize::from(window)) {
                *fourths |= bits;
            }
        };
        let [first, second, third] = self.letters.map(letter);
        add(self.index(), self.after.map_or(u32::MAX, |after| 1 << letter(after)));
        let pair = first << LETTER_BITS | second << (2 * LETTER_BITS);
        match self.before {
            Some(before) => add(letter(before) | pair, 1 << third),
            None => (0..LETTERS).for_each(|before| add(before | pair, 1 << third)),
        }
    }
}

/// The windows of a block, one at every second byte.
struct Windows {
    /// The first three letters of each.
    beginnings: [u16; BLOCK / 2],
    /// The fourth byte of each.
    fourths: [u16; BLOCK / 2],
}

impl Windows {
    // One plain loop over arrays, which the compiler turns into vector instructions.
    fn new(block: &Block) -> Self {
        let pairs = block.as_chunks::<2>().0;
        let nexts = pairs.get(1..).unwrap_or_default();
        let mut windows = Self { beginnings: [0; BLOCK / 2], fourths: [0; BLOCK / 2] };
        let Self { beginnings, fourths } = &mut windows;
        let both = beginnings.iter_mut().zip(fourths);
        for ((beginning, fourth), (pair, next)) in both.zip(pairs.iter().zip(nexts)) {
            let (pair, next) = (u16::from_le_bytes(*pair), u16::from_le_bytes(*next));
            *beginning = pair & 0x1f | pair >> 3 & 0x3e0 | (next & 0x1f) << 10;
            *fourth = next >> 8;
        }
        windows
    }

    /// Where in the block each window of a group begins, its first three letters and its last.
    fn group(&self, group: usize) -> impl Iterator<Item = (usize, u16, u16)> {
        let windows = self.beginnings.iter().zip(&self.fourths).enumerate();
        windows
            .skip(group * GROUP)
            .take(GROUP)
            .map(|(at, (beginning, fourth))| (2 * at, *beginning, *fourth))
    }
}

/// Five bits of a byte; upper and lower case share them.
fn letter(byte: u8) -> u16 {
    u16::from(byte) % LETTERS
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

    #[test]
    fn long_literals_are_compared_beyond_their_surroundings() {
        let literal = "a_long_name_with_qxz_within_and_more_behind";
        let set = KeywordSet::new([literal].into_iter());
        let count = |text: &str| {
            let mut count = 0;
            set.for_each(text.as_bytes(), |_, _| count += 1);
            count
        };
        assert_eq!(count(&literal.to_ascii_uppercase()), 1);
        assert_eq!(count(&literal.replace("a_long", "b_long")), 0);
        assert_eq!(count(&literal.replace("behind", "beyond")), 0);
    }

    proptest! {
        /// A literal is found once wherever it stands, even at the ends of blocks and of the text.
        #[test]
        fn finds_each_place_once(
            before in 0..2 * BLOCK,
            literal in proptest::sample::select(&LITERALS[..]),
            after in 0..2 * BLOCK,
        ) {
            let text = format!("{}{literal}{}", "x".repeat(before), "x".repeat(after));
            let mut places = Vec::new();
            KeywordSet::new([literal].into_iter())
                .for_each(text.as_bytes(), |_, at| places.push(at));
            prop_assert_eq!(places, [before]);
        }

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
