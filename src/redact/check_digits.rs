//! Numbers that prove what they are: payment cards, social security numbers, IBANs.

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

pub(super) fn is_card(value: &str) -> bool {
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

pub(super) fn is_ssn(value: &str) -> bool {
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
pub(super) fn iban_len(value: &str) -> Option<usize> {
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
}
