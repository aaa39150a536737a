//! Work: notes, tasks, forms, files, people.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "notion-token",
        title: "Notion integration token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ntn_"]),
        pattern: token!("ntn_[A-Za-z0-9]{40,}"),
        checks: &[],
        examples: &[
            "401 from upstream, key «ntn_29852274118EXAMPLEKU2uzvzSahtrTySIjsoJX5tX6k3W»,",
            "GET /v1/x?v=«ntn_69417699036EXAMPLEzpIS1pO6BdSpb9rOEN5qHdT5c30a»&page=2",
        ],
        near_misses: &[
            "ntn_ is part of every one",
            "xntn_82531185387EXAMPLETCcD24T9Xr32HI1eGpS4Mz6GtE7P",
        ],
    },
    Rule {
        id: "notion-token-classic",
        title: "Notion integration token of old shape, or Statsig secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["secret_"]),
        pattern: token!("secret_[A-Za-z0-9]{43}", "[^A-Za-z0-9]|$"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "cfg_«secret_EXAMPLEkLUeTlwVZmX66dBGtakeszAQZMDFxVysqc3F»",
            r"retry 2: «secret_EXAMPLExnrxSY3O3mbAW49CNOf1W53RkXJDgyVHW82m»\n at main",
        ],
        near_misses: &[
            "secret_name_of_the_thing",
            "no secret_ here",
            "xsecret_EXAMPLEgB8NZSFLvfNbmLFmyCZpDxj4kA2z8EJJWF8X",
        ],
    },
    Rule {
        id: "asana-token",
        title: "Asana personal access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["asana"]),
        pattern: near!(
            "asana",
            "(?:[0-9]/[0-9]{10,20}(?:/[0-9]{10,20})?:[a-f0-9]{32}|[a-f0-9]{32})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "using the asana token '«1/7919796652036733:facade3eb2d3e98e5ce6932480a0549f»'",
            "asana.key = «1/1386491500284962:facadef1710cea26623131445fd37a3d»",
        ],
        near_misses: &[
            "asana worker 1/9036312364765461:facadec8fb1ccbd9ca1094088be62d4c up",
            "asana key id 12",
        ],
    },
    Rule {
        id: "clickup-token",
        title: "ClickUp personal token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["clickup"]),
        pattern: near!("clickup", "pk_[0-9]{4,10}_[A-Z0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            "clickup api key: «pk_59300931_EXAMPLEM8NC8YL4DG2SVB1BJ2BG8431X»",
            "using the clickup token '«pk_38830169_EXAMPLEWT387DWRTOLV4FTDHBCF72E1L»'",
        ],
        near_misses: &[
            "clickup cache key: pk_57464600_EXAMPLE2E9F7X4AEMP2QGBE84HLRWH6B",
            "clickup key id 12",
        ],
    },
    Rule {
        id: "monday-token",
        title: "monday.com, Wrike, Basecamp or Coda token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["monday_", "wrike", "asecamp", "coda_"]),
        pattern: near!(
            "(?:monday|wrike|basecamp|coda)",
            "(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|[A-Za-z0-9_.-]{40,400})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "wrike_token: '«facade00-b430-49c1-beef-3904a9e07746»'",
            r#"{"wrike_api_key": "«facade00-f524-46e5-beef-0593432f54fc»"}"#,
        ],
        near_misses: &[
            "wrike worker facade00-452b-4e07-beef-c97a8851b39f up",
            "wrike key: rotated",
        ],
    },
    Rule {
        id: "dropbox-token",
        title: "Dropbox access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sl.u.", "sl.B", "sl.A", "sl.C"]),
        pattern: token!(r"sl\.(?:u\.)?[A-Za-z0-9_-]{120,}"),
        checks: &[],
        examples: &[
            "sent «sl.u.EXAMPLEgmORDSqYoO2f2Mv-s3zomSvO9aimYApkoJhi4C5BXFzbQfKDCByhzncxHTLjrtLIk08PdLf-9Hyl47YQwEnoa6Tdw-SoMoHULoQRncbAlOT9tnumj9P6n08qKunUvLwcjm-1n».",
            "client built with «sl.BEXAMPLEb9drtchzQSD1yNK1xO-Fc7kDN-zxfZW1M_8xfYNXPPP7vduwhkwN26pavAjfrBidLCQPboQEgBDg_lv9l-ME_wVV07PS1q6cWPhRyAicXLz4EBOpUyVBLZQd0IsKjxm0vbw9I»",
        ],
        near_misses: &[
            "ssl.badssl.example",
            "no sl.u. here",
            "xsl.u.EXAMPLEIQfSDWMGsDFX3lw-dbadvEBUTRSdRKk3lDUNoDDme6iQsoaesqCFO4t3U1LrbeIsVR0pWw3oxXRtccxs4Y_XcHffzFDFWg9t2Hm13m8tm-M4X-4yDXG5j4OxvbZ5W-ov3T01H",
        ],
    },
    Rule {
        id: "dropbox-secret",
        title: "Dropbox or Box app secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["dropbox", "box_client", "box_developer"]),
        pattern: near!("(?:dropbox|box)", "(?:[a-z0-9]{15}|[A-Za-z0-9]{32})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "login to dropbox with secret «exampleohd6k70s» failed",
            "DROPBOX_API_KEY=«examplex86thx9m» ./run",
        ],
        near_misses: &["dropbox cache key: exampleesptfe0v", "dropbox key: rotated"],
    },
    Rule {
        id: "frameio-token",
        title: "Frame.io developer token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["fio-u-"]),
        pattern: token!("fio-u-[A-Za-z0-9_=-]{60,}"),
        checks: &[],
        examples: &[
            "GET /v1/x?v=«fio-u-EXAMPLEFaHguY635lBt9sIBpSdCzUgH2oBpUFahKQG67pEskmrwFImpSxm1Jkr5O»&page=2",
            "(«fio-u-EXAMPLEI0xCm7cVYPuvYRpG6hoHy8Tr1Oj0k5xdv99D1xVHiQQSuJj6iBy63Q84e»)",
        ],
        near_misses: &[
            "fio-u- is part of every one",
            "xfio-u-EXAMPLEVIPtCgDRGj62KTiadCC-_o-4U29ZN2S2zqe_tt9ZA0Cu1K4NIhvgXB97K",
        ],
    },
    Rule {
        id: "adobe-client-secret",
        title: "Adobe client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["p8e-"]),
        pattern: token!("p8[Ee]-[A-Za-z0-9_-]{28,}"),
        checks: &[],
        examples: &[
            r"retry 2: «p8e-EXAMPLELZUixEIYYYEdZ_wckwmyrCf6f»\n at main",
            r#"{"v":"«p8e-EXAMPLEQCJ5envo3y8vW0AFe4bI5l_0b»"}"#,
        ],
        near_misses: &["p8e- is part of every one", "xp8e-EXAMPLEWSKhsFDE7f5WEDWaBn2FIWJ6q"],
    },
    Rule {
        id: "docusign-key",
        title: "DocuSign, PandaDoc or HelloSign key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["docusign", "pandadoc", "hellosign"]),
        pattern: near!(
            "(?:docusign|pandadoc|hellosign)",
            "(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|[a-f0-9]{40}|[a-f0-9]{64})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "docusign api key: «facade00-3be7-4090-beef-37bc39dfaa8a»",
            "using the docusign token '«facade00-4122-4d1c-beef-cd0473b8a6ad»'",
        ],
        near_misses: &[
            "docusign request facade00-5ae6-4ee0-beef-593b6e0fc2f5 took 12 ms",
            "docusign key id 12",
        ],
    },
    Rule {
        id: "workday-secret",
        title: "BambooHR, Workday, Gusto or Personio key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["bamboohr", "orkday", "gusto_", "personio"]),
        pattern: near!(
            "(?:bamboohr|workday|gusto|personio)",
            "(?:[a-f0-9]{40}|[A-Za-z0-9_-]{43}|papi-[a-f0-9-]{36})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "BAMBOOHR_API_KEY=«facade919fb223cbb017d7a4d4825c00f5d1b39d» ./run",
            r#"{"bamboohr": {"region": "eu", "key": "«facadea92638b4b7f9e112cf27d87c85b436bc3e»"}}"#,
        ],
        near_misses: &[
            "bamboohr object facade1141aa9679cd9212391e3fa6d455e6373e",
            "bamboohr key: rotated",
        ],
    },
    Rule {
        id: "webflow-token",
        title: "Webflow, Wix, Squarespace or WordPress token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["webflow", "wix_api", "squarespace", "akismet"]),
        pattern: near!(
            "(?:webflow|wix|squarespace|akismet)",
            r"(?:[a-f0-9]{64}|[a-f0-9]{12}|IST\.[A-Za-z0-9_.-]{60,400}|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "using the webflow token '«facade0afc538afd9b92aeaca4a6751b9c37fe30a790bd4424f894c890e4ae7b»'",
            "webflow.key = «facade1b9a327a8f6633330c6e423d9cb9e7d432452bd9ce6ec2ce9f5926015c»",
        ],
        near_misses: &[
            "webflow: facade5751c1e5ff5d554ddac06547c477ef27ee2c85f7e0ac99fdc719e51c3c served",
            "webflow token is missing",
        ],
    },
    Rule {
        id: "adafruit-key",
        title: "Adafruit IO key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["aio_"]),
        pattern: token!("aio_[A-Za-z0-9]{28}", "[^A-Za-z0-9]|$"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "[«aio_EXAMPLENFOWtKjjw7TcTEdBVO44m»]",
            "<v>«aio_EXAMPLEoOYRWSIM4ACk7evnbXH9l»</v>",
        ],
        near_misses: &[
            "aio_pika and aio_read",
            "no aio_ here",
            "xaio_EXAMPLEcykYaVYv96amnmcQXdu4f",
        ],
    },
    Rule {
        id: "iot-token",
        title: "Particle, Losant or Blynk token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["particle_", "losant", "blynk"]),
        pattern: near!("(?:particle|losant|blynk)", "(?:[a-f0-9]{40}|[A-Za-z0-9_-]{32})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "LOSANT_API_KEY=«facadeaa91339b980147a8e8f8a0f12eecb4787f» ./run",
            "losant_secret=«facadea8921af4b07eb782c90fe5975d784c248a», retries=3",
        ],
        near_misses: &[
            "losant object facade0f42cf912bf2683775de377c82e0dab60c",
            "losant token is missing",
        ],
    },
    Rule {
        id: "wakatime-key",
        title: "WakaTime API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["waka_"]),
        pattern: token!("waka_(?:sec_|tok_)?[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
        checks: &[],
        examples: &[
            "'«waka_facade00-b3f0-49d7-beef-a5a241fcb45f»'",
            "401 from upstream, key «waka_facade00-e3e2-4996-beef-36f2432a9185»,",
        ],
        near_misses: &["waka_ is part of every one", "xwaka_facade00-030b-4ae3-beef-a4c4ecd15e83"],
    },
    Rule {
        id: "scraping-key",
        title: "ScraperAPI, ScrapingBee or Zyte key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["scraperapi", "scrapingbee", "zyte_"]),
        pattern: near!("(?:scraperapi|scrapingbee|zyte)", "(?:[A-Z0-9]{80}|[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            "scraperapi.key = «facade8c98ed2ac14afb7cc3fa07854e»",
            "scraperapi api key: «facade0b01f0b3b9c636efed96e6925b»",
        ],
        near_misses: &[
            "scraperapi request facadea4f609d7130012a7c47b31bd6c took 12 ms",
            "scraperapi token is missing",
        ],
    },
    Rule {
        id: "trello-token",
        title: "Trello API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ATTA"]),
        pattern: token!("ATTA[A-Fa-f0-9]{60,72}"),
        checks: &[],
        examples: &[
            r"a\n«ATTAfacade55684342a1360b646151a0c31914f04e014b35232d076fa2c07e47c06f7168F806»",
            "env X=«ATTAfacadee8523703fb2978bf0c43c6d5378a74ce86a00e54672262a1b88d07285cF164E31B» ./run",
        ],
        near_misses: &[
            "ATTA is part of every one",
            "xATTAfacade23a29498cf3f8c39a5549faafeffec5a3aeb69d41a2768150f8b94ca3bF7E59210",
        ],
    },
    Rule {
        id: "trello-key",
        title: "Trello API key or classic token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["trello"]),
        pattern: near!("trello", "(?:[a-f0-9]{64}|[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            "trello.key = «facade2cccba77e5571014eed1f6589a»",
            "trello api key: «facade2cb7e40ffbc316b8138d0c568c»",
        ],
        near_misses: &[
            "trello card facade7541b2b2cd4884492a moved",
            "trello worker facade5e7234e3107da8f2fcb70edf2c up",
            "trello key id 12",
        ],
    },
    Rule {
        id: "linear-key",
        title: "Linear API key or OAuth token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["lin_api_", "lin_oauth_", "lin_wh_"]),
        pattern: token!("lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,}"),
        checks: &[],
        examples: &[
            "GET /v1/x?v=«lin_api_EXAMPLEuJ2xEwqOwGceDZ5HBi6DL35mDxIkNt77e»&page=2",
            "(«lin_oauth_facade2c71cdf573a4248a320e9147d2e6c162facb4e8d52b6feaff6503b835a»)",
        ],
        near_misses: &[
            "lin_api_ is part of every one",
            "xlin_api_EXAMPLENbtH2QgMazfAw9hpp4aGStlrNT044jU5z",
        ],
    },
    Rule {
        id: "figma-token",
        title: "Figma personal access or OAuth token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["figd_", "figo_", "figu_", "figor_", "figoh_"]),
        pattern: token!("fig(?:d|o|u|or|oh)_[A-Za-z0-9_-]{36,}"),
        checks: &[],
        examples: &[
            "v%3D«figd_EXAMPLEGbXdFcFa7iMNWHvF620EI6kLiVgFKoE8P»",
            r"a\n«figu_EXAMPLE73cWlCm_MQY-oQdouqsY5XQ4BU31V_21Y»",
        ],
        near_misses: &[
            "figd_ is part of every one",
            "xfigd_EXAMPLEZcu6FoZkOHRn6bt1B_cstKsE8LgyrBE1y",
        ],
    },
    Rule {
        id: "shortcut-token",
        title: "Shortcut API token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["shortcut_"]),
        pattern: near!("shortcut", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            "shortcut_secret=«facade00-c291-4e83-beef-d4e9eb673559», retries=3",
            r#"SHORTCUT_SECRET="«facade00-8bd2-4f90-beef-cf37dfb2e4dc»""#,
        ],
        near_misses: &[
            "shortcut cache key: facade00-8295-4360-beef-be627aa51972",
            "shortcut token is missing",
        ],
    },
];
