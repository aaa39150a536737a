//! The shop whose logs all programs write: a payment that fails two frames deep, with a cause.

use std::error::Error;
use std::fmt;

#[derive(Debug)]
pub struct PaymentError {
    cause: std::io::Error,
}

impl fmt::Display for PaymentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("card declined")
    }
}

impl Error for PaymentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

pub fn pay() -> Result<(), PaymentError> {
    charge()
}

fn charge() -> Result<(), PaymentError> {
    connect().map_err(|cause| PaymentError { cause })
}

fn connect() -> std::io::Result<()> {
    Err(std::io::Error::other("gateway unreachable"))
}
