//! A small search engine that keeps what is installed in it and hands it back as real ones do:
//! numbers as texts, policies with what was left open. It is also the dashboards' server.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::http::{Request, read_request, write_answer};

/// What it is like.
#[derive(Clone, Default)]
pub(crate) struct Nature {
    /// The answer to `GET /`.
    pub(crate) root: Value,
    /// The functions that it does not have, as beginnings of paths.
    pub(crate) missing: Vec<&'static str>,
    /// The status and text of every answer, when it refuses to work.
    pub(crate) refusal: Option<(u16, &'static str)>,
    /// How many requests it has no time for.
    pub(crate) busy: usize,
    /// Its indices, with their settings.
    pub(crate) indices: Value,
}

impl Nature {
    pub(crate) fn opensearch() -> Self {
        let root = json!({"version": {"distribution": "opensearch", "number": "2.19.1"}});
        Self { root, indices: json!({}), ..Self::default() }
    }

    pub(crate) fn elasticsearch(version: &str) -> Self {
        let root = json!({"version": {"number": version}, "tagline": "You Know, for Search"});
        Self { root, indices: json!({}), ..Self::default() }
    }
}

#[derive(Default)]
struct State {
    nature: Nature,
    /// What is installed, by path.
    stored: BTreeMap<String, Value>,
    requests: Vec<Request>,
}

/// The engine, which ends with the test.
pub(crate) struct Engine {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

impl Engine {
    pub(crate) fn start(nature: Nature) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State { nature, ..State::default() }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let Some(request) = read_request(&stream) else { continue };
                let (status, answer) = shared.lock().unwrap().answer(&request);
                write_answer(&stream, status, &answer);
            }
        });
        Self { url, state }
    }

    /// The requests since it was last asked.
    pub(crate) fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.state.lock().unwrap().requests)
    }

    /// The requests that change anything, since it was last asked.
    pub(crate) fn take_changes(&self) -> Vec<Request> {
        let mut requests = self.take_requests();
        requests.retain(|request| request.method != "GET");
        requests
    }

    pub(crate) fn stored(&self, path: &str) -> Option<Value> {
        self.state.lock().unwrap().stored.get(path).cloned()
    }

    pub(crate) fn store(&self, path: &str, value: Value) {
        self.state.lock().unwrap().stored.insert(path.to_owned(), value);
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Nature)) {
        change(&mut self.state.lock().unwrap().nature);
    }
}

