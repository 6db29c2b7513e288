//! From the top of both through all names. Memory holds names and what differs: of a table no more than while it is
//! compared.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use futures_util::{StreamExt, stream};
use iceberg_rest::{
    Client, Completeness, Error, ErrorKind, Hint, Listing, Loaded, Namespace, Operation,
    SnapshotsMode, Support, TableIdent, ViewIdent,
};
use model::{
    catalog_comparison::{Aspect, Found},
    comparison::Shape,
    error::AppError,
    names::NameKind,
    paths::LEVELS,
};
use serde_json::Value;

use super::job::{Known, lock};
use crate::blocking::blocking;

/// Namespaces that are looked into at a time, and in each of them objects.
const TOGETHER: usize = 4;
/// Namespaces that are looked into.
const NAMESPACES: usize = 20_000;

/// The names of one side, and why there may be more.
struct Names {
    names: BTreeSet<String>,
    more: Option<String>,
}

pub async fn walk(sides: [Client; 2], known: &Mutex<Known>) {
    let mut level = vec![Vec::new()];
    while !level.is_empty() {
        let reading = level
            .into_iter()
            .map(|levels: Vec<String>| visit(&sides, levels, known));
        let found: Vec<_> = stream::iter(reading)
            .buffer_unordered(TOGETHER)
            .collect()
            .await;
        level = found.into_iter().flatten().collect();
    }
}

/// Compares what is in a namespace of both; the namespaces in it that both have.
async fn visit(sides: &[Client; 2], levels: Vec<String>, known: &Mutex<Known>) -> Vec<Vec<String>> {
    let namespace = Namespace::try_new(levels.clone()).ok();
    let inside = both(sides, |side| namespaces(side, namespace.as_ref())).await;
    let shared = one_sided(NameKind::Namespaces, &levels, inside, known);
    let children = children(&levels, shared, known);
    if let Some(namespace) = namespace {
        let tables = both(sides, |side| tables(side, &namespace)).await;
        let tables = one_sided(NameKind::Tables, &levels, tables, known);
        let views = both(sides, |side| views(side, &namespace)).await;
        let views = one_sided(NameKind::Views, &levels, views, known);
        lock(known).objects.1 += tables.len() + views.len();
        let objects = tables.into_iter().map(|name| (NameKind::Tables, name));
        let objects = objects.chain(views.into_iter().map(|name| (NameKind::Views, name)));
        let (namespace, levels) = (&namespace, &levels);
        let compare = |(kind, name): (NameKind, String)| async move {
            let differs = match kind {
                NameKind::Tables => table(sides, namespace, &name).await,
                _ => view(sides, namespace, &name).await,
            };
            let mut known = lock(known);
            known.objects.0 += 1;
            match differs {
                Ok(aspects) if aspects.is_empty() => known.totals.same += 1,
                Ok(aspects) => known.add(kind, below(levels, name), Found::Differs(aspects)),
                Err(why) => known.add(kind, below(levels, name), Found::Unknown(why, false)),
            }
        };
        stream::iter(objects)
            .for_each_concurrent(TOGETHER, compare)
            .await;
        lock(known).namespaces.0 += 1;
    }
    children
}

/// Those that are looked into next.
fn children(levels: &[String], shared: Vec<String>, known: &Mutex<Known>) -> Vec<Vec<String>> {
    let mut known = lock(known);
    let room = match levels.len() < LEVELS {
        true => NAMESPACES.saturating_sub(known.namespaces.1),
        false => 0,
    };
    if shared.len() > room {
        known.note(
            format!("No more than {NAMESPACES} namespaces of {LEVELS} levels are looked into"),
            String::new(),
        );
    }
    let inside = shared.into_iter().take(room);
    let inside: Vec<_> = inside.map(|name| below(levels, name)).collect();
    known.namespaces.1 += inside.len();
    inside
}

fn below(levels: &[String], name: String) -> Vec<String> {
    levels.iter().cloned().chain([name]).collect()
}

async fn both<T, F: Future<Output = T>>(sides: &[Client; 2], ask: impl Fn(Client) -> F) -> [T; 2] {
    let [from, to] = sides;
    let (from, to) = tokio::join!(ask(from.clone()), ask(to.clone()));
    [from, to]
}

/// Adds what one side alone has, and gives what both have. What the other side may have all the same is not known.
fn one_sided(
    kind: NameKind,
    levels: &[String],
    [from, to]: [Names; 2],
    known: &Mutex<Known>,
) -> Vec<String> {
    let mut known = lock(known);
    for (which, side) in [("first", &from), ("second", &to)] {
        if let Some(why) = &side.more {
            let place = match levels.is_empty() {
                true => "at the top".to_owned(),
                false => format!("in {}", levels.join(".")),
            };
            let what = format!(
                "Of the {which}, {}s could not all be listed: {why}",
                kind.noun()
            );
            known.note(what, place);
        }
    }
    for (has, lacks, found, which) in [
        (&from, &to, Found::First, "second"),
        (&to, &from, Found::Second, "first"),
    ] {
        let is_second = which == "first";
        for name in has.names.difference(&lacks.names) {
            let found = match lacks.more {
                None => found.clone(),
                Some(_) => {
                    let why = format!("Not seen in the {which}, of which not all could be listed");
                    Found::Unknown(why, is_second)
                }
            };
            known.add(kind, below(levels, name.clone()), found);
        }
    }
    if kind == NameKind::Namespaces {
        known.totals.same += from.names.intersection(&to.names).count();
    }
    from.names.intersection(&to.names).cloned().collect()
}

