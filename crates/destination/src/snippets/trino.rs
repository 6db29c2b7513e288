use super::{Engine, Snippet, Store};
use crate::keys::*;
use crate::kind::Auth;
use crate::render::placeholder;

impl Snippet<'_> {
    /// A catalog file for `etc/catalog`.
    pub(super) fn trino(&self) -> String {
        let file = self.file;
        let rest = |name: &str| format!("iceberg.rest-catalog.{name}");
        let mut lines = vec![
            ("connector.name".to_owned(), "iceberg".to_owned()),
            ("iceberg.catalog.type".to_owned(), "rest".to_owned()),
            (rest("uri"), self.value(URL)),
        ];
        lines.extend(
            self.warehouse()
                .map(|warehouse| (rest("warehouse"), warehouse)),
        );
        match file.auth() {
            Auth::Token => {
                lines.push((rest("security"), "OAUTH2".into()));
                lines.push((rest("oauth2.token"), placeholder(file, TOKEN)));
            }
            Auth::OAuth2 => {
                lines.push((rest("security"), "OAUTH2".into()));
                lines.push((rest("oauth2.credential"), placeholder(file, CREDENTIAL)));
                lines.push((rest("oauth2.server-uri"), self.value(OAUTH_URL)));
                if file.is_set(SCOPE) {
                    lines.push((rest("oauth2.scope"), self.value(SCOPE)));
                }
            }
            Auth::SigV4 => {
                lines.push((rest("security"), "SIGV4".into()));
                lines.push((rest("signing-name"), self.value(SIGNING_NAME)));
                lines.push((rest("view-endpoints-enabled"), "false".into()));
            }
            Auth::None => {}
        }
        if !self.headers().is_empty() {
            let headers = self.headers().iter();
            let headers = headers.map(|(name, value)| format!("{name}: {value}"));
            lines.push((rest("http-headers"), headers.collect::<Vec<_>>().join(", ")));
        }
        if self.around.is_some_and(|around| around.nested) {
            lines.push((rest("nested-namespace-enabled"), "true".into()));
        }
        if self.asks_for_keys() {
            lines.push((rest("vended-credentials-enabled"), "true".into()));
        }
        let switch = self.store().map_or("<FILE_SYSTEM>", Store::switch);
        lines.push((switch.to_owned(), "true".into()));
        if file.is_set(REGION) {
            lines.push(("s3.region".into(), self.value(REGION)));
        }
        if file.is_set(S3_ENDPOINT) {
            lines.push(("s3.endpoint".into(), self.value(S3_ENDPOINT)));
            lines.push(("s3.path-style-access".into(), "true".into()));
        }
        for (name, key) in [
            ("s3.aws-access-key", ACCESS_KEY),
            ("s3.aws-secret-key", SECRET_KEY),
        ] {
            if file.is_set(key) {
                lines.push((name.into(), placeholder(file, key)));
            }
        }
        let mut out = String::new();
        if !self.headers().is_empty() {
            out.push_str("# http-headers: Trino 481 or later\n");
        }
        if self.store().is_none() {
            out.push_str("# <FILE_SYSTEM>: fs.native-s3.enabled, fs.native-gcs.enabled or fs.native-azure.enabled, by where the tables lie\n");
        }
        for (name, value) in &lines {
            out.push_str(&format!("{name}={}\n", property(value)));
        }
        if let Some(names) = self.table(Engine::Trino) {
            let at = self.version(|id| format!(" FOR VERSION AS OF {id}"));
            let query = format!("SELECT * FROM lake.{names}{at} LIMIT 10;");
            out.push_str(&format!(
                "# As etc/catalog/lake.properties: {}\n",
                one_line(&query)
            ));
        }
        out
    }
}

/// A value in a Java properties file.
fn property(text: &str) -> String {
    one_line(&text.replace('\\', "\\\\"))
}

/// A remark ends with its line, and has no escapes.
fn one_line(text: &str) -> String {
    text.replace('\n', "\\n").replace('\r', "\\r")
}
