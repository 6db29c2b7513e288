//! DuckDB's `ATTACH 'warehouse' AS name (TYPE iceberg, …)` with the secrets it signs in by. Source: the pages on
//! Iceberg REST catalogs and their options, DuckDB 1.4 to 2.0.

use super::draft::Draft;
mod statement;

use super::left::Left;
use super::sql;
use super::why::Why;
use super::words::{self, Means};
use super::{Catalogs, NotRead, bounded};
use crate::keys::{self, *};
use destination::derive;
use statement::{HEADER, Statement, statements};

/// Options of ATTACH and of a secret of type `iceberg`; they may stand at either.
const NAMES: &[(&str, Means)] = &[
    ("type", Means::Said),
    ("provider", Means::Said),
    ("secret", Means::Said),
    ("endpoint_type", Means::Said),
    ("uri", Means::Key(URL)),
    ("endpoint", Means::Key(URL)),
    ("warehouse", Means::Key(WAREHOUSE)),
    ("authorization_type", Means::AuthType),
    ("token", Means::Key(TOKEN)),
    ("client_id", Means::Key(CLIENT_ID)),
    ("client_secret", Means::Key(CLIENT_SECRET)),
    ("oauth2_server_uri", Means::Key(TOKEN_URL)),
    ("oauth2_scope", Means::Key(SCOPE)),
    ("oauth2_audience", Means::Key(AUDIENCE)),
    ("oauth2_resource", Means::Key(RESOURCE)),
    ("read_only", Means::Engine),
    ("oauth2_grant_type", Means::Engine),
    ("default_schema", Means::Engine),
    ("default_region", Means::Signing(REGION)),
    ("access_delegation_mode", Means::Engine),
    ("support_nested_namespaces", Means::Engine),
    ("support_stage_create", Means::Engine),
    ("stage_create_tables", Means::Engine),
    ("disable_multi_table_commit", Means::Engine),
    ("skip_create_table_metadata_updates", Means::Engine),
    ("remove_files_on_delete", Means::Engine),
    ("purge_requested", Means::Engine),
    ("max_table_staleness", Means::Engine),
    ("encode_entire_prefix", Means::Engine),
    ("scope", Means::Engine),
];
/// Options of a secret of type `s3`, which signs calls too.
const S3: &[(&str, Means)] = &[
    ("type", Means::Said),
    ("key_id", Means::Signing(ACCESS_KEY_ID)),
    ("secret", Means::Signing(SECRET_ACCESS_KEY)),
    ("session_token", Means::Signing(SESSION_TOKEN)),
    ("region", Means::Signing(REGION)),
    ("assume_role_arn", Means::Signing(ROLE_ARN)),
    ("external_id", Means::Signing(EXTERNAL_ID)),
];

pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let tokens = sql::tokens(text);
    let attached = statements(&tokens, "attach");
    let secrets = statements(&tokens, "secret");
    let options = attached.iter().chain(&secrets).map(|it| it.options.len());
    bounded(options.sum())?;
    let (catalogs, others): (Vec<_>, Vec<_>) =
        attached.into_iter().partition(|it| it.is("iceberg"));
    if catalogs.len() > super::MAX_CATALOGS {
        return Err(NotRead::TooManyCatalogs);
    }
    let mut read = Catalogs::default();
    for other in others {
        let kind = super::left::shown(other.text("type").unwrap_or("duckdb"));
        read.left.push(Left::new(&other.name, Why::NotRest(kind)));
    }
    let of = |kind: &str| secrets.iter().filter(|it| it.is(kind)).collect::<Vec<_>>();
    let (logins, stores) = (of("iceberg"), of("s3"));
    for attach in catalogs {
        let named = attach.text("secret").unwrap_or_default();
        let is_named = |it: &&&Statement| it.name.eq_ignore_ascii_case(named);
        // Without a name it takes the one there is.
        let login = logins.iter().find(is_named).or(match named {
            "" if logins.len() == 1 => logins.first(),
            _ => None,
        });
        let store = stores.iter().find(is_named).or(stores.first());
        read.drafts
            .push(draft(&attach, login.copied(), store.copied()));
    }
    for secret in secrets
        .iter()
        .filter(|it| !it.is("iceberg") && !it.is("s3"))
    {
        read.left.push(Left::new(&secret.name, Why::Storage));
    }
    Ok(read)
}

fn draft(attach: &Statement, login: Option<&Statement>, store: Option<&Statement>) -> Draft {
    let mut draft = Draft::new(&attach.name);
    if let Some(warehouse) = attach.warehouse.clone().filter(|text| !text.is_empty()) {
        draft.take("ATTACH", Means::Key(WAREHOUSE), Ok(warehouse));
    }
    let options = attach.options.iter();
    let options = options.chain(login.into_iter().flat_map(|it| &it.options));
    for (key, value) in options {
        option(&mut draft, NAMES, key, value.clone());
    }
    if let Some(service) = endpoint_type(attach) {
        draft.state("sigv4");
        let region = attach
            .warehouse
            .as_deref()
            .and_then(derive::region_of_table_bucket)
            .or_else(|| attach.text("default_region"))
            .or_else(|| store?.text("region"))
            .filter(|region| derive::is_region(region));
        match region {
            Some(region) => draft.take(
                "ENDPOINT_TYPE",
                Means::Key(URL),
                Ok(derive::iceberg_url(service, region)),
            ),
            None => draft.leave("ENDPOINT_TYPE", Why::Environment),
        }
    }
    // What opens the bucket signs calls too, where these are signed.
    let signs = endpoint_type(attach).is_some()
        || [Some(attach), login].into_iter().flatten().any(|it| {
            let stated = it.text("authorization_type");
            stated.is_some_and(|stated| stated.eq_ignore_ascii_case("sigv4"))
        });
    for (key, value) in store.into_iter().flat_map(|it| &it.options) {
        match signs || key == "type" {
            true => option(&mut draft, S3, key, value.clone()),
            false => draft.leave(&key.to_ascii_uppercase(), Why::Storage),
        }
    }
    draft
}

/// The service whose address DuckDB knows.
fn endpoint_type(attach: &Statement) -> Option<&'static str> {
    match attach.text("endpoint_type")?.to_ascii_lowercase().as_str() {
        "s3_tables" => Some("s3tables"),
        "glue" => Some("glue"),
        _ => None,
    }
}

fn option(
    draft: &mut Draft,
    names: &[(&'static str, Means)],
    key: &str,
    value: Result<String, Why>,
) {
    if let Some(header) = key.strip_prefix(HEADER) {
        let taken = value.and_then(|value| draft.header(header, &value));
        return taken
            .unwrap_or_else(|why| draft.leave(&format!("EXTRA_HTTP_HEADERS {header}"), why));
    }
    let called = key.to_ascii_uppercase();
    match words::find(names, &[], key) {
        // Where keys come from: `config`, or a look-up on the machine.
        _ if key == "provider" => {
            if !value.is_ok_and(|value| value.eq_ignore_ascii_case("config")) {
                draft.leave(&called, Why::Environment);
            }
        }
        Some(means) => draft.take(&called, means, value),
        None if names.as_ptr() == S3.as_ptr() => draft.leave(&called, Why::Storage),
        None => {
            let near = keys::nearest(key, names.iter().map(|(known, _)| *known));
            draft.unknown(&called, near);
        }
    }
}
