"""What the template promises and no linter looks at. Each check yields the faults that it finds.

A check takes the template as written (a dictionary). `CHECKS` holds them all in order of reading.
`mutants.py` has at least one fault for each, and check_template.py proves that it is found.
"""

import base64
import json
import os
import re
import shlex
import subprocess
import tomllib

from stack import ROOT, Stack, references

CHECKS = {}


def check(function):
    """Adds a function to `CHECKS` under its own name."""
    CHECKS[function.__name__] = function
    return function


KINESIS = "arn:aws:kinesis:eu-west-1:123456789012:stream/logs"
DOMAIN = "arn:aws:es:eu-west-1:123456789012:domain/logs"
LOG_GROUP = "/ecs/checkout"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms"

# Nozzle's variables that the template sets, and the parameter of each.
VARIABLES = {
    "NOZZLE_SERVICE": "Service",
    "NOZZLE_ENVIRONMENT": "Environment",
    "NOZZLE_INDEX": "Index",
    "NOZZLE_INDEX_ROTATION": "IndexRotation",
    "NOZZLE_FIELDS": "Fields",
    "NOZZLE_REDACT": "Redact",
    "NOZZLE_REDACT_MODE": "RedactMode",
    "NOZZLE_TIMEZONE": "TimeZone",
    "NOZZLE_LOG": "LogLevel",
}
# The variable that a condition decides on: the second stream is there or is not.
FAN_OUT = {"Fn::If": ["HasFanOut", {"Ref": "FanOutStream"}, {"Ref": "AWS::NoValue"}]}
# What Nozzle accepts for its variables that take one word of a list.
WORDS = {
    "Fields": {"labels", "keep"},
    "RedactMode": {"label", "mask", "partial", "remove"},  # `hash` needs a key besides
    "LogLevel": {"error", "warn", "info"},
}
REDACTION_SETS = ["secrets", "cards", "ssn", "iban", "email", "ip", "phone", "mac"]
# Values at the edge of what a parameter of free text allows; others have a list of their own.
SAMPLES = {
    "Service": ["a", "Check.Out_2-eu", "s" * 48],
    "Environment": ["9", "pre-prod", "e" * 32],
    "Index": ["0", "logging-test", "a.b_c-", "i" * 48],
    "IndexRotation": [],
    "Fields": [],
    "Redact": ["none", *REDACTION_SETS, ",".join(REDACTION_SETS)],
    "RedactMode": [],
    "TimeZone": ["UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires"],
    "LogLevel": [],
    "FanOut": [],
}
# Nozzle's rotations and what Firehose calls them.
ROTATIONS = {
    "hour": "OneHour",
    "day": "OneDay",
    "week": "OneWeek",
    "month": "OneMonth",
    "none": "NoRotation",
}
# Versions that the service offers; CloudFormation itself accepts any text.
ENGINES = {"Elasticsearch_7.10", "OpenSearch_1.3", "OpenSearch_3.1"} | {
    f"OpenSearch_2.{minor}" for minor in range(3, 20, 2)
}
LOG_RETENTIONS = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192}
LOG_RETENTIONS |= {2557, 2922, 3288, 3653}
# Processor buffer -> the shortest lines, in bytes, whose answer must still fit into a response.
SHORTEST_LINES = {"0.2": 50, "0.25": 50, "0.5": 100, "1": 250}


def longest(parameter):
    """The most characters that a parameter's value can have, or infinity."""
    if "AllowedValues" in parameter:
        return max(len(str(value)) for value in parameter["AllowedValues"])
    if parameter["Type"] == "Number":
        return len(str(parameter["MaxValue"]))
    return parameter.get("MaxLength", float("inf"))


