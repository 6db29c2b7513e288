//! Connections: their cards on the home page, and what a catalog says about itself.

mod board;
pub(crate) mod choices;
pub mod form;
mod list;

pub use form::load_connection_form;
pub use list::load_connection_list;

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use futures_util::future::join_all;
use iceberg_rest::{Auth, Client, Operation, Support};
use model::{
    Read,
    connections::{
        Ability, Choices, ConnectionCard, ConnectionView, Facts, OTHERS, Opened, Rights, Unchosen,
    },
    error::{AppError, Kind},
    page::ChangePage,
    paths::Place,
    person::Role,
    section::Section,
    settings::settings,
    shown::Reveal,
};
use tokio::{task::JoinSet, time::timeout};

use crate::{Catalog, Session, plan, reading::notes, separator::separator_note};

/// How long a new look that somebody asks for is waited for: most servers have answered by then.
const PATIENCE: Duration = Duration::from_millis(300);

/// The configured connections, as last probed: waits for nothing that takes long. Those that failed are looked at
/// again, and warehouses and namespaces are listed for who looks here.
pub async fn list_connections(session: &Session) -> Vec<ConnectionCard> {
    let looks = session.connections().map(|connection| {
        let signed_out = session.signed_out_of(&connection.spec.name);
        let begun = signed_out.is_none() && {
            connection.look_again();
            connection.look_for_names(session.reloaded())
        };
        async move {
            let mut card = board::card(session, &connection, signed_out).await;
            card.warehouses.under_way |= begun;
            card
        }
    });
    join_all(looks).await
}

/// Looks at every connection now; waits a moment for those that answer soon.
pub async fn probe(session: &Session) {
    let look = |catalog: Arc<Catalog>| async move {
        catalog.probe().await;
        catalog.name_again().await;
    };
    let mut looks: JoinSet<()> = session.signed_in().map(look).collect();
    // Whether all have ended or time is up, the page shows what there is.
    let _ = timeout(PATIENCE, async {
        while looks.join_next().await.is_some() {}
    })
    .await;
    looks.detach_all();
}

/// What all pages of the connection go by. What its server does not tell now is unknown, not refused.
pub async fn load_facts(session: &Session, place: Place) -> Result<Facts, AppError> {
    let connection = session.connection(&place.connection)?;
    let opened = session
        .load(async { Ok(connection.client(place.warehouse.as_deref(), None).await?) })
        .await;
    let fixed = match (&opened, &place.reference) {
        (Ok(client), Some(reference)) => {
            let asked = async { Ok(choices::fixed(&connection, client, reference).await) };
            session.load(asked).await.unwrap_or_default()
        }
        _ => None,
    };
    let dialect = connection.known_dialect();
    let endpoints = opened.as_ref().ok();
    let endpoints = endpoints.and_then(|client| client.config().endpoints.as_deref());
    let name = &connection.spec.name;
    let offer = |section: Section| (section, section.offer(name, dialect, endpoints));
    let is_admin = session.who().must_be(Role::Admin).is_ok();
    Ok(Facts {
        edits: is_admin && connection.spec.origin.is_browser(),
        name: name.clone(),
        dialect,
        sections: Section::ALL.map(offer).into(),
        locked: connection.locked(),
        managed: connection.managed(),
        fixed,
        off: opened.as_ref().map(off).unwrap_or_default(),
        waiting: matches!(&opened, Err(error) if error.kind == Kind::StillWaiting),
        warehouse: connection.spec.warehouse.clone(),
        wants_warehouse: connection.wants_warehouse(),
        reference: opened
            .as_ref()
            .ok()
            .and_then(|client| client.reference().map(str::to_owned)),
        others: {
            let names = session.connections().map(|other| other.spec.name.clone());
            names.filter(|other| other != name).take(OTHERS).collect()
        },
    })
}

/// What the server is known not to change, page by page.
fn off(client: &Client) -> Vec<(ChangePage, String)> {
    let off = |page: &ChangePage| Some((*page, plan::off(client, *page)?));
    ChangePage::ALL.iter().filter_map(off).collect()
}

/// What the catalog says about itself; `fresh` connects anew.
pub async fn load_connection(
    session: &Session,
    place: Place,
    fresh: bool,
) -> Result<Read<Opened>, AppError> {
    let connection = session.connection(&place.connection)?;
    session
        .load(async {
            let (warehouse, reference) = (place.warehouse.as_deref(), place.reference.as_deref());
            match connection.connect(warehouse, reference, fresh).await {
                Ok((client, at)) => {
                    let view = view(&connection, &client, session.reveal());
                    Ok(Read {
                        data: Opened::At(Box::new(view)),
                        at: at.into(),
                        notes: notes(&client.config().oddities),
                    })
                }
                Err(error) if connection.is_unchosen(warehouse, &error) => {
                    let opened = Opened::Unchosen(unchosen(&connection));
                    Ok(Read::new(opened, SystemTime::now().into()))
                }
                Err(error) => Err(error.into()),
            }
        })
        .await
}

