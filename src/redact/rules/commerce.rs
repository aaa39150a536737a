//! Shops, marketplaces and logistics.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "shopify-token",
        title: "Shopify access token or secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "shpat_", "shpca_", "shppa_", "shpss_", "shptka_", "shpua_", "shpcp_",
        ]),
        pattern: token!("shp(?:at|ca|pa|ss|tka|ua|cp)_[A-Fa-f0-9]{32,}"),
        checks: &[],
        examples: &[
            r"a\n«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»",
            "env X=«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» ./run",
            "[«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»]",
        ],
        near_misses: &["shpat_ is part of every one", "x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"],
    },
    Rule {
        id: "shopify-key",
        title: "Shopify API secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["shopify"]),
        pattern: near!("shopify", "[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            "using the shopify token '«facadeb271f5f1de9d725a465f7e3e1b»'",
            "shopify.key = «facade3f3799affd37eac89304dd281e»",
        ],
        near_misses: &[
            "shopify order hash key: facade83dd71b45975c94ae4e657d32b",
            "shopify request facade9ff336708ed9953edaeef2343b took 12 ms",
            "shopify key id 12",
        ],
    },
    Rule {
        id: "woocommerce-key",
        title: "WooCommerce consumer key or secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["consumer_key", "consumer_secret", "woocommerce"]),
        pattern: r"\b(?P<secret>c[ks]_[a-f0-9]{40})(?:[^a-f0-9]|$)",
        checks: &[],
        examples: &[
            "woocommerce client with «cs_facade77eea29095005c2c5916f05531321bb00f»",
            "GET /wp-json?consumer_key=«ck_facade7c062267cccd8379e63809f4fef3673f8e»&x=1",
        ],
        near_misses: &[
            "woocommerce block_facade3d02244ab187f1a74135380175f701f88a built",
            "consumer_key: ck_12",
        ],
    },
    Rule {
        id: "ebay-token",
        title: "eBay user or application token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["v^1.1#"]),
        pattern: token!(r"v\^1\.1#[A-Za-z0-9^#+/=]{40,}"),
        checks: &[],
        examples: &[
            "client built with «v^1.1#i^1#EXAMPLEMLZMlZAn+OwFSXkIcSzAXm0CWgzwSVZyuC2ircZkbUBAO4n5Elnyp9uRmfw2t3hW7WDoYlq4B==»",
            "'«v^1.1#i^1#EXAMPLEMK6nWT/jzejM/pmG5Ixicc3lXMpsAtyiR/RUy2otvuhMU8yvEqxRvW5CUCF3XOWqFgFoyBU8Y==»'",
        ],
        near_misses: &[
            "v^1.1# is part of every one",
            "xv^1.1#i^1#EXAMPLEFqxxF1rlHGGDQ62R4ZbSwyh5Xk6rPqXViP75fVPAt/roB0bNIsFuuquSxhSoTN4Eggoxv6k7T==",
        ],
    },
    Rule {
        id: "ebay-client-secret",
        title: "eBay client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["PRD-", "SBX-"]),
        pattern: token!("(?:PRD|SBX)-[a-f0-9]{12}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}"),
        checks: &[],
        examples: &[
            "GET /v1/x?v=«PRD-facadeb8d09f-a2ef-a55f-baf0-6df5»&page=2",
            "(«SBX-facade2bd93d-9894-bcbd-253e-cec0»)",
        ],
        near_misses: &[
            "PRD-4711 is a ticket",
            "no PRD- here",
            "xPRD-facadeca113d-d308-d0b1-3260-9491",
        ],
    },
    Rule {
        id: "etsy-key",
        title: "Etsy, BigCommerce, Magento or Walmart key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["etsy_", "bigcommerce", "magento"]),
        pattern: near!(
            "(?:etsy|bigcommerce|magento)",
            "(?:[a-z0-9]{24}|[a-z0-9]{31}|[a-z0-9]{32})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"bigcommerce_api_key": "«example4cm6q7k3w32z452y0j4cq38n»"}"#,
            "env BIGCOMMERCE_TOKEN=«examplecfk5yky6jrxt21oyft5mv79v»",
        ],
        near_misses: &[
            "bigcommerce: exampleiojls4b7ym3uj52vw52bpm7i served",
            "bigcommerce api key not set",
        ],
    },
    Rule {
        id: "fedex-key",
        title: "FedEx, UPS, DHL or Shipstation secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["fedex_", "shipstation", "shipengine"]),
        pattern: near!(
            "(?:fedex|shipstation|shipengine)",
            "(?:[a-f0-9]{32}|TEST_[A-Za-z0-9+/]{43}|[A-Za-z0-9+/]{43})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            r#"SHIPSTATION_SECRET="«facadef32c776917e8e8b8741799557d»""#,
            "SHIPSTATION_API_KEY=«facadec55d0372d4d19b8badb30c170d» ./run",
        ],
        near_misses: &[
            "shipstation cache key: facadefd6dbe7d5ab7a57565abf7c41c",
            "shipstation key id 12",
        ],
    },
    Rule {
        id: "amadeus-secret",
        title: "Amadeus, Yelp or Foursquare secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["amadeus", "yelp_", "foursquare"]),
        pattern: near!(
            "(?:amadeus|yelp|foursquare)",
            "(?:[A-Za-z0-9]{16}|[A-Za-z0-9_-]{128}|[A-Z0-9]{48})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "login to amadeus with secret «EXAMPLEq0S95op7H» failed",
            "AMADEUS_API_KEY=«EXAMPLEZJNeESx6o» ./run",
        ],
        near_misses: &["amadeus worker EXAMPLETtQHNyR1d up", "amadeus key: rotated"],
    },
    Rule {
        id: "foursquare-key",
        title: "Foursquare API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["fsq3"]),
        pattern: token!("fsq3[A-Za-z0-9+/]{40,}=?"),
        checks: &[],
        examples: &[
            "v%3D«fsq3EXAMPLETwCPONZ/jxG/IXEwkiMmn7DRMy5K6JaiA79n=»",
            r"a\n«fsq3EXAMPLEzMoKW7FNUnkfbu/H3n/zCd5hMX+08gtAIT8c=»",
        ],
        near_misses: &[
            "fsq3 is part of every one",
            "xfsq3EXAMPLE1C6tk0C33GPvlA3LnB8EElOCaYGBLoCMBF7J=",
        ],
    },
];
