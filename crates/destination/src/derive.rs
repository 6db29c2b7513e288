//! Values that follow from other values, so that nobody has to type them.

use crate::destination::Destination;
use crate::keys;
use crate::kind::{Auth, Kind};
use crate::placeholder::has_placeholder;
use crate::url::Url;
use crate::value::Value;

/// The path of the Iceberg API in a Databricks workspace.
pub(crate) const UNITY_PATH: &str = "/api/2.1/unity-catalog/iceberg-rest";

/// A part of AWS that names things its own way.
struct Partition {
    /// As in an ARN.
    name: &'static str,
    /// How the names of its regions begin.
    regions: &'static str,
    /// What the host names of its services end in.
    domain: &'static str,
    /// The same of those that answer on IPv6 too.
    dual: &'static str,
}

/// The last takes every region that no other claims.
const PARTITIONS: [Partition; 4] = [
    Partition {
        name: "aws-cn",
        regions: "cn-",
        domain: ".amazonaws.com.cn",
        dual: ".api.amazonwebservices.com.cn",
    },
    Partition {
        name: "aws-eusc",
        regions: "eusc-",
        domain: ".amazonaws.eu",
        dual: ".api.amazonwebservices.eu",
    },
    Partition {
        name: "aws-us-gov",
        regions: "us-gov-",
        domain: ".amazonaws.com",
        dual: ".api.aws",
    },
    Partition {
        name: "aws",
        regions: "",
        domain: ".amazonaws.com",
        dual: ".api.aws",
    },
];

fn partition(region: &str) -> &'static Partition {
    let [others @ .., general] = &PARTITIONS;
    let own = others.iter().find(|part| region.starts_with(part.regions));
    own.unwrap_or(general)
}

/// Whether an ARN may begin with it.
pub(crate) fn is_partition(name: &str) -> bool {
    PARTITIONS.iter().any(|part| part.name == name)
}

/// The Iceberg REST endpoint of a service of AWS, such as [`S3_TABLES`], in a region.
pub fn iceberg_url(service: &str, region: &str) -> String {
    format!(
        "https://{service}.{region}{}/iceberg",
        partition(region).domain
    )
}

/// The ARN of a table bucket.
pub fn table_bucket_arn(region: &str, account: &str, bucket: &str) -> String {
    let partition = partition(region).name;
    format!("arn:{partition}:s3tables:{region}:{account}:bucket/{bucket}")
}

/// The token endpoint of a Polaris server, from its catalog address.
pub fn polaris_token_url(catalog_url: &str) -> String {
    format!("{}/v1/oauth/tokens", catalog_url.trim_end_matches('/'))
}

/// The Iceberg endpoint of a Databricks workspace, from its host name or any address in it.
pub fn unity_url(workspace: &str) -> String {
    format!("https://{}{UNITY_PATH}", workspace_host(workspace))
}

/// The token endpoint of a Databricks workspace.
pub fn unity_token_url(workspace: &str) -> String {
    format!("https://{}/oidc/v1/token", workspace_host(workspace))
}

fn workspace_host(workspace: &str) -> &str {
    let rest = workspace
        .trim()
        .split_once("://")
        .map_or(workspace.trim(), |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Client id and secret as OLake wants them. Without an id the whole value is the secret.
pub fn credential(client_id: &str, client_secret: &str) -> String {
    // A whole credential pasted as its second half is taken apart.
    let again = client_secret
        .strip_prefix(client_id)
        .and_then(|rest| rest.strip_prefix(':'));
    match again {
        _ if client_id.is_empty() => client_secret.to_owned(),
        Some(secret) => format!("{client_id}:{secret}"),
        None => format!("{client_id}:{client_secret}"),
    }
}

/// Service and region in the name of one of AWS' hosts: public, FIPS, dual-stack, or a VPC endpoint.
pub fn endpoint(host: &str) -> Option<(&str, &str)> {
    let labels = PARTITIONS.iter().find_map(|part| {
        host.strip_suffix(part.domain)
            .or_else(|| host.strip_suffix(part.dual))
    })?;
    let labels = labels.strip_suffix(".vpce").unwrap_or(labels);
    let (before, region) = labels.rsplit_once('.')?;
    let service = before.rsplit('.').next()?;
    let service = service.strip_suffix("-fips").unwrap_or(service);
    is_region(region).then_some((service, region))
}

/// The region in the name of one of AWS' hosts of S3 Tables.
pub(crate) fn region_of_s3_tables(url: Url<'_>) -> Option<&str> {
    let (service, region) = endpoint(url.host)?;
    (service == S3_TABLES).then_some(region)
}

/// Whether the host is one of AWS' own, of whatever service.
pub(crate) fn is_aws(host: &str) -> bool {
    PARTITIONS
        .iter()
        .any(|part| host.ends_with(part.domain) || host.ends_with(part.dual))
}

/// A workspace of Databricks, private links and government clouds among them; its placeholder too.
pub(crate) fn is_databricks(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    [
        ".databricks.com",
        ".azuredatabricks.net",
        ".databricks.azure.us",
        ".databricks.azure.cn",
        ".databricks.us",
        ".databricks.mil",
    ]
    .iter()
    .any(|end| host.ends_with(end))
        || (host.contains('<') && host.contains("databrick"))
}

/// The region in a table bucket's ARN.
pub(crate) fn region_of_arn(arn: &str) -> Option<&str> {
    let region = arn.split(':').nth(3)?;
    is_region(region).then_some(region)
}

/// The same, where it is the ARN of a table bucket.
pub fn region_of_table_bucket(arn: &str) -> Option<&str> {
    let mut parts = arn.split(':');
    let is_one = parts.next() == Some("arn") && parts.nth(1) == Some(S3_TABLES);
    region_of_arn(arn).filter(|_| is_one)
}

/// The name that S3 Tables is signed for.
pub const S3_TABLES: &str = "s3tables";
/// The name that Glue is signed for.
pub const GLUE: &str = "glue";

/// An AWS region name such as `eu-central-1` or `us-gov-west-1`.
pub fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [first, middle @ .., last] = parts.as_slice() else {
        return false;
    };
    (first.len() == 2 || *first == "eusc")
        && (1..=3).contains(&middle.len())
        && std::iter::once(first)
            .chain(middle)
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase()))
        && !last.is_empty()
        && last.bytes().all(|b| b.is_ascii_digit())
}

