//! What is installed: the files below `opensearch/`, which are written for the default prefix,
//! for another prefix, another age and another version.

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::engine::{Distribution, Engine};
use super::target::Target;

const COMPONENT_TEMPLATE: &str = include_str!("../../../../opensearch/component-template.json");
const INDEX_TEMPLATE: &str = include_str!("../../../../opensearch/index-template.json");
const ELASTICSEARCH_INDEX_TEMPLATE: &str =
    include_str!("../../../../opensearch/elasticsearch/index-template.json");
const INGEST_PIPELINE: &str = include_str!("../../../../opensearch/ingest-pipeline.json");
const ISM_POLICY: &str = include_str!("../../../../opensearch/ism-policy.json");
const ILM_POLICY: &str = include_str!("../../../../opensearch/elasticsearch/ilm-policy.json");
const SAVED_OBJECTS: &str = include_str!("../../../../opensearch/dashboards.ndjson");

/// The prefix for which the files are written.
const SHIPPED_NAME: &str = "logs";

/// Since when Elasticsearch can leave fields beyond the limit unmapped.
const IGNORES_FIELDS_SINCE: (u64, u64) = (8, 14);

/// The name of the component template, which serves every prefix.
pub(super) const COMPONENT: &str = "nozzle";

pub(super) fn component_template() -> Value {
    read(COMPONENT_TEMPLATE)
}

/// The index template; `names_policy` says whether it names one, which only Elasticsearch's does.
pub(super) fn index_template(target: &Target, engine: &Engine, names_policy: bool) -> Value {
    let mut template = read(match engine.distribution {
        Distribution::OpenSearch => INDEX_TEMPLATE,
        Distribution::Elasticsearch => ELASTICSEARCH_INDEX_TEMPLATE,
    });
    set(&mut template, "/index_patterns", json!(target.index_patterns()));
    set(&mut template, "/template/settings/index/default_pipeline", json!(target.resource()));
    if engine.distribution == Distribution::Elasticsearch {
        set(&mut template, "/template/settings/index/lifecycle/name", json!(target.resource()));
        if !names_policy {
            remove(&mut template, "/template/settings/index", "lifecycle");
        }
        if engine.version < IGNORES_FIELDS_SINCE {
            let total_fields = "/template/settings/index/mapping/total_fields";
            remove(&mut template, total_fields, "ignore_dynamic_beyond_limit");
        }
    }
    template
}

pub(super) fn ingest_pipeline(target: &Target) -> Value {
    let mut pipeline = read(INGEST_PIPELINE);
    let pattern = pipeline.pointer_mut("/processors/0/grok/pattern_definitions/INDEX");
    if let Some(Value::String(pattern)) = pattern {
        let name = target.name();
        let separator = target.beginning().strip_prefix(name).unwrap_or_default();
        let own = format!("\\A{}(?:{}", literal(name), literal(separator));
        *pattern = pattern.replacen(&format!("\\A{SHIPPED_NAME}(?:-"), &own, 1);
    }
    pipeline
}

/// A pattern for `text` itself. A hyphen is one, outside of brackets.
fn literal(text: &str) -> String {
    regex::escape(text).replace(r"\-", "-")
}

/// `OpenSearch`'s policy.
pub(super) fn ism_policy(target: &Target, keep_days: u32) -> Value {
    let mut policy = read(ISM_POLICY);
    let age = json!(format!("{keep_days}d"));
    set(&mut policy, "/policy/states/0/transitions/0/conditions/min_index_age", age);
    set(&mut policy, "/policy/ism_template/0/index_patterns", json!(target.index_patterns()));
    policy
}

/// Elasticsearch's policy.
pub(super) fn ilm_policy(keep_days: u32) -> Value {
    let mut policy = read(ILM_POLICY);
    set(&mut policy, "/policy/phases/delete/min_age", json!(format!("{keep_days}d")));
    policy
}

/// The id of the dashboard.
pub(super) fn dashboard_id(target: &Target) -> String {
    format!("{}-dashboard", target.resource())
}

/// The dashboard and all that it shows, one object in each line.
pub(super) struct SavedObjects {
    /// The lines.
    pub text: String,
    /// What tells this state of them from others. It stands in the dashboard's description.
    pub revision: String,
}

pub(super) fn saved_objects(target: &Target) -> SavedObjects {
    // Ids, titles and the pattern are the only places in which the name stands.
    let text = SAVED_OBJECTS
        .replace(&format!("nozzle-{SHIPPED_NAME}"), &target.resource())
        .replace(&format!("Nozzle: {SHIPPED_NAME}"), &format!("Nozzle: {}", target.name()))
        .replace(&format!("\"{SHIPPED_NAME}-*\""), &format!("\"{}\"", target.searched()));
    let revision = format!("(revision {:016x})", xxh3_64(text.as_bytes()));
    let dashboard = json!(dashboard_id(target));
    let lines = text.lines().map(|line| {
        let mut object = read(line);
        if object.get("id") == Some(&dashboard)
            && let Some(Value::String(description)) = object.pointer_mut("/attributes/description")
        {
            description.push(' ');
            description.push_str(&revision);
        }
        format!("{object}\n")
    });
    SavedObjects { text: lines.collect(), revision }
}

