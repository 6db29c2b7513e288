//! Why a call failed beneath what is told of it: the words of a chain of errors, kept when the errors are gone.

use std::{error::Error as StdError, fmt, iter::successors};

/// What an error was caused by, in its own words. No address with a secret, no token, and no longer than
/// [`MAX_MESSAGE`](super::MAX_MESSAGE) each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    words: String,
    beneath: Option<Box<Self>>,
}

impl Cause {
    /// Keeps the words of a chain, from the outermost in. A link that only repeats the one around it is left out.
    #[cfg(feature = "client")]
    pub(crate) fn of<'a>(
        chain: impl Iterator<Item = &'a (dyn StdError + 'static)>,
    ) -> Option<Self> {
        /// Links that are kept.
        const LINKS: usize = 8;
        let mut words: Vec<String> = chain.take(LINKS).map(words).collect();
        words.dedup();
        words.into_iter().rev().fold(None, |beneath, words| {
            let beneath = beneath.map(Box::new);
            Some(Self { words, beneath })
        })
    }

    /// The words of each link, from the outermost in.
    pub fn chain(&self) -> impl Iterator<Item = &str> {
        successors(Some(self), |cause| cause.beneath.as_deref()).map(|cause| &*cause.words)
    }

    /// With each link's words replaced where `other` has some.
    #[cfg(feature = "client")]
    pub(crate) fn replace(&mut self, other: &impl Fn(&str) -> Option<String>) {
        if let Some(words) = other(&self.words) {
            self.words = words;
        }
        if let Some(beneath) = &mut self.beneath {
            beneath.replace(other);
        }
    }
}

/// The words of one link. The library of certificates tells some reasons by the names of its types: the name stays.
#[cfg(feature = "client")]
fn words(link: &(dyn StdError + 'static)) -> String {
    let words = super::body::clean(&link.to_string());
    match words.split_once("Other(OtherError(") {
        Some((before, name)) => format!("{before}{}", name.trim_end_matches(')')),
        None => words,
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.beneath.as_deref().map(|cause| cause as _)
    }
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use std::{io, sync::Arc};

    use rustls::{CertificateError, OtherError};

    use super::*;

    #[derive(Debug)]
    struct CaUsedAsEndEntity;

    impl fmt::Display for CaUsedAsEndEntity {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{self:?}")
        }
    }

    impl StdError for CaUsedAsEndEntity {}

    #[test]
    fn a_certificate_is_refused_without_the_names_of_types() {
        let reason = OtherError(Arc::new(CaUsedAsEndEntity));
        let tls = rustls::Error::InvalidCertificate(CertificateError::Other(reason));
        let link = io::Error::other(tls);
        let words = Cause::of([&link as &dyn StdError].into_iter())
            .unwrap()
            .words;
        assert_eq!(words, "invalid peer certificate: CaUsedAsEndEntity");
    }
}
