//! What is found of one connection, and what was not seen of it.

use std::{sync::Arc, time::SystemTime};

use iceberg_rest::Error;
use model::{
    error::AppError,
    format::{counted, visible},
    paths::{Place, Query, extend},
    search::{Group, SearchAsk},
};

use super::{
    PATIENCE,
    fill::{Fill, NAMESPACES, warehouses},
    matching::{Names, matching},
    rank::Tier,
    soon,
    walk::{Walk, Within},
};
use crate::{Catalog, blocking::blocking};

/// Namespaces of a sentence that are named.
const NAMED: usize = 5;

/// What the walks through a connection's warehouses saw.
#[derive(Default)]
struct Seen {
    group: Group,
    oldest: Option<SystemTime>,
    warehouses: usize,
    namespaces: usize,
    read: usize,
    due: usize,
    refused: Vec<String>,
    failed: Vec<String>,
    cut: Vec<String>,
    full: bool,
    hides: bool,
}

pub async fn group(
    catalog: &Arc<Catalog>,
    ask: &SearchAsk,
    fill: Option<Fill>,
) -> (Option<Tier>, Result<Group, AppError>) {
    let mut seen = Seen::default();
    seen.group.connection = catalog.spec.name.clone();
    if let Some(mut fill) = fill {
        seen.group.reading = !fill.ends(PATIENCE).await;
    }
    let (warehouses, left) = warehouses(catalog);
    if left > 0 {
        seen.says(format!(
            "{} are not searched.",
            counted(left, "more warehouse")
        ));
    }
    let mut within = Vec::new();
    for warehouse in warehouses {
        match soon(catalog, warehouse.as_deref()).await {
            Some(Ok(client)) => {
                seen.hides |= client.dialect().profile().hides;
                within.push(Within::new(catalog, &client, warehouse));
            }
            Some(Err(error)) => seen.misses(catalog, warehouse.as_deref(), &error),
            None => seen.says(format!(
                "{}has not answered yet.",
                named(warehouse.as_deref())
            )),
        }
    }
    let (ask, allowance) = (ask.clone(), catalog.allowance());
    let work = move || {
        let names = within
            .iter()
            .map(|within| seen.walk(within))
            .collect::<Vec<_>>();
        let matching = matching(&names, &ask);
        let closest = matching.closest;
        (closest, seen.tell(&ask, matching, allowance))
    };
    match blocking(work).await {
        Ok((closest, group)) => (closest, Ok(group)),
        Err(error) => (None, Err(error)),
    }
}

/// The beginning of a sentence about a warehouse, or about the connection's own.
fn named(warehouse: Option<&str>) -> String {
    warehouse.map_or("It ".into(), |name| {
        format!("The warehouse {} ", visible(name))
    })
}

impl Seen {
    /// Something that was not seen.
    fn says(&mut self, sentence: String) {
        self.group.partial = true;
        self.group.seen.push(sentence);
    }

    fn misses(&mut self, catalog: &Catalog, warehouse: Option<&str>, error: &Error) {
        if catalog.is_unchosen(warehouse, error) {
            return self.says(
                "It names no warehouse, and its server has no default one: choose one on its page."
                    .into(),
            );
        }
        let error = AppError::from(error.clone());
        let (title, message) = (error.title(), &error.message);
        self.says(format!(
            "{}was not reached: {title}. {message}",
            named(warehouse)
        ));
    }

    fn walk(&mut self, within: &Within) -> Names {
        let Walk {
            segments,
            due,
            namespaces,
            read,
            refused,
            failed,
            cut,
            oldest,
            full,
            ..
        } = within.walk();
        self.warehouses += 1;
        self.namespaces += namespaces;
        self.read += read;
        self.due += due.iter().filter(|due| !due.again).count();
        let of = |name: String| match &within.warehouse {
            Some(warehouse) => format!("{warehouse}: {name}"),
            None => name,
        };
        self.refused.extend(refused.into_iter().map(of));
        self.failed.extend(failed.into_iter().map(of));
        self.cut.extend(cut.into_iter().map(of));
        self.full |= full;
        self.oldest = self.oldest.into_iter().chain(oldest).min();
        let place = Place::connection(&self.group.connection);
        Names {
            place: place.with_warehouse(within.warehouse.clone()),
            segments,
        }
    }

    fn tell(
        mut self,
        ask: &SearchAsk,
        found: super::matching::Matching,
        allowance: usize,
    ) -> Group {
        if self.warehouses > 0 {
            self.count();
        }
        let lists = [
            ("Refused", std::mem::take(&mut self.refused)),
            ("Failed", std::mem::take(&mut self.failed)),
            ("Cut", std::mem::take(&mut self.cut)),
        ];
        let failed = !lists[0].1.is_empty() || !lists[1].1.is_empty();
        for (what, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            self.says(format!("{what}: {}.", some(&names)));
        }
        if self.full {
            self.says("There is more than a search goes through.".into());
        }
        if self.hides {
            let hides = "Its server leaves out what this identity may not see.";
            self.group.seen.push(hides.into());
        }
        let idle = self.warehouses > 0 && !self.group.reading && !self.full;
        self.group.rest = (idle && self.due > 0 && self.read + NAMESPACES >= allowance)
            .then(|| {
                let next = self.due.min(NAMESPACES);
                format!(
                    "Read {}: two to four calls each, two at a time.",
                    counted(next, "more namespace")
                )
            })
            .or_else(|| {
                (idle && failed).then(|| "Ask again for what was refused or failed.".to_owned())
            });
        let is_exact = found.closest == Some(Tier::Exact);
        let whole = ask.text.contains('.') && !ask.text.contains(char::is_whitespace);
        let place = Place::connection(&self.group.connection);
        self.group.open = (whole && !is_exact && self.warehouses > 0)
            .then(|| extend(place.open_path(), &Query::default().and("name", &ask.text)));
        Group {
            hits: found.hits,
            total: found.total,
            at: self.oldest.map(Into::into),
            ..self.group
        }
    }

    fn count(&mut self) {
        let Self {
            namespaces, read, ..
        } = *self;
        let partial = read < namespaces || self.oldest.is_none();
        let of = match self.warehouses {
            0 | 1 => String::new(),
            several => format!(" of {several} warehouses"),
        };
        let known = counted(namespaces, "namespace");
        let sentence = match (read == namespaces, self.oldest.is_some()) {
            (_, false) => "Nothing of it was read yet.".to_owned(),
            (true, _) if namespaces == 1 => format!("Its namespace{of} was read."),
            (true, _) => format!("All {known}{of} were read."),
            (false, _) => format!("{read} of {known}{of} read."),
        };
        self.group.partial |= partial;
        self.group.seen.insert(0, sentence);
    }
}

/// The first few, and how many more.
fn some(names: &[String]) -> String {
    let first = names.iter().take(NAMED).map(|name| visible(name));
    let first = first.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
