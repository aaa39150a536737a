//! Checks: what a regular expression cannot say about a candidate secret, such as a check digit.
//!
//! A check accepts a candidate, narrows it, or rejects it.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::check_digits::{iban_len, is_card, is_ssn};
use super::names_before::NamesBefore;
use super::prose;

/// A condition on a candidate secret in its text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Check {
    /// A payment card: an issuer's range, a length that the issuer uses, and the Luhn digit.
    Card,
    /// Not assigned to the name of an identifier, a time or a count: `span_id=…`, `"orderId": "…"`.
    NotIdentifier,
    /// Not behind the label of something public or derived: `cache key`, `public_key`,
    /// `nextToken`.
    Labelled,
    /// A United States social security number that can have been issued: area not 000, 666 or
    /// above 899, group not 00, serial not 0000.
    Ssn,
    /// An IBAN: the country's length, to which the candidate is narrowed, and ISO 7064 mod 97.
    Iban,
    /// At least this Shannon entropy, in bits a byte.
    Entropy(f32),
    /// Letters and digits both: no word, no number.
    LettersAndDigits,
    /// What no one writes in prose: long hexadecimal digits, or capitals, small letters and digits
    /// mixed. The candidate is a whole word of letters, digits and `_.+/=-`.
    Random,
    /// Not a part of a longer identifier: no letter, digit, or `-`, `.`, `_`, `/`, `:` that joins
    /// one, on either side.
    Isolated,
    /// The base64 of a JSON object before the first dot; a second part that begins with `eyJ` will
    /// do as well.
    JwtHeader,
    /// The base64 of `user:password`.
    BasicCredentials,
    /// A value that was assigned to a secret name, and not the continuation of a sentence, a type,
    /// a variable or a state such as `expired`.
    Assigned,
    /// A value after a name that is secret as a key, too; without the scheme (`Bearer`) before it.
    SecretName,
    /// An address that the standard library parses.
    IpAddress,
    /// A number of digits in this range, bounds included.
    DigitCount(usize, usize),
    /// One of these literals stands somewhere in the text, in any ASCII case. Every match of the
    /// pattern holds one, so that this decides nothing but whether the pattern is compiled and run.
    TextHolds(&'static [&'static str]),
}

impl Check {
    /// Whether the text can hold a candidate that passes; asked before the pattern is run.
    pub(super) fn has_chance_in(self, text: &str) -> bool {
        match self {
            Self::TextHolds(literals) => literals.iter().any(|literal| holds(text, literal)),
            Self::Random => text
                .as_bytes()
                .split(|byte| !is_of_word(*byte))
                .filter(|word| word.len() >= SHORTEST_RANDOM)
                .any(|word| std::str::from_utf8(word).is_ok_and(is_random)),
            _ => true,
        }
    }

    /// The part of `candidate` that is the secret, if it is one.
    pub(super) fn narrow(
        self,
        text: &str,
        candidate: Range<usize>,
        names: &mut NamesBefore<'_>,
    ) -> Option<Range<usize>> {
        let value = text.get(candidate.clone())?;
        let accepted = match self {
            Self::Iban => return iban_len(value).map(|len| candidate.start..candidate.start + len),
            Self::Card => is_card(value),
            Self::NotIdentifier => !follows_identifier_name(text, candidate.start, names),
            Self::Labelled => !follows_public_label(text, candidate.start),
            Self::Ssn => is_ssn(value),
            Self::Entropy(bits) => entropy(value.as_bytes()) >= bits,
            Self::LettersAndDigits => {
                value.bytes().any(|b| b.is_ascii_digit())
                    && value.bytes().any(|b| b.is_ascii_alphabetic())
            }
            Self::Random => is_random(value),
            Self::Isolated => is_isolated(text, &candidate),
            Self::JwtHeader => has_jwt_header(value),
            Self::BasicCredentials => is_basic_credentials(value),
            Self::Assigned => prose::is_assigned_value(text, &candidate, names),
            Self::SecretName => {
                return names
                    .is_secret(candidate.start)
                    .then(|| candidate.start + scheme_len(value)..candidate.end);
            }
            Self::IpAddress => {
                value.parse::<Ipv4Addr>().is_ok() || value.parse::<Ipv6Addr>().is_ok()
            }
            Self::DigitCount(least, most) => {
                (least..=most).contains(&value.bytes().filter(u8::is_ascii_digit).count())
            }
            Self::TextHolds(_) => true,
        };
        accepted.then_some(candidate)
    }
}

/// Whether the literal stands in the text, in any ASCII case.
fn holds(text: &str, literal: &str) -> bool {
    let (text, literal) = (text.as_bytes(), literal.as_bytes());
    let Some(first) = literal.first() else { return true };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text)
        .filter_map(|at| text.get(at..at + literal.len()))
        .any(|found| found.eq_ignore_ascii_case(literal))
}

