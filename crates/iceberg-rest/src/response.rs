//! An answer, before it is understood.

use time::{OffsetDateTime, format_description::well_known::Rfc2822};

/// Seconds. Servers may ask for more; nobody in front of a page waits longer.
const MAX_RETRY_AFTER: u64 = 60;

/// An answer as it came, its body decompressed.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    /// HTTP status.
    pub status: u16,
    /// Of the answer.
    pub headers: &'a Headers,
    /// Decompressed; empty when there is none.
    pub body: &'a [u8],
}

/// The headers that mean something here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// Opaque, quoted or not: to be sent back as it is.
    pub etag: Option<String>,
    /// The server's name for the call, at most 100 characters.
    pub request_id: Option<String>,
    /// Seconds from the answer.
    pub retry_after: Option<u64>,
}

impl Headers {
    /// Names are compared without regard to case; of a name that comes twice, the last counts.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut headers = Self::default();
        let (mut retry_after, mut date) = (None, None);
        for (name, value) in pairs {
            match name.to_ascii_lowercase().as_str() {
                "etag" => headers.etag = Some(value.to_owned()),
                // Polaris called it `Polaris-Request-Id` before 1.3; AWS has a name of its own.
                "x-request-id" | "polaris-request-id" | "x-amzn-requestid" | "x-amz-request-id" => {
                    headers.request_id = Some(
                        value
                            .chars()
                            .filter(char::is_ascii_graphic)
                            .take(100)
                            .collect(),
                    );
                }
                "retry-after" => retry_after = Some(value),
                "date" => date = Some(value),
                _ => {}
            }
        }
        headers.retry_after = retry_after.and_then(|value| seconds(value, date));
        headers
    }
}

/// `Retry-After` is a number of seconds or a date, which counts from the answer's own `Date`.
fn seconds(retry_after: &str, date: Option<&str>) -> Option<u64> {
    let seconds = match retry_after.trim().parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let at = |text: &str| OffsetDateTime::parse(text.trim(), &Rfc2822).ok();
            (at(retry_after)? - at(date?)?).whole_seconds()
        }
    };
    Some(seconds.clamp(0, MAX_RETRY_AFTER as i64).unsigned_abs())
}
