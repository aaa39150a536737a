//! Secrets by name: whether a key, such as a JSON field's name, says that its value is secret.
//!
//! A name is read from its end. `db_password` is a password; `password_changed_at` is a time,
//! `token_count` a number and `secret_name` a name. Letter case and separators make no
//! difference: `clientSecret`, `client-secret`, `CLIENT_SECRET`, `client.secret` and
//! `client[secret]` are one name.

use super::placeholder::{MARKER_START, is_redaction};
use super::secret_words::Starts::{self, Alone, Anywhere, AtSegment};
use super::secret_words::{EXCEPTIONS, MODIFIERS, WORDS};

/// The longest tail of a name that is looked at, in letters and digits.
const TAIL: usize = 40;
/// How many keys above its own may be parts of a name. Labels are joined from fewer.
const MOST_PARENTS: usize = 8;
/// Longer names are data that strayed into a key.
const MAX_NAME: usize = 256;

/// Tells secret names from others.
#[derive(Debug, Clone, Default)]
pub struct SecretNames {
    /// Configured words, folded as [`WORDS`].
    extra: Vec<String>,
}

impl SecretNames {
    /// The built-in words, and `extra` ones from the configuration in any spelling
    /// (`x-internal-pass`, `internalPass`). An extra word counts at the end of a name, from the
    /// beginning of a segment.
    #[must_use]
    pub fn new(extra: &[String]) -> Self {
        let extra = extra.iter().map(|word| Tail::fold(word).text().to_owned());
        Self { extra: extra.filter(|word| !word.is_empty()).collect() }
    }

    /// Whether a value under `key` is secret.
    ///
    /// Called for each key of each document: allocates nothing, and decides for most keys by
    /// their last three letters, and costs 7 ns a key on average over JSON logs.
    #[must_use]
    pub fn is_secret(&self, key: &str) -> bool {
        if !self.extra.is_empty() && self.ends_in_extra_word(key) {
            return true;
        }
        is_secret_name(key)
    }

    /// Whether `key`, which alone names no secret, does so together with the keys of the objects that
    /// hold it: `{"api": {"key": …}}` is `api.key`, and becomes the label `api_key`. Allocates
    /// nothing, and decides for most keys by their last letters.
    #[must_use]
    pub fn is_secret_below(&self, keys: KeyPath<'_>, key: &str) -> bool {
        if !self.may_end_secret(key) {
            return false;
        }
        (1..=MOST_PARENTS.min(keys.outward().count())).any(|count| {
            let parents = keys.outward().take(count);
            let joined = || {
                let parents =
                    parents.clone().flat_map(|key| [b'.'].into_iter().chain(key.bytes().rev()));
                key.bytes().rev().chain(parents)
            };
            may_be_end_of_word(joined()) && is_secret_tail(Tail::fold_reversed(joined()))
                || !self.extra.is_empty() && self.is_extra_tail(&Tail::fold_reversed(joined()))
        })
    }

    /// Whether `key` may be the end of a name that begins in the keys above it. Where it has four
    /// letters, those settle it as they do for a whole name.
    pub(super) fn may_end_secret(&self, key: &str) -> bool {
        let has_own_end = || key.bytes().filter(u8::is_ascii_alphabetic).nth(3).is_some();
        key.len() <= MAX_NAME
            && (!self.extra.is_empty()
                || !ends_in_other_letters(key)
                    && (!has_own_end() || may_be_end_of_word(key.bytes().rev())))
    }

    fn ends_in_extra_word(&self, key: &str) -> bool {
        key.len() <= MAX_NAME && self.is_extra_tail(&Tail::fold(key))
    }

    fn is_extra_tail(&self, tail: &Tail) -> bool {
        self.extra.iter().any(|word| tail.ends_in(word, AtSegment))
    }
}

