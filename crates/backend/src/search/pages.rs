//! Pages and what can be done on them, by what they are called.

use model::{
    page::{TableTab, ViewTab, WizardStep},
    paths::{AUDIT, DESTINATION, HOME, PEOPLE, Place, TROUBLESHOOTING, YOU},
    person::Role,
    search::{SearchAsk, What},
    section::Section,
};

use super::walk::Segment;
use crate::Who;

/// Of the console itself, as somebody may see it.
pub fn of_console(who: &Who) -> Segment {
    let mut pages = vec![
        ("Connections", HOME.into()),
        ("OLake destination", DESTINATION.into()),
        ("Import destination.json", WizardStep::Import.path()),
        ("Troubleshooting OLake", TROUBLESHOOTING.into()),
        ("You", YOU.into()),
    ];
    match who.lacks(Role::Admin) {
        None => pages.extend([
            ("People", PEOPLE.into()),
            ("Record of changes", AUDIT.into()),
        ]),
        Some(_) => pages.push(("What you changed", AUDIT.into())),
    }
    segment(pages)
}

/// Of a connection that has these sections.
pub fn of_connection(place: &Place, has: impl Fn(Section) -> bool) -> Segment {
    let mut pages = vec![
        ("Connection and its settings", place.connection_path()),
        ("Browse namespaces", place.namespace_path()),
        ("Open by full name", place.open_path()),
        ("How engines connect", place.connect_path()),
    ];
    if has(Section::Catalogs) {
        pages.push(("Catalogs", place.catalogs_path()));
        pages.push(("New catalog", place.catalog_new_path()));
    }
    if has(Section::Principals) {
        pages.push(("Principals", place.principals_path()));
        pages.push(("New principal", place.principal_new_path()));
    }
    if has(Section::PrincipalRoles) {
        pages.push(("Principal roles", place.principal_roles_path()));
        pages.push(("New principal role", place.principal_role_new_path()));
    }
    if has(Section::Access) {
        pages.push(("Access", place.access_path()));
        pages.push(("Who can use it", place.who_path("t")));
        pages.push(("Grants: grant or revoke", place.grants_path("", "t")));
        pages.push(("Explain a refusal", place.explain_path()));
    }
    if has(Section::Graph) {
        pages.push(("Graph of roles and grants", place.graph_path()));
    }
    if has(Section::Onboard) {
        pages.push(("Onboard a service", place.onboard_path()));
    }
    if has(Section::Offboard) {
        pages.push(("Offboard a service", place.offboard_path("")));
    }
    segment(pages)
}

/// A page that each of some objects has.
pub struct OfObject {
    /// What it is called: `Grants`.
    pub words: &'static str,
    page: Its,
}

#[derive(Clone, Copy)]
enum Its {
    Table(TableTab),
    View(ViewTab),
    /// Either has it.
    Both(TableTab, ViewTab),
    Grants,
    Who,
    Policies,
}

impl OfObject {
    pub fn is_of(&self, what: What) -> bool {
        match self.page {
            Its::Table(_) => what == What::Table,
            Its::View(_) => what == What::View,
            Its::Both(..) => matches!(what, What::Table | What::View),
            Its::Grants | Its::Who | Its::Policies => {
                matches!(what, What::Table | What::View | What::Namespace)
            }
        }
    }

    /// Of the object or the namespace at a place.
    pub fn path(&self, place: &Place, what: What) -> String {
        let key = match what {
            What::View => "v",
            _ => "t",
        };
        match self.page {
            Its::Table(tab) => place.table_path(tab),
            Its::View(tab) => place.view_path(tab),
            Its::Both(_, tab) if what == What::View => place.view_path(tab),
            Its::Both(tab, _) => place.table_path(tab),
            Its::Grants => place.grants_path("", key),
            Its::Who => place.who_path(key),
            Its::Policies if what == What::Namespace => place.policies_path(),
            Its::Policies => place.policies_of_path(key),
        }
    }
}

/// Letters of what a page is called, at least.
const LETTERS: usize = 3;

/// The page that is asked for with an object: `grants of sales`, `history of orders`.
pub fn of_object(ask: &SearchAsk, has: impl Fn(Section) -> bool) -> Option<(OfObject, String)> {
    if ask.kind.is_some_and(|kind| kind != What::Page) {
        return None;
    }
    let (typed, object) = ask.text.split_once(" of ")?;
    let (typed, object) = (typed.trim().to_lowercase(), object.trim());
    if typed.chars().count() < LETTERS || object.is_empty() {
        return None;
    }
    let history = match has(Section::History) {
        true => TableTab::History,
        false => TableTab::Snapshots,
    };
    let pages = [
        ("History", Its::Both(history, ViewTab::Versions), true),
        ("Schema", Its::Both(TableTab::Schema, ViewTab::Schema), true),
        (
            "Columns",
            Its::Both(TableTab::Schema, ViewTab::Schema),
            true,
        ),
        (
            "Properties",
            Its::Both(TableTab::Properties, ViewTab::Properties),
            true,
        ),
        ("Snapshots", Its::Table(TableTab::Snapshots), true),
        ("Partitions", Its::Table(TableTab::Partitions), true),
        ("Branches and tags", Its::Table(TableTab::Refs), true),
        ("Tags", Its::Table(TableTab::Refs), true),
        ("Statistics", Its::Table(TableTab::Statistics), true),
        ("Metadata log", Its::Table(TableTab::MetadataLog), true),
        ("Raw metadata", Its::Table(TableTab::Raw), true),
        ("Health", Its::Table(TableTab::Overview), true),
        ("Versions", Its::View(ViewTab::Versions), true),
        ("SQL", Its::View(ViewTab::Sql), true),
        ("Grants", Its::Grants, has(Section::Access)),
        ("Users", Its::Who, has(Section::Access)),
        ("Who can use it", Its::Who, has(Section::Access)),
        ("Policies", Its::Policies, has(Section::Policies)),
    ];
    let (words, page, _) = pages
        .into_iter()
        .find(|(words, _, has)| *has && words.to_lowercase().starts_with(&typed))?;
    Some((OfObject { words, page }, object.to_owned()))
}

fn segment(pages: Vec<(&str, String)>) -> Segment {
    let (names, hrefs): (Vec<_>, Vec<_>) = pages
        .into_iter()
        .map(|(name, href)| (name.to_owned(), href))
        .unzip();
    Segment {
        parent: Vec::new(),
        what: What::Page,
        names: names.into(),
        hrefs,
    }
}
