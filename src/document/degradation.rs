//! The ways in which a document can be less than it should be, each with the sentence that an
//! operator reads in `event.reason`.

/// Why a document is degraded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degradation {
    /// The payload was not UTF-8.
    InvalidUtf8,
    /// The payload began like JSON and was not.
    BrokenJson,
    /// Neither the log nor the record states a time.
    NoTime,
    /// The log's own time cannot be true.
    ImplausibleTime,
    /// A value was longer than its field may be.
    CutValue,
    /// The fields that have no place of their own were too long to be kept whole.
    CutOriginalFields,
    /// There was no room for the whole traceback.
    ShortenedTraceback,
    /// The index has as many label names as it should have.
    TooManyLabelNames,
}

impl Degradation {
    const ALL: [Self; 8] = [
        Self::InvalidUtf8,
        Self::BrokenJson,
        Self::NoTime,
        Self::ImplausibleTime,
        Self::CutValue,
        Self::CutOriginalFields,
        Self::ShortenedTraceback,
        Self::TooManyLabelNames,
    ];

    /// One plain sentence for the operator.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::InvalidUtf8 => "The record held bytes that are not UTF-8; each became U+FFFD.",
            Self::BrokenJson => {
                "The record began like a JSON object but was not one; it was kept as text."
            }
            Self::NoTime => "Neither the log nor the record states a time that can be true.",
            Self::ImplausibleTime => {
                "The log's own time lies before 2000 or more than a day after its arrival; the arrival stands in its place."
            }
            Self::CutValue => "A value was longer than its field may be and was cut.",
            Self::CutOriginalFields => "event.original_fields was too long and was cut.",
            Self::ShortenedTraceback => {
                "The response had no room for the whole traceback, which was shortened."
            }
            Self::TooManyLabelNames => {
                "The index has too many label names already; new ones stand in event.original_fields."
            }
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The set of a document's degradations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Degradations(u8);

impl Degradations {
    /// Adds one.
    pub fn insert(&mut self, degradation: Degradation) {
        self.0 |= degradation.bit();
    }

    /// Takes one back.
    pub fn remove(&mut self, degradation: Degradation) {
        self.0 &= !degradation.bit();
    }

    /// Whether the document is as it should be.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The sentences, one after another.
    #[must_use]
    pub fn reason(self) -> String {
        let sentences: Vec<&str> = Degradation::ALL
            .into_iter()
            .filter(|degradation| self.0 & degradation.bit() != 0)
            .map(Degradation::sentence)
            .collect();
        sentences.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_degradation_is_told_once() {
        for degradation in Degradation::ALL {
            let mut set = Degradations::default();
            set.insert(degradation);
            set.insert(degradation);
            assert_eq!(set.reason(), degradation.sentence());
        }
        let mut all = Degradations::default();
        assert!(all.is_empty());
        for degradation in Degradation::ALL {
            all.insert(degradation);
        }
        assert_eq!(all.reason().matches(". ").count(), Degradation::ALL.len() - 1);
    }
}
