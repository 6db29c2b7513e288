//! Tables that are there as files alone: put into the catalog by their newest metadata.

use iceberg_rest::{ErrorKind, SnapshotsMode, TableIdent};
use model::{
    error::AppError,
    form::{METADATA_LOCATION, OVERWRITE, operation::CREATE},
    open::Noun,
    page::TableTab,
};

use super::{
    Asked, Beside, Plan,
    objects::change,
    tables::{is_place, named, taken},
    wanted::Wanted,
};
use crate::{catalog::table_now, forms::refused};

pub async fn register(asked: Asked<'_>) -> Result<Plan, AppError> {
    let Asked {
        connection,
        client,
        place,
        fields,
    } = asked;
    let (table, there) = named(&client, place, fields)?;
    let profile = client.dialect().profile();
    let file = fields.text(METADATA_LOCATION.name).trim().to_owned();
    if !is_place(&file) {
        let why =
            format!("“{file}” is no place of a file: s3://bucket/table/metadata/….metadata.json.");
        return Err(refused(why).at(&METADATA_LOCATION));
    }
    let over = !fields.text(OVERWRITE.name).is_empty();
    if over && !profile.registers_over {
        let why = format!(
            "{} is not known to put a table in the place of another one.",
            profile.title
        );
        return Err(refused(why).at(&OVERWRITE));
    }
    let now = match over {
        true => now(&client, &table).await?,
        false => None,
    };
    let off = match &now {
        None => taken(&client, &table, &there).await,
        Some(_) => None,
    };
    let name = there.dotted();
    let doubt = (!file.ends_with(".json")).then(|| {
        "Metadata files end in .metadata.json: what is given is sent as it is.".to_owned()
    });
    let first = match (&off, &now) {
        (Some(_), _) => "Nothing: it cannot be registered.".to_owned(),
        (None, None) => format!("There will be a table {name} as {file} tells it."),
        (None, Some(now)) => format!(
            "The table {name}, which is at {now} now, makes room for the one that {file} tells of. Its files stay where they are, and nothing in the catalog leads to them any more."
        ),
    };
    let files = off.is_none().then(|| {
        "No file is copied: where another catalog has this table, too, only one of them may change it.".to_owned()
    });
    Ok(Plan {
        says: [first].into_iter().chain(files).chain(doubt).collect(),
        beside: Beside::default(),
        confirm: now.as_ref().map(|_| table.name().to_owned()),
        read: now.unwrap_or_default(),
        off,
        to: (there.table_path(TableTab::Overview), CREATE),
        change: change("registerTable", &client, &connection, &there, Noun::Table),
        write: client.register_table(&table, &file, over)?,
        wanted: Wanted::Registered(table, file),
        client,
        connection,
    })
}

/// The metadata file of the table that has this name; `None` where there is none.
async fn now(
    client: &iceberg_rest::Client,
    table: &TableIdent,
) -> Result<Option<String>, AppError> {
    match table_now(client, table, SnapshotsMode::Refs).await {
        Ok(now) => Ok(Some(match &now.metadata_location {
            Some(file) => file.clone(),
            None => "an unknown place".to_owned(),
        })),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether a table begins at a metadata file.
pub async fn is_at(
    client: &iceberg_rest::Client,
    table: &TableIdent,
    file: &str,
) -> Result<bool, iceberg_rest::Error> {
    if !client.table_exists(table).await? {
        return Ok(false);
    }
    let now = table_now(client, table, SnapshotsMode::Refs).await?;
    Ok(now.metadata_location.as_deref() == Some(file))
}
