//! Gives two tracebacks of one fault the same short name.
//!
//! The fingerprint is XXH3 (64 bits, no seed) of a text made of the language, then for each
//! exception its relation and type, and then the place and function of each of its in-app frames:
//!
//! ```text
//! python\n
//! root blog.RenderError\n
//! blog/render.py page\n
//! cause OSError\n
//! ```
//!
//! The place is the module, or the file without the directory in which the program is installed.
//! Left out is what differs between two occurrences of one fault: lines, columns, messages, the
//! module `__main__`, which Python prints up to 3.9 only, the numbers in generated names, and a
//! frame that the exception already had, for the depth of a recursion is chance. A traceback
//! without in-app frames takes all its frames; one without any frame takes the words of its
//! messages, without digits and quoted parts.
//!
//! Fingerprints are stored in indices and in people's alerts: **the algorithm is part of the
//! contract**. A change of it makes every known fault new; the pinned values below must not change
//! without a new major version.

use xxhash_rust::xxh3::xxh3_64;

use super::generated::stable;
use super::model::{Frame, Traceback};
use super::place;

/// Bytes that the text of most tracebacks does not exceed.
const USUAL_LENGTH: usize = 1024;

/// The fingerprint of `traceback`, sixteen lower-case hexadecimal digits.
pub(super) fn of(traceback: &Traceback<'_>) -> String {
    let mut frames = traceback.exceptions.iter().flat_map(|exception| &exception.frames);
    let has_frames = traceback.exceptions.iter().any(|exception| !exception.frames.is_empty());
    let only_in_app = frames.any(|frame| frame.in_app);

    let mut text = String::with_capacity(USUAL_LENGTH);
    write(&mut text, &[traceback.language]);
    for exception in &traceback.exceptions {
        let name = exception.exception_type.as_deref().unwrap_or_default();
        let name = name.strip_prefix("__main__.").unwrap_or(name);
        write(&mut text, &[exception.relation.as_str(), " ", name]);

        let mut seen: Vec<&Frame<'_>> = Vec::new();
        for frame in exception.frames.iter().filter(|frame| frame.in_app || !only_in_app) {
            if seen.iter().any(|other| is_same_function(frame, other)) {
                continue;
            }
            seen.push(frame);
            let place = place::of(frame).unwrap_or_default();
            let function = frame.function.as_deref().unwrap_or_default();
            write(&mut text, &[&stable(&place), " ", &stable(function)]);
        }
        if !has_frames {
            for word in words(exception.message.as_deref().unwrap_or_default()) {
                write(&mut text, &[word]);
            }
        }
    }
    let bytes = xxh3_64(text.as_bytes()).to_be_bytes();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let mut hex = String::with_capacity(2 * bytes.len());
    hex.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    hex
}

fn write(text: &mut String, parts: &[&str]) {
    text.extend(parts.iter().copied());
    text.push('\n');
}

fn is_same_function(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    (&a.module, &a.file, &a.function) == (&b.module, &b.file, &b.function)
}

