//! The page of `nozzle serve` at `/`: the last records as they pass the stream, and what fails.
//!
//! The page shows logs, so that nobody but the person at this machine may read it: see [`guard`].
//! Whatever a producer wrote reaches the browser as JSON and the document as text, never as markup,
//! and the content security policy lets nothing run that is not embedded here.

mod feed;
mod guard;
mod opened;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use nozzle::Config;
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use self::feed::{Feed, Question};
use super::journal::{Filter, Journal};
use super::place::Place;

pub(crate) use guard::Hosts;

/// Where the page may load from and what may embed it: from here alone, and nothing.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (HeaderName::from_static("content-security-policy"), POLICY),
    (HeaderName::from_static("x-content-type-options"), "nosniff"),
    (HeaderName::from_static("referrer-policy"), "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    // Logs stay out of the browser's cache, and a new version of the command is seen at once.
    (CACHE_CONTROL, "no-store"),
];

/// How many records are explained at a time. It costs some hundred runs of the pipeline.
const EXPLAINED_AT_A_TIME: usize = 2;

/// What the page needs to know.
pub(crate) struct Page {
    /// The records.
    pub(crate) journal: Arc<Journal>,
    /// With this the records that are opened are explained. It must not audit.
    pub(crate) config: Arc<Config>,
    /// A stream into which a first record can be put.
    pub(crate) stream: String,
    /// Where the streams pretend to be.
    pub(crate) place: Place,
    /// Whether secrets are shown as they came.
    pub(crate) reveals: bool,
    /// Under which names the page may be asked for.
    pub(crate) hosts: Hosts,
}

struct Shared {
    page: Page,
    /// Distinguishes this run of the server, whose numbers begin anew.
    started: i64,
    explaining: Semaphore,
}

/// The page's routes, all of them `GET`: `/` and what lies below `/page/`.
pub(crate) fn routes(page: Page) -> Router {
    let shared = Arc::new(Shared {
        page,
        started: Timestamp::now().as_millisecond(),
        explaining: Semaphore::new(EXPLAINED_AT_A_TIME),
    });
    Router::new()
        .route("/", asset("text/html; charset=utf-8", include_str!("page.html")))
        .route("/page/style.css", asset("text/css; charset=utf-8", include_str!("style.css")))
        .route("/page/page.js", script(include_str!("page.js")))
        .route("/page/text.js", script(include_str!("text.js")))
        .route("/page/overview.js", script(include_str!("overview.js")))
        .route("/page/opened.js", script(include_str!("opened.js")))
        .route("/page/feed", get(answer_feed))
        .route("/page/overview", get(answer_overview))
        .route("/page/records/{number}", get(answer_record))
        .route_layer(from_fn_with_state(shared.clone(), guard::check))
        .with_state(shared)
}

fn asset(kind: &'static str, text: &'static str) -> axum::routing::MethodRouter<Arc<Shared>> {
    get(move || async move { with_headers(StatusCode::OK, kind, text) })
}

fn script(text: &'static str) -> axum::routing::MethodRouter<Arc<Shared>> {
    asset("text/javascript; charset=utf-8", text)
}

async fn answer_feed(
    State(shared): State<Arc<Shared>>,
    Query(question): Query<Question>,
    Query(filter): Query<Filter>,
) -> Response {
    // A search reads up to the whole journal.
    let feed = spawn_blocking(move || Feed::of(&shared, &question, &filter));
    json(feed.await.ok())
}

async fn answer_overview(State(shared): State<Arc<Shared>>) -> Response {
    json(Some(shared.page.journal.overview(Timestamp::now())))
}

async fn answer_record(State(shared): State<Arc<Shared>>, Path(number): Path<u64>) -> Response {
    let Some(held) = shared.page.journal.get(number) else {
        return with_headers(StatusCode::NOT_FOUND, PLAIN, "This record is held no more.\n");
    };
    // The semaphore is never closed.
    let _permit = shared.explaining.acquire().await;
    let sharing = shared.clone();
    let opened = spawn_blocking(move || opened::open(&held, &sharing.page));
    json(opened.await.ok())
}

const PLAIN: &str = "text/plain; charset=utf-8";

fn json(value: Option<impl Serialize>) -> Response {
    match value.and_then(|value| serde_json::to_vec(&value).ok()) {
        Some(body) => with_headers(StatusCode::OK, "application/json", body),
        None => {
            with_headers(StatusCode::INTERNAL_SERVER_ERROR, PLAIN, "This could not be answered.\n")
        }
    }
}

fn with_headers(status: StatusCode, kind: &'static str, body: impl IntoResponse) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests;
