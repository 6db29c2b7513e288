//! Commands to copy: values filled in, secrets as environment variables.

use crate::compose::local;
use crate::destination::Destination;
use crate::fields::sample;
use crate::keys::{
    ACCESS_KEY, CREDENTIAL, OAUTH_URL, PROFILE, REGION, SCOPE, SIGNING_NAME, SIGNING_REGION, URL,
    WAREHOUSE,
};
use crate::kind::{Auth, Kind};
use crate::quoting::{arg, query};
use crate::release::Release;
use crate::url::{Url, without_secrets};

/// The databases that OLake reads from; each has an image of its own.
pub const SOURCES: [&str; 8] = [
    "postgres", "mysql", "mongodb", "oracle", "kafka", "s3", "db2", "mssql",
];

/// A command and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What it does.
    pub title: &'static str,
    /// What it changes or needs, where that is not plain.
    pub note: &'static str,
    /// For a POSIX shell.
    pub command: String,
}

fn command(title: &'static str, note: &'static str, command: String) -> Command {
    Command {
        title,
        note,
        command,
    }
}

/// Check, discover and sync with OLake's own program, in the network of the local stack where the file is for that.
/// Unknown sources are taken for postgres.
pub fn olake(file: &Destination, source: &str) -> Vec<Command> {
    let source = SOURCES
        .iter()
        .find(|known| **known == source)
        .unwrap_or(&SOURCES[0]);
    let network = local(file)
        .map(|stack| format!(" --network {}", arg(stack.network)))
        .unwrap_or_default();
    // Who has no keys in the file has them there.
    let keyless = !file.is_set(ACCESS_KEY) && file.kind() != Some(Kind::Unity);
    let credentials = match (file.is_set(PROFILE), keyless) {
        (true, _) => " -v \"$HOME/.aws:/root/.aws:ro\"",
        (_, true) => " -e AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY -e AWS_SESSION_TOKEN",
        _ => "",
    };
    let google = match file.text(WAREHOUSE).starts_with("gs://") {
        true => {
            " -v \"$GOOGLE_APPLICATION_CREDENTIALS:/key.json:ro\" -e GOOGLE_APPLICATION_CREDENTIALS=/key.json"
        }
        false => "",
    };
    let run = format!(
        "docker run --rm{network}{credentials}{google} -v \"$PWD/olake:/mnt/config\" olakego/source-{source}:v{}",
        file.release()
    );
    let sync = format!(
        "{run} sync --config /mnt/config/source.json --streams /mnt/config/streams.json --destination /mnt/config/destination.json"
    );
    let discover = format!("{run} discover --config /mnt/config/source.json");
    let (discover, note) = match file.release() >= Release::V0_11_2 {
        true => (
            format!(
                "{discover} --destination /mnt/config/destination.json --target-query-engines <QUERY_ENGINE>"
            ),
            "Writes streams.json. From the destination and the engines that will read, this OLake is said to choose how each stream deletes rows: equality, positions or deletion vectors. Its code was not read; without the two options it works as before.",
        ),
        false => (
            discover,
            "Writes streams.json. Add --destination-database-prefix to choose the namespaces.",
        ),
    };
    vec![
        command(
            "Put the files in place",
            "OLake reads both from the folder olake, which the commands below mount. The source file is of this shape.",
            format!(
                "mkdir -p olake\nmv destination.json olake/\ncat > olake/source.json <<'JSON'\n{}\nJSON",
                source_file(source)
            ),
        ),
        command(
            "Check the destination",
            "Writes: it creates the namespace and table test_olake with one row and leaves them there.",
            format!("{run} check --destination /mnt/config/destination.json"),
        ),
        command("Discover the streams", note, discover),
        command(
            "Run the first sync",
            "Writes state.json beside streams.json.",
            sync.clone(),
        ),
        command(
            "Run later syncs",
            "Goes on from where state.json left off.",
            format!("{sync} --state /mnt/config/state.json"),
        ),
    ]
}

/// What OLake must know to read from a source; it takes more, by its own documentation.
fn source_file(source: &str) -> &'static str {
    match source {
        "mysql" => {
            r#"{"hosts": "<HOST>", "port": 3306, "database": "<DATABASE>", "username": "<USER>", "password": "<PASSWORD>"}"#
        }
        "mongodb" => {
            r#"{"hosts": ["<HOST>:27017"], "database": "<DATABASE>", "username": "<USER>", "password": "<PASSWORD>", "authdb": "admin"}"#
        }
        "oracle" => {
            r#"{"host": "<HOST>", "port": 1521, "service_name": "<SERVICE>", "username": "<USER>", "password": "<PASSWORD>"}"#
        }
        "kafka" => {
            r#"{"bootstrap_servers": "<HOST>:9092", "protocol": {"security_protocol": "PLAINTEXT"}, "consumer_group_id": "<GROUP>"}"#
        }
        "s3" => {
            r#"{"bucket_name": "<BUCKET>", "region": "<REGION>", "path_prefix": "<PREFIX>", "access_key_id": "<ACCESS_KEY>", "secret_access_key": "<SECRET_KEY>", "file_format": "json"}"#
        }
        "db2" => {
            r#"{"host": "<HOST>", "port": 50000, "database": "<DATABASE>", "username": "<USER>", "password": "<PASSWORD>"}"#
        }
        "mssql" => {
            r#"{"host": "<HOST>", "port": 1433, "database": "<DATABASE>", "username": "<USER>", "password": "<PASSWORD>"}"#
        }
        _ => {
            r#"{"host": "<HOST>", "port": 5432, "database": "<DATABASE>", "username": "<USER>", "password": "<PASSWORD>", "ssl": {"mode": "disable"}}"#
        }
    }
}

