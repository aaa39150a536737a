//! Pieces of text that begin like a secret, over and over: what a search for secrets runs into.

pub(crate) const KEYWORDS: &[&str] = &[
    "password=",
    "password=hunter2 ",
    "password: ",
    "token=expired ",
    "eyJ",
    "eyJa.",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN",
    "@",
    "a://b:c@",
    "a://b:",
    "4111-1111-",
    "GB82WEST",
    "Cookie: a=b; ",
    "curl -u ",
    "[REDACTED:x]password=",
    "\\\"",
    "{\"password\":[",
    "key: value ",
];
