//! The writer: compact, and on one line whatever the strings hold.

use super::value::{Object, Value};

/// Appends `value` as compact JSON.
pub fn write_value(value: &Value<'_>, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => out.extend_from_slice(number.as_str().as_bytes()),
        Value::String(text) => write_string(text, out),
        Value::Array(elements) => {
            out.push(b'[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_value(element, out);
            }
            out.push(b']');
        }
        Value::Object(object) => write_object(object, out),
    }
}

/// `value` as compact JSON text.
#[must_use]
pub fn to_text(value: &Value<'_>) -> String {
    let mut text = Vec::new();
    write_value(value, &mut text);
    // All that is written is UTF-8.
    String::from_utf8(text).unwrap_or_default()
}

/// Appends `object` as compact JSON.
pub fn write_object(object: &Object<'_>, out: &mut Vec<u8>) {
    out.push(b'{');
    for (index, (key, value)) in object.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(key, out);
        out.push(b':');
        write_value(value, out);
    }
    out.push(b'}');
}

/// Appends `text` as a JSON string. Quotation marks, backslashes and control characters are
/// escaped, all else stands as it is.
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let plain_length = plain_length(rest);
        let (plain, after) = rest.split_at_checked(plain_length).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let Some((byte, after)) = after.split_first() else {
            break;
        };
        write_escape(*byte, out);
        rest = after;
    }
    out.push(b'"');
}

/// How many bytes at the start of `bytes` need no escape.
fn plain_length(bytes: &[u8]) -> usize {
    let (words, _) = bytes.as_chunks::<8>();
    let plain_words =
        words.iter().take_while(|word| !may_need_escape(u64::from_le_bytes(**word))).count();
    let checked = plain_words * 8;
    let rest = bytes.get(checked..).unwrap_or_default();
    checked + rest.iter().position(|byte| needs_escape(*byte)).unwrap_or(rest.len())
}

/// Whether any of the eight bytes of `word` needs an escape. Most strings in logs are short, so
/// that eight bytes at once in a register are quicker than a call of a vector routine. A borrow
/// may make a byte after the first that counts seem to count too, which does not matter.
fn may_need_escape(word: u64) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH_BITS: u64 = ONES << 7;
    let below =
        |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGH_BITS;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    below(word, 0x20) | equal(b'"') | equal(b'\\') != 0
}

fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn write_escape(byte: u8, out: &mut Vec<u8>) {
    let short = match byte {
        b'"' => b'"',
        b'\\' => b'\\',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => {
            let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0') as u8;
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_serde_json_does() {
        let every_ascii: String = (0..=127u8).map(char::from).collect();
        let texts =
            ["", "plain", "a\"b\\c\nd", "é\u{2028}😀\u{7f}", &every_ascii, &"x\n".repeat(99)];
        for text in texts {
            let mut written = Vec::new();
            write_string(text, &mut written);
            assert_eq!(String::from_utf8(written).unwrap(), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn writes_numbers_as_they_were_written() {
        let text = r#"{"id":12345678901234567890123,"price":1.10,"tiny":1E-7}"#;
        let mut written = Vec::new();
        write_value(&crate::json::read(text).unwrap(), &mut written);
        assert_eq!(String::from_utf8(written).unwrap(), text);
    }
}
