//! The writer: compact, and on one line whatever the strings hold.

use super::value::{Object, Value};
use super::words::{bytes_below, equal_bytes};

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
#[inline]
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    if is_plain(text.as_bytes()) {
        out.extend_from_slice(text.as_bytes());
    } else {
        write_escaped(text.as_bytes(), out);
    }
    out.push(b'"');
}

fn write_escaped(bytes: &[u8], out: &mut Vec<u8>) {
    let (blocks, rest) = bytes.as_chunks::<16>();
    let write_one_by_one = |bytes: &[u8], out: &mut Vec<u8>| {
        for byte in bytes {
            if needs_escape(*byte) { write_escape(*byte, out) } else { out.push(*byte) }
        }
    };
    for block in blocks {
        if block.iter().fold(false, |any, byte| any | needs_escape(*byte)) {
            write_one_by_one(block, out);
        } else {
            out.extend_from_slice(block);
        }
    }
    write_one_by_one(rest, out);
}

/// Whether no byte needs an escape. The last word overlaps the one before it, so that no bytes are
/// left to be looked at one by one.
fn is_plain(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk::<8>() {
        // They are asked all together: to look at each answer takes longer than the next word.
        let (words, _) = bytes.as_chunks::<8>();
        let escapes_in = |word: &[u8; 8]| escapes_in(u64::from_le_bytes(*word));
        return words.iter().fold(escapes_in(last), |found, word| found | escapes_in(word)) == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let both =
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
        return escapes_in(both) == 0;
    }
    !bytes.iter().any(|byte| needs_escape(*byte))
}

/// Not zero when a byte of `word` may need an escape.
#[inline]
fn escapes_in(word: u64) -> u64 {
    bytes_below(word, 0x20) | equal_bytes(word, b'"') | equal_bytes(word, b'\\')
}

const fn needs_escape(byte: u8) -> bool {
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
        let lengths = (0..40).flat_map(|length| {
            ["x", "\n"].into_iter().flat_map(move |end| {
                [format!("{}{end}", "é".repeat(length)), format!("{end}{}", "x".repeat(length))]
            })
        });
        for text in texts.into_iter().map(str::to_owned).chain(lengths) {
            let text = text.as_str();
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