/// The words of `message` that do not change from one occurrence to the next: those outside
/// quotation marks that hold no digit.
fn words(message: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    message.split_whitespace().filter(move |word| {
        let opener = word.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'));
        let inside = quote.is_some() || opener.is_some();
        if quote.is_none() {
            quote = opener;
        }
        if let Some(mark) = quote {
            // The opening mark itself does not close.
            let own = usize::from(opener == Some(mark));
            if word.trim_end_matches([',', '.', ':', ';', ')']).chars().skip(own).last()
                == Some(mark)
            {
                quote = None;
            }
        }
        !inside && !word.contains(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use xxhash_rust::xxh3::xxh3_64;

    use super::super::model::{Exception, Relation};
    use super::*;

    fn frame(
        file: &'static str,
        line: u64,
        function: &'static str,
        in_app: bool,
    ) -> Frame<'static> {
        Frame {
            file: Some(file.into()),
            line: Some(line),
            function: Some(function.into()),
            in_app,
            ..Frame::default()
        }
    }

    fn exception(
        exception_type: &'static str,
        message: &'static str,
        frames: Vec<Frame<'static>>,
    ) -> Exception<'static> {
        Exception {
            id: 0,
            parent: None,
            relation: Relation::Root,
            exception_type: Some(exception_type.into()),
            message: Some(message.into()),
            frame_count: frames.len() as u64,
            frames,
        }
    }

    fn fingerprint(exceptions: Vec<Exception<'static>>) -> String {
        of(&Traceback { language: "python", exceptions, truncated: false })
    }

    fn page(line: u64) -> Frame<'static> {
        frame("/app/blog/render.py", line, "page", true)
    }

    #[test]
    fn pinned() {
        let mut cause = exception("OSError", "[Errno 5] I/O error", vec![]);
        cause.relation = Relation::Cause;
        let root = exception("blog.RenderError", "page 9", vec![page(31)]);
        let table = [
            (
                vec![root.clone(), cause],
                "python\nroot blog.RenderError\nblog/render.py page\ncause OSError\n",
                "e79d45ad9ed5616b",
            ),
            (
                vec![root],
                "python\nroot blog.RenderError\nblog/render.py page\n",
                "37d508f50953d857",
            ),
            (
                vec![exception("E", "no 'x y' for 12 items", vec![])],
                "python\nroot E\nno\nfor\nitems\n",
                "51b8a3a0a7775d1f",
            ),
        ];
        for (exceptions, hashed, expected) in table {
            assert_eq!(fingerprint(exceptions), expected);
            assert_eq!(format!("{:016x}", xxh3_64(hashed.as_bytes())), expected);
        }
    }

    #[test]
    fn equal() {
        let one = fingerprint(vec![exception("E", "page 9", vec![page(31)])]);
        let library = frame("/usr/lib/python3.11/a.py", 1, "b", false);
        let moved = frame("/var/task/blog/render.py", 31, "page", true);
        let table = [
            ("another line", exception("E", "page 9", vec![page(32)])),
            ("another message", exception("E", "page 12", vec![page(31)])),
            ("another directory", exception("E", "page 9", vec![moved])),
            ("a library's frame", exception("E", "page 9", vec![library, page(31)])),
            ("deeper recursion", exception("E", "page 9", vec![page(31), page(31), page(40)])),
            ("Python up to 3.9", exception("__main__.E", "page 9", vec![page(31)])),
        ];
        for (what, other) in table {
            assert_eq!(fingerprint(vec![other]), one, "{what}");
        }
    }

    #[test]
    fn different() {
        let one = fingerprint(vec![exception("E", "page 9", vec![page(31)])]);
        let list = || frame("/app/blog/render.py", 31, "list", true);
        let table = [
            ("type", exception("F", "page 9", vec![page(31)])),
            ("function", exception("E", "page 9", vec![list()])),
            ("caller", exception("E", "page 9", vec![page(31), list()])),
            ("file", exception("E", "page 9", vec![frame("/app/blog/b.py", 31, "page", true)])),
            ("no frames", exception("E", "page 9", vec![])),
        ];
        for (what, other) in table {
            assert_ne!(fingerprint(vec![other]), one, "{what}");
        }
    }

    #[test]
    fn library_frames_count_when_there_are_no_others() {
        let library = |function| vec![frame("/usr/lib/python3.11/a.py", 1, function, false)];
        let b = fingerprint(vec![exception("E", "", library("b"))]);
        let c = fingerprint(vec![exception("E", "", library("c"))]);
        assert_ne!(b, c);
    }

    #[test]
    fn message_words() {
        let table = [
            ("no such page", "no such page"),
            ("page 9 of x12 is gone", "page of is gone"),
            ("no 'a b c' here", "no here"),
            ("key 'a', then \"b c\": gone", "key then gone"),
            ("it's here", "it's here"),
            ("' open", ""),
            ("", ""),
        ];
        for (message, expected) in table {
            assert_eq!(words(message).collect::<Vec<_>>().join(" "), expected, "{message}");
        }
    }

    #[test]
    fn generated_names() {
        let method = |module: &'static str, function| Frame {
            module: Some(module.into()),
            ..frame("A.java", 3, function, true)
        };
        let of = |module, function| {
            fingerprint(vec![exception("E", "", vec![method(module, function)])])
        };
        let equal = [
            (("shop.A", "lambda$buy$0"), ("shop.A", "lambda$buy$7")),
            (("shop.A$$Lambda$14/0x00000008", "run"), ("shop.A$$Lambda/0x00007f40", "run")),
            (("shop.A$$SpringCGLIB$$0", "buy"), ("shop.A$$SpringCGLIB$$1", "buy")),
            (("$Proxy3", "buy"), ("$Proxy12", "buy")),
            (
                ("Shop.A.<>c__DisplayClass0_0", "<Buy>b__0"),
                ("Shop.A.<>c__DisplayClass3_0", "<Buy>b__2"),
            ),
            (("Shop.A.<Buy>d__1", "MoveNext"), ("Shop.A.<Buy>d__2", "MoveNext")),
        ];
        for ((module, function), (other_module, other_function)) in equal {
            assert_eq!(of(module, function), of(other_module, other_function), "{module}");
        }
        let different = [
            (("shop.A", "lambda$buy$0"), ("shop.A", "lambda$sell$0")),
            (("shop.A$$Lambda$14/0x00000008", "run"), ("shop.B$$Lambda$14/0x00000008", "run")),
            (("shop.A$1", "buy"), ("shop.A$2", "buy")),
            (("shop.A", "buy1"), ("shop.A", "buy2")),
            (("Shop.A.<Buy>d__1", "MoveNext"), ("Shop.A.<Sell>d__1", "MoveNext")),
        ];
        for ((module, function), (other_module, other_function)) in different {
            assert_ne!(of(module, function), of(other_module, other_function), "{module}");
        }
    }
}
