//! Values and sentences: whether what follows `password:` or `token=` is the secret.
//!
//! Logs say `token: expired` as often as they say `token: 8f3a…`. The decision:
//!
//! - A quoted value is the secret, unless it is one of [`STATES`].
//! - After `=`, so is any unquoted value, except a state, up to three digits, and code (`get(…)`,
//!   `os.environ[…]`, `self.token`).
//! - A password can be any word, and states count only after its colon, unquoted.
//! - A number after a quoted name is the secret, as it would be in JSON.
//! - After `:`, in addition, a plain word is the secret only if no other word follows it:
//!   `password: swordfish` is one, `password: user not found` is a sentence.

use std::ops::Range;

use super::checks::follows_exception;
use super::names::{is_password_name, is_plural};
use super::placeholder::{MARKER_START, is_marker_at};
use super::text_names::name_before;

/// Words that tell a secret's state, type or source, in lower case.
const STATES: &[&str] = &[
    "required",
    "optional",
    "expired",
    "invalid",
    "valid",
    "missing",
    "incorrect",
    "wrong",
    "bad",
    "correct",
    "unset",
    "set",
    "not",
    "unknown",
    "absent",
    "present",
    "provided",
    "given",
    "found",
    "enabled",
    "disabled",
    "failed",
    "failure",
    "failing",
    "success",
    "successful",
    "ok",
    "okay",
    "error",
    "denied",
    "rejected",
    "accepted",
    "revoked",
    "refreshed",
    "created",
    "updated",
    "rotated",
    "deleted",
    "changed",
    "reset",
    "verified",
    "unverified",
    "validated",
    "issued",
    "generated",
    "malformed",
    "unexpected",
    "mismatch",
    "mismatched",
    "unsupported",
    "unauthorized",
    "forbidden",
    "timeout",
    "pending",
    "active",
    "inactive",
    "default",
    "auto",
    "string",
    "str",
    "integer",
    "int",
    "number",
    "float",
    "bool",
    "boolean",
    "bytes",
    "object",
    "array",
    "any",
    "char",
    "text",
    "varchar",
    "option",
    "unit",
    "void",
    "type",
    "self",
    "this",
    "super",
    "password",
    "passwd",
    "secret",
    "token",
    "credentials",
    "credential",
    "apikey",
    "api_key",
    "api-key",
    "username",
    "user",
    "prompt",
    "stdin",
    "env",
    "file",
    "vault",
    "bearer",
    "basic",
    "digest",
    "jwt",
    "oauth",
    "oauth2",
    "saml",
    "ldap",
    "header",
    "cookie",
    "query",
    "body",
    "blank",
    "short",
    "weak",
    "strong",
    "the",
    "a",
    "an",
    "is",
    "was",
    "must",
    "should",
    "cannot",
    "can",
    "could",
    "please",
    "no",
    "on",
    "off",
    "eof",
    "ident",
    "identifier",
    "end",
];

/// Beginnings of expressions in code, where the value is a variable.
const CODE: &[&str] = &[
    "self.",
    "this.",
    "os.",
    "env.",
    "process.env",
    "sys.",
    "config.",
    "settings.",
    "request.",
    "req.",
    "args.",
    "options.",
    "opts.",
    "params.",
    "ctx.",
    "app.",
    "kwargs",
    "getenv",
    "secrets.",
    "vars.",
    "var.",
    "local.",
    "data.",
    "module.",
    "@",
    "&",
    "await",
    "new",
    "lambda",
];

/// How far to look back from a value, in bytes.
const LOOK_BACK: usize = 256;

/// Whether the value at `span`, which follows a secret name and an operator, is a secret.
pub(super) fn is_assigned_value(text: &str, span: &Range<usize>) -> bool {
    let (Some(before), Some(value), Some(after)) =
        (text.get(..span.start), text.get(span.clone()), text.get(span.end..))
    else {
        return false;
    };
    // The letters of a marker are none of the value's.
    let unmarked = value.split(MARKER_START).next().unwrap_or_default();
    if !unmarked.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80)
        || is_marker_at(text, span.start)
        || follows_exception(text, span.start)
    {
        return false;
    }
    let name_span = name_before(text, span.start).unwrap_or(span.start..span.start);
    let name = text.get(name_span.clone()).unwrap_or_default();
    let is_quoted = before.ends_with(['"', '\'', '`']);
    if is_state(value) {
        let is_assigned = is_quoted || before.trim_end().ends_with('=');
        return is_assigned && is_password_name(name);
    }
    if is_quoted {
        return true;
    }
    let is_name_quoted = text
        .get(name_span.end..span.start)
        .is_some_and(|between| between.contains(['"', '\'', '`']));
    if is_name_quoted && value.bytes().all(|b| b.is_ascii_digit()) {
        return !is_short_number(value) || !is_plural(name);
    }
    // The rule for private keys takes what follows the armour's first line.
    let is_armour = value.starts_with("-----BEGIN");
    if is_armour || is_short_number(value) || is_code(value, after) || is_directory(before, value) {
        return false;
    }
    let operator = before.trim_end_matches(' ');
    let spaced = operator.len() < before.len();
    let continues = spaced && is_sentence(value, after);
    !operator.ends_with(':') || !(continues || is_resource_name(before))
}

