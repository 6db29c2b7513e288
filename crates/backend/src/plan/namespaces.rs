use std::{collections::BTreeMap, time::Duration};

use access::polaris::Object as Named;
use futures_util::future::join_all;
use iceberg_rest::{Client, Completeness, Dialect, Error, Namespace, types::NamespaceDetails};
use model::{
    change::Object,
    error::AppError,
    form::{
        LOCATION, NAME, VALUE,
        operation::{CREATE, DROP, SAVE},
    },
    format::{count, counted, plural},
    names::NameKind,
    page::NamespaceTab,
    preview::Difference,
    shown::Reveal,
};
use tokio::time::Instant;

use super::{
    Asked, Plan,
    edits::{Edits, typed_shown},
    wanted::{Item, Wanted},
};
use crate::{
    Catalog,
    change::Change,
    forms::{properties::typed, refused},
    listing::{ListKind, ListState},
    names::kinds_inside,
    namespaces::not_there,
};

/// How long the lists of a namespace are waited for: what has not come by then is counted as far as it has.
const PATIENCE: Duration = Duration::from_secs(2);
const LOCATED: &str = "location";

impl Asked<'_> {
    /// The place's namespace, which is there, and what is told of it now.
    async fn namespace(&self) -> Result<(Namespace, NamespaceDetails), AppError> {
        let namespace = Namespace::try_new(&self.place.namespace).map_err(Error::from)?;
        let details = self.client.load_namespace(&namespace).await;
        let details = details.map_err(|error| not_there(error, &self.client, self.place))?;
        Ok((namespace, details))
    }
}

/// One in the place's namespace, or at the top.
pub async fn create(asked: Asked<'_>) -> Result<Plan, AppError> {
    let Asked {
        connection,
        client,
        place,
        fields,
    } = asked;
    let name = fields.text(NAME.name);
    let top = place.namespace.is_empty();
    if let Some(why) = client.dialect().refuses_level(&name, top) {
        return Err(refused(why).at(&NAME));
    }
    let levels = [&place.namespace[..], &[name]].concat();
    let unnamed = |why: String| refused(format!("It cannot have this name: {why}.")).at(&NAME);
    let namespace = Namespace::try_new(levels.clone()).map_err(|why| unnamed(why.to_string()))?;
    client
        .namespace_path(&namespace)
        .map_err(|error| unnamed(error.message.trim_end_matches('.').to_owned()))?;
    let mut properties = typed(fields)?;
    let location = fields.text(LOCATION.name).trim().to_owned();
    if !location.is_empty() && properties.insert(LOCATED.into(), location).is_some() {
        let why = "The location stands twice: in its field, and among the properties.";
        return Err(refused(why).at(&LOCATION));
    }
    let profile = client.dialect().profile();
    let off = match client.namespace_exists(&namespace).await {
        Ok(true) => Some(format!("There is a namespace {namespace} already.")),
        _ if !top => profile.flat(),
        _ => None,
    };
    let inside = match namespace.parent() {
        Some(parent) => format!("in the namespace {parent}"),
        None => format!("at the top of {}", warehouse(&client, &connection)),
    };
    let row = |(key, value): (&String, &String)| Difference {
        key: key.clone(),
        seen: None,
        now: None,
        wanted: Some(typed_shown(key, value)),
    };
    Ok(Plan {
        says: vec![match &off {
            Some(_) => "Nothing: it cannot be created.".to_owned(),
            None => format!(
                "There will be a namespace “{}” {inside}, with {}.",
                namespace.name(),
                properties_of(&properties),
            ),
        }],
        rows: properties.iter().map(row).collect(),
        read: String::new(),
        confirm: None,
        off,
        to: (place.with_namespace(&levels).namespace_path(), CREATE),
        change: change("createNamespace", &client, &connection, levels),
        write: client.create_namespace(&namespace, &properties)?,
        wanted: Wanted::There(Item::Namespace(namespace)),
        client,
        connection,
    })
}

