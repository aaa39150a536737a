//! Google, Google Cloud and Firebase.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "google-api-key",
        title: "Google API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AIza"]),
        pattern: token!("AIza[A-Za-z0-9_-]{30,}"),
        checks: &[],
        examples: &[
            "maps loaded with «AIzaLG5maeCtL31Ugq-DfcgaTMnTC0MrAU8urbF»",
            r#""«AIzais3kHbhS4_FvafhdZxEuhnbzs0z1wNiMg9a»""#,
        ],
        near_misses: &[
            "AIzaShort",
            "AIzaVP6HogqoPchv5V7S82qT",
            "XAIzaqs1I95nf4Gakq5p1Vm8kV6um4yvMpy62O6S",
        ],
    },
    Rule {
        id: "google-oauth-token",
        title: "Google OAuth access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ya29."]),
        pattern: r"\b(?P<secret>ya29\.[A-Za-z0-9_.-]{20,}[A-Za-z0-9_-])",
        checks: &[],
        examples: &[
            "sent «ya29.a0AfEE4WSa2bB9UoK4tYnzNLeK6kjcbhgN7kwjSbbciSPOcSeVce2LWxm090I5Qe» to drive",
            "'«ya29.c.b06T3fgpnnhcc826ZWOf0WOOsEgigYWPnsuvBqbwq7sdTWx6uX9MGE2sNVbYAb»'",
        ],
        near_misses: &["ya29. is the prefix", "ya29.short"],
    },
    Rule {
        id: "google-client-secret",
        title: "Google OAuth client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["GOCSPX-"]),
        pattern: r"\b(?P<secret>GOCSPX-[A-Za-z0-9_-]{20,40})",
        checks: &[],
        examples: &[
            "client uses «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»",
            "(«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»)",
        ],
        near_misses: &["GOCSPX- is the prefix", "GOCSPX-short"],
    },
    Rule {
        id: "google-refresh-token",
        title: "Google OAuth refresh token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["1//0"]),
        pattern: token!("1//0[A-Za-z0-9_-]{30,}"),
        checks: &[],
        examples: &[
            "cfg_«1//0EXAMPLEGt_ed1zUliy475_EmaO-cd_jpEZn7C_fLrhdM71ImcHLxPLLiHq7r»",
            r"retry 2: «1//0EXAMPLEFohlk5TJfZzLgVWtaWy4ZdPzdS4DET72dSWvoecc6JZizDIUGq81z»\n at main",
        ],
        near_misses: &["N/1//0", "no 1//0 here", "1//0EXA is cut"],
    },
    Rule {
        id: "google-authorization-code",
        title: "Google OAuth authorization code",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["4/0A"]),
        pattern: token!("4/0A[A-Za-z0-9_-]{40,}"),
        checks: &[],
        examples: &[
            "used:«4/0AEXAMPLEI03BxkgPapVJmoh-FjqTXIvc50ervhExdtYp6KutR1sBq1kWhdEzgFklXoBAn6z», 3 ms",
            "v%3D«4/0AEXAMPLEqleKavC5piWv6Zbx7GRG9jvrSnL3lPfcVtA7tWOST1vts14PjRicKDKp5HCTn7R»",
        ],
        near_misses: &["p.4/0A of 9", "no 4/0A here", "4/0AEXA is cut"],
    },
    Rule {
        id: "google-hmac-key",
        title: "Google Cloud Storage HMAC access id",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["GOOG1E"]),
        pattern: token!("GOOG1E[A-Z0-9]{18,58}"),
        checks: &[],
        examples: &[
            "env X=«GOOG1EEXAMPLEJXSMWKVA58DFGNVYJYZAFP1A564YYACQ0G2JA9XS1ZFOPM9U» ./run",
            "[«GOOG1EEXAMPLEJXRRCXYUZ1JXDV07DGICW84TD467UCAX6O9GAM3U0BCRG44Y»]",
        ],
        near_misses: &[
            "GOOG1E is part of every one",
            "xGOOG1EEXAMPLEINHJOD4ESN9YY56AV72LJZN882EWDLFOBOZCLE6876J3ZP0E",
        ],
    },
    Rule {
        id: "google-gemini-key",
        title: "Google API key bound to a service account",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AQ.Ab"]),
        pattern: token!(r"AQ\.Ab[A-Za-z0-9_-]{40,}"),
        checks: &[],
        examples: &[
            "sent «AQ.Ab8RN6EXAMPLEJ7zBekvVL8YwdmUELVYWbUpO_3HuVUddOcN7O».",
            "client built with «AQ.Ab8RN6EXAMPLEREKS2zlG5dMRTdccpRqrM0v-oAvrHo0iW3a0m»",
        ],
        near_misses: &[
            "AQ.Ab is part of every one",
            "xAQ.Ab8RN6EXAMPLErH7PD876nm0d5NL3pVFE9Zml-JXQhBT4TA73Z",
        ],
    },
    Rule {
        id: "firebase-messaging-key",
        title: "Firebase Cloud Messaging server key or registration token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[":APA91b"]),
        pattern: token!("[A-Za-z0-9_-]{11,24}:APA91b[A-Za-z0-9_-]{100,}"),
        checks: &[],
        examples: &[
            "client built with «AAAAexample:APA91bEXAMPLEL_xpisRe8eqA4Q2RuZcQCID6t5zvNK19j9ZljtQQgIAStZ6EcaMPeeLuBYGYdVXWjA_SAE3ffOXBTgqPh4UQtnV1FMKAPwK2wSCuYQdyopqoZSIf07P97PFY_j-Pv2J»",
            "'«fExample_EXAMPLESnEd1Y:APA91bEXAMPLEB1alKUirqcDEXBHo5chdNEyQYnRBSSvnivNoxA-sfjKTBCCEdnoGCl1Jz8viS-ch61sSqoaX3sgHf1msEfqzriD2NqX2jLNvZH0kPhda_dAV0CYZaZJhGaClwVA1B3k»'",
        ],
        near_misses: &[":APA91b is part of every one", "AAAAexampl is cut"],
    },
    Rule {
        id: "google-identity-token-cookie",
        title: "Google session cookie",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["g.a000"]),
        pattern: token!(r"g\.a000[A-Za-z0-9_-]{60,}"),
        checks: &[],
        examples: &[
            "401 from upstream, key «g.a000EXAMPLEJrMGnnXkZbMQvqjpdw22yLsEbFWtb3rDSNoOAJ0cweR1nhEjsVL6zurUOmzIcGSlSkeJuoEWosluSTiGPhjt8a14035UOiP9zT_ptiJZu0B6lws2k»,",
            "GET /v1/x?v=«g.a000EXAMPLE9heWefeNOlAIuQIX8CBaZ3Yb1gZ_IjrnzMsvP7P_UTCFLRyihVTdOW88WGSoXIEtUvzIHO1oTApantYRCWAbK2uxxAq82ce7q_TnJVIltX6PaOi6v»&page=2",
        ],
        near_misses: &[
            "g.a000 is part of every one",
            "xg.a000EXAMPLEIkS_SpfAGxpty9Qb5PPtaLmAtXC9KcuL4pR2MrK5XsDIk57g7mCJd8QT-HvPAvJrYaFA1uYQpQFAo4E6HPxTR6R-UiVuFseKPzEw8CWeSWhuPsL9O",
        ],
    },
    Rule {
        id: "google-recaptcha-secret",
        title: "reCAPTCHA secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["recaptcha"]),
        pattern: near!("recaptcha", "6L[A-Za-z0-9_-]{38}"),
        checks: &[Check::Labelled],
        examples: &[
            "login to recaptcha with secret «6LeEXEXAMPLEQCNLMkPsJjT15wza51Qox-jZnO5e» failed",
            "RECAPTCHA_API_KEY=«6LeEXEXAMPLEuM2a2qTOJQNxMROYWhkBWNNtRV5K» ./run",
        ],
        near_misses: &[
            "recaptcha site key: 6LeEXEXAMPLEKJ8ds7Ug_DiHklX5y5PUncPwEW7N",
            "recaptcha object 6LeEXEXAMPLECNxZiUkODCzPypuI85YPGG6NZT1w",
            "recaptcha key: rotated",
        ],
    },
];
