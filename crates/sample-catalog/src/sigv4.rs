//! AWS Signature Version 4, the server's side (AWS documentation, "Signing AWS API requests").

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime, PrimitiveDateTime, macros::format_description};

use crate::{
    ask::Ask,
    connections::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY},
};

/// RFC 3986 unreserved characters stay as they are.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// The same, with the slashes of a path.
const ENCODED_PATH: &AsciiSet = &ENCODED.remove(b'/');

/// A clock may differ from ours by this much.
const MAX_SKEW: Duration = Duration::minutes(15);

/// Why a request is not let in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub status: u16,
    pub kind: &'static str,
    pub message: String,
}

/// `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`
struct Authorization<'a> {
    access_key_id: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

/// The access key id that signed `ask`, which arrived at `now`.
pub(crate) fn verify(ask: &Ask, now: OffsetDateTime) -> Result<String, Refusal> {
    let header = ask
        .header("authorization")
        .ok_or_else(|| forbidden("Signature is required"))?;
    let authorization = parse(header).ok_or_else(|| bad("invalid header: authorization"))?;
    // Glue stands in the same way before its own catalog.
    if !matches!(authorization.service, "s3tables" | "s3" | "glue") {
        let message = format!(
            "unknown service '{}' in credential scope; expected one of: s3, s3tables",
            authorization.service
        );
        return Err(Refusal {
            status: 501,
            kind: "RESTException",
            message,
        });
    }
    if authorization.region != REGION {
        return Err(forbidden(&format!(
            "Credential should be scoped to a valid region: '{REGION}'"
        )));
    }
    // Only S3 itself insists on the header; without it the hash is that of the body.
    let computed = hex(&Sha256::digest(&ask.body));
    let payload = ask.header("x-amz-content-sha256").unwrap_or(&computed);
    if payload != "UNSIGNED-PAYLOAD" && payload != computed {
        return Err(bad(
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
        ));
    }
    let date = ask
        .header("x-amz-date")
        .ok_or_else(|| bad("missing header: x-amz-date"))?;
    let signed_at = PrimitiveDateTime::parse(
        date,
        format_description!("[year][month][day]T[hour][minute][second]Z"),
    )
    .map_err(|_| bad("invalid header: x-amz-date"))?
    .assume_utc();
    if !date.starts_with(authorization.date) || (now - signed_at).abs() > MAX_SKEW {
        return Err(forbidden(
            "The difference between the request time and the current time is too large.",
        ));
    }
    if authorization.access_key_id != ACCESS_KEY_ID {
        let message = "The Access Key Id you provided does not exist in our records.".to_owned();
        return Err(Refusal {
            status: 403,
            kind: "NotAuthorizedException",
            message,
        });
    }
    let canonical = canonical_request(ask, &authorization, payload)
        .ok_or_else(|| bad("a signed header is missing"))?;
    let Authorization {
        date: day,
        region,
        service,
        ..
    } = authorization;
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{date}\n{day}/{region}/{service}/aws4_request\n{}",
        hex(&Sha256::digest(&canonical))
    );
    let key = [day, region, service, "aws4_request"].iter().fold(
        format!("AWS4{SECRET_ACCESS_KEY}").into_bytes(),
        |key, part| mac(&key, part).finalize().into_bytes().to_vec(),
    );
    let signature =
        unhex(authorization.signature).ok_or_else(|| bad("invalid header: authorization"))?;
    // Constant time: the comparison is the mac's own.
    mac(&key, &to_sign).verify_slice(&signature).map_err(|_| {
        forbidden(
            "The request signature we calculated does not match the signature you provided. \
             Check your AWS secret access key and signing method.",
        )
    })?;
    Ok(authorization.access_key_id.to_owned())
}

fn parse(header: &str) -> Option<Authorization<'_>> {
    let fields = header.strip_prefix("AWS4-HMAC-SHA256 ")?;
    let field = |name: &str| {
        fields
            .split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
    };
    let scope: Vec<&str> = field("Credential")?.split('/').collect();
    let [access_key_id, date, region, service, "aws4_request"] = scope[..] else {
        return None;
    };
    Some(Authorization {
        access_key_id,
        date,
        region,
        service,
        signed_headers: field("SignedHeaders")?,
        signature: field("Signature")?,
    })
}

