//! A name and its value, in whatever notation: assignments, objects, attributes, tags.

use super::{Anchor, Check, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "named-value",
        title: "Value beside the secret's name: {name: …, value: …}",
        set: RuleSet::Secrets,
        anchor: Anchor::SecretName,
        pattern: r#"(?ix)
            (?: name | key | header ) \\* ["']? \s{0,4} [:=] \s{0,4} \\* ["']? [a-z0-9_.:-]*? <plain-name>
            (?: \\* ["']? \s{0,4} ,? (?: \s | \\[nr] ){0,24} \\* ["']? (?: value | values | val ) \\* ["']? \s{0,4} [:=] \s{0,4} \[? \s?
                (?: \\* ["'] (?P<secret_quoted> [^"'\\\r\n]+ ) | (?P<secret> [^\s"'\\,;<>{}()\[\]&|]+ ) )
              | ["'] [^<>]{0,100} > (?P<secret_text> [^<>]+ ) </ )"#,
        checks: &[
            Check::TextHolds(&["val", "</"]),
            Check::TextHolds(&["name", "key", "header"]),
            Check::Assigned,
            Check::SecretName,
        ],
        examples: &[
            r#"<property name="db.password" value="«hunter2»"/>"#,
            r#"<add key="apiKey" value="«hunter2»" />"#,
            r#"<entry key="apiKey">«hunter2»</entry>"#,
            "env:\n- name: DB_PASSWORD\n  value: «hunter2»",
            r#"args {"name":"api_key","value":"«hunter2»"} done"#,
            r#"{\"key\": \"X-Auth-Token\", \"value\": [\"«hunter2»\"]}"#,
        ],
        near_misses: &[
            r#"<property name="password" value="${PASSWORD}"/>"#,
            r#"<input name="next_token" value="abc1">"#,
            "env:\n- name: DB_PASSWORD\n  valueFrom: secretKeyRef",
        ],
    },
    Rule {
        id: "paired-secret",
        title: "Value in a pair with a secret name",
        set: RuleSet::Secrets,
        anchor: Anchor::SecretName,
        pattern: r#"(?i)[(\[{]\s{0,2}b?\\*["'][a-z0-9_.-]*?<plain-name>\\*["']\s{0,2},\s{0,4}b?\\*["'](?P<secret>[^"'\\\r\n]{4,})\\*["']\s{0,2}[)\]}]"#,
        checks: &[
            Check::TextHolds(&[","]),
            Check::TextHolds(&["\"", "'"]),
            Check::TextHolds(&["(", "[", "{"]),
            Check::LettersAndDigits,
            Check::Assigned,
            Check::SecretName,
        ],
        examples: &[
            "[('X-Api-Key', '«hunter2»'), ('Accept', '*/*')]",
            "props.put(\"db.password\", \"«hunter2»\");",
        ],
        near_misses: &["assertEquals(\"password\", \"token\")", "['user', 'password', 'x1']"],
    },
    Rule {
        id: "defined-secret",
        title: "Text given to a setter or a definition with a secret name",
        set: RuleSet::Secrets,
        anchor: Anchor::SecretName,
        pattern: r#"(?ix)
            (?: \b (?: set | with | use ) | (?: \#define | \bsetx | \bsetenv | \bset | \bexport ) \s{1,4} )
            [a-z0-9_]*? <plain-name> (?: \( \s{0,4} | \s{1,4} )
            ["'] (?P<secret> [^"'\r\n]{4,} ) ["']"#,
        checks: &[
            Check::TextHolds(&["\"", "'"]),
            Check::TextHolds(&["set", "with", "use", "define", "export"]),
            Check::Assigned,
            Check::SecretName,
        ],
        examples: &[
            "conn.setPassword(\"«swordfish»\");",
            "client.with_api_key('«hunter2»')",
            "#define DB_PASSWORD \"«Swordfish»\"",
            "setx API_KEY \"«Hunter2Swordfish»\"",
        ],
        near_misses: &["getToken(\"user1\")", "setPassword(password)", "set token 'required'"],
    },
    Rule {
        id: "spoken-secret",
        title: "Random value after a secret name without an operator",
        set: RuleSet::Secrets,
        anchor: Anchor::SecretName,
        pattern: r#"(?i)<plain-name> ["'`]?(?P<secret>[a-z0-9_.+/=-]{12,})"#,
        checks: &[Check::Random, Check::SecretName],
        examples: &[
            "broker auth token «8540453d859afc3af27465edc3174908» refused",
            "the client secret '«kWcrlUX5JEDG7LtmEENI»' was revoked",
            "user bob, password «Tr0ub4sU1eb2»",
        ],
        near_misses: &[
            "secret web-tls-7f9c8d6b5-abcde mounted",
            "password PBKDF2WithHmacSHA256 iterations 10",
            "token authentication_v2_handler started",
            "token 123e4567-e89b-12d3-a456-426614174000 expired",
        ],
    },
    Rule {
        id: "encoded-secret",
        title: "Value assigned to a secret name in percent-encoded text",
        set: RuleSet::Secrets,
        anchor: Anchor::SecretName,
        // The value ends at an encoded ampersand or quote.
        pattern: r#"(?ix)
            (?: <plain-name> | <prose-name> ) (?: %(?:25)?(?:22|27|5d) )? (?: %(?:25)?20 )? %(?:25)?3[ad] (?: %(?:25)?20 )? (?: %(?:25)?(?:22|27) )?
            (?P<secret> (?: [^\s"'`,;&<>(){}\[\]|\\%] | %(?:25)?(?:2[013489a-f]|[013-9a-f][0-9a-f]) )+ )"#,
        checks: &[Check::TextHolds(&["%"]), Check::Assigned, Check::SecretName],
        examples: &[
            "a=1&password%3D«hunter2»",
            "cb%3Ftoken%3D«hunter2»%26state%3D1",
            "q=%7B%22api_key%22%3A%22«hunter2»%22%7D",
            "url%253Fpassword%253D«hunter2»%2526x",
        ],
        near_misses: &["next_token%3Dabc123", "password%3D***%26x", "token%3D%26x"],
    },
    Rule {
        id: "assigned-secret",
        title: "Value assigned to a name such as password, token, secret or api_key",
        set: RuleSet::Secrets,
        anchor: Anchor::SecretName,
        // The name may have anything before it (`DB_`, `db.`), a modifier and a closing quote or
        // bracket after it. The value is quoted, quoted with escaped quotes, or ends where a value
        // usually ends.
        pattern: r#"(?ix)
            (?: <plain-name> (?: \\* ["'`] | \\+u0022 | &quot; )? \]?
                (?: (?: \s{0,2} : \s{0,2} &? | \x20 ) (?: str | string | bytes | secretstr ) \b )?
                \s{0,8} (?: := | => | ={1,3} | : )
              | <prose-name> (?: \\* ["'] \]? \s{0,8} (?: := | => | ={1,3} | : )
                               | \]? \x20? (?: := | => | ={1,3} ) | : ) )
            \s{0,8} \[?
            (?: \\+u0022 (?P<secret_unicode> [^"\\\s]+ )
              | &quot; (?P<secret_entity> [^"&\s]+ )
              | [|>] [+-]? [\x20\t]* \r? \n [\x20\t]+ (?P<secret_block> [^\r\n]+ )
              | b? \\ " (?P<secret_escaped> (?: [^"\\\r\n] | \\\\ (?:\\.)? | \\[^"\\\r\n] )+ )
              | [bfru]? \\{2,} " (?P<secret_escaped_again> (?: [^"\\\r\n] | \\+[^"\\\r\n] )+ )
              | [bfru]? " (?P<secret_double> (?: [^"\\\r\n] | \\. )+ )
              | [bfrune]? ' (?P<secret_single> (?: [^'\\\r\n] | \\. )+ )
              | ` (?P<secret_back> [^`\r\n]+ )
              | (?P<secret> [^\s"'`,;&<>(){}\[\]|\\:=] [^\s"'`,;&<>(){}\[\]|\\]* ) )"#,
        checks: &[Check::TextHolds(&["=", ":"]), Check::Assigned, Check::SecretName],
        examples: &[
            "login with password=«hunter2» failed",
            "DB_PASSWORD=«p@ss:w0rd!» ./run",
            "db.password: «correct-horse-battery»",
            "password: «swordfish»",
            "password: «swordfish» user: bob",
            r#"{"user": "bob", "password": "«a b,c;d@e»"}"#,
            r#"body {\"client_secret\": \"«s3\\\"cr3t»\", \"x\": 1}"#,
            "{'access_token': '«2YotnFZFEjr1zCsicMWpAA»', 'expires_in': 3600}",
            "{'password': b'«bytes1»', 'n': u'x'}",
            ":api_key => \"«k3y9f8a7»\"",
            "token := '«abc def»'",
            "X-Api-Key: «8f3a9c2e1b7d»",
            "auth_token=«a1b2c3», user=bob",
            "user[password]=«hunter2»&x=1",
            "User{name=bob, secret=«x9y8z7», age=3}",
            "export GITHUB_TOKEN='«zzz111»'",
            "private_key: \"«not-pem-but-quoted»\"",
            "password_hash=«$2b$12$abcdefghijk»",
            "passwd = «Tr0ub4dor»",
            "password=«мойпароль1»",
            "config {Password:«hunter2» Host:db}",
            "password=«correct» password=«basic»",
            "db_pass=«hunter2x» auth=«hunter2x» jwt=«hunter2x» creds=«hunter2x»",
            r#"{"pin":"«1234»","cvv":"«123»","auth":"«hunter2»","db_creds":"«hunter3»","x":""#,
            r#"INFO {"pin":"«1234»","otp":«998877»} done"#,
            "PASSWORD_OLD=«hunter2» passwordNew=«hunter3» new_password_again=«hunter3»",
            "auth: 'x', token='Basic «x1»'",
            "password[0]=«hunter2»&password[1]=«hunter3»",
            "pass: «6fb5e621e872» auth: «a8e683e269e2» pin: «4711»",
            "X-Api-Key=[«8f3a9c2e1b7d»]",
            "let api_key: &str = \"«hunter2»\";",
            "var clientSecret string = \"«hunter2»\"",
            r"{\u0022token\u0022:\u0022«hunter2»\u0022}",
            "&quot;token&quot;:&quot;«hunter2»&quot;",
            "db_password: |\n  «hunter2»\nport: 3",
            "net use Z: /password:«hunter2»",
        ],
        near_misses: &[
            "Failed password for root from 10.0.0.1 port 22 ssh2",
            "invalid token at position 17",
            "KeyError: 'password'",
            "password: required",
            "token: expired",
            "token expired: refresh it",
            "invalid password: user not found",
            "Unexpected token: }",
            "token_count=5 max_tokens: 4096 tokens=17",
            "secret_name=prod/db",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db/password-a1B2c3",
            "next_token=eyabc123 nextToken: 'abc'",
            "self.password = self.get(x)",
            "token = request.headers.get('x')",
            "api_key = os.environ[\"API_KEY\"]",
            "def login(user, password: str = None):",
            "password=*** token=[REDACTED] secret=${SECRET} api_key=<api-key>",
            "PWD=/app OLDPWD=/root",
            "mounted /var/run/secrets/kubernetes.io/serviceaccount/token: ok",
            "pulled registry.example/acme/token:1.2.3",
            "sort_key=abc partition_key=p1 primary_key: id public_key=MFkwEwYH",
            "password=",
            "password: \"\"",
            "token: 17",
            "auth: enabled, cookie: accepted",
            "pass: 12 fail: 3",
            "pass=12 fail=3 compass=north spin=left",
            "otp: sent to bob",
            "auth=basic cookie=accepted",
            r#"{"auth": true, "cookies": 3}"#,
            "wrong password: attempt 3 of 5",
            "non-existing token: android.os.Binder@3429235",
            "failed to fetch token: serviceaccounts \"default\" not found",
            "pam_unix(passwd:chauthtok): password changed",
            "PublicKeyToken=b77a5c561934e089",
            r#"{"secret": "prod/orders-tls", "n": 3}"#,
            "UPDATE accounts SET password = $1",
            "secret_key = random_id.key.hex",
            "auth:8080 jwt: ok otp: 17",
        ],
    },
    Rule {
        id: "xml-secret",
        title: "Text of an XML element with a secret name",
        set: RuleSet::Secrets,
        anchor: Anchor::SecretName,
        pattern: r"(?i)(?:<|&lt;)[a-z0-9_.:-]*?(?:<plain-name>(?:\s[^<>]{0,200})?|<prose-name>)(?:>\s*<!\[CDATA\[(?P<secret_data>[^<>\]]+)\]\]>|>\s*(?P<secret>[^<>]*[^<>\s])\s*</|&gt;(?P<secret_escaped>[^<>&\s]+)&lt;/)",
        checks: &[Check::TextHolds(&["</", "&lt;/", "]]>"]), Check::Assigned, Check::SecretName],
        examples: &[
            "<user>bob</user><password>«hunter2»</password>",
            "<wsse:Password>«hunter 2»</wsse:Password>",
            "<db_pass>«hunter2»</db_pass><pin>«1234»</pin>",
            "<wsse:Password Type=\"PasswordText\">«hunter2»</wsse:Password>",
            "&lt;token&gt;«hunter2»&lt;/token&gt;",
            "<password><![CDATA[«hunter2»]]></password>",
            "<n:client_secret xsi:type=\"xsd:string\">«hunter2»</n:client_secret>",
        ],
        near_misses: &[
            "use --token <token> to log in",
            "<password></password>",
            "<password>***</password>",
            "<compass>north</compass>",
            "<token>expired</token>",
        ],
    },
];
