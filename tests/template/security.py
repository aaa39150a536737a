"""Checks of what may be reached, read and kept: roles, bucket, domain, logs and alarms."""

import json

from checks import DOMAIN, ENGINES, KINESIS, LOG_GROUP, LOG_RETENTIONS, TOPIC, check
from stack import Stack

# Everything that the roles may do. A grant that is not here is a fault, a missing one too.
FUNCTION_GRANTS = {
    "logs:CreateLogStream": ["<NozzleLogs.Arn>"],
    "logs:PutLogEvents": ["<NozzleLogs.Arn>"],
}
FAN_OUT_GRANTS = {"firehose:PutRecordBatch": ["<FanOutStream.Arn>"]}
SUBSCRIPTION_GRANTS = {
    "firehose:PutRecord": ["<Stream.Arn>"],
    "firehose:PutRecordBatch": ["<Stream.Arn>"],
}
STREAM_GRANTS = {
    "lambda:InvokeFunction": ["<NozzleAliaslive>"],
    "lambda:GetFunctionConfiguration": ["<NozzleAliaslive>"],
    "es:DescribeDomain": ["{domain}", "{domain}/*"],
    "es:DescribeDomains": ["{domain}", "{domain}/*"],
    "es:DescribeDomainConfig": ["{domain}", "{domain}/*"],
    "es:ESHttpPost": ["{domain}", "{domain}/*"],
    "es:ESHttpPut": ["{domain}", "{domain}/*"],
    "es:ESHttpGet": [
        "{domain}/_all/_settings",
        "{domain}/_cluster/stats",
        "{domain}/_nodes",
        "{domain}/_nodes/*",
        "{domain}/_stats",
        "{domain}/logs*",
    ],
    "s3:GetBucketLocation": ["<Backup.Arn>"],
    "s3:ListBucket": ["<Backup.Arn>"],
    "s3:ListBucketMultipartUploads": ["<Backup.Arn>"],
    "s3:AbortMultipartUpload": ["<Backup.Arn>/*"],
    "s3:GetObject": ["<Backup.Arn>/*"],
    "s3:PutObject": ["<Backup.Arn>/*"],
    "logs:PutLogEvents": ["<StreamLogs.Arn>"],
}
KINESIS_GRANTS = {
    "kinesis:DescribeStream": [KINESIS],
    "kinesis:GetShardIterator": [KINESIS],
    "kinesis:GetRecords": [KINESIS],
    "kinesis:ListShards": [KINESIS],
}
ALARMS = {  # (metric, resource) -> namespace, dimensions, statistic, comparison, threshold, periods
    ("Errors", "<Nozzle>"): (
        "AWS/Lambda",
        {"FunctionName": "<Nozzle>"},
        "Sum",
        "GreaterThanThreshold",
        0,
        1,
    ),
    ("ExecuteProcessing.Success", "<Stream>"): (
        "AWS/Firehose",
        {"DeliveryStreamName": "<Stream>"},
        "Average",
        "LessThanThreshold",
        1,
        1,
    ),
    ("DeliveryToAmazonOpenSearchService.DataFreshness", "<Stream>"): (
        "AWS/Firehose",
        {"DeliveryStreamName": "<Stream>"},
        "Maximum",
        "GreaterThanThreshold",
        900,
        1,
    ),
    ("DeliveryToAmazonOpenSearchService.DataFreshness", "<FanOutStream>"): (
        "AWS/Firehose",
        {"DeliveryStreamName": "<FanOutStream>"},
        "Maximum",
        "GreaterThanThreshold",
        900,
        1,
    ),
    ("ThrottledRecords", "<FanOutStream>"): (
        "AWS/Firehose",
        {"DeliveryStreamName": "<FanOutStream>"},
        "Sum",
        "GreaterThanThreshold",
        0,
        3,
    ),
    ("PutRequests", "<Backup>"): (
        "AWS/S3",
        {"BucketName": "<Backup>", "FilterId": "all"},
        "Sum",
        "GreaterThanThreshold",
        0,
        1,
    ),
}


def listed(value):
    """IAM's lists of one may go without brackets."""
    return value if isinstance(value, list) else [value]


def grants(stack, name):
    """Action -> sorted resources of a role's policies; None if it allows in another way."""
    found = {}
    attached = stack.of_type("AWS::IAM::Policy").values()
    policies = [policy for policy in attached if f"<{name}>" in policy.get("Roles", [])]
    for policy in stack.properties(name).get("Policies", []) + policies:
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] != "Allow" or {"NotAction", "NotResource"} & set(statement):
                return None
            for action in listed(statement["Action"]):
                found.setdefault(action, []).extend(listed(statement["Resource"]))
    return {action: sorted(resources) for action, resources in found.items()}


