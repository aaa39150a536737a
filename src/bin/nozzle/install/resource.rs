//! What is installed in the engine, one object after another, each when it is not there as wanted.

use serde_json::Value;

use super::assets;
use super::compare::{Strictness, differences};
use super::engine::{Distribution, Engine};
use super::target::Target;
use crate::client::{Answer, Client, RequestError, encode_path};

/// One object in the engine.
pub(super) struct Resource {
    /// Where it is.
    pub path: String,
    /// What is written there.
    pub body: Value,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    ComponentTemplate,
    IndexTemplate,
    Pipeline,
    Ism,
    Ilm,
}

/// How an object is, compared with how it shall be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is not there.
    Absent,
    /// It is there and differs at these paths.
    Different(Vec<String>),
    /// It is as it shall be.
    AsWanted,
    /// The engine has no such objects.
    Unsupported,
}

/// An object's state, and where it has to be written.
pub(super) struct Found {
    /// The state.
    pub state: State,
    /// The path with the version that may be replaced, where the engine wants to know it.
    pub path: String,
}

impl Resource {
    pub(super) fn component_template() -> Self {
        let path = format!("/_component_template/{}", assets::COMPONENT);
        Self { path, body: assets::component_template(), kind: Kind::ComponentTemplate }
    }

    pub(super) fn pipeline(target: &Target) -> Self {
        let path = format!("/_ingest/pipeline/{}", encode_path(&target.resource()));
        Self { path, body: assets::ingest_pipeline(target), kind: Kind::Pipeline }
    }

    /// The policies that delete old indices, of which an engine knows one at most: the first is
    /// its own, the second what Amazon gives its domains of Elasticsearch instead.
    pub(super) fn policies(target: &Target, engine: &Engine, keep_days: u32) -> Vec<Self> {
        let name = encode_path(&target.resource());
        let ism = |root: &str| Self {
            path: format!("/{root}/_ism/policies/{name}"),
            body: assets::ism_policy(target, keep_days),
            kind: Kind::Ism,
        };
        match engine.distribution {
            Distribution::OpenSearch => vec![ism("_plugins")],
            Distribution::Elasticsearch => {
                let ilm = Self {
                    path: format!("/_ilm/policy/{name}"),
                    body: assets::ilm_policy(keep_days),
                    kind: Kind::Ilm,
                };
                if engine.version.0 == 7 { vec![ilm, ism("_opendistro")] } else { vec![ilm] }
            }
        }
    }

    /// Whether the index template has to name it.
    pub(super) fn is_named_by_template(&self) -> bool {
        self.kind == Kind::Ilm
    }

    /// The template; `names_policy` says whether it names one.
    pub(super) fn index_template(target: &Target, engine: &Engine, names_policy: bool) -> Self {
        let path = format!("/_index_template/{}", encode_path(&target.resource()));
        let body = assets::index_template(target, engine, names_policy);
        Self { path, body, kind: Kind::IndexTemplate }
    }

    /// Looks how it is.
    pub(super) fn look(&self, client: &Client) -> Result<Found, RequestError> {
        let answer = client.get(&self.path)?;
        let is_policy = matches!(self.kind, Kind::Ism | Kind::Ilm);
        let state = if is_policy && answer.is_unknown_function() {
            State::Unsupported
        } else if answer.is_absent() {
            State::Absent
        } else if answer.is_success() {
            self.compare(&answer)?
        } else {
            return Err(client.refusal(&answer));
        };
        Ok(Found { state, path: self.path_over(&answer) })
    }

    fn compare(&self, answer: &Answer) -> Result<State, RequestError> {
        let (wanted, there, strictness) = match self.kind {
            Kind::ComponentTemplate => (
                Some(&self.body),
                answer.body.pointer("/component_templates/0/component_template"),
                Strictness::Exact,
            ),
            Kind::IndexTemplate => (
                Some(&self.body),
                answer.body.pointer("/index_templates/0/index_template"),
                Strictness::Exact,
            ),
            Kind::Pipeline => (Some(&self.body), only_value(&answer.body), Strictness::Exact),
            // Engines add to a policy what it leaves open.
            Kind::Ism => (self.body.get("policy"), answer.body.get("policy"), Strictness::AtLeast),
            Kind::Ilm => {
                let there = only_value(&answer.body).and_then(|policy| policy.get("policy"));
                (self.body.get("policy"), there, Strictness::AtLeast)
            }
        };
        let (Some(wanted), Some(there)) = (wanted, there) else {
            return Err(RequestError::not_understood(&answer.request));
        };
        let paths = differences(wanted, there, strictness);
        Ok(if paths.is_empty() { State::AsWanted } else { State::Different(paths) })
    }

    /// ISM replaces a policy only when it is told which version of it.
    fn path_over(&self, answer: &Answer) -> String {
        let number = |key: &str| answer.body.get(key).and_then(Value::as_u64);
        match (self.kind, number("_seq_no"), number("_primary_term")) {
            (Kind::Ism, Some(number), Some(term)) => {
                format!("{}?if_seq_no={number}&if_primary_term={term}", self.path)
            }
            _ => self.path.clone(),
        }
    }
}

/// The value under the only key, which is the object's name.
fn only_value(body: &Value) -> Option<&Value> {
    body.as_object()?.values().next()
}
