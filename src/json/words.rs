//! Eight bytes looked at together, in one register. Most strings in logs are so short that this is
//! quicker than the call of a vector routine.

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH_BITS: u64 = ONES << 7;

/// The high bit of each byte of `word` that is below `limit`, which is at most 128. A borrow may
/// make bytes after the first such one seem to be below it too; the first is exact when bytes are
/// read as a little-endian number.
#[inline]
pub(super) const fn bytes_below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * limit as u64) & !word & HIGH_BITS
}

/// The same of each byte that is `byte`.
#[inline]
pub(super) const fn equal_bytes(word: u64, byte: u8) -> u64 {
    bytes_below(word ^ (ONES * byte as u64), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_exact() {
        for at in 0..8 {
            for byte in [0, b'"', b'\\', 0x7f, 0x80, 0xff] {
                let mut bytes = [byte ^ 1; 8];
                bytes[at] = byte;
                let found = equal_bytes(u64::from_le_bytes(bytes), byte);
                assert_eq!(found.trailing_zeros() as usize / 8, at, "{byte}");
                assert_eq!(equal_bytes(u64::from_le_bytes([byte ^ 1; 8]), byte), 0);
            }
        }
        assert_eq!(
            bytes_below(u64::from_le_bytes([0x20, 0x80, 0xa0, 0xff, 0x7f, 0x40, 0x20, 0x20]), 0x20),
            0
        );
        assert_ne!(
            bytes_below(u64::from_le_bytes([0x20, 0x80, 0xa0, 0xff, 0x7f, 0x40, 0x20, 0x1f]), 0x20),
            0
        );
    }
}
