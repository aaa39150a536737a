//! Nozzle is the function between Amazon Data Firehose and OpenSearch: one record in, one
//! finished document out.
//!
//! ```
//! use nozzle::{Config, Settings, transform};
//!
//! // {"asctime": "2020-05-11T14:44:44+0200", "levelname": "ERROR", "message": "no route", "db_password": "hunter2"}
//! let event = br#"{"records": [{"recordId": "1", "approximateArrivalTimestamp": 1589201090000, "data":
//!     "eyJhc2N0aW1lIjogIjIwMjAtMDUtMTFUMTQ6NDQ6NDQrMDIwMCIsICJsZXZlbG5hbWUiOiAiRVJST1IiLCAibWVzc2FnZSI6ICJubyByb3V0ZSIsICJkYl9wYXNzd29yZCI6ICJodW50ZXIyIn0="}]}"#;
//!
//! let settings = Settings::read([
//!     ("NOZZLE_SERVICE".to_owned(), "checkout".to_owned()),
//!     ("NOZZLE_ENVIRONMENT".to_owned(), "prod".to_owned()),
//! ])?;
//! let config = Config::compile(&settings)?;
//! let mut response = Vec::new();
//! let summary = transform(event, &config, &mut response)?;
//! assert_eq!(summary.delivered, 1);
//!
//! let response: serde_json::Value = serde_json::from_slice(&response)?;
//! let document = base64_simd::STANDARD.decode_to_vec(response["records"][0]["data"].as_str().unwrap())?;
//! let document: serde_json::Value = serde_json::from_slice(&document)?;
//! assert_eq!(document["@timestamp"], "2020-05-11T12:44:44.000Z");
//! assert_eq!(document["log"]["level"], "error");
//! assert_eq!(document["message"], "no route");
//! assert_eq!(document["service"]["name"], "checkout");
//! assert_eq!(document["labels"]["db_password"], "[REDACTED:by-name]");
//! assert_eq!(document["index"], "logs-2020-05-11");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The way of a record is a row of stages, each a module, in the order that [`transform()`] and its
//! pipeline give them: [`event`] reads the call, [`intake`] finds the log in a record's bytes,
//! [`redact`] removes its secrets, [`normalize`] gives its fields their ECS names, [`traceback`]
//! takes its traceback apart, [`enrich`] adds what the operator knows, [`index`] names its daily
//! index, [`limits`] keeps it within what the engine accepts, [`encode`] writes it, and
//! [`response`] answers. All of it is pure: bytes in, bytes out, no clock, no network. What has both
//! stands apart: [`fanout`], which sends the documents that an answer cannot hold.

pub mod config;
pub mod document;
pub mod encode;
pub mod enrich;
pub mod error;
pub mod event;
mod explain;
pub mod fanout;
pub mod formats;
pub mod index;
pub mod intake;
pub mod json;
pub mod level;
pub mod limits;
pub mod normalize;
mod output;
mod pipeline;
pub mod redact;
pub mod response;
mod scratch;
mod summary;
pub mod telemetry;
pub mod timestamp;
pub mod tls;
pub mod traceback;
mod transform;
mod watch;

pub use config::{Config, ConfigError, Settings};
pub use explain::{
    DocumentExplanation, FieldExplanation, Origin, OriginKind, RecordExplanation, Secret, explain,
};
pub use fanout::{DeliveryStream, FanOut};
pub use summary::{Counts, Summary};
pub use transform::{Surroundings, time_for_answering, transform, transform_in};
pub use watch::Stage;
