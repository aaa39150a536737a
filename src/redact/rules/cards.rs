//! Payment cards.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "card-number",
    title: "Payment card number",
    set: RuleSet::Cards,
    anchor: Anchor::DigitRun(14),
    pattern: r"\b(?P<secret>[2-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{1,7}|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}|3[0689][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{4})\b",
    checks: &[Check::Isolated, Check::Card],
    examples: &[
        "card «4111 1111 1111 1111» declined",
        "pan=«5555555555554444»",
        "amex «3782-822463-10005».",
        "«6011111111111117», «30569309025904»",
    ],
    near_misses: &[
        "card 4111 1111 1111 1112",
        "order 7111111111111111",
        "seq 49590338271490256608559692538361571095921575989136588898",
        "4111-1111-1111-1111-1111",
        "12345678-4111-1111-1111-111111111111",
        "ts=1589208284123456",
        "v1.4111111111111111",
    ],
}];
