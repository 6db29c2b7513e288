use super::{Engine, Snippet, Store};
use crate::keys::*;
use crate::kind::{Auth, Kind};
use crate::quoting::sql;
use crate::render::placeholder;

impl Snippet<'_> {
    pub(super) fn duckdb(&self) -> String {
        let (file, kind) = (self.file, self.kind);
        let mut out = "INSTALL iceberg; LOAD iceberg;\n".to_owned();
        out.push_str(match self.store() {
            Some(Store::Azure) => "INSTALL azure; LOAD azure;\n",
            _ => "INSTALL httpfs; LOAD httpfs;\n",
        });
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
                secret.push(format!("OAUTH2_SERVER_URI {}", sql(&self.value(OAUTH_URL))));
                if file.is_set(SCOPE) {
                    secret.push(format!("OAUTH2_SCOPE {}", sql(&self.value(SCOPE))));
                }
            }
            Auth::SigV4 if kind == Kind::S3Tables => options.push("ENDPOINT_TYPE s3_tables".into()),
            Auth::SigV4 => options.push("AUTHORIZATION_TYPE 'sigv4'".into()),
        }
        if !self.headers().is_empty() {
            let headers = self.headers().iter();
            let headers = headers.map(|(name, value)| format!("{}: {}", sql(name), sql(value)));
            let headers = headers.collect::<Vec<_>>().join(", ");
            let headers = format!("EXTRA_HTTP_HEADERS MAP {{{headers}}}");
            // They stand with the sign-in where there is one.
            match secret.is_empty() {
                true => options.push(headers),
                false => secret.push(headers),
            }
        }
        if !secret.is_empty() {
            options.push("SECRET lake_login".into());
            out.push_str(&format!(
                "CREATE SECRET lake_login (\n  TYPE iceberg,\n  {}\n);\n",
                secret.join(",\n  ")
            ));
        }
        if file.is_set(ACCESS_KEY) || file.is_set(S3_ENDPOINT) || file.auth() == Auth::SigV4 {
            out.push_str(&self.duckdb_storage());
        }
        // The endpoint type of S3 Tables knows its address.
        if kind != Kind::S3Tables {
            let url = self.value(URL);
            options.push(format!("ENDPOINT {}", sql(url.trim_end_matches('/'))));
        }
        if self.store().is_some_and(|store| !store.has_keys()) {
            options.push("ACCESS_DELEGATION_MODE 'none'".into());
        }
        if self.around.is_some_and(|around| around.nested) {
            options.push("SUPPORT_NESTED_NAMESPACES true".into());
        }
        let warehouse = sql(&self.warehouse().unwrap_or_default());
        let read = self.table(Engine::DuckDb).map_or_else(
            || "SHOW ALL TABLES".to_owned(),
            |names| {
                let at = self.version(|id| format!(" AT (VERSION => {id})"));
                format!("SELECT * FROM lake.{names}{at} LIMIT 10")
            },
        );
        out.push_str(&format!(
            "ATTACH {warehouse} AS lake (\n  {}\n);\n{read};\n",
            options.join(",\n  ")
        ));
        out
    }

    fn duckdb_storage(&self) -> String {
        let mut lines = vec![
            "TYPE s3".to_owned(),
            format!("KEY_ID {}", sql(&placeholder(self.file, ACCESS_KEY))),
            format!("SECRET {}", sql(&placeholder(self.file, SECRET_KEY))),
            format!("REGION {}", sql(&self.value(REGION))),
        ];
        if self.file.is_set(S3_ENDPOINT) {
            let endpoint = self.value(S3_ENDPOINT);
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
}
