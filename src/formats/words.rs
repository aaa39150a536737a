//! Sets of words that most words are turned down by without a comparison.

/// A set of at most 64 words in small letters, none of them empty.
#[derive(Debug)]
pub(super) struct Words {
    members: &'static [&'static str],
    /// Which of them begin with a letter, as bits.
    by_letter: [u64; 26],
    /// Which of them are so long.
    by_length: [u64; LONGEST + 1],
}

/// How long a word of a set may be, in bytes.
const LONGEST: usize = 16;

impl Words {
    /// The set of `words`.
    #[allow(clippy::indexing_slicing, reason = "runs at compile time, where a panic is an error")]
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        let mut set = Self { members: words, by_letter: [0; 26], by_length: [0; LONGEST + 1] };
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            set.by_letter[(word[0] - b'a') as usize] |= 1 << at;
            set.by_length[word.len()] |= 1 << at;
            at += 1;
        }
        set
    }

    pub(super) fn contains(&self, word: &[u8]) -> bool {
        let of = |row: Option<&u64>| row.copied().unwrap_or_default();
        let letter = word.first().map_or(u8::MAX, |first| first.wrapping_sub(b'a'));
        let mut rows =
            of(self.by_letter.get(usize::from(letter))) & of(self.by_length.get(word.len()));
        while rows != 0 {
            let one = self.members.get(rows.trailing_zeros() as usize);
            if one.is_some_and(|one| one.as_bytes() == word) {
                return true;
            }
            rows &= rows - 1;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_its_words_alone() {
        const WORDS: &[&str] = &["a", "user", "uses", "url", "sixteen_letters_"];
        static SET: Words = Words::of(WORDS);
        let more = ["", "A", "b", "used", "us", "user_", "URL", "é", "_", "seventeen_letters"];
        for word in WORDS.iter().chain(&more) {
            assert_eq!(SET.contains(word.as_bytes()), WORDS.contains(word), "{word}");
        }
    }
}
