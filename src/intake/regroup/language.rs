//! What a language says about the lines of its tracebacks: the shape of a row in the table.

/// A language whose tracebacks are joined. Its functions look at one line and do work that is
/// linear in its length.
pub(super) struct Language {
    /// What the line at hand proves. It is asked of every log event: the first bytes decide.
    pub(super) proof: fn(&str) -> Option<Proof>,
    /// Whether a line above a proof is the head of its traceback.
    pub(super) head: fn(&str) -> Option<Head>,
    /// How many lines before a header belong to it. The argument gives the line at a distance
    /// above it, the first at 1, where one may be joined.
    pub(super) preface: fn(&Above<'_>) -> usize,
    /// Whether a line follows in a traceback of which all was read up to a place.
    pub(super) follow: fn(Place, &str) -> Step,
    /// Whether the first line, which stands above the proof, announces the second, which is
    /// [`Step::Announced`].
    pub(super) announces: fn(&str, &str) -> bool,
}

/// The lines above a header by their distance.
pub(super) type Above<'a> = dyn Fn(usize) -> Option<&'a str> + 'a;

/// A line that only a traceback has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// The traceback begins with the line, if one that follows says so too. A `glued` header
    /// stands at the end of a log line.
    Header { place: Place, glued: bool },
    /// The line lies within a traceback, whose head stands above.
    Below { place: Place, otherwise: Otherwise },
}

/// What a proof within a traceback is worth without a head that is known as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Otherwise {
    /// Nothing: the line is left alone.
    Nothing,
    /// The line above is the head, if it says that something went wrong.
    LineAbove,
    /// The nearest line above that begins a log is the head.
    LogAbove,
    /// It begins the traceback, if another line follows.
    Itself,
}

/// How a line is the head of a traceback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// The exception stands at its beginning: the runtime wrote the line.
    Own,
    /// The exception stands within a log line.
    Within,
    /// It is the head of a cause, to be taken when there is no other.
    Part,
}

/// Up to where a traceback was read. A language uses those that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The head, and further lines of its message.
    Head,
    /// The head, whose message is one line that follows.
    HeadBeforeMessage,
    /// Frames.
    Frame,
    /// The head of a script that does not compile.
    Syntax,
    /// The first line of the message after the frames.
    Final,
    /// Further lines of that message.
    Message,
    /// A quotation mark that closes the traceback of another process.
    Closed,
    /// A function, whose place is the next line.
    Call,
    /// A line that connects two exceptions.
    Connection,
    /// An exception group or an error's properties, whose lines show by their margin.
    Margin,
    /// A stack without exception.
    Stack,
    /// The last line.
    End,
}

/// What a line is to the traceback above it. What follows may be read from the place it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It surely belongs to it.
    Certain(Place),
    /// It has the language's shape, but needs a line that surely belongs to it soon after.
    Likely(Place),
    /// Other logs could hold it as well: it belongs to it if a line that surely does follows soon.
    Doubtful(Place),
    /// It surely belongs to it if a line above the proof announces it, and else it does not.
    Announced(Place),
    /// It does not belong to it.
    Foreign,
}

impl Step {
    /// Up to where the traceback was read with the line, unless the line is foreign to it.
    pub(super) fn place(self) -> Option<Place> {
        match self {
            Self::Certain(place)
            | Self::Likely(place)
            | Self::Doubtful(place)
            | Self::Announced(place) => Some(place),
            Self::Foreign => None,
        }
    }
}

/// The preface of a language that has none.
pub(super) fn no_preface(_: &Above<'_>) -> usize {
    0
}

/// The announcements of a language that has none.
pub(super) fn no_announcement(_: &str, _: &str) -> bool {
    false
}
