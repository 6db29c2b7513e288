//! A catalog's settings as fields of a form: `storage.…`, `connection.…` and `auth.…` hold the
//! names that the management API gives them (`polaris-management-service.yaml` of 1.7.0).

pub mod wire;

use serde::{Deserialize, Serialize};

use super::{EntityView, Known};
use crate::{
    field::{Field, Input},
    names::Names,
};

/// Names that a catalog's page says of each kind.
pub const SHOWN: usize = 20;

/// A catalog, its settings and what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogView {
    /// Name, properties and version.
    pub entity: Known<EntityView>,
    /// `INTERNAL` or `EXTERNAL`.
    pub kind: String,
    /// Its settings by the name of their field; several values stand one a line, no is empty.
    pub settings: Vec<(String, String)>,
    /// Its catalog roles, the first of them.
    pub roles: Known<Vec<String>>,
    /// The first of those at its top.
    pub namespaces: Known<Names>,
}

impl CatalogView {
    /// The value of a field; see [`CatalogView::settings`].
    pub fn setting(&self, name: &str) -> Option<&str> {
        let found = self.settings.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Fields that belong to one choice.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The choice; empty for fields that every choice has.
    pub of: &'static str,
    /// For people.
    pub title: &'static str,
    /// In the order that they are shown in.
    pub fields: &'static [Field],
}

/// Where a catalog's files lie, by storage type.
pub const STORAGE: [Group; 5] = [
    Group {
        of: "",
        title: "Storage",
        fields: &[
            Field::new(
                "storage.allowedLocations",
                "Allowed locations",
                Input::Lines,
                "One a line. Tables may lie below these only; empty: below the default base location.",
            ),
            Field::text(
                "storage.storageName",
                "Storage name",
                "Credentials that the server holds under this name; empty: its default.",
            ),
        ],
    },
    Group {
        of: "S3",
        title: "S3 or compatible",
        fields: &[
            Field::text(
                "storage.roleArn",
                "Role ARN",
                "What the server assumes to vend credentials: arn:aws:iam::123456789012:role/lake",
            ),
            Field::text(
                "storage.externalId",
                "External id",
                "As the role's trust policy asks for. Cannot be changed later.",
            ),
            Field::text(
                "storage.userArn",
                "User ARN",
                "Who the role's trust policy trusts.",
            ),
            Field::text("storage.region", "Region", "eu-central-1"),
            Field::text(
                "storage.endpoint",
                "Endpoint",
                "For S3-compatible stores, as clients reach it: https://minio.example:9000",
            ),
            Field::text(
                "storage.endpointInternal",
                "Endpoint for the server",
                "Where the server itself reaches the store another way.",
            ),
            Field::text(
                "storage.stsEndpoint",
                "STS endpoint",
                "Where it is another than the store's.",
            ),
            Field::check(
                "storage.pathStyleAccess",
                "Path-style access",
                "The bucket stands in the path, as most S3-compatible stores want it.",
            ),
            Field::check(
                "storage.stsUnavailable",
                "The store has no STS",
                "No credentials are vended then.",
            ),
            Field::check(
                "storage.kmsUnavailable",
                "The store has no KMS",
                "No key permissions are asked for then.",
            ),
            Field::text(
                "storage.currentKmsKey",
                "Current KMS key",
                "ARN of the key that new files are encrypted with.",
            ),
            Field::new(
                "storage.allowedKmsKeys",
                "Allowed KMS keys",
                Input::Lines,
                "One a line.",
            ),
        ],
    },
    Group {
        of: "AZURE",
        title: "Azure",
        fields: &[
            Field::text(
                "storage.tenantId",
                "Tenant id",
                "Required. Cannot be changed later.",
            ),
            Field::text(
                "storage.multiTenantAppName",
                "Application name",
                "Of the server's multi-tenant application.",
            ),
            Field::text(
                "storage.consentUrl",
                "Consent address",
                "Where an admin of the tenant agrees to the application.",
            ),
            Field::check(
                "storage.hierarchical",
                "Hierarchical namespace",
                "The storage account has directories of its own.",
            ),
        ],
    },
    Group {
        of: "GCS",
        title: "Google Cloud Storage",
        fields: &[Field::text(
            "storage.gcsServiceAccount",
            "Service account",
            "That the server impersonates: lake@project.iam.gserviceaccount.com",
        )],
    },
    Group {
        of: "FILE",
        title: "Files",
        fields: &[],
    },
];

/// How a federated catalog reaches the one behind it, by connection type.
pub const CONNECTION: [Group; 5] = [
    Group {
        of: "",
        title: "Catalog behind it",
        fields: &[
            Field::text(
                "connection.uri",
                "Address",
                "https://polaris.example/api/catalog, thrift://metastore:9083",
            ),
            Field::new(
                "connection.properties",
                "Properties",
                Input::Pairs,
                "One a line: key=value. They are shown again, so secrets belong to the sign-in.",
            ),
        ],
    },
    Group {
        of: "ICEBERG_REST",
        title: "Iceberg REST",
        fields: &[Field::text(
            "connection.remoteCatalogName",
            "Catalog there",
            "Often called warehouse.",
        )],
    },
    Group {
        of: "HADOOP",
        title: "Hadoop",
        fields: &[Field::text(
            "connection.warehouse",
            "Warehouse",
            "A path: hdfs://namenode/warehouse",
        )],
    },
    Group {
        of: "HIVE",
        title: "Hive",
        fields: &[],
    },
    Group {
        of: "BIGQUERY",
        title: "BigQuery",
        fields: &[],
    },
];

/// How it signs in there, by authentication type.
pub const AUTHENTICATION: [Group; 5] = [
    Group {
        of: "OAUTH",
        title: "OAuth2",
        fields: &[
            Field::text(
                "auth.tokenUri",
                "Token address",
                "https://polaris.example/api/catalog/v1/oauth/tokens",
            ),
            Field::text("auth.clientId", "Client id", ""),
            Field::new(
                "auth.clientSecret",
                "Client secret",
                Input::Secret,
                "Sent once, kept by the server, never shown again.",
            ),
            Field::new(
                "auth.scopes",
                "Scopes",
                Input::Lines,
                "One a line: PRINCIPAL_ROLE:ALL",
            ),
        ],
    },
    Group {
        of: "BEARER",
        title: "Bearer token",
        fields: &[Field::new(
            "auth.bearerToken",
            "Token",
            Input::Secret,
            "Sent once, kept by the server, never shown again.",
        )],
    },
    Group {
        of: "SIGV4",
        title: "AWS signature",
        fields: &[
            Field::text(
                "auth.roleArn",
                "Role ARN",
                "What the server assumes to sign.",
            ),
            Field::text("auth.roleSessionName", "Session name", ""),
            Field::text("auth.externalId", "External id", ""),
            Field::text("auth.signingRegion", "Signing region", "eu-central-1"),
            Field::text("auth.signingName", "Signing name", "glue, s3tables"),
        ],
    },
    Group {
        of: "IMPLICIT",
        title: "As the server's own environment",
        fields: &[],
    },
    Group {
        of: "GCP",
        title: "Google Cloud",
        fields: &[],
    },
];

/// The types that `groups` offer, by key and title.
pub fn choices(groups: &'static [Group]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let named = groups.iter().filter(|group| !group.of.is_empty());
    named.map(|group| (group.of, group.title))
}

/// What people call a setting; its own name where it is newer than this list.
pub fn label(name: &str) -> &str {
    match name {
        "storage.storageType" | "connection.connectionType" => return "Type",
        "auth.authenticationType" => return "Sign-in",
        "identity.identityType" => return "The server acts as",
        "identity.iamArn" => return "IAM ARN",
        _ => {}
    }
    let groups = STORAGE.iter().chain(&CONNECTION).chain(&AUTHENTICATION);
    let known = groups
        .flat_map(|group| group.fields)
        .find(|field| field.name == name);
    known.map_or(name, |field| field.label)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;
    use crate::{query::Query, shown::Reveal};

    #[test]
    fn what_is_typed_for_another_choice_is_left_out() {
        let typed = Query::parse(
            "storage.roleArn=arn&storage.tenantId=t&storage.allowedLocations=s3://a/%0D%0A+s3://b/&storage.pathStyleAccess=on",
        );
        let mut s3 = Map::new();
        wire::write(&STORAGE, "S3", &typed, &mut s3);
        let expected = json!({"roleArn": "arn", "allowedLocations": ["s3://a/", "s3://b/"], "pathStyleAccess": true});
        assert_eq!(serde_json::Value::from(s3), expected);
    }

    #[test]
    fn what_is_read_and_written_back_is_the_same() {
        let storage = json!({"storageType": "S3", "roleArn": "arn", "stsUnavailable": true, "allowedLocations": ["s3://a/"], "newer": {"x": 1}});
        let mut fields = Vec::new();
        wire::read("storage", &storage, &mut fields);
        let typed = fields.iter().fold(Query::default(), |query, (key, value)| {
            query.and(key, value)
        });
        let mut back = storage.as_object().unwrap().clone();
        wire::write(&STORAGE, "S3", &typed, &mut back);
        assert_eq!(serde_json::Value::from(back), storage);
    }

    #[test]
    fn a_federated_catalog_says_its_properties_and_whom_the_server_acts_as() {
        let config = json!({
            "connectionType": "ICEBERG_REST",
            "properties": {"rest.timeout": "5", "client.secret": "hush"},
            "serviceIdentity": {"identityType": "AWS_IAM", "iamArn": "arn:aws:iam::1:user/polaris"},
        });
        let mut settings = Vec::new();
        wire::read_connection(
            &serde_json::from_value(config).unwrap(),
            &Reveal::default(),
            &mut settings,
        );
        let said = |name| settings.iter().find(|(key, _)| key == name);
        let said = |name| said(name).map(|(_, value)| value.as_str());
        assert_eq!(
            said("connection.properties"),
            Some("client.secret: masked, may be a secret\nrest.timeout=5")
        );
        assert_eq!(said("identity.iamArn"), Some("arn:aws:iam::1:user/polaris"));
        assert_eq!(label("identity.iamArn"), "IAM ARN");
    }

    #[test]
    fn a_line_that_is_no_pair_is_refused() {
        let read = wire::pairs("a = 1\r\n\r\nb=x=y").unwrap();
        assert_eq!(
            read,
            [("a".into(), "1".into()), ("b".into(), "x=y".into())].into()
        );
        assert_eq!(wire::pairs("a=1\noops"), Err("oops"));
        assert_eq!(wire::pairs("=1"), Err("=1"));
    }

    #[test]
    fn an_emptied_field_goes_and_a_cleared_box_says_no() {
        let mut back = json!({"region": "eu", "pathStyleAccess": true})
            .as_object()
            .unwrap()
            .clone();
        wire::write(&STORAGE, "S3", &Query::default(), &mut back);
        assert_eq!(
            serde_json::Value::from(back),
            json!({"pathStyleAccess": false})
        );
    }
}
