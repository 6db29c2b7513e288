//! Where the data goes: object store, region, keys.

use super::report::{Report, shown};
use super::rule::Rule;
use crate::derive;
use crate::edit::Edit;
use crate::keys::{
    ACCESS_KEY, REGION, S3_ENDPOINT, S3_PATH_STYLE, S3_USE_SSL, SECRET_KEY, SESSION_TOKEN,
};
use crate::kind::Kind;
use crate::url::Url;
use crate::value::Value;

pub(super) fn check(report: &mut Report, kind: Kind) {
    keys(report);
    endpoint(report, kind);
    switches(report);
    let aws = !report.file.is_set(S3_ENDPOINT) && kind != Kind::Unity;
    if let Some(region) = report
        .filled(REGION)
        .filter(|region| aws && !derive::is_region(region))
    {
        report.found(
            Rule::RegionName,
            REGION,
            format!("{} is not the name of an AWS region.", shown(region)),
            "Use a name such as eu-central-1; zones (eu-central-1a) are not regions.",
        );
    }
}

fn keys(report: &mut Report) {
    let file = report.file;
    for (given, missing) in [(ACCESS_KEY, SECRET_KEY), (SECRET_KEY, ACCESS_KEY)] {
        if file.is_set(given) && !file.is_set(missing) {
            report.found(
                Rule::KeyPair,
                missing,
                format!("{given} is given without {missing}; neither works alone."),
                "Give both, or neither to use the role of the machine that OLake runs on.",
            );
        }
    }
    if file.is_set(SESSION_TOKEN) {
        report.found(
            Rule::SessionToken,
            SESSION_TOKEN,
            "Temporary keys expire, and OLake does not pass the session token to every part that writes to S3.",
            "Prefer a role: leave all three keys out of the file and set them in the environment.",
        );
    }
}

fn endpoint(report: &mut Report, kind: Kind) {
    if matches!(kind, Kind::S3Tables | Kind::Unity) {
        if report.file.is_set(S3_ENDPOINT) {
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
    if url.host.starts_with("glue.") {
        report.found(
            Rule::EndpointService,
            S3_ENDPOINT,
            format!("{} is an endpoint of AWS Glue, not of S3.", shown(url.host)),
            "Remove s3_endpoint for AWS, or give the S3 service's address.",
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