/// The server's warehouses, where it can name them; `fresh` asks it, whatever is kept.
pub async fn list_warehouses(
    session: &Session,
    place: Place,
    fresh: bool,
) -> Result<Choices, AppError> {
    let connection = session.connection(&place.connection)?;
    let fresh = fresh || session.reloaded();
    let listed = choices::warehouses(&connection, place.warehouse.as_deref(), fresh);
    session.load(listed).await
}

/// What this identity may do with the warehouse itself, where its server can be asked that.
pub async fn load_rights(session: &Session, place: Place) -> Result<Option<Rights>, AppError> {
    let connection = session.connection(&place.connection)?;
    let asked = async {
        let client = connection.client(place.warehouse.as_deref(), None).await?;
        let actions = connection.actions(&client, session.reloaded()).await?;
        let at = actions.at.into();
        Ok(actions
            .value
            .as_deref()
            .map(|allowed| Rights::new(allowed, at)))
    };
    session.load(asked).await
}

/// Branches and tags, where the catalog has such.
pub async fn list_references(session: &Session, place: Place) -> Result<Option<Choices>, AppError> {
    let connection = session.connection(&place.connection)?;
    let listed = choices::references(&connection, place.warehouse.as_deref(), session.reloaded());
    session.load(listed).await
}

fn unchosen(connection: &Catalog) -> Unchosen {
    let kind = connection.known_dialect().map(|kind| kind.profile().title);
    Unchosen {
        url: connection.spec.url.clone(),
        kind: kind.unwrap_or_default().to_owned(),
        auth: connection.signs_in(),
        read_only: connection.spec.read_only,
        makes: makes(connection),
    }
}

/// Whether warehouses can be made through it.
fn makes(connection: &Catalog) -> bool {
    let is_polaris = |dialect| Section::Principals.is_of(dialect);
    !connection.spec.read_only && connection.known_dialect().is_some_and(is_polaris)
}

fn view(connection: &Catalog, client: &Client, reveal: &Reveal) -> ConnectionView {
    let config = client.config();
    let ignored = client.ignored_overrides().iter();
    ConnectionView {
        url: connection.spec.url.clone(),
        kind: client.dialect().profile().title.to_owned(),
        kind_configured: connection.spec.kind.is_some(),
        auth: connection.signs_in(),
        read_only: connection.spec.read_only,
        warehouse: client.warehouse().map(str::to_owned),
        reference: client.reference().map(str::to_owned),
        prefix: client.prefix().to_owned(),
        separator: config.separator().encoded().to_owned(),
        separator_note: separator_note(&config.separator()),
        defaults: settings(&config.defaults, reveal),
        overrides: settings(&config.overrides, reveal),
        ignored: ignored
            .map(|ignored| (ignored.key.clone(), ignored.reason.to_string()))
            .collect(),
        endpoints: config.endpoints.clone().filter(|list| !list.is_empty()),
        abilities: abilities(connection, client),
    }
}

fn is_listed_nowhere(operation: Operation) -> bool {
    matches!(operation, Operation::GetToken | Operation::SendNotification)
}

fn abilities(connection: &Catalog, client: &Client) -> Vec<Ability> {
    let own = format!(
        "{}/v1/oauth/tokens",
        connection.spec.url.trim_end_matches('/')
    );
    let signs_in =
        matches!(&connection.identity, Auth::OAuth2 { token_url, .. } if *token_url == own);
    let capabilities = client.capabilities();
    let ability = |operation: &Operation| {
        let (works, reason) = match capabilities.support(*operation) {
            Support::No(_) | Support::Unknown if *operation == Operation::GetToken && signs_in => (
                Some(true),
                Some("This connection signs in with it.".to_owned()),
            ),
            // No list of endpoints names these, though they work.
            Support::No(_) if is_listed_nowhere(*operation) => {
                (None, Some("Servers have it without listing it.".to_owned()))
            }
            Support::Yes => (Some(true), None),
            Support::No(reason) => (Some(false), Some(reason)),
            Support::Unknown => (None, None),
        };
        Ability {
            call: operation.route().to_string(),
            works,
            reason,
        }
    };
    Operation::ALL.iter().map(ability).collect()
}
