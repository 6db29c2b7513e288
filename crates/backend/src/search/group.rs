//! What is found of one connection, and what was not seen of it.

use std::{borrow::Cow, sync::Arc, time::SystemTime};

use iceberg_rest::Error;
use model::{
    error::AppError,
    format::{counted, visible},
    paths::{Place, Query, extend},
    search::{Group, MANY, SearchAsk},
    section::{Offer, Section},
};

use super::{
    PATIENCE,
    fill::{Fill, NAMESPACES, Walks, warehouses},
    matching::{Matching, Names, matching, matching_of},
    opened, pages,
    people::People,
    rank::Tier,
    walk::{Segment, Walk, Within},
};
use tokio::time::{Instant, timeout_at};

use crate::{Catalog, Who, blocking::blocking};

/// Namespaces of a sentence that are named.
const NAMED: usize = 5;

/// What the walks through a connection's warehouses saw.
#[derive(Default)]
struct Seen {
    group: Group,
    place: Place,
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
    seen.group.connection = Some(catalog.spec.name.clone());
    seen.place = Place::connection(&catalog.spec.name);
    let until = Instant::now() + PATIENCE;
    let mut walks = Walks::default();
    if let Some(mut fill) = fill {
        match fill.ends(PATIENCE).await {
            Some(ended) => walks = ended,
            None => seen.group.reading = true,
        }
    }
    let (warehouses, left) = warehouses(catalog);
    if left > 0 {
        seen.says(format!(
            "{} are not searched.",
            counted(left, "more warehouse")
        ));
    }
    let (mut within, mut elsewhere) = (Vec::new(), Vec::new());
    for warehouse in warehouses {
        // One that is there comes at once.
        match timeout_at(until, catalog.client(warehouse.as_deref(), None)).await {
            Ok(Ok(client)) => {
                seen.hides |= client.hides();
                let own = Within::new(catalog, &client, warehouse);
                elsewhere.extend(own.elsewhere());
                within.push(own);
            }
            Ok(Err(error)) => seen.misses(catalog, warehouse.as_deref(), &error),
            Err(_) => seen.says(format!(
                "{}has not answered yet.",
                named(warehouse.as_deref())
            )),
        }
    }
    let (ask, allowance) = (ask.clone(), catalog.allowance());
    let (catalog, people) = (catalog.clone(), catalog.people());
    let work = move || {
        let walked = |within: &Within| {
            let mut walks = walks.iter();
            match walks.find(|(warehouse, _)| *warehouse == within.warehouse) {
                Some((_, walk)) => walk.clone(),
                None => Arc::new(within.walk()),
            }
        };
        let walked: Vec<Arc<Walk>> = within.iter().map(walked).collect();
        let walked = within.iter().zip(&walked);
        let mut names: Vec<_> = walked
            .map(|(within, walk)| seen.walk(within, walk))
            .collect();
        names.extend(elsewhere.iter().map(|within| seen.glance(within)));
        if let Some(people) = people {
            seen.meets(&people, &mut names);
        }
        let dialect = catalog.known_dialect();
        let has = |section: Section| section.offer("", dialect, None) == Offer::Yes;
        names.push(Names {
            place: seen.place.clone(),
            segments: vec![pages::of_connection(&seen.place, has)].into(),
        });
        let mut found = matching(&names, &ask);
        found.meets(opened::hits(&catalog, &ask), ask.most());
        if let Some((of, object)) = pages::of_object(&ask, has) {
            let ask = SearchAsk {
                text: object,
                kind: None,
                ..ask.clone()
            };
            let pages = matching_of(&names, &ask, Some(&of));
            found.leads(pages, ask.most());
        }
        let closest = found.closest;
        (closest, seen.tell(&ask, found, allowance))
    };
    match blocking(work).await {
        Ok((closest, group)) => (closest, Ok(group)),
        Err(error) => (None, Err(error)),
    }
}

/// What is found of the console itself, where anything is.
pub fn of_console(ask: &SearchAsk, who: &Who) -> Option<Group> {
    let names = Names {
        place: Place::default(),
        segments: vec![pages::of_console(who)].into(),
    };
    let found = matching(&[names], ask);
    let close = found.closest.is_some_and(|closest| closest > Tier::Loose);
    close.then(|| Group {
        hits: found.hits,
        total: found.total,
        ..Group::default()
    })
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

    fn walk<'a>(&mut self, within: &Within, walk: &'a Walk) -> Names<'a> {
        self.warehouses += 1;
        self.namespaces += walk.namespaces;
        self.read += walk.read;
        self.due += walk.unread;
        let of = |name: &String| match &within.warehouse {
            Some(warehouse) => format!("{warehouse}: {name}"),
            None => name.clone(),
        };
        self.refused.extend(walk.refused.iter().map(of));
        self.failed.extend(walk.failed.iter().map(of));
        self.cut.extend(walk.cut.iter().map(of));
        self.full |= walk.full;
        self.oldest = self.oldest.into_iter().chain(walk.oldest).min();
        Names {
            place: self.place.with_warehouse(within.warehouse.clone()),
            segments: Cow::Borrowed(&walk.segments),
        }
    }

    /// What was read at another branch or tag: no more is read for who searches.
    fn glance(&mut self, within: &Within) -> Names<'static> {
        let reference = within.reference.clone().unwrap_or_default();
        let walk = within.walk();
        self.group.seen.push(format!(
            "At {} what was read lately is searched.",
            visible(&reference)
        ));
        let own = self.place.with_warehouse(within.warehouse.clone());
        Names {
            place: own.with_reference(Some(reference)),
            segments: walk.segments.into(),
        }
    }

    /// Adds principals and roles.
    fn meets(&mut self, people: &People, names: &mut Vec<Names<'_>>) {
        for list in &people.lists {
            names.push(Names {
                place: self.place.with_warehouse(list.catalog.clone()),
                segments: Cow::Owned(vec![Segment {
                    parent: Vec::new(),
                    what: list.what,
                    names: list.names.clone(),
                    hrefs: Vec::new(),
                }]),
            });
        }
        self.failed.extend(people.failed.iter().cloned());
    }

    fn tell(mut self, ask: &SearchAsk, found: Matching, allowance: usize) -> Group {
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
            let hides = "Its server may leave out what is hidden from this identity.";
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
        let place = &self.place;
        self.group.open = (whole && !is_exact && self.warehouses > 0)
            .then(|| extend(place.open_path(), &Query::default().and("name", &ask.text)));
        let start = ask.start(found.total);
        let hits = found.hits.into_iter().skip(start).take(MANY);
        Group {
            hits: hits.collect(),
            start,
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
        let inside = "Columns, properties and ids are found of tables that were opened.";
        let inside = self.oldest.map(|_| inside.to_owned());
        let said = std::iter::once(sentence).chain(inside);
        self.group.seen.splice(0..0, said);
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
