//! Encryption of what goes over the network.

use std::sync::Arc;

use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// TLS by rustls with ring, trusting whom this machine trusts. `SSL_CERT_FILE` names an authority
/// of one's own. Reading the machine's certificates takes milliseconds: ask for it when it is needed.
#[must_use]
pub fn trusting_this_machine() -> TlsConfig {
    let authorities: Vec<Certificate<'static>> = rustls_native_certs::load_native_certs()
        .certs
        .iter()
        .map(|certificate| Certificate::from_der(certificate).to_owned())
        .collect();
    TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&authorities))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}
