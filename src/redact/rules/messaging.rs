//! Mail, chat and telephony.

use super::{Anchor, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "sendgrid-key",
        title: "SendGrid API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["SG."]),
        pattern: r"\b(?P<secret>SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,64})",
        checks: &[],
        examples: &[
            "mail by «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»",
            r#""«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»""#,
        ],
        near_misses: &[
            "SG.Singapore.region",
            "MSG.hR2oI2rVXWybQTKjtayTfS.um5AgeJ6xZGWtmeTtfosi0Tzswz26DXO4O33i7rlbxR",
            "SG.short.short",
        ],
    },
    Rule {
        id: "telegram-bot-token",
        title: "Telegram bot token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[":AA"]),
        pattern: "(?:^|[^0-9A-Za-z]|/bot)(?P<secret>[0-9]{8,10}:AA[A-Za-z0-9_-]{32,33})(?:[^A-Za-z0-9_-]|$)",
        checks: &[],
        examples: &[
            "POST https://api.telegram.org/bot«0736512414:AA6M7BTRczcMkBmWtjyVcJtOO8lK1oKFTHq»/sendMessage",
            "bot «950140990:AApR1OYunX6wV6fASVzVN1orHfw88BC7vSG» started",
        ],
        near_misses: &["12:AA:34:BB:56:CC", "id 1234567890:AAshort"],
    },
    Rule {
        id: "discord-webhook",
        title: "Discord webhook",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["/api/webhooks/"]),
        pattern: r"(?i)discord(?:app)?\.com/api/webhooks/[0-9]{15,20}/(?-i:(?P<secret>[A-Za-z0-9_-]{40,}))",
        checks: &[],
        examples: &[
            "POST https://discord.com/api/webhooks/780368273084282384/«p99hwwAfmOtiiRTFQEpTpaGSCi7PwSti4TjLKpvO0hJBW8kRQjMD1Xz1nhSsaxFncd5r» 204",
            "https://discordapp.com/api/webhooks/2577954281007715941/«PF6TFmYIuaw6fPsON7UPSqPpfiVbbXz1jsxl9OH257RkgYU1tVNuylP0wuoxiJ6x11qp»",
        ],
        near_misses: &[
            "GET /api/webhooks/42/deliveries",
            "https://discord.com/api/webhooks/603767249912322761",
        ],
    },
    Rule {
        id: "twilio-key",
        title: "Twilio API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["twilio"]),
        pattern: r"(?i)twilio[^\r\n]{0,40}?\b(?-i:(?P<secret>SK[0-9a-f]{32}))\b",
        checks: &[],
        examples: &[
            "twilio client «SK1e2a6b01d4921da2e055c90eb6f2aed4»",
            "TWILIO: key is «SK9d7d49a067e24bdb7ec83756378368f7»",
        ],
        near_misses: &[
            "twilio call CA2e0b3ec56f24b1c71b106e934d263b5b completed",
            "twilio SK is a prefix",
        ],
    },
];
