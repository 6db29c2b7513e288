//! Tables and views: out of the catalog, and to another name or namespace.

use std::sync::Arc;

use access::polaris::Object as Named;
use iceberg_rest::{Client, Error, Hint, Namespace, SnapshotsMode, types::LoadTableResult};
use model::{
    change::Object,
    error::{AppError, Kind},
    files,
    form::{
        LEVELS, NAME, PURGE, WHAT,
        operation::{DROP, RENAME},
    },
    names::NameKind,
    open::Noun,
    page::{TableTab, ViewTab},
    paths::{Place, Query, extend},
};

use super::{
    Asked, Beside, Plan,
    namespaces::warehouse,
    wanted::{Item, Wanted},
};
use crate::{
    Catalog,
    catalog::table_now,
    change::Change,
    forms::refused,
    reading::{named, table_ident, view_ident},
};

/// Which one it is, and in which state: texts that are others once it is another, or was changed.
struct State {
    uuid: Option<String>,
    metadata: Option<String>,
    /// Why neither is known; a sentence.
    unread: Option<String>,
}

/// Out of its catalog, a table with its files where that is chosen.
pub async fn drop(asked: Asked<'_>, noun: Noun) -> Result<Plan, AppError> {
    let Asked {
        connection,
        client,
        place,
        fields,
    } = asked;
    let (item, dialect) = (item(place, noun)?, client.dialect());
    let state = state(&item, &client, place, noun).await?;
    let purge = noun == Noun::Table && fields.text(PURGE.name) == "yes";
    let off = (noun == Noun::Table).then(|| files::no_choice(dialect, purge));
    let off = off.flatten().map(str::to_owned);
    let become_of_it = match noun {
        Noun::Table => files::told(Some(dialect), purge),
        _ => "All of its versions go with it. The tables that it reads stay as they are.",
    };
    let (word, name) = (noun.word(), place.dotted());
    let says = match &off {
        Some(_) => vec!["Nothing: it cannot be dropped so.".to_owned()],
        None => vec![
            format!("The {word} {name} goes."),
            become_of_it.to_owned(),
            format!("Jobs, engines and views that read {name} fail from then on."),
        ],
    };
    let (write, operation, list) = match &item {
        Item::View(view) => (client.drop_view(view)?, "dropView", NameKind::Views),
        Item::Table(table) => {
            let write = client.drop_table(table, purge)?;
            (write, "dropTable", NameKind::Tables)
        }
        Item::Namespace(_) => return Err(refused("It is no table and no view.")),
    };
    let what = Query::default().with(WHAT, &name);
    Ok(Plan {
        says: says.into_iter().chain(state.unread).collect(),
        beside: Beside::default(),
        read: format!("{:?} {:?}", state.uuid, state.metadata),
        confirm: place.object.clone(),
        off,
        to: (extend(place.list_path(list), &what), DROP),
        change: change(operation, &client, &connection, place, noun),
        write,
        wanted: Wanted::Gone(item),
        client,
        connection,
    })
}

/// To another name, or into another namespace.
pub async fn rename(asked: Asked<'_>, noun: Noun) -> Result<Plan, AppError> {
    let Asked {
        connection,
        client,
        place,
        fields,
    } = asked;
    let from = item(place, noun)?;
    let state = state(&from, &client, place, noun).await?;
    let (to, there) = target(&client, place, noun, fields)?;
    let off = taken(&client, &to, place, &there, noun).await?;
    let (write, operation) = match (&from, &to) {
        (Item::View(from), Item::View(to)) => (client.rename_view(from, to)?, "renameView"),
        (Item::Table(from), Item::Table(to)) => (client.rename_table(from, to)?, "renameTable"),
        _ => return Err(refused("It stays what it is.")),
    };
    let page = match noun {
        Noun::View => there.view_path(ViewTab::Overview),
        _ => there.table_path(TableTab::Overview),
    };
    let (word, old, new) = (noun.word(), place.dotted(), there.dotted());
    let says = match &off {
        Some(_) => vec!["Nothing: it cannot be done.".to_owned()],
        None => vec![
            format!("The {word} {old} will be {new}."),
            "It stays the same one, and its files stay where they are.".to_owned(),
            format!(
                "Nobody finds it under its old name any more: jobs, engines and views that read {old} fail until they name the new one."
            ),
        ],
    };
    Ok(Plan {
        says: says.into_iter().chain(state.unread).collect(),
        beside: Beside::default(),
        // Who writes to it meanwhile changes nothing about which one it is.
        read: format!("{:?}", state.uuid),
        confirm: None,
        off,
        to: (page, RENAME),
        change: change(operation, &client, &connection, place, noun),
        write,
        wanted: Wanted::Moved(from, to, state.uuid),
        client,
        connection,
    })
}