def nozzle(arguments, stack, text=""):
    """Runs the command `nozzle` with nothing but the function's variables in its environment."""
    variables = dict(stack.properties("Nozzle")["Environment"]["Variables"])
    if variables.get("NOZZLE_FANOUT_STREAM") == "<FanOutStream>":
        # Such as CloudFormation makes them: stack, resource, twelve random characters.
        variables["NOZZLE_FANOUT_STREAM"] = "nozzle-FanOutStream-1aB2cD3eF4gH"
    command = [os.environ["NOZZLE"], *arguments]
    return subprocess.run(command, env=variables, input=text, capture_output=True, text=True)


# --- parameters -------------------------------------------------------------------------------


@check
def parameters_are_described_and_limited(template):
    for name, parameter in template["Parameters"].items():
        if len(parameter.get("Description", "")) < 20:
            yield f"{name} has no description"
        if "Default" not in parameter:
            yield f"{name} has no default"
            continue
        default = parameter["Default"]
        if "AllowedValues" in parameter:
            if default not in parameter["AllowedValues"]:
                yield f"the default of {name} is not among its values"
        elif parameter["Type"] == "Number":
            low, high = parameter.get("MinValue"), parameter.get("MaxValue")
            if low is None or high is None:
                yield f"{name} has no least or no greatest value"
            elif not low <= default <= high:
                yield f"the default of {name} is out of its limits"
        elif "AllowedPattern" in parameter:
            pattern = parameter["AllowedPattern"]
            if not (pattern.startswith("^") and pattern.endswith("$")):
                yield f"the pattern of {name} is not anchored"
            if not re.fullmatch(pattern, default):
                yield f"the default of {name} does not match its pattern"
            if len(default) > longest(parameter):
                yield f"the default of {name} is too long"
            if "ConstraintDescription" not in parameter:
                yield f"{name} does not say in words what its pattern wants"
        else:
            yield f"{name} has no limit"


@check
def parameters_are_used(template):
    resources = dict(template["Resources"])
    properties = dict(resources["Nozzle"]["Properties"], VersionDescription=None)
    resources["Nozzle"] = dict(resources["Nozzle"], Properties=properties)
    used = references([resources, template["Conditions"], template["Outputs"]])
    for name in sorted(set(template["Parameters"]) - used):
        yield f"{name} is used nowhere"


@check
def parameters_are_grouped(template):
    groups = template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    grouped = [name for group in groups for name in group["Parameters"]]
    if sorted(grouped) != sorted(template["Parameters"]):
        odd = set(grouped) ^ set(template["Parameters"])
        yield f"each parameter belongs into one group, which is not so for {sorted(odd)}"


# --- the function -----------------------------------------------------------------------------


@check
def function_is_the_rust_binary(template):
    function = template["Resources"]["Nozzle"]
    if function.get("Metadata", {}).get("BuildMethod") != "rust-cargolambda":
        yield "the function is not built by cargo lambda"
    binary = function.get("Metadata", {}).get("BuildProperties", {}).get("Binary")
    manifest = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))
    if binary not in [b["name"] for b in manifest["bin"]] or binary == manifest["package"]["name"]:
        yield f"the binary {binary} is not the function's"
    properties = Stack(template).properties("Nozzle")
    if properties["Runtime"] != "provided.al2023":
        yield f"the runtime {properties['Runtime']} is not one that Rust builds for"
    if properties["Handler"] != "bootstrap":
        yield "the handler is not called bootstrap"
    architectures = template["Parameters"]["Architecture"]["AllowedValues"]
    if properties["Architectures"] != ["x86_64"] or sorted(architectures) != ["arm64", "x86_64"]:
        yield "the architecture is not x86_64 or arm64, the first by default"


@check
def function_ends_before_firehose_gives_up(template):
    timeout = template["Parameters"]["TimeoutSeconds"]
    if Stack(template).properties("Nozzle")["Timeout"] != str(timeout["Default"]):
        yield "the timeout is not the parameter"
    if timeout["MaxValue"] > 300:
        yield "Firehose waits 300 seconds at most"
    memory = template["Parameters"]["MemoryMiB"]
    if Stack(template).properties("Nozzle")["MemorySize"] != str(memory["Default"]):
        yield "the memory is not the parameter"
    if memory["MinValue"] < 128 or memory["MaxValue"] > 10240:
        yield "Lambda gives 128 to 10240 MiB of memory"


