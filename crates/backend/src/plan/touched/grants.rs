//! What is granted on an object that goes or gets another name, where the catalog's management tells that.

use std::{collections::BTreeMap, future::Future};

use access::polaris::Object as Named;
use futures_util::{StreamExt, stream};
use iceberg_rest::Error;
use model::{
    change::Object,
    error::AppError,
    format::{count, counted, names_and_more},
    paths::Place,
    preview::Note,
    section::Section,
};
use tokio::time::{Instant, timeout_at};
use vendors::polaris::types::GrantResource;

use super::{AT_ONCE, MOST};
use crate::plan::Plan;

/// Roles that are told one by one.
const LISTED: usize = 20;

/// `becomes`: what comes of the grants, as `goes with it`.
pub async fn notes(plan: &Plan, place: &Place, end: Instant, becomes: &str) -> Vec<Note> {
    let Object::One(object) = &plan.change.object else {
        return Vec::new();
    };
    if !Section::Access.is_of(plan.client.dialect()) {
        return Vec::new();
    }
    let who = place.who_path(key(object));
    let unread = |why: String| {
        let text = format!("What is granted on it could not be read. {why}");
        vec![Note::new(text).link("Who can use it", who.clone())]
    };
    let catalog = object.catalog().unwrap_or_default();
    let management = match plan.connection.management() {
        Ok(management) => management,
        Err(error) => return unread(error.sentence()),
    };
    let roles = match by(end, management.list_catalog_roles(catalog)).await {
        Ok(roles) => roles,
        Err(why) => return unread(why),
    };
    let names = roles.into_iter().map(|role| role.entity.name);
    let names: Vec<_> = names.collect();
    let all = names.len();
    let look = |role: String| {
        let management = &management;
        async move {
            let grants = by(end, management.list_grants(catalog, &role)).await;
            (grants, role)
        }
    };
    let looks = stream::iter(names.into_iter().take(MOST)).map(look);
    let looks: Vec<_> = looks.buffered(AT_ONCE).collect().await;
    let read = looks.iter().filter(|(grants, _)| grants.is_ok()).count();
    let unread = all - read;
    let mut held = BTreeMap::new();
    for (grants, role) in looks {
        let privileges = on(object, catalog, grants.unwrap_or_default());
        if !privileges.is_empty() {
            held.insert(role, privileges);
        }
    }
    let told = |(role, privileges): (&String, &Vec<String>)| {
        let privileges: Vec<_> = privileges.iter().map(String::as_str).collect();
        let text = format!(
            "The catalog role {} holds {} on it, which {becomes}.",
            role,
            names_and_more(&privileges),
        );
        Note::new(text).link("Its grants", place.grants_path(role, key(object)))
    };
    let mut notes: Vec<_> = held.iter().take(LISTED).map(told).collect();
    let more = held.len().saturating_sub(LISTED);
    if more > 0 {
        let more = counted(more, "more catalog role");
        notes.push(Note::new(format!("So do {more}, which are not listed.")));
    }
    notes.push(Note::new(rest(held.len(), unread)).link("Who can use it", who));
    notes
}

/// What else there is to know.
fn rest(held: usize, unread: usize) -> String {
    let first = match (held, unread) {
        (0, 0) => "No catalog role holds anything on it itself. ",
        (0, _) => "No catalog role that was looked at holds anything on it itself. ",
        _ => "",
    };
    let unread = match unread {
        0 => String::new(),
        1 => "What one other role holds was not read. ".to_owned(),
        more => format!("What {} other roles hold was not read. ", count(more)),
    };
    format!(
        "{first}{unread}What is granted on what it lies in reaches it, too, and is not counted here."
    )
}

/// What of a role's grants stands on the object itself.
fn on(object: &Named, catalog: &str, grants: Vec<GrantResource>) -> Vec<String> {
    let grants = grants.into_iter();
    let grants = grants.filter_map(|grant| grant.in_catalog(catalog));
    let on_it = grants.filter(|grant| grant.object == *object);
    on_it.map(|grant| grant.privilege).collect()
}

/// The answer, or why there is none; a sentence.
async fn by<T>(end: Instant, answer: impl Future<Output = Result<T, Error>>) -> Result<T, String> {
    match timeout_at(end, answer).await {
        Ok(answer) => answer.map_err(|error| AppError::from(error).sentence()),
        Err(_) => Err("It was not told in time.".to_owned()),
    }
}

/// As in addresses.
fn key(object: &Named) -> &'static str {
    match object {
        Named::View { .. } => "v",
        _ => "t",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_on_the_very_object_is_told() {
        let (namespace, other) = (
            vec!["sales".to_owned()],
            vec!["sales".to_owned(), "eu".into()],
        );
        let on_table = |namespace: &[String], name: &str, privilege: &str| GrantResource::Table {
            namespace: namespace.to_vec(),
            table_name: name.to_owned(),
            privilege: privilege.to_owned(),
        };
        let grants = vec![
            on_table(&namespace, "orders", "TABLE_READ_DATA"),
            on_table(&namespace, "returns", "TABLE_DROP"),
            on_table(&other, "orders", "TABLE_DROP"),
            GrantResource::View {
                namespace: namespace.clone(),
                view_name: "orders".to_owned(),
                privilege: "VIEW_DROP".to_owned(),
            },
            GrantResource::Namespace {
                namespace: namespace.clone(),
                privilege: "TABLE_LIST".to_owned(),
            },
            on_table(&namespace, "orders", "TABLE_LIST"),
        ];
        let catalog = || "main".to_owned();
        let table = Named::Table {
            catalog: catalog(),
            namespace: namespace.clone(),
            name: "orders".to_owned(),
        };
        let found = |object: &Named| on(object, "main", grants.clone());
        assert_eq!(found(&table), ["TABLE_READ_DATA", "TABLE_LIST"]);
        let around = Named::Namespace {
            catalog: catalog(),
            namespace: namespace.clone(),
        };
        assert_eq!(found(&around), ["TABLE_LIST"]);
    }

    #[test]
    fn what_was_not_read_is_said() {
        assert!(rest(0, 0).starts_with("No catalog role holds"));
        assert!(rest(0, 2).contains("that was looked at") && rest(0, 2).contains("2 other roles"));
        assert!(rest(1, 1).starts_with("What one other role holds"));
    }
}
