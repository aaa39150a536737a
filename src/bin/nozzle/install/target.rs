//! For which indices the objects in the engine are, and what these are called.

use nozzle::index::{IndexPrefix, Rotation, legal_prefix};

/// What ends a word in the name of an index.
const SEPARATORS: [char; 4] = ['-', '_', '.', '+'];

/// The indices of one `NOZZLE_INDEX`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    name: String,
    beginning: String,
    has_dates: bool,
}

/// Why a prefix cannot be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PrefixFault {
    /// Something else than `{service}` and `{environment}` stands between braces.
    Braces,
    /// It begins with a brace, or with nothing that a name may begin with.
    Empty,
}

impl PrefixFault {
    /// The fault and the fix, for a person.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Braces => "braces hold {service} or {environment} and nothing else",
            Self::Empty => {
                "before the first brace stands no name, so that every index of the domain would be meant; begin with a word of your own, such as logs-{service}"
            }
        }
    }
}

impl Target {
    /// Reads a prefix as `NOZZLE_INDEX` states it.
    pub(super) fn of(prefix: &str, rotation: Rotation) -> Result<Self, PrefixFault> {
        if IndexPrefix::parse(prefix).is_none() {
            return Err(PrefixFault::Braces);
        }
        let (literal, has_braces) = match prefix.split_once('{') {
            Some((literal, _)) => (literal, true),
            None => (prefix, false),
        };
        if !literal.chars().any(char::is_alphanumeric) {
            return Err(PrefixFault::Empty);
        }
        let legal = legal_prefix(literal);
        let name = legal.trim_end_matches(SEPARATORS).to_owned();
        let beginning = if has_braces { legal } else { format!("{legal}-") };
        let has_dates = has_braces || rotation != Rotation::None;
        Ok(Self { name, beginning, has_dates })
    }

    /// The word by which a person knows it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What every index begins with, but for the one that is called as [`Target::name`].
    pub(super) fn beginning(&self) -> &str {
        &self.beginning
    }

    /// The name of its template, pipeline and policy, and of what is in the dashboards.
    pub(super) fn resource(&self) -> String {
        format!("nozzle-{}", self.name)
    }

    /// The patterns of its indices.
    pub(super) fn index_patterns(&self) -> Vec<String> {
        let pattern = format!("{}*", self.beginning);
        if self.beginning.ends_with(SEPARATORS) {
            vec![self.name.clone(), pattern]
        } else {
            vec![pattern]
        }
    }

    /// The one pattern that dashboards search.
    pub(super) fn searched(&self) -> String {
        if self.has_dates { format!("{}*", self.beginning) } else { self.name.clone() }
    }

    /// The name of an index as Nozzle gives it.
    pub(super) fn sample(&self) -> String {
        if self.has_dates { format!("{}2020-05-11", self.beginning) } else { self.name.clone() }
    }

    /// Whether an index of this name is one of them.
    pub(super) fn holds(&self, index: &str) -> bool {
        self.index_patterns().iter().any(|pattern| is_match(pattern, index))
    }
}

/// Whether a pattern, in which `*` stands for anything, matches a name. Linear in practice: of the
/// stars only the last is gone back to.
pub(super) fn is_match(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(prefix: &str) -> Vec<String> {
        Target::of(prefix, Rotation::Day).unwrap().index_patterns()
    }

    #[test]
    fn the_text_before_the_first_brace_decides() {
        assert_eq!(patterns("logs"), ["logs", "logs-*"]);
        assert_eq!(patterns("Team/Logs"), ["team-logs", "team-logs-*"]);
        assert_eq!(patterns("logs-{service}-{environment}"), ["logs", "logs-*"]);
        assert_eq!(patterns("app_{service}"), ["app", "app_*"]);
        assert_eq!(patterns("app{service}"), ["app*"]);
        for (prefix, fault) in [
            ("{service}-logs", PrefixFault::Empty),
            ("", PrefixFault::Empty),
            ("-_{service}", PrefixFault::Empty),
            ("logs-{index}", PrefixFault::Braces),
            ("logs}", PrefixFault::Braces),
        ] {
            assert_eq!(Target::of(prefix, Rotation::Day), Err(fault), "{prefix}");
        }
    }

    #[test]
    fn every_index_that_nozzle_names_is_one_of_them() {
        for prefix in ["logs", "logs-{service}", "app{service}", "a.{environment}_x", "Ä r"] {
            let target = Target::of(prefix, Rotation::Day).unwrap();
            for service in ["", "check/out", "-x"] {
                let filled = prefix.replace("{service}", service).replace("{environment}", service);
                for suffix in ["", "-2020-05-11", "-2020-w05"] {
                    let index = format!("{}{suffix}", legal_prefix(&filled));
                    assert!(target.holds(&index), "{prefix}: {index}");
                }
            }
            assert!(target.holds(&target.sample()));
            assert!(!target.holds("other-2020-05-11"));
        }
        assert!(!Target::of("logs", Rotation::Day).unwrap().holds("logs2-2020-05-11"));
    }

    #[test]
    fn without_dates_dashboards_search_the_index_itself() {
        assert_eq!(Target::of("logs", Rotation::None).unwrap().searched(), "logs");
        assert_eq!(Target::of("logs", Rotation::Week).unwrap().searched(), "logs-*");
        assert_eq!(Target::of("logs-{service}", Rotation::None).unwrap().searched(), "logs-*");
    }

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, name, expected) in [
            ("*", "", true),
            ("logs", "logs", true),
            ("logs", "logs-1", false),
            ("logs-*", "logs-", true),
            ("logs-*-*", "logs-2020", false),
            ("logs-*-*", "logs-2020-05-11", true),
            ("*-05-11", "logs-2020-05-11", true),
            ("l*s-*1", "logs-2020-05-11", true),
            ("l*s-*2", "logs-2020-05-11", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(is_match(pattern, name), expected, "{pattern} {name}");
        }
    }
}
