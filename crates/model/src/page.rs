//! The pages of a connection, and where each stands under it: routes, menus, forms and links are made
//! from these. What a page is about stands in the query, which [`crate::paths::Place`] writes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{names::NameKind, open::Noun, query::Query};

/// The destination wizard at its first step.
pub const DESTINATION: &str = "/destination";

/// An enum of pages, each with the segment that names it in an address.
macro_rules! pages {
    ($(#[$doc:meta])* $name:ident { $($page:ident = $slug:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $(#[doc = concat!("`", $slug, "`")] $page,)* }

        impl $name {
            /// In the order that they are shown in.
            pub const ALL: &[Self] = &[$(Self::$page,)*];

            /// Its segment of an address.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$page => $slug,)* }
            }

            /// The page of that segment.
            pub fn parse(slug: &str) -> Option<Self> {
                match slug {
                    $($slug => Some(Self::$page),)*
                    _ => None,
                }
            }
        }
    };
}

mod change;

pub use change::ChangePage;

pages! {
    /// A tab of a table, in the order that they are shown in.
    TableTab {
        Overview = "overview",
        Schema = "schema",
        Partitions = "partitions",
        Statistics = "statistics",
        Snapshots = "snapshots",
        Refs = "refs",
        History = "history",
        MetadataLog = "metadata-log",
        Properties = "properties",
        Raw = "raw",
    }
}

pages! {
    /// A tab of a view, in the order that they are shown in.
    ViewTab {
        Overview = "overview",
        Sql = "sql",
        Schema = "schema",
        Versions = "versions",
        Properties = "properties",
    }
}

pages! {
    /// What a namespace's page shows of it, in the order of its tabs.
    NamespaceTab {
        Tables = "tables",
        Views = "views",
        GenericTables = "generic-tables",
        Namespaces = "namespaces",
        Properties = "properties",
    }
}

pages! {
    /// A page of the destination wizard.
    WizardStep {
        Choose = "",
        Import = "import",
        Prepare = "prepare",
        Form = "form",
        Check = "check",
        Review = "review",
    }
}

pages! {
    /// What only Polaris has: its own kinds of objects, and who may do what.
    PolarisPage {
        Catalogs = "catalogs",
        Catalog = "catalog",
        NewCatalog = "catalog-new",
        EditCatalog = "catalog-edit",
        Principals = "principals",
        Principal = "principal",
        NewPrincipal = "principal-new",
        Credentials = "principal-credentials",
        PrincipalRoles = "principal-roles",
        PrincipalRole = "principal-role",
        NewPrincipalRole = "principal-role-new",
        CatalogRoles = "catalog-roles",
        CatalogRole = "catalog-role",
        NewCatalogRole = "catalog-role-new",
        Policies = "policies",
        Policy = "policy",
        NewPolicy = "policy-new",
        GenericTables = "generic-tables",
        GenericTable = "generic-table",
        NewGenericTable = "generic-table-new",
        Access = "access",
        Who = "who",
        Reach = "reach",
        Explain = "explain",
        Grants = "grants",
        Graph = "graph",
        Onboard = "onboard",
        Offboard = "offboard",
    }
}

impl TableTab {
    /// What the menu calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Schema => "Schema",
            Self::Partitions => "Partitions and sort",
            Self::Snapshots => "Snapshots",
            Self::Refs => "Branches and tags",
            Self::History => "History",
            Self::Properties => "Properties",
            Self::MetadataLog => "Metadata log",
            Self::Statistics => "Statistics",
            Self::Raw => "Raw metadata",
        }
    }

    /// After what the table is: the first of its data, of its history and of its settings.
    pub const GROUPS: [Self; 3] = [Self::Partitions, Self::Snapshots, Self::Properties];
}

impl ViewTab {
    /// What the menu calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Sql => "SQL",
            Self::Schema => "Schema",
            Self::Versions => "Versions",
            Self::Properties => "Properties",
        }
    }
}

impl NamespaceTab {
    /// What the menu calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tables => "Tables",
            Self::Views => "Views",
            Self::GenericTables => "Generic tables",
            Self::Namespaces => "Namespaces",
            Self::Properties => "Properties",
        }
    }

    /// The tab that `tab=` names, else the first. The top of a warehouse holds nothing but namespaces.
    pub fn read(query: &Query, top: bool) -> Self {
        match query.get("tab").and_then(Self::parse) {
            _ if top => Self::Namespaces,
            named => named.unwrap_or(Self::Tables),
        }
    }

    /// The list that it shows.
    pub fn names(self) -> Option<NameKind> {
        match self {
            Self::Tables => Some(NameKind::Tables),
            Self::Views => Some(NameKind::Views),
            Self::GenericTables => Some(NameKind::GenericTables),
            Self::Namespaces => Some(NameKind::Namespaces),
            Self::Properties => None,
        }
    }
}

