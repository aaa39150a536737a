//! The calls of Elixir's frames: a module and a function with its arity or its arguments.
//!
//! Arguments are counted and not kept: they are values, which differ from one occurrence to the
//! next.

use std::borrow::Cow;

use super::super::model::MAX_NAME_BYTES;
use super::line::{is_alias, is_name};

/// A module and a function.
pub(super) type Call<'a> = (Option<&'a str>, Cow<'a, str>);

/// The module and the function of a call; the arity is part of the function's name.
pub(super) fn parse(text: &str, has_place: bool) -> Option<Call<'_>> {
    if text.len() > MAX_NAME_BYTES && !text.ends_with(')') {
        return None;
    }
    if matches!(text, "(file)" | "(module)") {
        return has_place.then_some((None, text.into()));
    }
    if let Some(call) = text.strip_prefix("expanding macro: ") {
        return named_call(call);
    }
    if let Some(anonymous) = text.strip_prefix("anonymous fn/") {
        let arity = digits(anonymous)?;
        let (module, function) = named_call(anonymous.get(arity.len()..)?.strip_prefix(" in ")?)?;
        return Some((module, format!("anonymous fn/{arity} in {function}").into()));
    }
    if has_place && text.starts_with("#Function<") {
        let (_, arity) = text.rsplit_once('/').filter(|(function, _)| function.ends_with('>'))?;
        return digits(arity).map(|arity| (None, format!("anonymous fn/{arity}").into()));
    }
    if let Some(module) = text.strip_suffix(" (module body)") {
        let is_module = is_alias(module) && module.bytes().all(|b| is_name(b) || b == b'.');
        return is_module.then_some((Some(module), "(module body)".into()));
    }
    named_call(text)
}

/// The module and the function of a call whose function has a name.
fn named_call(text: &str) -> Option<Call<'_>> {
    let module = module(text)?;
    let function = text.get(module.len()..)?.strip_prefix('.')?;
    let name = without_arity(function)?;
    let rest = function.get(name.len()..)?;
    let arity =
        rest.strip_prefix('/').and_then(digits).filter(|arity| arity.len() + 1 == rest.len());
    let function = if arity.is_some() {
        function.into()
    } else {
        format!("{name}/{}", arguments(rest)?).into()
    };
    // The compiler gives each script a module with another number.
    let module = Some(module).filter(|module| !module.starts_with(":elixir_compiler_"));
    Some((module, function))
}

/// The module at the front of a call: `Mail.Box`, `:lists`, `:"a b"`.
fn module(text: &str) -> Option<&str> {
    if let Some(atom) = text.strip_prefix(':') {
        let length = match atom.strip_prefix('"') {
            Some(quoted) => quoted.find('"')? + 2,
            None => atom.bytes().take_while(|&byte| is_name(byte) || byte == b'@').count(),
        };
        return text.get(..=length).filter(|_| length > 0);
    }
    let mut end = 0;
    while let Some(rest) = text.get(end..)
        && rest.starts_with(|c: char| c.is_ascii_uppercase())
    {
        let length = rest.bytes().take_while(|&byte| is_name(byte)).count();
        end += length + 1;
    }
    text.get(..end.checked_sub(1)?)
}

/// The name of a function: a word, an operator, or anything within quotation marks.
fn without_arity(function: &str) -> Option<&str> {
    let length = if let Some(quoted) = function.strip_prefix('"') {
        quoted.find('"')? + 2
    } else if function.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        function.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '?' | '!' | '@')))?
    } else {
        // `/` is an operator itself.
        let is_operator = |c: char| c.is_ascii_punctuation() && !matches!(c, '(' | '"');
        let operator = function.find(|c: char| !is_operator(c))?;
        let is_arity =
            function.get(operator..).is_some_and(|rest| rest.starts_with(char::is_numeric));
        operator - usize::from(is_arity)
    };
    function.get(..length).filter(|name| !name.is_empty() && name.len() <= MAX_NAME_BYTES)
}

/// How many arguments stand between the brackets that fill `text`.
fn arguments(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?.strip_suffix(')')?;
    if inside.is_empty() {
        return Some(0);
    }
    let (mut depth, mut quoted, mut count) = (0_usize, false, 1);
    let mut bytes = inside.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if quoted => {
                bytes.next();
            }
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => count += 1,
            _ => {}
        }
    }
    (depth == 0 && !quoted).then_some(count)
}

/// The digits at the front of `text`; there is at least one.
fn digits(text: &str) -> Option<&str> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..length).filter(|digits| !digits.is_empty())
}
