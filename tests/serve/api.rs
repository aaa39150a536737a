//! The API: limits, names of errors, operations, faults on demand.

use std::time::{Duration, Instant};

use base64_simd::STANDARD;
use serde_json::{Value, json};

use crate::local_stream::LocalStream;

fn entries(count: usize, size: usize) -> Value {
    let data = STANDARD.encode_to_string(vec![b'x'; size]);
    json!({"DeliveryStreamName": "logs", "Records": vec![json!({"Data": data}); count]})
}

#[test]
fn what_is_wrong_with_a_put_has_firehoses_name() {
    let server = LocalStream::quick();
    let named = |name: &str| json!({"DeliveryStreamName": name, "Record": {"Data": "eA=="}});
    let cases = [
        ("PutRecordBatch", entries(501, 1), "ValidationException"),
        ("PutRecordBatch", entries(0, 1), "ValidationException"),
        ("PutRecordBatch", entries(1, 1_024_001), "ValidationException"),
        ("PutRecordBatch", entries(5, 838_861), "InvalidArgumentException"),
        ("PutRecordBatch", entries(7, 1_024_000), "InvalidArgumentException"),
        ("PutRecordBatch", json!({"Records": [{"Data": "eA=="}]}), "ValidationException"),
        ("PutRecordBatch", json!({"DeliveryStreamName": "logs"}), "ValidationException"),
        (
            "PutRecordBatch",
            json!({"DeliveryStreamName": "logs", "Records": [{}]}),
            "ValidationException",
        ),
        (
            "PutRecordBatch",
            json!({"DeliveryStreamName": "logs", "Records": [{"Data": "e"}]}),
            "SerializationException",
        ),
        (
            "PutRecordBatch",
            json!({"DeliveryStreamName": "logs", "Records": {}}),
            "SerializationException",
        ),
        ("PutRecord", json!({"DeliveryStreamName": "logs"}), "ValidationException"),
        ("PutRecord", named(""), "ValidationException"),
        ("PutRecord", named("a b"), "ValidationException"),
        ("PutRecord", named(&"x".repeat(65)), "ValidationException"),
        ("PutRecord", named("other"), "ResourceNotFoundException"),
        ("PutRecord", json!([]), "SerializationException"),
        ("DescribeDeliveryStream", named("other"), "ResourceNotFoundException"),
        ("DeleteDeliveryStream", named("other"), "ResourceNotFoundException"),
        ("TagDeliveryStream", named("logs"), "UnknownOperationException"),
    ];
    for (operation, request, expected) in cases {
        let answer = server.call(operation, &request);
        let shown: String = request.to_string().chars().take(80).collect();
        assert_eq!(answer.error(), (400, expected), "{operation} {shown} {answer:?}");
        assert!(answer.body["message"].is_string());
        assert_eq!(answer.headers["x-amzn-requestid"].len(), 36);
        assert_eq!(answer.headers["content-type"], "application/x-amz-json-1.1");
    }
    let answer = server.send("Firehose_20150804.PutRecord", b"{\"DeliveryStreamName\":");
    assert_eq!(answer.error(), (400, "SerializationException"));
    let answer = server.send("Kinesis_20131202.PutRecord", b"{}");
    assert_eq!(answer.error(), (400, "UnknownOperationException"));
}

#[test]
fn pages_in_a_browser_put_nothing() {
    let server = LocalStream::quick();
    let headers = [
        ("x-amz-target", "Firehose_20150804.PutRecord"),
        ("origin", "http://rebound.example:4573"),
    ];
    let answer =
        server.send_with(&headers, br#"{"DeliveryStreamName":"logs","Record":{"Data":"eA=="}}"#);
    assert_eq!(answer.error(), (400, "AccessDeniedException"));
}

#[test]
fn what_is_just_within_the_limits_is_accepted() {
    let server = LocalStream::start(&["--buffer-seconds", "900"], &[]);
    for (count, size) in [(500, 1), (1, 1_024_000), (4, 1_024_000), (500, 8_388), (1, 0)] {
        let answer = server.call("PutRecordBatch", &entries(count, size));
        assert_eq!(answer.status, 200, "{count} {size} {answer:?}");
        assert_eq!(answer.body["FailedPutCount"], 0);
        assert_eq!(answer.body["Encrypted"], false);
        let responses = answer.body["RequestResponses"].as_array().unwrap();
        assert_eq!(responses.len(), count);
        assert!(responses.iter().all(|entry| entry["RecordId"].as_str().unwrap().len() == 56));
    }
}

#[test]
fn streams_are_made_listed_described_changed_and_deleted() {
    let server =
        LocalStream::start(&["--stream", "one", "--stream", "two", "--buffer-seconds", "0"], &[]);
    let list = |request: Value| {
        let answer = server.call("ListDeliveryStreams", &request).body;
        (answer["DeliveryStreamNames"].clone(), answer["HasMoreDeliveryStreams"] == true)
    };
    assert_eq!(list(json!({})), (json!(["one", "two"]), false));
    let three = json!({"DeliveryStreamName": "three", "ElasticsearchDestinationConfiguration": {
        "IndexName": "logging-test", "IndexRotationPeriod": "OneMonth",
        "BufferingHints": {"IntervalInSeconds": 0, "SizeInMBs": 5},
        "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": [
            {"ParameterName": "BufferSizeInMBs", "ParameterValue": "0.25"}]}]}}});
    let answer = server.call("CreateDeliveryStream", &three);
    assert_eq!(
        answer.body["DeliveryStreamARN"],
        "arn:aws:firehose:us-east-1:000000000000:deliverystream/three"
    );
    assert_eq!(
        server.call("CreateDeliveryStream", &three).error(),
        (400, "ResourceInUseException")
    );
    assert_eq!(list(json!({"Limit": 2})), (json!(["one", "three"]), true));
    assert_eq!(list(json!({"ExclusiveStartDeliveryStreamName": "three"})), (json!(["two"]), false));
    assert_eq!(list(json!({"DeliveryStreamType": "KinesisStreamAsSource"})), (json!([]), false));

    let described = server.call("DescribeDeliveryStream", &json!({"DeliveryStreamName": "three"}));
    let description = &described.body["DeliveryStreamDescription"];
    assert_eq!(description["DeliveryStreamStatus"], "ACTIVE");
    assert_eq!(description["VersionId"], "1");
    let processing = description
        .pointer("/Destinations/0/ExtendedS3DestinationDescription/ProcessingConfiguration")
        .unwrap();
    assert_eq!(processing["Processors"][0]["Parameters"][2]["ParameterValue"], "0.25");

    server.put("three", &[b"first"]);
    let month = server.documents("logging-test-", 1).remove(0);
    assert_eq!(month["message"], "first");

    let update = |version: &str, settings: Value| {
        let request = json!({"DeliveryStreamName": "three", "CurrentDeliveryStreamVersionId": version,
            "DestinationId": "destinationId-000000000001", "ElasticsearchDestinationUpdate": settings});
        server.call("UpdateDestination", &request)
    };
    let changed = json!({"IndexName": "changed", "IndexRotationPeriod": "NoRotation"});
    assert_eq!(update("7", changed.clone()).error(), (400, "ConcurrentModificationException"));
    assert_eq!(
        update("1", json!({"IndexName": "../x"})).error(),
        (400, "InvalidArgumentException")
    );
    assert_eq!(update("1", changed).status, 200);
    server.put("three", &[b"second"]);
    assert_eq!(server.documents("changed.ndjson", 1)[0]["message"], "second");

    let name = json!({"DeliveryStreamName": "three"});
    assert_eq!(server.call("DeleteDeliveryStream", &name).status, 200);
    assert_eq!(server.put("three", &[b"third"]).error(), (400, "ResourceNotFoundException"));
    assert_eq!(list(json!({})), (json!(["one", "two"]), false));
}

