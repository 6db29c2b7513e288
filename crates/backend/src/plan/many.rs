//! Several tables of a namespace at once: each is a change of its own, held by what holds that.

use std::{collections::HashSet, sync::Arc};

use futures_util::{StreamExt, stream};
use model::{
    batch::{Batch, PartState},
    error::AppError,
    form::{DO, FILES, Field, KEY, LEVELS, METADATA_LOCATION, NAME, OTHERS, TABLE, TOGETHER},
    format::counted,
    page::{ChangePage, NamespaceTab, TableTab},
    paths::{Place, Query},
    preview::{Item, Preview},
};

use super::{AT_ONCE, Plan, hashed, namespaces, plan, tables::is_place, together::join};
use crate::{
    Catalog, Session, change::Change, forms::refused, once::new_id, reading::catalog,
    tasks::to_its_end,
};

/// Most that are changed at once.
const MOST: usize = 1_000;

/// What is done with several tables.
pub struct Many {
    connection: Arc<Catalog>,
    change: Change,
    title: String,
    /// The page that shows how far it is.
    to: String,
    confirms: bool,
    /// Another change of this namespace's tables is under way.
    waits: bool,
    /// What takes them.
    field: &'static Field,
    items: Vec<Item>,
    each: Each,
}

/// How they are changed.
enum Each {
    /// Each by a call of its own.
    Alone(Vec<One>),
    /// In one call.
    Together(Box<Plan>),
}

struct One {
    /// As it was chosen.
    what: String,
    place: Place,
    plan: Result<Plan, AppError>,
}

