//! The dashboard, in `OpenSearch` Dashboards or Kibana.

use serde_json::Value;

use super::assets;
use super::resource::State;
use super::target::Target;
use crate::client::encode_path;
use crate::client::{Client, Content, RequestError};

/// Where saved objects are imported.
pub(super) const IMPORT: &str = "/api/saved_objects/_import?overwrite=true";

/// What ends a part of the request's body. No line of the saved objects begins so.
const BOUNDARY: &str = "nozzle-saved-objects-8f41d2";

/// Both want to be told that no other page in a browser has sent the request.
const HEADERS: &[(&str, &str)] = &[("osd-xsrf", "true"), ("kbn-xsrf", "true")];

/// Looks whether the dashboard is there in the revision that is shipped. What a person has changed
/// in it since then is theirs, and stays until there is another revision.
pub(super) fn look(client: &Client, target: &Target) -> Result<State, RequestError> {
    let id = encode_path(&assets::dashboard_id(target));
    let answer = client.get(&format!("/api/saved_objects/dashboard/{id}"))?;
    if answer.is_absent() {
        return Ok(State::Absent);
    }
    let answer = client.accepted(answer)?;
    let revision = assets::saved_objects(target).revision;
    let description = answer.body.pointer("/attributes/description").and_then(Value::as_str);
    match description {
        Some(description) if description.contains(&revision) => Ok(State::AsWanted),
        Some(_) => Ok(State::Different(vec!["revision".to_owned()])),
        None => Err(RequestError::not_understood(&answer.request)),
    }
}

/// Imports all objects over those that are there.
pub(super) fn import(client: &Client, target: &Target) -> Result<(), RequestError> {
    let objects = assets::saved_objects(target).text;
    let body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"dashboards.ndjson\"\r\nContent-Type: application/ndjson\r\n\r\n{objects}\r\n--{BOUNDARY}--\r\n"
    );
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let content = Content { body: Some((&content_type, body.as_bytes())), headers: HEADERS };
    let answer = client.post(IMPORT, content)?;
    match answer.body.get("success").and_then(Value::as_bool) {
        Some(true) => Ok(()),
        Some(false) => Err(client.refusal(&answer)),
        None => Err(RequestError::not_understood(&answer.request)),
    }
}
