//! Where the streams pretend to be.

use crate::client::variable;

/// The account, which nobody has.
const ACCOUNT: &str = "000000000000";

/// A region, and the names that things have there.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The region.
    pub region: String,
}

impl Place {
    /// The region that producers on this machine take, too: `AWS_REGION`, `AWS_DEFAULT_REGION`, or
    /// `us-east-1`.
    pub(super) fn from_environment() -> Self {
        let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        let is_region =
            |name: &String| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Self { region: region.filter(is_region).unwrap_or_else(|| "us-east-1".to_owned()) }
    }

    /// The name of a stream.
    pub(super) fn stream_arn(&self, stream: &str) -> String {
        format!("arn:aws:firehose:{}:{ACCOUNT}:deliverystream/{stream}", self.region)
    }

    /// The name of the function.
    pub(super) fn function_arn(&self) -> String {
        format!("arn:aws:lambda:{}:{ACCOUNT}:function:nozzle:$LATEST", self.region)
    }

    /// What Firehose says of a stream that it does not know.
    pub(super) fn not_found(stream: &str) -> String {
        format!("Firehose {stream} under account {ACCOUNT} not found.")
    }

    /// A place that is the same on each machine.
    #[cfg(test)]
    pub(super) fn for_tests() -> Self {
        Self { region: "eu-west-1".to_owned() }
    }
}
