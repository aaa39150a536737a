//! The lines of Elixir's tracebacks: heads and frames.

use memchr::memmem;

use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES};
use super::call;

/// The head of an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// How many bytes stand before it on its line.
    pub(super) before: usize,
    pub(super) exception_type: &'a str,
    /// The first line of the message.
    pub(super) message: &'a str,
}

/// A frame and how it is printed.
#[derive(Debug)]
pub(super) struct Printed<'a> {
    pub(super) frame: Frame<'a>,
    pub(super) indent: usize,
    /// Whether its application or its file is printed, which text seldom holds by chance.
    pub(super) is_placed: bool,
}

/// What begins a head.
const HEAD: &[u8] = b"** (";

/// Kinds of failure that are no exceptions.
const KINDS: &[&str] = &["throw", "exit", "stop", "EXIT"];

/// What precedes the process in the head of an exit that came from another one.
const EXIT_FROM: &str = "EXIT from #PID<";

/// Endings of the files that hold Elixir.
pub(super) const SOURCES: &[&[u8]] = &[b".ex:", b".exs:"];

/// Endings of the files that frames name.
const FILES: &[&str] = &[".ex", ".exs", ".erl", ".eex", ".heex", ".leex", ".xrl", ".yrl"];

/// Applications that are no one's own, each with those whose names begin with its name and `_`.
const LIBRARIES: &[&str] = &[
    "absinthe",
    "bandit",
    "broadway",
    "compiler",
    "cowboy",
    "crypto",
    "db_connection",
    "ecto",
    "eex",
    "elixir",
    "ex_unit",
    "finch",
    "gen_stage",
    "hackney",
    "httpoison",
    "iex",
    "inets",
    "jason",
    "kernel",
    "logger",
    "mint",
    "mix",
    "myxql",
    "nimble",
    "oban",
    "phoenix",
    "plug",
    "poison",
    "postgrex",
    "ranch",
    "req",
    "ssl",
    "stdlib",
    "swoosh",
    "telemetry",
    "tesla",
    "thousand_island",
];

/// The first head on `line`.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    memmem::find_iter(line.as_bytes(), HEAD).find_map(|before| {
        let (exception_type, rest) = exception_type(line.get(before + HEAD.len()..)?)?;
        let message = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
        Some(Head { before, exception_type, message })
    })
}

/// Takes a type and its closing bracket off the front.
fn exception_type(text: &str) -> Option<(&str, &str)> {
    if let Some(process) = text.strip_prefix(EXIT_FROM) {
        let rest = process.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        return Some((text.get(.."EXIT".len())?, rest.strip_prefix(">)")?));
    }
    let end = text.bytes().position(|byte| !is_name(byte) && byte != b'.')?;
    let (name, rest) = text.split_at_checked(end)?;
    let is_type = KINDS.contains(&name) || (name.len() <= MAX_NAME_BYTES && is_alias(name));
    Some((name, rest.strip_prefix(')')?)).filter(|_| is_type)
}

/// `Mail.BoxError`
pub(super) fn is_alias(name: &str) -> bool {
    name.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_uppercase()))
}

pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// How many blanks `line` begins with.
pub(super) fn indent(line: &str) -> usize {
    line.bytes().take_while(|&byte| byte == b' ').count()
}

/// The frame that fills `line`.
pub(super) fn frame(line: &str) -> Option<Printed<'_>> {
    let indent = indent(line);
    let text = line.get(indent..).filter(|_| indent > 0)?.trim_end();
    let (application, rest) = application(text).unzip();
    let rest = rest.unwrap_or(text);
    let place = place(rest);
    let call = place.map_or(rest, |place| place.rest);
    let (module, function) = call::parse(call, place.is_some())?;
    let file = place.map(|place| place.file);
    let mut frame = Frame {
        file: file.map(Into::into),
        line: place.and_then(|place| place.line),
        function: Some(function),
        module: module.map(Into::into),
        ..Frame::default()
    };
    let is_library = application.is_some_and(is_library)
        || file.is_some_and(|file| file.starts_with("deps/"))
        || module.is_some_and(|module| module.starts_with(':'));
    frame.in_app = !is_library;
    Some(Printed { frame, indent, is_placed: application.is_some() || place.is_some() })
}

/// Takes `(mail 0.1.0) `, up to Elixir 1.9 `(mail) `, off the front.
fn application(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('(')?;
    let end = text.bytes().position(|byte| !is_name(byte))?;
    let (name, rest) = text.split_at_checked(end)?;
    let rest = match rest.strip_prefix(' ') {
        Some(version) => {
            let is_version = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
            version.trim_start_matches(is_version)
        }
        None => rest,
    };
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase());
    Some((name, rest.strip_prefix(") ")?)).filter(|_| is_name)
}

fn is_library(application: &str) -> bool {
    LIBRARIES.iter().any(|library| {
        application
            .strip_prefix(library)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    })
}

/// Where a call stands in the source.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a str,
    line: Option<u64>,
    rest: &'a str,
}

