//! Reads a backtrace: numbered functions, each with the place below it.
//!
//! The innermost frames of a backtrace are those of the machinery that made it: the panic handler,
//! or the conversion of an error. They say nothing about the fault and are left out, so that the
//! innermost frame is the one that panicked or failed.

use std::borrow::Cow;

use super::super::frames::InnermostFirst;
use super::super::in_app;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES};
use super::super::reader::Reader;

/// Beginnings of the functions that stand between a fault and its backtrace.
const MACHINERY: &[&str] = &[
    "rust_begin_unwind",
    "__rustc::",
    "__rust_",
    "rust_panic",
    "backtrace::",
    "<backtrace::",
    "std::backtrace",
    "<std::backtrace",
    "std::panicking::",
    "std::sys",
    "<std::sys",
    "<<std::sys",
    "std::io::",
    "<std::io::",
    "std::rt::begin_panic",
    "core::panicking::",
    "core::panic::",
    "core::fmt::",
    "<core::fmt::",
    "<std::panicking::",
    "<alloc::boxed::Box<dyn",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::option::Option<T>::",
    "core::result::Result<T,E>::",
    "core::cell::panic_",
    "core::slice::index::",
    "core::str::slice_error_fail",
    "anyhow::",
    "<E as anyhow::",
    "eyre::",
    "<E as eyre::",
    "color_eyre::",
    "<core::result::Result<T,F> as core::ops::try_trait::FromResidual",
    "<T as core::convert::Into<U>>::into",
    "core::ops::function::Fn::call",
];

/// Frames among which the one that panicked is looked for.
const MAX_MACHINERY: usize = 64;

/// Where a panic or an error says that it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: u64,
    pub(super) column: Option<u64>,
}

impl<'a> Place<'a> {
    /// Reads `src/queue.rs:27:14`, or without the column.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (before, last) = text.rsplit_once(':')?;
        let last = last.parse().ok()?;
        let (file, line, column) = match before.rsplit_once(':') {
            Some((file, line)) if line.parse::<u64>().is_ok() => {
                (file, line.parse().ok()?, Some(last))
            }
            _ => (before, last, None),
        };
        let is_file = !file.is_empty() && file.len() <= MAX_NAME_BYTES;
        is_file.then_some(Self { file, line, column })
    }

    fn set(&self, frame: &mut Frame<'a>) {
        frame.file = Some(self.file.into());
        frame.line = Some(self.line);
        frame.column = self.column;
        frame.in_app = in_app::is_in_app(frame);
    }

    /// The frame at the place, of which the function is not known.
    pub(super) fn frame(&self) -> Frame<'a> {
        let mut frame = Frame::default();
        self.set(&mut frame);
        frame
    }

    /// Whether `frame` is at the place. Backtraces begin a relative path with `./`, and in full
    /// they print the whole path.
    fn is_of(&self, frame: &Frame<'_>) -> bool {
        let file = frame.file.as_deref().unwrap_or_default();
        let is_column = self.column.is_none() || self.column == frame.column;
        let rest = file.strip_suffix(self.file.trim_start_matches("./"));
        Some(self.line) == frame.line
            && is_column
            && rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(['/', '\\']))
    }
}

/// A frame's first line: `   5: mail::queue::take`, in full `   5:     0x55d8bc0912aa - …`.
pub(super) fn function(line: &str) -> Option<Frame<'_>> {
    let text = line.trim_end().strip_prefix("  ")?.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, text) = text.split_at_checked(digits)?;
    let name = text.strip_prefix(": ").filter(|_| (1..=6).contains(&number.len()))?.trim_start();
    let name = match name.strip_prefix("0x").and_then(|name| name.split_at_mark(" - ")) {
        Some((address, name)) if address.bytes().all(|b| b.is_ascii_hexdigit()) => name,
        _ => name,
    };
    let is_name = !name.is_empty() && name.len() <= MAX_NAME_BYTES;
    let mut frame = Frame {
        function: Some(readable(name)).filter(|name| !name.is_empty()),
        ..Frame::default()
    };
    frame.in_app = in_app::is_in_app(&frame) && !frame.function.as_deref().is_none_or(is_start);
    is_name.then_some(frame)
}

/// The functions of the system's library that call `main`.
fn is_start(name: &str) -> bool {
    name == "main" || name == "_start"
}

/// `name` without the hashes that differ from build to build: `::h265ca3079d0df499` at its end and
/// `[e28293b1aa0f68bd]` after a crate's name.
fn readable(name: &str) -> Cow<'_, str> {
    let is_hash = |text: &str| text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let name = name.strip_suffix("<unknown>").unwrap_or(name);
    let name = match name.rsplit_at_mark("::h") {
        Some((name, hash)) if is_hash(hash) => name,
        _ => name,
    };
    let mut parts = name.split('[');
    let Some(first) = parts.next().filter(|first| first.len() < name.len()) else {
        return Cow::Borrowed(name);
    };
    let mut text = first.to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if is_hash(hash) => text.push_str(rest),
            _ => {
                text.push('[');
                text.push_str(part);
            }
        }
    }
    Cow::Owned(text)
}

