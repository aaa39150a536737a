//! The name that somebody may have meant.

/// The candidate that is nearest to `name`, when it is near enough to have been meant.
pub(super) fn nearest<C: AsRef<str>>(name: &str, candidates: impl Iterator<Item = C>) -> Option<C> {
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate.as_ref()), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= name.len() / 3)
        .map(|(_, candidate)| candidate)
}
