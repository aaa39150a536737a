//! A finding: one secret in one string, as the rule that claims it and the bytes it covers.

use std::ops::Range;

/// Which rule made a finding: its id, and its rank in the detector's table.
///
/// Ranks order rules from the most specific to the most general, so the lesser rank gives its
/// name to a secret that two rules claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleId<'d> {
    rank: u16,
    id: &'d str,
}

impl<'d> RuleId<'d> {
    pub(super) fn new(rank: u16, id: &'d str) -> Self {
        Self { rank, id }
    }

    /// The rule's kebab-case name, as it stands in markers and counters.
    #[must_use]
    pub fn id(self) -> &'d str {
        self.id
    }
}

/// One secret in one string, found by a detector with the lifetime `'d`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<'d> {
    /// The most specific rule that claims any part of the span.
    pub rule: RuleId<'d>,
    /// The secret's bytes; both ends are character boundaries of the scanned string.
    pub span: Range<usize>,
}

/// Sorts `findings` by position and joins those that overlap.
///
/// A joined finding covers the union, so that no part of either claim is left standing, and is
/// named by the more specific rule.
pub(super) fn resolve_overlaps(findings: &mut Vec<Finding<'_>>) {
    findings.sort_unstable_by_key(|finding| (finding.span.start, finding.rule));
    findings.dedup_by(|next, kept| {
        let overlaps = next.span.start < kept.span.end;
        if overlaps {
            kept.span.end = kept.span.end.max(next.span.end);
            kept.rule = kept.rule.min(next.rule);
        }
        overlaps
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rank: u16, span: Range<usize>) -> Finding<'static> {
        Finding { rule: RuleId::new(rank, "rule"), span }
    }

    fn resolved(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
        resolve_overlaps(&mut findings);
        findings
    }

    #[test]
    fn the_specific_rule_names_and_the_union_is_covered() {
        assert_eq!(resolved(vec![finding(9, 4..20), finding(2, 6..12)]), [finding(2, 4..20)]);
        assert_eq!(
            resolved(vec![finding(9, 6..12), finding(2, 4..8), finding(5, 11..15)]),
            [finding(2, 4..15)]
        );
    }

    #[test]
    fn neighbours_stay_apart_and_are_sorted() {
        assert_eq!(
            resolved(vec![finding(1, 8..9), finding(3, 0..4), finding(2, 4..8)]),
            [finding(3, 0..4), finding(2, 4..8), finding(1, 8..9)]
        );
    }
}