/// One part of a host name.
fn is_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

impl Destination {
    /// Fills in what is still empty and follows from what is there.
    pub fn derive(&mut self) {
        let fill = |file: &mut Self, key: &'static str, value: String| {
            if !file.is_set(key) {
                file.put(key, Value::Text(value));
            }
        };
        match self.kind() {
            Some(Kind::S3Tables) => {
                let warehouse = self.text(keys::WAREHOUSE);
                let region = region_of_arn(warehouse)
                    .unwrap_or(self.text(keys::REGION).trim())
                    .to_owned();
                // Anything else would choose another host.
                if has_placeholder(&region) || is_label(&region) {
                    fill(self, keys::URL, iceberg_url(S3_TABLES, &region));
                    fill(self, keys::SIGNING_REGION, region.clone());
                    fill(self, keys::REGION, region);
                }
            }
            Some(Kind::Unity) if self.is_set(keys::URL) => {
                let workspace = self.text(keys::URL).to_owned();
                let elsewhere = Url::parse(&workspace)
                    .is_ok_and(|url| !url.is_https() && !is_databricks(url.host));
                if !workspace.contains("/api/") && !elsewhere {
                    self.put(keys::URL, Value::Text(unity_url(&workspace)));
                }
                if self.auth() == Auth::OAuth2 {
                    fill(self, keys::OAUTH_URL, unity_token_url(&workspace));
                    fill(self, keys::SCOPE, "all-apis".into());
                }
            }
            Some(Kind::Polaris) if self.auth() == Auth::OAuth2 && self.is_set(keys::URL) => {
                let url = polaris_token_url(self.text(keys::URL));
                fill(self, keys::OAUTH_URL, url);
                fill(self, keys::SCOPE, "PRINCIPAL_ROLE:ALL".into());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::endpoint;
    use crate::{Auth, Destination, Kind, Target, keys};

    #[test]
    fn service_and_region_stand_in_the_name_of_a_host() {
        for (host, found) in [
            ("glue.eu-west-1.amazonaws.com", Some(("glue", "eu-west-1"))),
            (
                "glue-fips.us-gov-west-1.amazonaws.com",
                Some(("glue", "us-gov-west-1")),
            ),
            ("glue.us-east-1.api.aws", Some(("glue", "us-east-1"))),
            (
                "vpce-0a1-b2-us-east-1a.glue.us-east-1.vpce.amazonaws.com",
                Some(("glue", "us-east-1")),
            ),
            (
                "glue.cn-north-1.amazonaws.com.cn",
                Some(("glue", "cn-north-1")),
            ),
            (
                "s3tables.cn-north-1.api.amazonwebservices.com.cn",
                Some(("s3tables", "cn-north-1")),
            ),
            (
                "s3tables.eusc-de-east-1.amazonaws.eu",
                Some(("s3tables", "eusc-de-east-1")),
            ),
            (
                "ab12.execute-api.eu-west-1.amazonaws.com",
                Some(("execute-api", "eu-west-1")),
            ),
            (
                "bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com",
                Some(("s3", "eu-west-1")),
            ),
            ("s3.amazonaws.com", None),
            ("glue.eu-west-1.example.com", None),
            ("glue.lake.amazonaws.com", None),
            ("eu-west-1.amazonaws.com", None),
            ("glue.eu-west-1.evilamazonaws.com", None),
        ] {
            assert_eq!(endpoint(host), found, "{host}");
        }
    }

    #[test]
    fn a_region_chooses_no_other_host() {
        for (region, url) in [
            (
                "eu-central-1",
                "https://s3tables.eu-central-1.amazonaws.com/iceberg",
            ),
            ("x@127.0.0.1:443/?", ""),
            ("evil.example/", ""),
            ("evil.example#", ""),
        ] {
            let mut file = Destination::new(Kind::S3Tables, Auth::SigV4, Target::Classic);
            file.set(keys::REGION, region);
            file.derive();
            assert_eq!(file.text(keys::URL), url, "{region}");
        }
    }
}
