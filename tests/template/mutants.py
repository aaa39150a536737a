"""Faulty templates: each is the real one with one fault, beside the check that must find it.

A fault is a path into the template and what to put there; `GONE` takes the thing away. Paths are
written with slashes, and a number in a path is a place in a list.
"""

GONE = object()

FUNCTION = "Resources/Nozzle/Properties"
DESTINATION = "Resources/Stream/Properties/AmazonopensearchserviceDestinationConfiguration"
PROCESSOR = f"{DESTINATION}/ProcessingConfiguration/Processors/0/Parameters"
GRANT = "Resources/StreamCalls/Properties/PolicyDocument/Statement/0"
DOMAIN_GRANT = "Resources/StreamRole/Properties/Policies/0/PolicyDocument/Statement/0"
FAN_OUT_POLICY = "Resources/NozzleRole/Properties/Policies/1"
FAN_OUT_GRANT = f"{FAN_OUT_POLICY}/Fn::If/1/PolicyDocument/Statement/0"
SECOND = "Resources/FanOutStream/Properties"
SECOND_DESTINATION = f"{SECOND}/AmazonopensearchserviceDestinationConfiguration"
SUBSCRIPTION = "Resources/Subscription/Properties"
SUBSCRIPTION_GRANT = "Resources/SubscriptionRole/Properties/Policies/0/PolicyDocument/Statement/0"
RULE = "Rules/Subscription"
BUCKET = "Resources/Backup/Properties"
DOMAIN = "Resources/Domain/Properties"
TRUST = "Properties/AssumeRolePolicyDocument/Statement/0"
TLS_ONLY = "Resources/BackupPolicy/Properties/PolicyDocument/Statement/0"
INTERFACE = "Metadata/AWS::CloudFormation::Interface/ParameterGroups"
RUN = "curl example.com"
ANYBODY = {
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "es:*", "Resource": "*"},
    ],
}
ALL_BUT_FAN_OUT = (
    "${Service} ${Environment} ${Index} ${IndexRotation} ${Fields} ${Redact} ${RedactMode} "
    "${TimeZone} ${LogLevel} ${Architecture} ${MemoryMiB} ${TimeoutSeconds}"
)
MORE = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}

STREAMS = ["FanOutStream", "Stream"]
PUT_ANYWHERE = {
    "Type": "AWS::IAM::Policy",
    "Properties": {
        "PolicyName": "put",
        "Roles": [{"Ref": "NozzleRole"}],
        "PolicyDocument": {
            "Statement": [
                {"Effect": "Allow", "Action": "firehose:PutRecordBatch", "Resource": "*"},
            ],
        },
    },
}

