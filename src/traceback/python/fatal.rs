//! Reads what faulthandler prints when the interpreter itself dies.
//!
//! ```text
//! Fatal Python error: Segmentation fault
//!
//! Current thread 0x00007f5ad2b4d740 (most recent call first):
//!   File "/app/blog/native.py", line 9 in crash
//!   File "/app/blog/main.py", line 4 in <module>
//! ```
//!
//! Other threads may be printed before the one that failed. Dumps that were asked for have no such
//! head and are no failures.

use super::super::Found;
use super::super::frames::OutermostFirst;
use super::super::lines::{Line, Lines};
use super::super::model::{Exception, Relation, Traceback};
use super::{LANGUAGE, line};

const HEADS: &[&str] = &["Fatal Python error", "Windows fatal exception"];

/// Beginnings of the lines that may stand between the head and the thread that failed.
const BETWEEN: &[&str] = &["Thread 0x", "Python runtime state: ", "  "];

/// The type and message of a head.
fn head(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    HEADS.iter().find_map(|&head| Some((head, line.strip_prefix(head)?.strip_prefix(": ")?)))
}

/// Whether `line` begins such a report.
pub(super) fn is_head(line: &str) -> bool {
    head(line).is_some()
}

/// Reads the report that begins with `first` and goes on with `lines`.
pub(super) fn find<'a>(first: Line<'a>, mut lines: Lines<'a>) -> Option<Found<'a>> {
    let (exception_type, message) = head(first.text)?;
    loop {
        let line = lines.next()?.text.trim_end();
        if line.starts_with("Current thread 0x") && line.ends_with("(most recent call first):") {
            break;
        }
        if !line.is_empty() && !BETWEEN.iter().any(|text| line.starts_with(text)) {
            return None;
        }
    }
    // Here the first frames are the innermost.
    let mut printed = Vec::new();
    let mut end = first.end();
    let mut truncated = false;
    for line in lines {
        if let Some(frame) = line::frame(line.text) {
            printed.push(frame);
        } else if line.text.trim_end() == "  ..." {
            truncated = true;
        } else {
            break;
        }
        end = line.end();
    }
    if printed.is_empty() {
        return None;
    }
    let mut frames = OutermostFirst::default();
    printed.into_iter().rev().for_each(|frame| frames.push(frame));
    truncated |= frames.is_cut();
    let exception = Exception {
        id: 0,
        parent: None,
        relation: Relation::Root,
        exception_type: Some(exception_type.into()),
        message: Some(message.into()),
        frame_count: frames.count(),
        frames: frames.into_innermost_first(),
    };
    let traceback = Traceback { language: LANGUAGE.name, exceptions: vec![exception], truncated };
    Some(Found { traceback, span: first.start..end })
}
