use model::{
    connections::{Choice, Choices},
    error::AppError,
    paths::Place,
    section::Section,
};
use vendors::{
    list_warehouses,
    nessie::{Nessie, Reference},
};

use crate::Session;

/// A name can be typed, so a list that fails is a note.
pub async fn warehouses(session: Session, place: Place) -> Result<Choices, AppError> {
    let connection = session.connection(&place.connection)?;
    let default = connection.spec.warehouse.clone();
    Ok(match list_warehouses(&connection.server).await {
        Ok(listing) => Choices {
            default,
            note: listing.completeness.capped(),
            choices: listing
                .items
                .into_iter()
                .map(|warehouse| Choice {
                    name: warehouse.name,
                    detail: warehouse.detail,
                })
                .collect(),
        },
        Err(error) => Choices {
            default,
            choices: Vec::new(),
            note: Some(error.message.clone()),
        },
    })
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
        note: listing.completeness.capped(),
        choices: listing.items.into_iter().map(choice).collect(),
    }))
}
