//! Databases and data platforms.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "databricks-token",
        title: "Databricks personal access token or OAuth secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["dapi", "dose"]),
        pattern: token!("(?:dapi|dose)[a-f0-9]{32}(?:-[0-9])?", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            r"a\n«dapifacade248eec2d48e320803025b8850f»",
            "env X=«dapifacade835877850182c800b0fbab851f-2» ./run",
        ],
        near_misses: &["dapi is short", "no dapi here", "xdapifacadef7ecc497b2ccfaa8058f615d9a"],
    },
    Rule {
        id: "snowflake-token",
        title: "Snowflake session token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ver:1-hint:"]),
        pattern: token!("ver:1-hint:[0-9]{4,30}-[A-Za-z0-9+/=%]{60,}"),
        checks: &[],
        examples: &[
            "<v>«ver:1-hint:4643631485-EXAMPLEntL4uYLgtSI869Ra86ZLrKFe2IMtJr83TQ2apNGU2RBkijubfAfACsfX2F2KKxDp0kfw+1VbpiJU6ZXr9K3zsYKFbho8jZ3B+VCi35egdFRlJSx5e==»</v>",
            "sent «ver:1-hint:8460832027-EXAMPLEUOnM1SOjF8mo3wKlRIHTzhn9TYND/+i2fuBY5LhScnkI05HgJcjIniUtUjuiZSU8OtghWVpopXHHjSnQN6QrTfG+z+WOHQFyYr5MdC7tFv73iOY2q==».",
        ],
        near_misses: &[
            "ver:1-hint: is part of every one",
            "xver:1-hint:3279431965-EXAMPLEqFiZo8+UNFOMVMyOdYjb+xb3qrTVZYgH6c1AfVRdVpKtujqF+noux9k51pQVI+Uvb3+sUN5xdYpW2qZuL4dNQHIqEcY31ntlEUyDDs/fzPjtDHx1v==",
        ],
    },
    Rule {
        id: "planetscale-token",
        title: "PlanetScale password or token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pscale_pw_", "pscale_tkn_", "pscale_oauth_"]),
        pattern: token!("pscale_(?:pw|tkn|oauth)_[A-Za-z0-9_=.-]{30,}[A-Za-z0-9_=]"),
        checks: &[],
        examples: &[
            "'«pscale_pw_EXAMPLErv4lbCbngD1LOFPcuWU0RvA4z9PJ7cAaB72G»'",
            "401 from upstream, key «pscale_tkn_EXAMPLEPQOpDRo5odQR5NOv-qz1vEE1tgyrXLwbZK0h»,",
        ],
        near_misses: &[
            "pscale_pw_ is part of every one",
            "xpscale_pw_EXAMPLEsv7BjvD_SqkVpC2k_GIqN4cHq7zpTFqY3k6l",
        ],
    },
    Rule {
        id: "supabase-token",
        title: "Supabase access token or secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sbp_", "sb_secret_"]),
        pattern: token!("(?:sbp_(?:v0_)?[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{28,})"),
        checks: &[],
        examples: &[
            "(«sbp_facade51ac3ead9302dc27af7914ddfb1062990c»)",
            "cfg_«sb_secret_EXAMPLE7jTXNC39S7Q5LLUTkxLfUF9X»",
        ],
        near_misses: &[
            "sbp_ is part of every one",
            "xsbp_facadefd44e9564b09375796d9e2181f4495398a",
        ],
    },
    Rule {
        id: "neon-key",
        title: "Neon API key or role password",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["napi_", "npg_"]),
        pattern: token!("(?:napi_[a-z0-9]{40,}|npg_[A-Za-z0-9]{12,})"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            r#"{"v":"«napi_exampleyszunlgysv3zksp0zd25vp1yu2ounfx65uetqzq12m6tfqypoxttef04a»"}"#,
            "used:«npg_EXAMPLEjfk2W», 3 ms",
        ],
        near_misses: &[
            "napi_ is part of every one",
            "xnapi_exampleo1fc8e130kghmnjwa79yfdh5fb3ldmiu1qp2mfpov3qgevd70h47wyi3h",
        ],
    },
    Rule {
        id: "mongodb-atlas-secret",
        title: "MongoDB Atlas service account secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["mdb_sa_sk_"]),
        pattern: token!("mdb_sa_sk_[A-Za-z0-9_-]{32,}"),
        checks: &[],
        examples: &[
            r"a\n«mdb_sa_sk_EXAMPLEaY2v_i5Fq4upEjXtQpsxOiW4xsxsqcl0T»",
            "env X=«mdb_sa_sk_EXAMPLElaDhC0N4o5eXzVriqybjfhssQYLazBQ2S» ./run",
        ],
        near_misses: &[
            "mdb_sa_sk_ is part of every one",
            "xmdb_sa_sk_EXAMPLE77Nwvt-3dPwemv47iGwT31fefT2mohQ8w",
        ],
    },
    Rule {
        id: "mongodb-atlas-key",
        title: "MongoDB Atlas private key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["atlas_", "mongodb"]),
        pattern: near!("(?:mongodb|atlas)", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            r#"ATLAS_SECRET="«facade00-d102-49fd-beef-24dcec478265»""#,
            "ATLAS_API_KEY=«facade00-660e-4ee2-beef-d1cc93db612b» ./run",
        ],
        near_misses: &["atlas worker facade00-7f75-4764-beef-b7c0132c57ee up", "atlas key id 12"],
    },
    Rule {
        id: "airtable-token",
        title: "Airtable key or personal access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["airtable"]),
        pattern: near!("airtable", r"(?:pat[A-Za-z0-9]{14}\.[a-f0-9]{64}|key[A-Za-z0-9]{14})"),
        checks: &[Check::Labelled],
        examples: &[
            "login to airtable with secret «patEXAMPLEoHhNI6J.facade0acbb77a6f7559a61dad8b90ad5418d22119d58095781303fdad8b801e» failed",
            "AIRTABLE_API_KEY=«patEXAMPLEVHhX72z.facadeb4ff78fb8702c6f982647128b0cad9175a620cfa292478761d033b641f» ./run",
        ],
        near_misses: &[
            "airtable request patEXAMPLEjcqJc4F.facade2d5a1d657be4218f5de9680d193e06d76abb1d1dc78030ac39ef7d7a5b took 12 ms",
            "airtable key: rotated",
        ],
    },
    Rule {
        id: "confluent-key",
        title: "Confluent API secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["cflt"]),
        pattern: token!("cflt[A-Za-z0-9+/]{55,}"),
        checks: &[],
        examples: &[
            "client built with «cfltEXAMPLE9NozjBcU9P7+n4EL3CNKhAo6j8Nr5DmCD0vFRNJL4TIEEFqROyP1h»",
            "'«cfltEXAMPLEL9magDiuZGALoJoiZu3dHD+cjXJBsH39o/mliXXzqnHI3H2CUeg6d»'",
        ],
        near_misses: &[
            "a conflt",
            "no cflt here",
            "xcfltEXAMPLEOya6xejqxtNw5L5i0eRbdAAwEC6XEq5dyOWsYsxVGHsWUYywE4t1h",
        ],
    },
    Rule {
        id: "confluent-secret",
        title: "Confluent API secret, beside a word that names it",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["confluent"]),
        pattern: near!("confluent", "[A-Za-z0-9+/]{64}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"confluent": {"region": "eu", "key": "«EXAMPLEL66TCnQvdM4Ggi/FNcLY1G4fWzn6RrM+utdXmWfvr4vvF6A7eWPzxiQ9b»"}}"#,
            "login to confluent with secret «EXAMPLEcQI4rGdI0JJTW+4gvj+D3WPKb7QcfSq7s3lsb9+r68FyPYDNPNmSLUf9G» failed",
        ],
        near_misses: &[
            "confluent worker EXAMPLEvzDVclABIQ3KNod1Bep0yMq0mX9ZEDmA/QeYC88XiFM5l1SUnYEGKdz9c up",
            "confluent key: rotated",
        ],
    },
    Rule {
        id: "dbt-token",
        title: "dbt personal or service token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["dbtc_", "dbtu_"]),
        pattern: token!("dbt[cu]_[A-Za-z0-9_-]{36,}"),
        checks: &[],
        examples: &[
            "(«dbtc_EXAMPLETW0wDT3tSKuUDzEF0v-k8NhBXFovklkNqsI3L»)",
            "cfg_«dbtu_EXAMPLEAhBQMTLbcvCy3TwHZmKRYwmJHyB14I3VdBu5c»",
        ],
        near_misses: &[
            "dbtc_ is part of every one",
            "xdbtc_EXAMPLEv-uy5z39yWy2Jwh7my1zXrjTsA9e183fFJB8B",
        ],
    },
    Rule {
        id: "algolia-key",
        title: "Algolia API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["algolia"]),
        pattern: near!("algolia", "[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            "ALGOLIA_API_KEY=«facade71f226dfd28d090f660468297a» ./run",
            r#"{"algolia": {"region": "eu", "key": "«facade1ee2b8789b7d7b4730a715866a»"}}"#,
        ],
        near_misses: &[
            "algolia cache key: facade501b61012610bf28282436360d",
            "algolia key: rotated",
        ],
    },
    Rule {
        id: "mapbox-token",
        title: "Mapbox secret or temporary token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sk.eyJ1", "tk.eyJ1"]),
        pattern: token!(r"[st]k\.eyJ1[A-Za-z0-9_-]{40,}\.[A-Za-z0-9_-]{20,}"),
        checks: &[],
        examples: &[
            "used:«sk.eyJ1EXAMPLEKxLSxwPGbBDh364PKl12m0nke7BNC1mbsOfOw7jg0eH01ryu0HQ7b.EXAMPLE5TtLGNhjvAPWA1t», 3 ms",
            "v%3D«tk.eyJ1EXAMPLEvoo0a65YWVOIhNCxzl8ClfldvqRGRUFzUMzOYEFMIFRAFxwNM2j7l.EXAMPLEH5jL8o6sW7wMm7P»",
        ],
        near_misses: &[
            "sk.eyJ1 is part of every one",
            "xsk.eyJ1EXAMPLEeDx4TRqRg2BlnPpqzmm3nyHUceTm1P5HqyZ7vXBTwiOik9uSrdR6H.EXAMPLEfKZzkfibeRe3e4H",
        ],
    },
    Rule {
        id: "turso-token",
        title: "Upstash, Turso or Xata key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["xau_"]),
        pattern: token!("xau_[A-Za-z0-9]{24,}"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "env X=«xau_EXAMPLEXyygAjzF5vr8CuK9zXced8s6y» ./run",
            "[«xau_EXAMPLEsFSTJxXfTeTye9dJffpY2w63v»]",
        ],
        near_misses: &["xau_ is part of every one", "xxau_EXAMPLEZtfcXmSkknJjaXVaSgPNcrj4m"],
    },
    Rule {
        id: "upstash-token",
        title: "Upstash, Redis Cloud or Aiven token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["upstash", "redislabs", "rediscloud", "aiven"]),
        pattern: near!(
            "(?:upstash|redis(?:labs|cloud)|aiven)",
            "(?:[A-Za-z0-9_-]{50,60}={0,2}|[A-Za-z0-9+/]{88,372}={0,2}|[a-z0-9]{50})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "using the upstash token '«EXAMPLEPdpI6j0j5U6llnn12SxDAhhWZnua6Tiz85avRjEpAvULg8L==»'",
            "upstash.key = «EXAMPLE-ztkB7KFwfOYeeBpIi6rL7SHyvpIW7ZbdHZrwyJiqJOrY3x==»",
        ],
        near_misses: &[
            "upstash request EXAMPLE2CO10f2iMRwb9Fr5I1Gid_xvY2E4EGtX5Aj4abaM3zLkS1V== took 12 ms",
            "upstash key id 12",
        ],
    },
    Rule {
        id: "aiven-password",
        title: "Aiven service password",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AVNS_"]),
        pattern: token!("AVNS_[A-Za-z0-9_-]{16,}"),
        checks: &[],
        examples: &["client built with «AVNS_EXAMPLEkupCSeLlgx5D»", "'«AVNS_EXAMPLEI2sqPU-hqt9s»'"],
        near_misses: &["AVNS_ is part of every one", "xAVNS_EXAMPLE_ry1pq1rT30G"],
    },
    Rule {
        id: "clickhouse-cloud-secret",
        title: "ClickHouse Cloud API secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["4b1d"]),
        pattern: token!("4b1d[A-Za-z0-9]{38}", "[^A-Za-z0-9]|$"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "GET /v1/x?v=«4b1dEXAMPLErS0l3zQrt4EBhyus56sHMB0i6VRcV6J»&page=2",
            "(«4b1dEXAMPLER1XW7jQL9SPfqbh1zpQEpQ4eLWC2d6n»)",
        ],
        near_misses: &[
            "commit 4b1d5dc642cb6eb9a060e54bf8d69288fbee4904",
            "no 4b1d here",
            "x4b1dEXAMPLEVXhziZnBPL2sReJb1Mh0E6bIAQwFi2Z",
        ],
    },
    Rule {
        id: "contentful-token",
        title: "Contentful management token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["CFPAT-"]),
        pattern: token!("CFPAT-[A-Za-z0-9_-]{40,}"),
        checks: &[],
        examples: &[
            r"retry 2: «CFPAT-EXAMPLEzUJ-eskAla5WyGLL2yCmkN2Kvp2nHcIA2z2X»\n at main",
            r#"{"v":"«CFPAT-EXAMPLEwDBpoUkjPUnBb1xqHqqkAW5F5-UXgNJI5-0I»"}"#,
        ],
        near_misses: &[
            "CFPAT- is part of every one",
            "xCFPAT-EXAMPLEJq7exv57jrMHw3wjevmctsRB-ueCw-7sLO9b",
        ],
    },
    Rule {
        id: "contentful-delivery-token",
        title: "Contentful, Sanity, Storyblok or Prismic token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["contentful", "sanity_", "storyblok", "prismic"]),
        pattern: near!(
            "(?:contentful|sanity|storyblok|prismic)",
            "(?:[A-Za-z0-9_-]{43}|sk[A-Za-z0-9]{80,200}|[A-Za-z0-9]{22,24})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "contentful api key: «EXAMPLEg-pQfBKqMMxxn6mKhvudPIUWzRjGOCfCvU2I»",
            "using the contentful token '«EXAMPLE8uPLhiaDO2YTyWKBv8XoSUL6k-Q-yLvSbE6Y»'",
        ],
        near_misses: &[
            "contentful request EXAMPLEiqAmtG0HsnRxjqUr8vxHsLzu7ANWXHceUE6B took 12 ms",
            "contentful token is missing",
        ],
    },
    Rule {
        id: "fivetran-key",
        title: "Fivetran, Airbyte, Census or Hightouch key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["fivetran", "airbyte", "hightouch"]),
        pattern: near!(
            "(?:fivetran|airbyte|hightouch)",
            "(?:[A-Za-z0-9]{32}|[A-Za-z0-9]{16}|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "FIVETRAN_API_KEY=«EXAMPLEHvX1QwagP2MdCVoYyGf8Ssf8Z» ./run",
            r#"{"fivetran": {"region": "eu", "key": "«EXAMPLEmxSuEcpwaFHrwC6mZnHCUuF0V»"}}"#,
        ],
        near_misses: &[
            "fivetran object EXAMPLEkBMPvEhW5dDEZ6cxsaCaAVG6e",
            "fivetran api key not set",
        ],
    },
    Rule {
        id: "looker-secret",
        title: "Looker, Tableau, Metabase or Redash key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["looker", "tableau", "metabase", "redash"]),
        pattern: near!(
            "(?:looker|tableau|metabase|redash)",
            "(?:[a-z0-9]{24}|[A-Za-z0-9+/]{22}==:[A-Za-z0-9]{32}|[A-Za-z0-9]{40}|mb_[A-Za-z0-9+/=]{40,48})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "using the looker token '«example0sewe9r5gcq4jrg5j»'",
            "looker.key = «example0qhn8dqjftes2ob4h»",
        ],
        near_misses: &["looker: examplevnfjt9fbjn8tnt56q served", "looker key id 12"],
    },
    Rule {
        id: "maps-key",
        title: "HERE, TomTom, OpenWeather or ArcGIS key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ere_api", "tomtom", "openweather", "arcgis"]),
        pattern: near!(
            "(?:here_api|tomtom|openweather(?:map)?|arcgis)",
            "(?:[A-Za-z0-9_-]{43}|[A-Za-z0-9]{32}|AAPK[A-Za-z0-9_-]{60,100})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"openweather": {"region": "eu", "key": "«facadeb6091d8e1d409dd415fbea3d7e»"}}"#,
            "login to openweather with secret «facade3a6da26d556460f27677f82b6b» failed",
        ],
        near_misses: &[
            "openweather cache key: facade496734ebab3fbc2400ed3c6d5e",
            "openweather key: rotated",
        ],
    },
    Rule {
        id: "arcgis-key",
        title: "ArcGIS API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AAPK", "AAPT"]),
        pattern: token!("AAP[KT][A-Za-z0-9_-]{60,}"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "<v>«AAPKEXAMPLEilcb82lOHwWSsADTAq_NO8yXNf3eXVkJsfsyLb7n05I-1GQGf6uMn-YSJSV4OtBSuRs3CuKJUK1Qnozuz6g»</v>",
            "sent «AAPKEXAMPLEm_Z52y_y1tNodcrfHwRGAXZvI3HzKYczoKkCnEmz9go4z4xv2YZUBFQ6ka1abN5mAqFYrL8Xwt3DbC4hy8d».",
        ],
        near_misses: &[
            "AAPK is part of every one",
            "xAAPKEXAMPLEjkH11XTdMRgAl0DZ0c8WXL31nOPt0fcRrELmUrRocrbqlxAsh19ZXe-c84pOClZioqiWrwO3DuJ1M5olr9e",
        ],
    },
    Rule {
        id: "threat-intelligence-key",
        title: "VirusTotal, Shodan, AbuseIPDB or GreyNoise key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["virustotal", "shodan", "abuseipdb", "greynoise"]),
        pattern: near!(
            "(?:virustotal|shodan|abuseipdb|greynoise)",
            "(?:[a-f0-9]{64}|[a-f0-9]{80}|[A-Za-z0-9]{32}|[A-Za-z0-9]{64})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "VIRUSTOTAL_API_KEY=«facade609ada4aefbb2eb134497117b3beacaab9a7e9ed0a27ccc1894c6d733d» ./run",
            r#"{"virustotal": {"region": "eu", "key": "«facade86a233eff0e2a64620d1e615f8962b9afe4ea3d721091c8224f2990d4e»"}}"#,
        ],
        near_misses: &[
            "virustotal verdict for facade1d48c6d6722a2594906d67a0fdc0d39dbf1d3702570994f20009bdf47c",
            "virustotal: facade3af1e023c4e5f5ed4704364f03f423f2b8cb451e07d766d176907cbc0a served",
            "virustotal key: rotated",
        ],
    },
];
