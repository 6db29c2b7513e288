//! The address of the catalog.

use super::report::{Report, shown};
use super::rule::Rule;
use crate::derive::{self, UNITY_PATH};
use crate::edit::Edit;
use crate::keys::{OAUTH_URL, S3_ENDPOINT, URL};
use crate::kind::{Auth, Kind};
use crate::url::Url;

pub(super) fn check(report: &mut Report, kind: Kind) {
    for key in [URL, S3_ENDPOINT, OAUTH_URL] {
        if let Some(text) = report.filled(key) {
            syntax(report, key, text);
        }
    }
    plain(report);
    let Some(text) = report.filled(URL) else {
        return;
    };
    let text = without_v1(report, kind, text);
    let Ok(url) = Url::parse(text) else { return };
    match kind {
        Kind::Generic => {}
        Kind::Lakekeeper => lakekeeper(report, url),
        Kind::Nessie => nessie(report, url),
        Kind::S3Tables => s3_tables(report, url),
        Kind::Unity => unity(report, url),
        Kind::Polaris => polaris(report, url),
    }
}

/// The token goes to the catalog, the client's secret to the token endpoint.
fn plain(report: &mut Report) {
    let receivers: &[&str] = match report.file.auth() {
        Auth::Token => &[URL],
        Auth::OAuth2 => &[URL, OAUTH_URL],
        Auth::None | Auth::SigV4 => &[],
    };
    for key in receivers {
        let Some(url) = report.filled(key).and_then(|text| Url::parse(text).ok()) else {
            continue;
        };
        if url.is_https() || url.is_private() {
            continue;
        }
        let (what, whose) = match *key {
            OAUTH_URL => ("client secret", "token endpoint"),
            _ => ("token", "catalog"),
        };
        report.found(
            Rule::PlainHttp,
            key,
            format!("The {what} travels unencrypted to {}.", shown(url.host)),
            format!("Use https, or keep the {whose} on a private network."),
        );
    }
}

/// Warns of `/v1` at the end and goes on without it.
fn without_v1<'a>(report: &mut Report, kind: Kind, text: &'a str) -> &'a str {
    // Nessie's native API is a mistake of its own.
    let native = kind == Kind::Nessie && text.contains("/api/");
    let Some(right) = text
        .trim_end_matches('/')
        .strip_suffix("/v1")
        .filter(|_| !native)
    else {
        return text;
    };
    report
        .found(
            Rule::V1Suffix,
            URL,
            "The address ends in /v1, which every Iceberg client adds itself: requests would go to /v1/v1/config.",
            format!("Use {}.", shown(right)),
        )
        .edit(Edit::text(URL, right.to_owned()));
    right
}

fn syntax(report: &mut Report, key: &'static str, text: &str) {
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(problem) => {
            report.found(
                Rule::NoAddress,
                key,
                format!("{key} is no address: {problem}."),
                "Give an absolute http:// or https:// address.",
            );
            return;
        }
    };
    if url.has_query {
        report.found(
            Rule::AddressQuery,
            key,
            format!("{key} has a query or a fragment, and paths are appended after it."),
            "Remove everything from ? or # on.",
        );
    }
    if url.userinfo.is_some() {
        report.found(
            Rule::AddressUser,
            key,
            format!("{key} holds a user name or password, which ends up in logs and is not used to sign in."),
            "Remove it, and sign in with a token or OAuth2.",
        );
    }
    if url.is_loopback() {
        report.found(
            Rule::Loopback,
            key,
            format!("{key} points to this machine, but OLake runs in Docker, where {} is the container itself.", shown(url.host)),
            "On one Docker network use the service's name; on macOS and Windows host.docker.internal; on Linux the machine's address (hostname -I).",
        );
    }
}

fn wrong(report: &mut Report, rule: Rule, message: String, right: Option<String>, fix: &str) {
    let finding = report.found(rule, URL, message, fix);
    if let Some(right) = right {
        finding.edit(Edit::text(URL, right));
    }
}

