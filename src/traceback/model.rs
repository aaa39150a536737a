//! What a traceback is once it is data: exceptions, frames and how they relate.
//!
//! The layout is the document's: a flat list of exceptions, the one that escaped first, each
//! naming its parent, and the frames of each exception innermost first. Text is borrowed from the
//! log wherever it stands there unbroken.

use std::borrow::Cow;

use super::{fingerprint, place};

/// Bytes of an exception's message that are kept.
pub const MAX_MESSAGE_BYTES: usize = 8 * 1024;
/// Exceptions of one traceback that are kept.
pub const MAX_EXCEPTIONS: usize = 16;
/// Bytes of a frame's source line that are kept.
pub const MAX_CODE_BYTES: usize = 1024;
/// Bytes that a type, a file or a function may have; a longer one is not taken for a name.
pub const MAX_NAME_BYTES: usize = 1024;

/// One failure: the exception that escaped, and those that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traceback<'a> {
    /// Lower-case name of the language, as in the table of languages: `python`.
    pub language: &'static str,
    /// Never empty. The first is the one that escaped; a parent stands before its children.
    pub exceptions: Vec<Exception<'a>>,
    /// Whether anything is missing: cut by a cap here, or not in the text to begin with.
    pub truncated: bool,
}

/// One exception with its frames.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception<'a> {
    /// Position in [`Traceback::exceptions`].
    pub id: usize,
    /// The exception to which this one led or belongs; none for the one that escaped.
    pub parent: Option<usize>,
    /// How this exception relates to its parent.
    pub relation: Relation,
    /// The type as printed, `blog.RenderError`; none when the text does not say it.
    pub exception_type: Option<Cow<'a, str>>,
    /// The message, at most [`MAX_MESSAGE_BYTES`]; none when the exception has none.
    pub message: Option<Cow<'a, str>>,
    /// The frames kept, innermost first.
    pub frames: Vec<Frame<'a>>,
    /// How many frames the exception had, those included that were not printed or not kept.
    pub frame_count: u64,
}

/// How an exception relates to its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It escaped; it has no parent.
    Root,
    /// The parent was raised because of it.
    Cause,
    /// The parent was raised while it was being handled.
    Context,
    /// It was raised while the parent was on its way, and held back.
    Suppressed,
    /// The parent is a group and holds it.
    Member,
}

impl Relation {
    /// The word for it in a document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Cause => "cause",
            Self::Context => "context",
            Self::Suppressed => "suppressed",
            Self::Member => "member",
        }
    }
}

/// One call on the stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The source file as printed.
    pub file: Option<Cow<'a, str>>,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The column, counted as the language counts.
    pub column: Option<u64>,
    /// The function.
    pub function: Option<Cow<'a, str>>,
    /// The module, package or class, in languages that print one.
    pub module: Option<Cow<'a, str>>,
    /// The first source line that was printed with the frame, without its indent.
    pub code: Option<Cow<'a, str>>,
    /// Whether the frame is the application's own rather than a library's or the runtime's.
    pub in_app: bool,
}

impl Traceback<'_> {
    /// The number of frames in all exceptions, those included that were not kept.
    #[must_use]
    pub fn frame_count(&self) -> u64 {
        let counts = self.exceptions.iter().map(|exception| exception.frame_count);
        // A text may claim any number of frames that it does not print.
        counts.fold(0, u64::saturating_add)
    }

    /// The known types, the one that escaped first.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.exceptions.iter().filter_map(|exception| exception.exception_type.as_deref())
    }

    /// Where to look first: the innermost of the application's own frames in the exception that
    /// escaped, or else its innermost frame, as `blog/render.py in page`. An exception without any
    /// frame leaves it to the next.
    #[must_use]
    pub fn culprit(&self) -> Option<String> {
        let mut all = self.exceptions.iter().map(|exception| &exception.frames);
        let frames = all.find(|frames| !frames.is_empty())?;
        let frame = frames.iter().find(|frame| frame.in_app).or_else(|| frames.first())?;
        let place = place::of(frame);
        match (place.as_deref(), frame.function.as_deref()) {
            (Some(place), Some(function)) => Some([place, " in ", function].concat()),
            (place, function) => place.or(function).map(str::to_owned),
        }
    }

    /// Sixteen lower-case hexadecimal digits that are equal for two tracebacks of one fault. What
    /// goes into them is told in the module `fingerprint`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint::of(self)
    }

    /// The same traceback, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Traceback<'static> {
        Traceback {
            language: self.language,
            exceptions: self.exceptions.into_iter().map(Exception::into_owned).collect(),
            truncated: self.truncated,
        }
    }
}

impl Exception<'_> {
    fn into_owned(self) -> Exception<'static> {
        Exception {
            id: self.id,
            parent: self.parent,
            relation: self.relation,
            exception_type: owned(self.exception_type),
            message: owned(self.message),
            frames: self.frames.into_iter().map(Frame::into_owned).collect(),
            frame_count: self.frame_count,
        }
    }
}

impl Frame<'_> {
    pub(super) fn into_owned(self) -> Frame<'static> {
        Frame {
            file: owned(self.file),
            line: self.line,
            column: self.column,
            function: owned(self.function),
            module: owned(self.module),
            code: owned(self.code),
            in_app: self.in_app,
        }
    }
}

/// The beginning of `text`, at most `max` bytes and cut between characters.
pub(super) fn cut(text: &str, max: usize) -> &str {
    text.get(..text.floor_char_boundary(max)).unwrap_or_default()
}

fn owned(text: Option<Cow<'_, str>>) -> Option<Cow<'static, str>> {
    text.map(|text| Cow::Owned(text.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(file: &'static str, function: Option<&'static str>, in_app: bool) -> Frame<'static> {
        Frame {
            file: Some(file.into()),
            function: function.map(Cow::Borrowed),
            in_app,
            ..Frame::default()
        }
    }

    fn culprit(frames: Vec<Frame<'_>>) -> Option<String> {
        let exception = Exception {
            id: 0,
            parent: None,
            relation: Relation::Root,
            exception_type: None,
            message: None,
            frame_count: 0,
            frames,
        };
        Traceback { language: "python", exceptions: vec![exception], truncated: false }.culprit()
    }

    #[test]
    fn culprit_is_the_innermost_frame_of_the_application() {
        let library = || frame("/usr/lib/python3.11/json/decoder.py", Some("decode"), false);
        let page = || frame("/app/blog/render.py", Some("page"), true);
        let main = || frame("/app/main.py", Some("<module>"), true);
        let expected = Some("blog/render.py in page".to_owned());
        assert_eq!(culprit(vec![library(), page(), main()]), expected);
        assert_eq!(culprit(vec![library()]), Some("json/decoder.py in decode".to_owned()));
        assert_eq!(culprit(vec![frame("/app/a.py", None, true)]), Some("a.py".to_owned()));
        assert_eq!(culprit(vec![]), None);
    }

    #[test]
    fn culprit_prefers_the_module() {
        let mut java = frame("Sender.java", Some("send"), true);
        java.module = Some("org.example.mail.Sender".into());
        assert_eq!(culprit(vec![java]), Some("org.example.mail.Sender in send".to_owned()));
    }
}