/// What the form comes to, table by table. What concerns all of them is an error of the form.
pub async fn read(session: &Session, place: &Place, fields: &Query) -> Result<Many, AppError> {
    let blank = |field: &Field| fields.text(field.name).trim().is_empty();
    let mut field = &TABLE;
    let (page, verb) = match &*fields.text(DO.name) {
        "drop" => (ChangePage::DropTable, "Drop"),
        "move" if blank(&LEVELS) => {
            return Err(refused("It takes a namespace to move them to.").at(&LEVELS));
        }
        "move" => (ChangePage::RenameTable, "Move"),
        "set" if blank(&KEY) => return Err(refused("It takes a key to set.").at(&KEY)),
        "set" => (ChangePage::EditTable, "Set a property of"),
        "register" => {
            field = &FILES;
            (ChangePage::RegisterTable, "Register")
        }
        _ => return Err(refused("Choose what is done with them.").at(&DO)),
    };
    let chosen = match page {
        ChangePage::RegisterTable => files(fields)?,
        _ => names(fields)?,
    };
    let (connection, change) = of(session, place).await?;
    let one = |chosen: Chosen| {
        let Chosen { what, name, file } = chosen;
        let (session, place) = (session.clone(), place.with_object(&name));
        let fields = fields.clone().with(NAME.name, &name);
        let fields = fields.with(METADATA_LOCATION.name, &file);
        async move {
            let plan = plan(&session, page, &place, &fields).await;
            One { what, place, plan }
        }
    };
    let all: Vec<_> = stream::iter(chosen)
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
        // What is wrong with a line stands at the lines.
        let of_lines = page == ChangePage::RegisterTable;
        return Err(if of_lines { first.at(field) } else { first });
    }
    let last = connection.changes.batches.last(&change.object);
    let (tables, namespace) = (counted(all.len(), "table"), place.dotted());
    let title = format!("{verb} {tables} of {namespace}");
    let items: Vec<_> = all.iter().map(One::item).collect();
    let to = place.change_path(ChangePage::Tables);
    let each = match page {
        ChangePage::EditTable if !fields.text(TOGETHER.name).is_empty() => {
            let stays = items.iter().find_map(|item| item.off.as_ref());
            if let Some(why) = stays {
                let why = format!("One of them cannot be changed, so none is: {why}");
                return Err(refused(why).at(&TOGETHER));
            }
            let plans = all.into_iter();
            let plans = plans.filter_map(|one| Some((one.place, one.plan.ok()?)));
            let tables = place.namespace_tab_path(NamespaceTab::Tables);
            Each::Together(Box::new(join(
                plans.collect(),
                &title,
                change.clone(),
                tables,
            )?))
        }
        _ => Each::Alone(all),
    };
    Ok(Many {
        connection,
        change,
        title,
        to,
        confirms: page == ChangePage::DropTable,
        waits: last.is_some_and(|last| last.ended.is_none()),
        field,
        items,
        each,
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
    connection.permit(&change).await?;
    connection.changes.batches.stop(&change.object);
    Ok(place.change_path(ChangePage::Tables))
}

async fn of(session: &Session, place: &Place) -> Result<(Arc<Catalog>, Change), AppError> {
    let (connection, client) = catalog(session, place).await?;
    let levels = place.namespace.clone();
    let change = namespaces::change("changeTables", &client, &connection, levels);
    Ok((connection, change))
}

/// One that is chosen.
struct Chosen {
    /// As it was.
    what: String,
    name: String,
    /// Its metadata, where that is what it is registered by.
    file: String,
}

/// Each once, in order.
fn names(fields: &Query) -> Result<Vec<Chosen>, AppError> {
    let others = fields.text(OTHERS.name);
    let chosen = fields.all(TABLE.name).chain(lines(&others));
    let mut seen = HashSet::new();
    let chosen = chosen.filter(|name| seen.insert(name.to_owned()));
    let chosen = chosen.map(|name| Chosen {
        what: name.to_owned(),
        name: name.to_owned(),
        file: String::new(),
    });
    bounded(chosen.collect(), &TABLE, &OTHERS)
}

/// Each with its file. What comes from a sheet may be quoted, and divided by tabs.
fn files(fields: &Query) -> Result<Vec<Chosen>, AppError> {
    let typed = fields.text(FILES.name);
    let mut seen = HashSet::new();
    let mut chosen = Vec::new();
    for (number, line) in typed.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |why: &str| refused(format!("Line {}: {why}", number + 1)).at(&FILES);
        let parts = line.split_once('\t').or_else(|| line.rsplit_once(','));
        let parts = parts.map(|(name, file)| [name, file].map(|it| it.trim().trim_matches('"')));
        let Some([name, file]) = parts.filter(|parts| !parts.contains(&"")) else {
            return Err(wrong("it takes a name, a comma, and a metadata file."));
        };
        if !seen.insert(name.to_owned()) {
            return Err(wrong("this name stands above already."));
        }
        if !is_place(file) {
            return Err(wrong(&format!("“{file}” is no place of a file.")));
        }
        chosen.push(Chosen {
            what: format!("{name}, {file}"),
            name: name.to_owned(),
            file: file.to_owned(),
        });
    }
    bounded(chosen, &FILES, &FILES)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn bounded(
    chosen: Vec<Chosen>,
    none: &'static Field,
    many: &'static Field,
) -> Result<Vec<Chosen>, AppError> {
    match chosen.len() {
        0 => Err(refused("No table is chosen.").at(none)),
        1..=MOST => Ok(chosen),
        more => {
            let why = format!(
                "{} are more than are changed at once: {MOST}.",
                counted(more, "table")
            );
            Err(refused(why).at(many))
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
        let items = self.items.clone();
        let all = match &self.each {
            Each::Together(plan) => {
                return Preview {
                    items,
                    ..plan.preview()
                };
            }
            Each::Alone(all) => all,
        };
        let can = items.iter().filter(|item| item.off.is_none()).count();
        let mut plans = all.iter().filter_map(|one| one.plan.as_ref().ok());
        let marks = all.iter().map(|one| match &one.plan {
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
            texts: Vec::new(),
            items,
            vendor,
            notes: Vec::new(),
            request,
            confirm: (self.confirms && can > 0).then(|| counted(can, "table")),
            off: match (can, self.waits) {
                (0, _) => Some("None of them can be changed so.".to_owned()),
                (_, true) => Some("Another change of several tables of this namespace is under way: wait until it has ended, or stop it.".to_owned()),
                (_, false) => None,
            },
            shown,
            once: new_id(),
            at: String::new(),
            refused: None,
        }
    }

    /// That who asks may change tables here.
    pub async fn permit(&self) -> Result<(), AppError> {
        self.connection.permit(&self.change).await
    }

    /// Begins, in a task of its own; what is one call is made under this key. Answers the page that shows how far it is.
    pub async fn begin(self, key: String) -> Result<String, AppError> {
        let all = match self.each {
            Each::Together(plan) => return plan.send(key).await,
            Each::Alone(all) => all,
        };
        let all: Vec<_> = all.into_iter().filter(|one| one.off().is_none()).collect();
        let names = all.iter().map(|one| one.what.clone()).collect();
        let running = self.connection.begin(self.change, self.title, names);
        running.chosen_by(self.field);
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
        to_its_end(work);
        Ok(self.to)
    }
}
