//! The address of the catalog.

use super::report::{Report, shown};
use super::rule::{Rule, Severity};
use crate::derive::is_databricks;
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
    swapped(report);
    let Some(text) = report.filled(URL) else {
        return;
    };
    let text = without_v1(report, kind, text);
    let Ok(url) = Url::parse(text) else { return };
    port(report, kind, url);
    match kind {
        Kind::Generic => {}
        Kind::Lakekeeper => lakekeeper(report, url),
        Kind::Nessie => nessie(report, url),
        Kind::S3Tables => s3_tables(report, url),
        Kind::Unity => unity(report, url),
        Kind::Polaris => polaris(report, url),
    }
}

/// By the port, what answers is no catalog.
fn port(report: &mut Report, kind: Kind, url: Url<'_>) {
    let other = match (url.port, kind) {
        (Some(8182), Kind::Polaris | Kind::Generic) => {
            "Polaris' health and metrics; its catalog is at 8181"
        }
        (Some(9000), Kind::Nessie) => "Nessie's health and metrics; its catalog is at 19120",
        (Some(9083), _) => "a Hive metastore, which speaks Thrift: its catalog_type is hive",
        (Some(5432), _) => "PostgreSQL: a catalog in a database has the catalog_type jdbc",
        (Some(3306), _) => "MySQL: a catalog in a database has the catalog_type jdbc",
        (Some(3128), _) => "a proxy: the address of the catalog itself belongs here",
        (Some(9001), _) => "MinIO's web console",
        _ => return,
    };
    let port = url.port.unwrap_or_default();
    report.found(
        Rule::WrongPort,
        URL,
        format!("Port {port} is usually that of {other}."),
        "Give the port that the catalog's Iceberg REST API listens on.",
    );
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
    let trimmed = text.trim_end_matches('/');
    // With a call of the protocol behind it, as documentation shows it.
    let call = ["/v1/config", "/v1/oauth/tokens", "/v1/namespaces"]
        .iter()
        .find_map(|call| trimmed.find(call));
    let right = call.map(|at| &text[..at]).or(trimmed.strip_suffix("/v1"));
    let Some(right) = right.filter(|_| !native) else {
        return text;
    };
    report
        .found(
            Rule::V1Suffix,
            URL,
            match call {
                None => "The address ends in /v1, which every Iceberg client adds itself: requests would go to /v1/v1/config.",
                Some(_) => "The address is that of one call; every Iceberg client adds /v1 and the rest itself.",
            },
            format!("Use {}.", shown(right)),
        )
        .edit(Edit::text(URL, right.to_owned()));
    right
}

pub(super) fn syntax(report: &mut Report, key: &'static str, text: &str) {
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
    match right {
        Some(right) => {
            finding.edit(Edit::text(URL, right));
        }
        // A proxy may serve it there.
        None => {
            finding.severity(Severity::Warn);
        }
    }
}

