//! What must be there for this catalog and this way to sign in.

use super::report::{Report, shown};
use super::rule::{Rule, Severity};
use crate::catalog_type;
use crate::edit::Edit;
use crate::keys;
use crate::kind::{Auth, Kind, Target};

pub(super) fn check(report: &mut Report) {
    let file = report.file;
    catalog_type(report);
    if !file.is_set(keys::WAREHOUSE) {
        let label = file.kind().map_or("warehouse", Kind::warehouse_label);
        missing(
            report,
            Rule::NoWarehouse,
            keys::WAREHOUSE,
            "OLake stops with: s3_path is required.",
            &format!("Give the {label}."),
        );
    }
    let Some(kind) = file.kind() else {
        let row = catalog_type::find(file.text(keys::CATALOG_TYPE));
        if let Some(row) = row.filter(|row| row.since > file.release()) {
            report.found(
                Rule::WrongCatalogType,
                keys::CATALOG_TYPE,
                format!(
                    "OLake {} stops with: unsupported catalog_type. {} is said to be understood by {} and later.",
                    file.release(),
                    row.name,
                    row.since
                ),
                "Run a later OLake, or set catalog_type to rest for a catalog that speaks the Iceberg REST protocol.",
            );
        }
        if let Some((needed, _)) = row.and_then(|row| row.protocol.needs())
            && !file.is_set(needed)
        {
            missing(
                report,
                Rule::NoUrl,
                needed,
                "OLake stops with an error that names it.",
                "Give the address of the catalog.",
            );
        }
        return;
    };
    if !file.is_set(keys::URL) {
        missing(
            report,
            Rule::NoUrl,
            keys::URL,
            "OLake stops with: rest_catalog_url is required when using REST catalog.",
            "Give the address of the catalog.",
        );
    }
    match file.auth() {
        Auth::Token if !file.is_set(keys::TOKEN) => {
            missing(
                report,
                Rule::NoToken,
                keys::TOKEN,
                "Requests would carry no token and be refused.",
                "Give the bearer token, or choose another way to sign in.",
            );
        }
        Auth::OAuth2 => oauth(report, kind),
        _ => {}
    }
    let region_matters = match kind {
        // Stores that are not S3 have no region.
        Kind::Generic | Kind::Nessie | Kind::Polaris => {
            let warehouse = file.text(keys::WAREHOUSE);
            !file.is_set(keys::S3_ENDPOINT)
                && (warehouse.starts_with("s3") || !warehouse.contains("://"))
        }
        Kind::S3Tables => true,
        Kind::Lakekeeper | Kind::Unity => false,
    };
    if region_matters && !file.is_set(keys::REGION) {
        report.found(
            Rule::NoRegion,
            keys::REGION,
            "aws_region is missing: OLake falls back to the environment of its container, which usually has none.",
            "Give the region of the bucket.",
        );
    }
}

fn missing(report: &mut Report, rule: Rule, key: &'static str, effect: &str, fix: &str) {
    report.found(rule, key, format!("{key} is missing. {effect}"), fix);
}

fn oauth(report: &mut Report, kind: Kind) {
    let file = report.file;
    for key in [keys::OAUTH_URL, keys::CREDENTIAL] {
        let half = file
            .secret(key)
            .is_some_and(|credential| credential.expose().ends_with(':'));
        if file.is_set(key) && !half {
            continue;
        }
        // Iceberg then asks the catalog itself, which gives tokens if it is Polaris.
        let asked = key == keys::OAUTH_URL && matches!(kind, Kind::Polaris | Kind::Generic);
        missing(
            report,
            Rule::NoCredential,
            key,
            match asked {
                true => {
                    "Iceberg asks the catalog for a token, at /v1/oauth/tokens below its address, and warns that it will not for ever."
                }
                false => {
                    "Signing in with OAuth2 needs the token endpoint and the client's id and secret."
                }
            },
            match key {
                keys::CREDENTIAL => "Give client_id:client_secret.",
                _ => "Give the address of the token endpoint.",
            },
        );
        if let (true, Some(finding)) = (asked, report.findings.last_mut()) {
            finding.severity(match kind {
                Kind::Polaris => Severity::Info,
                _ => Severity::Warn,
            });
        }
    }
    if kind == Kind::Polaris
        && !file.is_set(keys::SCOPE)
        && !super::auth::is_own_token_endpoint(report)
    {
        report
            .found(
                Rule::NoScope,
                keys::SCOPE,
                "scope is missing, so Iceberg asks the identity provider for the scope catalog.",
                "Give the scope that the provider knows, if it refuses that one.",
            )
            .severity(Severity::Info);
    } else if kind == Kind::Polaris && !file.is_set(keys::SCOPE) {
        missing(
            report,
            Rule::NoScope,
            keys::SCOPE,
            "Without one Iceberg asks for the scope catalog, which Polaris refuses with invalid_scope.",
            "Use PRINCIPAL_ROLE:ALL.",
        );
        if let Some(finding) = report.findings.last_mut() {
            finding.edit(Edit::text(keys::SCOPE, "PRINCIPAL_ROLE:ALL"));
        }
    }
}

fn catalog_type(report: &mut Report) {
    let file = report.file;
    let stated = file.text(keys::CATALOG_TYPE);
    if catalog_type::find(stated).is_some() {
        return;
    }
    let Some(kind) = file.kind() else {
        if !file.is_set(keys::CATALOG_TYPE) {
            report.found(
                Rule::NoCatalogType,
                keys::CATALOG_TYPE,
                "catalog_type is missing, so OLake takes the catalog for AWS Glue.",
                "Set catalog_type to rest and give rest_catalog_url, or to glue if that is meant.",
            );
        }
        return;
    };
    let message = if stated.is_empty() {
        "catalog_type is missing, so OLake takes the catalog for AWS Glue and ignores rest_catalog_url.".to_owned()
    } else {
        format!(
            "OLake knows no catalog_type {} and stops with: unsupported catalog_type.",
            match stated
                .bytes()
                .all(|b| b.is_ascii_alphabetic() || b"_- ".contains(&b))
            {
                true => shown(stated),
                false => "of that name".to_owned(),
            }
        )
    };
    let right = match stated.trim().to_ascii_lowercase() {
        lower if catalog_type::find(&lower).is_some() => lower,
        _ => kind.catalog_type(Target::Classic).to_owned(),
    };
    report
        .found(
            Rule::WrongCatalogType,
            keys::CATALOG_TYPE,
            message,
            format!("Set catalog_type to {right}."),
        )
        .edit(Edit::text(keys::CATALOG_TYPE, right));
}
