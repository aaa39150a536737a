//! Social networks, media and games.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "facebook-token",
        title: "Facebook user, page or system token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["EAA"]),
        pattern: token!(
            "EAA(?:CEdEose0cBA[A-Za-z0-9]{10,}|[A-Z][A-Za-z0-9]{80,})",
            "[^A-Za-z0-9+/=]|$"
        ),
        checks: &[Check::LettersAndDigits],
        examples: &[
            "used:«EAACEdEose0cBAEXAMPLEfIASlNgdtcBC9WG01pnoGodBjKVaNljnu4ceME8y4OsFoG4TOVgMsRZTngSRTZRb2AXFwDTN8HyZTXpoWFVuksKIxR18ZUpAIpizyDFbE69u9N49u», 3 ms",
            "v%3D«EAAGEXAMPLE3RchwAT0mXcdNfj1hSkNQ7Um8p8iFD9MkoIvChZzOCyGk7fPHSIRjSUEGBO4KMcQIvTKwcx1ovqFo0tbo7xzws3uAFYiLJgzGNk95aEIiRsqgnDLHh6YAvpwHGP0Lzcg5faFNrBbXiYoGmTttDSdOpJ7q»",
        ],
        near_misses: &[
            "EAAB is the beginning",
            "no EAA here",
            "xEAACEdEose0cBAEXAMPLEHDHepsDZP11Rt5sFcahBSyKkZBJ7zB0fNnQKCA066P2AtVO8Vl0QGw343eFZM5n5rc9oOzUFHyljHJfEsIcDVG8nNi4K4ghlMLQ44YEzCuAf23q1z",
        ],
    },
    Rule {
        id: "facebook-secret",
        title: "Facebook or Instagram app secret or app token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["facebook", "instagram", "fb_app", "fb_secret"]),
        pattern: near!(
            "(?:facebook|instagram|fb)",
            r"(?:[a-f0-9]{32}|[0-9]{13,17}\|[A-Za-z0-9_-]{27})"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "using the facebook token '«facade0f141bc7e165631b2dcd66fa4f»'",
            "facebook.key = «facadeb71dee1e44d06af10774c60f3d»",
        ],
        near_misses: &["facebook: facade0dea92b116d415c62ba338a07e served", "facebook key id 12"],
    },
    Rule {
        id: "instagram-token",
        title: "Instagram access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["IGQV", "IGQW", "IGAA"]),
        pattern: token!("IG(?:QV|QW|AA)[A-Za-z0-9_-]{80,}"),
        checks: &[],
        examples: &[
            "[«IGQVJEXAMPLEpBMLnlyozBQZOhqE2fW4vQ95H888LNEPvS9hHZ6anKjZVDAupG5nzIXUAQjvdjmHCx7IprEjPWS9eKAJz8y264knlqMKjB9fVjMJkGk3PNbLk05btm2g5fgqNxjNzcYFjl88e»]",
            "<v>«IGAAEXAMPLEXgKsGw113AFjuFYpM5rNzM5NbHxaWDNpWtpNZWs23l6XWZjFm6Iv1VyCcnNWlwooKO0KmankbqBx4aUHH9wb2CixAHq203mfjK7DE5s3rZzpeLDkbcwfO4Tc2A4avUOODz42f»</v>",
        ],
        near_misses: &[
            "IGQV is part of every one",
            "xIGQVJEXAMPLEYi5aZTiJMBdZ2RSrxO9mjrHo4iOxyhUdOBZPVrOOW0Pb5E6pOYcHpHU7u5p14d2H6QxZf8JWXP4EzmFOe3XMEyysDXoTrx7xWrk9Tl0tP1IF8xlpaU5C6RR9blLxv1fnqcr5F",
        ],
    },
    Rule {
        id: "twitter-bearer-token",
        title: "X (Twitter) bearer token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AAAAAAAAAAAAAAAAAAAAA"]),
        pattern: token!("A{20,24}[A-Za-z0-9%]{60,}", "[^A-Za-z0-9%+/=]|$"),
        checks: &[Check::LettersAndDigits, Check::Entropy(3.5)],
        examples: &[
            "client built with «AAAAAAAAAAAAAAAAAAAAAEXAMPLEEXAMPLESE5dOqQoJKN7y%3DEXAMPLEnVLeDpMyTkPbml3gHuFx40JvHQmPKJGwuLyNnjs109t60zMMRL57e»",
            "'«AAAAAAAAAAAAAAAAAAAAAEXAMPLEEXAMPLEk15fOOtjFuK4c%3DEXAMPLEO01fDGlG1qTE1FXwR6VXmhl7go3gyFMCViDNM23y1SmdOONSk6g3q»'",
        ],
        near_misses: &[
            "data:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "no AAAAAAAAAAAAAAAAAAAAA here",
            "xAAAAAAAAAAAAAAAAAAAAAEXAMPLEEXAMPLEPDw5RJvu3NI3g%3DEXAMPLEptjTOOXTEv5KnXoefrOOg3vcU8Jc7ueOcfudAvYSVzJYlrZ7n5V3E",
        ],
    },
    Rule {
        id: "twitter-secret",
        title: "X (Twitter) key, secret or access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["twitter", "tweepy"]),
        pattern: near!(
            "(?:twitter|tweepy)",
            "(?:[0-9]{8,20}-[A-Za-z0-9]{40}|[A-Za-z0-9]{50}|[A-Za-z0-9]{45}|[A-Za-z0-9]{25})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"twitter": {"region": "eu", "key": "«471732583562028234-EXAMPLEBzQN7RnBygUE0drOfibExQxU8aFqOvI4q»"}}"#,
            "login to twitter with secret «489494155742125962-EXAMPLEjEihTuFAxPfXemgtIX8dOOR0xV2GlCu8t» failed",
        ],
        near_misses: &[
            "twitter worker 468477298576622392-EXAMPLEG8IfZBHUfHRz8HXo2sig86L1zTITgIQ6d up",
            "twitter api key not set",
        ],
    },
    Rule {
        id: "linkedin-secret",
        title: "LinkedIn client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["WPL_AP"]),
        pattern: token!(r"WPL_AP[01]\.[A-Za-z0-9]{16}\.[A-Za-z0-9+/=]{6,12}"),
        checks: &[],
        examples: &[
            "(«WPL_AP1.EXAMPLE9g839hI3Y.MTExMg==»)",
            "cfg_«WPL_AP1.EXAMPLEcopK49q5F.MTExMg==»",
        ],
        near_misses: &["WPL_AP is part of every one", "xWPL_AP1.EXAMPLEFUsL0Jl2k.MTExMg=="],
    },
    Rule {
        id: "linkedin-key",
        title: "LinkedIn client secret, beside a word that names it",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["linkedin"]),
        pattern: near!("linkedin", "(?:[A-Za-z0-9]{16}|AQ[A-Za-z0-9_-]{100,400})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "LINKEDIN_API_KEY=«EXAMPLEFMzOMLD1g» ./run",
            r#"{"linkedin": {"region": "eu", "key": "«EXAMPLEpt7LgPe4U»"}}"#,
        ],
        near_misses: &["linkedin cache key: EXAMPLEIbpgUR41G", "linkedin api key not set"],
    },
    Rule {
        id: "twitch-token",
        title: "Twitch, Reddit, Spotify or Pinterest secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["twitch", "reddit_", "spotify", "pinterest"]),
        pattern: near!(
            "(?:twitch|reddit|spotify|pinterest)",
            "(?:[a-z0-9]{30}|[A-Za-z0-9_-]{27}|[A-Za-z0-9_-]{30}|[a-f0-9]{32}|pina_[A-Za-z0-9_]{60,200})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "using the spotify token '«examplea4f7a6k15unq9rs93buv22o»'",
            "spotify.key = «exampleeyzto9r2jnxfkcciud4t81z»",
        ],
        near_misses: &["spotify worker example4oudzaz1obzcq7ofn17r55a up", "spotify key id 12"],
    },
    Rule {
        id: "twitch-chat-token",
        title: "Twitch chat token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["oauth:"]),
        pattern: token!("oauth:[a-z0-9]{30}", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            "v%3D«oauth:exampleybkrf3y2u4d9i45mzcyzv0h»",
            r"a\n«oauth:examplelh0ikv9wau0zsuzpo4mcm5h»",
        ],
        near_misses: &[
            "oauth: signed in",
            "no oauth: here",
            "xoauth:exampleggw0ht2ymxow9z6bb3v637c",
        ],
    },
    Rule {
        id: "vk-token",
        title: "VK access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["vk1.a."]),
        pattern: token!(r"vk1\.a\.[A-Za-z0-9_-]{60,}"),
        checks: &[],
        examples: &[
            "[«vk1.a.EXAMPLExzNGtT3-Mmu102yzfT13z1PEWjy-jQxJC_li3uyfuAcoE7o1OyWiPaajaAlIunRi346u8AGyaVyq-fWpEIRSwG3E99-WwyAa18-Mun0OHPvYBX0tdsLM8By0_l5rBRoNS_AB5ZgesAiQaKKfXW4jlLx9Pmp9iLczND7GGdpVa6k2J»]",
            "<v>«vk1.a.EXAMPLEj09929_bdvgnwdjqngq9vJ7a02sZGRXoJvHPHaHWXUHuuLA_dXSFG2ZA6RvGOVibnqgVWPketQ_OFm5uL5YW_bmti0kTG4gTTXAlwokJEG53CvlMIOkJlV_DoLKsNu4CLpJNRhOGGcFzZ28Rei1cIaGLuxqwdLd8f269LjMmRF-8F»</v>",
        ],
        near_misses: &[
            "vk1.a. is part of every one",
            "xvk1.a.EXAMPLEU897vmc6HGN4spyFfAxjO6MfRSaF8bKiLka25YSCRTd52HFY3JawYBzFDzuoDd5WEHdD4WNTZ8pk28uZrKxxByGF6u18ZuEtJJUosFs1PFv1bqSKqiBTThgEN46If2AYJOcTo-NaUJY-N_R-Q7h3MOdu5tARSmHL2G0v_am0yX61x",
        ],
    },
    Rule {
        id: "tiktok-secret",
        title: "TikTok, Snapchat or Strava secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["tiktok", "snapchat", "strava_"]),
        pattern: near!("(?:tiktok|snapchat|strava)", "(?:[A-Za-z0-9]{32}|[a-f0-9]{40})"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"{"tiktok": {"region": "eu", "key": "«EXAMPLEc10Q0pLy1g2HDuGRXTIxU3w6X»"}}"#,
            "login to tiktok with secret «EXAMPLE7he1dXmsdSy1KrnYrqVxOOX3W» failed",
        ],
        near_misses: &["tiktok object EXAMPLEbps0ProWRSChZbIW6qfwzud2k", "tiktok api key not set"],
    },
    Rule {
        id: "steam-key",
        title: "Steam, Unity, Riot or Epic key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["steam_", "playfab", "riot_api"]),
        pattern: near!(
            "(?:steam|playfab|riot)",
            "(?:[A-F0-9]{32}|[A-Z0-9]{50}|RGAPI-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            r#"STEAM_SECRET="«FACADE1D3BE31E0BF0F39BB7B44F405B»""#,
            "STEAM_API_KEY=«FACADE6F0424C09E7A4D6717B86C8C6F» ./run",
        ],
        near_misses: &["steam: FACADE903912D1F8719636779BBC9B8F served", "steam key id 12"],
    },
    Rule {
        id: "riot-key",
        title: "Riot Games API key",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["RGAPI-"]),
        pattern: token!("RGAPI-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
        checks: &[],
        examples: &[
            "401 from upstream, key «RGAPI-facade00-3593-4590-beef-468f59fb8624»,",
            "GET /v1/x?v=«RGAPI-facade00-6913-41f1-beef-03acab0e2d84»&page=2",
        ],
        near_misses: &[
            "RGAPI- is part of every one",
            "xRGAPI-facade00-4448-41f7-beef-7416cd998a0d",
        ],
    },
    Rule {
        id: "roblox-cookie",
        title: "Roblox session",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["_|WARNING:-DO-NOT-SHARE-THIS."]),
        pattern: token!(r"_\|WARNING:-DO-NOT-SHARE-THIS\.[^|\r\n]{10,140}\|_[A-F0-9]{100,}"),
        checks: &[],
        examples: &[
            "cfg_«_|WARNING:-DO-NOT-SHARE-THIS.--Sharing-this-is-no-EXAMPLE.|_FACADEB6AF8333F4BEAD42751A87AAF4C52A3E34D59D0B53BB70B4F8152EFA07A215C07407E84872B4A9CF3BEDED335154824E1B9331073C181253B908DC3EA5A18BAB230C7914E73631BB97CDC29D04795AEAAF7AEFED87E43C62964BACA486C94AC75B»",
            r"retry 2: «_|WARNING:-DO-NOT-SHARE-THIS.--Sharing-this-is-no-EXAMPLE.|_FACADEB53EC8D0DA4F2318B1A44523A3E9AFD8504AB27D6EF596D67E27C7D3DF1E92C1E22E121174CAB472A29DA58D937B6F2348D40640B7DCB4314064651123364B6D142895D90C83EA9A920C0AFFB0713BD712AD287690EE50794387B049CD395F3C1E»\n at main",
        ],
        near_misses: &[
            "_|WARNING:-DO-NOT-SHARE-THIS. is part of every one",
            "_|WARNING:-DO-NOT-SHARE-THIS.--S is cut",
        ],
    },
    Rule {
        id: "media-key",
        title: "Media or survey key of Vimeo, Giphy, Unsplash or SurveyMonkey",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["vimeo", "giphy", "unsplash", "surveymonkey"]),
        pattern: near!(
            "(?:vimeo|giphy|unsplash|surveymonkey)",
            "(?:[a-f0-9]{32}|[A-Za-z0-9]{32}|[A-Za-z0-9_-]{43}|[A-Za-z0-9.]{60,100})"
        ),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "login to giphy with secret «EXAMPLElIw53vPSxERzQws2H3mRIyX1m» failed",
            "GIPHY_API_KEY=«EXAMPLE8XpbzpxG9aTvdnBfJTuQWeR8J» ./run",
        ],
        near_misses: &["giphy worker EXAMPLETNBZ46AMPOGUwGlJgsOokcO6D up", "giphy api key not set"],
    },
];
