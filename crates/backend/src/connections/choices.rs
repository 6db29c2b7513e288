use iceberg_rest::{Completeness, ErrorKind};
use model::{
    connections::{Choice, Choices, Names},
    error::AppError,
    paths::Place,
    section::Section,
};
use vendors::{
    Warehouse,
    nessie::{Nessie, Reference},
};

use crate::{Catalog, Session, catalog::Named};

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

pub async fn references(session: Session, place: Place) -> Result<Option<Choices>, AppError> {
    let connection = session.connection(&place.connection)?;
    // A reference that is gone must not keep the others from being shown.
    let client = connection.client(place.warehouse.as_deref(), None).await?;
    if !Section::History.is_of(client.dialect()) {
        return Ok(None);
    }
    let listing = Nessie::new(client.server().clone()).references().await?;
    let choice = |reference: Reference| Choice {
        name: reference.name,
        detail: Some(reference.kind.to_lowercase()),
    };
    Ok(Some(Choices {
        default: client.reference().map(str::to_owned),
        note: cut(
            &listing.completeness,
            "One that is not among them opens by its name, as ref= in this page's address.",
        ),
        choices: listing.items.into_iter().map(choice).collect(),
        at: None,
    }))
}