fn lakekeeper(report: &mut Report, url: Url) {
    let path = url.trimmed_path();
    if path.ends_with("/catalog") {
        return;
    }
    let stem = ["/ui", "/management"]
        .iter()
        .find_map(|part| Some(&path[..path.find(part)?]));
    let right = format!("{}{}/catalog", url.base(), stem.unwrap_or_default());
    let (message, known) = match path {
        "" => ("The address names only the host".to_owned(), true),
        _ if path.ends_with("/ui") => ("/ui is Lakekeeper's web page".to_owned(), true),
        _ if path.contains("/management") => (
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
    // A branch and a warehouse may follow, a proxy's prefix precede.
    if path
        .split('/')
        .any(|part| part.split('|').next() == Some("iceberg"))
    {
        return;
    }
    let stem = ["/api/v1", "/api/v2"]
        .iter()
        .find_map(|part| Some(&path[..path.find(part)?]));
    let right = format!("{}{}/iceberg/", url.base(), stem.unwrap_or_default());
    let message = match path {
        "" => "The address names only the host".to_owned(),
        other if stem.is_some() => format!("{} is Nessie's native API", shown(other)),
        other => format!("{} is not where Nessie serves Iceberg", shown(other)),
    };
    let fix = format!(
        "Use {}, with a branch after it if it is not the default one.",
        shown(&right)
    );
    let known = stem.is_some() || path.is_empty();
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
        let stem = path
            .find("/api/management")
            .or(path.ends_with("/api").then(|| path.len() - "/api".len()))
            .map(|end| &path[..end]);
        let right = format!("{}{}/api/catalog", url.base(), stem.unwrap_or_default());
        let (message, known) = match path {
            "" => ("The address names only the host".to_owned(), true),
            _ if path.contains("/api/management") => (
                "/api/management is Polaris's management API".to_owned(),
                true,
            ),
            _ if path.ends_with("/api") => ("The address stops before the API".to_owned(), true),
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
        let message = "Polaris answers Iceberg requests on port 8181; by itself 8182 serves health and metrics only, and 8080 nothing.";
        report.found(
            Rule::PolarisPort,
            URL,
            message,
            "Use port 8181, unless this one is mapped to it.",
        );
    }
    polaris_token(report, url);
}

/// Polaris' own token endpoint, misspelt; one of another program is none of Polaris' business.
fn polaris_token(report: &mut Report, catalog: Url) {
    let Some(token) = report
        .filled(OAUTH_URL)
        .and_then(|text| Url::parse(text).ok())
    else {
        return;
    };
    let path = token.trimmed_path();
    let own = path.contains("/api/catalog") || path.contains("/api/management");
    if catalog.origin() == token.origin() && own && !path.ends_with("/v1/oauth/tokens") {
        let right = derive::polaris_token_url(report.file.text(URL).trim());
        report
            .found(
                Rule::PolarisToken,
                OAUTH_URL,
                format!("{} is not where Polaris gives tokens.", shown(path)),
                format!("Use {}.", shown(&right)),
            )
            .edit(Edit::text(OAUTH_URL, right));
    }
}

/// Databricks' rules are for Databricks' hosts: elsewhere it is the open-source server, or a proxy.
fn unity(report: &mut Report, url: Url) {
    if !is_databricks(url.host) {
        if !url.path.contains("/unity-catalog") {
            report
                .found(
                    Rule::UnityPath,
                    URL,
                    "The address is neither that of a Databricks workspace nor that of a Unity Catalog server.",
                    format!("A workspace serves Iceberg under {UNITY_PATH}; leave a proxy's own address as it is."),
                )
                .severity(Severity::Info);
        }
        return;
    }
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
        if url.is_https() && url.trimmed_path() == "/iceberg" {
            return;
        }
        let right = format!("https://{}/iceberg", url.host);
        let fix = format!("Use {}.", shown(&right));
        wrong(
            report,
            Rule::S3TablesUrl,
            "S3 Tables serves Iceberg over https, under /iceberg.".into(),
            Some(right),
            &fix,
        );
        return;
    }
    if derive::endpoint(url.host).is_some_and(|(service, _)| service == derive::GLUE) {
        report.found(
            Rule::S3TablesGlue,
            URL,
            "This is the Iceberg endpoint of AWS Glue, not of S3 Tables.",
            "Choose Generic REST with SigV4 and the signing name glue, or use the S3 Tables endpoint.",
        );
        return;
    }
    let region = derive::region_of_arn(report.file.text(crate::keys::WAREHOUSE));
    let right = region.map(|region| derive::iceberg_url(derive::S3_TABLES, region));
    let fix = format!(
        "Use {}.",
        right
            .as_deref()
            .unwrap_or("https://s3tables.<REGION>.amazonaws.com/iceberg")
    );
    if derive::is_aws(url.host) && !url.host.contains(".vpce.") {
        wrong(
            report,
            Rule::S3TablesUrl,
            "The address is of AWS, but not that of S3 Tables' Iceberg endpoint.".into(),
            right,
            &fix,
        );
    } else {
        report
            .found(
                Rule::S3TablesUrl,
                URL,
                "The address is not one of AWS' own for S3 Tables.",
                format!("{fix} Leave it for an emulator, a proxy or a private name."),
            )
            .severity(Severity::Info);
    }
}

/// Catalog and object store have ports and names of their own.
fn swapped(report: &mut Report) {
    let parsed = |report: &Report, key| {
        let text: &str = report.file.text(key).trim();
        Url::parse(text).ok().map(|url| {
            (
                url.host.to_ascii_lowercase(),
                url.port,
                url.trimmed_path().to_owned(),
            )
        })
    };
    let (catalog, store) = (parsed(report, URL), parsed(report, S3_ENDPOINT));
    type Place = (String, Option<u16>, String);
    // A path or a port says more than a name: one host may run both.
    let catalogs = |(_, port, path): &Place| {
        matches!(port, Some(8181 | 19120))
            || ["/catalog", "/iceberg", "/_iceberg", "/iceberg-rest"]
                .iter()
                .any(|end| path.ends_with(end))
            || path.contains("/iceberg/")
    };
    // MinIO and its kin, SeaweedFS, Garage, Ceph.
    let stores = |(_, port, path): &Place| {
        path.is_empty() && matches!(port, Some(9000 | 8333 | 3900 | 7480))
    };
    let is_store = |place: &Place| {
        let (host, _, path) = place;
        let named = ["minio", "rustfs", "seaweedfs", "garage", "ceph"]
            .iter()
            .any(|name| host.contains(name))
            || host.starts_with("s3.")
            || [
                ".r2.cloudflarestorage.com",
                ".digitaloceanspaces.com",
                ".wasabisys.com",
                ".backblazeb2.com",
                "storage.googleapis.com",
            ]
            .iter()
            .any(|end| host.ends_with(end));
        !catalogs(place) && (stores(place) || (named && path.is_empty()))
    };
    let is_catalog = |place: &Place| {
        let named = [
            "polaris",
            "nessie",
            "lakekeeper",
            "unity",
            "gravitino",
            "iceberg-rest",
        ]
        .iter()
        .any(|name| place.0.starts_with(name));
        !stores(place) && (catalogs(place) || named)
    };
    let same = catalog.is_some() && catalog == store;
    let (in_catalog, in_store) = (
        catalog.as_ref().is_some_and(is_store),
        store.as_ref().is_some_and(is_catalog),
    );
    if same {
        report.found(
            Rule::Swapped,
            S3_ENDPOINT,
            "s3_endpoint and rest_catalog_url are the same address; a catalog and an object store are two servers.",
            "Give the address of the S3 API in s3_endpoint, or remove it for AWS.",
        );
        return;
    }
    let both = if in_catalog && in_store {
        " The two seem to be swapped."
    } else {
        ""
    };
    if in_catalog {
        report.found(
            Rule::Swapped,
            URL,
            format!("rest_catalog_url looks like the address of an object store, not of a catalog.{both}"),
            "Give the address of the catalog; that of the store belongs in s3_endpoint.",
        );
    }
    if in_store {
        report.found(
            Rule::Swapped,
            S3_ENDPOINT,
            format!(
                "s3_endpoint looks like the address of a catalog, not of an object store.{both}"
            ),
            "Give the address of the S3 API; that of the catalog belongs in rest_catalog_url.",
        );
    }
}