/// Shannon entropy in bits a byte.
fn entropy(bytes: &[u8]) -> f32 {
    let mut counts = [0_u16; 256];
    let mut total = 0_u16;
    for byte in bytes.iter().take(4096) {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
            total += 1;
        }
    }
    let total = f32::from(total);
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f32::from(*count) / total)
        .map(|share| -share * share.log2())
        .sum()
}

/// Whether the byte belongs to a word that [`Check::Random`] looks at.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'/' | b'=' | b'-')
}

/// Shorter words are not taken for random, in bytes.
const SHORTEST_RANDOM: usize = 12;

/// Not the name of an algorithm, either.
fn is_random(value: &str) -> bool {
    const ALGORITHMS: [&str; 5] = ["SHA", "Sha", "HMAC", "Hmac", "Base64"];
    if value.len() < SHORTEST_RANDOM {
        return false;
    }
    let count = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
    let is_hex = value.len() >= 32 && count(u8::is_ascii_hexdigit) == value.len();
    let is_mixed = count(u8::is_ascii_digit) >= 2
        && count(u8::is_ascii_uppercase) >= 1
        && count(u8::is_ascii_lowercase) >= 2;
    is_hex || is_mixed && !ALGORITHMS.iter().any(|name| value.contains(name))
}

fn is_isolated(text: &str, span: &Range<usize>) -> bool {
    let joins = |byte: Option<&u8>, next: Option<&u8>| match byte {
        Some(byte) if byte.is_ascii_alphanumeric() => true,
        Some(b'-' | b'.' | b'_' | b'/' | b':') => {
            // The bracket is a marker's, where an identifier was before.
            next.is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'[' | b']'))
        }
        _ => false,
    };
    let bytes = text.as_bytes();
    let before = |distance: usize| span.start.checked_sub(distance).and_then(|at| bytes.get(at));
    // A colon before is a name's (`card:4111…`), a colon after it would be a MAC's or a time's.
    let joined_before = before(1) != Some(&b':') && joins(before(1), before(2));
    !joined_before && !joins(bytes.get(span.end), bytes.get(span.end + 1))
}

fn has_jwt_header(value: &str) -> bool {
    let Some((header, rest)) = value.split_once('.') else {
        return false;
    };
    if rest.starts_with("eyJ") {
        return true;
    }
    decode_base64(header).is_some_and(|json| {
        json.starts_with(b"{\"") && json.ends_with(b"}") && json.iter().all(|b| *b >= b' ')
    })
}

fn is_basic_credentials(value: &str) -> bool {
    decode_base64(value).is_some_and(|decoded| {
        decoded.contains(&b':')
            && std::str::from_utf8(&decoded).is_ok_and(|text| !text.contains('\0'))
    })
}

/// Decodes standard or URL-safe base64, padded or not.
fn decode_base64(value: &str) -> Option<Vec<u8>> {
    let value = value.trim_end_matches('=');
    let alphabet = if value.contains(['-', '_']) {
        base64_simd::URL_SAFE_NO_PAD
    } else {
        base64_simd::STANDARD_NO_PAD
    };
    alphabet.decode_to_vec(value).ok()
}

/// Last words of the names of identifiers, times and counts.
const IDENTIFIERS: [&str; 24] = [
    "id",
    "ids",
    "uid",
    "ts",
    "time",
    "timestamp",
    "epoch",
    "duration",
    "nanos",
    "micros",
    "ns",
    "us",
    "seq",
    "sequence",
    "offset",
    "position",
    "version",
    "revision",
    "bytes",
    "size",
    "count",
    "nonce",
    "lsn",
    "cursor",
];

/// Whether a name and an operator stand before the value that begins at `at`, and the name's last
/// word is one of [`IDENTIFIERS`], without another that speaks of cards.
fn follows_identifier_name(text: &str, at: usize, names: &mut NamesBefore<'_>) -> bool {
    let Some(name) = names.span(at) else {
        return false;
    };
    let is_assigned = text.get(name.end..at).is_some_and(|between| between.contains(['=', ':']));
    let name = text.get(name).unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    is_assigned
        && !lower.contains("card")
        && !lower.contains("payment")
        && lower.split(|c: char| !c.is_ascii_alphanumeric()).all(|word| word != "pan")
        && IDENTIFIERS.iter().any(|word| {
            lower.strip_suffix(word).is_some_and(|rest| {
                let begins_at_capital =
                    name.as_bytes().get(rest.len()).is_some_and(u8::is_ascii_uppercase);
                begins_at_capital || !rest.ends_with(|c: char| c.is_ascii_alphabetic())
            })
        })
}