/// Read-only probes of the catalog with curl.
pub fn probes(file: &Destination) -> Vec<Command> {
    let Some(kind) = file.kind() else {
        return Vec::new();
    };
    let url = address(file, kind, URL);
    let base = url.trim_end_matches('/');
    let warehouse = value(file, kind, WAREHOUSE);
    let config = match kind {
        // One warehouse each; the reference server takes any value.
        Kind::Generic => format!("{base}/v1/config"),
        _ => format!("{base}/v1/config?warehouse={}", query(&warehouse)),
    };
    let mut all = Vec::new();
    if file.auth() == Auth::OAuth2 {
        all.push(command(
            "Get a token",
            "Needs jq. Set CLIENT_SECRET first.",
            format!(
                "TOKEN=$({} | jq -r .access_token)",
                token_request(file, kind)
            ),
        ));
    }
    all.push(command(
        "Ask the catalog for its configuration",
        "The answer is JSON; anything else is not the catalog.",
        curl(file, kind, &config),
    ));
    match (kind, Url::parse(&url)) {
        (Kind::Nessie, Ok(parsed)) => {
            let trees = format!("{}/api/v2/trees", parsed.base());
            all.push(command(
                "List Nessie's branches and tags",
                "",
                curl(file, kind, &trees),
            ));
        }
        (Kind::Polaris, Ok(parsed)) => {
            let port = local(file)
                .and_then(|stack| {
                    stack
                        .ports
                        .iter()
                        .find(|port| port.container == 8182)
                        .copied()
                })
                .map_or(8182, |port| port.host);
            let health = format!("{}://{}:{port}/q/health", parsed.scheme, parsed.host);
            all.push(command(
                "Ask Polaris for its health",
                "Port 8182 must be published.",
                format!("curl -fsS {}", arg(&health)),
            ));
        }
        (Kind::S3Tables, _) => {
            all.push(command(
                "Look at the table bucket",
                "Needs the AWS CLI.",
                format!(
                    "aws s3tables get-table-bucket --table-bucket-arn {}",
                    arg(&warehouse)
                ),
            ));
            all.push(command(
                "See who you are to AWS",
                "Needs the AWS CLI.",
                "aws sts get-caller-identity".into(),
            ));
        }
        _ => {}
    }
    all
}

/// Asks an object store for a bucket, with the keys of the environment. Without an endpoint it is AWS.
pub fn bucket_probe(bucket: &str, endpoint: &str, region: &str) -> String {
    let option = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!(" {name} {}", arg(&without_secrets(value))),
    };
    format!(
        "aws s3api head-bucket --bucket {}{}{}",
        arg(bucket),
        option("--endpoint-url", endpoint),
        option("--region", region)
    )
}

/// The curl call that trades client id and secret for a token.
fn token_request(file: &Destination, kind: Kind) -> String {
    let id = match file
        .secret(CREDENTIAL)
        .and_then(|credential| credential.expose().split_once(':'))
    {
        Some((id, _)) if !id.is_empty() => id.to_owned(),
        _ => "<CLIENT_ID>".to_owned(),
    };
    let scope = file.shown(SCOPE);
    let scope = if scope.is_empty() {
        String::new()
    } else {
        format!(" --data-urlencode {}", arg(&format!("scope={scope}")))
    };
    format!(
        "curl -sS -X POST {} -d grant_type=client_credentials --data-urlencode {} --data-urlencode \"client_secret=$CLIENT_SECRET\"{scope}",
        arg(&address(file, kind, OAUTH_URL)),
        arg(&format!("client_id={id}")),
    )
}

fn curl(file: &Destination, kind: Kind, url: &str) -> String {
    let url = arg(url);
    match file.auth() {
        Auth::None => format!("curl -sS {url}"),
        Auth::Token | Auth::OAuth2 => format!("curl -sS -H \"Authorization: Bearer $TOKEN\" {url}"),
        Auth::SigV4 => {
            let name = value(file, kind, SIGNING_NAME);
            let region = if file.is_set(SIGNING_REGION) {
                value(file, kind, SIGNING_REGION)
            } else {
                value(file, kind, REGION)
            };
            let provider = arg(&format!("aws:amz:{region}:{name}"));
            format!(
                "curl -sS --aws-sigv4 {provider} --user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\" {url}"
            )
        }
    }
}

/// An address as this machine reaches it: names of the local stack resolve in its network alone, and its ports are
/// published here.
fn address(file: &Destination, kind: Kind, key: &'static str) -> String {
    let text = value(file, kind, key);
    let published = local(file).and_then(|stack| {
        let url = Url::parse(&text).ok()?;
        let inside = Url::parse(stack.destination.text(URL)).ok()?;
        let port = stack.ports.first()?;
        (url.origin() == inside.origin())
            .then(|| format!("http://127.0.0.1:{}{}", port.host, url.path))
    });
    published.unwrap_or(text)
}

/// What the file says, or the sample with placeholders.
pub(crate) fn value(file: &Destination, kind: Kind, key: &'static str) -> String {
    match file.shown(key) {
        text if text.is_empty() => sample(kind, key).to_owned(),
        text => text,
    }
}
