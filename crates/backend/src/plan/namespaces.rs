mod drop;
mod held;

pub use drop::drop;

use std::{collections::BTreeMap, time::Duration};

use access::polaris::Object as Named;
use iceberg_rest::{Client, Dialect, Error, Namespace, types::NamespaceDetails};
use model::{
    change::Object,
    error::AppError,
    form::{
        LOCATION, NAME, VALUE,
        operation::{CREATE, SAVE},
    },
    format::counted,
    page::NamespaceTab,
    preview::Difference,
    shown::Reveal,
};
use tokio::time::timeout;

use super::{
    Asked, Beside, Plan,
    edits::{Edits, typed_shown},
    wanted::{Item, Wanted},
};
use crate::{
    Catalog,
    change::Change,
    forms::{properties::typed, refused},
    namespaces::not_there,
};

/// How long the catalog is asked for what is not the change itself.
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
        _ => may_not(&connection, &client).await,
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
        beside: Beside {
            rows: properties.iter().map(row).collect(),
            ..Beside::default()
        },
        read: String::new(),
        confirm: None,
        off,
        to: (place.with_namespace(&levels).namespace_path(), CREATE),
        change: change("createNamespace", &client, &connection, levels),
        write: client.create_namespace(&namespace, &properties)?,
        wanted: Wanted::Namespace(namespace, properties),
        client,
        connection,
    })
}

/// Why this identity makes no namespace at the top, where its server says so now; a sentence.
async fn may_not(connection: &Catalog, client: &Client) -> Option<String> {
    const CREATE: &str = "create_namespace";
    let asked = timeout(PATIENCE, connection.actions(client, true));
    let actions = asked.await.ok()?.ok()?.value;
    let lacks = actions.as_ref().as_ref()?.iter().all(|may| may != CREATE);
    lacks.then(|| {
        format!(
            "{} says that this identity may not create namespaces at the top of this warehouse.",
            client.dialect().profile().title
        )
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
    Ok(Plan {
        says: edits.says(),
        read: format!("{:?}", now.properties),
        beside: edits.beside(&now.properties, reveal),
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
        client,
        connection,
    })
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
