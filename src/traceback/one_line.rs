//! Gives a traceback that a logger wrote into one line its lines back.
//!
//! Loggers that may print one line only put something else where the newlines were: log4j2's
//! `separator(|)`, a blank in JSON. Only before what begins a line of the grammar is that certain;
//! elsewhere it stays, for messages hold such characters too.

use memchr::{memchr, memmem};

/// `text` with a newline for each separator that stands before one of `beginnings`; every byte
/// else stays where it is. None when the text has several lines already, or no such place.
pub(super) fn unfold(
    text: &str,
    beginnings: &[&str],
    is_separator: fn(u8) -> bool,
) -> Option<String> {
    if memchr(b'\n', text.trim_end().as_bytes()).is_some() {
        return None;
    }
    let mut separators: Vec<usize> = Vec::new();
    for beginning in beginnings {
        for at in memmem::find_iter(text.as_bytes(), beginning) {
            let before = at.checked_sub(1);
            separators.extend(before.filter(|&before| {
                text.as_bytes().get(before).is_some_and(|&byte| is_separator(byte))
            }));
        }
    }
    if separators.is_empty() {
        return None;
    }
    separators.sort_unstable();
    separators.dedup();
    // Where each line was closed, the last one was too.
    let at = |at: usize| text.as_bytes().get(at);
    let last = text.trim_end().len().checked_sub(1);
    separators.extend(last.filter(|&last| {
        separators.first().is_some_and(|&first| first < last && at(first) == at(last))
    }));
    let mut unfolded = String::with_capacity(text.len());
    let mut from = 0;
    for separator in separators {
        unfolded.push_str(text.get(from..separator)?);
        unfolded.push('\n');
        from = separator + 1;
    }
    unfolded.push_str(text.get(from..)?);
    Some(unfolded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfolds() {
        let table = [
            ("a|b|\tat c|\tat d|Caused by: e", Some("a|b\n\tat c\n\tat d\nCaused by: e")),
            ("é|\tat c\n", Some("é\n\tat c\n")),
            ("a|\tat c|\n", Some("a\n\tat c\n\n")),
            ("a|b\n\tat c|\tat d", None),
            ("a\tat c", None),
            ("\tat c", None),
            ("a|b", None),
            ("", None),
        ];
        for (text, expected) in table {
            let unfolded = unfold(text, &["\tat ", "Caused by: "], |byte| byte == b'|');
            assert_eq!(unfolded.as_deref(), expected, "{text}");
        }
    }
}
