//! Several tables of a namespace at once: each is a change of its own, held by what holds that.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use model::{
    batch::{Batch, PartState},
    error::AppError,
    form::{DO, KEY, LEVELS, NAME, OTHERS, TABLE},
    format::counted,
    page::{ChangePage, TableTab},
    paths::{Place, Query},
    preview::{Item, Preview},
};
use tracing::Instrument;

use super::{Plan, hashed, namespaces, plan};
use crate::{Catalog, Session, change::Change, forms::refused, once::new_id, reading::catalog};

/// Most that are changed at once.
const MOST: usize = 1_000;
/// How many calls are under way at a time.
const AT_ONCE: usize = 4;

/// What is done with several tables.
pub struct Many {
    connection: Arc<Catalog>,
    change: Change,
    title: String,
    /// The page that shows how far it is.
    to: String,
    confirms: bool,
    all: Vec<One>,
}

struct One {
    place: Place,
    plan: Result<Plan, AppError>,
}

/// What the form comes to, table by table. What concerns all of them is an error of the form.
pub async fn read(session: &Session, place: &Place, fields: &Query) -> Result<Many, AppError> {
    let names = chosen(fields)?;
    let blank = |field: &model::form::Field| fields.text(field.name).trim().is_empty();
    let (page, verb) = match &*fields.text(DO.name) {
        "drop" => (ChangePage::DropTable, "Drop"),
        "move" if blank(&LEVELS) => {
            return Err(refused("It takes a namespace to move them to.").at(&LEVELS));
        }
        "move" => (ChangePage::RenameTable, "Move"),
        "set" if blank(&KEY) => return Err(refused("It takes a key to set.").at(&KEY)),
        "set" => (ChangePage::EditTable, "Set a property of"),
        _ => return Err(refused("Choose what is done with them.").at(&DO)),
    };
    let (connection, change) = of(session, place).await?;
    let one = |name: String| {
        let (session, place) = (session.clone(), place.with_object(&name));
        let fields = fields.clone().with(NAME.name, &name);
        async move {
            let plan = plan(&session, page, &place, &fields).await;
            One { place, plan }
        }
    };
    let all: Vec<_> = stream::iter(names)
        .map(one)
        .buffered(AT_ONCE)
        .collect()
        .await;
    let wrong = |one: &One| {
        one.plan
            .as_ref()
            .err()
            .filter(|it| it.field.is_some())
            .cloned()
    };
    let mut wrongs = all.iter().map(wrong);
    if let Some(Some(first)) = wrongs.next()
        && wrongs.all(|wrong| wrong.is_some())
    {
        return Err(first);
    }
    Ok(Many {
        connection,
        change,
        title: format!(
            "{verb} {} of {}",
            counted(all.len(), "table"),
            place.dotted()
        ),
        to: place.change_path(ChangePage::Tables),
        confirms: page == ChangePage::DropTable,
        all,
    })
}

/// The change of several that is under way, or what came of the last one.
pub async fn load_last(session: &Session, place: Place) -> Result<Option<Batch>, AppError> {
    let (connection, change) = of(session, &place).await?;
    Ok(connection.changes.batches.last(&change.object))
}

/// What is under way ends with what is begun. Answers the page that shows it.
pub async fn stop(session: &Session, place: &Place) -> Result<String, AppError> {
    let (connection, change) = of(session, place).await?;
    connection.changes.batches.stop(&change.object);
    Ok(place.change_path(ChangePage::Tables))
}

async fn of(session: &Session, place: &Place) -> Result<(Arc<Catalog>, Change), AppError> {
    let (connection, client) = catalog(session, place).await?;
    let levels = place.namespace.clone();
    let change = namespaces::change("changeTables", &client, &connection, levels);
    Ok((connection, change))
}

/// Each once, in order.
fn chosen(fields: &Query) -> Result<Vec<String>, AppError> {
    let others = fields.text(OTHERS.name);
    let others = others
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let mut names: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for name in fields.all(TABLE.name).chain(others) {
        if seen.insert(name.to_owned()) {
            names.push(name.to_owned());
        }
    }
    match names.len() {
        0 => Err(refused("No table is chosen.").at(&TABLE)),
        1..=MOST => Ok(names),
        more => {
            let why = format!(
                "{} are more than are changed at once: {MOST}.",
                counted(more, "table")
            );
            Err(refused(why).at(&OTHERS))
        }
    }
}

impl One {
    /// Why nothing becomes of it, where that is known.
    fn off(&self) -> Option<String> {
        match &self.plan {
            Ok(plan) => plan.off.clone(),
            Err(error) => Some(error.message.clone()),
        }
    }

    fn name(&self) -> String {
        self.place.object.clone().unwrap_or_default()
    }

    fn item(&self) -> Item {
        let says = self.plan.as_ref().ok();
        let says = says.and_then(|plan| plan.says.first().cloned());
        Item {
            name: self.name(),
            href: self.place.table_path(TableTab::Overview),
            says: says.unwrap_or_default(),
            off: self.off(),
        }
    }
}

impl Many {
    /// Table by table, and the request of the first.
    pub fn preview(&self) -> Preview {
        let items: Vec<_> = self.all.iter().map(One::item).collect();
        let can = items.iter().filter(|item| item.off.is_none()).count();
        let mut plans = self.all.iter().filter_map(|one| one.plan.as_ref().ok());
        let marks = self.all.iter().map(|one| match &one.plan {
            Ok(plan) => plan.shown(),
            Err(error) => error.message.clone(),
        });
        let shown = hashed(marks.collect::<Vec<_>>());
        let left = items.len() - can;
        let mut says = vec![format!(
            "{}: {can} of them, each by a call of its own, up to {AT_ONCE} at a time. What one call fails in stops no other.",
            self.title
        )];
        says.extend(match left {
            0 => None,
            1 => Some("One of them stays as it is, for the reason beside it.".to_owned()),
            _ => Some(format!(
                "{left} of them stay as they are, for the reason beside each."
            )),
        });
        let first = plans.find(|plan| plan.off.is_none()).map(Plan::preview);
        let (vendor, request) = first.map(|it| (it.vendor, it.request)).unwrap_or_default();
        Preview {
            says,
            rows: Vec::new(),
            items,
            vendor,
            request,
            confirm: (self.confirms && can > 0).then(|| counted(can, "table")),
            off: (can == 0).then(|| "None of them can be changed so.".to_owned()),
            shown,
            once: new_id(),
            at: String::new(),
            refused: None,
        }
    }

    /// Begins, in a task of its own. Answers the page that shows how far it is.
    pub fn begin(self) -> String {
        let all: Vec<_> = self
            .all
            .into_iter()
            .filter(|one| one.off().is_none())
            .collect();
        let names = all.iter().map(One::name).collect();
        let running = self.connection.begin(self.change, self.title, names);
        let work = async move {
            let plans = all.into_iter().filter_map(|one| one.plan.ok()).enumerate();
            let one = async |(index, plan): (usize, Plan)| {
                if running.is_stopping() {
                    return;
                }
                let made = plan.send(new_id()).await;
                let state = made.as_ref().err().map_or(PartState::Done, PartState::from);
                // A server that does not answer will not answer the next either.
                if matches!(state, PartState::Unknown(_)) {
                    running.stop();
                }
                running.set(index, state);
            };
            stream::iter(plans).for_each_concurrent(AT_ONCE, one).await;
        };
        tokio::spawn(work.in_current_span());
        self.to
    }
}
