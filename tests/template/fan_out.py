"""Checks of the second stream, and of the subscription, whose records hold several logs."""

import re
from graphlib import CycleError, TopologicalSorter

from checks import DOMAIN, KINESIS, LOG_GROUP, check
from security import grants, listed
from stack import Stack

LOGS = "AWS::Logs::LogGroup"
DESTINATION = "AmazonopensearchserviceDestinationConfiguration"
FAN_OUT_RESOURCES = {
    "FanOutStream",
    "FanOutDestinationLog",
    "FanOutBackupLog",
    "FanOutFreshnessAlarm",
    "FanOutThrottlingAlarm",
}
# What the second stream has otherwise than the first, besides having no function: as paths.
OWN = {
    "S3Configuration/Prefix": "fan-out/",
    "S3Configuration/CloudWatchLoggingOptions/LogStreamName": "<FanOutBackupLog>",
    "CloudWatchLoggingOptions/LogStreamName": "<FanOutDestinationLog>",
}
# Values that no parameter has by default, so that a setting which ignores its parameter shows.
UNUSUAL = {
    "Index": "logging-test",
    "IndexRotation": "week",
    "DocumentId": "NO_DOCUMENT_ID",
    "DeliveryBufferMiB": "7",
    "DeliveryBufferSeconds": "77",
    "DeliveryRetrySeconds": "777",
}


def leaves(value, path=""):
    """Path -> value of everything in a nested dictionary."""
    if not isinstance(value, dict):
        return {path: value}
    found = {}
    for key, item in value.items():
        found |= leaves(item, f"{path}/{key}" if path else key)
    return found


@check
def fan_out_delivers_as_the_stream_does(template):
    for given in ({}, {"DomainArn": DOMAIN}, UNUSUAL, {"KinesisStreamArn": KINESIS}):
        stack = Stack(template, FanOut="true", **given)
        first = leaves(stack.properties("Stream")[DESTINATION])
        second = leaves(stack.properties("FanOutStream")[DESTINATION])
        expected = {path: v for path, v in first.items() if "ProcessingConfiguration" not in path}
        expected |= OWN
        for path in sorted(set(expected) | set(second)):
            if second.get(path) != expected.get(path):
                yield f"{path} is {second.get(path)}, not {expected.get(path)}, with {given}"
        if OWN.items() & first.items():
            yield "both streams write to one place, and nobody can tell them apart"


@check
def fan_out_is_there_when_asked_for(template):
    if template["Parameters"]["FanOut"]["Default"] != "true":
        yield "records that hold several logs fail by default"
    found = {n for n in Stack(template, FanOut="true").resources if n.startswith("FanOut")}
    if found != FAN_OUT_RESOURCES:
        yield f"the second stream has {sorted(found)}"
    without = Stack(template, FanOut="false")
    if any("FanOut" in name for name in without.resources):
        yield "there is a second stream although none is asked for"
    if "FanOut" in str(without.resources["Nozzle"]) + str(without.resources["NozzleRole"]):
        yield "the function knows a second stream that is not there"


@check
def fan_out_never_comes_back(template):
    """What the function puts calls no function again, because it can put nowhere else."""
    for kinesis in ("", KINESIS):
        stack = Stack(template, FanOut="true", KinesisStreamArn=kinesis)
        second = stack.properties("FanOutStream")
        if any("ProcessingConfiguration" in path for path in leaves(second)):
            yield "the second stream calls a function"
        source = "KinesisStreamSourceConfiguration"
        if second["DeliveryStreamType"] != "DirectPut" or source in second:
            yield "the function cannot put into the second stream"
        encryption = second.get("DeliveryStreamEncryptionConfigurationInput")
        if encryption != {"KeyType": "AWS_OWNED_CMK"}:
            yield "documents in the second stream are not encrypted at rest"
        variables = stack.properties("Nozzle")["Environment"]["Variables"]
        if variables.get("NOZZLE_FANOUT_STREAM") != "<FanOutStream>":
            yield f"the function puts into {variables.get('NOZZLE_FANOUT_STREAM')}"
        for action, resources in (grants(stack, "NozzleRole") or {"anything": ["*"]}).items():
            if not action.startswith("logs:") and resources != ["<FanOutStream.Arn>"]:
                yield f"the function may {action} on {resources}"


@check
def no_resource_waits_for_itself(template):
    """The first stream needs the function, which needs the second one; the linters miss circles."""
    resources = Stack(template, FanOut="true", LogGroupName=LOG_GROUP).resources
    needs = {
        name: set(re.findall(r"<(\w+)[.>]", str(body))) | set(listed(body.get("DependsOn", [])))
        for name, body in resources.items()
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        yield f"each of these needs the next: {error.args[1]}"


@check
def subscription_feeds_the_stream(template):
    kind = "AWS::Logs::SubscriptionFilter"
    if Stack(template).of_type(kind) or "SubscriptionRole" in Stack(template).resources:
        yield "there is a subscription although no log group is named"
    stack = Stack(template, LogGroupName=LOG_GROUP)
    expected = {
        "LogGroupName": LOG_GROUP,
        "FilterPattern": "",
        "DestinationArn": "<Stream.Arn>",
        "RoleArn": "<SubscriptionRole.Arn>",
    }
    if list(stack.of_type(kind).values()) != [expected]:
        yield f"the subscription is {stack.of_type(kind)}"


@check
def subscription_is_refused_where_it_cannot_work(template):
    refused = {
        "a stream that reads from Kinesis": {"KinesisStreamArn": KINESIS},
        "no second stream": {"FanOut": "false"},
    }
    for case, given in refused.items():
        if len(list(Stack(template, LogGroupName=LOG_GROUP, **given).refusals())) != 1:
            yield f"a subscription with {case} is not refused"
        if list(Stack(template, **given).refusals()):
            yield f"{case} is refused without a subscription"
    if list(Stack(template, LogGroupName=LOG_GROUP).refusals()):
        yield "a subscription is refused"
    pattern = template["Parameters"]["LogGroupName"]["AllowedPattern"]
    for good in ("", LOG_GROUP, "/aws/lambda/checkout", "a", "NozzleLogs", "x" * 512):
        if not re.fullmatch(pattern, good):
            yield f"LogGroupName refuses {good}"
    # CloudFormation's own names: stack, resource, twelve random characters.
    own = [f"nozzle-prod-{name}-1aB2cD3eF4gH" for name in Stack(template).of_type(LOGS)]
    for bad in (*own, "two words", "arn:aws:logs:eu-west-1:1:log-group:a", "x" * 513):
        if re.fullmatch(pattern, bad):
            yield f"LogGroupName allows {bad}"
