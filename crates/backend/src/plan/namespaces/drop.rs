//! A namespace that is dropped, and what it holds: counted first, and dropped along where that is chosen.

use iceberg_rest::{Dialect, client::NamespaceDrop};
use model::{
    error::AppError,
    form::{DELETE_FILES, FORCE, Field, RECURSIVE, operation::DROP},
    page::NamespaceTab,
    paths::Query,
};
use tokio::time::Instant;

use super::{
    super::{
        Asked, Beside, Plan,
        wanted::{Item, Wanted},
    },
    PATIENCE, change,
    held::Held,
};
use crate::forms::refused;

/// What Lakekeeper says so of a warehouse that keeps what is dropped for a while: engines are not to delete files then.
const KEEPS: (&str, &str) = ("s3.delete-enabled", "false");

pub async fn drop(asked: Asked<'_>) -> Result<Plan, AppError> {
    let (namespace, now) = asked.namespace().await?;
    let Asked {
        connection,
        client,
        place,
        fields,
    } = asked;
    let profile = client.dialect().profile();
    let along = along(fields, client.dialect())?;
    let end = Instant::now() + PATIENCE;
    let held = Held::count(&connection, &client, &namespace, along.recursive, end).await;
    let (key, kept) = KEEPS;
    let keeps = client
        .config()
        .defaults
        .get(key)
        .is_some_and(|it| it == kept);
    let off = match along.recursive {
        true => (keeps && !along.force).then(|| {
            format!(
                "This warehouse keeps what is dropped for a while: with all that it holds, {} drops a namespace there only so that nothing can be restored. Choose that, too.",
                profile.title
            )
        }),
        false => not_empty(&held, client.dialect()),
    };
    let says = match along.recursive {
        true => everything(&namespace.to_string(), &held, along),
        false => alone(&namespace.to_string(), &held, along.force, client.hides()),
    };
    let name = namespace.name();
    let confirm = match along.recursive {
        true => format!("{name} and all in it"),
        false => name.to_owned(),
    };
    let around = &place.namespace[..place.namespace.len() - 1];
    let list = place.with_namespace(around);
    Ok(Plan {
        says,
        beside: Beside::default(),
        // By itself it goes only while it is empty.
        read: match along.recursive {
            true => format!("{:?} {}", now.properties, held.mark()),
            false => format!("{:?}", now.properties),
        },
        confirm: Some(confirm),
        off,
        to: (list.namespace_tab_path(NamespaceTab::Namespaces), DROP),
        change: change(
            "dropNamespace",
            &client,
            &connection,
            place.namespace.clone(),
        ),
        write: client.drop_namespace(&namespace, along)?,
        wanted: Wanted::Gone(Item::Namespace(namespace)),
        client,
        connection,
    })
}

/// What is chosen to go along.
fn along(fields: &Query, dialect: Dialect) -> Result<NamespaceDrop, AppError> {
    let profile = dialect.profile();
    let chosen = |field: &Field| !fields.text(field.name).is_empty();
    let along = NamespaceDrop {
        recursive: chosen(&RECURSIVE),
        force: chosen(&FORCE),
        purge: chosen(&DELETE_FILES),
    };
    if along != NamespaceDrop::default() && !profile.drops_recursively {
        let why = format!(
            "{} is not known to drop more than the namespace itself.",
            profile.title
        );
        return Err(refused(why).at(&RECURSIVE));
    }
    if along.purge && !along.recursive {
        let why = "Files are deleted only where all that it holds is dropped, too.";
        return Err(refused(why).at(&DELETE_FILES));
    }
    Ok(along)
}

/// Why a namespace does not go by itself, where that is known.
fn not_empty(held: &Held, dialect: Dialect) -> Option<String> {
    let profile = dialect.profile();
    let more = match profile.drops_recursively {
        true => " first, or choose to drop all of it",
        false => " first",
    };
    let refuses = held.is_something() && dialect != Dialect::Generic;
    refuses.then(|| {
        format!(
            "{} refuses to drop a namespace that holds something: drop or move that{more}.",
            profile.title
        )
    })
}

/// In sentences: the namespace by itself.
fn alone(name: &str, held: &Held, force: bool, hides: bool) -> Vec<String> {
    let first = format!("The namespace {name} and its properties go. This cannot be undone.");
    let forced = force.then(|| "It goes also where it is protected.".to_owned());
    let unseen = hides.then(|| "What this identity may not see is not counted.".to_owned());
    let said = [first].into_iter().chain(forced).chain(held.sentences());
    said.chain(unseen).collect()
}

/// In sentences: all of it. The numbers of what was not counted to its end are left out: they are others each time.
fn everything(name: &str, held: &Held, along: NamespaceDrop) -> Vec<String> {
    let files = match along.purge {
        true => {
            "Lakekeeper deletes the data and metadata files of the tables and views in it soon after. They cannot be brought back."
        }
        false => {
            "Their files stay where they are, and nothing in the catalog leads to them any more."
        }
    };
    let protected = match along.force {
        true => {
            "What is protected goes, too. Nothing of it can be restored, also where the warehouse keeps dropped tables for a while."
        }
        false => "Where it or anything in it is protected, Lakekeeper refuses and drops nothing.",
    };
    let counted = match held.is_whole() {
        true => held.sentences(),
        false => vec![
            "What it holds could not be counted to the end just now: it is much, or not all of its lists came in time.".to_owned(),
        ],
    };
    let first = format!(
        "The namespace {name} goes with all that it holds on every level: namespaces, tables and views. This cannot be undone."
    );
    let rest = [
        files,
        protected,
        "Tables that were dropped before and could still be restored go for good.",
        "What this identity may not see is not counted, and goes as well.",
    ];
    let rest = rest.map(str::to_owned);
    [first].into_iter().chain(counted).chain(rest).collect()
}
