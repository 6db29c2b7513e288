//! What the tabs of a table show.

use iceberg_rest::{
    Dialect,
    SnapshotsMode::{All, Refs},
};
use model::{
    Read,
    error::{AppError, Kind},
    partitions::{Layout, LayoutLines, compared, compared_orders},
    paths::Place,
    properties::Properties,
    raw::RawPage,
    refs::{RefPage, RefRow},
    schema::{SchemaComparison, SchemaHistory, SchemaLines, SchemaPage, Schemas},
    statistics::StatisticsPage,
    tables::{MetadataFile, Overview},
    template::Template,
    window::Window,
    written::Written,
};

use crate::{
    Session,
    blocking::blocking,
    reading::{all_or_refs, raw_table, table, there},
};

const ONLY_REFS: &str = "The table is too large to read all of its snapshots: a date is that of the first one that a branch or tag names, if any.";

/// The table at a glance.
pub async fn load_overview(
    session: &Session,
    place: Place,
    fresh: bool,
) -> Result<Read<Overview>, AppError> {
    let read = async |snapshots, fresh| {
        let overview = move |table: &_, dialect: Dialect| {
            let overview = Overview::from(table);
            let newest_only = dialect.profile().single_snapshot;
            Overview {
                snapshots_partial: overview.snapshots_partial && !newest_only,
                newest_only,
                ..overview
            }
        };
        table(session, &place, snapshots, fresh, overview).await
    };
    let overview = read(Refs, fresh).await?;
    // Of a table without a current snapshot this leaves out all of them: that there is none must be seen.
    match overview.data.snapshot.is_none() {
        true => Ok(read(All, fresh).await.unwrap_or(overview)),
        false => Ok(overview),
    }
}

/// `schema` is an id; empty means the current one.
pub async fn load_schema(
    session: &Session,
    place: Place,
    schema: String,
    filter: String,
    page: usize,
    fresh: bool,
) -> Result<Read<Option<SchemaPage>>, AppError> {
    let wanted = schema.clone();
    let read = table(session, &place, Refs, fresh, move |table, _| {
        SchemaPage::new(&Schemas::from(&table.metadata), &wanted, &filter, page)
    });
    there(read.await?, &place, &schema)
}

/// The current schema, to be typed in.
pub async fn load_schema_lines(
    session: &Session,
    place: Place,
) -> Result<Read<SchemaLines>, AppError> {
    lines(session, place, SchemaLines::new).await
}

/// The partition spec and the sort order of writers, to be typed in.
pub async fn load_layout_lines(
    session: &Session,
    place: Place,
) -> Result<Read<LayoutLines>, AppError> {
    lines(session, place, LayoutLines::new).await
}

/// What of a table is to be typed in, as it is now.
async fn lines<T: Send + 'static>(
    session: &Session,
    place: Place,
    of: fn(&Written) -> Result<T, String>,
) -> Result<Read<T>, AppError> {
    session
        .load(async {
            let raw = raw_table(session, &place, Refs, true).await?;
            let at = raw.at.into();
            let lines = move || match Written::new(&raw.value) {
                Ok(written) => of(&written),
                Err(error) => Err(format!(
                    "The metadata of this table cannot be read: {error}"
                )),
            };
            let lines = blocking(lines).await?;
            let lines = lines.map_err(|why| AppError::new(Kind::Malformed, why))?;
            Ok(Read::new(lines, at))
        })
        .await
}

