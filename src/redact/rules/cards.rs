//! Payment cards.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "card-number",
    title: "Payment card number",
    set: RuleSet::Cards,
    anchor: Anchor::DigitRun(14),
    // Without separators, or with the same one in all places.
    pattern: r"\b(?P<secret>[2-6][0-9]{13,15}|[2-6][0-9]{3}(?:(?: [0-9]{4}){3}(?: [0-9]{3})?|(?:-[0-9]{4}){3}(?:-[0-9]{3})?)|3[0-9]{3}(?: [0-9]{6} [0-9]{4,5}|-[0-9]{6}-[0-9]{4,5}))\b",
    checks: &[Check::Isolated, Check::Card, Check::NotIdentifier],
    examples: &[
        "card «4111 1111 1111 1111» declined",
        "pan=«5555555555554444»",
        "amex «3782-822463-10005».",
        "«6011111111111117», «30569309025904»",
        "paid with «4111-1111-1111-1111» for order 17",
        "{\"card\":\"«378282246310005»\",\"card_id\":7}",
        "union pay «6200 0000 0000 0000 000» accepted",
        "valid: «2223003122003222» 12/28",
    ],
    near_misses: &[
        "card 4111 1111 1111 1112",
        "order 7111111111111111",
        "seq 49590338271490256608559692538361571095921575989136588898",
        "4111-1111-1111-1111-1111",
        "12345678-4111-1111-1111-111111111111",
        "ts=1589208284123456",
        "v1.4111111111111111",
        "dd.trace_id=4111111111111111110 dd.span_id=4012888888881881",
        "snowflake 4999999999999999993 6200000000000000000",
        "4111 1111-1111 1111",
        "4111111111111111.5 ms",
        "x4111111111111111 4111111111111111ns",
        "{\"orderId\": \"4111111111111111\", \"timestamp\": 4111111111111111}",
    ],
}];
