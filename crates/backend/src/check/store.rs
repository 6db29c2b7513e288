//! The bucket behind the warehouse, where the file says enough to ask for it.

use destination::{Destination, Kind, has_placeholder, keys, problem};
use iceberg_rest::{
    Error, ErrorKind, Unreachable,
    object_store::{Bucket, head_bucket},
};
use model::destination::{Advice, Outcome};

use super::{STORE, Stages, advice};
use crate::outbound;

pub async fn check(file: &Destination, stages: &mut Stages) {
    let bucket = match bucket(file) {
        Ok(bucket) => bucket,
        Err(reason) => return stages.add(STORE, Outcome::Skipped, reason),
    };
    let name = bucket.name.clone();
    let asked = async { head_bucket(&outbound::typed()?, bucket).await };
    match asked.await {
        Ok(()) => stages.add(
            STORE,
            Outcome::Ok,
            format!("The bucket {name} is there, and the keys open it. Whether they may write is not tried."),
        ),
        Err(error) => stages.fail(STORE, &error, explain(file, &error)),
    }
}

fn bucket(file: &Destination) -> Result<Bucket, &'static str> {
    let warehouse = file.text(keys::WAREHOUSE).trim();
    let location = ["s3://", "s3a://"]
        .iter()
        .find_map(|scheme| warehouse.strip_prefix(scheme));
    let Some(location) = location else {
        return Err(match file.kind() {
            Some(Kind::S3Tables) => {
                "Not tried: a table bucket is reached through the catalog alone."
            }
            _ => "Not tried: the catalog knows the location behind this warehouse.",
        });
    };
    let secret = |key: &str| {
        file.secret(key)
            .map(|secret| secret.expose().trim().to_owned())
            .filter(|secret| !secret.is_empty() && !has_placeholder(secret))
    };
    let (Some(access_key_id), Some(secret_access_key)) =
        (secret(keys::ACCESS_KEY), secret(keys::SECRET_KEY))
    else {
        return Err("Not tried: there are no keys; OLake uses the role of its machine.");
    };
    let name = location.split('/').next().unwrap_or_default().to_owned();
    let endpoint = file.text(keys::S3_ENDPOINT).trim();
    if name.is_empty() || has_placeholder(&name) || has_placeholder(endpoint) {
        return Err("Not tried: bucket or endpoint still hold a placeholder.");
    }
    let region = file.text(keys::REGION).trim();
    if has_placeholder(region) || (region.is_empty() && endpoint.is_empty()) {
        return Err("Not tried: the region of the bucket is not known.");
    }
    Ok(Bucket {
        endpoint: (!endpoint.is_empty()).then(|| endpoint.to_owned()),
        name,
        region: if region.is_empty() {
            "us-east-1"
        } else {
            region
        }
        .to_owned(),
        access_key_id,
        secret_access_key: secret_access_key.into(),
        session_token: secret(keys::SESSION_TOKEN).map(Into::into),
    })
}

fn explain(file: &Destination, error: &Error) -> Option<Advice> {
    let known = match error.kind {
        ErrorKind::NotFound => problem("s3-no-bucket"),
        ErrorKind::Forbidden => problem("s3-access-denied"),
        ErrorKind::Redirect => problem("s3-region"),
        ErrorKind::BadRequest => problem("s3-console-port"),
        _ => None,
    };
    let about = [keys::S3_ENDPOINT, keys::ACCESS_KEY, keys::SECRET_KEY];
    // The port of a web console is no more than a doubt, and the usual cause.
    let advice = advice::of_file(file, &about)
        .or_else(|| advice::of_doubt(file, &about))
        .or_else(|| known.map(advice::from))
        .or_else(|| unreached(error))?;
    Some(Advice {
        command: by_hand(file).unwrap_or(advice.command),
        ..advice
    })
}

/// The same request by hand.
fn by_hand(file: &Destination) -> Option<String> {
    let of = |key| file.text(key).trim();
    let (_, location) = of(keys::WAREHOUSE).split_once("://")?;
    let bucket = location.split('/').next()?;
    Some(destination::bucket_probe(
        bucket,
        of(keys::S3_ENDPOINT),
        of(keys::REGION),
    ))
}

/// On the way to the object store, of which the catalog's own probes tell nothing.
fn unreached(error: &Error) -> Option<Advice> {
    let (cause, fix) = match error.kind {
        ErrorKind::Unreachable(Unreachable::Dns) => (
            "The host name of the object store has no address here.",
            "Check the spelling of s3_endpoint. The name of a service in Docker means something on its network only.",
        ),
        ErrorKind::Unreachable(Unreachable::Refused) => (
            "Nothing listens at the object store's host and port.",
            "Check the port of s3_endpoint (MinIO's API is on 9000), and that the store runs.",
        ),
        ErrorKind::Unreachable(Unreachable::Tls) => (
            "The object store's certificate is not trusted here, or it speaks no TLS on that port.",
            "Check http or https of s3_endpoint. An authority of your own has to be trusted by OLake's Java too.",
        ),
        ErrorKind::Unreachable(Unreachable::Untold) => (advice::UNTOLD, advice::REACH),
        ErrorKind::Unreachable(_) | ErrorKind::Malformed => (
            "What answers there is no S3 API.",
            "Check host, port and scheme of s3_endpoint.",
        ),
        ErrorKind::TimedOut => (
            "A firewall or a security group drops the packets, or the address belongs to no machine.",
            "Check host and port of s3_endpoint, and open the port between OLake and the object store.",
        ),
        ErrorKind::ServerError => (
            "The object store failed on its own side.",
            "Its log says more. Try again in a moment.",
        ),
        _ => return None,
    };
    Some(Advice {
        cause: cause.into(),
        fix: fix.into(),
        command: "aws s3 ls s3://<BUCKET_NAME> --endpoint-url <S3_ENDPOINT>".into(),
        problem: None,
    })
}

#[cfg(test)]
mod tests {
    use iceberg_rest::Route;

    use super::*;

    #[test]
    fn a_store_that_is_not_reached_is_not_looked_for_at_the_catalog() {
        let file = br#"{"type":"ICEBERG","writer":{"catalog_type":"rest","rest_catalog_url":"http://h/api/catalog"}}"#;
        let file = Destination::import(file).unwrap();
        for kind in [
            ErrorKind::Unreachable(Unreachable::Dns),
            ErrorKind::Unreachable(Unreachable::Refused),
            ErrorKind::Unreachable(Unreachable::Tls),
            ErrorKind::Unreachable(Unreachable::Reset),
            ErrorKind::TimedOut,
            ErrorKind::Malformed,
            ErrorKind::ServerError,
        ] {
            let error = Error::new(kind, Route::NONE, "It failed.");
            let told = explain(&file, &error).unwrap();
            let text = format!("{} {} {}", told.cause, told.fix, told.command);
            assert!(!text.to_lowercase().contains("catalog"), "{text}");
            assert!(told.command.contains("<S3_ENDPOINT>"), "{text}");
        }
    }
}
