//! Stripe.

use super::{Anchor, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "stripe-key",
        title: "Stripe secret or restricted key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk_live_", "sk_test_", "rk_live_", "rk_test_", "sk_prod_"]),
        pattern: r"\b(?P<secret>[rs]k_(?:live|test|prod)_[A-Za-z0-9]{16,})\b",
        checks: &[],
        examples: &[
            "charging with «sk_live_bx3CqB5IGky4Oo8DiIMWSWMP»",
            "«rk_test_QJ2okDCSXqLoivDP4SpGmrtWT01NjUjpUuMHwkpu9mq9Ugk9QgmyjjYtUtBrmgO6grn4yDcaz2YBSoGOsDbjqMVzaVp62BSKLVP», mode test",
            "Stripe('«sk_test_QU2B4XPSL2oRlPhDBuqOSg5ApYzTTOkq»')",
        ],
        near_misses: &[
            "pk_live_ED8m2AHRQ73l5PuXay1F6gcq may be public",
            "sk_live_short",
            "task_live_Hw7hKDInTEGbOY1xHvAV8DnR",
        ],
    },
    Rule {
        id: "stripe-webhook-secret",
        title: "Stripe webhook signing secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["whsec_"]),
        pattern: r"\b(?P<secret>whsec_[A-Za-z0-9+/]{24,64}=?)",
        checks: &[],
        examples: &[
            "verify with «whsec_UN7XdqryzdaeA6AOSRwLqgotVz89HoZ9»",
            r#""«whsec_eZ5xmEPJUo09jwQO10Y0ADsWJPiX1EwY2orTyRqB»""#,
        ],
        near_misses: &["whsec_ is the prefix", "whsec_short"],
    },
];
