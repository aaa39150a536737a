//! Package registries.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "npm-token",
        title: "npm access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["npm_"]),
        pattern: token!("npm_[A-Za-z0-9]{36,}"),
        checks: &[],
        examples: &[
            "//registry.example/:_authToken=«npm_6d7Cwvs1O38FfaA6WEi3QrplK1xckSxKM2aw»",
            "publish with «npm_9H0bwTp0136uXT3yKW5ds3g9UFCGbHZIibp9» failed",
        ],
        near_misses: &[
            "npm_config_registry=https://registry.example",
            "npm_lifecycle_event",
            "npm_package_version_abcdefghijklmnopqrstuvwxyz",
        ],
    },
    Rule {
        id: "pypi-token",
        title: "PyPI upload token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pypi-AgE"]),
        pattern: token!("pypi-AgE[A-Za-z0-9_-]{40,}"),
        checks: &[],
        examples: &[
            "twine used «pypi-AgEIcHlwaS5vcmccm3Ec7E4nSmwfIp7_JoppZrDDs7YvcX1eYgURZEQ3PZgPsTF2bUnxiP3zcCr1Y6ffeIIem»",
            r#""«pypi-AgENdGVzdC5weXBp8c7wtwPkhdM996G5rfDLI7jChGi4s6AKsrpVfVIs1DNSKoPymJTxD5JtNEE0tbpvomGIyL»""#,
        ],
        near_misses: &["pypi-AgE begins every token", "pypi-proxy-7d9f8b6c5d-x2v4q"],
    },
    Rule {
        id: "rubygems-key",
        title: "RubyGems API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["rubygems_"]),
        pattern: token!("rubygems_[a-f0-9]{40,}"),
        checks: &[],
        examples: &[
            "gem push «rubygems_579bf89691052be1ceb374dab4683f84d30d3fc4d83cee9b»",
            "'«rubygems_cc2bfce9594dc72aa7a6d0018f99ddceb1be0273dbc46dfc»'",
        ],
        near_misses: &["rubygems_version 3.5", "rubygems_ab0c539ad5966d513b1d"],
    },
    Rule {
        id: "docker-token",
        title: "Docker Hub access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["dckr_pat_", "dckr_oat_"]),
        pattern: token!("dckr_[po]at_[A-Za-z0-9_-]{24,}"),
        checks: &[],
        examples: &[
            "docker login «dckr_pat_1g8HQbmlFXJKr3P5IGjKmAMhjkH»",
            r#""«dckr_pat_F04zBZZdPaRXLujTpwrkcrOg258»""#,
        ],
        near_misses: &["dckr_pat_ is the prefix", "dckr_pat_short"],
    },
    Rule {
        id: "nuget-key",
        title: "NuGet API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["oy2"]),
        pattern: token!("oy2[a-z0-9]{43}", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            "used:«oy2example5uyodgp84bd4twjripsbv39gfwjlde20di5h», 3 ms",
            "v%3D«oy2examplel1opvcqnkcknctovt1m38jxlmbnme2gwxa3b»",
        ],
        near_misses: &[
            "oy2 is part of every one",
            "xoy2example4xy22pfiyxkzkigfkucewzhtnk518i16606y",
        ],
    },
    Rule {
        id: "crates-io-token",
        title: "crates.io API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["cio"]),
        pattern: token!("cio[A-Za-z0-9]{32}", "[^A-Za-z0-9]|$"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "env X=«cioEXAMPLE1pCobISQuASoYxX1WhVwfnS8y» ./run",
            "[«cioEXAMPLEHZuArTQbcDUuYRHEKnUEYGZ1X»]",
        ],
        near_misses: &[
            "a suspicious precious servicio",
            "no cio here",
            "xcioEXAMPLEoIhKu662d7AxF1SqUp7GshC0S",
        ],
    },
    Rule {
        id: "clojars-token",
        title: "Clojars deploy token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["CLOJARS_"]),
        pattern: token!("CLOJARS_[a-z0-9]{50,}"),
        checks: &[],
        examples: &[
            "sent «CLOJARS_examplelmn3b9sjer27quiotztg8q5gzdajddb6mjf3lcopip8x5n2k9y45x».",
            "client built with «CLOJARS_examplelq80tzatf0s5jyz77zxftyvikzrrqs0aelfcws7thgs63o7pqqa8c»",
        ],
        near_misses: &[
            "CLOJARS_USERNAME is set",
            "no CLOJARS_ here",
            "xCLOJARS_exampleu93vh81ysu8vzmtxvrrl2v9nmjmmccg0tjyn9rjgmnhamkho7s35q",
        ],
    },
    Rule {
        id: "packagist-token",
        title: "Private Packagist token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["packagist_"]),
        pattern: token!("packagist_[a-z]{2,4}_[a-f0-9]{60,}"),
        checks: &[],
        examples: &[
            "401 from upstream, key «packagist_uut_facadea350a886260277276c66acf63ce528aac3ea76261e608db7ce219b03f9b40f»,",
            "GET /v1/x?v=«packagist_ort_facade9f460473eb18fb158dc7e31cbae054fc4151fd451aa1dfec848c2aa89f4f3b»&page=2",
        ],
        near_misses: &[
            "packagist_ is part of every one",
            "xpackagist_uut_facade9f4c28d67e5ac9e4a6fc4cd66e81410ecfb0b3f69418e7d53947d965fb0c7e",
        ],
    },
    Rule {
        id: "artifactory-key",
        title: "JFrog Artifactory API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AKCp"]),
        pattern: token!("AKCp[A-Za-z0-9]{60,}"),
        checks: &[],
        examples: &[
            "cfg_«AKCp8EXAMPLEJxNQPDy7dBaZFeVxwvldCDc5lINkR0w7HM3nFn8S7RlpZ3oXFkriWeVrARQ0V»",
            r"retry 2: «AKCp8EXAMPLEsmho82kPFixL9NM2fajI12q8jw4tEw4ptBMrF7zUeItXtWmRLOfVny5SUhj6Y»\n at main",
        ],
        near_misses: &[
            "AKCp is part of every one",
            "xAKCp8EXAMPLEuoPz7926OMPOOaHNqbrnheFcJKwUz93b5rkR9Y2j42OvT73b1BOIw6cGRa62f",
        ],
    },
    Rule {
        id: "artifactory-reference-token",
        title: "JFrog Artifactory reference token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["cmVmdG"]),
        pattern: token!("cmVmdG[A-Za-z0-9]{50,}"),
        checks: &[],
        examples: &[
            "used:«cmVmdGtuEXAMPLElYiRHdnlRnMJDIIx8CGpH3wHxTD1NBXFaLDlZ9ug9Be7yhW3f», 3 ms",
            "v%3D«cmVmdGtuEXAMPLEucw3z3wXIglU0YBaiiETFrhMYSaCF8msTQ7O3SWBUc7J1mM0k»",
        ],
        near_misses: &[
            "cmVmdG is part of every one",
            "xcmVmdGtuEXAMPLEARx6uRehJWfhzGQDwqGw8tJjHs3cHqMMvgoQqwU4PEJArT43w",
        ],
    },
    Rule {
        id: "artifactory-credential",
        title: "JFrog Artifactory key or password hash, beside a word that names it",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["artifactory", "jfrog"]),
        pattern: near!(
            "(?:artifactory|jfrog)",
            r"(?:[A-Za-z0-9]{64,73}|\{DESede\}[A-Za-z0-9+/=]{20,}|AP[A-Za-z0-9]{24,34})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "using the artifactory token '«APEXAMPLEu4JZc7VgPMzXzuGCHLBeQ603t»'",
            "artifactory.key = «APEXAMPLE3l8v9zaQli7OqKuYLemoYV43S»",
        ],
        near_misses: &[
            "artifactory checksum facade85e3bcc2f0281350e06ebd58ddbfd211c27258610f44451bac76557b1e verified",
            "artifactory: APEXAMPLEXk6UIHT13ZzQhC9HTEvxGWx8R served",
            "artifactory token is missing",
        ],
    },
    Rule {
        id: "nexus-token",
        title: "Nexus Repository format token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["npmtoken.", "dockertoken.", "pypitoken.", "cargotoken."]),
        pattern: token!(
            r"(?:Npm|Docker|Pypi|Cargo)Token\.[a-f0-9]{8}-?(?:[a-f0-9]{4}-?){3}[a-f0-9]{12}"
        ),
        checks: &[],
        examples: &[
            "[«NpmToken.facade00-486b-4129-beef-345b8a0f697d»]",
            "<v>«DockerToken.facade00-5ef8-4c34-beef-1be2f11385a4»</v>",
        ],
        near_misses: &[
            "NpmToken.java line 12",
            "no npmtoken. here",
            "xNpmToken.facade00-5d8a-43e7-beef-3056f93a1a4e",
        ],
    },
    Rule {
        id: "expo-token",
        title: "Expo access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["expo_", "expo-"]),
        pattern: near!(r"\bexpo", "[A-Za-z0-9_-]{40}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "EXPO_API_KEY=«EXAMPLEnxiPbHRTa3Zk5LwBVlhsDWHJ81K-hrE1g» ./run",
            "expo_secret=«EXAMPLEMes-D_-hhIS--T55MnRkKfWD-kTWa966y», retries=3",
        ],
        near_misses: &[
            "expo object EXAMPLErGbp_nQkRh_KXNdUKoWGhqSmXLVB3K18K",
            "expo token is missing",
        ],
    },
    Rule {
        id: "hackage-token",
        title: "Hex.pm, Hackage or pub.dev key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["hexpm", "hex_api", "hackage"]),
        pattern: near!("(?:hexpm|hex_api|hackage)", "[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            "HEXPM_API_KEY=«facadedcb0369723ce58f8dab91db06a» ./run",
            r#"{"hexpm": {"region": "eu", "key": "«facade7d151faa6b33c326a62aa1fe1f»"}}"#,
        ],
        near_misses: &["hexpm: facadedc69db5203638c3a14bf21c76e served", "hexpm api key not set"],
    },
    Rule {
        id: "cocoapods-token",
        title: "CocoaPods trunk token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["cocoapods"]),
        pattern: near!("cocoapods", "[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            "using the cocoapods token '«facade80b264773fc36f9e87428c909c»'",
            "cocoapods.key = «facadef46ddef76c457e481c80152d7e»",
        ],
        near_misses: &[
            "cocoapods cache key: facade35334c04610afb019f1096dd4d",
            "cocoapods key id 12",
        ],
    },
    Rule {
        id: "gradle-enterprise-key",
        title: "Develocity or Gradle plugin portal key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["develocity", "gradle.publish"]),
        pattern: near!(r"(?:develocity|gradle\.publish)", "[a-z0-9]{32,52}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"develocity": {"region": "eu", "key": "«example3sgd7e3qrsp9f6ko3d15kl9asw4psubo99770yatf0o1f»"}}"#,
            "login to develocity with secret «example3hy9boj6183811kqgnm8mucdt48m1loa217collemz80l» failed",
        ],
        near_misses: &[
            "develocity worker examplepbkbccfsme1nuow8uxsu46jm5wpc55bjp6aibqzuntt8p up",
            "develocity key: rotated",
        ],
    },
    Rule {
        id: "cloudsmith-token",
        title: "Cloudsmith or packagecloud API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["cloudsmith", "packagecloud"]),
        pattern: near!("(?:cloudsmith|packagecloud)", "[a-f0-9]{40,48}"),
        checks: &[Check::Labelled],
        examples: &[
            "cloudsmith.key = «facade06057e02354871aef4b62bae438924b26f»",
            "cloudsmith api key: «facade5c8b4a5ec8404cfc04c8762ed02736f28c»",
        ],
        near_misses: &[
            "cloudsmith request facadea0a54f0a15bcf95c77651aad94b2368b8a took 12 ms",
            "cloudsmith token is missing",
        ],
    },
    Rule {
        id: "codeartifact-token",
        title: "AWS CodeArtifact authorization token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["eyJ2ZXIiOjEsImlzdSI6"]),
        pattern: token!(r"eyJ2ZXIiOjEsImlzdSI6[A-Za-z0-9_-]{40,}(?:\.[A-Za-z0-9_-]+){2,4}"),
        checks: &[],
        examples: &[
            "client built with «eyJ2ZXIiOjEsImlzdSI6EXAMPLEkci_twpP84lipw5yI3Ktfj4bHvWXDEtAcZGVJxsmu4iM7H-E-Da5d.EXAMPLE8hJGQF04tqq4Y_qBMhdQJgm1fgwkA3tnpf7MAV6dii6eBKDzxCx8h.EXAMPLEPISIbgM36xFqJpFUZwIm4Dys6RLEOMf6o»",
            "'«eyJ2ZXIiOjEsImlzdSI6EXAMPLEMvSeDyh-pRNfwSh8KYk9PIHLZ1oTWDT6q438Pl6651y5q4ONVND6N.EXAMPLEsy_537FUlPRKQhtSzyt3JUFn26Dg1yFKqvkK0_EuYOfGV07jZLH1w.EXAMPLE0_afK77QbsZHQSFq6kxt00ADVEBpA3R4V»'",
        ],
        near_misses: &[
            "eyJ2ZXIiOjEsImlzdSI6 is part of every one",
            "eyJ2ZXIiOjEsImlzdSI6EXA is cut",
        ],
    },
];
