use crate::commands::value;
use crate::destination::Destination;
use crate::keys::*;
use crate::kind::{Auth, Kind};
use crate::quoting::sql;
use crate::render::placeholder;

pub(super) fn snippet(file: &Destination, kind: Kind) -> String {
    let mut out = "INSTALL iceberg; LOAD iceberg;\nINSTALL httpfs; LOAD httpfs;\n".to_owned();
    let mut options = vec!["TYPE iceberg".to_owned()];
    let mut secret = Vec::new();
    match file.auth() {
        Auth::None => options.push("AUTHORIZATION_TYPE 'none'".into()),
        Auth::Token => secret.push(format!("TOKEN {}", sql(&placeholder(file, TOKEN)))),
        Auth::OAuth2 => {
            let credential = placeholder(file, CREDENTIAL);
            let (id, hidden) = credential.split_once(':').unwrap_or(("", &credential));
            secret.push(format!("CLIENT_ID {}", sql(id)));
            secret.push(format!("CLIENT_SECRET {}", sql(hidden)));
            secret.push(format!(
                "OAUTH2_SERVER_URI {}",
                sql(&value(file, kind, OAUTH_URL))
            ));
            if file.is_set(SCOPE) {
                secret.push(format!("OAUTH2_SCOPE {}", sql(&value(file, kind, SCOPE))));
            }
        }
        Auth::SigV4 if kind == Kind::S3Tables => options.push("ENDPOINT_TYPE s3_tables".into()),
        Auth::SigV4 => options.push("AUTHORIZATION_TYPE 'sigv4'".into()),
    }
    if !secret.is_empty() {
        options.push("SECRET lake_login".into());
        out.push_str(&format!(
            "CREATE SECRET lake_login (\n  TYPE iceberg,\n  {}\n);\n",
            secret.join(",\n  ")
        ));
    }
    if file.is_set(ACCESS_KEY) || file.is_set(S3_ENDPOINT) || file.auth() == Auth::SigV4 {
        out.push_str(&duckdb_storage(file, kind));
    }
    // The endpoint type of S3 Tables knows its address.
    if kind != Kind::S3Tables {
        options.push(format!(
            "ENDPOINT {}",
            sql(value(file, kind, URL).trim_end_matches('/'))
        ));
    }
    let warehouse = sql(&value(file, kind, WAREHOUSE));
    out.push_str(&format!(
        "ATTACH {warehouse} AS lake (\n  {}\n);\nSHOW ALL TABLES;\n",
        options.join(",\n  ")
    ));
    out
}

fn duckdb_storage(file: &Destination, kind: Kind) -> String {
    let mut lines = vec![
        "TYPE s3".to_owned(),
        format!("KEY_ID {}", sql(&placeholder(file, ACCESS_KEY))),
        format!("SECRET {}", sql(&placeholder(file, SECRET_KEY))),
        format!("REGION {}", sql(&value(file, kind, REGION))),
    ];
    if file.is_set(S3_ENDPOINT) {
        let endpoint = value(file, kind, S3_ENDPOINT);
        let (scheme, host) = endpoint.split_once("://").unwrap_or(("https", &endpoint));
        lines.push(format!("ENDPOINT {}", sql(host.trim_end_matches('/'))));
        lines.push("URL_STYLE 'path'".into());
        lines.push(format!("USE_SSL {}", scheme == "https"));
    }
    format!(
        "CREATE SECRET lake_storage (\n  {}\n);\n",
        lines.join(",\n  ")
    )
}
