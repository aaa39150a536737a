//! Small numbers as digits, looked up: a division for each would cost more than all that is written
//! between them.

/// The two digits of every number below 100.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut rest: &mut [[u8; 2]] = &mut pairs;
    let mut number = 0;
    while let [pair, others @ ..] = rest {
        *pair = [b'0' + number / 10, b'0' + number % 10];
        number += 1;
        rest = others;
    }
    pairs
};

/// The two digits of a number below 100.
#[inline]
pub(super) fn pair(number: u8) -> [u8; 2] {
    PAIRS.get(usize::from(number)).copied().unwrap_or_default()
}