fn lakekeeper(report: &mut Report, url: Url) {
    let path = url.trimmed_path();
    if path.ends_with("/catalog") {
        return;
    }
    let right = format!("{}/catalog", url.base());
    let (message, known) = match path {
        "" => ("The address names only the host".to_owned(), true),
        "/ui" => ("/ui is Lakekeeper's web page".to_owned(), true),
        _ if path.starts_with("/management") => (
            "/management is Lakekeeper's management API".to_owned(),
            true,
        ),
        other => (
            format!("{} is not where Lakekeeper serves Iceberg", shown(other)),
            false,
        ),
    };
    let fix = format!("Use {}.", shown(&right));
    wrong(
        report,
        Rule::LakekeeperPath,
        format!("{message}; the Iceberg API is under /catalog."),
        known.then_some(right),
        &fix,
    );
}

fn nessie(report: &mut Report, url: Url) {
    let path = url.trimmed_path();
    if path == "/iceberg" || path.starts_with("/iceberg/") || path.starts_with("/iceberg|") {
        return;
    }
    let right = format!("{}/iceberg/", url.base());
    let native = path.starts_with("/api/v1") || path.starts_with("/api/v2");
    let message = match path {
        "" => "The address names only the host".to_owned(),
        other if native => format!("{} is Nessie's native API", shown(other)),
        other => format!("{} is not where Nessie serves Iceberg", shown(other)),
    };
    let fix = format!(
        "Use {}, with a branch after it if it is not the default one.",
        shown(&right)
    );
    let known = native || path.is_empty();
    wrong(
        report,
        Rule::NessiePath,
        format!("{message}; Nessie's Iceberg API is under /iceberg."),
        known.then_some(right),
        &fix,
    );
}

fn polaris(report: &mut Report, url: Url) {
    let path = url.trimmed_path();
    if !path.ends_with("/api/catalog") {
        let right = format!("{}/api/catalog", url.base());
        let (message, known) = match path {
            "" => ("The address names only the host".to_owned(), true),
            "/api" => ("The address stops before the API".to_owned(), true),
            _ if path.contains("/api/management") => (
                "/api/management is Polaris's management API".to_owned(),
                true,
            ),
            other => (
                format!("{} is not where Polaris serves Iceberg", shown(other)),
                false,
            ),
        };
        let fix = format!("Use {}.", shown(&right));
        wrong(
            report,
            Rule::PolarisPath,
            format!("{message}; its Iceberg API is under /api/catalog."),
            known.then_some(right),
            &fix,
        );
    }
    if url.port == Some(8080) || url.port == Some(8182) {
        let message = "Polaris answers Iceberg requests on port 8181; 8182 serves health and metrics only, and 8080 nothing.";
        wrong(
            report,
            Rule::PolarisPort,
            message.to_owned(),
            None,
            "Use port 8181, unless this one is mapped to it.",
        );
    }
}

fn unity(report: &mut Report, url: Url) {
    let right = format!("https://{}{UNITY_PATH}", url.host);
    let path = url.trimmed_path();
    let message = if !url.is_https() {
        "A Databricks workspace is reached over https only."
    } else if path == UNITY_PATH {
        return;
    } else if path.is_empty() {
        "The address names only the workspace; the Iceberg API has a path of its own."
    } else if path.ends_with("/unity-catalog/iceberg") {
        "/iceberg is the older, read-only API of Unity Catalog; OLake needs to write."
    } else {
        "The path is not that of Unity Catalog's Iceberg API."
    };
    let fix = format!("Use {}.", shown(&right));
    wrong(
        report,
        Rule::UnityPath,
        message.to_owned(),
        Some(right),
        &fix,
    );
}

fn s3_tables(report: &mut Report, url: Url) {
    if derive::region_of_s3_tables(url).is_some() {
        return;
    }
    if url.host.starts_with("glue.") {
        let message = "This is the Iceberg endpoint of AWS Glue, not of S3 Tables.";
        wrong(
            report,
            Rule::S3TablesGlue,
            message.into(),
            None,
            "Choose Generic REST with SigV4 and the signing name glue, or use the S3 Tables endpoint.",
        );
        return;
    }
    let region = derive::region_of_arn(report.file.text(crate::keys::WAREHOUSE));
    let right = region.map(derive::s3_tables_url);
    let fix = format!(
        "Use {}.",
        right
            .as_deref()
            .unwrap_or("https://s3tables.<REGION>.amazonaws.com/iceberg")
    );
    wrong(
        report,
        Rule::S3TablesUrl,
        "The address is not that of S3 Tables' Iceberg endpoint.".into(),
        right,
        &fix,
    );
}
