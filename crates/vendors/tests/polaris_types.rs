//! Every management and Polaris-native answer of a recorded Polaris 1.7.0, read into its type.

use std::io::Read;

use access::polaris::Refusal;
use flate2::read::GzDecoder;
use iceberg_rest::TableIdent;
use iceberg_rest::types::Page;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use vendors::polaris::types::{
    ApplicablePolicies, AttachmentTarget, Catalog, CatalogRole, Entities, GrantResource,
    LoadedGenericTable, LoadedPolicy, Principal, PrincipalRole, PrincipalWithCredentials,
};

#[derive(Deserialize)]
struct Exchange {
    method: String,
    path: String,
    request_body: Option<Value>,
    status: u16,
    body: Option<String>,
}

fn exchanges() -> Vec<Exchange> {
    let mut text = String::new();
    GzDecoder::new(
        include_bytes!("../../iceberg-rest/tests/recorded/polaris-1.7.0.jsonl.gz").as_slice(),
    )
    .read_to_string(&mut text)
    .expect("the recording is readable");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("one exchange a line"))
        .collect()
}

fn read<T: DeserializeOwned>(body: &str) -> Result<(), String> {
    serde_json::from_str::<T>(body)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

/// Reads a successful body as what its address says it is; `None` for other APIs.
fn read_as_addressed(exchange: &Exchange) -> Option<Result<(), String>> {
    let body = exchange.body.as_deref().unwrap_or_default();
    let path = exchange.path.split('?').next().unwrap_or_default();
    let management = path.strip_prefix("/api/management/v1/");
    let native = path.strip_prefix("/api/catalog/polaris/v1/");
    let segments: Vec<&str> = management.or(native)?.split('/').collect();
    let (method, list) = (exchange.method.as_str(), exchange.method == "GET");
    Some(match (segments.as_slice(), method) {
        (["catalogs"], "GET") => read::<Entities<Catalog>>(body),
        (["catalogs"] | ["catalogs", _], _) => read::<Catalog>(body),
        (["principals"], "GET") => read::<Entities<Principal>>(body),
        (["principals"], _) | (["principals", _, "rotate" | "reset"], _) => {
            read::<PrincipalWithCredentials>(body)
        }
        (["principals", _], _) => read::<Principal>(body),
        (["principal-roles"], "GET") | ([.., "principal-roles"], _) => match list {
            true => read::<Entities<PrincipalRole>>(body),
            false => read::<PrincipalRole>(body),
        },
        (["principal-roles", _], _) => read::<PrincipalRole>(body),
        (["principal-roles", _, "principals"], _) => read::<Entities<Principal>>(body),
        (["principal-roles", _, "catalog-roles", _], _) => read::<Entities<CatalogRole>>(body),
        (["catalogs", _, "catalog-roles"], "GET") => read::<Entities<CatalogRole>>(body),
        (["catalogs", _, "catalog-roles", _] | ["catalogs", _, "catalog-roles"], _) => {
            read::<CatalogRole>(body)
        }
        (["catalogs", _, "catalog-roles", _, "grants"], _) => read::<Entities<GrantResource>>(body),
        ([_, "namespaces", _, "policies"], "GET")
        | ([_, "namespaces", _, "generic-tables"], "GET") => read::<Page<TableIdent>>(body),
        ([_, "namespaces", _, "policies", ..], _) => read::<LoadedPolicy>(body),
        ([_, "namespaces", _, "generic-tables", ..], _) => read::<LoadedGenericTable>(body),
        ([_, "applicable-policies"], _) => read::<ApplicablePolicies>(body),
        other => Err(format!("no type for {other:?}")),
    })
}

#[test]
fn every_recorded_answer_is_read() {
    let mut read = 0;
    for exchange in exchanges() {
        let full = (200..300).contains(&exchange.status)
            && exchange
                .body
                .as_deref()
                .is_some_and(|body| !body.is_empty());
        if !full {
            continue;
        }
        if let Some(result) = read_as_addressed(&exchange) {
            assert_eq!(result, Ok(()), "{} {}", exchange.method, exchange.path);
            read += 1;
        }
    }
    assert_eq!(read, 57);
}

#[test]
fn storage_goes_back_as_it_came() {
    let mut seen = 0;
    for exchange in exchanges()
        .iter()
        .filter(|exchange| exchange.path.contains("/management/v1/catalogs"))
    {
        let Some(Ok(body)) = exchange.body.as_deref().map(serde_json::from_str::<Value>) else {
            continue;
        };
        if body.get("storageConfigInfo").is_some() {
            let catalog: Catalog = serde_json::from_value(body.clone()).expect("a catalog");
            let back = serde_json::to_value(&catalog.storage_config_info).expect("serialisable");
            assert_eq!(back, body["storageConfigInfo"]);
            seen += 1;
        }
    }
    assert!(seen > 3, "{seen} catalogs");
    let newer = json!({"storageType": "S3", "allowedLocations": [], "encryptionKeys": ["k"], "tiers": {"hot": 1}});
    let catalog: Catalog = serde_json::from_value(
        json!({"name": "c", "type": "INTERNAL", "storageConfigInfo": newer.clone()}),
    )
    .expect("a catalog");
    assert_eq!(
        serde_json::to_value(&catalog.storage_config_info).expect("serialisable"),
        newer
    );
}

#[test]
fn grants_are_written_as_they_were_recorded() {
    let mut seen = 0;
    for exchange in exchanges()
        .iter()
        .filter(|exchange| exchange.path.contains("/grants"))
    {
        let Some(grant) = exchange
            .request_body
            .as_ref()
            .and_then(|body| body.get("grant"))
        else {
            continue;
        };
        let Ok(read) = serde_json::from_value::<GrantResource>(grant.clone()) else {
            continue;
        };
        let Some(known) = read.in_catalog("sales") else {
            continue;
        };
        let written = GrantResource::of(&known).expect("grants stand on what takes them");
        assert_eq!(serde_json::to_value(written).expect("serialisable"), *grant);
        seen += 1;
    }
    assert!(seen > 5, "{seen} grants");
    let newer = json!({"type": "semantic-model", "namespace": ["a"], "semanticModelName": "m", "privilege": "X"});
    let newer: GrantResource = serde_json::from_value(newer).expect("read");
    assert_eq!(newer.in_catalog("sales"), None);
}

#[test]
fn targets_are_written_as_they_were_recorded() {
    let written = |target: &AttachmentTarget| serde_json::to_value(target).expect("serialisable");
    assert_eq!(
        written(&AttachmentTarget::Catalog([])),
        json!({"type": "catalog", "path": []})
    );
    let namespace = AttachmentTarget::Namespace(vec!["raw".to_owned()]);
    assert_eq!(
        written(&namespace),
        json!({"type": "namespace", "path": ["raw"]})
    );
    let table = AttachmentTarget::TableLike(vec!["raw".to_owned(), "t".to_owned()]);
    assert_eq!(
        written(&table),
        json!({"type": "table-like", "path": ["raw", "t"]})
    );
}

#[test]
fn refusals_name_their_operation() {
    let mut seen = 0;
    for exchange in exchanges().iter().filter(|exchange| exchange.status == 403) {
        let Some(Ok(body)) = exchange.body.as_deref().map(serde_json::from_str::<Value>) else {
            continue;
        };
        let message = body["error"]["message"].as_str().expect("a message");
        if message.contains("not authorized for op") {
            let refusal = Refusal::parse(message).expect("parsed");
            assert!(message.ends_with(refusal.operation.name));
            assert!(refusal.principal.is_some());
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen} refusals");
    assert!(Refusal::parse("Principal is not authorized for op MAKE_COFFEE").is_none());
    assert!(Refusal::parse("Failed to get subscoped credentials").is_none());
    let generic = Refusal::parse("Caller is not authorized for op LOAD_TABLE.").expect("parsed");
    assert_eq!(
        (generic.principal, generic.operation.name),
        (None, "LOAD_TABLE")
    );
    let quoted = "The catalog says: Principal 'svc' with activated PrincipalRoles '[]' and activated grants via '[]' is not authorized for op LIST_TABLES";
    let quoted = Refusal::parse(quoted).expect("parsed");
    assert_eq!(quoted.principal, Some("svc"));
}

#[test]
fn a_secret_is_not_in_the_debug_text() {
    let told = json!({
        "principal": {"name": "etl", "clientId": "abc"},
        "credentials": {"clientId": "abc", "clientSecret": "hunter2"},
    });
    let told: PrincipalWithCredentials = serde_json::from_value(told).expect("read");
    assert!(!format!("{told:?}").contains("hunter2"));
}

#[test]
fn what_the_recorded_server_was_never_told_is_kept_too() {
    let connection = json!({
        "connectionType": "ICEBERG_REST", "uri": "https://far.example/api/catalog", "remoteCatalogName": "there",
        "authenticationParameters": {"authenticationType": "OAUTH", "tokenUri": "https://far.example/tokens", "clientId": "id",
            "scopes": ["PRINCIPAL_ROLE:ALL"]},
        "properties": {"k": "v"},
    });
    let identity =
        json!({"identityType": "AWS_IAM", "identityInfo": {"iamArn": "arn:aws:iam::1:user/p"}});
    let mut sent = connection.clone();
    sent["serviceIdentity"] = identity.clone();
    let catalog: Catalog = serde_json::from_value(
        json!({"name": "far", "type": "EXTERNAL", "connectionConfigInfo": sent}),
    )
    .expect("a catalog");
    assert_eq!(catalog.kind, "EXTERNAL");
    let read = catalog.connection_config_info.expect("a connection");
    assert_eq!(
        serde_json::to_value(&read).expect("serialisable"),
        connection
    );
    assert_eq!(read.service_identity, Some(identity));

    let federated = json!({"name": "anna", "clientId": "id", "federated": true});
    let principal: Principal = serde_json::from_value(federated.clone()).expect("a principal");
    let role: PrincipalRole = serde_json::from_value(federated).expect("a role");
    assert!(principal.federated && role.federated);
}
