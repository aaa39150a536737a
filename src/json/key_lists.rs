//! What is known of whole lists of keys. A logger writes the same keys in the same order again and
//! again: where they were met before, one comparison tells of all of them what was found out then.

use std::fmt;

use super::value::Object;

/// How many lists are remembered. One takes the place of another, so that no logs make them more.
const COUNT: usize = 64;
/// How many keys a list may have to be remembered.
const MOST_KEYS: usize = 64;
/// How long they may be together, in bytes.
const LONGEST: usize = 1_024;

/// The lists of keys that were met last, and what is known of each.
#[derive(Clone)]
pub struct KeyLists<T> {
    /// Empty until the first list.
    places: Vec<KeyList<T>>,
}

#[derive(Clone)]
struct KeyList<T> {
    /// The keys, one behind the other.
    text: Vec<u8>,
    /// The length of each.
    lengths: Vec<usize>,
    /// `None` until the place has a list.
    known: Option<T>,
}

impl<T> KeyLists<T> {
    /// What `learn` said of the keys of `object` when they were met first, which must not hang on
    /// their values, or what it was changed to since. `None` when there are more of them, or longer
    /// ones, than are remembered.
    pub fn known(
        &mut self,
        object: &Object<'_>,
        learn: impl FnOnce(&Object<'_>) -> T,
    ) -> Option<&mut T> {
        let number = place_of(object)?;
        if self.places.is_empty() {
            self.places.resize_with(COUNT, KeyList::default);
        }
        let list = self.places.get_mut(number)?;
        if !list.is_that_of(object) {
            list.become_that_of(object, learn(object));
        }
        list.known.as_mut()
    }
}

impl<T> Default for KeyLists<T> {
    fn default() -> Self {
        Self { places: Vec::new() }
    }
}

/// A key may hold a secret, so none is ever shown.
impl<T> fmt::Debug for KeyLists<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KeyLists").finish_non_exhaustive()
    }
}

impl<T> Default for KeyList<T> {
    fn default() -> Self {
        Self { text: Vec::new(), lengths: Vec::new(), known: None }
    }
}

impl<T> KeyList<T> {
    fn is_that_of(&self, object: &Object<'_>) -> bool {
        if object.len() != self.lengths.len() {
            return false;
        }
        let mut rest = self.text.as_slice();
        self.known.is_some()
            && object.iter().zip(&self.lengths).all(|((key, _), length)| {
                let Some((own, behind)) = rest.split_at_checked(*length) else { return false };
                rest = behind;
                own == key.as_bytes()
            })
    }

    fn become_that_of(&mut self, object: &Object<'_>, known: T) {
        self.text.clear();
        self.lengths.clear();
        for (key, _) in object.iter() {
            self.text.extend_from_slice(key.as_bytes());
            self.lengths.push(key.len());
        }
        self.known = Some(known);
    }
}

/// The place of the list of the object's keys, by their lengths and first letters. `None` when it
/// is not remembered.
fn place_of(object: &Object<'_>) -> Option<usize> {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    if object.len() > MOST_KEYS {
        return None;
    }
    let (mut hash, mut length) = (0_u64, 0);
    for (key, _) in object.iter() {
        length += key.len();
        let first = key.as_bytes().first().copied().unwrap_or_default();
        hash = (hash ^ (key.len() as u64) << 8 ^ u64::from(first)).wrapping_mul(FACTOR);
    }
    // The upper bits are the better mixed.
    (length <= LONGEST).then_some((hash >> 32) as usize % COUNT)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;
    use crate::json::{Value, read};

    fn keys_of(object: &Object<'_>) -> Vec<String> {
        object.iter().map(|(key, _)| key.to_string()).collect()
    }

    fn object(text: &str) -> Object<'_> {
        let Ok(Value::Object(object)) = read(text) else { panic!("{text}") };
        object
    }

    proptest! {
        /// The keys are so few that the same lists, and others in their places, come again.
        #[test]
        fn what_is_remembered_is_what_was_learnt(
            lists in prop::collection::vec(prop::collection::vec(0..6_usize, 0..5), 1..40),
        ) {
            let keys = ["level", "lever", "message", "", "a.b", "ab"];
            let mut known = KeyLists::default();
            for list in lists {
                let object: Object<'_> =
                    list.iter().map(|key| (Cow::from(keys[*key]), Value::Null)).collect();
                for _ in 0..2 {
                    prop_assert_eq!(known.known(&object, keys_of), Some(&mut keys_of(&object)));
                }
            }
        }
    }

    #[test]
    fn keys_that_run_together_alike_are_others() {
        let mut list = KeyList::default();
        list.become_that_of(&object(r#"{"level":1,"message":2}"#), ());
        for (text, is_same) in [
            (r#"{"level":2,"message":{}}"#, true),
            (r#"{"levelm":1,"essage":2}"#, false),
            (r#"{"level":1}"#, false),
            ("{}", false),
        ] {
            assert_eq!(list.is_that_of(&object(text)), is_same, "{text}");
        }
        assert!(!KeyList::<()>::default().is_that_of(&Object::new()));
    }

    #[test]
    fn a_list_is_learnt_once() {
        let (mut lists, mut count) = (KeyLists::default(), 0);
        for _ in 0..3 {
            lists.known(&object(r#"{"level":1}"#), |_| count += 1);
        }
        assert_eq!(count, 1);
    }

    #[test]
    fn only_lists_of_some_length_are_remembered() {
        let many: Object<'_> =
            (0..=MOST_KEYS).map(|number| (Cow::from(number.to_string()), Value::Null)).collect();
        assert_eq!(KeyLists::default().known(&many, keys_of), None);
        let mut long = Object::new();
        long.push("k".repeat(LONGEST + 1), 1);
        assert_eq!(KeyLists::default().known(&long, keys_of), None);
    }
}