@check
def function_is_told_its_configuration(template):
    variables = template["Resources"]["Nozzle"]["Properties"]["Environment"]["Variables"]
    expected = {name: {"Ref": parameter} for name, parameter in VARIABLES.items()}
    expected["NOZZLE_FANOUT_STREAM"] = FAN_OUT
    for name in sorted(set(variables) | set(expected)):
        if variables.get(name) != expected.get(name):
            yield f"{name} is {variables.get(name)} instead of {expected.get(name)}"
    for name, words in WORDS.items():
        if set(template["Parameters"][name]["AllowedValues"]) != words:
            yield f"{name} does not allow the words that Nozzle knows"
    pattern = template["Parameters"]["Redact"]["AllowedPattern"]
    for good in ["none", *REDACTION_SETS, ",".join(REDACTION_SETS)]:
        if not re.fullmatch(pattern, good):
            yield f"Redact refuses {good}"
    for bad in ["", "secret", "secrets,", "secrets cards", "secrets,none", "secrets,x"]:
        if re.fullmatch(pattern, bad):
            yield f"Redact allows {bad!r}"
    if longest(template["Parameters"]["Redact"]) < len(",".join(REDACTION_SETS)):
        yield "Redact has no room for all sets"


@check
def function_accepts_its_configuration(template):
    """Nozzle itself judges: `nozzle check` fails on what would stop the function's cold start."""
    for name, values in SAMPLES.items():
        declared = template["Parameters"][name]
        for value in declared.get("AllowedValues", values):
            if "AllowedPattern" in declared and not re.fullmatch(declared["AllowedPattern"], value):
                yield f"{name} refuses {value}"
            run = nozzle(["check"], Stack(template, **{name: value}))
            if run.returncode != 0:
                yield f"the function would not start with {name} {value!r}: {run.stderr.strip()}"


@check
def function_takes_new_configuration(template):
    """A new value of any parameter must reach the alias that the stream calls."""
    properties = template["Resources"]["Nozzle"]["Properties"]
    description = properties.get("VersionDescription", {})
    shaping = {name: value for name, value in properties.items() if name != "VersionDescription"}
    needed = references(shaping, template["Conditions"]) & set(template["Parameters"])
    for name in sorted(needed - references(description)):
        yield f"a new value of {name} makes no new version"
    text = description.get("Fn::Sub", "")
    limits = {name: longest(template["Parameters"][name]) for name in needed}
    if len(re.sub(r"\$\{[^}]+\}", "", text)) + sum(limits.values()) > 256:
        yield "the description of a version can exceed 256 characters"
    if properties.get("AutoPublishAliasAllProperties") is not True:
        yield "a new template makes no new version"
    stack = Stack(template)
    versions, aliases = stack.of_type("AWS::Lambda::Version"), stack.of_type("AWS::Lambda::Alias")
    if len(versions) != 1 or [a["Name"] for a in aliases.values()] != ["live"]:
        yield "there is no alias `live` of one version"


# --- the stream -------------------------------------------------------------------------------


def processor(stack):
    """The parameters of the stream's only processor."""
    destination = stack.properties("Stream")["AmazonopensearchserviceDestinationConfiguration"]
    processing = destination["ProcessingConfiguration"]
    (only,) = processing["Processors"]
    if processing["Enabled"] is not True or only["Type"] != "Lambda":
        return {}
    return {p["ParameterName"]: p["ParameterValue"] for p in only["Parameters"]}


