use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use iceberg_rest::{Client, Completeness, Error, ErrorKind, Listing};
use model::{
    connections::{Choice, Choices, Names},
    error::AppError,
    section::Section,
};
use vendors::{
    Warehouse,
    nessie::{Nessie, Reference},
};

use crate::{
    Catalog,
    cache::{About, Question},
    catalog::Named,
    reads::{FRESH, Read, Reads},
};

/// That a kind of server has no such list is a note: a name can be typed.
pub async fn warehouses(
    connection: &Catalog,
    beside: Option<&str>,
    fresh: bool,
) -> Result<Choices, AppError> {
    let default = connection.spec.warehouse.clone();
    let read = match connection.warehouses(beside, fresh).await {
        Ok(read) => read,
        Err(error) if error.kind == ErrorKind::Unsupported => {
            return Ok(Choices {
                default,
                note: Some(error.message.clone()),
                ..Choices::default()
            });
        }
        Err(error) => return Err(error.into()),
    };
    let choice = |warehouse: &Warehouse| Choice {
        name: warehouse.name.clone(),
        detail: warehouse.detail.clone(),
    };
    Ok(Choices {
        choices: read.value.items.iter().map(choice).collect(),
        default,
        note: cut(
            &read.value.completeness,
            "Type the name of one that is not among them.",
        ),
        at: Some(read.at.into()),
    })
}

/// Why there may be more, and the way to what is not listed.
fn cut(completeness: &Completeness, way: &str) -> Option<String> {
    let why = completeness.clone().capped()?;
    Some(format!("There may be more than these. {why} {way}"))
}

/// What is known of them without asking.
pub fn names(connection: &Catalog) -> Names {
    let Named {
        list,
        failed,
        under_way,
    } = connection.named();
    let names = list.iter().flat_map(|list| &list.value.items);
    Names {
        names: names.map(|warehouse| warehouse.name.clone()).collect(),
        at: list.as_ref().map(|list| list.at.into()),
        problem: failed.map(AppError::from),
        under_way,
    }
}

/// Branches and tags of a server, whichever of its warehouses a page is about.
#[derive(Clone, PartialEq, Eq, Hash)]
struct References;

impl Question for References {
    type Answer = Read<Listing<Reference>>;
    const KEPT: Duration = FRESH;
}

static REFERENCES: LazyLock<Reads<References, Listing<Reference>, Error>> =
    LazyLock::new(|| Reads::new(FRESH));

pub async fn references(
    connection: &Catalog,
    warehouse: Option<&str>,
    fresh: bool,
) -> Result<Option<Choices>, AppError> {
    // A reference that is gone must not keep the others from being shown.
    let client = connection.client(warehouse, None).await?;
    if !Section::History.is_of(client.dialect()) {
        return Ok(None);
    }
    let read = listed(connection, &client, fresh).await?;
    let choice = |reference: &Reference| Choice {
        name: reference.name.clone(),
        detail: Some(reference.kind.to_lowercase()),
    };
    Ok(Some(Choices {
        default: client.reference().map(str::to_owned),
        note: cut(
            &read.value.completeness,
            "One that is not among them opens by its name, as ref= in this page's address.",
        ),
        choices: read.value.items.iter().map(choice).collect(),
        at: None,
    }))
}

/// Why nothing is changed on a branch or tag, where that is known; a sentence.
pub async fn fixed(connection: &Catalog, client: &Client, reference: &str) -> Option<String> {
    if !Section::History.is_of(client.dialect()) {
        return None;
    }
    let list = listed(connection, client, false).await.ok()?.value;
    // `name@hash` is a past state of one.
    let (name, past) = reference.split_once('@').unwrap_or((reference, ""));
    match list.items.iter().find(|one| one.name == name) {
        Some(one) if one.kind.eq_ignore_ascii_case("tag") => Some(format!(
            "{name} is a tag: it stays as it is. Change a branch."
        )),
        Some(_) if !past.is_empty() => Some(format!(
            "{reference} is a past state of {name}: it stays as it is. Change the branch."
        )),
        None if list.completeness == Completeness::Complete => {
            Some(format!("There is no branch or tag {name}."))
        }
        Some(_) | None => None,
    }
}

async fn listed(
    connection: &Catalog,
    client: &Client,
    fresh: bool,
) -> Result<Read<Listing<Reference>>, Error> {
    let nessie = Nessie::new(client.server().clone());
    let read = |_| async move {
        let list = nessie.references().await?;
        let bytes = list.items.iter().map(|one| one.name.len() + 96).sum();
        Ok(Read::new(Arc::new(list), None, bytes))
    };
    let grant = connection.grant(About::Content);
    REFERENCES.get(grant, References, fresh, read).await
}

#[cfg(test)]
mod tests {
    use axum::{
        Json,
        http::{HeaderMap, HeaderValue, StatusCode, header},
        response::IntoResponse,
    };
    use iceberg_rest::Dialect;
    use model::paths::Place;
    use serde_json::json;

    use crate::{Session, Spec, connections::list_references, mock::Mock};

    #[tokio::test]
    async fn branches_are_asked_for_once_by_all_who_show_them() {
        let mock = Mock::serve(async |request| match request.uri().path() {
            "/iceberg/v1/config" => Json(json!({"defaults": {}, "overrides": {}})).into_response(),
            "/api/v2/trees" => {
                Json(json!({"references": [{"name": "main", "type": "BRANCH"}]})).into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        })
        .await;
        let url = mock.catalog().spec.url.replace("/api/catalog", "/iceberg");
        let spec = Spec {
            kind: Some(Dialect::Nessie),
            ..Spec::new("c", url)
        };
        mock.registry().put(spec).unwrap();
        let listed = async |headers: HeaderMap, warehouse: Option<&str>| {
            let uri = "/api/references".parse().unwrap();
            let session = Session::new(mock.registry(), crate::Who::local(), &uri, &headers);
            let place = Place::connection("c").with_warehouse(warehouse.map(str::to_owned));
            let choices = list_references(&session, place).await.unwrap().unwrap();
            choices.choices[0].name.clone()
        };
        for warehouse in [None, Some("w"), None] {
            assert_eq!(listed(HeaderMap::new(), warehouse).await, "main");
        }
        assert_eq!(mock.asked("/trees"), 1);
        let reload = HeaderValue::from_static("no-cache");
        let reload = HeaderMap::from_iter([(header::CACHE_CONTROL, reload)]);
        listed(reload, None).await;
        assert_eq!(mock.asked("/trees"), 2, "a reload asks");
    }
}
