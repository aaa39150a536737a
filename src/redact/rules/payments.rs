//! Payments, banking and exchanges.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "square-token",
        title: "Square access token or application secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sq0atp-", "sq0csp-", "sq0acp-"]),
        pattern: token!("sq0(?:atp|csp|acp)-[A-Za-z0-9_-]{22,}"),
        checks: &[],
        examples: &[
            "cfg_«sq0atp-EXAMPLEDQGj0CKATBQIh8B»",
            r"retry 2: «sq0csp-EXAMPLE679-MTdG6v2fpKZeycf5sRjgWxXWHNy9lx1J»\n at main",
        ],
        near_misses: &[
            "sq0idp-EXAMPLEJVDHjsofjiUjI6X is an application",
            "no sq0atp- here",
            "xsq0atp-EXAMPLEo3XWYqCGhCsYZ8b",
        ],
    },
    Rule {
        id: "square-access-token",
        title: "Square access token of 64 characters",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["EAAA"]),
        pattern: token!("EAAA[A-Za-z0-9_-]{60}", "[^A-Za-z0-9+/=_-]|$"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "used:«EAAAEEXAMPLEC8O6oZO6wsMPZm1rXTLdaF9M04vIz2LH6Omfn1PP1oJi63SWWa9S», 3 ms",
            "v%3D«EAAAEEXAMPLE0_DMMpkPgmmAlf9UZFBmISajBN5nZWwMCKNuof0HkRlU8982jU2G»",
        ],
        near_misses: &[
            "AAAAEAAAAAAAA",
            "no EAAA here",
            "xEAAAEEXAMPLEg7rLdzNQP6Gx968IQyYy8pF1EIVWz6mfnJmwWPVutJwk1zsHC78M",
        ],
    },
    Rule {
        id: "braintree-access-token",
        title: "PayPal Braintree access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["n$production$", "n$sandbox$"]),
        pattern: token!(r"access_token\$(?:production|sandbox)\$[a-z0-9]{12,20}\$[a-f0-9]{32}"),
        checks: &[],
        examples: &[
            "env X=«access_token$production$examplej6fn83j2c$facade4a26418df83c5dad612a63978d» ./run",
            "[«access_token$sandbox$example03qmuqa1b$facade128ea61a15b89c8169c107ab6d»]",
        ],
        near_misses: &[
            "n$production$ is part of every one",
            "xaccess_token$production$exampledeebzlc0h$facade8bb5ce1b302c98cc499b8c991d",
        ],
    },
    Rule {
        id: "paypal-access-token",
        title: "PayPal access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["A21AA"]),
        pattern: token!("A21AA[A-Za-z0-9_-]{60,}"),
        checks: &[],
        examples: &[
            "sent «A21AAEXAMPLEe6H79Mn-VbXidMcORy0NvD6WuEIwBHhHmNBii-yVUm4lIPyqGyTpDsEbYU8Do9tgLXRQp-bgZx9LuKgEKYY9J».",
            "client built with «A21AAEXAMPLEMpQCH3eEuM598V9yWLGYWelTaKGxI0ymJEbkUtWr7WhPkdzeFzB2DRQ9JGF-W9Ol37bO_y53oUofOUHnNrZ0U»",
        ],
        near_misses: &[
            "A21AA is part of every one",
            "xA21AAEXAMPLE3tFpvrJNXw8BoEMHLANWs3UjABeBUzPUOEUFfpCBZ7uT9fiD_AdOM9aReewAblPiaSAWJ1gYuvD2Z2Oa_zY3O",
        ],
    },
    Rule {
        id: "paypal-secret",
        title: "PayPal client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["paypal"]),
        pattern: near!("paypal", "E[A-Za-z0-9_-]{79}"),
        checks: &[Check::Labelled],
        examples: &[
            "using the paypal token '«EEXAMPLE1GklDWm5QfsXlmn6N6WqD6DXK_ykzFtnbYVDL-9wLcXveOmxsTJ5P_atk4oqQ4xBXZMQP02A»'",
            "paypal.key = «EEXAMPLE0h_pJ4k0UI2-xGo_UAG6RJMlqKQzGIgCBWRfXiviqln-PmTp4hchkJj6etox9X7MoGr5Yx8h»",
        ],
        near_misses: &[
            "paypal cache key: EEXAMPLE7mH1MRrdVuJiJPF4FHy4Fe1KSJ99ekWuUp-kfNpHAWRsDmNzszUtcaW_1UAbdYqABhJrMe2m",
            "paypal token is missing",
        ],
    },
    Rule {
        id: "braintree-key",
        title: "Braintree private key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["braintree"]),
        pattern: near!("braintree", "[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"braintree": {"region": "eu", "key": "«facaded558d859c889438b0693f5d26e»"}}"#,
            "login to braintree with secret «facadedd0760a6658ed4d26903b5192e» failed",
        ],
        near_misses: &[
            "braintree worker facade51579cee02ca00349922b44b8e up",
            "braintree api key not set",
        ],
    },
    Rule {
        id: "adyen-key",
        title: "Adyen API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AQE"]),
        pattern: token!(
            r#"AQE[a-z0-9][A-Za-z0-9+/]{60,}={0,2}-[A-Za-z0-9+/]{20,}={0,2}-[^\s"\x27\\,;&)<>\]]{8,32}"#
        ),
        checks: &[],
        examples: &[
            "adyen answered 401 to «AQEyhmfxEXAMPLEenXE8B2esY0K2te6NixZvhpRF+p3JjEYaaaQAJbpbOdSmRRtCpoNw82mDgBWR9N-EXAMPLEKksq/Dh4hz6L4Rkv4Qnt//KriFEKfvQGk20l=-aB3EXAMPLEE4W0S»",
            "'«AQEohmfuEXAMPLEpqfebJLQZBGBtfBuZr+xqCyuJo48GRanSqjKd3fxAXh/+wc36LOYuYG5KsM1A4n-EXAMPLEaR8Z8kTAK4Nw/UkfwXszHMsQLdomULlF/39L=-x9EXAMPLE6OmX7d»'",
        ],
        near_misses: &[
            "AQE is part of every one",
            "xAQEyhmfxEXAMPLERJJnREazqq8tAD9FMYVh7EjJtnoMSCBNnNJtmil06zCS2GBSNPs3gKubbYudv5h-EXAMPLE3q5r61MoNfgzweqLPSsEZhQ63xKAcualj27A=-aB3EXAMPLEcQ34D",
        ],
    },
    Rule {
        id: "plaid-token",
        title: "Plaid access, public or link token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "s-sandbox-",
            "s-production-",
            "s-development-",
            "c-sandbox-",
            "c-production-",
            "nk-sandbox-",
            "nk-production-",
        ]),
        pattern: token!(
            "(?:access|public|link)-(?:sandbox|development|production)-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"
        ),
        checks: &[],
        examples: &[
            r#"{"v":"«access-sandbox-facade00-959f-4be6-beef-dcef07dbed15»"}"#,
            "used:«link-production-facade00-a56f-4b18-beef-120c22cc2c95», 3 ms",
        ],
        near_misses: &[
            "access-production-eu is a role",
            "no s-sandbox- here",
            "xaccess-sandbox-facade00-3976-4a30-beef-6d3b7194e22b",
        ],
    },
    Rule {
        id: "plaid-secret",
        title: "Plaid secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["plaid"]),
        pattern: near!("plaid", "[a-f0-9]{30}"),
        checks: &[Check::Labelled],
        examples: &[
            "plaid.key = «facade1f4507978bd8d60afcbe602a»",
            "plaid api key: «facade39ce30f52642b6491ec1209b»",
        ],
        near_misses: &["plaid object facade8872c1c064e7aab10118f82e", "plaid token is missing"],
    },
    Rule {
        id: "flutterwave-key",
        title: "Flutterwave secret or encryption key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["FLWSECK"]),
        pattern: token!("FLWSECK(?:_TEST|_PROD)?-?[A-Za-z0-9]{12,}(?:-X)?"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "env X=«FLWSECK_TEST-facade1a35ab3d77fe23a6fe36ad273a-X» ./run",
            "[«FLWSECK-facade15367e9ae9e45fadf4588f4d7e-X»]",
        ],
        near_misses: &[
            "FLWSECK is part of every one",
            "xFLWSECK_TEST-facade532d301355393c0f37e7ab395e-X",
        ],
    },
    Rule {
        id: "paystack-key",
        title: "Paystack, Razorpay, GoCardless or Mollie key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["paystack", "razorpay", "gocardless", "mollie"]),
        pattern: near!(
            "(?:paystack|razorpay|gocardless|mollie)",
            "(?:(?:live|test|sandbox)_[A-Za-z0-9_=-]{30,44}|[A-Za-z0-9]{24})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "using the mollie token '«live_EXAMPLECsYwHa4p6TAgZcPDSvibi8j»'",
            "mollie.key = «live_EXAMPLEvsopku9I2tmcb2Yg64TPA8a»",
        ],
        near_misses: &[
            "mollie request live_EXAMPLEDkkgY68fzB2WakTwN36cy7y took 12 ms",
            "mollie token is missing",
        ],
    },
    Rule {
        id: "razorpay-key",
        title: "Razorpay key id",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["rzp_live_", "rzp_test_"]),
        pattern: token!("rzp_(?:live|test)_[A-Za-z0-9]{14,}"),
        checks: &[],
        examples: &["client built with «rzp_live_EXAMPLEzcylq4U»", "'«rzp_test_EXAMPLEGs2VW6c»'"],
        near_misses: &["rzp_live_ is part of every one", "xrzp_live_EXAMPLEhsyXN7L"],
    },
    Rule {
        id: "checkout-key",
        title: "Checkout.com secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk_sbox_"]),
        pattern: token!("sk_sbox_[a-z0-9*#$=]{20,}"),
        checks: &[],
        examples: &[
            "GET /v1/x?v=«sk_sbox_exampleyp3896i0faaddudz26a»&page=2",
            "(«sk_sbox_example57msxhhxuvnu7falp6z»)",
        ],
        near_misses: &["sk_sbox_ is part of every one", "xsk_sbox_examplebqjmnla8jt1yl0vj52u"],
    },
    Rule {
        id: "paddle-key",
        title: "Paddle API key or webhook secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pdl_live_", "pdl_sdbx_", "pdl_ntfset_"]),
        pattern: token!(
            "pdl_(?:(?:live|sdbx)_apikey_[a-z0-9]{20,30}_[A-Za-z0-9]{20,24}_[A-Za-z0-9]{2,4}|ntfset_[a-z0-9]{20,30}_[A-Za-z0-9+/=]{24,44})"
        ),
        checks: &[],
        examples: &[
            r"retry 2: «pdl_live_apikey_example1tq7dqis1zegxbw287w_EXAMPLE6q2lOihLld47G7p_aB3»\n at main",
            r#"{"v":"«pdl_ntfset_examplevjgpi0az80nkfl48t6q_EXAMPLEGSBJeFlEfP5l3r2Hn1vr0AO2Q»"}"#,
        ],
        near_misses: &[
            "pdl_live_ is part of every one",
            "xpdl_live_apikey_examplexa52j85115npe91ae2i_EXAMPLEPqwUq6oGDhYKc9O_aB3",
        ],
    },
    Rule {
        id: "chargebee-key",
        title: "Chargebee, Recurly or Lob key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["chargebee", "recurly"]),
        pattern: near!("(?:chargebee|recurly)", "(?:(?:live|test)_[A-Za-z0-9]{35}|[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            "chargebee api key: «live_EXAMPLE4jWwHLzdRqgYPjkVf4e92vVudD7g»",
            "using the chargebee token '«live_EXAMPLEwDFWyxxHoujKf82JkXM9Egj58O9k»'",
        ],
        near_misses: &[
            "chargebee request live_EXAMPLEoiNB0JmpZGE5zOUvJC0idiYu0m2x took 12 ms",
            "chargebee key id 12",
        ],
    },
    Rule {
        id: "easypost-key",
        title: "EasyPost API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["EZAK", "EZTK"]),
        pattern: token!("EZ[AT]K[A-Za-z0-9]{50,}"),
        checks: &[],
        examples: &[
            r"a\n«EZAKEXAMPLEnoI37lRMJs7N1XaT7Yp69kn0hthxLl9Z0QeXFQzx3VKEe3I»",
            "env X=«EZTKEXAMPLEg27DdxrWdFTPbQT3ReE3w6rtlCPJ5FOnQDteSb8bvufrD2C» ./run",
        ],
        near_misses: &[
            "EZAK is part of every one",
            "xEZAKEXAMPLEGkVs6TmPEFVMZPE9GrRtxV8cGBhYEoVhcnjAyKdKrbBGx2R",
        ],
    },
    Rule {
        id: "shippo-token",
        title: "Shippo API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["shippo_live_", "shippo_test_"]),
        pattern: token!("shippo_(?:live|test)_[a-f0-9]{40}"),
        checks: &[],
        examples: &[
            "<v>«shippo_live_facade442fb5d6ee7deb76c3f0503ad0a5b0fa6b»</v>",
            "sent «shippo_test_facadea686df5c0c713d2e0fc561eeb03eb3926e».",
        ],
        near_misses: &[
            "shippo_live_ is part of every one",
            "xshippo_live_facadeaab61939c87004a69210e9b179e1e58e8a",
        ],
    },
    Rule {
        id: "duffel-token",
        title: "Duffel access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["duffel_test_", "duffel_live_"]),
        pattern: token!("duffel_(?:test|live)_[A-Za-z0-9_-]{40,}"),
        checks: &[],
        examples: &[
            "'«duffel_test_EXAMPLEuLAewmgZGMACtBHNli9rkAPJYMW7nC-Xvi5d»'",
            "401 from upstream, key «duffel_live_EXAMPLEs2pEZWBt-EOlN-J0uq9GEgiR12LjMiCq2w1A»,",
        ],
        near_misses: &[
            "duffel_test_ is part of every one",
            "xduffel_test_EXAMPLEhyTppRPNKbMu2OqVckcspx6mDDvLJVSZRT2Y",
        ],
    },
    Rule {
        id: "secret-token-uri",
        title: "Secret token of the URI scheme of RFC 8959",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["secret-token:"]),
        pattern: r"\bsecret-token:(?P<secret>[A-Za-z0-9._~%!$&'()*+,;=:@-]{16,})",
        checks: &[],
        examples: &[
            "mercury secret-token:«mercury_production_EXAMPLEu2ZhAkix6gjxwmINhuXWz1A»",
            r#""secret-token:«EXAMPLEEXAMPLEVx4caSLYnVssScGw4Oldz8J_yrucrem»"#,
        ],
        near_misses: &["secret-token: rotated", "the secret-token scheme"],
    },
    Rule {
        id: "brex-token",
        title: "Brex user token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["bxt_"]),
        pattern: token!("bxt_[A-Za-z0-9]{36,}"),
        checks: &[],
        examples: &[
            "(«bxt_EXAMPLEW7DsVnh268RZSudEUIHpXIGl8EYuyRE9f»)",
            "cfg_«bxt_EXAMPLESb5YtDcu5irvRBQ5OZEhz5rKKNQj4f07l»",
        ],
        near_misses: &[
            "bxt_ is part of every one",
            "xbxt_EXAMPLESNtXkQsa9VTwvqLRIOAebHhpET4yqrT0P",
        ],
    },
    Rule {
        id: "coinbase-key",
        title: "Coinbase, Binance, Kraken, KuCoin or Bybit key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["coinbase", "binance", "kraken", "kucoin", "bybit", "bitfinex"]),
        pattern: near!(
            "(?:coinbase|binance|kraken|kucoin|bybit|bitfinex)",
            "(?:[A-Za-z0-9]{64}|[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{88}|[a-f0-9]{24}|[A-Za-z0-9]{43}|[A-Za-z0-9]{36}|[A-Za-z0-9]{16,18})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "BINANCE_API_KEY=«EXAMPLE6g05E3EV562ffGrzqzZQEP5khcmH1JYhlJcHMvw21Gm7brWx6XaNJtR3E» ./run",
            r#"{"binance": {"region": "eu", "key": "«EXAMPLEf6xCFW3l2SaRhe4yacBBy0LmMmm8YewNH5nH8GN8SgUdA6aB8Cmx78B9b»"}}"#,
        ],
        near_misses: &[
            "binance cache key: EXAMPLEwyzI27mSdA6QNaVaM73zdVzt4cE9FYR5rf6USXbhCGBqKJQbVo1JMK79D",
            "binance key: rotated",
        ],
    },
    Rule {
        id: "wise-token",
        title: "Wise (TransferWise) API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["transferwise", "wise_api", "wise_token"]),
        pattern: near!("(?:transfer)?wise", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            "using the transferwise token '«facade00-568f-47f9-beef-246799504fe8»'",
            "transferwise.key = «facade00-c406-4a96-beef-c85e07f5ecd3»",
        ],
        near_misses: &[
            "transferwise worker facade00-b886-4e21-beef-f95e82f68002 up",
            "transferwise token is missing",
        ],
    },
    Rule {
        id: "blockchain-node-key",
        title: "Infura, Alchemy, Etherscan or QuickNode key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["infura", "alchemy", "etherscan", "quicknode"]),
        pattern: near!(
            "(?:infura|alchemy|etherscan|quicknode)",
            "(?:[a-f0-9]{32}|[A-Z0-9]{34}|[A-Za-z0-9_-]{32}|[a-f0-9]{40})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"infura": {"region": "eu", "key": "«facade91234e657b0346b27eb9a23b1e»"}}"#,
            "login to infura with secret «facade16b0046ad15b9688d10f5cb30d» failed",
        ],
        near_misses: &[
            "infura request facade538a8414cd21acb3e51de1936a took 12 ms",
            "infura api key not set",
        ],
    },
    Rule {
        id: "blockchain-node-url",
        title: "Project key in the URL of a blockchain node",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["infura.io/", "alchemy.com/", "quiknode.pro/"]),
        pattern: r"(?i)(?:infura\.io/(?:ws/)?v3/|alchemy\.com/(?:nft/)?v[23]/|quiknode\.pro/)(?-i:(?P<secret>[A-Za-z0-9_-]{32,64}))",
        checks: &[],
        examples: &[
            "dial wss://mainnet.infura.io/ws/v3/«facade5d268b7e0f2a3e63f0a387a25e» failed",
            "https://eth-mainnet.g.alchemy.com/v2/«EXAMPLEy8M1ARBg9wapokusadtBbtU0N»",
        ],
        near_misses: &["https://mainnet.infura.io/v3/", "https://docs.alchemy.com/reference"],
    },
];
