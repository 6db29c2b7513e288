use super::step::{Step, step};
use crate::commands::value;
use crate::destination::Destination;
use crate::keys::{OAUTH_URL, REGION, URL, WAREHOUSE};
use crate::kind::Kind;
use crate::quoting::{arg, query};
use crate::render::quote;
use crate::url::Url;

pub(super) fn steps(file: &Destination) -> Vec<Step> {
    let url = value(file, Kind::Polaris, URL);
    let base =
        Url::parse(&url).map_or_else(|_| "http://localhost:8181".to_owned(), |url| url.base());
    let catalog = value(file, Kind::Polaris, WAREHOUSE);
    let catalog = if catalog.contains('/') {
        "olake_catalog".to_owned()
    } else {
        catalog
    };
    let region = value(file, Kind::Polaris, REGION);
    let in_path = query(&catalog);
    let call = |method: &str, path: &str, body: &str| {
        let address = arg(&format!("{base}/api/management/v1/{path}"));
        format!(
            "curl -sS -X {method} {address} -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -d {}",
            arg(body)
        )
    };
    let storage = format!(
        r#"{{"catalog": {{"name": {name}, "type": "INTERNAL", "properties": {{"default-base-location": "s3://<BUCKET_NAME>"}}, "storageConfigInfo": {{"storageType": "S3", "roleArn": "<ROLE_ARN>", "region": {region}, "allowedLocations": ["s3://<BUCKET_NAME>"]}}}}}}"#,
        name = quote(&catalog),
        region = quote(&region),
    );
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::<BUCKET_NAME>", "arn:aws:s3:::<BUCKET_NAME>/*"]}]}"#;
    vec![
        step("Find root's credentials", "Polaris prints them once, at its first start: id, a colon, secret. The local stack sets them to root and s3cr3t.")
            .command("docker compose logs polaris | grep --text 'root principal credentials'"),
        step("Get a token as root", "Needs jq. For the set-up only: OLake gets a principal of its own.").command(format!(
            "TOKEN=$(curl -sS {} -d grant_type=client_credentials -d client_id=root --data-urlencode \"client_secret=$ROOT_SECRET\" -d scope=PRINCIPAL_ROLE:ALL | jq -r .access_token)",
            arg(&value(file, Kind::Polaris, OAUTH_URL))
        )),
        step("Create bucket and role on AWS", "Give a role this policy and let Polaris assume it. On an S3-compatible store no role is needed; the catalog then has endpoint, pathStyleAccess and stsUnavailable instead of roleArn.")
            .command(policy),
        step("Create the catalog", "Its name, not the bucket, is what OLake takes for its warehouse.").command(call("POST", "catalogs", &storage)),
        step("Create a principal for OLake", "The answer holds clientId and clientSecret, once. They go into the destination.")
            .command(call("POST", "principals", r#"{"principal": {"name": "olake_user"}}"#)),
        step("Create its role", "").command(call("POST", "principal-roles", r#"{"principalRole": {"name": "olake_user_role"}}"#)),
        step("Give the principal its role", "")
            .command(call("PUT", "principals/olake_user/principal-roles", r#"{"principalRole": {"name": "olake_user_role"}}"#)),
        step("Create a role in the catalog", "")
            .command(call("POST", &format!("catalogs/{in_path}/catalog-roles"), r#"{"catalogRole": {"name": "olake_catalog_role"}}"#)),
        step("Join the two roles", "")
            .command(call("PUT", &format!("principal-roles/olake_user_role/catalog-roles/{in_path}"), r#"{"catalogRole": {"name": "olake_catalog_role"}}"#)),
        step("Grant the rights", "Creating, reading and writing namespaces and tables.").command(call(
            "PUT",
            &format!("catalogs/{in_path}/catalog-roles/olake_catalog_role/grants"),
            r#"{"grant": {"type": "catalog", "privilege": "CATALOG_MANAGE_CONTENT"}}"#,
        )),
    ]
}
