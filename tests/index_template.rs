//! The index template knows every field that a document may have, by the type that the table of
//! fields gives it, and no other.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nozzle::document::{Field, Kind};
use nozzle::limits::LONGEST_KEYWORD;
use serde_json::{Value, json};

fn asset(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("opensearch").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn mappings() -> Value {
    asset("component-template.json")["template"]["mappings"].clone()
}

/// Every mapped field with its mapping, objects that only hold others left out.
fn mapped(properties: &Value, prefix: &str, into: &mut BTreeMap<String, Value>) {
    for (name, mapping) in properties.as_object().unwrap() {
        let path = format!("{prefix}{name}");
        match mapping.get("properties") {
            Some(inner) if path != Field::Traceback.name() => {
                mapped(inner, &format!("{path}."), into);
            }
            _ => {
                into.insert(path, mapping.clone());
            }
        }
    }
}

fn keyword() -> Value {
    json!({"type": "keyword", "ignore_above": LONGEST_KEYWORD})
}

#[test]
fn every_field_is_mapped_by_its_type_and_no_other_is() {
    let mut found = BTreeMap::new();
    mapped(&mappings()["properties"], "", &mut found);
    for field in Field::ALL {
        let mapping = found.remove(field.name()).unwrap_or_else(|| json!("is not mapped"));
        let expected = match field.kind() {
            Kind::Date => json!({"type": "date_nanos"}),
            Kind::Keyword | Kind::Keywords => keyword(),
            Kind::Text => json!({"type": "text", "norms": false}),
            Kind::Long => json!({"type": "long"}),
            Kind::Double => json!({"type": "double"}),
            Kind::Ip => json!({"type": "ip"}),
            Kind::Object => continue,
        };
        let mut mapping = mapping;
        if let (Kind::Text, Some(object)) = (field.kind(), mapping.as_object_mut()) {
            // For sums over equal texts.
            object.remove("fields");
        }
        assert_eq!(mapping, expected, "{}", field.name());
    }
    assert!(found.is_empty(), "no field of a document: {:?}", found.keys());
}

#[test]
fn a_label_has_the_type_of_its_group() {
    let templates = mappings()["dynamic_templates"].clone();
    let of = |name: &str| {
        let template = templates.as_array().unwrap().iter().find_map(|row| row.get(name)).unwrap();
        (template["path_match"].clone(), template["mapping"].clone())
    };
    assert_eq!(of("labels"), (json!("labels.*"), keyword()));
    assert_eq!(of("numeric_labels"), (json!("numeric_labels.*"), json!({"type": "double"})));
}

#[test]
fn both_engines_have_the_same_template_but_for_what_only_one_knows() {
    let opensearch = asset("index-template.json");
    let mut elasticsearch = asset("elasticsearch/index-template.json");
    let index = &mut elasticsearch["template"]["settings"]["index"];
    assert_eq!(
        index.as_object_mut().unwrap().remove("lifecycle"),
        Some(json!({"name": "nozzle-logs"}))
    );
    let total = index["mapping"]["total_fields"].as_object_mut().unwrap();
    assert_eq!(total.remove("ignore_dynamic_beyond_limit"), Some(json!(true)));
    assert_eq!(elasticsearch, opensearch);
}

#[test]
fn the_readme_names_every_field() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).unwrap();
    let table = readme.split("## Fields").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| `")).collect();
    for field in Field::ALL {
        let name = format!("`{}`", field.name());
        let first_cell = |row: &&&str| row.split('|').nth(1).unwrap().contains(&name);
        assert_eq!(rows.iter().filter(first_cell).count(), 1, "{name}");
    }
}
