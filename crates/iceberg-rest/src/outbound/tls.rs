//! Whom an encrypted connection trusts, and why one did not come about.

use std::{
    env,
    sync::{Arc, OnceLock},
};

use rustls::{
    AlertDescription, CertificateError, ClientConfig, Error as Tls, crypto::CryptoProvider,
    pki_types::CertificateDer,
};
use rustls_platform_verifier::Verifier;
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

use crate::error::{Error, Hint};

/// What else names the authorities of the system.
const NAMED: [&str; 2] = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

/// What trusts the authorities of the system alone: read once, and shared by all who do.
static USUAL: OnceLock<ClientConfig> = OnceLock::new();

/// Trusts `authorities`, and those of the system. Where there are none at all, as on a system that was just laid out, those
/// that Mozilla listed when this was built; but not in the place of what somebody named.
pub(super) fn config(authorities: Vec<CertificateDer<'static>>) -> Result<ClientConfig, Error> {
    if !authorities.is_empty() {
        return trusting(authorities);
    }
    if let Some(usual) = USUAL.get() {
        return Ok(usual.clone());
    }
    let usual = trusting(authorities)?;
    Ok(USUAL.get_or_init(|| usual).clone())
}

fn trusting(authorities: Vec<CertificateDer<'static>>) -> Result<ClientConfig, Error> {
    // That it is installed already is fine: then it is the same one, or the program's own choice.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let provider = CryptoProvider::get_default().cloned();
    let provider = provider.unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let verifier = match Verifier::new_with_extra_roots(authorities, provider.clone()) {
        Err(Tls::General(_)) if is_named() => {
            let [file, folder] = NAMED;
            let message = format!(
                "No certificate authority could be read where {file} or {folder} says. Mend or unset it."
            );
            return Err(Error::invalid(message));
        }
        Err(Tls::General(_)) => {
            tracing::warn!(
                "this system has no certificate authorities: those are trusted that Mozilla listed when this program was built"
            );
            let listed = TLS_SERVER_ROOT_CERTS.iter().cloned();
            Verifier::new_with_extra_roots(listed, provider.clone())
        }
        other => other,
    };
    build(verifier, provider).map_err(|error| {
        Error::invalid(format!(
            "The certificate authorities cannot be used: {error}"
        ))
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "who reads the system's authorities reads these"
)]
fn is_named() -> bool {
    NAMED.iter().any(|name| env::var_os(name).is_some())
}

fn build(
    verifier: Result<Verifier, Tls>,
    provider: Arc<CryptoProvider>,
) -> Result<ClientConfig, Tls> {
    let verifier = Arc::new(verifier?);
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous() // by its name alone: the verifier is the system's
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.alpn_protocols = vec!["h2".into(), "http/1.1".into()];
    Ok(config)
}

/// What happened, and what to look at.
pub(super) fn explain(error: &Tls) -> (String, Hint) {
    let (message, hint) = match error {
        Tls::InvalidCertificate(reason) => {
            let (reason, hint) = of_certificate(reason);
            let message = format!("The server's certificate is not accepted: {reason}.");
            return (message, hint);
        }
        Tls::InvalidMessage(_) => ("The server does not speak TLS on that port.", Hint::Scheme),
        Tls::AlertReceived(
            AlertDescription::CertificateRequired | AlertDescription::NoCertificate,
        ) => (
            "The server wants a certificate of who calls.",
            Hint::ClientCertificate,
        ),
        Tls::AlertReceived(AlertDescription::UnrecognisedName) => (
            "The server does not know the host name that it was called by.",
            Hint::CertificateName,
        ),
        Tls::AlertReceived(
            AlertDescription::ProtocolVersion
            | AlertDescription::HandshakeFailure
            | AlertDescription::InsufficientSecurity,
        )
        | Tls::PeerIncompatible(_) => {
            let message = format!("The server speaks no TLS that is spoken here: {error}.");
            return (message, Hint::Tls);
        }
        other => {
            let message = format!("The secure connection failed: {other}.");
            return (message, Hint::Tls);
        }
    };
    (message.to_owned(), hint)
}

/// The library tells some reasons by the names of its types.
fn of_certificate(reason: &CertificateError) -> (String, Hint) {
    use CertificateError as Reason;
    let other = match reason {
        Reason::Other(other) => other.0.to_string(),
        _ => String::new(),
    };
    let (words, hint) = match reason {
        Reason::UnknownIssuer => (
            "its issuer is not known here (UnknownIssuer)",
            Hint::CertificateIssuer,
        ),
        Reason::BadEncoding => ("it cannot be read", Hint::Certificate),
        Reason::BadSignature => ("its signature is wrong", Hint::Certificate),
        Reason::Revoked => ("it was revoked", Hint::Certificate),
        Reason::InvalidPurpose | Reason::InvalidPurposeContext { .. } => {
            ("it is not for servers", Hint::Certificate)
        }
        Reason::NotValidForName | Reason::NotValidForNameContext { .. } => {
            return (reason.to_string(), Hint::CertificateName);
        }
        Reason::Expired
        | Reason::ExpiredContext { .. }
        | Reason::NotValidYet
        | Reason::NotValidYetContext { .. } => {
            return (reason.to_string(), Hint::CertificateTime);
        }
        Reason::Other(_) => match &*other {
            "CaUsedAsEndEntity" => (
                "it is that of an authority, as self-signed ones are, and not a server's",
                Hint::CertificateOfAuthority,
            ),
            "UnsupportedCertVersion" => (
                "it is of an old version of X.509, without the names of a server",
                Hint::Certificate,
            ),
            "RequiredEkuNotFound" => ("it is not for servers", Hint::Certificate),
            other if other.starts_with("UnsupportedSignatureAlgorithm") => (
                "it is signed in a way that is not trusted any more",
                Hint::Certificate,
            ),
            other => (other, Hint::Certificate),
        },
        told => return (told.to_string(), Hint::Certificate),
    };
    (words.to_owned(), hint)
}

#[cfg(test)]
mod tests {
    use std::{fmt, sync::Arc};

    use rustls::OtherError;

    use super::*;

    /// As the certificates' library tells what has no name of its own.
    #[derive(Debug)]
    struct Named(&'static str);

    impl fmt::Display for Named {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl std::error::Error for Named {}

    #[test]
    fn each_reason_leads_to_what_mends_it() {
        let other = |name| CertificateError::Other(OtherError(Arc::new(Named(name))));
        let certificate = |reason| explain(&Tls::InvalidCertificate(reason));
        for (reason, hint) in [
            (other("CaUsedAsEndEntity"), Hint::CertificateOfAuthority),
            (other("UnsupportedCertVersion"), Hint::Certificate),
            (other("SomethingNewer"), Hint::Certificate),
            (CertificateError::UnknownIssuer, Hint::CertificateIssuer),
            (CertificateError::NotValidForName, Hint::CertificateName),
            (CertificateError::Expired, Hint::CertificateTime),
            (CertificateError::NotValidYet, Hint::CertificateTime),
        ] {
            let (message, found) = certificate(reason);
            assert_eq!(found, hint, "{message}");
            assert!(!message.contains("CaUsed"), "{message}");
        }
        let alert = |alert| explain(&Tls::AlertReceived(alert)).1;
        assert_eq!(
            alert(AlertDescription::CertificateRequired),
            Hint::ClientCertificate
        );
        assert_eq!(alert(AlertDescription::ProtocolVersion), Hint::Tls);
    }
}