/// The files for a person, with their places in the folder.
pub(super) fn all_files(target: &Target, keep_days: u32) -> Vec<(&'static str, String)> {
    let template = |distribution| {
        // The newest there is, because nobody can be asked.
        let engine = Engine { distribution, version: (u64::MAX, 0), ..Engine::default() };
        pretty(&index_template(target, &engine, true))
    };
    vec![
        ("component-template.json", pretty(&component_template())),
        ("ingest-pipeline.json", pretty(&ingest_pipeline(target))),
        ("ism-policy.json", pretty(&ism_policy(target, keep_days))),
        ("index-template.json", template(Distribution::OpenSearch)),
        ("elasticsearch/ilm-policy.json", pretty(&ilm_policy(keep_days))),
        ("elasticsearch/index-template.json", template(Distribution::Elasticsearch)),
        ("dashboards.ndjson", saved_objects(target).text),
    ]
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// The files are part of the program, and tests read each of them.
fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn set(within: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = within.pointer_mut(pointer) {
        *place = value;
    }
}

fn remove(within: &mut Value, pointer: &str, key: &str) {
    if let Some(Value::Object(object)) = within.pointer_mut(pointer) {
        object.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use nozzle::index::Rotation;

    use super::*;

    fn target(prefix: &str) -> Target {
        Target::of(prefix, Rotation::Day).unwrap()
    }

    #[test]
    fn the_default_is_what_is_shipped() {
        let shipped: [(&str, &str); 6] = [
            ("component-template.json", COMPONENT_TEMPLATE),
            ("ingest-pipeline.json", INGEST_PIPELINE),
            ("ism-policy.json", ISM_POLICY),
            ("index-template.json", INDEX_TEMPLATE),
            ("elasticsearch/ilm-policy.json", ILM_POLICY),
            ("elasticsearch/index-template.json", ELASTICSEARCH_INDEX_TEMPLATE),
        ];
        for (name, text) in shipped {
            let files = all_files(&target("logs"), 30);
            let (_, written) = files.iter().find(|(file, _)| *file == name).unwrap();
            assert_eq!(read(written), serde_json::from_str::<Value>(text).unwrap(), "{name}");
        }
    }

    #[test]
    fn another_prefix_and_age_leave_nothing_of_the_default() {
        for (name, text) in all_files(&target("app{service}"), 7) {
            for rest in ["\"logs", "-logs", ": logs", "logs-"] {
                assert!(!text.contains(rest), "{name}: {rest}");
            }
            assert!(!text.contains("30d"), "{name}");
            assert_eq!(text.contains("7d"), name.ends_with("policy.json"), "{name}");
        }
    }

    #[test]
    fn the_pipeline_takes_documents_to_indices_of_the_prefix_alone() {
        for (prefix, own, others) in [
            ("logs", &["logs", "logs-2020-05-11"][..], &["logs2-2020-05-11", "xlogs", "logs-"][..]),
            ("a.b", &["a.b-2020-05-11"], &["aXb-2020-05-11"]),
            ("app{service}", &["appcart-2020-05-11", "app"], &["ap", "xapp"]),
            ("team-a_{service}", &["team-a_cart-2020-w05"], &["team-a-cart", "team-b_x"]),
        ] {
            let pipeline = ingest_pipeline(&target(prefix));
            let pattern = &pipeline["processors"][0]["grok"]["pattern_definitions"]["INDEX"];
            // The same in the dialect of this crate.
            let pattern = pattern.as_str().unwrap().replace("\\p{Upper}", "\\p{Lu}");
            let pattern = regex::Regex::new(&pattern).unwrap();
            for index in own {
                assert!(pattern.is_match(index), "{prefix}: {index}");
            }
            for index in others.iter().chain(&["", "logs\nx", "logs-A", "logs-a/b"]) {
                assert!(!pattern.is_match(index), "{prefix}: {index}");
            }
        }
    }

    #[test]
    fn old_engines_are_not_asked_for_what_they_do_not_know() {
        let engine = |version| Engine {
            distribution: Distribution::Elasticsearch,
            version,
            ..Engine::default()
        };
        let template = index_template(&target("logs"), &engine((8, 13)), false);
        assert!(!template.to_string().contains("ignore_dynamic_beyond_limit"));
        assert!(!template.to_string().contains("lifecycle"));
        let template = index_template(&target("logs"), &engine((8, 14)), true);
        assert!(template.to_string().contains("ignore_dynamic_beyond_limit"));
        assert!(template.to_string().contains("lifecycle"));
    }

    #[test]
    fn the_dashboard_tells_its_revision() {
        let (logs, app) = (saved_objects(&target("logs")), saved_objects(&target("app")));
        assert_ne!(logs.revision, app.revision);
        assert_eq!(logs.text.matches(&logs.revision).count(), 1);
        let line = logs.text.lines().find(|line| line.contains(&logs.revision)).unwrap();
        assert_eq!(read(line)["id"], dashboard_id(&target("logs")));
    }
}
