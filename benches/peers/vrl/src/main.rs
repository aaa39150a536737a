//! The same work as `plain`, as a program in the Vector Remap Language. What Vector's source and
//! sink do around a program, base64 and the envelope, is done by `aws_lambda_events` here.

use std::collections::BTreeMap;
use std::env::args_os;
use std::error::Error;
use std::fs;
use std::io::{Write, stdout};

use aws_lambda_events::event::firehose::{
    KinesisFirehoseEvent, KinesisFirehoseResponse, KinesisFirehoseResponseRecord,
};
use vrl::compiler::runtime::Runtime;
use vrl::compiler::{Program, TargetValue, TimeZone, compile};
use vrl::value;
use vrl::value::{Secrets, Value};

const PROGRAM: &str = include_str!("../program.vrl");

fn main() -> Result<(), Box<dyn Error>> {
    let functions = vrl::stdlib::all();
    let program = compile(PROGRAM, &functions).map_err(|errors| format!("{errors:?}"))?.program;
    let mut runtime = Runtime::default();
    let mut out = stdout().lock();
    for file in args_os().skip(1) {
        let event: KinesisFirehoseEvent = serde_json::from_slice(&fs::read(file)?)?;
        let mut response = KinesisFirehoseResponse::default();
        for record in event.records {
            let arrival = record.approximate_arrival_timestamp.timestamp_millis();
            let document = transform(&mut runtime, &program, record.data.0, arrival)?;
            let mut answer = KinesisFirehoseResponseRecord::default();
            answer.record_id = record.record_id;
            answer.result = Some("Ok".to_owned());
            answer.data.0 = document;
            response.records.push(answer);
        }
        out.write_all(&serde_json::to_vec(&response)?)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn transform(
    runtime: &mut Runtime,
    program: &Program,
    payload: Vec<u8>,
    arrival: i64,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut target = TargetValue {
        value: value!({ text: (Value::Bytes(payload.into())), arrival: (arrival) }),
        metadata: Value::Object(BTreeMap::new()),
        secrets: Secrets::default(),
    };
    let document = runtime.resolve(&mut target, program, &TimeZone::default());
    runtime.clear();
    let document = document.map_err(|error| format!("{error:?}"))?;
    let document = document.as_str().ok_or("the program made no text")?;
    Ok(document.as_bytes().to_owned())
}