/// `None` when a header that is said to be signed is not there.
fn canonical_request(ask: &Ask, authorization: &Authorization, payload: &str) -> Option<String> {
    let mut text = format!(
        "{}\n{}\n{}\n",
        ask.method,
        canonical_path(ask, authorization.service),
        canonical_query(ask)
    );
    for name in authorization.signed_headers.split(';') {
        let values: Vec<&str> = ask
            .headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        if values.is_empty() {
            return None;
        }
        let trimmed: Vec<String> = values
            .iter()
            .map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let _ = writeln!(text, "{name}:{}", trimmed.join(","));
    }
    let _ = write!(text, "\n{}\n{payload}", authorization.signed_headers);
    Some(text)
}

/// Encoded twice for every service but `s3`: what stands in the request line is encoded once more.
fn canonical_path(ask: &Ask, service: &str) -> String {
    let sent = ask.uri.path();
    if service == "s3" {
        return sent
            .split('/')
            .map(|part| {
                utf8_percent_encode(&percent_decode_str(part).decode_utf8_lossy(), ENCODED)
                    .to_string()
            })
            .collect::<Vec<_>>()
            .join("/");
    }
    utf8_percent_encode(sent, ENCODED_PATH).to_string()
}

fn canonical_query(ask: &Ask) -> String {
    let recode = |text: &str| {
        utf8_percent_encode(&percent_decode_str(text).decode_utf8_lossy(), ENCODED).to_string()
    };
    let mut pairs: Vec<(String, String)> = ask
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (recode(name), recode(value)))
        .collect();
    pairs.sort();
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

fn mac(key: &[u8], text: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(text.as_bytes());
    mac
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

fn forbidden(message: &str) -> Refusal {
    Refusal {
        status: 403,
        kind: "ForbiddenException",
        message: message.to_owned(),
    }
}

fn bad(message: &str) -> Refusal {
    Refusal {
        status: 400,
        kind: "BadRequestException",
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Bytes, http::Request};
    use time::macros::datetime;

    use super::*;

    const URI: &str = "/iceberg/v1/arn%3Aaws%3As3tables%3Aeu-central-1%3A111122223333%3Abucket%2Flakehouse/namespaces?parent=a%20b&pageSize=2";
    const NOW: OffsetDateTime = datetime!(2026-10-01 06:05:00 UTC);

    /// Signed by botocore's `SigV4Auth` with the sample's key, at 2026-10-01 06:00:00.
    fn signed(method: &str, body: &'static str, signature: &str) -> Ask {
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={ACCESS_KEY_ID}/20261001/eu-central-1/s3tables/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature={signature}"
        );
        let request = Request::builder()
            .method(method)
            .uri(URI)
            .header("host", "127.0.0.1:8181")
            .header("x-amz-date", "20261001T060000Z")
            .header("authorization", authorization)
            .body(())
            .expect("a request");
        Ask::new(
            request.into_parts().0,
            URI.to_owned(),
            Bytes::from_static(body.as_bytes()),
        )
    }

    const GET: &str = "5f6701b652868c8f0afa6e22394fb36d840dc247581e2d768857f0d420b8486f";
    const POST: &str = "7ba4e6bb55d95d14983284f2dc72915cc0b4d33fc220ceaf4da338077b8529c8";

    #[test]
    fn botocore_is_let_in() {
        assert_eq!(
            verify(&signed("GET", "", GET), NOW),
            Ok(ACCESS_KEY_ID.to_owned())
        );
        assert_eq!(
            verify(&signed("POST", "{\"namespace\":[\"a\"]}", POST), NOW),
            Ok(ACCESS_KEY_ID.to_owned())
        );
    }

    #[test]
    fn another_body_method_or_hour_is_not() {
        let refused = |ask: Ask, now| verify(&ask, now).map_err(|refusal| refusal.status);
        assert_eq!(refused(signed("POST", "{}", POST), NOW), Err(403));
        assert_eq!(refused(signed("DELETE", "", GET), NOW), Err(403));
        assert_eq!(
            refused(signed("GET", "", GET), NOW + Duration::hours(1)),
            Err(403)
        );
        assert_eq!(refused(signed("GET", "", "zz"), NOW), Err(400));
    }
}
