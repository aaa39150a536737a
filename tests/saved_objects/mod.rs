//! The shipped dashboard: its objects, and each of its panels as the search that it makes.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// The objects, one for each line of the file.
pub(crate) fn objects() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("opensearch/dashboards.ndjson");
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What stands as JSON in the text at `pointer`.
pub(crate) fn embedded(object: &Value, pointer: &str) -> Value {
    serde_json::from_str(object.pointer(pointer).unwrap().as_str().unwrap()).unwrap()
}

/// What a visualization draws.
pub(crate) fn vis_state(object: &Value) -> Value {
    embedded(object, "/attributes/visState")
}

/// The text that chooses the documents of an object, in Lucene's language.
pub(crate) fn query(object: &Value) -> String {
    let pointer = "/attributes/kibanaSavedObjectMeta/searchSourceJSON";
    let query = embedded(object, pointer)["query"].clone();
    assert_eq!(query["language"], "lucene", "{}", object["id"]);
    query["query"].as_str().unwrap().to_owned()
}

/// Each panel's title and the body of its `_search` request, as OpenSearch Dashboards would send
/// it but for the range of time.
pub(crate) fn searches() -> Vec<(String, Value)> {
    let mut searches = Vec::new();
    for object in objects() {
        let title = || object["attributes"]["title"].as_str().unwrap().to_owned();
        match object["type"].as_str().unwrap() {
            "visualization" => {
                let vis_state = vis_state(&object);
                if vis_state["type"] != "markdown" {
                    searches.push((title(), of_visualization(&query(&object), &vis_state)));
                }
            }
            "search" => searches.push((title(), of_search(&object))),
            _ => {}
        }
    }
    searches
}

fn of_search(object: &Value) -> Value {
    let sort: Vec<Value> = object["attributes"]["sort"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| json!({pair[0].as_str().unwrap(): pair[1]}))
        .collect();
    json!({
        "size": 500,
        "query": of_query(&query(object)),
        "sort": sort,
        "_source": object["attributes"]["columns"],
    })
}

fn of_visualization(query: &str, vis_state: &Value) -> Value {
    let aggregations = vis_state["aggs"].as_array().unwrap();
    let (metrics, buckets): (Vec<&Value>, Vec<&Value>) =
        aggregations.iter().partition(|aggregation| aggregation["schema"] == "metric");
    // A count is what every bucket has anyway.
    let metrics: Map<String, Value> = metrics
        .iter()
        .filter(|metric| metric["type"] != "count")
        .map(|metric| (id(metric), of_metric(metric)))
        .collect();
    let counts: Vec<String> =
        aggregations.iter().filter(|aggregation| aggregation["type"] == "count").map(id).collect();
    let innermost = Value::Object(metrics.clone());
    let nested = buckets.iter().rev().fold(innermost, |below, bucket| {
        let mut aggregation = of_bucket(bucket, &counts);
        let mut below = below.as_object().unwrap().clone();
        below.extend(metrics.clone());
        aggregation["aggs"] = Value::Object(below);
        json!({id(bucket): aggregation})
    });
    json!({"size": 0, "track_total_hits": true, "query": of_query(query), "aggs": nested})
}

fn id(aggregation: &Value) -> String {
    aggregation["id"].as_str().unwrap().to_owned()
}

fn of_query(query: &str) -> Value {
    if query.is_empty() {
        return json!({"match_all": {}});
    }
    json!({"query_string": {"query": query, "analyze_wildcard": true}})
}

fn of_metric(metric: &Value) -> Value {
    let parameters = &metric["params"];
    let field = &parameters["field"];
    match metric["type"].as_str().unwrap() {
        "percentiles" => {
            json!({"percentiles": {"field": field, "percents": parameters["percents"]}})
        }
        kind @ ("max" | "min") => json!({kind: {"field": field}}),
        kind => panic!("no translation of {kind}"),
    }
}

fn of_bucket(bucket: &Value, counts: &[String]) -> Value {
    let parameters = &bucket["params"];
    let field = &parameters["field"];
    match bucket["type"].as_str().unwrap() {
        "terms" => {
            let by = parameters["orderBy"].as_str().unwrap();
            let by = if counts.iter().any(|count| count == by) { "_count" } else { by };
            let mut terms = json!({
                "field": field, "size": parameters["size"], "order": {by: parameters["order"]},
            });
            if parameters["missingBucket"] == true {
                terms["missing"] = json!("__missing__");
            }
            json!({"terms": terms})
        }
        // The width that `auto` stands for depends on the range of time.
        "date_histogram" => json!({"date_histogram": {
            "field": field, "calendar_interval": "day", "min_doc_count": parameters["min_doc_count"],
        }}),
        kind => panic!("no translation of {kind}"),
    }
}
