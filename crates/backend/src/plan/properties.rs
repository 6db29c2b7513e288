//! Properties of tables and views, key by key: a commit of those that were changed, and of nothing else.

use std::collections::BTreeMap;

use iceberg_rest::{
    Client, Dialect, Error, SnapshotsMode,
    types::{Requirement, Update},
};
use model::{
    error::AppError,
    form::{KEY, operation::SAVE},
    open::Noun,
    page::{TableTab, ViewTab},
    properties::{is_of_answer, known::known_of},
    shown::Reveal,
};

use super::{
    Asked, Plan,
    edits::Edits,
    objects::{change, item},
    table::unheld,
    vendor::LAST_WINS,
    wanted::{Item, Wanted},
};
use crate::{catalog::table_now, forms::refused, reading::named};

/// Names that Iceberg keeps for what a table's metadata says elsewhere (`TableProperties.RESERVED_PROPERTIES`).
const RESERVED: [&str; 9] = [
    "current-schema",
    "current-snapshot-id",
    "current-snapshot-summary",
    "current-snapshot-timestamp-ms",
    "default-partition-spec",
    "default-sort-order",
    "format-version",
    "snapshot-count",
    "uuid",
];
/// Where files go: these catalogs decide that themselves.
const LOCATIONS: [&str; 2] = ["write.data.path", "write.metadata.path"];
const MANAGE_LOCATIONS: [Dialect; 3] = [Dialect::Lakekeeper, Dialect::S3Tables, Dialect::Unity];

/// What is committed against.
#[derive(Default)]
struct Read {
    properties: BTreeMap<String, String>,
    requirements: Vec<Requirement>,
}

pub async fn edit(asked: Asked<'_>, noun: Noun, reveal: &Reveal) -> Result<Plan, AppError> {
    let edits = Edits::read(asked.fields)?;
    let Asked {
        connection,
        client,
        place,
        ..
    } = asked;
    let item = item(place, noun)?;
    let read = read(&item, &client).await;
    let read = read.map_err(|error| named(error, &client, place, noun.word()))?;
    let edits = edits.against(&read.properties);
    let mut keys = edits.updates.keys();
    if let Some((key, why)) = keys.find_map(|key| Some((key, kept(client.dialect(), key)?))) {
        return Err(refused(format!("The property {key} cannot be set: {why}.")).at(&KEY));
    }
    let known = known_of(noun).iter();
    let doubts = known.filter_map(|known| known.doubt(edits.updates.get(known.key)?));
    let says = edits.says().into_iter().chain(doubts);
    let updates = updates(&edits);
    let (write, operation, to) = match &item {
        Item::View(view) => (
            client.commit_view(view, &updates, &read.requirements)?,
            "replaceView",
            place.view_path(ViewTab::Properties),
        ),
        Item::Table(table) => (
            client.commit_table(table, &updates, &read.requirements)?,
            "updateTable",
            place.table_path(TableTab::Properties),
        ),
        Item::Namespace(_) => return Err(refused("It is no table and no view.")),
    };
    let unsure = unheld(&read.requirements, noun);
    Ok(Plan {
        says: says.chain([LAST_WINS.to_owned()]).chain(unsure).collect(),
        beside: edits.beside(&read.properties, reveal),
        read: format!("{:?}", read.properties),
        confirm: None,
        off: edits.nothing(),
        to: (to, SAVE),
        change: change(operation, &client, &connection, place, noun),
        write,
        wanted: Wanted::Edited(item, edits),
        client,
        connection,
    })
}

fn updates(edits: &Edits) -> Vec<Update> {
    let set = Update::SetProperties {
        updates: edits.updates.clone(),
    };
    let removed = Update::RemoveProperties {
        removals: edits.removals.clone(),
    };
    let set = (!edits.updates.is_empty()).then_some(set);
    let removed = (!edits.removals.is_empty()).then_some(removed);
    set.into_iter().chain(removed).collect()
}

/// Why nobody sets a key, where that is known.
pub fn kept(dialect: Dialect, key: &str) -> Option<String> {
    if RESERVED.contains(&key) {
        return Some("Iceberg keeps this name for what the metadata says elsewhere".to_owned());
    }
    if is_of_answer(key) {
        return Some("the catalog writes it itself".to_owned());
    }
    let decides = MANAGE_LOCATIONS.contains(&dialect) && LOCATIONS.contains(&key);
    let title = dialect.profile().title;
    decides.then(|| format!("{title} decides itself where files go"))
}

/// Without what is of the answer alone.
async fn read(item: &Item, client: &Client) -> Result<Read, Error> {
    let mut read = match item {
        Item::Namespace(namespace) => Read {
            properties: client.load_namespace(namespace).await?.properties,
            ..Read::default()
        },
        Item::View(view) => {
            let view = client.load_view(view).await?.metadata;
            Read {
                requirements: Requirement::of_view(&view),
                properties: view.properties,
            }
        }
        Item::Table(table) => {
            let table = table_now(client, table, SnapshotsMode::Refs).await?;
            Read {
                requirements: Requirement::of_table(&[], &table.metadata),
                properties: table.metadata.properties.clone(),
            }
        }
    };
    read.properties.retain(|key, _| !is_of_answer(key));
    Ok(read)
}

impl Item {
    /// As they are now.
    pub async fn properties(&self, client: &Client) -> Result<BTreeMap<String, String>, Error> {
        Ok(read(self, client).await?.properties)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sets_is_said_before_it_is_sent() {
        let why = |dialect, key| kept(dialect, key).unwrap_or_default();
        assert!(why(Dialect::Generic, "format-version").contains("elsewhere"));
        assert!(why(Dialect::Lakekeeper, "write.data.path").starts_with("Lakekeeper decides"));
        assert_eq!(why(Dialect::Nessie, "write.data.path"), "");
        assert_eq!(why(Dialect::Lakekeeper, "owner"), "");
    }
}