impl WizardStep {
    /// Where a form asks for its file; one that cannot be read is shown there as where files are imported.
    pub const FILE: &str = "/destination/file";
    /// A local stack, for download.
    pub const STACK: &str = "/destination/docker-compose.yml";

    /// The way through it; a file is imported instead of the first two.
    pub const WAY: [Self; 5] = [
        Self::Choose,
        Self::Prepare,
        Self::Form,
        Self::Check,
        Self::Review,
    ];

    /// What the steps above the form call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Choose => "Catalog",
            Self::Import => "Import",
            Self::Prepare => "Prepare",
            Self::Form => "Settings",
            Self::Check => "Check",
            Self::Review => "Review",
        }
    }

    /// Its address, without what the query says of a draft.
    pub fn path(self) -> String {
        match self {
            Self::Choose => DESTINATION.to_owned(),
            step => format!("{DESTINATION}/{}", step.slug()),
        }
    }

    /// The step at a path; `None` for what is no step of the wizard.
    pub fn at(path: &str) -> Option<Self> {
        match path {
            Self::FILE => Some(Self::Import),
            _ => Self::parse(path.strip_prefix(DESTINATION)?.trim_matches('/')),
        }
    }
}

impl PolarisPage {
    /// Whether the page's own address takes a form that is answered with a redirect, or with the
    /// page and what was typed.
    pub fn takes_form(self) -> bool {
        match self {
            Self::NewCatalog
            | Self::EditCatalog
            | Self::Catalog
            | Self::GenericTable
            | Self::Principal
            | Self::NewPrincipal
            | Self::Credentials
            | Self::PrincipalRole
            | Self::NewPrincipalRole
            | Self::CatalogRole
            | Self::NewCatalogRole
            | Self::Policy
            | Self::NewPolicy
            | Self::NewGenericTable => true,
            Self::Catalogs
            | Self::Principals
            | Self::PrincipalRoles
            | Self::CatalogRoles
            | Self::Policies
            | Self::GenericTables
            | Self::Access
            | Self::Who
            | Self::Reach
            | Self::Explain
            | Self::Grants
            | Self::Graph
            | Self::Onboard
            | Self::Offboard => false,
        }
    }
}

/// A page of a connection. Written, it is what follows the connection in the path: `/t/schema`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// The connection itself.
    Connection,
    /// A namespace, or the top of a warehouse.
    Namespace,
    /// Finds an object by a name that was typed.
    Open,
    /// How engines connect.
    Connect,
    /// Two tables beside each other.
    Compare,
    /// A tab of a table.
    Table(TableTab),
    /// A tab of a view.
    View(ViewTab),
    /// A page that changes what the catalog holds.
    Change(ChangePage),
    /// A page that Polaris alone has.
    Polaris(PolarisPage),
}

impl Page {
    /// The segment before a table's tabs.
    pub const TABLE: &str = "t";
    /// The segment before a view's tabs.
    pub const VIEW: &str = "v";
    const NAMESPACE: &str = "ns";
    const OPEN: &str = "open";
    const CONNECT: &str = "connect";
    const COMPARE: &str = "compare";

    /// Every page there is.
    pub fn all() -> impl Iterator<Item = Self> {
        use Page::{Compare, Connect, Connection, Namespace, Open};
        [Connection, Namespace, Open, Connect, Compare]
            .into_iter()
            .chain(TableTab::ALL.iter().copied().map(Self::Table))
            .chain(ViewTab::ALL.iter().copied().map(Self::View))
            .chain(ChangePage::ALL.iter().copied().map(Self::Change))
            .chain(PolarisPage::ALL.iter().copied().map(Self::Polaris))
    }

    /// The page at a path of the console; `None` outside any connection and for what is no page.
    pub fn parse(path: &str) -> Option<Self> {
        let inside = path.strip_prefix("/c/")?;
        let (connection, page) = inside.split_once('/').unwrap_or((inside, ""));
        if connection.is_empty() {
            return None;
        }
        let page = page.strip_suffix('/').unwrap_or(page);
        match page.split_once('/') {
            Some((Self::TABLE, tab)) => TableTab::parse(tab).map(Self::Table),
            Some((Self::VIEW, tab)) => ViewTab::parse(tab).map(Self::View),
            Some(_) => None,
            None => match page {
                "" => Some(Self::Connection),
                Self::NAMESPACE => Some(Self::Namespace),
                Self::OPEN => Some(Self::Open),
                Self::CONNECT => Some(Self::Connect),
                Self::COMPARE => Some(Self::Compare),
                slug => {
                    let change = ChangePage::parse(slug).map(Self::Change);
                    change.or_else(|| PolarisPage::parse(slug).map(Self::Polaris))
                }
            },
        }
    }

