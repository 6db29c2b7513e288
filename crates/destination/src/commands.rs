//! Commands to copy: values filled in, secrets as environment variables.

use crate::destination::Destination;
use crate::fields::sample;
use crate::keys::{
    CREDENTIAL, OAUTH_URL, REGION, SCOPE, SIGNING_NAME, SIGNING_REGION, URL, WAREHOUSE,
};
use crate::kind::{Auth, Kind};
use crate::quoting::{arg, query};
use crate::release::Release;
use crate::url::{Url, without_userinfo};

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

/// Check, discover and sync with OLake's own program. `network` is the Docker network of a local
/// stack. Unknown sources are taken for postgres.
pub fn olake(source: &str, network: Option<&str>) -> Vec<Command> {
    let source = SOURCES
        .iter()
        .find(|known| **known == source)
        .unwrap_or(&SOURCES[0]);
    let network = network
        .map(|name| format!(" --network {}", arg(name)))
        .unwrap_or_default();
    let run = format!(
        "docker run --rm{network} -v \"$PWD/olake:/mnt/config\" olakego/source-{source}:v{}",
        Release::READ
    );
    let sync = format!(
        "{run} sync --config /mnt/config/source.json --streams /mnt/config/streams.json --destination /mnt/config/destination.json"
    );
    vec![
        command(
            "Check the destination",
            "Writes: it creates the namespace and table test_olake with one row and leaves them there.",
            format!("{run} check --destination /mnt/config/destination.json"),
        ),
        command(
            "Discover the streams",
            "Writes streams.json. Add --destination-database-prefix to choose the namespaces.",
            format!("{run} discover --config /mnt/config/source.json"),
        ),
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

/// Read-only probes of the catalog with curl.
pub fn probes(file: &Destination) -> Vec<Command> {
    let Some(kind) = file.kind() else {
        return Vec::new();
    };
    let url = value(file, kind, URL);
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
            let health = format!("{}://{}:8182/q/health", parsed.scheme, parsed.host);
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
        value => format!(" {name} {}", arg(&without_userinfo(value))),
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
    let scope = file.text(SCOPE);
    let scope = if scope.is_empty() {
        String::new()
    } else {
        format!(" --data-urlencode {}", arg(&format!("scope={scope}")))
    };
    format!(
        "curl -sS -X POST {} -d grant_type=client_credentials --data-urlencode {} --data-urlencode \"client_secret=$CLIENT_SECRET\"{scope}",
        arg(&value(file, kind, OAUTH_URL)),
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

/// What the file says, or the sample with placeholders.
pub(crate) fn value(file: &Destination, kind: Kind, key: &'static str) -> String {
    match file.text(key).trim() {
        "" => sample(kind, key).to_owned(),
        text => without_userinfo(text),
    }
}
