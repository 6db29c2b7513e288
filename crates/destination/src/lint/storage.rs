//! Where the data goes: object store, region, keys.

use super::report::{Report, shown, shown_region};
use super::rule::{Rule, Severity};
use crate::derive;
use crate::derive::is_databricks;
use crate::edit::Edit;
use crate::keys::{
    ACCESS_KEY, PROFILE, REGION, S3_ENDPOINT, S3_PATH_STYLE, S3_USE_SSL, SECRET_KEY, SESSION_TOKEN,
    URL, WAREHOUSE,
};
use crate::kind::Kind;
use crate::secret::Secret;
use crate::url::Url;
use crate::value::Value;

pub(super) fn check(report: &mut Report, kind: Kind) {
    keys(report);
    endpoint(report, kind);
    switches(report);
    // Cloudflare's one region, which is none of AWS'.
    let auto = report.file.text(REGION) == "auto"
        && Url::parse(report.file.text(URL).trim()).is_ok_and(|url| !derive::is_aws(url.host));
    let aws = !report.file.is_set(S3_ENDPOINT) && kind != Kind::Unity && !auto;
    if let Some(region) = report
        .filled(REGION)
        .filter(|region| aws && !derive::is_region(region))
    {
        report.found(
            Rule::RegionName,
            REGION,
            format!("{} is not the name of an AWS region.", shown_region(region)),
            "Use a name such as eu-central-1; zones (eu-central-1a) are not regions.",
        );
    }
}

pub(super) fn keys(report: &mut Report) {
    let file = report.file;
    for (given, missing) in [
        (ACCESS_KEY, SECRET_KEY),
        (SECRET_KEY, ACCESS_KEY),
        ("glue_access_key", "glue_secret_key"),
        ("glue_secret_key", "glue_access_key"),
    ] {
        if file.is_set(given) && !file.is_set(missing) {
            let at = file.entry(given).and_then(|entry| entry.at);
            report
                .found(
                    Rule::KeyPair,
                    missing,
                    format!("{given} is given without {missing}; neither works alone."),
                    "Give both, or neither to use the role of the machine that OLake runs on.",
                )
                .at(at);
        }
    }
    let exposed = |key| file.secret(key).map_or("", |secret| secret.expose().trim());
    let (access, secret) = (exposed(ACCESS_KEY), exposed(SECRET_KEY));
    if is_access_key(secret) && !is_access_key(access) && !access.is_empty() {
        let swapped = |text: &str| Value::Secret(Secret::new(text));
        report
            .found(
                Rule::KeysSwapped,
                ACCESS_KEY,
                "aws_secret_key has the form of an access key, and aws_access_key has not: the two are swapped.",
                "Exchange the two values.",
            )
            .edit(Edit::Set(ACCESS_KEY, swapped(secret)))
            .edit(Edit::Set(SECRET_KEY, swapped(access)));
    }
    const ROLE: &str = "Prefer a role, or leave all three keys out of the file and set them in the environment of OLake's container.";
    if file.is_set(SESSION_TOKEN) {
        let (message, severity) = match access.is_empty() {
            false => (
                "The session token does not reach the part of OLake that writes to S3, and without it these keys are refused.",
                Severity::Error,
            ),
            true => (
                "The session token belongs to keys that are not in the file; temporary keys expire.",
                Severity::Warn,
            ),
        };
        report
            .found(Rule::SessionToken, SESSION_TOKEN, message, ROLE)
            .severity(severity);
    } else if access.starts_with("ASIA") && is_access_key(access) {
        report.found(
            Rule::TemporaryKey,
            ACCESS_KEY,
            "aws_access_key is that of temporary keys, which are refused without their session token and expire.",
            ROLE,
        );
    }
}

