//! What a walk tells whoever looks on: each secret with its rule, its place and its span. In
//! production nobody looks on, and nothing here is ever made.

use std::ops::Range;

/// One secret, or one field that was left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting<'s> {
    /// The rule's id. `None` stands for a whole field that an exemption leaves unread.
    pub rule: Option<&'s str>,
    /// The producer's path to the field, its keys being redacted. Elements of an array have its
    /// path; what stands in JSON within a string has the string's path before its own.
    pub path: &'s str,
    /// Whether the secret stands in the key and not in the value.
    pub is_key: bool,
    /// The text in which the secret stands, as it came.
    pub text: &'s str,
    /// The secret's bytes in `text`.
    pub span: Range<usize>,
    /// Why it was left as it is, when it was.
    pub exemption: Option<&'s str>,
}

/// Who looks on.
pub type Onlooker<'o> = dyn FnMut(&Sighting<'_>) + 'o;

/// Where a walk stands. Nothing is kept unless somebody asks for it.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// The path as it is, for exemptions.
    actual: Option<String>,
    /// The path with its keys redacted, for an onlooker.
    shown: Option<String>,
}

/// How long the paths were before a key was entered.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Outer {
    actual: usize,
    shown: usize,
}

impl Trail {
    pub(super) fn new(keeps_actual: bool, keeps_shown: bool) -> Self {
        Self { actual: keeps_actual.then(String::new), shown: keeps_shown.then(String::new) }
    }

    pub(super) fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// Goes below `key`, which is shown as `shown`.
    pub(super) fn enter(&mut self, key: &str, shown: &str) -> Outer {
        Outer { actual: push(&mut self.actual, key), shown: push(&mut self.shown, shown) }
    }

    /// Goes back up.
    pub(super) fn leave(&mut self, outer: Outer) {
        if let Some(path) = &mut self.actual {
            path.truncate(outer.actual);
        }
        if let Some(path) = &mut self.shown {
            path.truncate(outer.shown);
        }
    }

    pub(super) fn actual(&self) -> Option<&str> {
        self.actual.as_deref()
    }

    pub(super) fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or_default()
    }
}

fn push(path: &mut Option<String>, key: &str) -> usize {
    let Some(path) = path else { return 0 };
    let outer = path.len();
    if outer > 0 {
        path.push('.');
    }
    path.push_str(key);
    outer
}
