//! The reader. It never copies a string that has no escapes, and it says where it stopped, so
//! that a caller can tell one object from several in a row.

use std::borrow::Cow;
use std::fmt;
use std::ops::ControlFlow;

use memchr::memchr2;

use super::value::{Number, Object, Value};
use super::words::equal_bytes;

/// How deep arrays and objects may nest. The reader recurses, and this many levels fit any stack;
/// it is `serde_json`'s limit too.
pub const MAX_DEPTH: usize = 128;

/// How many values one value may hold. Values take more memory than their text: an array of zeros
/// takes sixteen times as much.
pub const MAX_VALUES: usize = 2_000_000;

/// Why a text is not JSON, and where. It never holds a piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The offset in bytes at which the fault was seen.
    pub offset: usize,
    /// What was wrong there.
    pub fault: &'static str,
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at byte {}", self.fault, self.offset)
    }
}

impl std::error::Error for ReadError {}

/// Reads a text that is one JSON value and nothing else but white space.
///
/// # Errors
/// The first fault, with its offset.
pub fn read(text: &str) -> Result<Value<'_>, ReadError> {
    let mut reader = Reader::new(text);
    let value = reader.read_value()?;
    reader.end()?;
    Ok(value)
}

/// Reads values one after another from one text. It is a cursor of a few words: a clone looks ahead.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
    values: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the first byte of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, position: 0, depth: 0, values: 0 }
    }

    /// The offset of the next byte.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// Whether all of the text has been read.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.position >= self.text.len()
    }

    /// Moves over JSON's white space: blanks, tabs, line feeds and carriage returns.
    #[inline]
    pub fn skip_white_space(&mut self) {
        // Mostly there is none, or one blank.
        if self.peek() == Some(b' ') {
            self.position += 1;
        }
        if self.peek().is_none_or(|byte| byte > b' ') {
            return;
        }
        let rest = self.rest();
        self.position +=
            rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count();
    }

    /// Checks that nothing is left but white space.
    ///
    /// # Errors
    /// When there is.
    pub fn end(&mut self) -> Result<(), ReadError> {
        self.skip_white_space();
        if self.is_at_end() { Ok(()) } else { Err(self.error("text after the value")) }
    }

    /// The next byte, without moving.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    /// Reads the next value, white space before it included.
    ///
    /// # Errors
    /// The first fault, with its offset. The reader is of no further use then.
    pub fn read_value(&mut self) -> Result<Value<'a>, ReadError> {
        self.values = 0;
        self.read_next()
    }

    fn read_next(&mut self) -> Result<Value<'a>, ReadError> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(self.error("more than two million values"));
        }
        self.skip_white_space();
        match self.peek() {
            Some(b'"') => self.read_string().map(Value::String),
            Some(b'{') => {
                // Most objects in logs have some ten entries; an empty one takes no room.
                let mut object = Object::new();
                self.read_entries(|reader, key| {
                    if object.is_empty() {
                        object = Object::with_capacity(12);
                    }
                    let value = reader.read_plain_value().map_or_else(|| reader.read_next(), Ok)?;
                    object.push(key, value);
                    Ok(())
                })?;
                Ok(Value::Object(object))
            }
            Some(b'[') => {
                let mut elements = Vec::new();
                self.read_elements(|reader| {
                    elements.push(reader.read_next()?);
                    Ok(ControlFlow::Continue(()))
                })?;
                Ok(Value::Array(elements))
            }
            _ => self.read_number_or_word(),
        }
    }

    /// Reads a string without escapes, as most values are, where one stands next.
    #[inline]
    fn read_plain_value(&mut self) -> Option<Value<'a>> {
        self.skip_white_space();
        if self.peek() != Some(b'"') || self.values >= MAX_VALUES {
            return None;
        }
        let text = self.read_plain_string()?;
        self.values += 1;
        Some(Value::String(Cow::Borrowed(text)))
    }

    /// Moves over the next value, which is held to the same grammar, without keeping it.
    ///
    /// # Errors
    /// As [`Reader::read_value`].
    pub fn skip_value(&mut self) -> Result<(), ReadError> {
        self.skip_white_space();
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'{') => self.read_entries(|reader, _| reader.skip_value()),
            Some(b'[') => self.read_elements(|reader| {
                reader.skip_value()?;
                Ok(ControlFlow::Continue(()))
            }),
            _ => self.read_number_or_word().map(drop),
        }
    }

    /// Reads an object entry by entry: `visit` is given each key, and must read or skip the value.
    ///
    /// # Errors
    /// The first fault, with its offset, or what `visit` returns.
    pub fn read_entries(
        &mut self,
        mut visit: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.open(b'{', "no object")?;
        self.skip_white_space();
        if self.take(b'}') {
            self.depth -= 1;
            return Ok(());
        }
        loop {
            self.skip_white_space();
            if self.peek() != Some(b'"') {
                return Err(self.error("no key in quotation marks"));
            }
            let key = self.read_string()?;
            if !self.take_next(b':') {
                return Err(self.error("no colon after a key"));
            }
            visit(self, key)?;
            if self.take_next(b',') {
                continue;
            }
            if !self.take(b'}') {
                return Err(self.error("no comma between two entries"));
            }
            self.depth -= 1;
            return Ok(());
        }
    }

    /// Reads an array element by element, for as long as `visit` says so, which must read or skip
    /// the element.
    ///
    /// # Errors
    /// The first fault, with its offset, or what `visit` returns.
    pub fn read_elements(
        &mut self,
        mut visit: impl FnMut(&mut Self) -> Result<ControlFlow<()>, ReadError>,
    ) -> Result<(), ReadError> {
        self.open(b'[', "no array")?;
        self.skip_white_space();
        if self.take(b']') {
            self.depth -= 1;
            return Ok(());
        }
        loop {
            if visit(self)?.is_break() {
                self.depth -= 1;
                return Ok(());
            }
            self.skip_white_space();
            if self.take(b']') {
                self.depth -= 1;
                return Ok(());
            }
            if !self.take(b',') {
                return Err(self.error("no comma between two elements"));
            }
        }
    }

    fn open(&mut self, bracket: u8, fault: &'static str) -> Result<(), ReadError> {
        self.skip_white_space();
        if self.peek() != Some(bracket) {
            return Err(self.error(fault));
        }
        if self.depth == MAX_DEPTH {
            return Err(self.error("nesting deeper than 128 levels"));
        }
        self.position += 1;
        self.depth += 1;
        Ok(())
    }

    fn read_number_or_word(&mut self) -> Result<Value<'a>, ReadError> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.read_number(),
            Some(_) => self.read_word(),
            None => Err(self.error("the text ends where a value should stand")),
        }
    }

    fn read_number(&mut self) -> Result<Value<'a>, ReadError> {
        let rest = self.rest_of_text();
        if rest.starts_with("-Infinity") {
            return self.read_word();
        }
        let text = number_length(rest.as_bytes())
            .and_then(|length| rest.get(..length))
            .ok_or_else(|| self.error("a number that does not follow JSON's grammar"))?;
        self.position += text.len();
        Ok(Value::Number(Number::from_checked_text(text)))
    }

    fn read_word(&mut self) -> Result<Value<'a>, ReadError> {
        // A number that JSON cannot write becomes its name: there is no number to keep.
        let words = [
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("null", Value::Null),
            ("NaN", Value::from("NaN")),
            ("Infinity", Value::from("Infinity")),
            ("-Infinity", Value::from("-Infinity")),
        ];
        let rest = self.rest_of_text();
        for (word, value) in words {
            if rest.starts_with(word) {
                self.position += word.len();
                return Ok(value);
            }
        }
        Err(self.error("neither a value nor a known word"))
    }

    /// Reads a string from its opening to its closing quotation mark.
    #[inline]
    fn read_string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        match self.read_plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.read_any_string(),
        }
    }

    /// Reads a string that has no escapes, as nearly all have none; does not move when it has.
    #[inline]
    fn read_plain_string(&mut self) -> Option<&'a str> {
        let start = self.position + 1;
        let length = find_quote_or_backslash(self.text.as_bytes().get(start..)?)?;
        let end = start + length;
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.position = end + 1;
        self.text.get(start..end)
    }

    #[cold]
    fn read_any_string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        self.position += 1;
        let start = self.position;
        let end = self.find_quote_or_backslash()?;
        let plain = self.slice(start, end);
        self.position = end;
        if self.take(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut unescaped = String::with_capacity(plain.len() + 64);
        unescaped.push_str(plain);
        loop {
            if self.take(b'"') {
                return Ok(Cow::Owned(unescaped));
            }
            let character = self.read_escape()?;
            unescaped.push(character);
            let start = self.position;
            let end = self.find_quote_or_backslash()?;
            unescaped.push_str(self.slice(start, end));
            self.position = end;
        }
    }

    fn skip_string(&mut self) -> Result<(), ReadError> {
        if self.read_plain_string().is_some() {
            return Ok(());
        }
        self.position += 1;
        loop {
            self.position = self.find_quote_or_backslash()?;
            if self.take(b'"') {
                return Ok(());
            }
            self.read_escape()?;
        }
    }

    #[inline]
    fn find_quote_or_backslash(&self) -> Result<usize, ReadError> {
        find_quote_or_backslash(self.rest())
            .map(|distance| self.position + distance)
            .ok_or_else(|| self.error("a string without its closing quotation mark"))
    }

    fn read_escape(&mut self) -> Result<char, ReadError> {
        self.position += 1;
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.read_unicode_escape(),
            _ => return Err(self.error("an escape that JSON does not know")),
        };
        self.position += 1;
        Ok(character)
    }

    /// Reads what follows `\u`; a surrogate without its other half becomes U+FFFD.
    fn read_unicode_escape(&mut self) -> Result<char, ReadError> {
        self.position += 1;
        let first = self.read_four_hex_digits()?;
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with(b"\\u") {
            let after_first = self.position;
            self.position += 2;
            let second = self.read_four_hex_digits()?;
            if (0xDC00..0xE000).contains(&second) {
                let code_point = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.position = after_first;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn read_four_hex_digits(&mut self) -> Result<u32, ReadError> {
        let digits = self
            .rest()
            .get(..4)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .ok_or_else(|| self.error("no four hexadecimal digits after \\u"))?;
        let number = digits.iter().fold(0, |number, digit| {
            (number << 4) | char::from(*digit).to_digit(16).unwrap_or_default()
        });
        self.position += 4;
        Ok(number)
    }

    /// Moves over `byte`, and over white space before it, of which there is seldom any.
    #[inline]
    fn take_next(&mut self, byte: u8) -> bool {
        self.take(byte) || {
            self.skip_white_space();
            self.take(byte)
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.position += usize::from(found);
        found
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.position..).unwrap_or_default()
    }

    fn rest_of_text(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    #[cold]
    fn error(&self, fault: &'static str) -> ReadError {
        ReadError { offset: self.position, fault }
    }
}

/// Where the first quotation mark or backslash stands.
#[inline]
fn find_quote_or_backslash(bytes: &[u8]) -> Option<usize> {
    const CLOSE_BY: usize = 3;
    let (words, _) = bytes.as_chunks::<8>();
    // Most strings are keys and short values, which end before a vector routine would be called.
    for (index, word) in words.iter().take(CLOSE_BY).enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = equal_bytes(word, b'"') | equal_bytes(word, b'\\');
        if found != 0 {
            return Some(index * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let checked = words.len().min(CLOSE_BY) * 8;
    memchr2(b'"', b'\\', bytes.get(checked..)?).map(|distance| checked + distance)
}

/// The length of the number at the start of `bytes`, by JSON's grammar; `None` when there is none.
pub(super) fn number_length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        bytes
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut length = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(length);
    if whole == 0 || (whole > 1 && bytes.get(length) == Some(&b'0')) {
        return None;
    }
    length += whole;
    if bytes.get(length) == Some(&b'.') {
        let fraction = digits(length + 1);
        if fraction == 0 {
            return None;
        }
        length += 1 + fraction;
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent == 0 {
            return None;
        }
        length += 1 + sign + exponent;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::write_value;

    fn to_serde(value: &Value<'_>) -> serde_json::Value {
        match value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => serde_json::from_str(number.as_str()).unwrap(),
            Value::String(text) => text.as_ref().into(),
            Value::Array(elements) => elements.iter().map(to_serde).collect(),
            Value::Object(object) => object
                .iter()
                .map(|(key, value)| (key.to_string(), to_serde(value)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            ".*".prop_map(Into::into),
            "[\\x00-\\x7f]*".prop_map(Into::into),
        ];
        leaf.prop_recursive(6, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
                prop::collection::btree_map(".{0,8}", inner, 0..8)
                    .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(value in any_json(), pretty in any::<bool>()) {
            let text = if pretty {
                serde_json::to_string_pretty(&value).unwrap()
            } else {
                serde_json::to_string(&value).unwrap()
            };
            // Read again, because serde_json does not read every float as it was written.
            let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(to_serde(&read(&text).unwrap()), expected);
        }

        #[test]
        fn what_it_writes_serde_json_reads_as_the_same(value in any_json()) {
            let text = serde_json::to_string(&value).unwrap();
            let mut written = Vec::new();
            write_value(&read(&text).unwrap(), &mut written);
            prop_assert_eq!(String::from_utf8(written).unwrap(), text);
        }

        #[test]
        fn accepts_all_that_serde_json_accepts(text in r#"[\[\]{}",:0-9eE.+\-tfnrualse\\ud8cC \n]{0,24}"#) {
            // A number beyond f64 is refused by serde_json alone, hence only this direction.
            if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
                prop_assert!(read(&text).is_ok());
            }
        }

        #[test]
        fn skips_what_it_reads_and_nothing_else(text in r#"[\[\]{}",:0-9eE.+\-tfnrualse\\ud8cC \n]{0,24}"#, value in any_json()) {
            for text in [text, value.to_string()] {
                let (mut reading, mut skipping) = (Reader::new(&text), Reader::new(&text));
                let read = reading.read_value().map(drop);
                prop_assert_eq!(skipping.skip_value(), read);
                prop_assert_eq!(skipping.position(), reading.position());
            }
        }

        #[test]
        fn is_total(text in any::<String>()) {
            if let Err(error) = read(&text) {
                prop_assert!(error.offset <= text.len());
            }
        }
    }

    #[test]
    fn forgives_what_loggers_write() {
        assert_eq!(read(r#""a\ud800b""#), Ok(Value::from("a\u{fffd}b")));
        assert_eq!(read(r#""\udc00\ud83d\ude00""#), Ok(Value::from("\u{fffd}😀")));
        assert_eq!(read(r#""\ud800\u0041""#), Ok(Value::from("\u{fffd}A")));
        assert_eq!(read("\"a\nb\u{1}\""), Ok(Value::from("a\nb\u{1}")));
        assert_eq!(read("NaN"), Ok(Value::from("NaN")));
        assert_eq!(read("[-Infinity]"), Ok(vec![Value::from("-Infinity")].into()));
    }

    #[test]
    fn borrows_strings_without_escapes() {
        let text = String::from(r#"["plain", "esc\u0061ped"]"#);
        let value = read(&text).unwrap();
        let borrowed: Vec<bool> = value
            .as_array()
            .unwrap()
            .iter()
            .map(|element| matches!(element, Value::String(Cow::Borrowed(_))))
            .collect();
        assert_eq!(borrowed, [true, false]);
    }

    #[test]
    fn names_the_fault_and_its_offset_but_never_the_text() {
        let cases = [
            ("", 0),
            (r#"{"password":"hunter2}"#, 13),
            (r#"{"a":1 "b":2}"#, 7),
            (r#"{"a" 1}"#, 5),
            ("{a:1}", 1),
            ("[1,]", 3),
            (r#""\x41""#, 2),
            (r#""\u12g4""#, 3),
            ("01", 0),
            ("1 2", 2),
            ("hunter2", 0),
        ];
        for (text, offset) in cases {
            let error = read(text).unwrap_err();
            assert_eq!(error.offset, offset, "{text:?}: {error}");
            assert!(!error.to_string().contains("hunter2"));
        }
    }

    #[test]
    fn stops_at_the_depth_limit() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(read(&nested(MAX_DEPTH + 1)).unwrap_err().offset, MAX_DEPTH);
    }

    #[test]
    fn stops_at_the_limit_of_values() {
        let zeros = |count: usize| format!("[{}0]", "0,".repeat(count - 2));
        assert!(read(&zeros(MAX_VALUES)).is_ok());
        let too_many = zeros(MAX_VALUES + 1);
        assert!(read(&too_many).unwrap_err().to_string().contains("two million"));
        assert_eq!(Reader::new(&too_many).skip_value(), Ok(()));
        // Values that are handed over one by one are not held together.
        let mut count = 0;
        let read = Reader::new(&too_many).read_elements(|reader| {
            count += 1;
            reader.read_value().map(|_| ControlFlow::Continue(()))
        });
        assert_eq!((read, count), (Ok(()), MAX_VALUES));
    }

    #[test]
    fn reads_entries_and_elements_for_as_long_as_it_shall() {
        let mut reader = Reader::new(r#"{"a":[1,2,3],"b":{}}"#);
        let mut seen = Vec::new();
        let mut read = |reader: &mut Reader<'_>, key: Cow<'_, str>| {
            seen.push(key.into_owned());
            if reader.peek() != Some(b'[') {
                return reader.skip_value();
            }
            let array = reader.position();
            reader.read_elements(|reader| {
                reader.skip_value()?;
                Ok(if seen.len() > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            })?;
            assert_eq!(array, 5);
            Ok(())
        };
        assert_eq!(reader.read_entries(&mut read), Ok(()));
        assert!(reader.is_at_end());
        assert_eq!(seen, ["a", "b"]);
        let mut reader = Reader::new("[1,2,3]");
        assert_eq!(
            reader.read_elements(|reader| reader.skip_value().map(ControlFlow::Break)),
            Ok(())
        );
        assert_eq!(reader.position(), 2);
        assert!(Reader::new("7").read_elements(|_| Ok(ControlFlow::Break(()))).is_err());
    }

    #[test]
    fn reads_values_in_a_row() {
        let mut reader = Reader::new("{\"a\":1}{\"b\":2}\n3");
        assert!(reader.read_value().unwrap().as_object().is_some());
        assert_eq!(reader.position(), 7);
        assert!(reader.read_value().unwrap().as_object().is_some());
        assert_eq!(reader.read_value().unwrap(), Value::from(3));
        assert!(reader.is_at_end());
    }
}
