//! What stands where a secret would stand, and is none: our own markers, other tools' masks,
//! template variables, empty values. They are left alone, which also makes redaction idempotent.

/// The beginning of every marker.
pub(super) const MARKER_START: &str = "[REDACTED";

/// No marker is longer, in bytes.
pub(super) const LONGEST_MARKER: usize = 96;

/// The longest tail that a marker may carry after the rule's id: 12 hex digits, or `…` and 4
/// characters.
const MAX_TAIL: usize = 12;

/// Whether `text` is, as a whole, a marker that this engine writes: `[REDACTED]`,
/// `[REDACTED:<rule-id>]` or `[REDACTED:<rule-id>:<tail>]`.
#[must_use]
pub fn is_redaction(text: &str) -> bool {
    marker_len(text) == Some(text.len())
}

/// The length in bytes of the marker with which `text` begins.
pub(super) fn marker_len(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(MARKER_START)?;
    // No further, lest a text of many unclosed brackets take quadratic time.
    let near = rest.as_bytes().get(..LONGEST_MARKER).unwrap_or(rest.as_bytes());
    let inside = rest.get(..memchr::memchr(b']', near)?)?;
    let valid = match inside.strip_prefix(':') {
        None => inside.is_empty(),
        Some(label) => {
            let (id, tail) = label.split_once(':').unwrap_or((label, "0"));
            !id.is_empty()
                && id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
                && !tail.is_empty()
                && tail.len() <= MAX_TAIL
                && tail.chars().all(is_tail_char)
        }
    };
    valid.then(|| MARKER_START.len() + inside.len() + 1)
}

/// Whether one of our markers begins in `text` at `at`.
pub(super) fn is_marker_at(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| marker_len(rest).is_some())
}

/// The end of the marker of ours that begins before `at` and reaches at least to `at`.
pub(super) fn marker_end_at(text: &str, at: usize) -> Option<usize> {
    let near = at.saturating_sub(LONGEST_MARKER);
    let before = text.get(..at)?.as_bytes().get(near..)?;
    // Brackets are few, so that this is far cheaper than a search for the marker's beginning.
    let from = near
        + memchr::memrchr_iter(b'[', before).find(|at| {
            before.get(*at..).is_some_and(|rest| rest.starts_with(MARKER_START.as_bytes()))
        })?;
    let end = from + text.get(from..).and_then(marker_len)?;
    (end >= at).then_some(end)
}

/// Whether a character may stand in a marker's tail.
pub(super) fn is_tail_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '…')
}

/// Words that stand for an absent or withheld value.
const WORDS: [&str; 22] = [
    "null",
    "none",
    "nil",
    "undefined",
    "nan",
    "n/a",
    "na",
    "true",
    "false",
    "yes",
    "no",
    "empty",
    "redacted",
    "filtered",
    "masked",
    "hidden",
    "removed",
    "scrubbed",
    "sensitive",
    "changeme",
    "placeholder",
    "omitted",
];

/// Beginnings of references that other programs replace by the secret.
const REFERENCES: [&str; 9] = [
    "arn:aws",
    "env:",
    "file:/",
    "vault:",
    "op://",
    "ref+",
    "@Microsoft.KeyVault(",
    "secretsmanager:",
    "ssm:",
];

/// Brackets that enclose a template variable or another tool's mask.
const BRACKETS: [(&str, &str); 9] = [
    ("${", "}"),
    ("$(", ")"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("#{", "}"),
    ("<", ">"),
    ("[", "]"),
    ("{", "}"),
    ("%", "%"),
];

/// Whether `value` stands where a secret would stand, but is none: empty, a marker, a mask
/// (`***`, `xxxx`, `....`), a template variable (`${VAR}`, `{{ var }}`, `<token>`, `%s`, `$VAR`,
/// `$1`), a reference (`vault:secret/data/x`) or a word such as `null`.
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
    if value.len() > 256 {
        return is_one_mask_char(value);
    }
    value.is_empty()
        || is_escaped_white_space(value)
        || is_redaction(value)
        || is_one_mask_char(value)
        || WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
        || is_bracketed(value)
        || is_variable(value)
        || is_format(value)
        || REFERENCES.iter().any(|start| starts_with(value, start))
}

