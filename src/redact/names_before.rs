//! The names before the values of one text, and what they say of those.
//!
//! Several checks ask for the name before the same value, and a text that is full of secrets has
//! them under few names. So the last answers are kept.

use std::ops::Range;

use super::names;
use super::text_names::{name_before, with_word_before};

/// Tells the name before a value of one text.
#[derive(Debug)]
pub(super) struct NamesBefore<'t> {
    text: &'t str,
    /// Where a value begins, and its name.
    last: Option<(usize, Option<Range<usize>>)>,
    exception: Known<'t>,
    secret: Known<'t>,
    password: Known<'t>,
}

/// A name and whether something holds of it.
#[derive(Debug, Default)]
struct Known<'t> {
    name: &'t str,
    holds: bool,
}

impl<'t> Known<'t> {
    /// Whether `is` holds of the name; it does not of the empty one.
    fn of(&mut self, name: &'t str, is: fn(&str) -> bool) -> bool {
        if self.name != name {
            *self = Self { name, holds: is(name) };
        }
        self.holds
    }
}

impl<'t> NamesBefore<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let [exception, secret, password] = [(); 3].map(|()| Known::default());
        Self { text, last: None, exception, secret, password }
    }

    /// The name before the value that begins at `at`.
    pub(super) fn span(&mut self, at: usize) -> Option<Range<usize>> {
        match &self.last {
            Some((last, name)) if *last == at => name.clone(),
            _ => {
                let name = name_before(self.text, at);
                self.last = Some((at, name.clone()));
                name
            }
        }
    }

    /// Whether the name before the value that begins at `at` is a known exception.
    pub(super) fn is_exception(&mut self, at: usize) -> bool {
        let name = self.span(at).and_then(|name| self.text.get(name));
        name.is_some_and(|name| self.exception.of(name, names::is_exception))
    }

    /// Whether the name before the value that begins at `at` is a password's.
    pub(super) fn is_password(&mut self, at: usize) -> bool {
        let name = self.span(at).and_then(|name| self.text.get(name));
        name.is_some_and(|name| self.password.of(name, names::is_password_name))
    }

    /// Whether the name before the value that begins at `at` is a secret's: `apikey`, or `api key`.
    pub(super) fn is_secret(&mut self, at: usize) -> bool {
        let Some(span) = self.span(at) else {
            return false;
        };
        let is_secret = |known: &mut Known<'t>, name: Range<usize>| {
            self.text.get(name).is_some_and(|name| known.of(name, names::is_secret_name))
        };
        is_secret(&mut self.secret, span.clone())
            || is_secret(&mut self.secret, with_word_before(self.text, &span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_would_be_told_anew() {
        let text = "password=1 PWD=2 api key: 3 the id: 4 password=5 next_token=6 =7 api key: 8";
        let mut names = NamesBefore::new(text);
        let values = || (0..text.len()).filter(|at| text.as_bytes()[*at].is_ascii_digit());
        for at in values().chain(values().rev()) {
            let mut anew = NamesBefore::new(text);
            let facts = |names: &mut NamesBefore<'_>| {
                (names.is_secret(at), names.is_exception(at), names.is_password(at))
            };
            assert_eq!(facts(&mut names), facts(&mut anew), "{at}");
            assert_eq!(names.span(at), name_before(text, at));
        }
        let mut is_secret = |value: &str| names.is_secret(text.find(value).unwrap());
        assert!(["1", "3", "5", "8"].into_iter().all(&mut is_secret));
        assert!(!["4", "6"].into_iter().any(is_secret));
    }
}
