//! Microsoft Azure.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "azure-client-secret",
        title: "Microsoft Entra client secret",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["7Q~", "8Q~", "9Q~"]),
        pattern: token!(
            "[A-Za-z0-9_.~-]{3}[789]Q~[A-Za-z0-9_.~-]{31,34}",
            "[^A-Za-z0-9_.~-]|[.](?:[^A-Za-z0-9]|$)|$"
        ),
        checks: &[],
        examples: &[
            "client built with «Ex48Q~EXAMPLEWzjs96k27bd0vxACqKtSDAz368g»",
            "'«aB_8Q~EXAMPLEIRi092NA3vLA4oFEhH2uERiYZ9E»'",
        ],
        near_misses: &["8Q~8Q~", "no 7Q~ here", "Ex48Q~ is cut"],
    },
    Rule {
        id: "azure-devops-token",
        title: "Azure DevOps personal access token",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["AZDO"]),
        pattern: token!("[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}", "[^A-Za-z0-9]|$"),
        checks: &[],
        examples: &[
            "client built with «EXAMPLEEdQR0Jly8UGIKbN7yVoTVzrb2tm8P6NLg8AXHhyZAuIPhSAcW1mi7lDMbAL0x38VCV99mAZDOMqhR»",
            "'«EXAMPLEehTEeZ9OlQT18Nr3OKeuBWQ1gblvfEwrUSEaRlwB3xTu2nsQOAht7hRBgdXFePpaOpC2cAZDONBua»'",
        ],
        near_misses: &["AZDO pipeline 12 queued", "no AZDO here", "EXAMPLE is cut"],
    },
    Rule {
        id: "azure-devops-token-classic",
        title: "Azure DevOps personal access token of 52 letters and digits",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "azure_devops",
            "azure devops",
            "azuredevops",
            "vsts",
            "ado_pat",
            "dev.azure.com",
        ]),
        pattern: near!(r"(?:azure[_ -]?devops|vsts|ado|dev\.azure\.com)", "[a-z2-7]{52}"),
        checks: &[Check::Labelled, Check::LettersAndDigits],
        examples: &[
            "azure devops api key: «examp2ea2b3c4d5e6f7g2h3i4j5k6l7m2n3o4p5q6r7s2t3u4v5w»",
            "using the azure devops token '«examp2ea2b3c4d5e6f7g2h3i4j5k6l7m2n3o4p5q6r7s2t3u4v5w»'",
        ],
        near_misses: &[
            "vsts build 12 ok",
            "azure devops worker examp2ea2b3c4d5e6f7g2h3i4j5k6l7m2n3o4p5q6r7s2t3u4v5w up",
            "azure devops key id 12",
        ],
    },
    Rule {
        id: "azure-identifiable-key",
        title: "Azure account key that carries the signature of its service",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[
            "+ASt", "+AEh", "+ASb", "+ARm", "+ACR", "+ABa", "ACDb", "AIoT", "AzCa", "AzFu", "AzSe",
            "APIM", "JQQJ9",
        ]),
        pattern: token!(
            r"[A-Za-z0-9+/_-]{33,76}(?:\+A(?:St|Eh|Sb|Rm|CR|Ba)|ACDb|AIoT|Az(?:Ca|Fu|Se)|APIM)[A-Za-z0-9+/_-]{5,10}={0,2}|[A-Za-z0-9]{52}JQQJ9[A-Za-z0-9]{27,32}(?:==)?",
            "[^A-Za-z0-9+/=_-]|$"
        ),
        checks: &[],
        examples: &[
            "client built with «EXAMPLEO2TQFLJ4LL4Kfxcz1SY+5zZitBJS2schc7q+AVyJvIrLzuttEkmXYz6P3NcsHo5DaQu2y+AStyue6Ws==»",
            "'«EXAMPLERaGR4laHXmGQ277Cn11EorK8mpxxa8pcD8mAzSeLU3epP»'",
            "key «EXAMPLEC5lB3XwdaDkoZmM3zpfNuL6cKHROJwXz0NXbCPczbcr8MJQQJ99EXAMPLEjpJnm9TqtCo9mLKcp9m», 3 ms",
            "(«EXAMPLEhkfwuHqtBPKMku1GiGd93p04lwwmWUiKpVStM6j7KjluW+CnqEdVuJs93fXcjcXf0n/7VACDbrgBajM==»)",
            "client built with «EXAMPLEcriK5EAwpyUxpL8sueNsfPih8s+AEhjsWAuy=»",
            "'«EXAMPLEq0xtR1Fx5RaprmvtCBKFuZtRr7e0XOKhCWj4iAzFuFs7PVN==»'",
        ],
        near_misses: &[
            "APIM gateway answered 401",
            "AIoT hub events",
            "no +ASt here",
            "EXAMPLE is cut",
        ],
    },
    Rule {
        id: "azure-storage-key",
        title: "Azure storage or service bus key in a connection string",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["accountkey=", "sharedaccesskey="]),
        pattern: "(?i)(?:accountkey|sharedaccesskey)=(?-i:(?P<secret>[A-Za-z0-9+/%]{20,}={0,2}))",
        checks: &[],
        examples: &[
            "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=«Rz8IObi0PeJC4LzA6Z4AAhx3pgrj/xbv/CLBusAm7mzlg1CG42thrfu5LDOtNHPBtDYePWtLClz7tx3QZoeTpA==»;EndpointSuffix=core.windows.net",
            "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=«DM9MaSytMgwQS59FQUwoMi6mouY7eefm0q1TjVuUvlQ=»",
        ],
        near_misses: &[
            "AccountKey=;EndpointSuffix=core.windows.net",
            "SharedAccessKeyName=RootManageSharedAccessKey",
        ],
    },
    Rule {
        id: "azure-sas-signature",
        title: "Signature of an Azure shared access signature",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["sharedaccesssignature"]),
        pattern: r"(?i)sharedaccesssignature[^\r\n]{0,300}?\bsig=(?-i:(?P<secret>[A-Za-z0-9%+/]{30,}(?:=|%3[dD]){0,2}))",
        checks: &[],
        examples: &[
            "SharedAccessSignature sr=acme.servicebus.example%2Fq&sig=«EXAMPLETB82cgzHJlBiyRuP1y0XkRuPq03zjCHh80w%3D»&se=1700000000&skn=root",
            "'SharedAccessSignature sr=acme-hub.azure-devices.example&sig=«EXAMPLEHvfnLhroh6geI9J9p2Ds4BU67Ad2CnUkCJ4f=»&skn=device&se=1700000000'",
        ],
        near_misses: &[
            "SharedAccessSignature is expired",
            "SharedAccessSignature sr=acme&sig=short",
        ],
    },
    Rule {
        id: "azure-connection-secret",
        title: "Secret of an Azure connection string",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&[";secret=", ";accesskey="]),
        pattern: r#"(?i)\b(?:endpoint|id)=[^;\s"']{3,200};(?:id=[^;\s]{1,80};)?(?:secret|accesskey)=(?-i:(?P<secret>[A-Za-z0-9+/]{20,}={0,2}))"#,
        checks: &[],
        examples: &[
            "Endpoint=https://acme.azconfig.io;Id=Ab-l1-s0:EXAMPLE;Secret=«EXAMPLEi0DDIv4yNP6httOhURQzh54OickpL77DxE7J=»",
            "Endpoint=https://acme.service.signalr.net;AccessKey=«EXAMPLEY2TIxI3thIK6QdD9XHWOfJfD60BB5k0I9b2Z=»;Version=1.0;",
        ],
        near_misses: &[
            "Endpoint=https://acme.azconfig.io;Id=Ab-l1-s0:EXAMPLE",
            "Endpoint=https://acme.service.signalr.net;AuthType=azure;Version=1.0;",
        ],
    },
    Rule {
        id: "azure-api-key",
        title: "Azure service key of 32 hex digits",
        set: RuleSet::Secrets,
        anchor: Anchor::Keywords(&["ocp-apim", "azure_", "azure openai", "cognitive"]),
        pattern: near!(
            "(?:ocp-apim-subscription|azure[_ -](?:openai|search|cognitive|speech|translator|maps|vision)|cognitive[_ -]?services?)",
            "[a-f0-9]{32}"
        ),
        checks: &[Check::Labelled],
        examples: &[
            "AZURE_OPENAI_API_KEY=«facadee7d9a1fbf587a1078f424f062f» ./run",
            r#"{"azure_openai": {"region": "eu", "key": "«facadef3f8b7db281c0d972a1f3f7f8b»"}}"#,
        ],
        near_misses: &[
            "azure_openai deployment gpt answered",
            "azure_openai request facadefa4be0ca7259398ac554d5521e took 12 ms",
            "azure_openai key: rotated",
        ],
    },
];