@check
def stream_calls_the_function(template):
    declared = template["Parameters"]
    expected = {
        "LambdaArn": "<NozzleAliaslive>",
        "RoleArn": "<StreamRole.Arn>",
        "NumberOfRetries": str(declared["ProcessorRetries"]["Default"]),
        "BufferSizeInMBs": declared["ProcessorBufferMB"]["Default"],
        "BufferIntervalInSeconds": str(declared["ProcessorBufferSeconds"]["Default"]),
    }
    found = processor(Stack(template))
    for name in sorted(set(expected) | set(found)):
        if expected.get(name) != found.get(name):
            yield f"the processor's {name} is {found.get(name)} instead of {expected.get(name)}"
    if template["Resources"]["Stream"].get("DependsOn") != "StreamCalls":
        yield "the stream may begin before it may call"
    for size in map(float, declared["ProcessorBufferMB"]["AllowedValues"]):
        if not 0.2 <= size <= 3:
            yield f"Firehose takes 0.2 to 3 as BufferSizeInMBs, not {size}"
    if declared["ProcessorBufferSeconds"]["MaxValue"] > 900:
        yield "Firehose takes 900 seconds at most as BufferIntervalInSeconds"
    if declared["ProcessorRetries"]["MaxValue"] > 300:
        yield "Firehose takes 300 at most as NumberOfRetries"


def firehose_event(lines):
    """One event, however large: `nozzle event` would divide it."""
    records = [
        {
            "recordId": f"{i:056}",
            "approximateArrivalTimestamp": 1589201090123,
            "data": base64.b64encode(line.encode()).decode(),
        }
        for i, line in enumerate(lines)
    ]
    stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/" + "s" * 64
    return {"deliveryStreamArn": stream, "region": "us-east-1", "records": records}


@check
def answers_fit_into_a_response(template):
    """Nozzle transforms a full buffer of short lines, under the longest names."""
    names = {name: max(SAMPLES[name], key=len) for name in ("Service", "Environment", "Index")}
    # With a second stream, what does not fit would go there.
    stack = Stack(template, FanOut="false", **names)
    sizes = template["Parameters"]["ProcessorBufferMB"]
    if SHORTEST_LINES.get(sizes["Default"], 0) != min(SHORTEST_LINES.values()):
        yield "the default buffer is not one for the shortest lines"
    for size in sizes["AllowedValues"]:
        length = SHORTEST_LINES.get(size, min(SHORTEST_LINES.values()))
        count = int(float(size) * 2**20) // length
        lines = [f"INFO {i} ".ljust(length - 1, "x") + "\n" for i in range(count)]
        event = json.dumps(firehose_event(lines))
        if nozzle(["transform", "--format", "response"], stack, event).returncode != 0:
            yield f"the answer to {size} MB of lines of {length} bytes exceeds a response"


@check
def stream_and_function_name_the_same_index(template):
    if set(template["Parameters"]["IndexRotation"]["AllowedValues"]) != set(ROTATIONS):
        yield "IndexRotation does not allow the rotations that Nozzle knows"
    if template["Parameters"]["IndexRotation"]["Default"] != "day":
        yield "the index does not rotate daily by default"
    for word, period in ROTATIONS.items():
        stack = Stack(template, Index="logging-test", IndexRotation=word)
        stream = stack.properties("Stream")["AmazonopensearchserviceDestinationConfiguration"]
        variables = stack.properties("Nozzle")["Environment"]["Variables"]
        if stream["IndexRotationPeriod"] != period or variables["NOZZLE_INDEX_ROTATION"] != word:
            yield f"rotation {word} is {stream['IndexRotationPeriod']} for Firehose"
        if stream["IndexName"] != "logging-test" or variables["NOZZLE_INDEX"] != "logging-test":
            yield f"Firehose writes to {stream['IndexName']}"
    if longest(template["Parameters"]["Index"]) + len("-2020-05-11-14") > 80:
        yield "an index name can exceed Firehose's 80 characters"