@check
def roles_allow_what_is_needed_and_no_more(template):
    for given in (
        {"FanOut": "true"},
        {"FanOut": "false"},
        {"FanOut": "true", "KinesisStreamArn": KINESIS, "DomainArn": DOMAIN},
        {"FanOut": "true", "LogGroupName": LOG_GROUP},
    ):
        stack = Stack(template, **given)
        domain = given.get("DomainArn", "<Domain.Arn>")
        stream_grants = json.loads(json.dumps(STREAM_GRANTS).replace("{domain}", domain))
        function_grants = FUNCTION_GRANTS | (FAN_OUT_GRANTS if given["FanOut"] == "true" else {})
        expected = {"NozzleRole": function_grants, "StreamRole": stream_grants}
        if "KinesisStreamArn" in given:
            stream_grants |= KINESIS_GRANTS
        if "LogGroupName" in given:
            expected["SubscriptionRole"] = SUBSCRIPTION_GRANTS
        roles = stack.of_type("AWS::IAM::Role")
        if set(roles) != set(expected) or stack.properties("Nozzle")["Role"] != "<NozzleRole.Arn>":
            yield f"there are roles {sorted(roles)} instead of {sorted(expected)}"
            continue
        for name, policy in stack.of_type("AWS::IAM::Policy").items():
            if policy.get("Roles") != ["<StreamRole>"] or {"Users", "Groups"} & set(policy):
                yield f"{name} grants something to others than the streams' role"
        for kind in ("AWS::IAM::ManagedPolicy", "AWS::Lambda::Permission"):
            for name in stack.of_type(kind):
                yield f"{name} grants something beside the roles"
        for name, wanted in expected.items():
            if "ManagedPolicyArns" in roles[name]:
                yield f"{name} has managed policies"
            found = grants(stack, name)
            if found is None:
                yield f"{name} has a statement that does not allow named actions on resources"
                continue
            for action in sorted(set(found) | set(wanted)):
                if found.get(action) != wanted.get(action):
                    yield f"{name} may {action} on {found.get(action)}, not {wanted.get(action)}"