/// `AKIA…` and `ASIA…`, as AWS makes them.
fn is_access_key(text: &str) -> bool {
    (text.starts_with("AKIA") || text.starts_with("ASIA"))
        && text.len() >= 8
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn endpoint(report: &mut Report, kind: Kind) {
    // What imitates S3 Tables, or Unity's open-source server, has a store that must be named.
    let elsewhere = report
        .filled(URL)
        .and_then(|text| Url::parse(text).ok())
        .is_some_and(|url| match kind {
            Kind::S3Tables => !derive::is_aws(url.host),
            _ => !is_databricks(url.host),
        });
    if matches!(kind, Kind::S3Tables | Kind::Unity) {
        if report.file.is_set(S3_ENDPOINT) && !elsewhere {
            report
                .found(
                    Rule::EndpointForbidden,
                    S3_ENDPOINT,
                    format!(
                        "{kind} decides where data is written; s3_endpoint sends it elsewhere."
                    ),
                    "Remove s3_endpoint.",
                )
                .edit(Edit::Remove(S3_ENDPOINT));
        }
        return;
    }
    let Some(url) = report
        .filled(S3_ENDPOINT)
        .and_then(|text| Url::parse(text).ok())
    else {
        return;
    };
    let other = derive::endpoint(url.host).and_then(|(service, _)| match service {
        derive::GLUE => Some("AWS Glue"),
        derive::S3_TABLES => Some("S3 Tables"),
        _ => None,
    });
    if let Some(other) = other {
        report.found(
            Rule::EndpointService,
            S3_ENDPOINT,
            format!("{} is an endpoint of {other}, not of S3.", shown(url.host)),
            "Remove s3_endpoint for AWS, or give the S3 service's address.",
        );
    }
    bucket_in_endpoint(report, url);
    let named_region = derive::is_aws(url.host)
        .then(|| url.host.split('.').find(|part| derive::is_region(part)))
        .flatten();
    if let (Some(there), Some(region)) = (named_region, report.filled(REGION))
        && there != region
    {
        report.found(
            Rule::EndpointRegion,
            S3_ENDPOINT,
            format!(
                "s3_endpoint is of {there}, aws_region says {}.",
                shown_region(region)
            ),
            "Use the region of the bucket in both; for AWS s3_endpoint can be left out.",
        );
    }
    let keyless = [ACCESS_KEY, SECRET_KEY, PROFILE]
        .iter()
        .all(|key| !report.file.is_set(key));
    if keyless && matches!(kind, Kind::Generic | Kind::Nessie) && !derive::is_aws(url.host) {
        report.found(
            Rule::NoKeys,
            ACCESS_KEY,
            "There are no keys for the store at s3_endpoint, which knows no roles of AWS.",
            "Give aws_access_key and aws_secret_key, unless the environment of OLake's container has them or the catalog hands them out.",
        );
    }
    // Of stores whose other ports are as well known.
    let others: [(&str, &[u16]); 2] = [
        ("seaweed", &[8888, 9333, 8080, 23646]),
        ("garage", &[3901, 3902, 3903]),
    ];
    if let Some((name, port)) = others.iter().find_map(|(name, ports)| {
        let port = url.port.filter(|port| ports.contains(port))?;
        url.host.contains(name).then_some((name, port))
    }) {
        report.found(
            Rule::EndpointConsole,
            S3_ENDPOINT,
            format!("Port {port} of {name} usually serves something else than S3."),
            "Use the port of the S3 API: 8333 for SeaweedFS, 3900 for Garage.",
        );
    }
    let console =
        matches!(url.port, Some(9001 | 9091)) || (kind == Kind::Nessie && url.port == Some(9090));
    if console && matches!(kind, Kind::Generic | Kind::Lakekeeper | Kind::Nessie) {
        report.found(
            Rule::EndpointConsole,
            S3_ENDPOINT,
            format!(
                "Port {} is usually MinIO's web console, which does not speak S3.",
                url.port.unwrap_or_default()
            ),
            "Use the port of the S3 API: 9000 by default, 9090 in the local Generic stack.",
        );
    }
}

/// The bucket is put into the path behind the endpoint.
fn bucket_in_endpoint(report: &mut Report, url: Url) {
    let Some(warehouse) = report.filled(WAREHOUSE) else {
        return;
    };
    let bucket = warehouse
        .split_once("://")
        .map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let in_path = url.trimmed_path().rsplit('/').next() == Some(bucket);
    let in_host = url
        .host
        .strip_prefix(bucket)
        .is_some_and(|rest| rest.starts_with(".s3"));
    if !bucket.is_empty() && (in_path || in_host) {
        report.found(
            Rule::EndpointBucket,
            S3_ENDPOINT,
            format!("s3_endpoint names the bucket {} already; OLake puts it behind the endpoint once more.", shown(bucket)),
            "Give the store's address without the bucket.",
        );
    }
}

fn switches(report: &mut Report) {
    let file = report.file;
    let off = matches!(
        file.entry(S3_PATH_STYLE).map(|entry| &entry.value),
        Some(Value::Bool(false))
    );
    if off && file.is_set(S3_ENDPOINT) {
        report.found(Rule::PathStyle, S3_PATH_STYLE, "With s3_endpoint OLake always uses path-style addresses, whatever s3_path_style says.", "Remove s3_path_style.").edit(Edit::Remove(S3_PATH_STYLE));
    }
    if file.entry(S3_USE_SSL).is_some() {
        report
            .found(
                Rule::UseSsl,
                S3_USE_SSL,
                "s3_use_ssl has no effect: http or https in s3_endpoint decides.",
                "Remove s3_use_ssl.",
            )
            .edit(Edit::Remove(S3_USE_SSL));
    }
}
