//! Values and sentences: whether what follows `password:` or `token=` is the secret.
//!
//! Logs say `token: expired` as often as they say `token: 8f3a…`. The decision:
//!
//! - A quoted value is the secret, unless it is one of [`STATES`].
//! - After `=`, so is any unquoted value, except a state, up to three digits, and code (`get(…)`,
//!   `os.environ[…]`, `self.token`, `access_token`, `pw or ''`).
//! - What is compared (`token == "async"`) is a secret only if it has a digit.
//! - A password can be any word, and states count only after its colon, unquoted.
//! - A number after a quoted name is the secret, as it would be in JSON.
//! - After `:`, in addition, a plain word is the secret only if no other word follows it:
//!   `password: swordfish` is one, `password: user not found` is a sentence.
//! - After the colon of a name that prose uses as well (`auth:`, `pass:`), and within brackets
//!   (`token: [abc]`), only letters with digits are.

use std::ops::Range;

use super::names::{is_bare_word, is_plural, is_secret_name};
use super::names_before::NamesBefore;
use super::placeholder::{MARKER_START, is_marker_at, starts_with};
use super::prose_words::{CODE, FIRST_LETTERS_OF_STATES, STATES};
use super::text_names::is_prose_name;

/// How far to look back from a value, in bytes.
const LOOK_BACK: usize = 256;

/// Whether the value at `span`, which follows a secret name and an operator, is a secret.
pub(super) fn is_assigned_value(
    text: &str,
    span: &Range<usize>,
    names: &mut NamesBefore<'_>,
) -> bool {
    let (Some(before), Some(value), Some(after)) =
        (text.get(..span.start), text.get(span.clone()), text.get(span.end..))
    else {
        return false;
    };
    // The letters of a marker are none of the value's.
    let unmarked = if value.contains('[') {
        value.split(MARKER_START).next().unwrap_or_default()
    } else {
        value
    };
    if !unmarked.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80)
        || is_marker_at(text, span.start)
    {
        return false;
    }
    let name_span = names.span(span.start).unwrap_or(span.start..span.start);
    let name = text.get(name_span.clone()).unwrap_or_default();
    // `PWD` is a password in a connection string.
    let is_parameter = before.get(..name_span.start).is_some_and(|rest| rest.ends_with(';'));
    if (!is_parameter && names.is_exception(span.start))
        || is_cookie(name, value)
        || is_basic_pair(name, value)
    {
        return false;
    }
    let is_quoted = before.ends_with(['"', '\'', '`']);
    if is_state(value) {
        // A variable has the name of what it holds: `connect(password=password)`.
        return names.is_password(span.start)
            && (is_quoted
                || before.trim_end().ends_with('=')
                    && !is_bare_word(value)
                    && !is_code(value, after));
    }
    if before.trim_end_matches(['"', '\'', ' ']).ends_with("==")
        && !value.bytes().any(|b| b.is_ascii_digit())
    {
        return false;
    }
    let unquoted = before.trim_end_matches(['"', '\'', '`', '\\']);
    if unquoted.ends_with('[') {
        return !is_marker_at(text, unquoted.len() - 1) && has_letters_and_digits(value);
    }
    // The braces of a connection string, not those of a template.
    if unquoted.ends_with('{') && value.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_') {
        return false;
    }
    if is_quoted {
        return !is_namespaced(name, value) && !is_behind_quotation(before, value);
    }
    let is_name_quoted = text
        .get(name_span.end..span.start)
        .is_some_and(|between| between.contains(['"', '\'', '`']));
    if is_name_quoted && value.bytes().all(|b| b.is_ascii_digit()) {
        return !is_short_number(value) || !is_plural(name);
    }
    // The rule for private keys takes what follows the armour's first line.
    let is_armour = value.starts_with("-----BEGIN");
    let is_count = is_short_number(value) && !(value.len() == 3 && is_card_code(name));
    if is_armour
        || is_count
        || is_namespaced(name, value)
        || is_code(value, after)
        || is_directory(before, value)
    {
        return false;
    }
    let operator = before.trim_end_matches(' ');
    if !operator.ends_with(':') {
        return true;
    }
    let spaced = operator.len() < before.len();
    let continues = spaced && is_sentence(value, after);
    !continues
        && !is_resource_name(before)
        && !value.starts_with("http")
        && (!is_prose_name(name) || is_name_quoted || spaced && is_told(name, value))
}