    /// The page to go on from to the same place elsewhere: a page of an object or a namespace is meant itself,
    /// any other leads to what its address names.
    pub fn around(self, query: &Query) -> Self {
        let names = |key| query.get(key).is_some();
        match self {
            Self::Table(_) | Self::View(_) | Self::Namespace => self,
            _ if names("t") => Self::Table(TableTab::Overview),
            _ if names("v") => Self::View(ViewTab::Overview),
            _ if names("ns") => Self::Namespace,
            page => page,
        }
    }

    /// Where an object is looked at first.
    pub fn overview(self) -> Self {
        match self {
            Self::Table(_) => Self::Table(TableTab::Overview),
            Self::View(_) => Self::View(ViewTab::Overview),
            page => page,
        }
    }

    /// What it shows.
    pub fn noun(self) -> Noun {
        match self {
            Self::Table(_) => Noun::Table,
            Self::View(_) => Noun::View,
            _ => Noun::Namespace,
        }
    }

    /// The first segment after the connection.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Connection => "",
            Self::Namespace => Self::NAMESPACE,
            Self::Open => Self::OPEN,
            Self::Connect => Self::CONNECT,
            Self::Compare => Self::COMPARE,
            Self::Table(_) => Self::TABLE,
            Self::View(_) => Self::VIEW,
            Self::Change(page) => page.slug(),
            Self::Polaris(page) => page.slug(),
        }
    }

    /// Its path for any connection, as a router takes it.
    pub fn route(self) -> String {
        format!("/c/{{connection}}{self}")
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self != Self::Connection {
            write!(f, "/{}", self.segment())?;
        }
        match self {
            Self::Table(tab) => write!(f, "/{}", tab.slug()),
            Self::View(tab) => write!(f, "/{}", tab.slug()),
            _ => Ok(()),
        }
    }
}

impl From<PolarisPage> for Page {
    fn from(page: PolarisPage) -> Self {
        Self::Polaris(page)
    }
}

impl From<ChangePage> for Page {
    fn from(page: ChangePage) -> Self {
        Self::Change(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_segment_of_its_own() {
        for page in Page::all() {
            assert_eq!(Page::parse(&format!("/c/prod{page}")), Some(page));
        }
    }

    #[test]
    fn every_step_of_the_wizard_has_an_address_of_its_own() {
        for step in WizardStep::ALL {
            assert_eq!(WizardStep::at(&step.path()), Some(*step));
        }
        assert_eq!(WizardStep::at("/destination/"), Some(WizardStep::Choose));
        assert_eq!(WizardStep::at("/destination/none"), None);
        assert_eq!(WizardStep::at("/troubleshooting"), None);
    }

    #[test]
    fn an_unknown_tab_is_the_first() {
        let tab = |search, top| NamespaceTab::read(&Query::parse(search), top);
        assert_eq!(tab("?tab=nonsense", false), NamespaceTab::Tables);
        assert_eq!(tab("?tab=views", false), NamespaceTab::Views);
        assert_eq!(tab("?tab=properties", true), NamespaceTab::Namespaces);
    }

    #[test]
    fn what_an_address_names_is_what_is_looked_for_elsewhere() {
        let around = |path, search| {
            let page = Page::parse(path).unwrap().around(&Query::parse(search));
            (page, page.noun())
        };
        for (path, search, expected) in [
            (
                "/c/p/t/schema",
                "?ns=a&t=b",
                (Page::Table(TableTab::Schema), Noun::Table),
            ),
            (
                "/c/p/who",
                "?ns=a&v=b",
                (Page::View(ViewTab::Overview), Noun::View),
            ),
            ("/c/p/policies", "?ns=a", (Page::Namespace, Noun::Namespace)),
            ("/c/p", "", (Page::Connection, Noun::Namespace)),
        ] {
            assert_eq!(around(path, search), expected, "{path}{search}");
        }
    }

    #[test]
    fn what_is_no_page_is_none() {
        for path in [
            "/",
            "/c",
            "/c/",
            "/c//ns",
            "/c/prod/none",
            "/c/prod/t",
            "/c/prod/t/none",
            "/c/prod/t/schema/more",
            "/c/prod/v/raw",
            "/c/prod/ns/overview",
            "/c/prod/principals//",
            "/destination",
        ] {
            assert_eq!(Page::parse(path), None, "{path}");
        }
        assert_eq!(Page::parse("/c/prod/"), Some(Page::Connection));
    }
}
