//! What a container runtime puts before each line that it keeps in a file: the time, the stream,
//! and whether the line is whole.
//!
//! Source: *CRI: Log management* in Kubernetes' design documents
//! (<https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md>).

use std::borrow::Cow;

use memchr::memchr;

/// Lines of a container without what its runtime put before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriLines<'t> {
    /// The time of the first line as it is written.
    pub time: &'t str,
    /// `stdout` or `stderr`.
    pub stream: &'t str,
    /// What the container wrote. Pieces of a line that was too long for the runtime are joined.
    pub text: Cow<'t, str>,
}

/// The lines of a text each of which has the prefix: `2020-05-11T14:44:44.123456789Z stderr F …`.
#[must_use]
pub fn cri_lines(text: &str) -> Option<CriLines<'_>> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    // Before the line's end is looked for, which is most of the work.
    if !begins_as_time(text.as_bytes()) {
        return None;
    }
    let end = memchr(b'\n', text.as_bytes());
    let first = Piece::parse(text.get(..end.unwrap_or(text.len()))?)?;
    let (time, stream) = (first.time, first.stream);
    if end.is_none() {
        return Some(CriLines { time, stream, text: Cow::Borrowed(first.content) });
    }
    let mut joined = String::with_capacity(text.len());
    let mut was_whole = false;
    for line in text.split('\n') {
        let piece = Piece::parse(line).filter(|piece| piece.stream == stream)?;
        if was_whole {
            joined.push('\n');
        }
        joined.push_str(piece.content);
        was_whole = piece.is_whole;
    }
    Some(CriLines { time, stream, text: Cow::Owned(joined) })
}

/// The year, the dash and the `T` settle nearly all lines.
fn begins_as_time(line: &[u8]) -> bool {
    matches!(line, [b'0'..=b'9', _, _, b'0'..=b'9', b'-', _, _, _, _, _, b'T', ..])
}

/// One line, which may be a piece of the container's.
struct Piece<'t> {
    time: &'t str,
    stream: &'t str,
    is_whole: bool,
    content: &'t str,
}

impl<'t> Piece<'t> {
    fn parse(line: &'t str) -> Option<Self> {
        if !begins_as_time(line.as_bytes()) {
            return None;
        }
        let (time, rest) = line.split_once(' ')?;
        let is_time = (20..=35).contains(&time.len())
            && time.bytes().all(|byte| byte.is_ascii_digit() || b"-:.+TZ".contains(&byte));
        let (stream, rest) = rest.split_once(' ')?;
        if !is_time || !matches!(stream, "stdout" | "stderr") {
            return None;
        }
        let (tags, content) = rest.split_once(' ').unwrap_or((rest, ""));
        let is_whole = match tags.split(':').next()? {
            "F" => true,
            "P" => false,
            _ => return None,
        };
        Some(Self { time, stream, is_whole, content })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_their_prefix() {
        let text = |text: &str| cri_lines(text).map(|lines| lines.text.into_owned());
        let line = "2020-05-11T14:44:44.123456789Z stderr F no stock";
        let lines = cri_lines(line).unwrap();
        assert_eq!((lines.time, lines.stream), ("2020-05-11T14:44:44.123456789Z", "stderr"));
        assert!(matches!(lines.text, Cow::Borrowed("no stock")));
        let table = [
            ("2020-05-11T14:44:44+02:00 stdout F {\"a\":1}\n", Some("{\"a\":1}")),
            ("2020-05-11T14:44:44Z stdout F", Some("")),
            (
                "2020-05-11T14:44:44Z stdout P ab\n2020-05-11T14:44:44Z stdout F cd\n2020-05-11T14:44:45Z stdout F e",
                Some("abcd\ne"),
            ),
            ("2020-05-11T14:44:44Z stdout F:x a", Some("a")),
            ("2020-05-11T14:44:44Z stdout F a\nnot of it", None),
            ("2020-05-11T14:44:44Z stdout F a\n2020-05-11T14:44:44Z stderr F b", None),
            ("2020-05-11T14:44:44Z stdout X a", None),
            ("2020-05-11T14:44:44Z stdin F a", None),
            ("2020-05-11 stdout F a", None),
            ("", None),
        ];
        for (line, expected) in table {
            assert_eq!(text(line).as_deref(), expected, "{line}");
        }
    }
}
