//! Why records were not transformed, in the words of Firehose.

/// An error of a transformation, as it stands in the backup.
///
/// Source: *Monitor Amazon Data Firehose Using CloudWatch Logs*
/// (<https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::serve) struct Failure {
    /// Its name.
    pub code: &'static str,
    /// What it means. It never holds anything of the record.
    pub message: &'static str,
}

impl Failure {
    pub(super) const fn function_error() -> Self {
        Self {
            code: "Lambda.FunctionError",
            message: "The Lambda function was successfully invoked but it returned an error result.",
        }
    }

    pub(super) const fn timed_out() -> Self {
        Self {
            code: "Lambda.FunctionTimedOut",
            message: "The Lambda function invocation timed out. Increase the Timeout setting in the Lambda function.",
        }
    }

    pub(super) const fn access_denied() -> Self {
        Self {
            code: "Lambda.InvokeAccessDenied",
            message: "Access was denied. Ensure that the access policy allows access to the Lambda function.",
        }
    }

    pub(super) const fn limit_exceeded() -> Self {
        Self {
            code: "Lambda.InvokeLimitExceeded",
            message: "The concurrent execution limit was reached. Increase the concurrent execution limit.",
        }
    }

    pub(super) const fn no_such_function() -> Self {
        Self {
            code: "Lambda.ResourceNotFound",
            message: "Cannot find the specified Lambda function. Ensure that the function exists at the URL in --function.",
        }
    }

    /// Firehose has no name for this: the functions that it calls are always there.
    pub(super) const fn unreachable() -> Self {
        Self {
            code: "Lambda.FunctionUnreachable",
            message: "Nobody answered at the URL in --function.",
        }
    }

    pub(super) const fn not_understood() -> Self {
        Self {
            code: "Lambda.JsonProcessingException",
            message: "There was an error parsing returned records from the Lambda function. Ensure that the returned records follow the status model required by Firehose.",
        }
    }

    pub(super) const fn missing() -> Self {
        Self {
            code: "Lambda.MissingRecordId",
            message: "One or more record Ids were not returned. Ensure that the Lambda function returns all received record Ids.",
        }
    }

    pub(super) const fn doubled() -> Self {
        Self {
            code: "Lambda.DuplicatedRecordId",
            message: "Multiple records were returned with the same record Id. Ensure that the Lambda function returns unique record Ids for every record.",
        }
    }

    pub(super) const fn said_so() -> Self {
        Self {
            code: "Lambda.ProcessingFailedStatus",
            message: "ProcessingFailed status set for record",
        }
    }
}
