//! Checks: what a regular expression cannot say about a candidate secret, such as a check digit.
//!
//! A check accepts a candidate, narrows it, or rejects it.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::names;
use super::prose;
use super::text_names::{name_before, with_word_before};

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
    /// mixed.
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
}

impl Check {
    /// The part of `candidate` that is the secret, if it is one.
    pub(super) fn narrow(self, text: &str, candidate: Range<usize>) -> Option<Range<usize>> {
        let value = text.get(candidate.clone())?;
        let accepted = match self {
            Self::Iban => return iban_len(value).map(|len| candidate.start..candidate.start + len),
            Self::Card => is_card(value),
            Self::NotIdentifier => !follows_identifier_name(text, candidate.start),
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
            Self::Assigned => prose::is_assigned_value(text, &candidate),
            Self::SecretName => {
                return follows_secret_name(text, candidate.start)
                    .then(|| candidate.start + scheme_len(value)..candidate.end);
            }
            Self::IpAddress => {
                value.parse::<Ipv4Addr>().is_ok() || value.parse::<Ipv6Addr>().is_ok()
            }
            Self::DigitCount(least, most) => {
                (least..=most).contains(&value.bytes().filter(u8::is_ascii_digit).count())
            }
        };
        accepted.then_some(candidate)
    }
}

/// Issuers' ranges: first and last prefix, and the lengths in use, from the issuers' public tables.
///
/// What a standard allows and hardly anybody issues is left out, since every length more costs
/// numbers that are no cards: 13 and 19 digits of Visa, 19 of Discover and JCB, 16 of Diners Club.
/// So is Maestro, whose ranges would take one in twenty of all numbers that pass Luhn.
const ISSUERS: [(&str, &str, &[usize]); 14] = [
    ("4", "4", &[16]),
    ("51", "55", &[16]),
    ("2221", "2720", &[16]),
    ("34", "34", &[15]),
    ("37", "37", &[15]),
    ("6011", "6011", &[16]),
    ("644", "649", &[16]),
    ("65", "65", &[16]),
    ("300", "305", &[14]),
    ("36", "36", &[14]),
    ("38", "39", &[14]),
    ("3528", "3589", &[16]),
    ("2200", "2204", &[16]),
    ("62", "62", &[16, 19]),
];

/// Longer numbers have to stand in groups: 19 digits without are a 64-bit identifier in decimal.
const LONGEST_UNGROUPED: usize = 16;

fn is_card(value: &str) -> bool {
    let mut digits = [0_u8; 19];
    let mut length = 0;
    for byte in value.bytes().filter(u8::is_ascii_digit) {
        let Some(slot) = digits.get_mut(length) else {
            return false;
        };
        *slot = byte;
        length += 1;
    }
    let digits = digits.get(..length).unwrap_or_default();
    let issued = ISSUERS.iter().any(|(first, last, lengths)| {
        lengths.contains(&length)
            && digits
                .get(..first.len())
                .is_some_and(|prefix| (first.as_bytes()..=last.as_bytes()).contains(&prefix))
    });
    // A number such as 4444 4444 4444 4448 passes, 0000… has no issuer.
    issued && (length <= LONGEST_UNGROUPED || value.len() > length) && luhn(digits)
}

/// ISO/IEC 7812-1, annex B.
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let digit = u32::from(digit - b'0');
            match (index % 2, digit) {
                (0, _) => digit,
                (_, 0..=4) => digit * 2,
                _ => digit * 2 - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn is_ssn(value: &str) -> bool {
    let digits: u32 = value
        .bytes()
        .filter(u8::is_ascii_digit)
        .take(9)
        .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    let (area, group, serial) = (digits / 1_000_000, digits / 10_000 % 100, digits % 10_000);
    area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
}

/// Lengths of IBANs by country, from the SWIFT IBAN registry.
const IBAN_LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
    ("YE", 30),
];

/// The length in bytes of the IBAN with which `value` begins, spaces included.
fn iban_len(value: &str) -> Option<usize> {
    let country = value.get(..2)?;
    let (_, length) = IBAN_LENGTHS.iter().find(|(name, _)| *name == country)?;
    let mut letters = value.bytes().enumerate().filter(|(_, byte)| *byte != b' ');
    let (last, _) = letters.nth(length - 1)?;
    let iban = value.get(..=last)?;
    let ends = value.as_bytes().get(last + 1).is_none_or(|byte| *byte == b' ');
    (ends && iban_mod_97(iban) == 1).then_some(iban.len())
}

