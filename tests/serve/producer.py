"""What a producer with boto3 sees of `nozzle serve`; prints its findings as JSON."""

import json
import sys

import boto3
from botocore.config import Config

client = boto3.client(
    "firehose",
    endpoint_url=sys.argv[1],
    region_name="eu-west-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
    config=Config(retries={"max_attempts": 1, "mode": "standard"}, proxies={}),
)


def error(operation, **arguments):
    """The class and the code of the exception that an operation raises."""
    try:
        getattr(client, operation)(**arguments)
    except client.exceptions.ClientError as exception:
        return [type(exception).__name__, exception.response["Error"]["Code"]]
    return None


client.create_delivery_stream(
    DeliveryStreamName="made",
    AmazonopensearchserviceDestinationConfiguration={
        "RoleARN": "arn:aws:iam::000000000000:role/any",
        "DomainARN": "arn:aws:es:eu-west-1:000000000000:domain/any",
        "IndexName": "made",
        "BufferingHints": {"IntervalInSeconds": 0, "SizeInMBs": 1},
        "ProcessingConfiguration": {"Enabled": True, "Processors": []},
        "S3Configuration": {
            "RoleARN": "arn:aws:iam::000000000000:role/any",
            "BucketARN": "arn:aws:s3:::any",
        },
    },
)
description = client.describe_delivery_stream(DeliveryStreamName="made")
description = description["DeliveryStreamDescription"]
client.update_destination(
    DeliveryStreamName="made",
    CurrentDeliveryStreamVersionId=description["VersionId"],
    DestinationId=description["Destinations"][0]["DestinationId"],
    AmazonopensearchserviceDestinationUpdate={"IndexRotationPeriod": "NoRotation"},
)
single = client.put_record(DeliveryStreamName="made", Record={"Data": b"single"})
batch = client.put_record_batch(
    DeliveryStreamName="made",
    Records=[{"Data": f"number {number}".encode()} for number in range(500)],
)
found = {
    "status": description["DeliveryStreamStatus"],
    "created": description["CreateTimestamp"].year >= 2024,
    "listed": client.list_delivery_streams()["DeliveryStreamNames"],
    "single": len(single["RecordId"]),
    "batch": [batch["FailedPutCount"], len(batch["RequestResponses"])],
    "request": len(batch["ResponseMetadata"]["RequestId"]),
    "unknown": error("put_record", DeliveryStreamName="other", Record={"Data": b""}),
    "twice": error("create_delivery_stream", DeliveryStreamName="made"),
    "many": error(
        "put_record_batch", DeliveryStreamName="made", Records=[{"Data": b""}] * 501
    ),
    "large": error(
        "put_record_batch", DeliveryStreamName="made", Records=[{"Data": b"x" * 900_000}] * 5
    ),
    "stale": error(
        "update_destination",
        DeliveryStreamName="made",
        CurrentDeliveryStreamVersionId="1",
        DestinationId="destinationId-000000000001",
        ExtendedS3DestinationUpdate={},
    ),
    "other": error("tag_delivery_stream", DeliveryStreamName="made", Tags=[{"Key": "a"}]),
    "deleted": client.delete_delivery_stream(DeliveryStreamName="made") is not None,
}
# Only so many puts a second are taken.
found["throttled"] = next(
    filter(None, (error("put_record", DeliveryStreamName="logs", Record={"Data": b"x"}) for _ in range(200)))
)
json.dump(found, sys.stdout)
