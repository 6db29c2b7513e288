//! The configured connections, as the pages show them.

use iceberg_rest::Dialect;
use serde::{Deserialize, Serialize};

use crate::{
    error::{AppError, Kind},
    format::{Moment, bounded},
    page::{ChangePage, Page},
    paths::Place,
    section::{Offer, Section},
    settings::Setting,
};

mod board;
mod spark;

pub use board::{Attention, ConnectionCard, Health, Names, needing, summary};
pub use spark::Spark;

/// What all pages of a connection go by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// As configured.
    pub name: String,
    /// As configured, as its server answered, or as the address suggests; `None` where none of them tells.
    pub dialect: Option<Dialect>,
    /// What only some catalogs have, and whether this one does.
    pub sections: Vec<(Section, Offer)>,
    /// Why nothing may be changed here, where that is so.
    pub locked: Option<String>,
    /// Why this person may not change who may do what, where that is so.
    pub managed: Option<String>,
    /// Why nothing may be changed on the branch or tag that is open, where that is so.
    pub fixed: Option<String>,
    /// Pages whose change its server does not make, and why; sentences.
    pub off: Vec<(ChangePage, String)>,
    /// This person changes it where it was made, in the browser.
    pub edits: bool,
    /// Its server was asked and has not answered yet.
    pub waiting: bool,
    /// The warehouse that an address without one means, as configured.
    pub warehouse: Option<String>,
    /// Neither is a warehouse configured nor has the server a default.
    pub wants_warehouse: bool,
    /// The branch or tag that an address without one means, where the catalog has such.
    pub reference: Option<String>,
    /// Other connections of the same person, by name; the first [`OTHERS`] of them.
    pub others: Vec<String>,
}

/// Connections that a page names beside its own.
pub const OTHERS: usize = 30;

impl Facts {
    /// Whether it is known to have a section.
    pub fn offers(&self, section: Section) -> bool {
        let mut offered = self.sections.iter();
        offered.any(|(its, offer)| *its == section && *offer == Offer::Yes)
    }

    /// Why nothing may be changed on a page, where that is so.
    pub fn locked_on(&self, page: Option<Page>) -> Option<String> {
        let section = page.and_then(Section::of);
        let missing = self.sections.iter().find_map(|(its, offer)| match offer {
            Offer::No(reason) if Some(*its) == section => Some(reason),
            _ => None,
        });
        let off = self.off.iter().find_map(|(its, reason)| {
            let its = Page::Change(*its);
            (Some(its) == page).then_some(reason)
        });
        let managed = self.managed.as_ref();
        let managed = managed.filter(|_| section.is_some_and(Section::is_managed));
        missing
            .or(off)
            .or(self.locked.as_ref())
            .or(managed)
            .cloned()
    }

    /// Why a change cannot be made at a place, where that is so.
    pub fn off_at(&self, change: ChangePage, place: &Place) -> Option<String> {
        let inside = change == ChangePage::NewNamespace && !place.namespace.is_empty();
        let profile = self.dialect.filter(|_| inside).map(Dialect::profile);
        let flat = profile.and_then(|profile| profile.flat());
        let unchosen = self.wants_warehouse && place.warehouse.is_none();
        let unchosen =
            unchosen.then(|| "A change is made in a warehouse, and none is open here.".to_owned());
        flat.or(unchosen)
            .or_else(|| self.fixed.clone())
            .or_else(|| self.locked_on(Some(change.into())))
    }
}

/// The page of a connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Opened {
    /// At a warehouse.
    At(Box<ConnectionView>),
    /// The server wants a warehouse, and none is named yet.
    Unchosen(Unchosen),
}

/// A connection before a warehouse is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unchosen {
    /// Address of the catalog.
    pub url: String,
    /// For people: `Apache Polaris`.
    pub kind: String,
    /// How the connection signs in: `oauth2`, as configured.
    pub auth: String,
    /// Nothing may be changed through it.
    pub read_only: bool,
    /// Warehouses can be made here: they are catalogs of a Polaris.
    pub makes: bool,
}

/// What a catalog says about itself when it is connected to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionView {
    /// Address of the catalog.
    pub url: String,
    /// For people: `Apache Polaris`.
    pub kind: String,
    /// Set in the configuration, not found out from the catalog's answers.
    pub kind_configured: bool,
    /// How the connection signs in: `oauth2`, as configured.
    pub auth: String,
    /// Nothing may be changed through it.
    pub read_only: bool,
    /// The one that is shown.
    pub warehouse: Option<String>,
    /// Nessie: the branch or tag that is shown.
    pub reference: Option<String>,
    /// As it stands in paths; may be empty.
    pub prefix: String,
    /// As it stands in paths: `%1F`.
    pub separator: String,
    /// Which names this cannot carry; a sentence.
    pub separator_note: Option<String>,
    /// What the server says that a client uses unless it has its own.
    pub defaults: Vec<Setting>,
    /// What the server says that a client uses whatever it has.
    pub overrides: Vec<Setting>,
    /// Settings that were not followed, and why.
    pub ignored: Vec<(String, String)>,
    /// As sent; `None` where the catalog does not say.
    pub endpoints: Option<Vec<String>>,
    /// Every call, and whether it works.
    pub abilities: Vec<Ability>,
}

