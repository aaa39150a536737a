//! Tells quickly that a text holds none of many literal texts.
//!
//! Most names and paths hold none of the marks that a table lists. Four bytes of each mark, hashed
//! into a bitmap, tell so in one pass over the text; only where they hit are the marks compared.

/// How many bytes of a literal are looked for. None may be shorter.
const GRAM: usize = 4;
/// Words of 64 bits in a bitmap: so many that a chance hit in a path is rare.
const WORDS: usize = 128;

/// A set of literal texts of at least four bytes.
#[derive(Debug)]
pub(super) struct Literals {
    texts: Vec<&'static str>,
    first: Grams,
    last: Grams,
}

impl Literals {
    pub(super) fn new(texts: impl IntoIterator<Item = &'static str>) -> Self {
        let texts: Vec<&'static str> = texts.into_iter().collect();
        let (mut first, mut last) = (Grams::new(), Grams::new());
        for text in &texts {
            debug_assert!(text.len() >= GRAM, "{text:?} is too short");
            text.as_bytes().first_chunk().into_iter().for_each(|gram| first.insert(*gram));
            text.as_bytes().last_chunk().into_iter().for_each(|gram| last.insert(*gram));
        }
        Self { texts, first, last }
    }

    /// Whether any of the texts stands anywhere in `text`.
    pub(super) fn any_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes.windows(GRAM).enumerate().any(|(at, gram)| {
            let is_hit = gram.first_chunk().is_some_and(|&gram| self.last.holds(gram));
            is_hit && {
                let until = bytes.get(..at + GRAM).unwrap_or_default();
                self.texts.iter().any(|literal| until.ends_with(literal.as_bytes()))
            }
        })
    }

    /// Whether `text` begins with any of the texts.
    pub(super) fn any_begins(&self, text: &str) -> bool {
        text.as_bytes().first_chunk().is_some_and(|&gram| self.first.holds(gram))
            && self.texts.iter().any(|literal| text.starts_with(literal))
    }
}

/// A set of four bytes each. It may take others for its own.
#[derive(Debug)]
struct Grams([u64; WORDS]);

impl Grams {
    fn new() -> Self {
        Self([0; WORDS])
    }

    fn insert(&mut self, gram: [u8; GRAM]) {
        let (word, bit) = Self::place(gram);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    fn holds(&self, gram: [u8; GRAM]) -> bool {
        let (word, bit) = Self::place(gram);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The word and the bit of `gram`: the highest thirteen bits of a product.
    fn place(gram: [u8; GRAM]) -> (usize, u64) {
        let hash = u32::from_le_bytes(gram).wrapping_mul(0x9e37_79b1);
        ((hash >> 25) as usize, 1 << ((hash >> 19) & 63))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn answers_like_the_plain_search(text in "[abc/é]{0,40}") {
            const TEXTS: [&str; 5] = ["/abc", "aaaa", "cab/cab", "é/é", "bcbcbcb"];
            let literals = Literals::new(TEXTS);
            let (held, begun) = (
                TEXTS.iter().any(|literal| text.contains(literal)),
                TEXTS.iter().any(|literal| text.starts_with(literal)),
            );
            prop_assert_eq!((literals.any_in(&text), literals.any_begins(&text)), (held, begun));
        }
    }
}