/// A frame's second line: `             at ./src/queue.rs:27:14`.
pub(super) fn at(line: &str) -> Option<Place<'_>> {
    let text = line.strip_prefix("   ")?.trim_start().strip_prefix("at ")?;
    Place::parse(text.trim_end())
}

/// The frames for which a line stands: `[... omitted 3 frames ...]`, or color-eyre's `⋮ 5 frames
/// hidden ⋮`.
fn omitted(line: &str) -> Option<u64> {
    let text = line.trim();
    let text = text
        .strip_prefix("[... omitted ")
        .or_else(|| text.strip_prefix("⋮ "))
        .filter(|_| text.ends_with(['⋮', ']']))?;
    text.split_at_mark(" frame")?.0.parse().ok()
}

/// Reads the frames at which `reader` stands. `place` is where the fault says that it happened.
pub(super) fn frames<'a>(reader: &mut Reader<'a>, place: Option<Place<'a>>) -> InnermostFirst<'a> {
    // The innermost frames, until it is known which of them are machinery.
    let mut leading: Vec<Frame<'a>> = Vec::new();
    let mut frames = InnermostFirst::default();
    let mut settled = false;
    let settle = |leading: &mut Vec<Frame<'a>>, frames: &mut InnermostFirst<'a>| {
        for frame in without_machinery(std::mem::take(leading), place) {
            frames.push(frame);
        }
    };
    while let Some(line) = reader.peek() {
        if let Some(frame) = function(line) {
            if !settled && leading.len() == MAX_MACHINERY {
                settle(&mut leading, &mut frames);
                settled = true;
            }
            if settled {
                frames.push(frame);
            } else {
                leading.push(frame);
            }
        } else if let Some(place) = at(line) {
            let last = if settled { frames.last_mut() } else { leading.last_mut() };
            let Some(frame) = last else { break };
            place.set(frame);
        } else if let Some(count) = omitted(line) {
            frames.skip(count);
        } else {
            break;
        }
        reader.take();
    }
    if !settled {
        settle(&mut leading, &mut frames);
    }
    frames
}

fn without_machinery<'a>(mut leading: Vec<Frame<'a>>, place: Option<Place<'a>>) -> Vec<Frame<'a>> {
    let is_machinery = |frame: &Frame<'_>| {
        let name = frame.function.as_deref().unwrap_or_default();
        MACHINERY.iter().any(|beginning| name.starts_with(beginning))
    };
    let at_place = place.and_then(|place| leading.iter().position(|frame| place.is_of(frame)));
    let fault =
        at_place.or_else(|| leading.iter().position(|frame| !is_machinery(frame))).unwrap_or(0);
    leading.drain(..fault);
    if let (Some(place), None) = (place, at_place) {
        match leading.first_mut() {
            // Without debug information, the place is that of the innermost function or of one
            // that was inlined into it.
            Some(frame) if frame.file.is_none() => place.set(frame),
            _ => leading.insert(0, place.frame()),
        }
    }
    leading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let place = |text| Place::parse(text).map(|p| (p.file, p.line, p.column));
        assert_eq!(place("src/a.rs:27:14"), Some(("src/a.rs", 27, Some(14))));
        assert_eq!(place("src/a.rs:27"), Some(("src/a.rs", 27, None)));
        assert_eq!(place("C:\\a.rs:27:14"), Some(("C:\\a.rs", 27, Some(14))));
        for text in ["src/a.rs", "src/a.rs:x", ":3", "", "10"] {
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn functions() {
        let name = |line| function(line).map(|f| f.function.unwrap_or_default().into_owned());
        let table = [
            ("   5: mail::queue::take", "mail::queue::take"),
            (
                "  16:     0x55d8bc067aa9 - <nested::Guard as core::ops::drop::Drop>::drop::h265ca3079d0df499",
                "<nested::Guard as core::ops::drop::Drop>::drop",
            ),
            ("   0:     0x55d8bc0912aa - std[e28293b1aa0f68bd]::f::<a[0b]>", "std::f::<a[0b]>"),
            ("  11: mail::main::{closure#0}", "mail::main::{closure#0}"),
            ("   3: core::panicking::panic_fmt<unknown>", "core::panicking::panic_fmt"),
            ("   3: <unknown>", ""),
        ];
        for (line, expected) in table {
            assert_eq!(name(line).as_deref(), Some(expected), "{line}");
        }
        for line in ["5: mail::take", "   5:mail", "   x: mail", "  1234567: a", "   5: "] {
            assert_eq!(name(line), None, "{line}");
        }
    }

    #[test]
    fn omitted_frames() {
        assert_eq!(omitted("      [... omitted 3 frames ...]"), Some(3));
        assert_eq!(omitted("      [... omitted 1 frame ...]"), Some(1));
        assert_eq!(omitted("     ⋮ 15 frames hidden ⋮     "), Some(15));
        assert_eq!(omitted("  15 frames hidden"), None);
    }
}
