//! `nozzle serve` as its producers, its functions and its destinations see it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

mod http;
mod lambda;
mod local_stream;
mod terminal;
mod tools;

#[path = "serve/api.rs"]
mod api;
#[path = "serve/boto3.rs"]
mod boto3;
#[path = "serve/destination.rs"]
mod destination;
#[path = "serve/function.rs"]
mod function;
#[path = "serve/stream.rs"]
mod stream;