@check
def roles_are_for_one_service(template):
    account = {"StringEquals": {"sts:ExternalId": "123456789012"}}
    logs = {"StringLike": {"aws:SourceArn": "arn:aws:logs:eu-west-1:123456789012:*"}}
    expected = {
        "NozzleRole": ("lambda.amazonaws.com", None),
        "StreamRole": ("firehose.amazonaws.com", account),
        "SubscriptionRole": ("logs.amazonaws.com", logs),
    }
    stack = Stack(template, LogGroupName=LOG_GROUP)
    for name, (service, condition) in expected.items():
        role = stack.properties(name)
        (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
        if statement["Principal"] != {"Service": service} or statement["Effect"] != "Allow":
            yield f"{name} can be assumed by {statement['Principal']}"
        if statement["Action"] != "sts:AssumeRole" or statement.get("Condition") != condition:
            yield f"{name} can be assumed in another way than for this account"


@check
def backup_is_private_and_expires(template):
    stack = Stack(template)
    bucket = stack.properties("Backup")
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    if rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] not in ("AES256", "aws:kms"):
        yield "the backup is not encrypted"
    public = {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"}
    if bucket["PublicAccessBlockConfiguration"] != dict.fromkeys(public, True):
        yield "the backup may become public"
    if bucket["OwnershipControls"]["Rules"] != [{"ObjectOwnership": "BucketOwnerEnforced"}]:
        yield "the backup obeys access lists"
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    if rule["Status"] != "Enabled" or "Prefix" in rule or "TagFilters" in rule:
        yield "the rule of expiry is not for everything"
    days = template["Parameters"]["BackupRetentionDays"]
    if rule.get("ExpirationInDays") != str(days["Default"]):
        yield "the backup does not expire after the given days"
    if "AbortIncompleteMultipartUpload" not in rule:
        yield "parts of broken uploads do not expire"
    if "VersioningConfiguration" in bucket:
        yield "expired objects live on as versions"
    policy = stack.properties("BackupPolicy")
    statements = policy["PolicyDocument"]["Statement"]
    tls = [s for s in statements if s["Effect"] == "Deny" and s["Action"] == "s3:*"]
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    if policy["Bucket"] != "<Backup>" or not any(
        s["Principal"] == "*"
        and s["Condition"] == insecure
        and set(s["Resource"]) == {"<Backup.Arn>", "<Backup.Arn>/*"}
        for s in tls
    ):
        yield "the backup can be read without TLS"
    if any(s["Effect"] == "Allow" for s in statements):
        yield "the policy of the backup lets somebody in"


@check
def what_holds_logs_outlives_the_stack(template):
    for name in ("Backup", "Domain"):
        resource = template["Resources"][name]
        if resource.get("DeletionPolicy") != "RetainExceptOnCreate":
            yield f"{name} is deleted with the stack"
        if resource.get("UpdateReplacePolicy") != "Retain":
            yield f"{name} is deleted when it is replaced"


@check
def domain_is_closed(template):
    if Stack(template, DomainArn=DOMAIN).of_type("AWS::OpenSearchService::Domain"):
        yield "a domain is created although one is given"
    domain = Stack(template).properties("Domain")
    for option in ("EncryptionAtRestOptions", "NodeToNodeEncryptionOptions"):
        if domain[option] != {"Enabled": True}:
            yield f"the domain has no {option}"
    endpoint = domain["DomainEndpointOptions"]
    if endpoint.get("EnforceHTTPS") is not True:
        yield "the domain answers without TLS"
    if not endpoint.get("TLSSecurityPolicy", "").startswith("Policy-Min-TLS-1-2-PFS"):
        yield "the domain accepts old TLS"
    for statement in domain.get("AccessPolicies", {}).get("Statement", []):
        if "*" in json.dumps(statement["Principal"]) and not statement.get("Condition"):
            yield "anybody may use the domain"
    if domain["AdvancedOptions"].get("rest.action.multi.allow_explicit_index") != "true":
        yield "the domain refuses Firehose's bulk requests"
    if domain["EngineVersion"] not in ENGINES:
        yield f"there is no engine {domain['EngineVersion']}"


@check
def logs_are_kept_for_a_time(template):
    stack = Stack(template)
    groups = stack.of_type("AWS::Logs::LogGroup")
    retention = template["Parameters"]["LogRetentionDays"]
    for name, group in groups.items():
        if group.get("RetentionInDays") != str(retention["Default"]):
            yield f"{name} has no retention"
    if not set(retention["AllowedValues"]) <= LOG_RETENTIONS:
        yield "CloudWatch does not know every retention"
    if stack.properties("Nozzle").get("LoggingConfig") != {"LogGroup": "<NozzleLogs>"}:
        yield "the function does not log into its own group"
    streams = stack.of_type("AWS::Logs::LogStream")
    names = [log["LogStreamName"] for log in streams.values()]
    if len(set(names)) != len(names):
        yield "two logs of the streams have the same name"
    destinations = [
        stack.properties(name)["AmazonopensearchserviceDestinationConfiguration"]
        for name in ("Stream", "FanOutStream")
    ]
    for part in [part for d in destinations for part in (d, d["S3Configuration"])]:
        options = part["CloudWatchLoggingOptions"]
        name = options["LogStreamName"].strip("<>")
        if options["Enabled"] is not True or options["LogGroupName"] != "<StreamLogs>":
            yield "the stream does not log into its own group"
        elif streams.get(name, {}).get("LogGroupName") != "<StreamLogs>":
            yield f"nobody creates the stream's log {name}"


@check
def alarms_cover_every_way_to_fail(template):
    kind = "AWS::CloudWatch::Alarm"
    silent = Stack(template)
    found = {
        (alarm["MetricName"], alarm["Dimensions"][0]["Value"]): alarm
        for alarm in silent.of_type(kind).values()
    }
    for (metric, watched), expected in ALARMS.items():
        alarm = found.get((metric, watched))
        if alarm is None:
            yield f"no alarm watches {metric} of {watched}"
            continue
        dimensions = {d["Name"]: d["Value"] for d in alarm["Dimensions"]}
        rule = (alarm["Statistic"], alarm["ComparisonOperator"], alarm["Threshold"])
        rule += (alarm["EvaluationPeriods"],)
        if (alarm["Namespace"], dimensions, *rule) != expected or alarm["Period"] != 300:
            yield f"the alarm on {metric} watches something else"
        if alarm["TreatMissingData"] != "notBreaching":
            yield f"a quiet hour raises the alarm on {metric}"
        if "AlarmActions" in alarm or "OKActions" in alarm:
            yield f"the alarm on {metric} tells somebody although no topic is given"
    for name, alarm in Stack(template, AlarmTopicArn=TOPIC).of_type(kind).items():
        if alarm.get("AlarmActions") != [TOPIC] or alarm.get("OKActions") != [TOPIC]:
            yield f"{name} does not tell the topic"
    if silent.properties("Backup").get("MetricsConfigurations") != [{"Id": "all"}]:
        yield "the bucket does not count its puts"
    waits = ("ProcessorBufferSeconds", "DeliveryBufferSeconds")
    if sum(template["Parameters"][name]["MaxValue"] for name in waits) >= 900:
        yield "the buffers alone can raise the freshness alarm"
