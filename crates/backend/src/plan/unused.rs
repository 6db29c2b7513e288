//! Schemas and partition specs that nothing needs leave a table's metadata.

use iceberg_rest::{Id, SnapshotsMode, types::Update};
use model::{
    error::AppError, form::operation::DELETE, format::counted, page::TableTab, schema::Unused,
};

use super::{
    Asked, Plan,
    table::{Commit, Table},
};

pub async fn remove(asked: Asked<'_>) -> Result<Plan, AppError> {
    let table = Table::read(&asked, SnapshotsMode::All).await?;
    let unused = Unused::new(table.metadata());
    let off = unused
        .is_empty()
        .then(|| "Nothing is known to be unused.".to_owned());
    let Unused {
        schemas,
        specs,
        stays,
    } = unused;
    let goes = |ids: &[i32], noun: &str, why: &str| {
        let named: Vec<_> = ids.iter().map(i32::to_string).collect();
        let ids = named.join(", ");
        (!named.is_empty()).then(|| match named.len() {
            1 => format!("The {noun} {ids} goes: {why}."),
            many => format!("{} go, {why}: {ids}.", counted(many, noun)),
        })
    };
    let says = [
        goes(
            &schemas,
            "schema",
            "no snapshot was made with it, and writers use another one",
        ),
        goes(
            &specs,
            "partition spec",
            "the table has no snapshot, and writers use another one",
        ),
    ];
    let says = says.into_iter().flatten().chain(stays).collect();
    let updates = [
        (!schemas.is_empty()).then(|| Update::RemoveSchemas {
            schema_ids: schemas.clone(),
        }),
        (!specs.is_empty()).then(|| Update::RemovePartitionSpecs {
            spec_ids: specs.clone(),
        }),
    ];
    let commit = Commit {
        updates: updates.into_iter().flatten().collect(),
        says,
        read: String::new(),
        confirm: None,
        off,
        holds: Box::new(move |now| {
            let mut left = now.schemas.iter().filter_map(|it| it.schema_id.as_ref());
            let mut split = now.partition_specs.iter().map(|it| &it.spec_id);
            !left.any(|id| is_one(id, &schemas)) && !split.any(|id| is_one(id, &specs))
        }),
        snapshots: SnapshotsMode::Refs,
        to: (asked.place.table_path(TableTab::Schema), DELETE),
    };
    table.commit(asked, commit)
}

fn is_one(id: &Id, of: &[i32]) -> bool {
    let id = id.exact();
    id.is_some_and(|id| of.iter().any(|one| i64::from(*one) == id))
}
