//! The stacks of Firefox and Safari, which print no head: `send@https://mail.example/app.js:9:11`.

use super::super::in_app;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES};
use super::line::before_number;

/// What Safari writes for the functions of the engine.
const NATIVE: &str = "[native code]";

/// Reads a frame.
pub(super) fn frame(line: &str) -> Option<Frame<'_>> {
    let text = line.trim();
    let (function, place) = text.split_once('@')?;
    if text.len() > 2 * MAX_NAME_BYTES || function.contains(['"', '=', ':', '(']) {
        return None;
    }
    // `async*load`: the promise in which the function was called.
    let function = function.rsplit_once('*').map_or(function, |(_, function)| function);
    let mut frame = Frame {
        function: Some(function).filter(|function| !function.is_empty()).map(Into::into),
        ..Frame::default()
    };
    if place == NATIVE {
        frame.file = Some(place.into());
        return Some(frame);
    }
    let (before, column) = before_number(place)?;
    let (file, number) = before_number(before)?;
    // `app.js line 3 > eval`: the code was compiled there.
    let file = file.split_at_mark(" line ").map_or(file, |(file, _)| file);
    let is_url = file.holds("://") && !file.contains(' ');
    if !is_url {
        return None;
    }
    frame.file = Some(file.into());
    frame.line = Some(number);
    frame.column = Some(column);
    frame.in_app = in_app::is_in_app(&frame);
    Some(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let url = "https://mail.example/app.js";
        let table = [
            ("send@https://mail.example/app.js:9:11", Some((Some("send"), url, Some(9)))),
            ("@https://mail.example/app.js:14:3", Some((None, url, Some(14)))),
            ("async*load@https://mail.example/app.js:1:2", Some((Some("load"), url, Some(1)))),
            ("load/<@https://mail.example/app.js:1:2", Some((Some("load/<"), url, Some(1)))),
            (
                "global code@https://mail.example/app.js:1:2",
                Some((Some("global code"), url, Some(1))),
            ),
            ("@https://mail.example/app.js line 3 > eval:1:7", Some((None, url, Some(1)))),
            ("map@[native code]", Some((Some("map"), NATIVE, None))),
            ("ann@mail.example:1:2", None),
            ("git@https://mail.example/a.git", None),
            ("url=https://ann@https://mail.example:1:2", None),
            ("send https://mail.example/app.js:9:11", None),
        ];
        for (line, expected) in table {
            let frame = frame(line);
            let found = frame.as_ref().map(|frame| {
                (frame.function.as_deref(), frame.file.as_deref().unwrap(), frame.line)
            });
            assert_eq!(found, expected, "{line}");
        }
    }
}