#[test]
fn what_this_machine_cannot_do_is_refused() {
    let server = LocalStream::quick();
    let create = |request: Value| server.call("CreateDeliveryStream", &request);
    for request in [
        json!({"DeliveryStreamName": "a", "DeliveryStreamType": "KinesisStreamAsSource"}),
        json!({"DeliveryStreamName": "a", "SplunkDestinationConfiguration": {}}),
        json!({"DeliveryStreamName": "a", "S3DestinationConfiguration": {},
            "ElasticsearchDestinationConfiguration": {}}),
        json!({"DeliveryStreamName": "a", "ElasticsearchDestinationConfiguration": {
            "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Parameters": [
                {"ParameterName": "BufferSizeInMBs", "ParameterValue": "9"}]}]}}}),
    ] {
        assert_eq!(create(request.clone()).error(), (400, "InvalidArgumentException"), "{request}");
    }
    for destination in [
        json!({"IndexRotationPeriod": "OneYear"}),
        json!({"BufferingHints": {"IntervalInSeconds": 901}}),
    ] {
        let request = json!({"DeliveryStreamName": "a", "ElasticsearchDestinationConfiguration": destination});
        assert_eq!(create(request).error(), (400, "ValidationException"), "{destination}");
    }
    for number in 0..49 {
        assert_eq!(create(json!({"DeliveryStreamName": format!("s{number}")})).status, 200);
    }
    assert_eq!(create(json!({"DeliveryStreamName": "a"})).error(), (400, "LimitExceededException"));
    assert_eq!(server.call("ListDeliveryStreams", &json!({"Limit": 0})).status, 400);
}

#[test]
fn every_nth_record_fails_on_demand_and_none_of_them_is_delivered() {
    let server = LocalStream::start(&["--fail-every", "3", "--buffer-seconds", "0"], &[]);
    let answer = server.put("logs", &[b"1", b"2", b"3", b"4", b"5"]);
    assert_eq!((answer.status, &answer.body["FailedPutCount"]), (200, &json!(1)));
    let failed = &answer.body["RequestResponses"][2];
    assert_eq!(
        failed,
        &json!({"ErrorCode": "ServiceUnavailableException", "ErrorMessage": "Slow down."})
    );
    let single = json!({"DeliveryStreamName": "logs", "Record": {"Data": "eA=="}});
    assert_eq!(server.call("PutRecord", &single).error(), (500, "ServiceUnavailableException"));
    let accepted = server.call("PutRecord", &single);
    assert_eq!(accepted.status, 200);
    assert_eq!(accepted.body["RecordId"].as_str().unwrap().len(), 56);
    let mut delivered: Vec<_> = server
        .documents("logs-", 5)
        .iter()
        .map(|d| d["message"].as_str().unwrap().to_owned())
        .collect();
    delivered.sort();
    assert_eq!(delivered, ["1", "2", "4", "5", "x"]);
}

#[test]
fn puts_are_throttled_and_delayed_on_demand() {
    let server = LocalStream::start(&["--throttle", "2", "--delay", "30"], &[]);
    let started = Instant::now();
    let statuses: Vec<_> = (0..5).map(|_| server.put("logs", &[b"x"]).error().0).collect();
    assert!(started.elapsed() >= Duration::from_millis(150));
    assert_eq!(statuses[..2], [200, 200]);
    if started.elapsed() < Duration::from_millis(900) {
        assert_eq!(statuses[2..], [500, 500, 500]);
    }
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(server.put("logs", &[b"x"]).status, 200);
    assert_eq!(server.call("ListDeliveryStreams", &json!({})).status, 200);
}