/// Whether a value after the colon of a name that prose uses can be nothing but a secret: no
/// state, no count.
fn is_told(name: &str, value: &str) -> bool {
    let is_number = value.bytes().all(|b| b.is_ascii_digit());
    let is_code = ["pin", "otp", "code"].iter().any(|code| ends_in(name, code));
    (is_number && (is_code && value.len() >= 4 || is_card_code(name)))
        || (has_letters_and_digits(value)
            && value.len() >= 8
            && !value.trim_end_matches('=').contains([':', '=']))
}

/// A card's security code has three digits or four.
fn is_card_code(name: &str) -> bool {
    ["cvv", "cvc", "security_code", "securitycode"].iter().any(|code| ends_in(name, code))
}

fn ends_in(name: &str, word: &str) -> bool {
    let start = name.len().checked_sub(word.len());
    start.and_then(|at| name.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// `Cookie: sid=8f3a`, of which the rule for cookies takes the value only.
fn is_cookie(name: &str, value: &str) -> bool {
    ends_in(name, "cookie")
        && value.split_once('=').is_some_and(|(_, value)| !value.trim_matches('=').is_empty())
}

/// `basic_auth: bob:hunter2`, of which the rule for such pairs takes the password only.
fn is_basic_pair(name: &str, value: &str) -> bool {
    (ends_in(name, "basic_auth") || ends_in(name, "basicauth") || ends_in(name, "basic-auth"))
        && value.split_once(':').is_some_and(|(user, password)| {
            !user.is_empty() && has_letters_and_digits(password) && !password.contains([':', '/'])
        })
}

fn has_letters_and_digits(value: &str) -> bool {
    value.bytes().any(|b| b.is_ascii_digit()) && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// `secret: "prod/orders-tls"`, which names a secret of Kubernetes.
fn is_namespaced(name: &str, value: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
    };
    name.eq_ignore_ascii_case("secret")
        && value.split_once('/').is_some_and(|(space, name)| is_part(space) && is_part(name))
}

/// `pw or ""`, `kind if x else y`: a variable, and an operator of which prose makes no use here.
fn is_operand(value: &str, after: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'.'))
        && [" if ", " or ", " else ", " + ", " % "].iter().any(|start| after.starts_with(start))
}

/// `password`, `access_token`, `user.passwd`, `_token`, `Token.Name`: in code, what holds the secret.
fn is_identifier_of_secret(value: &str) -> bool {
    let is_path = value.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'.'));
    let has_parts = value.contains(['_', '.']);
    let is_type = has_parts
        && value.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_uppercase()))
        && value.contains('.');
    is_path
        && (is_bare_word(value)
            || is_type
            || value.starts_with('_')
            || has_parts && is_secret_name(value))
}

/// Whether the quote before `value` ends a quotation that the name is in: `input("Password: ")`.
fn is_behind_quotation(before: &str, value: &str) -> bool {
    if !value.starts_with([' ', ',', ')', ']', '}', ';', '+', '.', '%']) {
        return false;
    }
    let Some((rest, quote)) = before.split_at_checked(before.len().saturating_sub(1)) else {
        return false;
    };
    let near = rest.floor_char_boundary(rest.len().saturating_sub(LOOK_BACK));
    let line = rest.get(near..).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    line.matches(quote).count() % 2 == 1
}

