//! The names that match, the closest first.

use std::{borrow::Cow, cmp::Reverse};

use model::{
    page::{TableTab, ViewTab},
    paths::Place,
    search::{Hit, Piece, SearchAsk, What},
};

use super::{
    pages::OfObject,
    rank::{Pass, Rank, Ranker, Tier},
    walk::Segment,
};

/// Names of a place, which ends at its warehouse.
pub struct Names<'a> {
    pub place: Place,
    pub segments: Cow<'a, [Segment]>,
}

/// The closest of it, how many there are, and how close the closest is.
#[derive(Default)]
pub struct Matching {
    pub hits: Vec<Hit>,
    pub total: usize,
    pub closest: Option<Tier>,
}

impl Matching {
    /// Adds those that are found by something else than their name: before names that are only like it.
    pub fn meets(&mut self, hits: Vec<Hit>, most: usize) {
        if hits.is_empty() {
            return;
        }
        self.total += hits.len();
        if self.closest.is_none_or(|closest| closest == Tier::Loose) {
            self.hits.splice(0..0, hits);
        } else {
            self.hits.extend(hits);
        }
        self.hits.truncate(most);
        self.closest = self.closest.max(Some(Tier::WordStart));
    }

    /// Puts pages of objects before what matches all that was typed, unless that is called so.
    pub fn leads(&mut self, pages: Matching, most: usize) {
        let at = match self.closest {
            Some(Tier::Exact) => self.hits.len().min(1),
            _ => 0,
        };
        self.total += pages.total;
        self.hits.splice(at..at, pages.hits);
        self.hits.truncate(most);
        self.closest = self.closest.max(pages.closest);
    }
}

/// By how close it is; of those that are as close the shortest, then as they stand.
type Found = (Reverse<Rank>, usize, usize, usize, usize);

pub fn matching(names: &[Names<'_>], ask: &SearchAsk) -> Matching {
    matching_of(names, ask, None)
}

/// Of objects that match, where they have such: this page of each.
pub fn matching_of(names: &[Names<'_>], ask: &SearchAsk, page: Option<&OfObject>) -> Matching {
    let mut ranker = Ranker::new(&ask.text);
    for pass in Pass::ALL {
        let mut found = pass_through(&mut ranker, pass, names, ask, page);
        if found.is_empty() {
            continue;
        }
        let most = ask.most().min(found.len());
        if most < found.len() {
            found.select_nth_unstable(most);
        }
        let total = found.len();
        found.truncate(most);
        found.sort_unstable();
        let closest = found.first().map(|(rank, ..)| rank.0.0);
        let hit = |at: Found| hit(&mut ranker, pass, names, at, page);
        let hits = found.into_iter().map(hit).collect();
        return Matching {
            hits,
            total,
            closest,
        };
    }
    Matching::default()
}

fn pass_through(
    ranker: &mut Ranker,
    pass: Pass,
    names: &[Names<'_>],
    ask: &SearchAsk,
    page: Option<&OfObject>,
) -> Vec<Found> {
    let mut found = Vec::new();
    let mut path = String::new();
    for (number, names) in names.iter().enumerate() {
        for (side, segment) in names.segments.iter().enumerate() {
            let other = ask.kind.is_some_and(|kind| kind != segment.what);
            if other || page.is_some_and(|page| !page.is_of(segment.what)) {
                continue;
            }
            path.clear();
            let begin = write_parent(&mut path, segment);
            for (at, name) in segment.names.iter().enumerate() {
                path.truncate(begin);
                path.push_str(name);
                if let Some(rank) = ranker.rank(pass, &path, begin) {
                    found.push((Reverse(rank), path.len(), number, side, at));
                }
            }
        }
    }
    found
}

/// Where the name begins.
fn write_parent(path: &mut String, segment: &Segment) -> usize {
    for level in &segment.parent {
        path.push_str(level);
        path.push('.');
    }
    path.len()
}

fn hit(
    ranker: &mut Ranker,
    pass: Pass,
    names: &[Names<'_>],
    found: Found,
    page: Option<&OfObject>,
) -> Hit {
    let (_, _, number, side, at) = found;
    let Names { place, segments } = &names[number];
    let (segment, mut path) = (&segments[side], String::new());
    let name = &segment.names[at];
    let begin = write_parent(&mut path, segment);
    path.push_str(name);
    // Once more, for the letters.
    ranker.rank(pass, &path, begin);
    let pieces = ranker.pieces(&path);
    let (warehouse, reference) = (place.warehouse.clone(), place.reference.as_ref());
    let note = reference.map(|reference| format!("at {reference}"));
    if let Some(page) = page {
        let words = Piece {
            text: format!("{} of ", page.words),
            marked: false,
        };
        return Hit {
            what: What::Page,
            pieces: [vec![words], pieces].concat(),
            warehouse,
            href: page.path(&at_object(place, segment, name), segment.what),
            note,
        };
    }
    Hit {
        what: segment.what,
        pieces,
        warehouse,
        href: match segment.hrefs.get(at) {
            Some(href) => href.clone(),
            None => address(place, segment, name),
        },
        note,
    }
}

/// Where a namespace or an object of one stands.
fn at_object(place: &Place, segment: &Segment, name: &str) -> Place {
    match segment.what {
        What::Namespace => {
            place.with_namespace(&[&segment.parent[..], &[name.to_owned()]].concat())
        }
        _ => place.with_namespace(&segment.parent).with_object(name),
    }
}

fn address(place: &Place, segment: &Segment, name: &str) -> String {
    let around = place.with_namespace(&segment.parent);
    match segment.what {
        What::Namespace => at_object(place, segment, name).namespace_path(),
        What::Table => around.with_object(name).table_path(TableTab::Overview),
        What::View => around.with_object(name).view_path(ViewTab::Overview),
        What::GenericTable => around.generic_table_path(name),
        What::Principal => place.principal_path(name),
        What::PrincipalRole => place.principal_role_path(name),
        What::CatalogRole => {
            place.catalog_role_path(place.warehouse.as_deref().unwrap_or_default(), name)
        }
        // They bring their own.
        What::Page => place.connection_path(),
    }
}