async fn namespaces(side: Client, parent: Option<&Namespace>) -> Names {
    let listed = side.list_namespaces(parent).await;
    names(listed, false, |namespace: &Namespace| {
        namespace.name().to_owned()
    })
}

async fn tables(side: Client, namespace: &Namespace) -> Names {
    let listed = side.list_tables(namespace).await;
    names(listed, false, |table: &TableIdent| table.name().to_owned())
}

async fn views(side: Client, namespace: &Namespace) -> Names {
    let listed = side.list_views(namespace).await;
    let support = side.capabilities().support(Operation::ListViews);
    let has_none = matches!(support, Support::No(_));
    names(listed, has_none, |view: &ViewIdent| view.name().to_owned())
}

/// `has_none`: by what the server says of itself.
fn names<T>(
    listed: Result<Listing<T>, Error>,
    has_none: bool,
    name: impl Fn(&T) -> String,
) -> Names {
    match listed {
        Ok(list) => Names {
            names: list.items.iter().map(name).collect(),
            more: match list.completeness {
                Completeness::Complete => None,
                Completeness::Capped { reason } => Some(reason),
            },
        },
        // That there is no such call may also be a gateway's word.
        Err(error)
            if error.hint() == Some(Hint::OneLevel)
                || has_none && error.kind == ErrorKind::Unsupported =>
        {
            Names {
                names: BTreeSet::new(),
                more: None,
            }
        }
        Err(error) => Names {
            names: BTreeSet::new(),
            more: Some(AppError::from(error).sentence()),
        },
    }
}

async fn table(
    sides: &[Client; 2],
    namespace: &Namespace,
    name: &str,
) -> Result<Vec<Aspect>, String> {
    let ident = TableIdent::try_new(namespace.clone(), name).map_err(|error| error.to_string())?;
    let shape = |side: Client| {
        let ident = &ident;
        async move {
            let loaded = side.load_table(ident, SnapshotsMode::Refs, None).await?;
            let Loaded::Table { result, .. } = loaded else {
                return Err(Error::invalid("The catalog sent nothing."));
            };
            let snapshot = result.metadata.current_snapshot_id.clone();
            Ok((Shape::from(&result.metadata), snapshot))
        }
    };
    let [from, to] = both(sides, shape).await;
    let ((from, at), (to, there)) = read(from, to)?;
    let lacks = [&from, &to].into_iter().flat_map(|side| side.lacks());
    let lacks = lacks.cloned().collect::<Vec<_>>().join(" ");
    let compared = blocking(move || from.aspects(&to)).await;
    let mut aspects = compared.map_err(|error| error.message)?;
    if at != there {
        aspects.push(Aspect::Snapshot);
    }
    // What neither says is not the same.
    match aspects.is_empty() && !lacks.is_empty() {
        true => Err(lacks),
        false => Ok(aspects),
    }
}

fn read<T>(from: Result<T, Error>, to: Result<T, Error>) -> Result<(T, T), String> {
    let of = |which: &str, error: Error| {
        format!(
            "The {which} cannot be read: {}",
            AppError::from(error).sentence()
        )
    };
    Ok((
        from.map_err(|error| of("first", error))?,
        to.map_err(|error| of("second", error))?,
    ))
}

async fn view(
    sides: &[Client; 2],
    namespace: &Namespace,
    name: &str,
) -> Result<Vec<Aspect>, String> {
    let ident = ViewIdent::try_new(namespace.clone(), name).map_err(|error| error.to_string())?;
    let raw = |side: Client| {
        let ident = &ident;
        async move { side.load_view_raw(ident).await }
    };
    let [from, to] = both(sides, raw).await;
    let (from, to) = read(from, to)?;
    let differ = |of: fn(&Value) -> Value| of(&from) != of(&to);
    let aspects = [
        (differ(fields), Aspect::Schema),
        (differ(queries), Aspect::Query),
        (
            differ(|view| view["properties"].clone()),
            Aspect::Properties,
        ),
    ];
    Ok(aspects
        .into_iter()
        .filter_map(|(differs, aspect)| differs.then_some(aspect))
        .collect())
}

/// The version that readers see.
fn current(view: &Value) -> Option<&Value> {
    let id = &view["current-version-id"];
    let mut versions = view["versions"].as_array()?.iter();
    versions.find(|version| version["version-id"] == *id)
}

fn fields(view: &Value) -> Value {
    let id = current(view).map(|version| &version["schema-id"]);
    let mut schemas = view["schemas"].as_array().into_iter().flatten();
    let schema = schemas.find(|schema| Some(&schema["schema-id"]) == id);
    schema.map_or(Value::Null, |schema| schema["fields"].clone())
}

/// In whichever order they stand.
fn queries(view: &Value) -> Value {
    let all = current(view).and_then(|version| version["representations"].as_array());
    let by_text: BTreeMap<String, &Value> = all
        .into_iter()
        .flatten()
        .map(|query| (query.to_string(), query))
        .collect();
    by_text.into_values().cloned().collect()
}
