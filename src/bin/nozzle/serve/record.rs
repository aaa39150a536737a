//! One record of a stream, and the ids that records and requests have.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

/// What a producer put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Its id, 56 digits.
    pub id: String,
    /// When it arrived.
    pub arrived: Timestamp,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// Makes ids that no other run of the command makes: documents get theirs from them, and the
/// engine would take one for the other.
#[derive(Debug)]
pub(super) struct RecordIds {
    run: String,
    next: AtomicU64,
}

impl RecordIds {
    pub(super) fn new() -> Self {
        let (started, chance) = (Timestamp::now().as_nanosecond(), fastrand::u64(..1 << 49));
        Self { run: format!("49{started:019}{chance:015}"), next: AtomicU64::new(0) }
    }

    /// A record that has just arrived.
    pub(super) fn record(&self, data: Vec<u8>) -> Record {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        Record { id: format!("{}{number:020}", self.run), arrived: Timestamp::now(), data }
    }
}

/// A random UUID.
pub(super) fn uuid() -> String {
    let random = fastrand::u128(..);
    let random = random & !(0xf << 76) & !(0b11 << 62) | (4 << 76) | (0b10 << 62);
    let part = |from: u32, digits: u32| (random >> from) & ((1 << (4 * digits)) - 1);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        part(96, 8),
        part(80, 4),
        part(64, 4),
        part(48, 4),
        part(0, 12)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_their_form_and_come_once() {
        let (one, other) = (RecordIds::new(), RecordIds::new());
        let ids = [one.record(vec![]).id, one.record(vec![]).id, other.record(vec![]).id];
        for id in &ids {
            assert_eq!(id.len(), 56);
            assert!(id.bytes().all(|byte| byte.is_ascii_digit()));
        }
        assert!(ids[0] < ids[1]);
        assert_ne!(ids[0], ids[2]);
        let uuid = uuid();
        let form: String =
            uuid.chars().map(|c| if c.is_ascii_hexdigit() { 'x' } else { c }).collect();
        assert_eq!(form, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
        assert_eq!(uuid.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&uuid.as_bytes()[19]));
    }
}
