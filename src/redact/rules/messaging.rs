//! Chat and telephony.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
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
        id: "discord-bot-token",
        title: "Discord bot or user token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["discord", "bot m", "bot n", "bot o", "bot_token"]),
        pattern: r"(?:(?i:discord|bot_token)[^\r\n]{0,80}?|[Bb]ot )(?:^|[^A-Za-z0-9_.-])?(?P<secret>[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}|mfa\.[A-Za-z0-9_-]{80,90})(?:[^A-Za-z0-9_-]|$)",
        checks: &[],
        examples: &[
            "discord.js: logged in with «MTExEXAMPLEnxsPQELvWakG2l.vIwp13.EXAMPLExmtk2NPbt6Pr-pPX0M8U4OL17Hwi49R»",
            "Authorization was Bot «OTk5EXAMPLEG8WH9ImjoEmIM1p.1QrWnF.EXAMPLE9UfgVamAYQNaEtO9Ho8H»",
        ],
        near_misses: &["discord gateway Ready.shard.12", "bot message.x.y sent"],
    },
    Rule {
        id: "teams-webhook",
        title: "Microsoft Teams incoming webhook",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["webhook.office.com", "outlook.office.com/webhook"]),
        pattern: r"(?i)(?:webhook\.office|outlook\.office(?:365)?)\.com/webhook(?:b2)?/[a-z0-9@-]{30,90}/IncomingWebhook/(?P<secret>[a-z0-9]{20,64}/[a-z0-9/-]{20,120})",
        checks: &[],
        examples: &[
            "POST https://acme.webhook.office.com/webhookb2/facade00-23b9-4fe2-beef-371c52bb3ac5@facade00-8a81-4179-beef-2f56e49755df/IncomingWebhook/«facade7d78c35c3834a8196b7fa73d9a/facade00-45a1-448c-beef-7b61418647db» 200",
            "https://outlook.office.com/webhook/facade00-beb5-4b66-beef-829d0f19afc3@facade00-2f49-4bd7-beef-af5b55cfab30/IncomingWebhook/«facadeedd4ec666e7ea2cab588d2da2d/facade00-1440-4d6f-beef-484b90952881»",
        ],
        near_misses: &[
            "https://acme.webhook.office.com/webhookb2/facade00-b6fa-4014-beef-1b5d90e9b47b",
            "GET https://outlook.office.com/webhook/ 404",
        ],
    },
    Rule {
        id: "automation-webhook",
        title: "Webhook of Zapier, Make, IFTTT, Pipedream, n8n or Workato",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "hooks.zapier.com/",
            "make.com/",
            "maker.ifttt.com/",
            "integromat.com/",
        ]),
        pattern: r"(?i)(?:hooks\.zapier\.com/hooks/(?:catch|standard)/[0-9]{3,12}/|hook(?:\.[a-z0-9]{2,4})?\.(?:make|integromat)\.com/|maker\.ifttt\.com/(?:trigger/[a-z0-9_%-]{1,80}/(?:json/)?with|use)/(?:key/)?)(?-i:(?P<secret>[A-Za-z0-9_-]{6,}))",
        checks: &[],
        examples: &[
            "POST https://hooks.zapier.com/hooks/catch/123456/«ex4mp1e»/ 200",
            "https://hook.eu1.make.com/«exampleeblhwouzmjngas81g44vovm0w»",
            "https://maker.ifttt.com/trigger/door/with/key/«EXAMPLES2CMtJOG6lt080A»",
        ],
        near_misses: &["https://hooks.zapier.com/hooks/catch/", "https://www.make.com/en/help"],
    },
    Rule {
        id: "chat-webhook",
        title: "Incoming webhook of Mattermost, Rocket.Chat, Feishu, Lark or Google Chat",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["/hooks/", "/bot/v2/hook/"]),
        pattern: "(?i)(?:(?:mattermost|rocket|chat)[a-z0-9.:-]{0,80}/hooks/|/bot/v2/hook/)(?-i:(?P<secret>[A-Za-z0-9]{17,26}(?:/[A-Za-z0-9]{30,70})?|[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}))",
        checks: &[],
        examples: &[
            "POST https://mattermost.example.com/hooks/«exampleuelfu864qnoejoxpk1o» 200",
            "https://open.feishu.cn/open-apis/bot/v2/hook/«facade00-474d-43aa-beef-8f5bc4e3a937»",
            "https://chat.example.com/hooks/«EXAMPLEX7EW6ARd0a/EXAMPLEjgkPJhOTk5l8jIiQmhzvyEG3QMXyL9eWdb6hdBV5j»",
        ],
        near_misses: &[
            "https://api.github.example/repos/a/b/hooks/123456",
            "https://mattermost.example.com/hooks/",
        ],
    },
    Rule {
        id: "twilio-key",
        title: "Twilio API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "twilio", "SK0", "SK1", "SK2", "SK3", "SK4", "SK5", "SK6", "SK7", "SK8", "SK9", "SKa",
            "SKb", "SKc", "SKd", "SKe", "SKf",
        ]),
        pattern: token!("SK[0-9a-f]{32}", "[^A-Za-z0-9]|$"),
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
    Rule {
        id: "twilio-auth-token",
        title: "Twilio auth token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["twilio"]),
        pattern: near!("twilio", "(?:[a-f0-9]{32}|[A-Za-z0-9]{32})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "login to twilio with secret «facade98ebd2c3a9706c9253df7ed82b» failed",
            "TWILIO_API_KEY=«facade175a3a5214423625ad75b5848c» ./run",
        ],
        near_misses: &[
            "twilio sid ACfacade65d0785d5e66ea572120a51a3a ok",
            "twilio cache key: facadee4f766748349a3c714cefa8c2b",
            "twilio api key not set",
        ],
    },
    Rule {
        id: "vonage-secret",
        title: "Vonage (Nexmo), Plivo, MessageBird, Infobip or Sinch key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["vonage", "nexmo", "plivo", "gebird", "fobip", "sinch"]),
        pattern: near!(
            "(?:vonage|nexmo|plivo|messagebird|infobip|sinch)",
            "(?:[A-Za-z0-9]{16}|[A-Za-z0-9]{25}|[a-f0-9]{32}-uuid|[A-Za-z0-9+/=_-]{32,60})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "nexmo api key: «EXAMPLEZJhW0sr0E»",
            "using the nexmo token '«EXAMPLED3uQ0F02V»'",
        ],
        near_misses: &["nexmo worker EXAMPLE0Ofcnmi3G up", "nexmo key id 12"],
    },
    Rule {
        id: "telnyx-key",
        title: "Telnyx API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["KEY0"]),
        pattern: token!("KEY0[A-F0-9]{30,32}_[A-Za-z0-9]{20,24}"),
        checks: &[],
        examples: &[
            "(«KEY0FACADEF7FDF05990017EE3B3236A22D_EXAMPLEiHhRhxT7DoEfK9R»)",
            "cfg_«KEY0FACADE1084F31C93BA395749CE81E2E_EXAMPLEQjjflBGK3H8861y»",
        ],
        near_misses: &[
            "KEY0 is part of every one",
            "xKEY0FACADE02D7D4480E9520AEECFEBC14B_EXAMPLEPBGPMDWdTVL8e6O",
        ],
    },
    Rule {
        id: "matrix-token",
        title: "Matrix access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["syt_", "mct_"]),
        pattern: token!(
            "(?:syt_[A-Za-z0-9+/=_-]{2,200}_[A-Za-z0-9]{20}_[A-Za-z0-9]{6}|mct_[A-Za-z0-9]{30}_[A-Za-z0-9]{6})"
        ),
        checks: &[],
        examples: &[
            r#"{"v":"«syt_ZXhhbXBsZQ_EXAMPLEnRTOrP8RhOI2U_06xqH0»"}"#,
            "used:«mct_EXAMPLEKM2dV7CErULWcX9y6PQ0S1y_uAmhiv», 3 ms",
        ],
        near_misses: &["syt_ is part of every one", "xsyt_ZXhhbXBsZQ_EXAMPLEHwreJtZhAdY9h_dpMh2M"],
    },
    Rule {
        id: "webex-token",
        title: "Webex access token or bot token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["_P0A1_", "_PE93_", "_PF84_", "_PC75_"]),
        pattern: token!("[A-Za-z0-9]{60,80}_P(?:0A1|E93|F84|C75)_[a-f0-9-]{36}"),
        checks: &[],
        examples: &[
            "client built with «EXAMPLERHDwr0V4zTpnVRuyuiUmsCM0wVYVJ5uMeUCojqVPPcYhyIVid2Aspas9X_P0A1_facade00-e597-4363-beef-39efa2389570»",
            "'«EXAMPLEcsouupWA8gbycXLzhYCvbsabo1TUy1h2O3SvxxCLet9cvXg6QSSPBTV6A_PF84_facade00-080e-448c-beef-f11eeffc1df5»'",
        ],
        near_misses: &["_P0A1_ is part of every one", "EXAMPLEin is cut"],
    },
    Rule {
        id: "onesignal-key",
        title: "OneSignal API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["os_v2_app_", "os_v2_org_"]),
        pattern: token!("os_v2_(?:app|org)_[a-z0-9]{80,}"),
        checks: &[],
        examples: &[
            r"a\n«os_v2_app_example1azon8driu40idxmc2j5iyrdsu06kyb8dcf5sk0bzyogn9svvg07v9jf9ptbx9rg7a6k8ype53ufa3xlhi2wa8f6bt2y767d»",
            "env X=«os_v2_org_examplehcevunqrtkptnl74hld860sqt7xznftfkme5p2nr358s37lhktlj52f2aab040pu2agd14d0i2tn3ygybx1w9looemcbxr6d» ./run",
        ],
        near_misses: &[
            "os_v2_app_ is part of every one",
            "xos_v2_app_exampleqg9nqwrri9dk5o0pzm0opz2uc0snspteqdvc701p0wfj7t592et8z5jgc32soj3il6u842hql9nnpnah5wwis1cwhamu6j6b",
        ],
    },
    Rule {
        id: "pusher-secret",
        title: "Pusher, Pushover, Ably or PubNub key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["pusher", "pushover", "pubnub", "ably_"]),
        pattern: near!(
            "(?:pusher|pushover|pubnub|ably)",
            r"(?:[a-f0-9]{20}|[a-z0-9]{30}|(?:sec|sub|pub)-c-[A-Za-z0-9-]{36,50}|[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{6}:[A-Za-z0-9_-]{43})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "pusher.key = «facade83dcba8112907b»",
            "pusher api key: «facadedead8b30d6515c»",
        ],
        near_misses: &["pusher worker facade8f803afc1d050a up", "pusher token is missing"],
    },
    Rule {
        id: "pubnub-secret-key",
        title: "PubNub secret key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sec-c-"]),
        pattern: token!("sec-c-[A-Za-z0-9-]{36,60}"),
        checks: &[],
        examples: &[
            "sent «sec-c-EXAMPLEZf3wAw0i08nxKbHkx8IlPb6hjLayLjMmvBRUIId7c».",
            "client built with «sec-c-EXAMPLES5weBbJp1RZwqN4PubaGGCVManJuVGQQnNmr9G73J»",
        ],
        near_misses: &[
            "sec-c- is part of every one",
            "xsec-c-EXAMPLEsZT2JZmuCfgZGMoNgZCmV33r7chv5902ERGFxQc7f",
        ],
    },
    Rule {
        id: "line-token",
        title: "LINE, Viber, Zoom or Webex secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["line_channel", "viber", "zoom_"]),
        pattern: near!(
            "(?:line_channel|viber|zoom)",
            "(?:[a-f0-9]{32}|[A-Za-z0-9+/]{150,180}=?|[a-f0-9]{16}-[a-f0-9]{16}-[a-f0-9]{16}|[A-Za-z0-9]{32})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "using the viber token '«facadecd896cd304a4997ef62ac65f9b»'",
            "viber.key = «facade456b3a478ed1d2dde18abd0a8e»",
        ],
        near_misses: &[
            "viber cache key: facade7f7e9346656e0cf7b68da46b6d",
            "viber token is missing",
        ],
    },
];
