//! What a pattern is made of, and the names that stand in its braces.

use super::level::Spelling;
use super::word::Word;
use crate::document::Field;

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Literal(&'static str),
    /// One or more blanks, or the end of the line.
    Blanks,
    /// Any number of blanks.
    Margin,
    Time,
    /// Nothing, behind a time that is written so.
    Written(Notation),
    /// A time of day, which says no day: a label.
    Clock,
    Level(Spelling),
    Value(Value),
}

/// How a time is written, where that tells who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// With a comma before the fraction, as Python writes it.
    Comma,
    /// With `/` between the parts of the date, as Go writes it.
    Slashes,
    /// With `T` and its zone.
    Zoned,
}

/// A value by how it is spelt and what it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub spelling: Word,
    pub key: Name,
}

/// What a value is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Field(Field),
    Label(&'static str),
    Number(&'static str),
}

/// The names that stand in braces.
const NAMES: &[(&str, Piece)] = {
    use Word as W;
    const fn field(field: Field, spelling: Word) -> Piece {
        Piece::Value(Value { spelling, key: Name::Field(field) })
    }
    const fn label(label: &'static str, spelling: Word) -> Piece {
        Piece::Value(Value { spelling, key: Name::Label(label) })
    }
    const fn number(label: &'static str) -> Piece {
        Piece::Value(Value { spelling: Word::Digits, key: Name::Number(label) })
    }
    &[
        ("time", Piece::Time),
        (":comma", Piece::Written(Notation::Comma)),
        (":slashes", Piece::Written(Notation::Slashes)),
        (":zoned", Piece::Written(Notation::Zoned)),
        ("clock", Piece::Clock),
        ("LEVEL", Piece::Level(Spelling::Capitals)),
        ("BARE", Piece::Level(Spelling::Bare)),
        ("level", Piece::Level(Spelling::Any)),
        ("small", Piece::Level(Spelling::Small)),
        ("letter", Piece::Level(Spelling::Letter)),
        ("sign", Piece::Level(Spelling::Sign)),
        ("logger", field(Field::LogLogger, W::Token)),
        ("name", field(Field::LogLogger, W::Name)),
        ("dotted", field(Field::LogLogger, W::Dotted)),
        ("category", field(Field::LogLogger, W::Inside)),
        ("file", field(Field::LogOriginFileName, W::File)),
        ("line", field(Field::LogOriginFileLine, W::Digits)),
        ("function", field(Field::LogOriginFunction, W::Token)),
        ("thread", field(Field::ProcessThreadName, W::Inside)),
        ("worker", field(Field::ProcessThreadName, W::Plain)),
        ("tid", field(Field::ProcessThreadId, W::Digits)),
        ("pid", field(Field::ProcessPid, W::Digits)),
        ("process", field(Field::ProcessName, W::Plain)),
        ("program", field(Field::ProcessName, W::Anything)),
        ("host", field(Field::HostHostname, W::Plain)),
        ("request", field(Field::AwsLambdaRequestId, W::Uuid)),
        ("request_id", field(Field::HttpRequestId, W::Uuid)),
        ("trace", field(Field::TraceId, W::Hexadecimal(32))),
        ("span", field(Field::SpanId, W::Hexadecimal(16))),
        ("user", field(Field::UserName, W::Account)),
        ("code", field(Field::EventCode, W::Plain)),
        ("module", label("module", W::Plain)),
        ("spans", label("spans", W::Spans)),
        ("application", field(Field::ServiceName, W::Inside)),
        ("label", label("label", W::Inside)),
        ("database", label("database", W::Account)),
        ("node", label("node", W::Inside)),
        ("client", field(Field::ClientAddress, W::Plain)),
        ("port", field(Field::ClientPort, W::Digits)),
        ("subsystem", label("subsystem", W::Plain)),
        ("role", label("role", W::Plain)),
        ("class", label("class", W::Token)),
        ("jid", label("jid", W::Plain)),
        ("elapsed", number("elapsed")),
        ("event_id", number("EventId")),
    ]
};

/// The pieces of a pattern; `None` when a name in it is not known.
pub(super) fn compile(pattern: &'static str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let (piece, after) = match first {
            ' ' => (Piece::Blanks, rest.get(1..)?),
            '~' => (Piece::Margin, rest.get(1..)?),
            '{' if !rest.starts_with("{{") => {
                let (name, after) = rest.get(1..)?.split_once('}')?;
                (NAMES.iter().find(|(known, _)| *known == name)?.1, after)
            }
            // A brace that stands for itself is written twice.
            '{' | '}' => (Piece::Literal(rest.get(..1)?), rest.get(2..)?),
            _ => {
                let end = rest.find([' ', '~', '{', '}']).unwrap_or(rest.len());
                let (literal, after) = rest.split_at_checked(end)?;
                (Piece::Literal(literal), after)
            }
        };
        pieces.push(piece);
        rest = after;
    }
    (!pieces.is_empty()).then_some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_compile_to_their_pieces() {
        assert_eq!(
            compile("[{time}] ~{{-{BARE} "),
            Some(vec![
                Piece::Literal("["),
                Piece::Time,
                Piece::Literal("]"),
                Piece::Blanks,
                Piece::Margin,
                Piece::Literal("{"),
                Piece::Literal("-"),
                Piece::Level(Spelling::Bare),
                Piece::Blanks,
            ])
        );
        for pattern in ["", "{unknown} ", "{time"] {
            assert_eq!(compile(pattern), None, "{pattern}");
        }
    }
}