/// What stands before `key`, `token` or `auth` in labels of what is no secret.
const PUBLIC: [&str; 45] = [
    "cache",
    "public",
    "pub",
    "primary",
    "partition",
    "sort",
    "hash",
    "foreign",
    "idempotency",
    "object",
    "range",
    "message",
    "event",
    "group",
    "unique",
    "index",
    "search",
    "metric",
    "tag",
    "label",
    "dedup",
    "deduplication",
    "correlation",
    "trace",
    "request",
    "next",
    "page",
    "pagination",
    "cursor",
    "continuation",
    "resume",
    "sync",
    "lock",
    "restore",
    "feature",
    "flag",
    "translation",
    "header",
    "site",
    "commit",
    "issue",
    "project",
    "publishable",
    "lookup",
    "sequence",
];

/// Whether the words before `at` are the label of something public or derived.
fn follows_public_label(text: &str, at: usize) -> bool {
    const LOOK_BACK: usize = 64;
    let from = text.floor_char_boundary(at.saturating_sub(LOOK_BACK));
    let before = text.get(from..at).unwrap_or_default();
    let mut words = before
        .rsplit(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip_while(|word| {
            ["is", "was", "value"].iter().any(|verb| word.eq_ignore_ascii_case(verb))
        });
    let label = words.next().unwrap_or_default().to_ascii_lowercase();
    let rest = ["key", "token", "auth", "secret"].iter().find_map(|kind| label.strip_suffix(kind));
    match rest {
        Some("") => {
            let qualifier = words.next().unwrap_or_default();
            PUBLIC.iter().any(|word| qualifier.eq_ignore_ascii_case(word))
        }
        // Glued: `cacheKey`.
        Some(rest) => PUBLIC.iter().any(|word| rest.ends_with(word)),
        None => false,
    }
}

/// The length of the authorization scheme with which `value` begins, and of the space after it.
fn scheme_len(value: &str) -> usize {
    const SCHEMES: [&str; 5] = ["basic", "bearer", "token", "apikey", "digest"];
    value
        .split_once(' ')
        .filter(|(first, rest)| {
            !rest.trim().is_empty() && SCHEMES.iter().any(|known| first.eq_ignore_ascii_case(known))
        })
        .map_or(0, |(first, rest)| first.len() + 1 + rest.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_identifiers() {
        let follows =
            |text: &str| follows_identifier_name(text, text.len(), &mut NamesBefore::new(text));
        for text in ["span_id=", "\"orderId\": \"", "id: ", "dd.trace_id=", "ts=", "x[id]="] {
            assert!(follows(text), "{text}");
        }
        for text in ["paid ", "paid: ", "card_id=", "id ", "valid: ", "pan=", "", "cents="] {
            assert!(!follows(text), "{text}");
        }
    }

    #[test]
    fn labels_of_what_is_public() {
        let follows = |text: &str| follows_public_label(text, text.len());
        for text in ["cache key: ", "x.cacheKey=\"", "public_key is ", "next token ", "a-site-key="]
        {
            assert!(follows(text), "{text}");
        }
        for text in ["api key: ", "heroku key=", "TOKEN=", "token is ", "", "secret: '"] {
            assert!(!follows(text), "{text}");
        }
    }

    #[test]
    fn entropy_of_known_texts() {
        assert!(entropy(b"aaaaaaaa").abs() < 0.001);
        assert!((entropy(b"abcdabcd") - 2.0).abs() < 0.001);
        assert!((entropy(b"0123456789abcdef") - 4.0).abs() < 0.001);
        assert!(entropy(b"").abs() < 0.001);
    }

    #[test]
    fn jwt_headers() {
        assert!(has_jwt_header("eyJhbGciOiJub25lIn0.cGF5bG9hZA.sig"));
        assert!(has_jwt_header("eyJxxxxx.eyJyyyyy.zzz"));
        assert!(!has_jwt_header("eyJub3QganNvbg.cGF5bG9hZA"));
        assert!(!has_jwt_header("eyJhbGciOiJub25lIn0"));
    }

    #[test]
    fn basic_credentials() {
        assert!(is_basic_credentials("dXNlcjpwYXNz"));
        assert!(is_basic_credentials("YWRtaW46aHVudGVyMg=="));
        assert!(!is_basic_credentials("authentication"));
        assert!(!is_basic_credentials("aGVsbG8gd29ybGQ="));
    }

    #[test]
    fn schemes_are_no_part_of_the_secret() {
        for (value, length) in
            [("Basic dXNl", 6), ("bearer  x", 8), ("basic ", 0), ("basically x", 0), ("", 0)]
        {
            assert_eq!(scheme_len(value), length, "{value}");
        }
    }

    #[test]
    fn isolation() {
        let alone = |text: &str| {
            let start = text.find('1').unwrap();
            is_isolated(text, &(start..start + 2))
        };
        for text in ["12", "a 12 b", "(12)", "ssn:12,", "12.", "x=12;", "12 - 3", "\"12\""] {
            assert!(alone(text), "{text}");
        }
        for text in ["a12", "123", "4-12", "12-4", "v4.12", "12.4", "a_12", "/a/12", "12:30"] {
            assert!(!alone(text), "{text}");
        }
    }
}
