//! Stripe.

use super::{Anchor, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "stripe-key",
        title: "Stripe secret or restricted key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk_live_", "sk_test_", "rk_live_", "rk_test_", "sk_prod_"]),
        pattern: token!("[rs]k_(?:live|test|prod)_[A-Za-z0-9]{16,}"),
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
        pattern: token!("whsec_[A-Za-z0-9+/]{24,}={0,2}"),
        checks: &[],
        examples: &[
            "verify with «whsec_UN7XdqryzdaeA6AOSRwLqgotVz89HoZ9»",
            r#""«whsec_eZ5xmEPJUo09jwQO10Y0ADsWJPiX1EwY2orTyRqB»""#,
        ],
        near_misses: &["whsec_ is the prefix", "whsec_short"],
    },
    Rule {
        id: "stripe-organization-key",
        title: "Stripe organization or ephemeral key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["k_org_", "ek_live_", "ek_test_"]),
        pattern: token!(
            "(?:sk_org_(?:live_|test_)?|ek_(?:live|test)_)[A-Za-z0-9_,]{20,}[A-Za-z0-9]"
        ),
        checks: &[],
        examples: &[
            "sent «sk_org_live_EXAMPLEEXAMPLECv9gxcAz0rcIGR4nm2WHF3qnsvWG8Ub5A».",
            "client built with «ek_live_EXAMPLED1x1yogKL66Pb32ojScdJzPqrI205gG7TktJvpqV8bzdsdaEU940B»",
        ],
        near_misses: &[
            "k_org_ is part of every one",
            "xsk_org_live_EXAMPLEEXAMPLELJpvRfTSrjtLXgGzuaW2lJEP5VrmknP7D",
        ],
    },
    Rule {
        id: "stripe-client-secret",
        title: "Stripe client secret of a payment or set-up",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["_secret_"]),
        pattern: token!("(?:pi|seti|cs|src|pm)_[A-Za-z0-9]{10,}_secret_[A-Za-z0-9]{16,}"),
        checks: &[],
        examples: &[
            "401 from upstream, key «pi_EXAMPLEVFB1ukgiEwy7iQU6o_secret_EXAMPLEwSOWs8SzDWRDPw8R8w»,",
            "GET /v1/x?v=«seti_EXAMPLENkSsS7HyPN99PNA9c_secret_EXAMPLEngvV9S7hHLmqXu351A»&page=2",
        ],
        near_misses: &[
            "client_secret_basic is a method",
            "no _secret_ here",
            "xpi_EXAMPLEYunhKfYSeThUhkf6r_secret_EXAMPLE6Pl9ADrle7r8jbge7p",
        ],
    },
];