/// `android.os.Binder@3429235`: what Java prints of an object without a text.
fn is_java_object(value: &str) -> bool {
    value.split_once('@').is_some_and(|(class, hash)| {
        class.split('.').count() >= 3
            && class.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'$'))
            && hash.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

fn is_state(value: &str) -> bool {
    let word = value.trim_end_matches(['.', ',', '!', '?', ':', ';', ' ']);
    let first = word.bytes().next().map_or(0, |first| 1 << (first % 32));
    let firsts = FIRST_LETTERS_OF_STATES.get(word.len());
    firsts.is_some_and(|firsts| firsts & first != 0)
        && STATES.iter().any(|state| word.eq_ignore_ascii_case(state))
}

fn is_short_number(value: &str) -> bool {
    value.len() <= 3 && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_code(value: &str, after: &str) -> bool {
    after.starts_with(['(', '['])
        || CODE.iter().any(|start| starts_with(value, start))
        || (value.len() <= 2 && after.starts_with(['"', '\'']))
        || is_operand(value, after)
        || is_identifier_of_secret(value)
        || is_java_object(value)
}

/// `PWD=/app` is the shell's working directory.
fn is_directory(before: &str, value: &str) -> bool {
    let name = before.trim_end_matches(['=', ':', ' ']);
    let last = name.len().checked_sub(3).and_then(|start| name.get(start..));
    value.starts_with('/') && last.is_some_and(|last| last.eq_ignore_ascii_case("pwd"))
}

/// Whether the word that ends in the colon began as an ARN, URN, path or PAM service:
/// `…:secret:prod/db`, `registry/token:1.2`, `pam_unix(passwd:chauthtok)`. A slash alone begins an
/// option on Windows: `/password:…`.
fn is_resource_name(before: &str) -> bool {
    let bytes = before.as_bytes();
    let length = bytes
        .iter()
        .rev()
        .take(LOOK_BACK)
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'"' | b'\'' | b'=' | b','))
        .count();
    let word = bytes.get(bytes.len() - length..).unwrap_or_default();
    word.starts_with(b"arn:")
        || word.starts_with(b"urn:")
        || word.starts_with(b"pam_")
        || word.get(1..).is_some_and(|rest| rest.contains(&b'/'))
}

/// A plain word, followed by another that is not itself a name, by a number or a quotation.
fn is_sentence(value: &str, after: &str) -> bool {
    let plain = value.strip_suffix(['.', ',', ';']).unwrap_or(value);
    let mut letters = plain.chars();
    let plain = letters.next().is_some_and(char::is_alphabetic)
        && (letters.all(|c| c.is_lowercase() || matches!(c, '\'' | '-'))
            || plain.bytes().all(|b| b.is_ascii_uppercase()));
    let Some(next) = after.strip_prefix([' ', ',']) else {
        return false;
    };
    let next = next.trim_start();
    if plain && next.starts_with(|c: char| c == '"' || c.is_ascii_digit()) {
        return true;
    }
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
        let text = format!("{before}{value}{after}");
        is_assigned_value(&text, &span, &mut NamesBefore::new(&text))
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
            "cvv=«731»",
            "user_pin: «0417»",
            "auth: «1e06db3b528f»",
            "token=[«8f3a9c»]",
            ";PWD=«hunter2»",
            "/password:«hunter2»",
            "if token == '«a1b2c3»'",
            "password = \"«, and so on»\"",
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
            "auth: «enabled»",
            "auth:«8080»",
            "token: «attempt» 3 of 5",
            "token: «HTTP» 401",
            "token: «serviceaccounts» \"default\" not found",
            "token: «android.os.Binder@3429235»",
            "pam_unix(passwd:«chauthtok»)",
            "secret: \"«prod/orders-tls»\"",
            "secrets=[«regcred»]",
            "secret=«prod/orders-tls» version=3",
            "auth: «sha256:0123»",
            "jwt: «header.alg=RS256» verified",
            "Pwd={«password»}",
            "cookie: «sid=8f3a»",
            "basic_auth: «bob:hunter2»",
            "if token == '«async»'",
            "password=«password», x",
            "refresh_token=«refresh_token», x",
            "token = «Keyword.Type»",
            "password = «pw» or ''",
            "password = «b»\"\"",
            "user_pass = «super»()",
            "input('Password: '«, stream)»",
            "auth = \"«Basic »\" + x",
            "`Bearer Token`: «https://www.example.com/x1»",
        ] {
            assert!(!is_secret(text), "{text}");
        }
    }
}
