//! Takes from names what compilers and runtimes number anew: the same function has another such
//! name after the next build, or in the next process.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::literals::Literals;

/// Whether a character belongs to what is numbered anew.
type IsNumber = fn(char) -> bool;

/// What follows each of these texts differs from run to run, as far as its characters go.
const MARKS: &[(&str, IsNumber)] = &[
    // Java: classes of lambdas, with their addresses.
    ("$$Lambda", |c| c.is_ascii_hexdigit() || matches!(c, '$' | '/' | 'x')),
    // Java: proxies and what Spring, Guice, Hibernate and Mockito make at run time.
    ("$Proxy", |c| c.is_ascii_digit()),
    ("CGLIB$$", |c| c.is_ascii_hexdigit()),
    ("ByGuice$$", |c| c.is_ascii_hexdigit()),
    ("$HibernateProxy$", char::is_alphanumeric),
    ("$MockitoMock$", |c| c.is_ascii_digit()),
    ("$ByteBuddy$", char::is_alphanumeric),
    ("GeneratedMethodAccessor", |c| c.is_ascii_digit()),
    ("GeneratedConstructorAccessor", |c| c.is_ascii_digit()),
    // .NET: lambdas, their classes, local functions and the machines of async methods.
    (">b__", |c| c.is_ascii_digit() || c == '_'),
    (">m__", |c| c.is_ascii_hexdigit()),
    (">d__", |c| c.is_ascii_digit()),
    (">c__Iterator", |c| c.is_ascii_hexdigit()),
    (">c__async", |c| c.is_ascii_hexdigit()),
    (">c__DisplayClass", |c| c.is_ascii_digit() || c == '_'),
];

/// Beginnings of names of functions that end with a number, `lambda$main$0`.
const NUMBERED: &[&str] = &["lambda$", "$anonfun$"];

/// What names the local functions of C#: `<Main>g__Load|0_0`.
const LOCAL_FUNCTION: &str = ">g__";

/// All of the above. A name that holds none of them is not numbered.
static ALL_MARKS: LazyLock<Literals> = LazyLock::new(|| {
    let marks = MARKS.iter().map(|&(mark, _)| mark);
    Literals::new(marks.chain(NUMBERED.iter().copied()).chain([LOCAL_FUNCTION]))
});

/// `name` without what is numbered anew.
pub(super) fn stable(name: &str) -> Cow<'_, str> {
    if !ALL_MARKS.any_in(name) {
        return Cow::Borrowed(name);
    }
    let mut stable = Cow::Borrowed(name);
    for &(mark, is_number) in MARKS {
        if stable.contains(mark) {
            let mut parts = stable.split(mark);
            let mut without = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                without.push_str(mark);
                without.push_str(part.trim_start_matches(is_number));
            }
            stable = Cow::Owned(without);
        }
    }
    if let Some((function, number)) = stable.rsplit_once('|')
        && function.contains(LOCAL_FUNCTION)
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
    {
        stable = Cow::Owned(function.to_owned());
    }
    if NUMBERED.iter().any(|start| stable.starts_with(start)) {
        let bare =
            stable.trim_end_matches("$adapted").trim_end_matches(|c: char| c.is_ascii_digit());
        if bare.len() < stable.len() {
            stable = Cow::Owned(bare.to_owned());
        }
    }
    stable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let table = [
            ("a.B$$Lambda$14/0x0000000800066840", "a.B$$Lambda"),
            ("a.B$$Lambda/0x00007f4060000a08", "a.B$$Lambda"),
            ("a.B$$Lambda$1/1234", "a.B$$Lambda"),
            ("$Proxy12", "$Proxy"),
            ("jdk.proxy2.$Proxy30", "jdk.proxy2.$Proxy"),
            ("a.B$$EnhancerBySpringCGLIB$$1a2b", "a.B$$EnhancerBySpringCGLIB$$"),
            ("a.B$$SpringCGLIB$$0", "a.B$$SpringCGLIB$$"),
            ("a.B$HibernateProxy$xY3", "a.B$HibernateProxy$"),
            ("a.GeneratedMethodAccessor123", "a.GeneratedMethodAccessor"),
            ("lambda$main$0", "lambda$main$"),
            ("$anonfun$main$1", "$anonfun$main$"),
            ("$anonfun$main$1$adapted", "$anonfun$main$"),
            ("<Main>b__0_0", "<Main>b__"),
            ("<Main>m__0", "<Main>m__"),
            ("A.<>c__DisplayClass1_0", "A.<>c__DisplayClass"),
            ("A.<RunAsync>d__3", "A.<RunAsync>d__"),
            ("A.<<Run>b__0>d", "A.<<Run>b__>d"),
            ("<Main>g__Load|0_0", "<Main>g__Load"),
        ];
        for (name, expected) in table {
            assert_eq!(stable(name), expected, "{name}");
        }
    }

    #[test]
    fn other_names_are_borrowed() {
        for name in ["a.B", "a.B$1", "main", "main2", "<init>", "lambda", "a|1", "", "größe"] {
            assert!(matches!(stable(name), Cow::Borrowed(same) if same == name), "{name}");
        }
    }
}
