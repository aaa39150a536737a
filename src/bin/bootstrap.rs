//! The Lambda function: the runtime's loop around [`nozzle::transform`].

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use nozzle::error::EventError;
use nozzle::limits::LabelNames;
use nozzle::{
    Config, ConfigError, DeliveryStream, FanOut, Settings, Surroundings, telemetry,
    time_for_answering, transform_in,
};
use serde_json::value::RawValue;

/// Firehose waits no longer for a transformation.
const LONGEST_INVOCATION: Duration = Duration::from_mins(5);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    telemetry::install_panic_hook();
    let config = match Settings::from_environment().and_then(|said| Config::compile(&said)) {
        Ok(config) => config,
        Err(error) => {
            telemetry::log_bad_configuration(&error);
            report_init_error(&error).await;
            return ExitCode::FAILURE;
        }
    };
    // Lambda calls once at a time; the lock is there because the runtime does not know.
    let kept = Mutex::new(Kept {
        stream: config.fan_out_stream.as_deref().map(DeliveryStream::new),
        label_names: LabelNames::default(),
    });
    let (config, kept) = (&config, &kept);
    let handler = service_fn(move |event: LambdaEvent<Box<RawValue>>| async move {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        handle(event.payload.get(), event.context.deadline(), config, &mut kept)
    });
    match lambda_runtime::run(handler).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            telemetry::log_runtime_error(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

/// What is kept from one event to the next.
struct Kept {
    stream: Option<DeliveryStream>,
    label_names: LabelNames,
}

/// Answers one event. Records are isolated within; the net here is for what lies around them.
fn handle(
    event: &str,
    deadline: SystemTime,
    config: &Config,
    kept: &mut Kept,
) -> Result<Box<RawValue>, Diagnostic> {
    let started = Instant::now();
    // A deadline that has passed before the work begins is none: `cargo lambda` sends such.
    let time_left = deadline.duration_since(SystemTime::now()).unwrap_or(LONGEST_INVOCATION);
    let time_left = time_left.min(LONGEST_INVOCATION);
    let for_answering = time_for_answering(time_left);
    let give_up = started + time_left.saturating_sub(for_answering);
    let time_is_up = || Instant::now() >= give_up;
    // Of what is kept for answering, half is for documents that are still on their way.
    let Kept { stream, label_names } = kept;
    let mut puts = stream.as_mut().map(|stream| stream.until(give_up + for_answering / 2));
    let mut response = Vec::new();
    let summary = catch_unwind(AssertUnwindSafe(|| {
        let fan_out = puts.as_mut().map(|puts| puts as &mut dyn FanOut);
        let label_names = Some(label_names);
        let surroundings = Surroundings { time_is_up: &time_is_up, fan_out, label_names };
        transform_in(surroundings, event.as_bytes(), config, &mut response)
    }))
    .unwrap_or(Err(EventError::Panicked))
    .map_err(|error| {
        telemetry::log_event_error(error);
        Diagnostic { error_type: error.name().to_owned(), error_message: error.to_string() }
    })?;
    telemetry::log_summary(&summary, config, started.elapsed());
    let response =
        String::from_utf8(response).ok().and_then(|text| RawValue::from_string(text).ok());
    response.ok_or_else(|| Diagnostic {
        error_type: EventError::Panicked.name().to_owned(),
        error_message: "a defect in Nozzle made a response that is not JSON".to_owned(),
    })
}

/// Tells the Runtime API why the function does not start, so that whoever invoked it reads the
/// reason and not only that the process ended.
async fn report_init_error(error: &ConfigError) {
    let diagnostic = Diagnostic {
        error_type: "Nozzle.BadConfiguration".to_owned(),
        error_message: error.to_string(),
    };
    let Ok(body) = serde_json::to_vec(&diagnostic) else {
        return;
    };
    let request = lambda_runtime_api_client::build_request()
        .method("POST")
        .uri("/2018-06-01/runtime/init/error")
        .header("lambda-runtime-function-error-type", "Nozzle.BadConfiguration")
        .body(body.into());
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        return;
    }
    let client = lambda_runtime_api_client::PooledClient::builder().build();
    if let Ok(request) = request {
        // The log has the reason already; there is nobody else to tell.
        let _ = client.call(request).await;
    }
}