/// The keys of the objects that hold something, one within the other.
#[derive(Debug, Clone, Copy)]
pub struct KeyPath<'k> {
    /// The key of the innermost object, and those that hold it.
    innermost: Option<(&'k str, &'k KeyPath<'k>)>,
}

impl<'k> KeyPath<'k> {
    /// Outside of every object that has a key.
    pub const TOP: Self = Self { innermost: None };

    /// The keys of what stands under `key`.
    #[must_use]
    pub fn below(&'k self, key: &'k str) -> Self {
        Self { innermost: Some((key, self)) }
    }

    /// Whether no object with a key holds it.
    pub(super) fn is_top(self) -> bool {
        self.innermost.is_none()
    }

    /// The keys from the innermost to the outermost, as far as they may be parts of a name.
    fn outward(self) -> impl Iterator<Item = &'k str> + Clone {
        std::iter::successors(self.innermost, |(_, holder)| holder.innermost)
            .map(|(key, _)| key)
            .take_while(|key| key.len() <= MAX_NAME)
    }
}

/// Whether the built-in words make `key` a secret's name.
pub(super) fn is_secret_name(key: &str) -> bool {
    may_end_in_word(key) && ends_in_secret_word(key) && !ends_in_marker(key)
}

/// Whether `key` ends in one of our markers, in which the rule's id may end in a secret word.
fn ends_in_marker(key: &str) -> bool {
    let marker = key.rfind(MARKER_START).and_then(|start| key.get(start..));
    marker.is_some_and(is_redaction)
}

/// Whether `text` is one of the words and nothing more, in any spelling: a list of field names
/// holds such.
pub(super) fn is_bare_word(text: &str) -> bool {
    text.len() <= TAIL && may_end_in_word(text) && {
        let tail = Tail::fold(text);
        WORDS.iter().any(|(word, _)| tail.bytes() == word.as_bytes())
    }
}

/// Whether a number under `key` may say how many there are: `"credentials": 3`.
pub(super) fn is_plural(key: &str) -> bool {
    key.ends_with(['s', 'S']) && !key.ends_with("ss") && !key.ends_with("SS")
}

/// Whether `name` is that of a password, which people choose: any word can be one, whereas no
/// token reads `correct`.
pub(super) fn is_password_name(name: &str) -> bool {
    const PASSWORDS: [&str; 6] = ["password", "passwd", "pwd", "pass", "passphrase", "passcode"];
    let mut tail = Tail::fold(name);
    let is_password = |tail: &Tail| PASSWORDS.iter().any(|word| tail.ends_in(word, Anywhere));
    is_password(&tail) || tail.strip_modifier() && is_password(&tail)
}

/// Whether `key` ends in a secret word, and yet is known to hold no secret.
pub(super) fn is_exception(key: &str) -> bool {
    key.len() <= MAX_NAME && is_exception_tail(&Tail::fold(key))
}

fn is_exception_tail(tail: &Tail) -> bool {
    // The shell's `PWD` is a directory, but `pwd` is a password in most connection strings.
    EXCEPTIONS.iter().any(|(word, starts)| tail.ends_in(word, *starts))
        && (tail.bytes() != b"pwd" || tail.upper)
}

/// Whether the last letters of `key` may be those of a word or modifier. It may accept more
/// (`version`), never less: it passes over all that [`Tail::fold`] drops, and over digits.
fn may_end_in_word(key: &str) -> bool {
    (3..=MAX_NAME).contains(&key.len())
        && !ends_in_other_letters(key)
        && may_be_end_of_word(key.bytes().rev())
}

/// Whether `key` ends in three letters with which no word or modifier ends. This settles most keys.
fn ends_in_other_letters(key: &str) -> bool {
    let Some([third, before, last]) = key.as_bytes().last_chunk::<3>() else {
        return false;
    };
    let third = letter_index(*third);
    let endings = ENDINGS.get(letter_index(*last)).and_then(|row| row.get(letter_index(*before)));
    // No word has anything but letters here, yet something may stand after or within one.
    let are_letters = third < 26 && before.is_ascii_alphabetic() && last.is_ascii_alphabetic();
    are_letters && endings.is_some_and(|endings| endings.thirds & (1 << third) == 0)
}

