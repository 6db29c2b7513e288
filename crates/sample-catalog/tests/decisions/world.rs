//! A recorded world, built in a sample server by root over the management API.

use std::collections::{BTreeMap, HashMap};

use axum::Router;
use sample_catalog::{
    Dialect, Options, SampleAuth, Stock, StockNamespace, StockTable, connections, router_with_stock,
};
use serde_json::{Value, json};

use crate::{
    recording::{Named, Recorded},
    request::Request,
    support::{Answer, send},
};

const MANAGEMENT: &str = "/api/management/v1";

pub struct World {
    pub catalog: String,
    router: Router,
    /// By principal.
    tokens: HashMap<String, String>,
}

impl World {
    pub async fn load(recorded: &Recorded) -> Self {
        let options = Options {
            dialect: Dialect::Polaris,
            ..Options::default()
        };
        let mut world = Self {
            catalog: recorded.catalog.clone(),
            router: router_with_stock(options, vec![stock(recorded)]),
            tokens: HashMap::new(),
        };
        let sample = connections("")
            .into_iter()
            .find(|one| one.dialect == Dialect::Polaris);
        let Some(SampleAuth::OAuth2 {
            client_id,
            client_secret,
            ..
        }) = sample.map(|one| one.auth)
        else {
            panic!("Polaris wants a client");
        };
        world.sign_in("root", &client_id, &client_secret).await;
        world.build(recorded).await;
        world
    }

    async fn build(&mut self, recorded: &Recorded) {
        let roles = format!("/catalogs/{}/catalog-roles", recorded.catalog);
        for name in &recorded.principals {
            let body = json!({"principal": {"name": name}});
            let made = self.make("POST", "/principals", body).await;
            let text = |key: &str| {
                made["credentials"][key]
                    .as_str()
                    .expect("credentials")
                    .to_owned()
            };
            self.sign_in(name, &text("clientId"), &text("clientSecret"))
                .await;
        }
        for name in &recorded.principal_roles {
            self.make(
                "POST",
                "/principal-roles",
                json!({"principalRole": {"name": name}}),
            )
            .await;
        }
        for name in &recorded.catalog_roles {
            self.make("POST", &roles, json!({"catalogRole": {"name": name}}))
                .await;
        }
        for one in &recorded.assignments {
            let path = format!("/principals/{}/principal-roles", one.principal);
            self.make(
                "PUT",
                &path,
                json!({"principalRole": {"name": one.principal_role}}),
            )
            .await;
        }
        for one in &recorded.catalog_role_assignments {
            let path = format!(
                "/principal-roles/{}/catalog-roles/{}",
                one.principal_role, recorded.catalog
            );
            self.make(
                "PUT",
                &path,
                json!({"catalogRole": {"name": one.catalog_role}}),
            )
            .await;
        }
        for one in &recorded.grants {
            let path = format!("{roles}/{}/grants", one.catalog_role);
            self.make("PUT", &path, json!({"grant": one.grant})).await;
        }
    }

    async fn make(&self, method: &'static str, path: &str, body: Value) -> Value {
        let request = Request {
            method,
            path: format!("{MANAGEMENT}{path}"),
            body: body.to_string(),
        };
        let answer = self.send("root", &request).await;
        assert_eq!(
            answer.status, 201,
            "{method} {path} {body}: {}",
            answer.text
        );
        answer.json()
    }

    async fn sign_in(&mut self, principal: &str, client_id: &str, client_secret: &str) {
        let form = format!(
            "grant_type=client_credentials&client_id={client_id}&client_secret={client_secret}&scope=PRINCIPAL_ROLE:ALL"
        );
        let answer = send(
            &self.router,
            "POST",
            "/api/catalog/v1/oauth/tokens",
            &[],
            &form,
        )
        .await;
        let token = answer.json()["access_token"]
            .as_str()
            .expect("a token")
            .to_owned();
        self.tokens
            .insert(principal.to_owned(), format!("Bearer {token}"));
    }

    /// Sends the request with the principal's own token.
    pub async fn send(&self, principal: &str, request: &Request) -> Answer {
        let headers = [("authorization", self.tokens[principal].as_str())];
        send(
            &self.router,
            request.method,
            &request.path,
            &headers,
            &request.body,
        )
        .await
    }
}

fn stock(recorded: &Recorded) -> Stock {
    let location = format!("file:///data/{}", recorded.catalog);
    let within = |all: &[Named], levels: &[String]| -> Vec<String> {
        let here = all.iter().filter(|one| one.namespace == *levels);
        here.map(|one| one.name.clone()).collect()
    };
    let namespaces = recorded.namespaces.iter().map(|levels| StockNamespace {
        levels: levels.clone(),
        properties: BTreeMap::new(),
        tables: within(&recorded.tables, levels)
            .into_iter()
            .map(|name| (name, StockTable::Iceberg(table())))
            .collect(),
        views: within(&recorded.views, levels)
            .into_iter()
            .map(|name| (name, view()))
            .collect(),
    });
    Stock {
        name: recorded.catalog.clone(),
        location,
        properties: BTreeMap::new(),
        namespaces: namespaces.collect(),
    }
}

fn table() -> Value {
    json!({"format-version": 2, "table-uuid": "5dbf8c29-a8cb-4e3a-aebc-04a9f23404e9", "location": "file:///data/t",
        "last-sequence-number": 0, "last-updated-ms": 1_795_000_000_000_i64, "last-column-id": 1,
        "current-schema-id": 0, "schemas": [{"type": "struct", "schema-id": 0, "fields": [
            {"id": 1, "name": "id", "required": false, "type": "long"}]}],
        "default-spec-id": 0, "partition-specs": [{"spec-id": 0, "fields": []}], "last-partition-id": 999,
        "default-sort-order-id": 0, "sort-orders": [{"order-id": 0, "fields": []}]})
}

fn view() -> Value {
    json!({"view-uuid": "d1f9003e-68a1-4aab-ba10-63a2d3e150e3", "format-version": 1, "location": "file:///data/v",
        "schemas": [{"type": "struct", "schema-id": 0, "fields": [
            {"id": 1, "name": "id", "required": false, "type": "long"}]}],
        "current-version-id": 1, "versions": [{"version-id": 1, "timestamp-ms": 1_795_000_000_000_i64,
            "schema-id": 0, "summary": {}, "default-namespace": ["a"],
            "representations": [{"type": "sql", "sql": "SELECT 1", "dialect": "spark"}]}],
        "version-log": [{"version-id": 1, "timestamp-ms": 1_795_000_000_000_i64}]})
}
