//! How the patterns of the table are put together: what a token begins after, and how a vendor's
//! word, a label and a value of one shape stand together.
//!
//! They are macros because a pattern is a constant and `concat!` takes literals only.

/// A token that says itself what it is: a shape, and optionally what must follow it.
///
/// It begins at the start of the text, after anything but a letter or digit (`_` too:
/// `token_xoxb-…`), after an escaped newline or tab, or after a percent-encoded character. A shape
/// that ends in an open repetition needs nothing behind it.
macro_rules! token {
    ($shape:expr) => {
        token!($shape, "")
    };
    ($shape:expr, $end:expr) => {
        concat!(r"(?:^|[^A-Za-z0-9]|\\[nrt]|%[0-9A-Fa-f]{2})(?P<secret>", $shape, ")(?:", $end, ")")
    };
}

/// A value that says nothing itself, such as 32 hex digits: on one line with a vendor's word, at
/// most 40 characters behind it, directly after a label (`key`, `token`, `secret`, …), and of
/// exactly this shape. `Check::Labelled` has to follow: it knows the labels of what is no secret.
macro_rules! near {
    ($vendor:expr, $shape:expr) => {
        concat!(
            "(?i:",
            $vendor,
            r"[^\r\n]{0,40}?(?:key|token|secret|passw(?:or)?d|pwd|credentials?|auth|pat)(?:[_ -]?value)?",
            r#"\\*["'`]?[\])]?\s{0,3}(?:=>|:?=|:|,|%3d|\sis\s|\swas\s|\s)\s{0,3}\\*["'`(<]?"#,
            ")(?P<secret>",
            $shape,
            ")(?:[^A-Za-z0-9_+/-]|$)"
        )
    };
}

/// The shape of a UUID in lower or upper case.
macro_rules! uuid {
    () => {
        "[A-Fa-f0-9]{8}(?:-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}"
    };
}