/// Its properties, key by key.
pub async fn edit(asked: Asked<'_>, reveal: &Reveal) -> Result<Plan, AppError> {
    let edits = Edits::read(asked.fields)?;
    let (namespace, now) = asked.namespace().await?;
    let Asked {
        connection,
        client,
        place,
        ..
    } = asked;
    let edits = edits.against(&now.properties);
    if client.dialect() == Dialect::Lakekeeper && edits.updates.contains_key(LOCATED) {
        let why = "Lakekeeper does not let the location of a namespace be changed.";
        return Err(refused(why).at(&VALUE));
    }
    let rows = edits.rows(&now.properties, reveal);
    Ok(Plan {
        says: edits.says(),
        read: format!("{:?}", now.properties),
        confirm: None,
        off: edits.nothing(),
        to: (place.namespace_tab_path(NamespaceTab::Properties), SAVE),
        change: change(
            "updateProperties",
            &client,
            &connection,
            place.namespace.clone(),
        ),
        write: client.update_namespace(&namespace, &edits.removals, &edits.updates)?,
        wanted: Wanted::Edited(Item::Namespace(namespace), edits),
        rows,
        client,
        connection,
    })
}

/// With what it still holds.
pub async fn drop(asked: Asked<'_>) -> Result<Plan, AppError> {
    let (namespace, _) = asked.namespace().await?;
    let Asked {
        connection,
        client,
        place,
        ..
    } = asked;
    let end = Instant::now() + PATIENCE;
    let kinds = kinds_inside(&connection, &client);
    let lists = kinds.iter().filter_map(|kind| {
        let list = ListKind::of(*kind, Some(namespace.clone()))?;
        let look = connection.list(&client, list, true);
        Some(async move { (*kind, look.by(end).await) })
    });
    let lists = join_all(lists).await;
    let (held, unknown) = inside(&lists);
    let profile = client.dialect().profile();
    let off = match held.is_empty() || client.dialect() == Dialect::Generic {
        true => None,
        false => Some(format!(
            "{} refuses to drop a namespace that holds something: drop or move that first.",
            profile.title
        )),
    };
    let holds = match held.as_slice() {
        [] if unknown.is_empty() => "As counted just now, it holds nothing.".to_owned(),
        [] => String::new(),
        held => format!("As counted just now, it still holds {}.", held.join(", ")),
    };
    let unseen = "What this identity may not see is not counted.";
    let says = [
        format!("The namespace {namespace} and its properties go. This cannot be undone."),
        holds,
    ];
    let says = says.into_iter().chain(unknown);
    let says = says.chain(profile.hides.then(|| unseen.to_owned()));
    let around = &place.namespace[..place.namespace.len() - 1];
    let list = place.with_namespace(around);
    Ok(Plan {
        says: says.filter(|sentence| !sentence.is_empty()).collect(),
        rows: Vec::new(),
        read: String::new(),
        confirm: Some(namespace.name().to_owned()),
        off,
        to: (list.namespace_tab_path(NamespaceTab::Namespaces), DROP),
        change: change(
            "dropNamespace",
            &client,
            &connection,
            place.namespace.clone(),
        ),
        write: client.drop_namespace(&namespace)?,
        wanted: Wanted::Gone(Item::Namespace(namespace)),
        client,
        connection,
    })
}

/// How many of what it holds, and what could not be counted.
fn inside(lists: &[(NameKind, ListState)]) -> (Vec<String>, Vec<String>) {
    let (mut held, mut unknown) = (Vec::new(), Vec::new());
    for (kind, state) in lists {
        let (number, noun) = (state.names.len(), kind.noun());
        match &state.end {
            Some(Ok(Completeness::Complete)) if number == 0 => {}
            Some(Ok(Completeness::Complete)) => held.push(counted(number, noun)),
            _ if number > 0 => {
                held.push(format!(
                    "at least {} {}",
                    count(number),
                    plural(number, noun)
                ));
            }
            _ => unknown.push(format!("Its {} could not be counted.", plural(0, noun))),
        }
    }
    (held, unknown)
}

fn properties_of(properties: &BTreeMap<String, String>) -> String {
    match properties.len() {
        0 => "no properties of its own".to_owned(),
        number => counted(number, "property"),
    }
}

/// Its name, or that of the connection where the server has but one.
pub fn warehouse<'a>(client: &'a Client, connection: &'a Catalog) -> &'a str {
    client.warehouse().unwrap_or(&connection.spec.name)
}

pub fn change(
    operation: &'static str,
    client: &Client,
    connection: &Catalog,
    levels: Vec<String>,
) -> Change {
    let named = Named::Namespace {
        catalog: warehouse(client, connection).to_owned(),
        namespace: levels,
    };
    Change::new(operation, Object::One(named))
}
