//! Gathers the lines of a message: borrowed while they stand together in the text, copied when
//! something stood before each line.

use std::borrow::Cow;

use super::model::{MAX_MESSAGE_BYTES, cut};

/// The message of one exception while its lines are read. More than the cap is never held.
#[derive(Debug, Default, Clone)]
pub(super) struct Message<'a> {
    /// The lines so far when they are one piece of the text; the copy otherwise.
    text: Cow<'a, str>,
    /// Blank lines that count only if another line follows.
    blanks: usize,
    truncated: bool,
}

impl<'a> Message<'a> {
    /// A message that begins with `text`, its first line or more.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), blanks: 0, truncated: false }
    }

    /// Adds `line`. `together` is the text from the first line to this one, if nothing but newlines
    /// stands between them.
    pub(super) fn push(&mut self, line: &'a str, together: Option<&'a str>) {
        if line.trim_end().is_empty() {
            self.blanks += 1;
            return;
        }
        if self.text.len() > MAX_MESSAGE_BYTES {
            // What follows is cut anyway.
            self.truncated = true;
        } else if let Some(together) = together {
            self.text = Cow::Borrowed(together.trim_start_matches('\n'));
        } else if self.text.is_empty() {
            self.text = Cow::Borrowed(line);
        } else {
            let text = self.text.to_mut();
            // More blank lines than the cap has bytes change nothing.
            text.extend(std::iter::repeat_n('\n', self.blanks.min(MAX_MESSAGE_BYTES) + 1));
            text.push_str(line);
        }
        self.blanks = 0;
    }

    /// Adds `line` without the blanks at its end.
    pub(super) fn push_trimmed(&mut self, line: &'a str) {
        self.push(line.trim_end(), None);
    }

    /// The message within the cap, none if it is empty, and whether it was cut.
    pub(super) fn finish(self) -> (Option<Cow<'a, str>>, bool) {
        let end = self.text.trim_end().len();
        let kept = cut(self.text.trim_end(), MAX_MESSAGE_BYTES).len();
        let truncated = self.truncated || kept < end;
        let text = match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(..kept).unwrap_or_default()),
            Cow::Owned(mut text) => {
                text.truncate(kept);
                Cow::Owned(text)
            }
        };
        (Some(text).filter(|text| !text.is_empty()), truncated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borrows_what_stands_together() {
        let text = "a\n\nb\n\n";
        let mut message = Message::new("a");
        message.push("", Some("a\n"));
        message.push("b", text.get(..4));
        message.push("", text.get(..5));
        assert!(matches!(message.finish(), (Some(Cow::Borrowed("a\n\nb")), false)));
    }

    #[test]
    fn joins_what_does_not() {
        let mut message = Message::new("a");
        for line in ["", "b", "", " "] {
            message.push(line, None);
        }
        assert_eq!(message.finish(), (Some("a\n\nb".into()), false));
    }

    #[test]
    fn notes_without_a_message_are_the_message() {
        let mut message = Message::new("");
        message.push("note", None);
        assert_eq!(message.finish(), (Some("note".into()), false));
        let mut message = Message::new("");
        message.push("note", Some("\nnote"));
        assert_eq!(message.finish(), (Some("note".into()), false));
    }

    #[test]
    fn empty_is_none() {
        assert_eq!(Message::new("").finish(), (None, false));
    }

    #[test]
    fn cuts_between_characters() {
        let long = "é".repeat(MAX_MESSAGE_BYTES);
        let (text, truncated) = Message::new(&long).finish();
        assert_eq!((text.unwrap().len(), truncated), (MAX_MESSAGE_BYTES, true));

        let mut message = Message::new("ab");
        for _ in 0..MAX_MESSAGE_BYTES {
            message.push("cd", None);
        }
        let (text, truncated) = message.finish();
        assert_eq!((text.unwrap().len(), truncated), (MAX_MESSAGE_BYTES, true));
    }

    #[test]
    fn lines_without_the_blanks_at_their_ends() {
        let message = |lines: &[&'static str]| {
            let mut message = Message::default();
            for line in lines {
                message.push_trimmed(line);
            }
            message.finish()
        };
        assert_eq!(message(&[]), (None, false));
        assert_eq!(message(&[""]), (None, false));
        assert!(matches!(message(&["a ", "", ""]), (Some(Cow::Borrowed("a")), false)));
        assert_eq!(message(&["a", "", " b"]), (Some("a\n\n b".into()), false));
        assert_eq!(message(&["", "b"]), (Some("b".into()), false));
        let long = ["é".repeat(3000), "x".repeat(9000)];
        let mut cut = Message::default();
        for line in &long {
            cut.push_trimmed(line);
        }
        cut.push_trimmed("more");
        let (text, truncated) = cut.finish();
        assert_eq!((text.map(|text| text.len()), truncated), (Some(MAX_MESSAGE_BYTES), true));
    }
}