/// Takes `lib/mail.ex:9: `, or the same without a line, off the front.
fn place(text: &str) -> Option<Place<'_>> {
    // A file's name ends before the first bracket or mark, which an argument would have.
    let end = text.find(['(', '"', '{']).unwrap_or(text.len());
    let (place, _) = text.get(..end)?.split_at_mark(": ")?;
    let rest = text.get(place.len() + 2..)?;
    let numbered = place.rsplit_once(':').and_then(|(file, n)| Some((file, n.parse().ok()?)));
    let (file, line) = numbered.map_or((place, None), |(file, line)| (file, Some(line)));
    let is_file = FILES.iter().any(|ending| file.ends_with(ending))
        || (line.is_some() && matches!(file, "nofile" | "iex"));
    (is_file && file.len() <= MAX_NAME_BYTES).then_some(Place { file, line, rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        let table = [
            ("** (KeyError) no key", Some((0, "KeyError", "no key"))),
            ("** (Mail.BoxError) ", Some((0, "Mail.BoxError", ""))),
            ("** (Mail.BoxError)", Some((0, "Mail.BoxError", ""))),
            ("    ** (EXIT) time out", Some((4, "EXIT", "time out"))),
            ("** (EXIT from #PID<0.96.0>) killed", Some((0, "EXIT", "killed"))),
            ("a ** (b) ** (C) d", Some((9, "C", "d"))),
            ("** (note) **", None),
            ("** (Note **", None),
            ("** (Note)**", None),
            ("** (Mail.boxError) x", None),
            ("** (EXIT from #PID<x>) killed", None),
            ("** (", None),
        ];
        for (line, expected) in table {
            let found = head(line).map(|head| (head.before, head.exception_type, head.message));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn frames() {
        // Line, file, line number, module, function, in_app.
        type Row = (&'static str, &'static str, u64, &'static str, &'static str, bool);
        let table: &[Row] = &[
            ("(mail 0.1.0) lib/mail.ex:9: Mail.send/1", "lib/mail.ex", 9, "Mail", "send/1", true),
            ("(elixir) lib/enum.ex:9: Enum.map/2", "lib/enum.ex", 9, "Enum", "map/2", false),
            ("(mail 0.1.0-dev) deps/a/b.ex: A.b!/1", "deps/a/b.ex", 0, "A", "b!/1", false),
            ("(ecto_sql 3.1.0) lib/a.ex:1: Ecto.a/1", "lib/a.ex", 1, "Ecto", "a/1", false),
            ("(ectoplasm 3.1.0) lib/a.ex:1: A.a/1", "lib/a.ex", 1, "A", "a/1", true),
            (
                "(stdlib 3.17) lists.erl:3: :lists.foreach/2",
                "lists.erl",
                3,
                ":lists",
                "foreach/2",
                false,
            ),
            (":erlang.+(1, :a)", "", 0, ":erlang", "+/2", false),
            (":erlang./(1, 0)", "", 0, ":erlang", "//2", false),
            ("a.ex:1: Kernel.//2", "a.ex", 1, "Kernel", "//2", true),
            ("a.ex:1: Kernel.</2", "a.ex", 1, "Kernel", "</2", true),
            ("Mail.Box.put(\"a, (\", %{a: [1, 2]}, nil)", "", 0, "Mail.Box", "put/3", true),
            ("Mail.close()", "", 0, "Mail", "close/0", true),
            ("a.exs:1: (file)", "a.exs", 1, "", "(file)", true),
            ("a.exs:1: Mail (module body)", "a.exs", 1, "Mail", "(module body)", true),
            ("nofile:2: Inline.go/1", "nofile", 2, "Inline", "go/1", true),
            ("a.ex:1: Enum.\"-map/2-\"/2", "a.ex", 1, "Enum", "\"-map/2-\"/2", true),
            (
                "a.ex:1: anonymous fn/2 in Mail.all/1",
                "a.ex",
                1,
                "Mail",
                "anonymous fn/2 in all/1",
                true,
            ),
            (
                "a.ex:1: anonymous fn/1 in :elixir_compiler_3.__FILE__/1",
                "a.ex",
                1,
                "",
                "anonymous fn/1 in __FILE__/1",
                true,
            ),
            ("a.ex:1: #Function<1.2 in Mail.a/1>/1", "a.ex", 1, "", "anonymous fn/1", true),
            ("expanding macro: Mail.box/1", "", 0, "Mail", "box/1", true),
        ];
        for &(text, file, line, module, function, in_app) in table {
            let found = frame(&format!("    {text}")).map(|it| it.frame.into_owned());
            let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
            let expected = Frame {
                file: some(file).map(Into::into),
                line: Some(line).filter(|line| *line > 0),
                module: some(module).map(Into::into),
                function: Some(function.into()),
                in_app,
                ..Frame::default()
            };
            assert_eq!(found, Some(expected), "{text}");
        }
    }

    #[test]
    fn no_frames() {
        for text in [
            "Mail",
            "Mail.send",
            "Mail.send/x",
            "Mail.send(1",
            "Mail.send(1))",
            "Mail.send(\"1)",
            "mail.send/1",
            "* Mail.send/1",
            "Mail.send/1 is gone",
            "def send(1)",
            "see lib/mail.ex:9: here",
            "(note) that",
            "(file)",
            "lib/mail.py:9: Mail.send/1 x",
            "# 1",
            ":to",
            ":.x/1",
        ] {
            assert!(frame(&format!("    {text}")).is_none(), "{text}");
        }
        assert!(frame("a.ex:1: Mail.send/1").is_none());
    }
}