/// What it is to be, as typed, and where that stands then.
fn target(
    client: &Client,
    place: &Place,
    noun: Noun,
    fields: &Query,
) -> Result<(Item, Place), AppError> {
    let (name, levels) = (fields.text(NAME.name), fields.text(LEVELS.name));
    let levels = levels.lines().filter(|level| !level.is_empty());
    let levels: Vec<String> = levels.map(str::to_owned).collect();
    let dialect = client.dialect();
    let elsewhere = |why: String| refused(why).at(&LEVELS);
    let flat = dialect.profile().flat().filter(|_| levels.len() > 1);
    if let Some(why) = flat {
        return Err(elsewhere(why));
    }
    let inside = Namespace::try_new(&levels)
        .map_err(|why| elsewhere(format!("It cannot stand there: {why}.")))?;
    client
        .namespace_path(&inside)
        .map_err(|error| elsewhere(error.message.clone()))?;
    let called = |why: String| refused(why).at(&NAME);
    // What it is called already may stay, whatever is said of new names.
    let kept = place.object.as_deref() == Some(&*name);
    if let Some(why) = dialect.refuses_name(&name).filter(|_| !kept) {
        return Err(called(why.to_owned()));
    }
    let to = Item::named(inside, noun, &name)
        .map_err(|why| called(format!("It cannot have this name: {why}.")))?;
    Ok((to, place.with_namespace(&levels).with_object(&name)))
}

/// Why it cannot be that, where that is known: Lakekeeper answers to a name that is taken as to what is missing.
async fn taken(
    client: &Client,
    to: &Item,
    place: &Place,
    there: &Place,
    noun: Noun,
) -> Result<Option<String>, AppError> {
    if there == place {
        return Ok(Some(
            "Nothing would be different: it has this name, and stands there.".to_owned(),
        ));
    }
    if there.namespace != place.namespace {
        let inside = Namespace::try_new(&there.namespace).map_err(Error::from)?;
        if let Ok(false) = client.namespace_exists(&inside).await {
            let why = format!("This connection shows no namespace {inside}.");
            return Err(refused(why).at(&LEVELS));
        }
    }
    let taken = matches!(to.is_there(client).await, Ok(true));
    Ok(taken.then(|| format!("There is a {} {} already.", noun.word(), there.dotted())))
}

pub fn item(place: &Place, noun: Noun) -> Result<Item, AppError> {
    Ok(match noun {
        Noun::View => Item::View(view_ident(place)?),
        _ => Item::Table(table_ident(place)?),
    })
}

impl Item {
    /// What tells it from another one of its name, and where its metadata stands.
    pub async fn state(&self, client: &Client) -> Result<(Option<String>, Option<String>), Error> {
        Ok(match self {
            Self::View(view) => {
                let view = client.load_view(view).await?;
                let uuid = view.metadata.view_uuid.or(view.metadata.location);
                (uuid, view.metadata_location)
            }
            Self::Table(table) => {
                let table = table_now(client, table, SnapshotsMode::Refs).await?;
                let LoadTableResult {
                    metadata,
                    metadata_location,
                    ..
                } = Arc::unwrap_or_clone(table);
                (metadata.table_uuid.or(metadata.location), metadata_location)
            }
            Self::Namespace(_) => (None, None),
        })
    }
}

/// What cannot be read is there all the same, and can be dropped.
async fn state(item: &Item, client: &Client, place: &Place, noun: Noun) -> Result<State, AppError> {
    let ((uuid, metadata), unread) = match item.state(client).await {
        Ok(state) => (state, None),
        Err(error) => match (error.hint(), AppError::from(error.clone())) {
            (Some(Hint::Gone | Hint::Hidden), _) => {
                return Err(named(error, client, place, noun.word()));
            }
            (Some(Hint::Metadata), told) => ((None, None), Some(told.message)),
            (_, told) if of_its_own(told.kind) => ((None, None), Some(told.message)),
            (_, told) => return Err(told),
        },
    };
    let unread = unread.map(|why| {
        format!(
            "Its metadata cannot be read, so nobody can tell whether it is changed meanwhile. {why}"
        )
    });
    Ok(State {
        uuid,
        metadata,
        unread,
    })
}

/// Whether what fails so is the reading of one object, not the way to its catalog.
fn of_its_own(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Forbidden | Kind::TooLarge | Kind::Malformed | Kind::Upstream
    )
}

pub fn change(
    operation: &'static str,
    client: &Client,
    connection: &Catalog,
    place: &Place,
    noun: Noun,
) -> Change {
    let catalog = warehouse(client, connection).to_owned();
    let namespace = place.namespace.clone();
    let name = place.object.clone().unwrap_or_default();
    let named = match noun {
        Noun::View => Named::View {
            catalog,
            namespace,
            name,
        },
        _ => Named::Table {
            catalog,
            namespace,
            name,
        },
    };
    Change::new(operation, Object::One(named))
}
