use super::step::{Step, step};
use crate::commands::value;
use crate::compose::LAKEKEEPER_WAREHOUSE;
use crate::destination::Destination;
use crate::keys::{URL, WAREHOUSE};
use crate::kind::Kind;
use crate::quoting::arg;
use crate::render::quote;
use crate::url::Url;

pub(super) fn steps(file: &Destination) -> Vec<Step> {
    let url = value(file, Kind::Lakekeeper, URL);
    let base =
        Url::parse(&url).map_or_else(|_| "http://localhost:8181".to_owned(), |url| url.base());
    let name = value(file, Kind::Lakekeeper, WAREHOUSE);
    // A location is no name; the stack's own one is then the better example.
    let name = if name.contains('/') {
        "olake_warehouse".to_owned()
    } else {
        name
    };
    let body = LAKEKEEPER_WAREHOUSE.replace("\"olake_warehouse\"", &quote(&name));
    let post = |path: &str, body: &str| {
        let address = arg(&format!("{base}/management/v1/{path}"));
        format!(
            "curl -sS -X POST {address} -H 'Content-Type: application/json' -d {}",
            arg(body)
        )
    };
    vec![
        step("Bootstrap the server", "Once for every server, by command or on its web page: it accepts the terms of use.")
            .command(post("bootstrap", r#"{"accept-terms-of-use": true}"#)),
        step(
            "Create the warehouse",
            format!(
                "By command, or under {base}/ui: Warehouse, Add warehouse, and give it the name {name}. Choose S3, access key, S3-compatible storage, the region, path-style access, the bucket, and an endpoint that both Lakekeeper and OLake reach (http:// and the machine's address, from hostname -I on Linux or ipconfig getifaddr en0 on macOS). Keys and bucket in the command are those of the local stack."
            ),
        )
        .command(post("warehouse", &body)),
    ]
}
