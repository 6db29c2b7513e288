use model::{
    connection_form::{ConnectionList, ConnectionRow, Made},
    error::AppError,
    person::Role,
};

use super::{board::health, form::settings};
use crate::{
    Catalog, Session,
    people::unusable,
    spec::{Audience, Origin},
};

/// All connections, in order. For admins.
pub async fn load_connection_list(session: &Session) -> Result<ConnectionList, AppError> {
    session.must_be(Role::Admin, "connections").await?;
    let kept = session.store()?.connections().await.map_err(unusable)?;
    let fixed = session
        .all()
        .filter_map(|catalog| match catalog.spec.origin {
            Origin::File => Some(row(&catalog, Made::Configured)),
            Origin::Sample => Some(row(&catalog, Made::Sample)),
            Origin::Browser(_) => None,
        });
    let mut rows: Vec<_> = fixed.collect();
    for kept in kept {
        let kept = match kept {
            Ok(kept) => kept,
            Err(name) => {
                rows.push(unused(name, String::new(), Made::Altered));
                continue;
            }
        };
        let called = session.shared(&kept.name).ok();
        let called = called.filter(|it| !kept.disabled && it.spec.origin.is_browser());
        rows.push(match called {
            Some(catalog) => row(&catalog, Made::Here),
            None => {
                let url = settings(&kept)
                    .ok()
                    .and_then(|it| it.text("url").map(str::to_owned));
                let made = if kept.disabled {
                    Made::Disabled
                } else {
                    Made::Uncalled
                };
                unused(kept.name, url.unwrap_or_default(), made)
            }
        });
    }
    Ok(ConnectionList { rows })
}

fn row(catalog: &Catalog, made: Made) -> ConnectionRow {
    let spec = &catalog.spec;
    ConnectionRow {
        name: spec.name.clone(),
        url: spec.url.clone(),
        acts: catalog.acts_as().into_owned(),
        audience: audience(&spec.audience),
        health: catalog.probed().map(health),
        is_personal: catalog.is_personal(),
        made,
    }
}

fn unused(name: String, url: String, made: Made) -> ConnectionRow {
    ConnectionRow {
        name,
        url,
        acts: String::new(),
        audience: "nobody".into(),
        health: None,
        is_personal: false,
        made,
    }
}

fn audience(audience: &Audience) -> String {
    let role = match audience.role {
        Role::Viewer => return "everybody".into(),
        Role::Editor => "editors and admins",
        Role::Admin => "admins",
    };
    match audience.people.len() {
        0 => role.into(),
        count => format!("{role}, and {}", model::format::counted(count, "person")),
    }
}
