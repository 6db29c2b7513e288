//! How a table fares.

use std::time::SystemTime;

use iceberg_rest::SnapshotsMode::Refs;
use model::{
    Read,
    error::AppError,
    format::Moment,
    health::{Extent, Health},
    paths::Place,
};

use crate::{
    Session,
    reading::{all_or_refs, table},
};

/// By all its snapshots; of a table that is too large with all of them, by those at its branches and tags.
pub async fn load_health(
    session: &Session,
    place: Place,
    fresh: bool,
) -> Result<Read<Health>, AppError> {
    let now = Moment::from(SystemTime::now()).ms;
    let read = |snapshots| {
        let names = place.names();
        table(session, &place, snapshots, fresh, move |table, dialect| {
            let extent = match dialect.profile().single_snapshot {
                true => Extent::Newest,
                false if snapshots == Refs => Extent::Named,
                false => Extent::All,
            };
            Health::new(&table.metadata, &names, now, extent)
        })
    };
    Ok(all_or_refs(read).await?.0)
}