/// The remainder of ISO 13616: the first four characters go last, letters count from 10.
fn iban_mod_97(iban: &str) -> u32 {
    let letters = || iban.bytes().filter(|byte| *byte != b' ');
    letters().skip(4).chain(letters().take(4)).fold(0, |remainder, byte| match byte {
        b'0'..=b'9' => (remainder * 10 + u32::from(byte - b'0')) % 97,
        _ => (remainder * 100 + u32::from(byte.to_ascii_uppercase() - b'A') + 10) % 97,
    })
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

/// Not the name of an algorithm, either.
fn is_random(value: &str) -> bool {
    const ALGORITHMS: [&str; 5] = ["SHA", "Sha", "HMAC", "Hmac", "Base64"];
    let count = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
    let is_hex = value.len() >= 32 && count(u8::is_ascii_hexdigit) == value.len();
    let is_mixed = value.len() >= 12
        && count(u8::is_ascii_digit) >= 2
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

/// Whether the name before the value that begins at `at` is a known exception.
pub(super) fn follows_exception(text: &str, at: usize) -> bool {
    name_before(text, at).and_then(|name| text.get(name)).is_some_and(names::is_exception)
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
fn follows_identifier_name(text: &str, at: usize) -> bool {
    let Some(name) = name_before(text, at) else {
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

/// Whether the name before the value that begins at `at` is a secret's: `apikey`, or `api key`.
fn follows_secret_name(text: &str, at: usize) -> bool {
    let Some(name) = name_before(text, at) else {
        return false;
    };
    let is_secret = |name: Range<usize>| text.get(name).is_some_and(names::is_secret_name);
    is_secret(name.clone()) || is_secret(with_word_before(text, &name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_of_every_issuer() {
        // The networks' published test numbers.
        for card in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "5555-5555-5555-4444",
            "2223003122003222",
            "378282246310005",
            "6011111111111117",
            "30569309025904",
            "38520000023237",
            "3530111333300000",
            "6200000000000005",
            "36227206271667",
            "6200 0000 0000 0000 000",
            "2200000000000004",
        ] {
            assert!(is_card(card), "{card}");
        }
        for number in [
            "4111111111111112",
            "1589208284123000",
            "0000000000000000",
            "9999999999999995",
            "",
            "41111111111111111111111",
            "7000000000000005",
            "411111111111111",
            // Nineteen digits.
            "4111111111111111110",
            "6011000000000000001",
            "6200000000000000000",
            // Sixteen of Diners Club.
            "3000000000000004",
        ] {
            assert!(!is_card(number), "{number}");
        }
    }

    /// Identifiers of 64 bits in decimal must stay: they have 19 digits, seldom 18 or 17.
    #[test]
    fn no_decimal_identifier_of_64_bits_is_a_card() {
        let mut number = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..20_000 {
            number = number.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            for id in [number, number >> 1, number >> 2, number >> 4] {
                let decimal = id.to_string();
                assert!(decimal.len() < 17 || !is_card(&decimal), "{decimal}");
            }
        }
    }

    #[test]
    fn names_of_identifiers() {
        let follows = |text: &str| follows_identifier_name(text, text.len());
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
    fn luhn_notices_every_changed_digit() {
        let card = *b"4012888888881881";
        assert!(luhn(&card));
        for position in 0..card.len() {
            for change in 1..10 {
                let mut changed = card;
                changed[position] = b'0' + (changed[position] - b'0' + change) % 10;
                assert!(!luhn(&changed), "{position} {change}");
            }
        }
    }

    #[test]
    fn every_valid_serial_and_no_other() {
        for serial in 0..10_000 {
            assert_eq!(is_ssn(&format!("123-45-{serial:04}")), serial != 0);
        }
        for area in 0..1000 {
            let valid = !matches!(area, 0 | 666 | 900..);
            assert_eq!(is_ssn(&format!("{area:03}-45-6789")), valid, "{area}");
        }
        for group in 0..100 {
            assert_eq!(is_ssn(&format!("123-{group:02}-6789")), group != 0);
        }
    }

    #[test]
    fn ibans_are_cut_to_their_country() {
        for (value, length) in [
            ("GB82WEST12345698765432", Some(22)),
            ("GB82 WEST 1234 5698 7654 32", Some(27)),
            ("DE89370400440532013000 OK 12", Some(22)),
            ("NO9386011117947", Some(15)),
            ("MT84MALT011000012345MTLCAST001S", Some(31)),
            ("GB83WEST12345698765432", None),
            ("DE89370400440532013000X", None),
            ("ZZ82WEST12345698765432", None),
            ("GB82", None),
        ] {
            assert_eq!(iban_len(value), length, "{value}");
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
