//! The shipped dashboard holds together, and asks for fields that documents have.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod saved_objects;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use saved_objects::{embedded, objects, query, searches, vis_state};
use serde_json::Value;

/// Up to which release each type of object is migrated: those are the last ones that
/// `OpenSearch` Dashboards knows, and Kibana migrates from there on.
const MIGRATED_TO: &[(&str, &str)] = &[
    ("dashboard", "7.9.3"),
    ("index-pattern", "7.6.0"),
    ("search", "7.9.3"),
    ("visualization", "7.10.0"),
];

/// The columns of a dashboard's grid.
const GRID_WIDTH: u64 = 48;

fn identity(object: &Value) -> (String, String) {
    let text = |key: &str| object[key].as_str().unwrap().to_owned();
    (text("type"), text("id"))
}

#[test]
fn ids_are_unique_and_carry_the_prefix() {
    let mut seen = BTreeSet::new();
    for object in objects() {
        let (kind, id) = identity(&object);
        assert!(id.starts_with("nozzle-logs-"), "{id}");
        assert!(MIGRATED_TO.iter().any(|row| row.0 == kind), "{kind}");
        assert!(seen.insert((kind, id.clone())), "{id} is there twice");
    }
}

#[test]
fn every_object_is_one_that_both_servers_take() {
    for object in objects() {
        let (kind, id) = identity(&object);
        let (_, version) = MIGRATED_TO.iter().find(|row| row.0 == kind).unwrap();
        assert_eq!(object["migrationVersion"][&kind], *version, "{id}");
        let title = object["attributes"]["title"].as_str().unwrap();
        assert_eq!(title.starts_with("Nozzle: logs"), kind != "index-pattern", "{title}");
        if kind == "visualization" {
            assert_eq!(vis_state(&object)["title"], title, "{id}");
            assert_eq!(object["attributes"]["uiStateJSON"], "{}");
        }
    }
}

#[test]
fn references_lead_to_objects_and_all_are_used() {
    let objects = objects();
    let all: BTreeSet<_> = objects.iter().map(identity).collect();
    for object in &objects {
        let id = &object["id"];
        let mut names = BTreeSet::new();
        for reference in object["references"].as_array().unwrap() {
            assert!(all.contains(&identity(reference)), "{id}: {reference}");
            names.insert(reference["name"].as_str().unwrap().to_owned());
        }
        let mut used = BTreeSet::new();
        if object["type"] != "index-pattern" {
            let source = embedded(object, "/attributes/kibanaSavedObjectMeta/searchSourceJSON");
            used.extend(source["indexRefName"].as_str().map(str::to_owned));
        }
        if object["type"] == "dashboard" {
            let panels = embedded(object, "/attributes/panelsJSON");
            let panels = panels.as_array().unwrap();
            used.extend(panels.iter().map(|panel| panel["panelRefName"].as_str().unwrap().into()));
            assert_eq!(used.len(), panels.len());
        }
        assert_eq!(names, used, "{id}");
    }
}

#[test]
fn the_dashboard_shows_everything_and_no_panel_covers_another() {
    let objects = objects();
    let dashboard = objects.iter().find(|object| object["type"] == "dashboard").unwrap();
    let shown: BTreeSet<_> =
        dashboard["references"].as_array().unwrap().iter().map(identity).collect();
    let expected: BTreeSet<_> = objects
        .iter()
        .filter(|object| object["type"] == "visualization" || object["type"] == "search")
        .map(identity)
        .collect();
    assert_eq!(shown, expected);

    let mut taken = BTreeSet::new();
    for panel in embedded(dashboard, "/attributes/panelsJSON").as_array().unwrap() {
        let grid = &panel["gridData"];
        let number = |key: &str| grid[key].as_u64().unwrap();
        assert_eq!(grid["i"], panel["panelIndex"]);
        assert!(number("x") + number("w") <= GRID_WIDTH, "{panel}");
        for x in number("x")..number("x") + number("w") {
            for y in number("y")..number("y") + number("h") {
                assert!(taken.insert((x, y)), "{panel} covers another");
            }
        }
    }
    let rows = taken.iter().map(|(_, y)| y + 1).max().unwrap();
    assert_eq!(taken.len() as u64, rows * GRID_WIDTH, "the dashboard has holes");
}