/// The same as the method, which for other first letters is a call.
pub(super) fn starts_with(value: &str, start: &str) -> bool {
    value.as_bytes().first() == start.as_bytes().first() && value.starts_with(start)
}

/// `\t`, `\n`: white space as it stands in JSON within a text.
fn is_escaped_white_space(value: &str) -> bool {
    let mut rest = value;
    while let Some(behind) = ["\\t", "\\n", "\\r"].iter().find_map(|text| rest.strip_prefix(text)) {
        rest = behind;
    }
    rest.trim().is_empty()
}

/// `****`, `xxxx`, `....`, `----`, `••••`.
fn is_one_mask_char(value: &str) -> bool {
    let mut chars = value.chars();
    chars
        .next()
        .is_some_and(|first| matches!(first, '*' | 'x' | 'X' | '.' | '-' | '•' | '#' | '?' | '_'))
        && chars.all(|c| value.starts_with(c))
}

/// A name between brackets. Brackets around anything else may well be a password.
fn is_bracketed(value: &str) -> bool {
    BRACKETS.iter().any(|(open, close)| {
        starts_with(value, open)
            && value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(
                |name| {
                    !name.is_empty()
                        && name.len() <= 64
                        && name
                            .chars()
                            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '-' | '.' | ':'))
                },
            )
    })
}

/// `%s:%s`, `{}:{}`: a format without a letter of its own.
fn is_format(value: &str) -> bool {
    if !value.contains(['%', '{']) {
        return false;
    }
    let rest = value.replace("%s", "").replace("{}", "");
    rest.len() < value.len() && !rest.contains(|c: char| c.is_alphanumeric())
}

/// `$VAR`, `$1`, `%s`, `%(name)s`, `%VAR%`.
fn is_variable(value: &str) -> bool {
    if let Some(name) = value.strip_prefix('$') {
        return !name.is_empty()
            && name.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
            && (name.len() <= 2 || !name.starts_with(|c: char| c.is_ascii_digit()));
    }
    value.strip_prefix('%').is_some_and(|format| {
        matches!(format, "s" | "d" | "v" | "r" | "q" | "@" | "+v" | "#v")
            || (format.starts_with('(') && format.ends_with(")s"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        for marker in [
            "[REDACTED]",
            "[REDACTED:jwt]",
            "[REDACTED:url-password:…a1b2]",
            "[REDACTED:url-password:0123456789ab]",
        ] {
            assert!(is_redaction(marker), "{marker}");
        }
        for text in [
            "",
            "[REDACTED",
            "[REDACTED] and more",
            "[REDACTED:]",
            "[REDACTED:Not An Id]",
            "[REDACTED:jwt:]",
            "[REDACTED:jwt:hunter2hunter2hunter2]",
            "REDACTED",
        ] {
            assert!(!is_redaction(text), "{text}");
        }
    }

    #[test]
    fn placeholders() {
        for value in [
            "",
            " ",
            "***",
            "*",
            "xxxx",
            "XXXXXXXX",
            "....",
            "••••••",
            "[REDACTED]",
            "[REDACTED:x]",
            "[Filtered]",
            "${VAR}",
            "${DB_PASSWORD}",
            "$TOKEN",
            "$(cat-file)",
            "{{ var }}",
            "{{password}}",
            "<token>",
            "<your-api-key>",
            "%s",
            "%(password)s",
            "%PASSWORD%",
            "null",
            "None",
            "nil",
            "undefined",
            "true",
            "False",
            "REDACTED",
            "\"\"",
            "'***'",
            "{password}",
            "\\t\\n",
            "$1",
            "$12",
            "%s:%s",
            "{}:{}",
            "vault:secret/data/orders#password",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "hunter2",
            "x",
            "xxxy",
            "$ecret1",
            "$1$abc",
            "$123",
            "%s!x",
            "p*ss",
            "<p4ss>",
            "[abc123]",
            "{SSHA}kd8",
            "%ab%41",
            "****1",
            "nothing",
            "ghp_xxxx",
            "$Pass",
        ] {
            // One `x` is the mask of a one-character value.
            assert_eq!(is_placeholder(value), value == "x", "{value}");
        }
    }
}