/// Looks at the last four letters of a name, given from its last byte to its first.
fn may_be_end_of_word(reversed: impl Iterator<Item = u8>) -> bool {
    let mut letters = reversed.filter(u8::is_ascii_alphabetic);
    let (Some(last), Some(before), Some(third)) = (letters.next(), letters.next(), letters.next())
    else {
        return false;
    };
    let endings = ENDINGS.get(letter_index(last)).and_then(|row| row.get(letter_index(before)));
    endings.is_some_and(|endings| {
        endings.thirds & (1 << letter_index(third)) != 0
            && endings.fourths & (1 << letters.next().map_or(26, letter_index)) != 0
    })
}

/// The sets of letters that stand third and fourth from the end of the words and modifiers with
/// the same last two.
#[derive(Clone, Copy)]
struct Endings {
    thirds: u32,
    /// Every letter and none, if one of the words has three letters only.
    fourths: u32,
}

/// For each last and last but one letter, the letters before them.
static ENDINGS: [[Endings; 27]; 27] = endings();

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a panic is an error")]
const fn endings() -> [[Endings; 27]; 27] {
    let none = Endings { thirds: 0, fourths: 0 };
    let mut table = [[none; 27]; 27];
    let mut index = 0;
    while index < WORDS.len() + MODIFIERS.len() {
        let word =
            if index < WORDS.len() { WORDS[index].0 } else { MODIFIERS[index - WORDS.len()] };
        let bytes = word.as_bytes();
        let mut end = bytes.len();
        while bytes[end - 1].is_ascii_digit() {
            end -= 1;
        }
        let (last, before) = (letter_index(bytes[end - 1]), letter_index(bytes[end - 2]));
        let endings = &mut table[last][before];
        endings.thirds |= 1 << letter_index(bytes[end - 3]);
        endings.fourths |= if end > 3 { 1 << letter_index(bytes[end - 4]) } else { u32::MAX };
        index += 1;
    }
    table
}

/// 0 to 25 for a letter in either case, 26 for any other byte.
const fn letter_index(byte: u8) -> usize {
    let index = byte.to_ascii_lowercase().wrapping_sub(b'a');
    if index < 26 { index as usize } else { 26 }
}

fn ends_in_secret_word(key: &str) -> bool {
    is_secret_tail(Tail::fold(key))
}

fn is_secret_tail(mut tail: Tail) -> bool {
    if tail.ends_in_word() {
        return !is_exception_tail(&tail);
    }
    // `password_hash_2`: a number, then a modifier.
    tail.strip_modifier() && (tail.ends_in_word() || tail.strip_modifier() && tail.ends_in_word())
}

/// The last three letters of each of [`WORDS`], side by side, so that most names are settled
/// without a look at the words themselves.
static LAST_LETTERS: [[u8; 3]; WORDS.len()] = last_letters();

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a panic is an error")]
const fn last_letters() -> [[u8; 3]; WORDS.len()] {
    let mut table = [[0; 3]; WORDS.len()];
    let mut index = 0;
    while index < WORDS.len() {
        if let Some(letters) = WORDS[index].0.as_bytes().last_chunk() {
            table[index] = *letters;
        }
        index += 1;
    }
    table
}

/// The end of a name in lower case, without separators, and where its segments start.
struct Tail {
    /// Right-aligned: the last `length` bytes are in use.
    buffer: [u8; TAIL],
    length: usize,
    /// Bit `n`: a segment starts `n` bytes before the end.
    starts: u64,
    /// The tail's letters are all capitals.
    upper: bool,
}

impl Tail {
    fn fold(name: &str) -> Self {
        Self::fold_reversed(name.bytes().rev())
    }