/// What each of its schemas changed, newest first, page by page.
pub async fn load_schema_history(
    session: &Session,
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<SchemaHistory>, AppError> {
    let read = |snapshots| {
        table(session, &place, snapshots, fresh, move |table, _| {
            SchemaHistory::new(&table.metadata, page)
        })
    };
    let (mut read, too_large) = all_or_refs(read).await?;
    read.notes.extend(too_large.map(|_| ONLY_REFS.to_owned()));
    Ok(read)
}

/// What changed from one of its schemas to another.
pub async fn load_schema_comparison(
    session: &Session,
    place: Place,
    from: String,
    to: String,
    fresh: bool,
) -> Result<Read<SchemaComparison>, AppError> {
    table(session, &place, Refs, fresh, move |table, _| {
        SchemaComparison::new(&table.metadata, &from, &to)
    })
    .await
}

/// How it is partitioned and sorted; `from` and `to` are the ids of two partition specs to compare, if not empty, or of
/// two sort orders where `show` says `orders`.
pub async fn load_layout(
    session: &Session,
    place: Place,
    show: String,
    from: String,
    to: String,
    fresh: bool,
) -> Result<Read<Layout>, AppError> {
    table(session, &place, Refs, fresh, move |table, _| {
        let chosen = !from.is_empty() || !to.is_empty();
        let compared = match show.as_str() {
            "orders" => compared_orders,
            _ => compared,
        };
        Layout {
            compared: chosen.then(|| compared(&table.metadata, &from, &to)),
            ..Layout::from(&table.metadata)
        }
    })
    .await
}

/// Its branches and tags, page by page.
pub async fn load_refs(
    session: &Session,
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<RefPage>, AppError> {
    table(session, &place, Refs, fresh, move |table, dialect| {
        RefPage {
            elsewhere: dialect.profile().single_snapshot,
            ..RefPage::new(&table.metadata, page)
        }
    })
    .await
}

/// One of its branches and tags, as it is now.
pub async fn load_ref(
    session: &Session,
    place: Place,
    name: String,
) -> Result<Read<RefRow>, AppError> {
    let asked = name.clone();
    let read = table(session, &place, Refs, true, move |table, _| {
        RefRow::named(&table.metadata, &asked)
    });
    read.await?.try_map(|reference| {
        let message = format!("{} has no branch or tag “{name}”.", place.dotted());
        reference.ok_or_else(|| {
            AppError::new(Kind::NotFound, message)
                .hint("It may be gone. The tab Branches and tags lists those that there are.")
        })
    })
}

/// Its properties whose key or value holds `filter`, page by page.
pub async fn load_properties(
    session: &Session,
    place: Place,
    filter: String,
    page: usize,
    fresh: bool,
) -> Result<Read<Properties>, AppError> {
    let reveal = session.reveal().clone();
    table(session, &place, Refs, fresh, move |table, _| {
        Properties::new(&table.metadata.properties, &filter, page, &reveal)
    })
    .await
}

/// Its metadata files, newest first, page by page.
pub async fn load_metadata_log(
    session: &Session,
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<Window<MetadataFile>>, AppError> {
    table(session, &place, Refs, fresh, move |table, _| {
        model::tables::metadata_files(table, page)
    })
    .await
}

/// Its statistics files, page by page.
pub async fn load_statistics(
    session: &Session,
    place: Place,
    page: usize,
    fresh: bool,
) -> Result<Read<StatisticsPage>, AppError> {
    let reveal = session.reveal().clone();
    table(session, &place, Refs, fresh, move |table, _| {
        StatisticsPage::new(&table.metadata, page, &reveal)
    })
    .await
}

/// What the form of a table begins with that is to be like this one.
pub async fn load_template(session: &Session, place: Place) -> Result<Read<Template>, AppError> {
    session
        .load(async {
            let raw = raw_table(session, &place, Refs, false).await?;
            let at = raw.at.into();
            let reveal = session.reveal().clone();
            let read = blocking(move || Template::new(&raw.value, &reveal)).await?;
            let template = read.map_err(|_| {
                let message = format!("The metadata of {} cannot be read.", place.dotted());
                AppError::new(Kind::Malformed, message)
            })?;
            Ok(Read::new(template, at))
        })
        .await
}

/// A window of the metadata as JSON, or of the lines that hold `search`.
pub async fn load_raw(
    session: &Session,
    place: Place,
    search: String,
    page: usize,
    fresh: bool,
) -> Result<Read<RawPage>, AppError> {
    session
        .load(async {
            let raw = raw_table(session, &place, All, fresh).await?;
            let at = raw.at.into();
            let reveal = session.reveal().clone();
            let data =
                blocking(move || RawPage::masked(&raw.value, &search, page, &reveal)).await?;
            Ok(Read::new(data, at))
        })
        .await
}
