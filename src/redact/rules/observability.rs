//! Logs, metrics, traces, errors and paging.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "datadog-api-key",
        title: "Datadog API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["datadog", "dd-api-key", "dd_api_key"]),
        pattern: near!("(?:datadog|dd[_-]api)", "[a-f0-9]{32}"),
        checks: &[Check::Labelled],
        examples: &[
            "DD_API_KEY=«facadebc9ae02111ea6bf320b710bc4a» agent run",
            "datadog: POST /v1/series?api_key=«facade5c5d06df4bfab86a8beff2b21b» 403",
        ],
        near_misses: &[
            "datadog trace facade08f967d63a489ee784af943f8c sent",
            "datadog cache key: facadeea6f3f8965877cdac73263243a",
            "datadog key id 12",
        ],
    },
    Rule {
        id: "datadog-app-key",
        title: "Datadog application key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["datadog", "dd-application", "dd_app", "dd-app"]),
        pattern: near!(
            "(?:datadog|dd[_-]app(?:lication)?)",
            "(?:[a-f0-9]{40}|ddapp_[A-Za-z0-9]{34})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "login to datadog with secret «facade70d7058dc306da90197d3000faeefc4b4a» failed",
            "DATADOG_API_KEY=«facaded9e416239a9d453c87d0b32328b474c04f» ./run",
        ],
        near_misses: &[
            "datadog commit key: facadeb26e9b2b7df024e844650e45d7a752cf9e",
            "datadog worker facade11148bdfb9899cdf491ca07bee4ebce48b up",
            "datadog key: rotated",
        ],
    },
    Rule {
        id: "datadog-token",
        title: "Datadog key with a prefix",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ddapp_", "ddpat_"]),
        pattern: token!("dd(?:app|pat)_[A-Za-z0-9]{32,}"),
        checks: &[],
        examples: &[
            "v%3D«ddapp_EXAMPLEfTmuKhj0TriKRr1Y7iHHdSkED5T»",
            r"a\n«ddpat_EXAMPLEXZqRtFa2d6TD0odV5Ya979wdtQJ8ptw6l»",
        ],
        near_misses: &["ddapp_ is part of every one", "xddapp_EXAMPLEOlDlLGMnUml78cKoyYSfiidbt3G"],
    },
    Rule {
        id: "newrelic-key",
        title: "New Relic user, insights or REST key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["NRAK-", "NRII-", "RIQ-", "NRRA-", "NRAA-", "NRSP-"]),
        pattern: token!("NR(?:AK|II|IQ|RA|AA|SP)-[A-Za-z0-9_-]{20,}"),
        checks: &[],
        examples: &[
            "[«NRAK-EXAMPLED6MBDFJK89ESZLTKVM3I»]",
            "<v>«NRII-EXAMPLEWLlrVkTADvfEuOpOYRTsiiB8e»</v>",
            "sent «NRRA-facade64b7b0d1a6fecc87e7ad176ca732bbbe000f».",
        ],
        near_misses: &["NRAK- is part of every one", "xNRAK-EXAMPLET3UCH53V4S97GFE6WM6P"],
    },
    Rule {
        id: "newrelic-license-key",
        title: "New Relic license key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["NRAL"]),
        pattern: token!("(?:[a-z]{2}[0-9]{2}xx)?[A-Fa-f0-9]{24,40}(?:FFFF)?NRAL", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            "client built with «facade11f8c64a61236b137f9c2aa38d808cNRAL»",
            "'«eu01xxfacade66a2e5cd921d0d9e3020bb0aNRAL»'",
        ],
        near_misses: &["NRAL is part of every one", "facadef is cut"],
    },
    Rule {
        id: "grafana-token",
        title: "Grafana service account or cloud token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["glsa_", "glc_eyJ"]),
        pattern: token!(r"(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_eyJ[A-Za-z0-9+/_-]{40,}={0,2})"),
        checks: &[],
        examples: &[
            "grafana «glsa_qp2LCfHOF2fmiB9YsNXx6cTCyxcTWsAB_460e6a22»",
            "«glc_eyJ7D2tBAEl4eCzFiGW0aQoVmzIc7RsJvXyXDhfo2eK0agFf2WnKDd0RmTvE3dJSVA1LiA0d3OjuvmHalIr==»",
        ],
        near_misses: &["glsa_ is the prefix", "glsa_Jz7ZARdttp3yZB2IqtmidnIPx7DQFTLj"],
    },
    Rule {
        id: "grafana-api-key",
        title: "Grafana API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["eyJrIjoi"]),
        pattern: token!("eyJrIjoi[A-Za-z0-9+/_-]{40,}={0,3}"),
        checks: &[],
        examples: &[
            "'«eyJrIjoiEXAMPLEh9DRDonAZd6U6vv2jJE38TDa4/z3/CD1crLuVVuAq+BdgUDfYXtW/mBQI0sOYHuFHN3x2498h==»'",
            "401 from upstream, key «eyJrIjoiEXAMPLEG+pVFbQ4u19/i3EJpn7r6W4AtzjwWnmDZLClACM44YJpxHV+pP+VedxF8TWG5XDBX+m3Blh1f==»,",
        ],
        near_misses: &[
            "eyJrIjoi is part of every one",
            "xeyJrIjoiEXAMPLEYTnn3dPmibzgxKP6oPFF+nWtJQxMz3pe+Ul4Q2llsYKhs6lpKAfn11WuVdeELJM0drBY6Nf8M==",
        ],
    },
    Rule {
        id: "dynatrace-token",
        title: "Dynatrace API or platform token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["dt0c01.", "dt0s0", "dt0s16."]),
        pattern: token!(r"dt0[a-z][0-9]{2}\.[A-Za-z0-9]{8,24}\.[A-Za-z0-9]{50,}"),
        checks: &[],
        examples: &[
            "used:«dt0c01.EXAMPLEM2T6FTG5ZJYPWDJ9A.EXAMPLEBBYXPNQ0ZI002YKOBKAJ1VW5XA15NY6DQIB9IL9HE5APQ7L5IE3P5AB2X», 3 ms",
            "v%3D«dt0s16.LKZ1546T.EXAMPLE3597435L46ICGQUWQNE9MBERBHTP34SL6Z555L63GC9B2OW7CHSNQ026H»",
        ],
        near_misses: &[
            "dt0c01.EXAMPLE6DR5EOSTYY9FBHM5J is its public part",
            "no dt0c01. here",
            "xdt0c01.EXAMPLEYPTZWVPL2AZOHM70X.EXAMPLEADNLYE5B4YHP2NR8YF3HSBXS5KR8CSPD07M3U7R8K7AMB6W8K1GWA356F",
        ],
    },
    Rule {
        id: "honeycomb-key",
        title: "Honeycomb ingest, configuration or management key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "hcaik_", "hcbik_", "hcdik_", "hcaic_", "hcalk_", "hcblk_", "hcamk_", "hcxik_",
            "hcxlk_", "hcxmk_",
        ]),
        pattern: token!("hc[abdx](?:ik|ic|lk|mk)_[a-z0-9]{26,}(?::[A-Za-z0-9]{20,})?"),
        checks: &[],
        examples: &[
            "env X=«hcaik_examples2aaimcjr5l2bc5qrpwflplql94hu4l5fgemsw1wncd6qabnw0l» ./run",
            "[«hcbik_example77mr1gmjxxldegppwayrhcgorcxhymy0dkonevio0ybnhdi3r4l»]",
        ],
        near_misses: &[
            "hcaik_ is part of every one",
            "xhcaik_example14dpkkue6r99g9fvad20a48px5pc7xt7tduep1z79gsv269l42b",
        ],
    },
    Rule {
        id: "honeycomb-key-classic",
        title: "Honeycomb API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["honeycomb"]),
        pattern: near!("honeycomb(?:-team)?", "(?:[a-f0-9]{32}|[A-Za-z0-9]{22})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "x-honeycomb-team-key: «facaded7f978248cd07dec241bf1056a»",
            "using the honeycomb token '«EXAMPLEyL1zkhfyzXSDB8g»'",
        ],
        near_misses: &[
            "honeycomb request EXAMPLEbldVNGsLGeKhL7M took 12 ms",
            "honeycomb token is missing",
        ],
    },
    Rule {
        id: "logz-token",
        title: "Logz.io or Mezmo shipping token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["logzio", "logz_", "logz.io", "logdna", "mezmo"]),
        pattern: near!(r"(?:logz(?:\.?io)?|logdna|mezmo)", "(?:[A-Za-z]{32}|[a-f0-9]{32})"),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"logzio": {"region": "eu", "key": "«facadee6b811a4a5c9e133e54dc8be1e»"}}"#,
            "login to logzio with secret «facade38b3660cbd865cdb68a105ac6f» failed",
        ],
        near_misses: &["logzio object facade42a77c4a785611d1062d609a6d", "logzio api key not set"],
    },
    Rule {
        id: "sumologic-key",
        title: "Sumo Logic access key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sumo"]),
        pattern: near!("sumo(?:[_ -]?logic)?", "[A-Za-z0-9]{64}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "sumo.key = «EXAMPLEV4KzBB9tolpHJ46vX2IlsHRycCY4A5zTxIo42cUD8Gi6A4tfCZyngp80q»",
            "sumo api key: «EXAMPLEqE0aKute3dbp26yHSSAgXrZzz4j3MppMAVU1nLJXiHya7Ifo0qaLnxq9R»",
        ],
        near_misses: &[
            "sumo: EXAMPLEQsdPi1oinUA7HUx98b7sVpLLXwJ7rABNkECnjoPqISuM8ZzX8ad6IKH0e served",
            "sumo key id 12",
        ],
    },
    Rule {
        id: "sumologic-collector",
        title: "Sumo Logic HTTP source",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["/receiver/v1/http/"]),
        pattern: "(?i)/receiver/v1/http/(?-i:(?P<secret>[A-Za-z0-9_=-]{40,}))",
        checks: &[],
        examples: &[
            "POST https://endpoint4.collection.sumologic.example/receiver/v1/http/«EXAMPLEPT_iShurtP0vzIXj888EOXmwC-woIo-1oT9xdhDOiom3VqxP-jOZUWQ5WJLuxGIfIy7URpB3r==» 200",
            "'https://c.example/receiver/v1/http/«EXAMPLEtMAXX1kVYKr4NZKIupvJCR3V84faKCMF8W77aZhNXtBh2ZvYkpSJMPq9ajaYX7WtO33RDGf9l»'",
        ],
        near_misses: &["GET /receiver/v1/http/ 404", "/receiver/v1/http/health"],
    },
    Rule {
        id: "elastic-cloud-key",
        title: "Elastic Cloud API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["essu_"]),
        pattern: token!("essu_[A-Za-z0-9+/=_-]{40,}"),
        checks: &[],
        examples: &[
            "401 from upstream, key «essu_EXAMPLEX2JXFUPIOTV6QHuO8+1FDLTU1b/D/Y4UK3Qbv7GCOYgB+s3ut2V63r7Nj1oaTz/1BIR6+J82F==»,",
            "GET /v1/x?v=«essu_EXAMPLE0jlKM4hberG2Da7vGe8XT+RWmPDgST/IZl7l+ni9XsEL1GsAsma0l+lMZL5wCYQIxinrNxT6m==»&page=2",
        ],
        near_misses: &[
            "essu_ is part of every one",
            "xessu_EXAMPLEzUNwOUfvMwLsfJwVd121Oa6JjbFQGxWBlWclTOfYLvWiz4X1hQAEsHDxU+HBgeBC6mlVd7d7R==",
        ],
    },
    Rule {
        id: "elastic-service-token",
        title: "Elasticsearch service account token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AAEAAWVsYXN0aWMv"]),
        pattern: token!("AAEAAWVsYXN0aWMv[A-Za-z0-9+/_-]{20,}={0,2}"),
        checks: &[],
        examples: &[
            "cfg_«AAEAAWVsYXN0aWMvEXAMPLEYrM29hNlrKGqSeDEak16LVvZTBW0vo7nPRu/BKJSo8y6N/3jDwc5T»",
            r"retry 2: «AAEAAWVsYXN0aWMvEXAMPLE1xlp2WBtvSnLskWOVFzDRHnvOrH1bLYTyWtAo5mGYKyVs7dDWSm2o»\n at main",
        ],
        near_misses: &[
            "AAEAAWVsYXN0aWMv is part of every one",
            "xAAEAAWVsYXN0aWMvEXAMPLEzTUOrk3zSzrEKNM+P6gx/b4zyxaD1F1Puhn/MZb/o+fTB00RKVs6m",
        ],
    },
    Rule {
        id: "elastic-api-key",
        title: "Elasticsearch API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["elastic"]),
        pattern: near!(
            "elastic(?:search)?",
            "(?:[A-Za-z0-9+/]{58}==|[A-Za-z0-9_-]{20}:[A-Za-z0-9_-]{22})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "login to elastic with secret «EXAMPLE+ZyVrHTeRvrjXBFpZ/dyTRSiGsxp4WHDTwmuhrmCMpannXVEg9j==» failed",
            "ELASTIC_API_KEY=«EXAMPLErWdrobdXJsKgnFfaZiUumOHm9gztQFfNRPb0LTuSf0ZbTDMCm4b==» ./run",
        ],
        near_misses: &[
            "elastic worker EXAMPLEdLAYYqlqFrivSWisDwfK/GIzk9RzHZMgimFE+sTv/dB+BQcCS6T== up",
            "elastic api key not set",
        ],
    },
    Rule {
        id: "splunk-token",
        title: "Splunk HEC token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["splunk"]),
        pattern: near!("splunk", uuid!()),
        checks: &[Check::Labelled],
        examples: &[
            "login to splunk with secret «facade00-de44-470f-beef-97bdba9a2c02» failed",
            "SPLUNK_API_KEY=«facade00-7d1d-49c2-beef-b7adf5a16ca5» ./run",
        ],
        near_misses: &[
            "splunk bucket facade00-ace0-4e6a-beef-cbe8ed5762a4 rolled",
            "splunk request facade00-45cf-43f5-beef-831884318ae8 took 12 ms",
            "splunk key: rotated",
        ],
    },
    Rule {
        id: "loggly-token",
        title: "Loggly customer token in a URL",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["oggly.com/"]),
        pattern: r"(?i)loggly\.com/(?:inputs|bulk)/(?P<secret>[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})",
        checks: &[],
        examples: &[
            "POST https://logs-01.loggly.com/inputs/«facade00-5669-46ea-beef-3c54fc344be1»/tag/api/",
            "https://logs-01.loggly.com/bulk/«facade00-586a-497b-beef-b88d8064c871»/tag/x 200",
        ],
        near_misses: &["https://logs-01.loggly.com/inputs/", "https://acme.loggly.com/search/12"],
    },
    Rule {
        id: "loggly-key",
        title: "Loggly, Papertrail or Better Stack token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["oggly", "papertrail", "logtail", "betterstack"]),
        pattern: near!(
            "(?:loggly|papertrail|logtail|betterstack)",
            "(?:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}|[A-Za-z0-9]{24}|[A-Za-z0-9]{20})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "logtail.key = «EXAMPLEBgcf38lsEzzlxjR0K»",
            "logtail api key: «EXAMPLEHDfShZcZ9oBCbrz8o»",
        ],
        near_misses: &[
            "logtail request EXAMPLEeTLTofTkMg838W79w took 12 ms",
            "logtail token is missing",
        ],
    },
    Rule {
        id: "coralogix-key",
        title: "Coralogix API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["cxtp_", "cxth_", "cxup_"]),
        pattern: token!("cx(?:tp|th|up)_[A-Za-z0-9]{24,}"),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "cfg_«cxtp_EXAMPLE7BW9FjbrvW1Q4ONrrUurN2J»",
            r"retry 2: «cxup_EXAMPLE7Qa4k1j1G2XWUQu6wEp3r2A»\n at main",
        ],
        near_misses: &["cxtp_ is part of every one", "xcxtp_EXAMPLEhJyOZKQA40unRS8CDfX6r2D"],
    },
    Rule {
        id: "axiom-token",
        title: "Axiom API or personal token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["xaat-", "xapt-"]),
        pattern: token!("xa[ap]t-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
        checks: &[],
        examples: &[
            "used:«xaat-facade00-4841-476a-beef-0f3fe90cf4d5», 3 ms",
            "v%3D«xapt-facade00-6284-46b7-beef-4c7011bc12fc»",
        ],
        near_misses: &["xaat- is part of every one", "xxaat-facade00-d7bb-4193-beef-1292df962737"],
    },
    Rule {
        id: "instana-key",
        title: "Instana, AppDynamics, Lightstep or ServiceNow Observability key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["instana", "appdynamics", "lightstep"]),
        pattern: near!("(?:instana|appdynamics|lightstep)", "[A-Za-z0-9_+/=-]{22,84}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "instana api key: «EXAMPLELAHcVPvS0ihCqax1o»",
            "using the instana token '«EXAMPLEBZKYaMbhNaVAFxq1S»'",
        ],
        near_misses: &["instana cache key: EXAMPLEIQTaaey8Gum66hh3J", "instana token is missing"],
    },
    Rule {
        id: "influxdb-token",
        title: "InfluxDB token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["influx"]),
        pattern: near!("influx(?:db)?", "(?:[A-Za-z0-9_-]{86}==|apiv3_[A-Za-z0-9_-]{60,100})"),
        checks: &[Check::Labelled],
        examples: &[
            r#"{"influx": {"region": "eu", "key": "«EXAMPLEdd0wfFc9KQO2p826kagUhyhuypM_E0infEHaFnuUOp7RyCchn9N2pWZvCPhinj0DA0AcN8-P89Wxq9t==»"}}"#,
            "login to influx with secret «EXAMPLE8NrOxxJjtsfZO1zoUdGzPe0rbDaTpuI7-X8IvBMIeRpe8EdBVBtiWuWZonZW-YBDC2oqrs_8kTauG2g==» failed",
        ],
        near_misses: &[
            "influx object EXAMPLER5tvkOB0OVR-lAHtp4HUAhiQp7gwQsAEldvZ4j8zV9rpLwLStxqRRK-w_wvhtpJA94NSmlXovN2652g==",
            "influx key: rotated",
        ],
    },
];
