//! What keeps a template from doing its work although it is installed.

use serde_json::Value;

use super::target::{Target, is_match};
use crate::client::{Client, RequestError, encode_path};
use crate::pretty::printable;

/// The priority of Nozzle's template.
const PRIORITY: u64 = 200;
/// How many names a warning tells.
const MOST_NAMES: usize = 3;

/// One sentence for each thing that a person should know.
pub(super) fn look(client: &Client, target: &Target) -> Result<Vec<String>, RequestError> {
    let sentences = [stronger_templates(client, target)?, older_indices(client, target)?];
    Ok(sentences.into_iter().flatten().collect())
}

/// What to say when the delivery stream's own indices are not among the template's.
pub(super) fn of_stream(target: &Target, index_name: &str) -> Option<String> {
    let dated = format!("{index_name}-2020-05-11");
    if target.holds(&dated) || target.holds(index_name) {
        return None;
    }
    Some(format!(
        "the delivery stream's index {index_name} does not match {}: its documents meet neither template nor pipeline; let its IndexName begin with {}",
        target.index_patterns().join(" or "),
        target.beginning()
    ))
}

fn stronger_templates(client: &Client, target: &Target) -> Result<Option<String>, RequestError> {
    let answer = client.accepted(client.get("/_index_template")?)?;
    let templates = answer.body.get("index_templates").and_then(Value::as_array);
    let (own, sample) = (target.resource(), target.sample());
    let stronger = templates.into_iter().flatten().filter_map(|template| {
        let name = template.get("name")?.as_str()?;
        let priority = template.pointer("/index_template/priority").and_then(Value::as_u64);
        let patterns = template.pointer("/index_template/index_patterns")?;
        let is_stronger = name != own
            && priority.unwrap_or_default() >= PRIORITY
            && texts(patterns).any(|pattern| is_match(pattern, &sample));
        is_stronger.then_some(name)
    });
    let names: Vec<&str> = stronger.collect();
    Ok((!names.is_empty()).then(|| {
        format!(
            "{} also matches {sample} with a priority of {PRIORITY} or more, and takes the place of {own}: lower its priority or change its pattern",
            listed(&names)
        )
    }))
}

/// A pattern stands alone or in a list.
fn texts(patterns: &Value) -> impl Iterator<Item = &str> {
    let list = patterns.as_array().map(Vec::as_slice);
    list.unwrap_or(std::slice::from_ref(patterns)).iter().filter_map(Value::as_str)
}

fn older_indices(client: &Client, target: &Target) -> Result<Option<String>, RequestError> {
    let patterns: Vec<String> =
        target.index_patterns().iter().map(|pattern| encode_path(pattern)).collect();
    // Every index has a provided name, so that none is left out of the answer.
    let path = format!(
        "/{}/_settings/index.default_pipeline,index.provided_name?flat_settings=true&ignore_unavailable=true&allow_no_indices=true",
        patterns.join(",")
    );
    let answer = client.get(&path)?;
    if answer.is_absent() {
        return Ok(None);
    }
    let answer = client.accepted(answer)?;
    let pipeline = target.resource();
    let indices = answer.body.as_object().into_iter().flatten();
    let without: Vec<&str> = indices
        .filter(|(_, index)| {
            let settings = index.get("settings");
            let there = settings.and_then(|settings| settings.get("index.default_pipeline"));
            there.and_then(Value::as_str) != Some(&pipeline)
        })
        .map(|(name, _)| name.as_str())
        .collect();
    let Some(first) = without.first() else { return Ok(None) };
    Ok(Some(format!(
        "{} was made before the template and goes on without pipeline and policy; the next index has them, or write {{\"index.default_pipeline\": \"{pipeline}\"}} to {first}/_settings",
        listed(&without)
    )))
}

fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|name| printable(name)).collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
