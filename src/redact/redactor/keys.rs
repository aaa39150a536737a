//! What a walk asks of a key, and a memory of the answers: a producer's logs have the same keys
//! again and again.

use std::fmt;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::holder::{VALUE_KEYS, is_one_of};
use crate::json::{KeyLists, Object};
use crate::redact::SecretNames;

/// How many keys are remembered at most.
const SLOTS: usize = 1024;
/// The longest key that is remembered, in bytes.
const LONGEST: usize = 28;

/// What a key says by itself, whatever it stands below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct KeyTraits {
    /// The key is a secret's name, or its last part is, as if the others were objects.
    pub(super) is_secret: bool,
    /// The key or its last part may be the end of a secret's name that begins in the keys above.
    pub(super) may_end_secret: bool,
    /// There is no letter and no digit in it.
    pub(super) names_nothing: bool,
}

impl KeyTraits {
    /// Those of `key`, if `names` are secrets' names.
    pub(super) fn of(key: &str, names: Option<&SecretNames>) -> Self {
        let last_part = key.rsplit_once('.').map(|(_, last)| last);
        let any = |has: fn(&SecretNames, &str) -> bool| {
            let has = |part| names.is_some_and(|names| has(names, part));
            has(key) || last_part.is_some_and(has)
        };
        Self {
            is_secret: any(SecretNames::is_secret),
            may_end_secret: any(SecretNames::may_end_secret),
            names_nothing: !key.chars().any(char::is_alphanumeric),
        }
    }
}

/// Whether the keys of an object say nothing at all, so that only its values are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plainness {
    /// Some key has a say, or may have.
    None,
    /// None has, unless it is the end of a secret's name that begins in the keys above.
    OutsideOfObjects,
    /// None has.
    Anywhere,
}

impl Plainness {
    /// That of an object with these keys, if `names` are secrets' names.
    fn of(object: &Object<'_>, names: Option<&SecretNames>) -> Self {
        let mut plainness = Self::Anywhere;
        for (key, _) in object.iter() {
            let traits = KeyTraits::of(key, names);
            if traits.is_secret || traits.names_nothing || is_one_of(key, VALUE_KEYS) {
                return Self::None;
            }
            if traits.may_end_secret {
                plainness = Self::OutsideOfObjects;
            }
        }
        plainness
    }
}

/// The traits of the keys that came last. Each key has one place, which it shares with others, so
/// that a producer of ever new keys costs no more than a look at each of them.
#[derive(Default)]
pub(super) struct KeyMemory {
    /// Empty until the first key.
    slots: Vec<Slot>,
    lists: KeyLists<Plainness>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    length: usize,
    key: [u8; LONGEST],
    traits: KeyTraits,
}

impl KeyMemory {
    /// Whether no key of `object`, which stands `is_on_top` or below another key, makes or holds a
    /// secret by its name, alone or with the others. The names are the same each time.
    pub(super) fn are_plain(
        &mut self,
        object: &Object<'_>,
        names: Option<&SecretNames>,
        is_on_top: bool,
    ) -> bool {
        let plainness = self.lists.known(object, |object| Plainness::of(object, names));
        match plainness {
            None | Some(Plainness::None) => false,
            Some(Plainness::OutsideOfObjects) => is_on_top,
            Some(Plainness::Anywhere) => true,
        }
    }

    /// What [`KeyTraits::of`] says of the key. The names are the same each time.
    pub(super) fn traits_of(&mut self, key: &str, names: Option<&SecretNames>) -> KeyTraits {
        if key.is_empty() || key.len() > LONGEST {
            return KeyTraits::of(key, names);
        }
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); SLOTS];
        }
        // The upper half of the hash is the better one.
        let place = (FxBuildHasher.hash_one(key) >> 32) as usize % SLOTS;
        let Some(slot) = self.slots.get_mut(place) else { return KeyTraits::of(key, names) };
        if slot.key.get(..slot.length) != Some(key.as_bytes()) {
            slot.traits = KeyTraits::of(key, names);
            slot.length = key.len();
            slot.key.iter_mut().zip(key.bytes()).for_each(|(to, from)| *to = from);
        }
        slot.traits
    }
}

/// A key may hold a secret, so none is ever shown.
impl fmt::Debug for KeyMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyMemory").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_remembered_key_is_the_same_as_a_new_one(
            keys in proptest::collection::vec(
                "(a|db|api|x)?[._-]?(password|token_count|key|KEY|sid|name|--|é)?[0-9]{0,2}[a-z]{0,24}", 0..40,
            ),
        ) {
            let names = SecretNames::default();
            let mut memory = KeyMemory::default();
            for key in keys.iter().chain(&keys) {
                let traits = memory.traits_of(key, Some(&names));
                prop_assert_eq!(traits, KeyTraits::of(key, Some(&names)), "{}", key);
            }
        }
    }
}
