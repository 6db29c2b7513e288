//! What the home page says of a connection: as last probed, as far as it was read, and for its identity alone.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use iceberg_rest::Completeness;
use model::{
    connections::{Attention, ConnectionCard, Health},
    error::AppError,
    format::{Moment, count},
    health::Severity,
    page::TableTab,
};
use tokio::time::{Instant, timeout_at};

use super::{choices, makes};
use crate::{
    Catalog, Session,
    blocking::blocking,
    cache::About,
    catalog::Probe,
    listing::{ListKind, ListOf, known::known},
};

/// How long the page waits for namespaces; what is slower comes with a later look.
const ASIDE: Duration = Duration::from_millis(100);

/// `signed_out`: why the person is nobody there.
pub async fn card(
    session: &Session,
    connection: &Arc<Catalog>,
    signed_out: Option<AppError>,
) -> ConnectionCard {
    let probe = connection.probed();
    let detected = probe.as_ref().and_then(|probe| probe.outcome.as_ref().ok());
    let answers = detected.is_some();
    let dialect = connection.spec.kind.or(detected.copied());
    let (spark, answered) = connection.looks();
    // A link on another site has nothing read.
    let counts = answers && !connection.wants_warehouse() && !session.came_from_another_site();
    let (namespaces, counting) = match counts {
        true => namespaces(connection).await,
        false => (None, false),
    };
    let judged = connection.clone();
    let (tables, attention) = blocking(move || attention(&judged))
        .await
        .unwrap_or_default();
    ConnectionCard {
        name: connection.spec.name.clone(),
        url: connection.spec.url.clone(),
        kind: dialect.map(|kind| kind.profile().title.to_owned()),
        identity: connection.signs_in(),
        read_only: connection.spec.read_only,
        warehouse: connection.spec.warehouse.clone(),
        wants_warehouse: connection.wants_warehouse(),
        makes: makes(connection),
        probing: connection.is_probing(),
        health: match signed_out {
            Some(problem) => Some(Health {
                at: SystemTime::now().into(),
                latency_ms: 0,
                problem: Some(problem),
                version: None,
            }),
            None => probe.map(health),
        },
        spark,
        answered: answered.filter(|_| !answers).map(Moment::from),
        warehouses: choices::names(connection),
        namespaces,
        counting,
        tables,
        attention,
    }
}

/// What a look saw.
pub fn health(probe: Probe) -> Health {
    Health {
        at: probe.at.into(),
        latency_ms: probe.latency_ms(),
        problem: probe.outcome.err().map(AppError::from),
        version: probe.version,
    }
}

/// How many stand at the top of its own warehouse, and whether that is still being found out.
async fn namespaces(connection: &Catalog) -> (Option<String>, bool) {
    let until = Instant::now() + ASIDE;
    let Ok(client) = timeout_at(until, connection.client(None, None)).await else {
        return (None, true);
    };
    let Ok(client) = client else {
        return (None, false);
    };
    let scope = connection.scope(client.warehouse(), client.reference());
    let list = ListOf(scope, ListKind::Namespaces(None));
    let kept = known(connection.grant(About::Content), list).filter(|known| !known.is_due());
    let (names, end) = match kept {
        Some(known) => (known.names.clone(), Some(known.end.clone())),
        None => {
            let list = connection.list(&client, ListKind::Namespaces(None), false);
            let state = list.by(until).await;
            (state.names, state.end)
        }
    };
    let more = match &end {
        Some(Ok(Completeness::Complete)) => "",
        // Nothing was seen of it.
        Some(Err(_)) | None if names.is_empty() => return (None, end.is_none()),
        _ => "+",
    };
    (Some(format!("{}{more}", count(names.len()))), end.is_none())
}

