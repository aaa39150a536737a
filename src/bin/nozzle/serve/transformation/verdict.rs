//! What Firehose makes of a function's answer.

use std::collections::HashMap;

use base64_simd::STANDARD;
use serde_json::Value;

use super::failure::Failure;
use crate::serve::record::Record;

/// What becomes of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::serve) enum Verdict {
    /// This is delivered.
    Ok(Vec<u8>),
    /// Nothing is, on purpose.
    Dropped,
    /// The record itself goes to the backup.
    Failed(Failure),
}

/// Judges the answer to each record. An answer to a record that was not asked about is ignored.
///
/// Source: *Required parameters for data transformation*
/// (<https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html>).
///
/// # Errors
/// When it is no answer at all.
pub(super) fn judge(records: &[Record], answer: &Value) -> Result<Vec<Verdict>, Failure> {
    let answers = answer.get("records").and_then(Value::as_array);
    let answers = answers.ok_or_else(Failure::not_understood)?;
    let mut by_id: HashMap<&str, Vec<&Value>> = HashMap::new();
    for answer in answers {
        if let Some(id) = answer.get("recordId").and_then(Value::as_str) {
            by_id.entry(id).or_default().push(answer);
        }
    }
    let verdict = |record: &Record| match by_id.get(record.id.as_str()).map(Vec::as_slice) {
        None | Some([]) => Verdict::Failed(Failure::missing()),
        Some([answer]) => judge_one(answer),
        Some(_) => Verdict::Failed(Failure::doubled()),
    };
    Ok(records.iter().map(verdict).collect())
}

fn judge_one(answer: &Value) -> Verdict {
    let not_understood = Verdict::Failed(Failure::not_understood());
    match answer.get("result").and_then(Value::as_str) {
        Some("Ok") => {
            let data = answer.get("data").and_then(Value::as_str);
            let data = data.and_then(|data| STANDARD.decode_to_vec(data).ok());
            data.map_or(not_understood, Verdict::Ok)
        }
        Some("Dropped") => Verdict::Dropped,
        Some("ProcessingFailed") => Verdict::Failed(Failure::said_so()),
        _ => not_understood,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::serve::record::RecordIds;

    #[test]
    fn each_record_is_judged_by_its_own_answer() {
        let ids = RecordIds::new();
        let records: Vec<Record> = (0..9).map(|_| ids.record(b"x".to_vec())).collect();
        let id = |position: usize| records[position].id.clone();
        let answer = json!({"records": [
            {"recordId": id(8), "result": "Ok", "data": ""},
            {"recordId": id(0), "result": "Ok", "data": "e30=", "metadata": {"partitionKeys": {}}},
            {"recordId": id(1), "result": "Dropped"},
            {"recordId": id(2), "result": "ProcessingFailed", "data": "e30="},
            {"recordId": id(4), "result": "Ok", "data": "e30="},
            {"recordId": id(4), "result": "Dropped"},
            {"recordId": id(5), "result": "ok", "data": "e30="},
            {"recordId": id(6), "result": "Ok", "data": "e30"},
            {"recordId": id(7), "result": "Ok"},
            {"recordId": "another", "result": "Ok", "data": "e30="},
            {"result": "Ok"}, null, 7
        ]});
        let failed = Verdict::Failed;
        assert_eq!(
            judge(&records, &answer).unwrap(),
            [
                Verdict::Ok(b"{}".to_vec()),
                Verdict::Dropped,
                failed(Failure::said_so()),
                failed(Failure::missing()),
                failed(Failure::doubled()),
                failed(Failure::not_understood()),
                failed(Failure::not_understood()),
                failed(Failure::not_understood()),
                Verdict::Ok(vec![]),
            ]
        );
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        for answer in [json!(null), json!([]), json!({}), json!({"records": {}}), json!("ok")] {
            assert_eq!(judge(&[], &answer), Err(Failure::not_understood()), "{answer}");
        }
    }
}
