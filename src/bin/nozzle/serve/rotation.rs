//! How often a new index begins, in the words of the command line and of Firehose.

use clap::ValueEnum;
use jiff::Timestamp;
use nozzle::index::{Rotation, push_suffix};

/// How often a new index begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Period {
    /// Each hour
    Hour,
    /// Each day
    Day,
    /// Each week
    Week,
    /// Each month
    Month,
    /// Never
    None,
}

impl Period {
    /// Reads Firehose's `IndexRotationPeriod`.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::value_variants().iter().copied().find(|period| period.name() == name)
    }

    /// Firehose's name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Hour => "OneHour",
            Self::Day => "OneDay",
            Self::Week => "OneWeek",
            Self::Month => "OneMonth",
            Self::None => "NoRotation",
        }
    }

    /// The index of a document that arrived then.
    pub(super) fn index(self, prefix: &str, arrived: Timestamp) -> String {
        let mut name = prefix.to_owned();
        push_suffix(&mut name, self.rotation(), arrived);
        name
    }

    /// The library's name.
    pub(super) const fn rotation(self) -> Rotation {
        match self {
            Self::Hour => Rotation::Hour,
            Self::Day => Rotation::Day,
            Self::Week => Rotation::Week,
            Self::Month => Rotation::Month,
            Self::None => Rotation::None,
        }
    }

    /// The period of the library's name.
    pub(super) fn of(rotation: Rotation) -> Self {
        let periods = Self::value_variants().iter().copied();
        periods.into_iter().find(|period| period.rotation() == rotation).unwrap_or(Self::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_named_by_arrival() {
        let arrived: Timestamp = "2026-12-01T02:59:59Z".parse().unwrap();
        for (name, expected) in [
            ("OneHour", "logs-2026-12-01-02"),
            ("OneDay", "logs-2026-12-01"),
            ("OneWeek", "logs-2026-w49"),
            ("OneMonth", "logs-2026-12"),
            ("NoRotation", "logs"),
        ] {
            assert_eq!(Period::parse(name).unwrap().index("logs", arrived), expected);
        }
        assert_eq!(Period::parse("OneYear"), None);
        for period in Period::value_variants() {
            assert_eq!(Period::of(period.rotation()), *period);
        }
    }
}
