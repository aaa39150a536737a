//! Reads the members of an exception group.
//!
//! ```text
//!   +-+---------------- 1 ----------------
//!     | ValueError: bad cron line
//!     +---------------- 2 ----------------
//!     | OSError: [Errno 28] No space left on device
//!     +------------------------------------
//! ```
//!
//! Python prints the closing line once for a group that ends with a group, at the inner depth.

use super::chain::Chain;
use super::parser::{Parser, without_indent};

/// How deep groups may nest. Python itself stops at 10.
const MAX_DEPTH: usize = 12;

/// A line between members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// A member follows, or a line that says how many more there were.
    Member,
    /// The group ends.
    Close,
}

impl<'a> Parser<'a> {
    /// Reads the members of the group whose own lines stand at `depth`; none if it has none.
    pub(super) fn members(&mut self, depth: usize) -> Vec<Chain<'a>> {
        let mut members = Vec::new();
        if !self.peek(0).is_some_and(|line| is_opening(line, depth)) {
            return members;
        }
        self.reader.take();
        self.group_closed = false;
        let inner = depth + 1;
        loop {
            let member = if inner < MAX_DEPTH { self.chain(inner) } else { None };
            self.reader.truncated |= member.is_none();
            members.extend(member);
            // What could not be read: members left out by Python, or groups too deep.
            while self.peek(inner).is_some() {
                self.reader.truncated = true;
                self.reader.take();
            }
            match self.peek(0).and_then(|line| separator(line, inner)) {
                Some(Separator::Close) => {
                    self.reader.take();
                    self.group_closed = true;
                    break;
                }
                Some(_) => {
                    self.reader.take();
                    self.group_closed = false;
                }
                None => {
                    self.reader.truncated |= !self.group_closed;
                    break;
                }
            }
        }
        members
    }
}

/// Whether `line` opens the members of a group at `depth`.
fn is_opening(line: &str, depth: usize) -> bool {
    let rule = without_indent(line, depth).and_then(|line| line.strip_prefix("+-"));
    rule.and_then(of_rule) == Some(Separator::Member)
}

/// Reads the separator of members whose lines stand at `depth`.
fn separator(line: &str, depth: usize) -> Option<Separator> {
    without_indent(line, depth).and_then(of_rule)
}

/// Reads `+---------------- 1 ----------------`.
fn of_rule(rule: &str) -> Option<Separator> {
    let rule = rule.trim_end().strip_prefix("+----")?;
    match rule.trim_matches('-') {
        "" => Some(Separator::Close),
        " ... " => Some(Separator::Member),
        label => label.trim().parse::<u32>().is_ok().then_some(Separator::Member),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators() {
        assert!(is_opening("  +-+---------------- 1 ----------------", 1));
        assert!(!is_opening("  +-+---------------- 1 ----------------", 2));
        assert!(!is_opening("  +------------------------------------", 1));
        let table = [
            ("    +---------------- 2 ----------------", Some(Separator::Member)),
            ("    +---------------- ... ----------------", Some(Separator::Member)),
            ("    +------------------------------------", Some(Separator::Close)),
            ("    +---------------- x ----------------", None),
            ("    +- 2 -", None),
            ("      +------------------------------------", None),
            ("    | x", None),
        ];
        for (line, expected) in table {
            assert_eq!(separator(line, 2), expected, "{line}");
        }
    }
}