/// How many tables were read lately, and which of them are unwell.
fn attention(connection: &Catalog) -> (usize, Vec<Attention>) {
    let judged = connection.read_tables();
    let tables = judged.len();
    let unwell = judged.into_iter().filter_map(|(place, facts)| {
        let (severity, found) = facts.health()?;
        matches!(severity, Severity::Bad | Severity::Warning).then(|| Attention {
            severity,
            table: match &place.reference {
                Some(reference) => format!("{} on {reference}", place.dotted()),
                None => place.dotted(),
            },
            href: place.table_path(TableTab::Overview),
            found: found.to_owned(),
        })
    });
    let mut unwell: Vec<_> = unwell.collect();
    unwell.sort_by(|one, other| (one.severity, &one.href).cmp(&(other.severity, &other.href)));
    unwell.truncate(Attention::MOST);
    (tables, unwell)
}

#[cfg(test)]
mod tests {
    use axum::{
        extract::Request,
        http::{HeaderMap, StatusCode},
        response::{IntoResponse, Json, Response},
    };
    use iceberg_rest::{Auth, SnapshotsMode};
    use serde_json::json;

    use super::*;
    use crate::{
        Registry, Spec,
        mock::{Mock, orders},
    };

    /// As Polaris, with a table that is unwell.
    async fn catalog(request: Request) -> Response {
        let answer = match request.uri().path() {
            "/api/catalog/v1/config" => json!({"defaults": {}, "overrides": {}}),
            "/api/catalog/v1/namespaces" => json!({"namespaces": [["sales"], ["iot"]]}),
            "/api/catalog/v1/namespaces/sales/tables/orders" => json!({"metadata": {
                "format-version": 2, "current-snapshot-id": 1,
                "snapshots": [{"snapshot-id": 1, "summary": {"total-data-files": "37", "total-delete-files": "26"}}]}}),
            _ => return StatusCode::NOT_FOUND.into_response(),
        };
        Json(answer).into_response()
    }

    fn session(registry: &Registry) -> Session {
        Session::new(
            registry,
            crate::Who::local(),
            &"/".parse().unwrap(),
            &HeaderMap::new(),
        )
    }

    async fn cards(registry: &Registry) -> Vec<ConnectionCard> {
        super::super::list_connections(&session(registry)).await
    }

    #[tokio::test]
    async fn a_table_that_one_identity_read_needs_nobody_elses_attention() {
        let mock = Mock::serve(catalog).await;
        let registry = mock.registry();
        let other = Spec {
            auth: Auth::Bearer("other".to_owned().into()),
            ..Spec::new("other", &mock.catalog().spec.url)
        };
        registry.put(other).unwrap();
        let connection = mock.catalog();
        let client = connection.client(None, None).await.unwrap();
        let all = SnapshotsMode::All;
        connection
            .table(&client, &orders(), all, false)
            .await
            .unwrap();
        let cards = cards(registry).await;
        let [own, other] = &cards[..] else {
            panic!("{cards:?}")
        };
        assert_eq!((own.tables, other.tables), (1, 0));
        assert_eq!(other.attention, []);
        let found = &own.attention[0];
        assert_eq!(
            (found.severity, found.table.as_str()),
            (Severity::Bad, "sales.orders")
        );
        assert_eq!(
            found.found,
            "Delete files: 26 delete files to 37 data files"
        );
        assert!(found.href.starts_with("/c/c/t/overview?"), "{}", found.href);
    }

    #[tokio::test]
    async fn namespaces_are_counted_once_for_all_who_look_and_only_where_the_server_answers() {
        let mock = Mock::serve(catalog).await;
        let spec = Spec {
            warehouse: Some("w".into()),
            ..Spec::new("c", &mock.catalog().spec.url)
        };
        mock.registry().put(spec).unwrap();
        assert_eq!(cards(mock.registry()).await[0].namespaces, None);
        assert_eq!(mock.asked("/namespaces"), 0, "nothing is known of it yet");
        mock.catalog().probe().await;
        for _ in 0..3 {
            let card = &cards(mock.registry()).await[0];
            assert_eq!(
                (card.namespaces.as_deref(), card.counting),
                (Some("2"), false)
            );
            assert_eq!(card.spark.as_ref().unwrap().said[..7], *"1 look:");
        }
        assert_eq!(mock.asked("/namespaces"), 1);
    }
}