MUTANTS = {
    "parameters_are_described_and_limited": [
        ("Parameters/Service/Description", GONE),
        ("Parameters/Service/Default", GONE),
        ("Parameters/Service/AllowedPattern", GONE),
        ("Parameters/Service/ConstraintDescription", GONE),
        ("Parameters/Service/AllowedPattern", "[a-z]+"),
        ("Parameters/Service/Default", "two words"),
        ("Parameters/Service/MaxLength", 2),
        ("Parameters/LogLevel/Default", "loud"),
        ("Parameters/LogLevel/AllowedValues", GONE),
        ("Parameters/MemoryMiB/MaxValue", GONE),
        ("Parameters/MemoryMiB/Default", 64),
    ],
    "parameters_are_used": [
        ("Parameters/Unused", {"Type": "String"}),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_FIELDS", "labels"),
    ],
    "parameters_are_grouped": [
        (f"{INTERFACE}/0/Parameters/0", GONE),
        (f"{INTERFACE}/0/Parameters/0", "LogLevel"),
        (f"{INTERFACE}/1", GONE),
    ],
    "function_is_the_rust_binary": [
        (f"{FUNCTION}/Runtime", "provided.al2099"),
        (f"{FUNCTION}/Handler", "nozzle"),
        (f"{FUNCTION}/Architectures", ["arm64"]),
        ("Parameters/Architecture/AllowedValues", ["x86_64", "riscv64"]),
        ("Resources/Nozzle/Metadata/BuildMethod", "makefile"),
        ("Resources/Nozzle/Metadata/BuildProperties", GONE),
        ("Resources/Nozzle/Metadata/BuildProperties/Binary", "nozzle"),
    ],
    "function_ends_before_firehose_gives_up": [
        ("Parameters/TimeoutSeconds/MaxValue", 900),
        ("Parameters/MemoryMiB/MaxValue", 20480),
        (f"{FUNCTION}/Timeout", 900),
        (f"{FUNCTION}/MemorySize", 128),
    ],
    "function_is_told_its_configuration": [
        (f"{FUNCTION}/Environment/Variables/NOZZLE_FIELDS", GONE),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_INDEX", {"Ref": "Service"}),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_REDACTION", {"Ref": "Redact"}),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_FANOUT_STREAM", GONE),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_FANOUT_STREAM/Fn::If/0", "HasLogGroup"),
        ("Parameters/RedactMode/AllowedValues", ["label", "hash"]),
        ("Parameters/LogLevel/AllowedValues", ["info", "trace"]),
        ("Parameters/Redact/AllowedPattern", "^.*$"),
        ("Parameters/Redact/AllowedPattern", "^secrets$"),
        ("Parameters/Redact/MaxLength", 32),
    ],
    "function_accepts_its_configuration": [
        ("Parameters/LogLevel/AllowedValues", ["info", "trace"]),
        ("Parameters/Fields/AllowedValues", ["labels", "drop"]),
        ("Parameters/RedactMode/AllowedValues", ["label", "hash"]),
        ("Parameters/Index/AllowedPattern", "^[a-z]+$"),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_INDX", {"Ref": "Index"}),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_INDEX", {"Ref": "StreamLogs"}),
    ],
    "function_takes_new_configuration": [
        (f"{FUNCTION}/VersionDescription", GONE),
        (f"{FUNCTION}/VersionDescription/Fn::Sub", "${Service}"),
        (f"{FUNCTION}/VersionDescription/Fn::Sub", ALL_BUT_FAN_OUT),
        (f"{FUNCTION}/AutoPublishAliasAllProperties", GONE),
        ("Parameters/Service/MaxLength", 64),
        ("Parameters/TimeZone/MaxLength", GONE),
    ],
    "stream_calls_the_function": [
        ("Parameters/ProcessorBufferMB/AllowedValues", ["0.25", "9"]),
        ("Parameters/ProcessorBufferMB/AllowedValues", ["0.1", "0.25"]),
        ("Parameters/ProcessorBufferSeconds/MaxValue", 1200),
        ("Parameters/ProcessorRetries/MaxValue", 301),
        (f"{PROCESSOR}/0/ParameterValue", {"Fn::GetAtt": ["Nozzle", "Arn"]}),
        (f"{PROCESSOR}/1/ParameterValue", {"Fn::GetAtt": ["NozzleRole", "Arn"]}),
        (f"{PROCESSOR}/2", GONE),
        (f"{PROCESSOR}/3/ParameterName", "BufferSizeInMB"),
        (f"{PROCESSOR}/3/ParameterValue", "9"),
        (f"{PROCESSOR}/4/ParameterValue", {"Ref": "DeliveryRetrySeconds"}),
        (f"{DESTINATION}/ProcessingConfiguration/Enabled", False),
        ("Resources/Stream/DependsOn", GONE),
    ],
    "answers_fit_into_a_response": [
        ("Parameters/ProcessorBufferMB/AllowedValues", ["0.25", "1.5"]),
        ("Parameters/ProcessorBufferMB/Default", "1"),
    ],
    "stream_and_function_name_the_same_index": [
        ("Mappings/Rotation/day/Period", "OneHour"),
        ("Mappings/Rotation/none/Period", "OneDay"),
        ("Mappings/Rotation/week", GONE),
        ("Parameters/IndexRotation/AllowedValues", ["day", "year"]),
        ("Parameters/IndexRotation/Default", "month"),
        ("Parameters/Index/MaxLength", 80),
        (f"{DESTINATION}/IndexRotationPeriod", "OneDay"),
        (f"{DESTINATION}/IndexName", "logs"),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_INDEX", "logs"),
    ],
    "stream_delivers_to_the_domain": [
        (f"{DESTINATION}/DomainARN", {"Fn::GetAtt": ["Domain", "Arn"]}),
        (f"{DESTINATION}/DomainARN", {"Ref": "DomainArn"}),
        (f"{DESTINATION}/S3BackupMode", "AllDocuments"),
        (f"{DESTINATION}/S3Configuration/BucketARN", "arn:aws:s3:::other"),
        (f"{DESTINATION}/RoleARN", {"Fn::GetAtt": ["NozzleRole", "Arn"]}),
        ("Parameters/DeliveryBufferMiB/MaxValue", 101),
        ("Parameters/DeliveryRetrySeconds/MaxValue", 7201),
    ],
    "stream_has_the_source_that_is_asked_for": [
        ("Resources/Stream/Properties/DeliveryStreamType", "DirectPut"),
        ("Resources/Stream/Properties/DeliveryStreamType", "KinesisStreamAsSource"),
        ("Resources/Stream/Properties/KinesisStreamSourceConfiguration", GONE),
        ("Resources/Stream/Properties/DeliveryStreamEncryptionConfigurationInput", GONE),
        (
            "Resources/Stream/Properties/DeliveryStreamEncryptionConfigurationInput",
            {"KeyType": "AWS_OWNED_CMK"},
        ),
        ("Conditions/FromKinesis", {"Fn::Equals": ["a", "a"]}),
    ],
    "outputs_say_how_to_try_it": [
        ("Outputs/StreamArn", GONE),
        ("Outputs/FunctionArn/Value", {"Ref": "Nozzle"}),
        ("Outputs/SendTestRecord/Value/Fn::If/1", {"Fn::Sub": RUN}),
        ("Outputs/SendTestRecord/Value/Fn::If/2", {"Fn::Sub": RUN}),
        ("Outputs/DomainEndpoint/Condition", GONE),
        ("Outputs/FanOutStreamName", GONE),
        ("Outputs/FanOutStreamName/Condition", GONE),
        ("Outputs/Search/Value", {"Fn::Sub": RUN}),
    ],
    "roles_allow_what_is_needed_and_no_more": [
        (f"{GRANT}/Action/0", "lambda:InvokeFunktion"),
        (f"{GRANT}/Action/0", "lambda:*"),
        (f"{GRANT}/Action/1", GONE),
        (f"{GRANT}/Resource", "*"),
        (f"{GRANT}/Resource", {"Fn::GetAtt": ["Nozzle", "Arn"]}),
        (f"{GRANT}/Effect", "Deny"),
        (f"{DOMAIN_GRANT}/Resource/0", {"Fn::GetAtt": ["Domain", "Arn"]}),
        ("Resources/StreamRole/Properties/Policies/1/PolicyDocument/Statement/0", MORE),
        ("Resources/StreamRole/Properties/Policies/2/PolicyDocument/Statement/0/Resource", "*"),
        ("Resources/StreamRole/Properties/Policies/3", GONE),
        ("Resources/StreamCalls/Properties/Roles", [{"Ref": "NozzleRole"}]),
        ("Resources/StreamCalls/Properties/Users", ["somebody"]),
        (f"{FAN_OUT_GRANT}/Action", "firehose:PutRecord"),
        (f"{FAN_OUT_GRANT}/Action", ["firehose:PutRecord", "firehose:PutRecordBatch"]),
        (f"{FAN_OUT_GRANT}/Resource", "*"),
        (f"{FAN_OUT_GRANT}/Resource", {"Fn::GetAtt": ["Stream", "Arn"]}),
        (f"{SUBSCRIPTION_GRANT}/Action", "firehose:*"),
        (f"{SUBSCRIPTION_GRANT}/Resource", {"Fn::GetAtt": ["FanOutStream", "Arn"]}),
        ("Resources/StreamRole/Properties/ManagedPolicyArns", ["arn:aws:iam::aws:policy/A"]),
        ("Resources/NozzleRole/Properties/Policies/0/PolicyDocument/Statement/0", MORE),
        (f"{FUNCTION}/Role", {"Fn::GetAtt": ["StreamRole", "Arn"]}),
        ("Resources/Extra", {"Type": "AWS::IAM::Policy", "Properties": {}}),
        ("Resources/Extra", PUT_ANYWHERE),
    ],
    "roles_are_for_one_service": [
        (f"Resources/StreamRole/{TRUST}/Principal", {"AWS": "*"}),
        (f"Resources/StreamRole/{TRUST}/Condition", GONE),
        (f"Resources/NozzleRole/{TRUST}/Principal/Service", "firehose.amazonaws.com"),
        (f"Resources/SubscriptionRole/{TRUST}/Condition", GONE),
    ],
    "backup_is_private_and_expires": [
        (f"{BUCKET}/BucketEncryption", GONE),
        (f"{BUCKET}/PublicAccessBlockConfiguration/BlockPublicPolicy", False),
        (f"{BUCKET}/PublicAccessBlockConfiguration/RestrictPublicBuckets", GONE),
        (f"{BUCKET}/OwnershipControls/Rules/0/ObjectOwnership", "ObjectWriter"),
        (f"{BUCKET}/LifecycleConfiguration/Rules/0/Status", "Disabled"),
        (f"{BUCKET}/LifecycleConfiguration/Rules/0/Prefix", "old/"),
        (f"{BUCKET}/LifecycleConfiguration/Rules/0/ExpirationInDays", 9999),
        (f"{BUCKET}/LifecycleConfiguration/Rules/0/AbortIncompleteMultipartUpload", GONE),
        (f"{BUCKET}/VersioningConfiguration", {"Status": "Enabled"}),
        (f"{TLS_ONLY}/Condition", {}),
        (f"{TLS_ONLY}/Resource/1", GONE),
        (f"{TLS_ONLY}/Effect", "Allow"),
    ],
    "what_holds_logs_outlives_the_stack": [
        ("Resources/Backup/DeletionPolicy", GONE),
        ("Resources/Domain/DeletionPolicy", "Delete"),
        ("Resources/Domain/UpdateReplacePolicy", GONE),
    ],
    "domain_is_closed": [
        ("Resources/Domain/Condition", GONE),
        (f"{DOMAIN}/EncryptionAtRestOptions", {"Enabled": False}),
        (f"{DOMAIN}/NodeToNodeEncryptionOptions", GONE),
        (f"{DOMAIN}/DomainEndpointOptions/EnforceHTTPS", False),
        (f"{DOMAIN}/DomainEndpointOptions/TLSSecurityPolicy", "Policy-Min-TLS-1-0-2019-07"),
        (f"{DOMAIN}/AccessPolicies", ANYBODY),
        (f"{DOMAIN}/AdvancedOptions", {}),
        ("Parameters/DomainEngineVersion/Default", "OpenSearch_99.1"),
    ],
    "logs_are_kept_for_a_time": [
        ("Resources/NozzleLogs/Properties/RetentionInDays", GONE),
        ("Resources/StreamLogs/Properties/RetentionInDays", GONE),
        ("Parameters/LogRetentionDays/AllowedValues", [30, 31]),
        (f"{FUNCTION}/LoggingConfig", GONE),
        (f"{DESTINATION}/CloudWatchLoggingOptions/Enabled", False),
        (f"{DESTINATION}/S3Configuration/CloudWatchLoggingOptions/LogStreamName", "backups"),
        (f"{SECOND_DESTINATION}/CloudWatchLoggingOptions/LogStreamName", "documents"),
        ("Resources/FanOutBackupLog/Properties/LogStreamName", "backup"),
    ],
    "alarms_cover_every_way_to_fail": [
        ("Resources/FunctionErrorsAlarm", GONE),
        ("Resources/ProcessingAlarm/Properties/MetricName", "ExecuteProcessing.Succes"),
        ("Resources/FreshnessAlarm/Properties/Threshold", 90000),
        ("Resources/FreshnessAlarm/Properties/TreatMissingData", "breaching"),
        ("Resources/FanOutFreshnessAlarm", GONE),
        ("Resources/FanOutFreshnessAlarm/Properties/Dimensions/0/Value", {"Ref": "Stream"}),
        ("Resources/FanOutThrottlingAlarm/Properties/EvaluationPeriods", 300),
        ("Resources/FanOutThrottlingAlarm/Properties/Period", 60),
        ("Resources/BackupAlarm/Properties/Dimensions/1/Value", "every"),
        ("Resources/BackupAlarm/Properties/AlarmActions", GONE),
        ("Resources/BackupAlarm/Properties/AlarmActions", ["arn:aws:sns:eu-west-1:1:other"]),
        (f"{BUCKET}/MetricsConfigurations", GONE),
        ("Parameters/DeliveryBufferSeconds/MaxValue", 900),
    ],
    "fan_out_delivers_as_the_stream_does": [
        (f"{SECOND_DESTINATION}/DomainARN", {"Fn::GetAtt": ["Domain", "Arn"]}),
        (f"{SECOND_DESTINATION}/IndexName", "logs"),
        (f"{SECOND_DESTINATION}/IndexRotationPeriod", "OneDay"),
        (f"{SECOND_DESTINATION}/DocumentIdOptions", GONE),
        (f"{SECOND_DESTINATION}/RoleARN", {"Fn::GetAtt": ["NozzleRole", "Arn"]}),
        (f"{SECOND_DESTINATION}/BufferingHints/SizeInMBs", 5),
        (f"{SECOND_DESTINATION}/BufferingHints/IntervalInSeconds", 60),
        (f"{SECOND_DESTINATION}/RetryOptions/DurationInSeconds", 300),
        (f"{SECOND_DESTINATION}/S3BackupMode", "AllDocuments"),
        (f"{SECOND_DESTINATION}/S3Configuration/BucketARN", "arn:aws:s3:::other"),
        (f"{SECOND_DESTINATION}/S3Configuration/CompressionFormat", GONE),
        (f"{SECOND_DESTINATION}/S3Configuration/Prefix", GONE),
        (f"{DESTINATION}/S3Configuration/Prefix", "fan-out/"),
        (f"{DESTINATION}/S3BackupMode", "AllDocuments"),
    ],
    "fan_out_is_there_when_asked_for": [
        ("Parameters/FanOut/Default", "false"),
        ("Resources/FanOutStream/Condition", GONE),
        ("Resources/FanOutBackupLog/Condition", GONE),
        ("Resources/FanOutThrottlingAlarm", GONE),
        ("Conditions/HasFanOut", {"Fn::Equals": ["a", "a"]}),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_FANOUT_STREAM", {"Ref": "FanOutStream"}),
        (f"{FAN_OUT_POLICY}/Fn::If/0", "CreateDomain"),
    ],
    "fan_out_never_comes_back": [
        (f"{SECOND_DESTINATION}/ProcessingConfiguration", {"Enabled": False}),
        (f"{SECOND}/DeliveryStreamType", "KinesisStreamAsSource"),
        (f"{SECOND}/KinesisStreamSourceConfiguration", {"RoleARN": "a", "KinesisStreamARN": "b"}),
        (f"{SECOND}/DeliveryStreamEncryptionConfigurationInput", GONE),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_FANOUT_STREAM", {"Ref": "Stream"}),
        (f"{FUNCTION}/Environment/Variables/NOZZLE_FANOUT_STREAM/Fn::If/1/Ref", "Stream"),
        (f"{FAN_OUT_GRANT}/Resource", {"Fn::GetAtt": ["Stream", "Arn"]}),
        (f"{FAN_OUT_GRANT}/Resource", [{"Fn::GetAtt": [s, "Arn"]} for s in STREAMS]),
        (f"{FAN_OUT_GRANT}/Resource", "*"),
        ("Resources/NozzleRole/Properties/Policies/0/PolicyDocument/Statement/0", MORE),
        ("Resources/StreamCalls/Properties/Roles", [{"Ref": "NozzleRole"}]),
        ("Resources/Extra", PUT_ANYWHERE),
    ],
    "no_resource_waits_for_itself": [
        ("Resources/FanOutStream/DependsOn", "Nozzle"),
        (f"{DOMAIN_GRANT}/Resource/0", {"Ref": "Nozzle.Alias"}),
        (f"{SECOND_DESTINATION}/RoleARN", {"Fn::GetAtt": ["NozzleRole", "Arn"]}),
    ],
    "subscription_feeds_the_stream": [
        ("Resources/Subscription", GONE),
        ("Resources/Subscription/Condition", GONE),
        ("Resources/SubscriptionRole/Condition", GONE),
        (f"{SUBSCRIPTION}/LogGroupName", {"Ref": "NozzleLogs"}),
        (f"{SUBSCRIPTION}/FilterPattern", "ERROR"),
        (f"{SUBSCRIPTION}/DestinationArn", {"Fn::GetAtt": ["FanOutStream", "Arn"]}),
        (f"{SUBSCRIPTION}/RoleArn", {"Fn::GetAtt": ["StreamRole", "Arn"]}),
    ],
    "subscription_is_refused_where_it_cannot_work": [
        ("Rules", GONE),
        (f"{RULE}/Assertions/0", GONE),
        (f"{RULE}/Assertions/1", GONE),
        (f"{RULE}/RuleCondition", {"Fn::Equals": ["a", "a"]}),
        ("Parameters/LogGroupName/AllowedPattern", "^[A-Za-z0-9_/.#-]{0,512}$"),
        ("Parameters/LogGroupName/AllowedPattern", "^(?!.*-NozzleLogs-)[A-Za-z0-9_/.#-]{0,512}$"),
        ("Parameters/LogGroupName/AllowedPattern", "^(?!.*-(NozzleLogs|StreamLogs)-).*$"),
        ("Parameters/LogGroupName/AllowedPattern", "^(?!.*Logs)[A-Za-z0-9_/.#-]{0,512}$"),
    ],
}


def plant(template, path, value):
    """Puts a fault into a template, in place."""
    *parents, last = path.split("/")
    place = template
    for part in parents:
        place = place[int(part)] if isinstance(place, list) else place[part]
    key = int(last) if isinstance(place, list) else last
    if value is GONE:
        del place[key]
    else:
        place[key] = value
