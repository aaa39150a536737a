//! GitLab.

use super::{Anchor, Rule, RuleSet};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "gitlab-token",
    title: "GitLab personal, deploy, runner, trigger, feed or job token",
    set: RuleSet::Secrets,
    anchor: Anchor::Keywords(&[
        "glpat-", "gldt-", "glrt-", "glptt-", "glft-", "glcbt-", "glimt-", "glagent-", "gloas-",
        "glsoat-",
    ]),
    pattern: r"\b(?P<secret>gl(?:pat|dt|rt|ptt|ft|cbt|imt|agent|oas|soat)-[A-Za-z0-9_.=-]{19,}[A-Za-z0-9_=])",
    checks: &[],
    examples: &[
        "PRIVATE-TOKEN was «glpat-207HbicBTW5ZE9LFaez7»",
        "deploy «gldt-2D6cYgojjHRg80USP2W5», runner «glrt-PT9uiOqHOBSWhgetH8Lm»",
        "trigger «glptt-7f5f0d9106fd287db7f1adbc60926f6967e7893f».",
    ],
    near_misses: &["glpat-short", "glpat- is the prefix", "oglrt-notatokenatall"],
}];