/// The type of every field that an index has, those of labels under the names of their groups.
fn field_types() -> BTreeMap<String, String> {
    fn collect(properties: &Value, prefix: &str, types: &mut BTreeMap<String, String>) {
        for (name, mapping) in properties.as_object().into_iter().flatten() {
            let path = format!("{prefix}{name}");
            if let Some(kind) = mapping["type"].as_str() {
                types.insert(path.clone(), kind.to_owned());
            }
            for inner in ["properties", "fields"] {
                collect(&mapping[inner], &format!("{path}."), types);
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("opensearch/component-template.json");
    let template: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut types = BTreeMap::new();
    collect(&template["template"]["mappings"]["properties"], "", &mut types);
    types
}

fn type_of(field: &str) -> String {
    if field.starts_with("labels.") {
        return "keyword".to_owned();
    }
    if field.starts_with("numeric_labels.") {
        return "double".to_owned();
    }
    field_types().remove(field).unwrap_or_else(|| panic!("no document has {field}"))
}

#[test]
fn every_aggregation_is_over_a_field_of_a_type_that_it_takes() {
    let mut count = 0;
    for object in objects().iter().filter(|object| object["type"] == "visualization") {
        for aggregation in vis_state(object)["aggs"].as_array().unwrap() {
            let kind = aggregation["type"].as_str().unwrap();
            if kind == "count" {
                continue;
            }
            let field = aggregation["params"]["field"].as_str().unwrap();
            let expected: &[&str] = match kind {
                "terms" => &["keyword"],
                "date_histogram" => &["date_nanos"],
                "max" | "min" => &["date_nanos", "long", "double"],
                "percentiles" => &["long", "double"],
                _ => panic!("{kind}"),
            };
            let of_field = type_of(field);
            assert!(expected.contains(&of_field.as_str()), "{kind} of {field}, a {of_field}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn aggregations_are_ordered_by_metrics_that_are_there() {
    for object in objects().iter().filter(|object| object["type"] == "visualization") {
        let vis_state = vis_state(object);
        let aggregations = vis_state["aggs"].as_array().unwrap();
        let ids: BTreeSet<&str> =
            aggregations.iter().map(|aggregation| aggregation["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), aggregations.len(), "{}", object["id"]);
        let metrics: Vec<&Value> = aggregations
            .iter()
            .filter(|aggregation| aggregation["schema"] == "metric")
            .map(|aggregation| &aggregation["id"])
            .collect();
        for aggregation in aggregations {
            let by = &aggregation["params"]["orderBy"];
            assert!(by.is_null() || metrics.contains(&by), "{}: {by}", object["id"]);
        }
        for series in vis_state["params"]["seriesParams"].as_array().into_iter().flatten() {
            assert!(metrics.contains(&&series["data"]["id"]), "{}", object["id"]);
        }
    }
}

/// The fields in a query: what stands before a colon, and after `_exists_:`.
fn fields_of(query: &str) -> Vec<String> {
    let query = query.replace("_exists_:", "");
    let words = query.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    let names = words.map(|word| word.split(':').next().unwrap());
    names.filter(|name| name.contains('.')).map(str::to_owned).collect()
}

#[test]
fn queries_and_columns_name_fields_that_documents_have() {
    let mut names = Vec::new();
    for object in objects() {
        match object["type"].as_str().unwrap() {
            "visualization" => {
                names.extend(fields_of(&query(&object)));
                let markdown = vis_state(&object)["params"]["markdown"].clone();
                let markdown = markdown.as_str().unwrap_or_default().to_owned();
                // Code stands between backticks.
                for code in markdown.split('`').skip(1).step_by(2) {
                    let field = code.split([':', ' ']).next().unwrap();
                    names.push(field.to_owned());
                }
            }
            "search" => {
                let columns = object["attributes"]["columns"].as_array().unwrap();
                names.extend(columns.iter().map(|column| column.as_str().unwrap().to_owned()));
            }
            "index-pattern" => {
                let formats = embedded(&object, "/attributes/fieldFormatMap");
                names.extend(formats.as_object().unwrap().keys().cloned());
                assert_eq!(
                    type_of(object["attributes"]["timeFieldName"].as_str().unwrap()),
                    "date_nanos"
                );
            }
            _ => {}
        }
    }
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        type_of(&name);
    }
}

#[test]
fn each_panel_is_a_search() {
    let searches = searches();
    assert_eq!(searches.len(), 9);
    let (_, fingerprints) =
        searches.iter().find(|(title, _)| title.ends_with("fingerprint")).unwrap();
    let by_fingerprint = &fingerprints["aggs"]["3"];
    assert_eq!(by_fingerprint["terms"]["field"], "traceback.fingerprint");
    assert_eq!(by_fingerprint["terms"]["order"]["_count"], "desc");
    let message = &by_fingerprint["aggs"]["4"]["aggs"]["5"];
    assert_eq!(message["terms"]["field"], "error.message.keyword");
    assert_eq!(message["terms"]["missing"], "__missing__");
    assert_eq!(message["aggs"]["6"]["aggs"]["7"]["aggs"]["2"]["max"]["field"], "@timestamp");
}
