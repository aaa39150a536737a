//! What cannot cost less for logs from CloudWatch: as `yardstick`, but each record is gunzipped and
//! parsed too, and answered with the messages in it, one in each line.

use std::env::args_os;
use std::error::Error;
use std::fs;
use std::io::{Read, Write, stdout};

use aws_lambda_events::event::cloudwatch_logs::LogData;
use aws_lambda_events::event::firehose::{
    KinesisFirehoseEvent, KinesisFirehoseResponse, KinesisFirehoseResponseRecord,
};
use flate2::read::GzDecoder;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    for file in args_os().skip(1) {
        let event: KinesisFirehoseEvent = serde_json::from_slice(&fs::read(file)?)?;
        let mut response = KinesisFirehoseResponse::default();
        for record in event.records {
            let mut json = Vec::new();
            GzDecoder::new(record.data.0.as_slice()).read_to_end(&mut json)?;
            let logs: LogData = serde_json::from_slice(&json)?;
            let mut lines = Vec::new();
            for log in logs.log_events {
                lines.extend_from_slice(log.message.as_bytes());
                lines.push(b'\n');
            }
            let mut answer = KinesisFirehoseResponseRecord::default();
            answer.record_id = record.record_id;
            answer.result = Some("Ok".to_owned());
            answer.data.0 = lines;
            response.records.push(answer);
        }
        out.write_all(&serde_json::to_vec(&response)?)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