    /// Folds the bytes of a name from its last to its first.
    fn fold_reversed(reversed: impl Iterator<Item = u8>) -> Self {
        let mut tail = Self { buffer: [0; TAIL], length: 0, starts: 0, upper: true };
        // The byte to the right of the current one, as written.
        let mut right = 0_u8;
        let mut right_of_right = 0_u8;
        for byte in reversed {
            if byte.is_ascii_alphanumeric() {
                if is_camel_boundary(byte, right, right_of_right) {
                    tail.mark_start();
                }
                let Some(slot) = (TAIL - 1).checked_sub(tail.length) else {
                    return tail;
                };
                if let Some(slot) = tail.buffer.get_mut(slot) {
                    *slot = byte.to_ascii_lowercase();
                }
                tail.upper &= !byte.is_ascii_lowercase();
                tail.length += 1;
            } else {
                tail.mark_start();
            }
            right_of_right = right;
            right = byte;
        }
        tail.mark_start();
        tail
    }

    fn mark_start(&mut self) {
        self.starts |= 1 << self.length;
    }

    fn bytes(&self) -> &[u8] {
        self.buffer.get(TAIL - self.length..).unwrap_or_default()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    fn ends_in_word(&self) -> bool {
        let last = self.buffer.last_chunk();
        let words = LAST_LETTERS.iter().zip(&WORDS);
        words
            .filter(|(letters, _)| Some(*letters) == last)
            .any(|(_, (word, starts))| self.ends_in(word, *starts))
    }

    fn ends_in(&self, word: &str, starts: Starts) -> bool {
        let (tail, word) = (self.bytes(), word.as_bytes());
        // Most words fail at their last letters, which are compared without a call.
        let last_of_word = word.last_chunk::<3>();
        if last_of_word.is_some() && tail.last_chunk::<3>() != last_of_word {
            return false;
        }
        tail.ends_with(word)
            && match starts {
                Anywhere => self.starts_at(word.len()) || !self.breaks_early(word.len()),
                AtSegment => self.starts_at(word.len()),
                Alone => tail.len() == word.len(),
            }
    }

    fn starts_at(&self, bytes_before_end: usize) -> bool {
        self.starts & (1 << bytes_before_end) != 0
    }

    /// Whether a word of this length, which starts within a segment, has fewer than three letters
    /// in it: in `http_wd` stands no `pwd`.
    fn breaks_early(&self, word_length: usize) -> bool {
        let starts_within = self.starts & ((1 << word_length) - 2);
        let first_start = starts_within.checked_ilog2();
        first_start.is_some_and(|start| word_length - start as usize <= 2)
    }

    /// Cuts trailing digits or one modifier off. Tells whether there was any, with something
    /// before it.
    fn strip_modifier(&mut self) -> bool {
        let digits = self.bytes().iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let modifier = MODIFIERS.iter().find(|word| self.ends_in(word, AtSegment));
        let cut = match modifier {
            Some(word) => word.len(),
            // An index (`password[117]`) may have any length.
            None if digits <= 2 || self.starts & (1 << digits) != 0 => digits,
            None => 0,
        };
        if cut == 0 || cut == self.length {
            return false;
        }
        self.buffer.rotate_right(cut);
        self.length -= cut;
        self.starts >>= cut;
        true
    }
}

/// `aB`, `ABc` (before `Bc`) and `a1B`, but not `1a` nor `AB`.
fn is_camel_boundary(byte: u8, right: u8, right_of_right: u8) -> bool {
    right.is_ascii_uppercase()
        && (!byte.is_ascii_uppercase() || right_of_right.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: &str = r#"
        password Password PASSWORD db_password dbPassword DB_PASSWORD DB.PASSWORD db-password
        db.user.password user[password] user["password"] pgpassword PGPASSWORD password2
        password_confirmation newPassword passwordHash password_hash password_value
        passwordPlain PasswordEncrypted passwd pwd Pwd userPwd passphrase keyPassphrase pass
        db_pass smtpPass DB_PASS requirepass secret clientSecret client_secret CLIENT-SECRET
        secretValue webhook.secret aws_secret_access_key secretAccessKey SecretAccessKey
        AWS_SECRET_ACCESS_KEY secret_key SECRET_KEY secretKey token authToken access_token
        accessToken refresh-token id_token csrfToken csrftoken x-vault-token
        X-Amz-Security-Token PRIVATE-TOKEN sessionToken botToken GITHUB_TOKEN accessTokens
        apiKey api_key apikey APIKey X-Api-Key x_api_key OPENAI_API_KEY apiKey1 privateKey
        private_key signing_key encryptionKey accountKey SharedAccessKey
        Ocp-Apim-Subscription-Key authorization Authorization Proxy-Authorization
        HTTP_AUTHORIZATION headers.authorization auth basic_auth cookie Cookie set-cookie
        Set-Cookie HTTP_COOKIE cookies PHPSESSID connect.sid credential credentials
        awsCredentials otp cvv ssn password[0] password[117] password= password… password)]}
        password? tokens.api_key! PASSWORD_OLD passwordNew new_password_again passwordCurrent
        repeat_password password_repeat
    "#;

    const NOT_SECRET: &str = "
        a id key keys name token_count tokenCount max_tokens maxTokens MAX_TOKENS tokens
        input_tokens total_tokens token_type tokenType token_url tokenizer tokenized
        token_expires_in tokenExpiry next_token nextToken NextPageToken pageToken
        continuation_token eos_token time_to_first_token cancellationToken password_changed_at
        passwordChanged password_policy password_length password_reset_url passwordless
        has_password_set secret_name secretName secret_id secretArn secretary secretion
        access_key_id accessKeyId AWS_ACCESS_KEY_ID api_key_id apiKeyName keyboard monkey hockey
        turkey key_name sort_key sortKey partition_key partitionKey primary_key primaryKey
        foreign_key public_key publicKey cache_key routing_key routingKey object_key s3_key
        key_id kms_key idempotency_key author authors authority authenticated auth_ms auth_type
        authMethod oauth require_auth compass bypass encompass first_pass passed passenger
        passage cookie_count cookieDomain cookie_name cookieconsent credential_id credentialType
        spin pinned shipping pin_count hotplug adopt PWD OLDPWD message level timestamp trace_id
        session_id sessionId user_name version environment old new again repeat current
        is_new token_count_new password_policy_current threshold http_wd http.W.d
    ";

    #[test]
    fn secret_names() {
        let names = SecretNames::default();
        let missed: Vec<_> =
            SECRET.split_whitespace().filter(|name| !names.is_secret(name)).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn other_names() {
        let names = SecretNames::default();
        let taken: Vec<_> =
            NOT_SECRET.split_whitespace().filter(|name| names.is_secret(name)).collect();
        assert!(taken.is_empty(), "{taken:?}");
    }

    #[test]
    fn the_short_cut_agrees_with_the_tables() {
        for (word, _) in WORDS {
            assert!(SecretNames::default().is_secret(word) || word == "pwd", "{word}");
            for modifier in MODIFIERS {
                let name = format!("{word}_{modifier}");
                assert!(SecretNames::default().is_secret(&name), "{name}");
            }
            let name = format!("{}2", word.to_ascii_uppercase());
            assert!(SecretNames::default().is_secret(&name), "{name}");
        }
    }

    #[test]
    fn tables_are_folded_and_fit() {
        let words = WORDS.iter().chain(&EXCEPTIONS).map(|(word, _)| *word).chain(MODIFIERS);
        for word in words {
            assert_eq!(Tail::fold(word).text(), word);
            assert!(word.len() < TAIL / 2 + 2, "{word}");
        }
    }

    #[test]
    fn configured_names() {
        let names = SecretNames::new(&["x-internal-id".to_owned(), "kundennummer".to_owned()]);
        for name in
            ["xInternalId", "X-INTERNAL-ID", "req.x_internal_id", "Kundennummer", "password"]
        {
            assert!(names.is_secret(name), "{name}");
        }
        for name in ["internal_id", "maxInternalId", "kundennummern", "id"] {
            assert!(!names.is_secret(name), "{name}");
        }
    }

    #[test]
    fn odd_names_are_survived() {
        let names = SecretNames::default();
        assert!(names.is_secret(&format!("{}_password", "x".repeat(100))));
        assert!(!names.is_secret(&"password".repeat(1000)));
        assert!(!names.is_secret("密码"));
        assert!(names.is_secret("密码_password"));
        assert!(names.is_secret("password\n"));
        assert!(!names.is_secret("x [REDACTED:assigned-secret]"));
        assert!(names.is_secret("[REDACTED:assigned-secret]password"));
        assert!(!names.is_secret("]]]]"));
        assert!(!names.is_secret(""));
    }

    #[test]
    fn a_key_is_joined_to_its_parents() {
        let names = SecretNames::default();
        let is_secret_below =
            |parent: &str, key: &str| names.is_secret_below(KeyPath::TOP.below(parent), key);
        for (parent, key) in [
            ("api", "key"),
            ("private", "Key"),
            ("connect", "sid"),
            ("aws.access", "key"),
            ("security", "code"),
        ] {
            assert!(is_secret_below(parent, key) && !names.is_secret(key), "{parent} {key}");
        }
        for (parent, key) in
            [("primary", "key"), ("sort", "key"), ("mon", "key"), ("key", "api"), ("x", "value")]
        {
            assert!(!is_secret_below(parent, key), "{parent} {key}");
        }
        assert!(!names.is_secret_below(KeyPath::TOP, "key"));
    }

    #[test]
    fn a_name_may_be_spread_over_many_keys() {
        let names = SecretNames::new(&["badge_no".to_owned()]);
        for (outer, inner, key) in [
            ("x", "amz", "signature"),
            ("c", "V", "v"),
            ("aws", "access", "key"),
            ("a", "p", "in"),
            ("staff", "badge", "no"),
            ("old", "badge", "no"),
        ] {
            let top = KeyPath::TOP;
            let outer = top.below(outer);
            assert!(names.is_secret_below(outer.below(inner), key), "{inner} {key}");
        }
        let top = KeyPath::TOP;
        let outer = top.below("amz");
        assert!(!names.is_secret_below(outer.below("x"), "signature"));
    }

    #[test]
    fn bare_words_and_passwords() {
        assert!(is_bare_word("password") && is_bare_word("api_key"));
        assert!(!is_bare_word("hunter2") && !is_bare_word("db_password"));
        for name in ["password", "db.pass", "Pwd", "password_new"] {
            assert!(is_password_name(name), "{name}");
        }
        for name in ["token", "secret", "password_token", ""] {
            assert!(!is_password_name(name), "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]

        /// What the tables accept, the short cut before them accepts too.
        #[test]
        fn the_short_cut_refuses_no_secret_name(
            head in "[a-zA-Z_. é]{0,6}",
            word in proptest::sample::select(&WORDS[..]),
            modifier in proptest::option::of(proptest::sample::select(&MODIFIERS[..])),
            separator in "[_.\\-\\[é]{0,2}",
            tail in "[0-9_=\\]\"\\n…!é -]{0,6}",
            inner in "[_ é]{0,1}",
        ) {
            // A separator may stand within a word as well.
            let (first, last) = word.0.split_at(word.0.len() - 2);
            let modifier = modifier.unwrap_or_default();
            let key = format!("{head}{first}{inner}{last}{separator}{modifier}{tail}");
            prop_assert!(!ends_in_secret_word(&key) || may_end_in_word(&key), "{key}");
        }
    }
}