/// Whether one call works here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ability {
    /// Method and path template.
    pub call: String,
    /// `None`: the catalog does not say.
    pub works: Option<bool>,
    /// Why it does not work.
    pub reason: Option<String>,
}

/// What a server says that this identity may do with the warehouse itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rights {
    /// As the server calls it: `list_namespaces`.
    pub may: Vec<String>,
    /// Of what browsing and filling a warehouse takes.
    pub may_not: Vec<String>,
    /// When it was asked.
    pub at: Moment,
}

impl Rights {
    const NEEDED: [&str; 4] = [
        "get_config",
        "get_metadata",
        "list_namespaces",
        "create_namespace",
    ];

    /// From the actions that the server allows.
    pub fn new(allowed: &[String], at: Moment) -> Self {
        let lacks = |action: &&str| allowed.iter().all(|one| one != action);
        Self {
            may: allowed.iter().map(bounded).collect(),
            may_not: Self::NEEDED
                .into_iter()
                .filter(lacks)
                .map(str::to_owned)
                .collect(),
            at,
        }
    }
}

/// Names to choose from: warehouses, or branches and tags.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// In the server's order.
    pub choices: Vec<Choice>,
    /// What an address without a choice means, where known.
    pub default: Option<String>,
    /// Why there are none, or not all.
    pub note: Option<String>,
    /// When they were listed, where that may be a while ago.
    pub at: Option<Moment>,
}

/// What there is to do about warehouses that are not listed, for this reason: a sentence.
pub fn unlisted(why: &AppError) -> &'static str {
    match why.kind {
        Kind::StillWaiting => {
            "The server has not listed its warehouses yet. A name can be typed meanwhile."
        }
        Kind::Forbidden => {
            "This identity may not list the warehouses of this server: type the name of one."
        }
        _ => "The server's warehouses could not be listed: try again, or type the name of one.",
    }
}

/// That branches and tags are not listed, for this reason: a sentence.
pub fn unlisted_references(why: &AppError) -> &'static str {
    match why.kind {
        Kind::StillWaiting => "The server has not listed its branches and tags yet.",
        Kind::Forbidden => "This identity may not list the branches and tags of this server.",
        _ => "The server's branches and tags could not be listed.",
    }
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// As it stands in addresses.
    pub name: String,
    /// A few words about it.
    pub detail: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::PolarisPage;

    #[test]
    fn a_page_is_locked_by_what_its_connection_is_and_by_how_it_is_configured() {
        let facts = |dialect, locked: Option<&str>| Facts {
            name: "lake".into(),
            dialect,
            sections: Section::ALL
                .map(|section| (section, section.offer("lake", dialect, None)))
                .into(),
            locked: locked.map(str::to_owned),
            managed: None,
            fixed: None,
            off: vec![(ChangePage::DropNamespace, "Not here.".into())],
            edits: false,
            waiting: false,
            warehouse: None,
            wants_warehouse: false,
            reference: None,
            others: Vec::new(),
        };
        let page = Some(Page::Polaris(PolarisPage::NewPrincipal));
        let polaris = facts(Some(Dialect::Polaris), None);
        assert!(polaris.offers(Section::Principals));
        assert_eq!(polaris.locked_on(page), None);
        let read_only = facts(Some(Dialect::Polaris), Some("Read-only."));
        assert_eq!(read_only.locked_on(page).as_deref(), Some("Read-only."));
        let nessie = facts(Some(Dialect::Nessie), None);
        assert!(
            nessie
                .locked_on(page)
                .unwrap_or_default()
                .contains("only Apache Polaris")
        );
        assert_eq!(nessie.locked_on(Some(Page::Namespace)), None);
        let inside = Place::connection("lake").with_namespace(&["a".into()]);
        let off = |facts: &Facts, change| facts.off_at(change, &inside).unwrap_or_default();
        assert_eq!(off(&polaris, ChangePage::NewNamespace), "");
        assert_eq!(off(&polaris, ChangePage::DropNamespace), "Not here.");
        assert_eq!(off(&read_only, ChangePage::EditNamespace), "Read-only.");
        let flat = off(
            &facts(Some(Dialect::S3Tables), None),
            ChangePage::NewNamespace,
        );
        assert!(flat.contains("one level"), "{flat}");
        let unknown = facts(None, None);
        assert!(!unknown.offers(Section::Principals));
        assert_eq!(unknown.locked_on(page), None);
    }
}
