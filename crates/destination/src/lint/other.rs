//! Catalogs that are no REST catalog, or whose own settings are not known here.

use super::report::Report;
use super::rule::Rule;
use crate::catalog_type;
use crate::edit::Edit;
use crate::keys::{self, CATALOG_TYPE, HIVE_URL, JDBC_URL, URL};
use crate::kind::Protocol;
use crate::placeholder::has_placeholder;
use crate::secret::Secret;
use crate::url::Url;
use crate::value::Value;

pub(super) fn check(report: &mut Report) {
    let Some(row) = catalog_type::find(report.file.text(CATALOG_TYPE)) else {
        return;
    };
    match row.protocol {
        Protocol::Jdbc => jdbc(report),
        Protocol::Hive => hive(report),
        Protocol::Rest => unjudged(report, row.title),
        Protocol::Glue => {}
    }
    if row.protocol != Protocol::Rest && report.file.is_set(URL) {
        report.found(
            Rule::OtherCatalog,
            URL,
            format!(
                "rest_catalog_url is not read for catalog_type {}.",
                row.name
            ),
            "Remove it, or set catalog_type to rest if the REST catalog is meant.",
        );
    }
}

/// The address may carry a password: no message has it.
fn jdbc(report: &mut Report) {
    let Some(secret) = report.file.secret(JDBC_URL) else {
        return;
    };
    let text = secret.expose().trim();
    let named = text
        .strip_prefix("jdbc:")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    if text.is_empty() || has_placeholder(text) || named {
        return;
    }
    // What other programs call the same database.
    let right = text.split_once("://").and_then(|(scheme, rest)| {
        let scheme = match scheme.split('+').next()? {
            "postgres" | "postgresql" => "postgresql",
            "mysql" => "mysql",
            "mariadb" => "mariadb",
            _ => return None,
        };
        (!rest.contains('@')).then(|| format!("jdbc:{scheme}://{rest}"))
    });
    let finding = report.found(
        Rule::JdbcUrl,
        JDBC_URL,
        "jdbc_url does not begin with jdbc: and the name of a driver, so Java finds none for it.",
        "Write jdbc:postgresql://host:5432/database, with user and password in jdbc_username and jdbc_password.",
    );
    if let Some(right) = right {
        finding.edit(Edit::Set(JDBC_URL, Value::Secret(Secret::new(right))));
    }
}

fn hive(report: &mut Report) {
    let Some(text) = report.filled(HIVE_URL) else {
        return;
    };
    if text.split(',').all(|one| {
        one.trim()
            .strip_prefix("thrift://")
            .is_some_and(|rest| !rest.is_empty())
    }) {
        return;
    }
    let one = match text.contains("://") {
        true => Url::parse(text).ok(),
        false => None,
    };
    let right = match one {
        Some(url) if url.userinfo.is_none() => Some(format!(
            "thrift://{}:{}",
            url.host,
            url.port.unwrap_or(9083)
        )),
        _ if !text.contains([',', '/', ' ']) => Some(format!("thrift://{text}")),
        _ => None,
    };
    let finding = report.found(
        Rule::HiveUrl,
        HIVE_URL,
        "hive_uri does not begin with thrift://: a Hive metastore speaks Thrift, neither HTTP nor SQL.",
        "Write thrift://host:9083; several are separated by commas.",
    );
    if let Some(right) = right {
        finding.edit(Edit::text(HIVE_URL, right));
    }
}

/// BigLake, Horizon: REST catalogs that are not described here.
fn unjudged(report: &mut Report, title: &str) {
    report.found(
        Rule::Unjudged,
        CATALOG_TYPE,
        format!("What {title} asks for is not known here: its settings were not judged beyond names and types."),
        "Try them with OLake's own check.",
    );
    let account = report
        .file
        .secret("gcp_service_account_json")
        .map_or("", |account| account.expose().trim());
    let object = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(account);
    if !account.is_empty() && !has_placeholder(account) && object.is_err() {
        report.found(
            Rule::ServiceAccount,
            "gcp_service_account_json",
            "gcp_service_account_json is not the JSON of a service account's key.",
            "Put the whole content of the key file into the string, its quotation marks escaped.",
        );
    }
    for key in [keys::OAUTH_URL, keys::S3_ENDPOINT, URL] {
        if let Some(text) = report.filled(key) {
            super::address::syntax(report, key, text);
        }
    }
}