fn is_state(value: &str) -> bool {
    let word = value.trim_end_matches(['.', ',', '!', '?', ':', ';']);
    word.len() <= 16 && STATES.iter().any(|state| word.eq_ignore_ascii_case(state))
}

fn is_short_number(value: &str) -> bool {
    value.len() <= 3 && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_code(value: &str, after: &str) -> bool {
    after.starts_with(['(', '[']) || CODE.iter().any(|start| value.starts_with(start))
}

/// `PWD=/app` is the shell's working directory.
fn is_directory(before: &str, value: &str) -> bool {
    let name = before.trim_end_matches(['=', ':', ' ']);
    let last = name.len().checked_sub(3).and_then(|start| name.get(start..));
    value.starts_with('/') && last.is_some_and(|last| last.eq_ignore_ascii_case("pwd"))
}

/// Whether the word that ends in the colon began as an ARN, URN or path: `…:secret:prod/db`,
/// `registry/token:1.2`.
fn is_resource_name(before: &str) -> bool {
    let bytes = before.as_bytes();
    let length = bytes
        .iter()
        .rev()
        .take(LOOK_BACK)
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'"' | b'\'' | b'=' | b','))
        .count();
    let word = bytes.get(bytes.len() - length..).unwrap_or_default();
    word.starts_with(b"arn:") || word.starts_with(b"urn:") || word.contains(&b'/')
}

/// A plain word, followed by another that is not itself a name.
fn is_sentence(value: &str, after: &str) -> bool {
    let plain = value.strip_suffix(['.', ',', ';']).unwrap_or(value);
    let mut letters = plain.chars();
    let plain = letters.next().is_some_and(char::is_alphabetic)
        && letters.all(|c| c.is_lowercase() || matches!(c, '\'' | '-'));
    let Some(next) = after.strip_prefix([' ', ',']) else {
        return false;
    };
    let next = next.trim_start();
    let word = next.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'\'').count();
    let follows = next.as_bytes().get(word);
    plain
        && word > 0
        && follows.is_none_or(|byte| matches!(byte, b' ' | b'.' | b',' | b'!' | b'?' | b';' | b')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value is between `«` and `»`.
    fn is_secret(marked: &str) -> bool {
        let (before, rest) = marked.split_once('«').unwrap();
        let (value, after) = rest.split_once('»').unwrap();
        let span = before.len()..before.len() + value.len();
        is_assigned_value(&format!("{before}{value}{after}"), &span)
    }

    #[test]
    fn values() {
        for text in [
            "password=«hunter2»",
            "password: «hunter2» for bob",
            "password: «swordfish»",
            "password: «swordfish» user: bob",
            "password: «Swordfish», host=db",
            "token: «AbCdEf» was used",
            "token=«expiring»",
            "pin_secret=«1234»",
            "pwd=«hunter2»",
            "password: \"«a b»\" and more",
            "password=«пароль»",
            "password=«correct»",
            "db_pass=«basic»",
            "{\"password\": \"«default»\"}",
            "{\"otp\":«998877»}",
            "{\"cvv\":«123»}",
        ] {
            assert!(is_secret(text), "{text}");
        }
    }

    #[test]
    fn sentences_states_and_code() {
        for text in [
            "password: «required»",
            "--password «is» missing",
            "auth=«basic»",
            "{\"credentials\":«3»}",
            "token=«expired».",
            "token: \"«string»\"",
            "password: «user» not found",
            "token: «refresh», then retry",
            "secret=«17»",
            "token: «}»",
            "token = «get_token»(x)",
            "password = «self.password»",
            "key = «os.environ»[\"X\"]",
            "PWD=«/app»",
            "next_token=«abc123»",
            "arn:aws:secretsmanager:eu-west-1:1:secret:«prod/db»",
            "acme/token:«1.2.3»",
            "private_key: «-----BEGIN» RSA",
            "password=«[REDACTED:jwt]»",
        ] {
            assert!(!is_secret(text), "{text}");
        }
    }
}
