//! The bytes of a request.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody};

/// The longest request that is kept: 4 MiB in base64, and what stands around it.
const LONGEST_KEPT: usize = 6_500_000;
/// The longest that is read to its end. A client looks for an answer only when it has sent all.
const LONGEST_READ: usize = 64 << 20;

/// Why there is no whole request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyFault {
    /// It is longer than any that is accepted.
    TooLong,
    /// The client has gone.
    Cut,
}

/// Reads a body.
pub(super) async fn read_body(mut body: Body) -> Result<Vec<u8>, BodyFault> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| BodyFault::Cut)?.into_data() else { continue };
        length += data.len();
        if length > LONGEST_READ {
            break;
        }
        if length > LONGEST_KEPT {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&data);
        }
    }
    if length > LONGEST_KEPT { Err(BodyFault::TooLong) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_a_longest_length() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let read = |length: usize| runtime.block_on(read_body(Body::from(vec![b'x'; length])));
        assert_eq!(read(0), Ok(vec![]));
        assert_eq!(read(LONGEST_KEPT).map(|bytes| bytes.len()), Ok(LONGEST_KEPT));
        assert_eq!(read(LONGEST_KEPT + 1), Err(BodyFault::TooLong));
        assert_eq!(read(LONGEST_READ + 1), Err(BodyFault::TooLong));
    }
}