impl State {
    fn answer(&mut self, request: &Request) -> (u16, String) {
        self.requests.push(request.clone());
        if self.nature.busy > 0 {
            self.nature.busy -= 1;
            return (503, r#"{"error":{"reason":"not now"}}"#.to_owned());
        }
        if let Some((status, text)) = self.nature.refusal {
            return (status, text.to_owned());
        }
        let Request { method, path, .. } = request;
        if self.nature.missing.iter().any(|beginning| path.starts_with(beginning)) {
            let name = path.split('/').nth(1).unwrap();
            if self.nature.root["version"]["number"] == "7.10.2" && path.split('/').count() == 4 {
                // It reads the path as that of a document with its type.
                let error = json!({"type": "index_not_found_exception", "reason": format!("no such index [{name}]"), "index": name});
                return (404, json!({"error": error, "status": 404}).to_string());
            }
            let error = format!("no handler found for uri [{path}] and method [{method}]");
            return (400, json!({"error": error, "status": 400}).to_string());
        }
        let (place, query) = path.split_once('?').unwrap_or((path, ""));
        let (status, answer) = match method.as_str() {
            "GET" => self.get(place),
            "PUT" => self.put(place, query, &request.body),
            "POST" => self.import(place, query, request),
            _ => (405, json!({})),
        };
        (status, answer.to_string())
    }

    fn get(&self, place: &str) -> (u16, Value) {
        let (folder, name) = place.rsplit_once('/').unwrap();
        if place == "/" {
            return (200, self.nature.root.clone());
        }
        if place.contains("/_settings/") {
            return (200, self.nature.indices.clone());
        }
        if place == "/_index_template" {
            let templates = self.stored.iter().filter_map(|(path, template)| {
                let name = path.strip_prefix("/_index_template/")?;
                Some(json!({"name": name, "index_template": template}))
            });
            return (200, json!({"index_templates": templates.collect::<Vec<_>>()}));
        }
        let Some(stored) = self.stored.get(place).cloned() else {
            return (404, json!({"error": {"reason": "not found"}, "status": 404}));
        };
        let answer = match folder {
            "/_component_template" => {
                json!({"component_templates": [{"name": name, "component_template": stored}]})
            }
            "/_index_template" => {
                let mut stored = stored;
                write_settings_as_texts(&mut stored["template"]["settings"]);
                json!({"index_templates": [{"name": name, "index_template": stored}]})
            }
            "/_plugins/_ism/policies" | "/_opendistro/_ism/policies" => {
                let mut policy = stored["policy"].clone();
                policy["policy_id"] = json!(name);
                policy["last_updated_time"] = json!(1_589_201_084_000_u64);
                policy["error_notification"] = Value::Null;
                policy["states"][1]["actions"][0]["retry"] = json!({"count": 3, "delay": "1m"});
                json!({"_id": name, "_version": 2, "_seq_no": 7, "_primary_term": 3, "policy": policy})
            }
            "/_ilm/policy" => {
                let mut policy = stored["policy"].clone();
                policy["phases"]["hot"]["min_age"] = json!("0ms");
                policy["phases"]["delete"]["actions"]["delete"] =
                    json!({"delete_searchable_snapshot": true});
                json!({name: {"version": 1, "modified_date": "2020-05-11", "policy": policy}})
            }
            "/api/saved_objects/dashboard" => stored,
            _ => json!({name: stored}),
        };
        (200, answer)
    }

    fn put(&mut self, place: &str, query: &str, body: &[u8]) -> (u16, Value) {
        let is_version_told = query == "if_seq_no=7&if_primary_term=3";
        if place.contains("/_ism/") && self.stored.contains_key(place) && !is_version_told {
            return (409, json!({"error": {"reason": "version conflict"}, "status": 409}));
        }
        self.stored.insert(place.to_owned(), serde_json::from_slice(body).unwrap());
        (200, json!({"acknowledged": true}))
    }

    /// Takes saved objects as OpenSearch Dashboards and Kibana do.
    fn import(&mut self, place: &str, query: &str, request: &Request) -> (u16, Value) {
        let has_header = ["osd-xsrf", "kbn-xsrf"].iter().all(|h| request.headers.contains_key(*h));
        if !place.ends_with("/api/saved_objects/_import")
            || query != "overwrite=true"
            || !has_header
        {
            return (400, json!({"message": "Request must contain a kbn-xsrf header."}));
        }
        let content_type = &request.headers["content-type"];
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        let body = String::from_utf8(request.body.clone()).unwrap();
        let part = body.strip_prefix(&format!("--{boundary}\r\n")).unwrap();
        let part = part.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
        let (head, file) = part.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("name=\"file\"; filename=\"dashboards.ndjson\""), "{head}");
        let mut count = 0;
        for line in file.lines() {
            let object: Value = serde_json::from_str(line).unwrap();
            let (kind, id) = (object["type"].as_str().unwrap(), object["id"].as_str().unwrap());
            self.stored.insert(format!("/api/saved_objects/{kind}/{id}"), object.clone());
            count += 1;
        }
        (200, json!({"success": true, "successCount": count}))
    }
}

/// Engines keep settings as texts.
fn write_settings_as_texts(value: &mut Value) {
    match value {
        Value::Object(object) => object.values_mut().for_each(write_settings_as_texts),
        Value::Array(array) => array.iter_mut().for_each(write_settings_as_texts),
        Value::Number(_) | Value::Bool(_) => *value = json!(value.to_string()),
        _ => {}
    }
}