@check
def stream_delivers_to_the_domain(template):
    for arn, expected in {"": "<Domain.Arn>", DOMAIN: DOMAIN}.items():
        stream = Stack(template, DomainArn=arn).properties("Stream")
        destination = stream["AmazonopensearchserviceDestinationConfiguration"]
        if destination["DomainARN"] != expected:
            yield f"documents go to {destination['DomainARN']} instead of {expected}"
        if destination["S3BackupMode"] != "FailedDocumentsOnly":
            yield "the backup bucket gets unredacted originals of all records"
        backup = destination["S3Configuration"]
        if backup["BucketARN"] != "<Backup.Arn>":
            yield "failed documents do not go to the backup bucket"
        if {destination["RoleARN"], backup["RoleARN"]} != {"<StreamRole.Arn>"}:
            yield "the stream does not use its own role"
    ranges = {"DeliveryBufferMiB": (1, 100), "DeliveryBufferSeconds": (0, 900)}
    for name, (low, high) in (ranges | {"DeliveryRetrySeconds": (0, 7200)}).items():
        parameter = template["Parameters"][name]
        if parameter["MinValue"] < low or parameter["MaxValue"] > high:
            yield f"Firehose takes {low} to {high} for {name}"


@check
def stream_has_the_source_that_is_asked_for(template):
    direct = Stack(template).properties("Stream")
    if direct["DeliveryStreamType"] != "DirectPut" or "KinesisStreamSourceConfiguration" in direct:
        yield "producers cannot put records directly by default"
    if direct.get("DeliveryStreamEncryptionConfigurationInput") != {"KeyType": "AWS_OWNED_CMK"}:
        yield "records that were put directly are not encrypted at rest"
    kinesis = Stack(template, KinesisStreamArn=KINESIS).properties("Stream")
    source = {"KinesisStreamARN": KINESIS, "RoleARN": "<StreamRole.Arn>"}
    if kinesis["DeliveryStreamType"] != "KinesisStreamAsSource":
        yield "a Kinesis data stream is not read"
    if kinesis.get("KinesisStreamSourceConfiguration") != source:
        yield "the Kinesis data stream is not the one of the parameter"
    if "DeliveryStreamEncryptionConfigurationInput" in kinesis:
        yield "Firehose refuses encryption of its own with a Kinesis source"


@check
def outputs_say_how_to_try_it(template):
    for arn in ["", KINESIS]:
        stack = Stack(template, KinesisStreamArn=arn)
        values = {name: output["Value"] for name, output in stack.outputs.items()}
        expected = {"StreamName": "<Stream>", "StreamArn": "<Stream.Arn>"}
        expected |= {"FunctionArn": "<NozzleAliaslive>", "BackupBucket": "<Backup>"}
        expected |= {"DomainEndpoint": "<Domain.DomainEndpoint>"}
        expected |= {"StreamRoleArn": "<StreamRole.Arn>", "FanOutStreamName": "<FanOutStream>"}
        for name, value in expected.items():
            if values.get(name) != value:
                yield f"the output {name} is {values.get(name)}"
        words = shlex.split(values["SendTestRecord"])
        options = dict(zip(words[3::2], words[4::2], strict=True))
        if arn:
            known = words[:3] == ["aws", "kinesis", "put-record"]
            target, data = options["--stream-arn"] == arn, options["--data"]
        else:
            known = words[:3] == ["aws", "firehose", "put-record"]
            target = options["--delivery-stream-name"] == "<Stream>"
            data = json.loads(options["--record"])["Data"]
        if not known or not target or "message" not in json.loads(data):
            yield "the test command sends no log to the stream"
        if "<Domain.DomainEndpoint>/logs*/_search" not in values["Search"]:
            yield "the search command does not search the index"
    if {"DomainEndpoint", "Search"} & set(Stack(template, DomainArn=DOMAIN).outputs):
        yield "an output tells of a domain that was not created"
    if "FanOutStreamName" in Stack(template, FanOut="false").outputs:
        yield "an output tells of a second stream that was not created"
