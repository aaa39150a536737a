//! Which address and whose credentials a person chose on the command line and in the environment.

use std::env;

use aws_credential_types::Credentials as AwsCredentials;

use super::address::Address;
use super::credentials::Credentials;
use crate::Failure;

/// The variable of a user's password.
const PASSWORD: &str = "OPENSEARCH_PASSWORD";

/// Reads the address that was given as `option`.
pub(crate) fn read_address(option: &str, text: &str) -> Result<Address, Failure> {
    Address::parse(text).map_err(|fault| Failure::Usage(format!("{option} {fault}")))
}

/// Who asks at `address`: the user with the password in the environment, an identity of AWS where
/// `aws` says so or the host is Amazon's, or else nobody in particular.
pub(crate) fn choose_credentials(
    user: Option<&str>,
    aws: bool,
    address: &Address,
) -> Result<Credentials, Failure> {
    let credentials = if let Some(user) = user {
        let password = variable(PASSWORD)
            .ok_or_else(|| Failure::Usage(format!("--user needs a password; set {PASSWORD}")))?;
        Credentials::basic(user, &password)
    } else if aws || address.is_amazons() {
        aws_credentials(address)?
    } else {
        Credentials::None
    };
    if !matches!(credentials, Credentials::None) && !address.is_safe_for_credentials() {
        return Err(Failure::Usage(format!(
            "{address} is not encrypted, and credentials would be sent for everybody to read; use https://"
        )));
    }
    Ok(credentials)
}

fn aws_credentials(address: &Address) -> Result<Credentials, Failure> {
    let (Some(key), Some(secret)) =
        (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"))
    else {
        return Err(Failure::Usage(
            "requests to this domain are signed, and AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set; run eval \"$(aws configure export-credentials --format env)\", or give --user".to_owned(),
        ));
    };
    let region = address.aws_region().map(str::to_owned);
    let region =
        region.or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
    let Some(region) = region else {
        return Err(Failure::Usage(
            "the address does not tell the domain's region; set AWS_REGION".to_owned(),
        ));
    };
    let token = variable("AWS_SESSION_TOKEN");
    let identity = AwsCredentials::new(key, secret, token, None, "environment");
    Ok(Credentials::Aws { identity, region })
}

/// The value of a variable. An empty one counts as unset.
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
