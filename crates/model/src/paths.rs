//! Every address of the console. Names of namespaces, tables and views never stand in a path
//! segment: they are query values, read from the raw query string (the router's own map decodes
//! twice and keeps one value per key).

mod bounds;
mod compare;
mod objects;
mod polaris;

use std::fmt;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    names::NameKind,
    open::Noun,
    page::{ChangePage, NamespaceTab, Page, TableTab, ViewTab, WizardStep},
    query::encode,
    section::Section,
};

pub use crate::{page::DESTINATION, query::Query};
pub use bounds::{ADDRESS, check, local};
pub use bounds::{LEVELS, TooDeep};
pub use compare::Other;
pub use objects::{
    CANCEL, COLLECT, EXPORT, KINDS, OBJECT_KEYS, SECOND, levels, object_name, read_object,
    write_object,
};

/// The list of connections.
pub const HOME: &str = "/";
/// Where the home page's form asks for a new look at every connection.
pub const PROBE: &str = "/connections/probe";
/// Known problems of OLake with Iceberg catalogs.
pub const TROUBLESHOOTING: &str = "/troubleshooting";
/// Finds anything by a word.
pub const SEARCH: &str = "/search";
/// Where a form asks to read more of what is searched.
pub const SEARCH_MORE: &str = "/search/more";
/// Where somebody signs in.
pub const SIGN_IN: &str = "/sign-in";
/// Where somebody signs in to a catalog that is called as them.
pub const CATALOG_SIGN_IN: &str = "/sign-in/catalog";
/// Where a form ends the session.
pub const SIGN_OUT: &str = "/sign-out";
/// Who one is here, with one's sessions and tokens.
pub const YOU: &str = "/you";
/// Those who sign in.
pub const PEOPLE: &str = "/people";
/// The record of what people did.
pub const AUDIT: &str = "/audit";
/// The record as a file.
pub const AUDIT_EXPORT: &str = "/audit/export";
/// A header of every call to a server function, as a page makes it. Another site's page can send it to nobody who has
/// not agreed to it (CORS), and here nobody does.
pub const FROM_A_PAGE: &str = "x-crowsnest";
/// In the address of the page for signing in: where it leads to then.
pub const TO: &str = "to";
/// In the address of a list of snapshots: the span of time that they were made in.
pub const WITHIN: &str = "within";
/// In the address of a new table: the one that its form is filled in from.
pub const FROM: &str = "from";
/// There, too: the levels of its namespace, where that is another.
pub const FROM_NAMESPACE: &str = "from_ns";
/// Beside the tabs of a table: its metadata file, for download.
pub const METADATA: &str = "/metadata.json";

/// A name as one path segment, as the catalogs' own addresses hold it.
pub fn encoded(name: &str) -> String {
    encode(name).to_string()
}

/// What a page is about: a connection, then as much of warehouse, reference, namespace and object
/// as the address names. Travels to the server as its own address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Its name, as configured.
    pub connection: String,
    /// `None`: the connection's default.
    pub warehouse: Option<String>,
    /// A Nessie branch or tag; `None`: its default.
    pub reference: Option<String>,
    /// Empty: the top of the warehouse.
    pub namespace: Vec<String>,
    /// A table or a view, as the page's path says.
    pub object: Option<String>,
}

impl Place {
    /// A connection at its default warehouse.
    pub fn connection(name: impl Into<String>) -> Self {
        Self {
            connection: name.into(),
            ..Self::default()
        }
    }

    /// Reads a place from an address of the console, whose namespace has no more than [`LEVELS`].
    pub fn read(path: &str, search: &str) -> Result<Self, TooDeep> {
        let query = Query::parse(search);
        let owned = |key| query.get(key).map(str::to_owned);
        Ok(Self {
            connection: path
                .strip_prefix("/c/")
                .and_then(|rest| rest.split('/').next())
                .map(|name| percent_decode_str(name).decode_utf8_lossy().into_owned())
                .unwrap_or_default(),
            warehouse: owned("w"),
            reference: owned("ref"),
            namespace: bounds::shallow(read_levels(&query, "ns"))?,
            object: owned("t").or_else(|| owned("v")),
        })
    }

    /// The top of another warehouse; its default reference.
    pub fn with_warehouse(&self, warehouse: Option<String>) -> Self {
        Self {
            warehouse,
            ..Self::connection(self.connection.clone())
        }
    }

    /// The same place on another branch or tag.
    pub fn with_reference(&self, reference: Option<String>) -> Self {
        Self {
            reference,
            ..self.clone()
        }
    }

    /// Another namespace of the same warehouse.
    pub fn with_namespace(&self, namespace: &[String]) -> Self {
        Self {
            namespace: namespace.to_vec(),
            object: None,
            ..self.clone()
        }
    }

    /// A table or view in the same namespace.
    pub fn with_object(&self, name: &str) -> Self {
        Self {
            object: Some(name.into()),
            ..self.clone()
        }
    }

    /// The warehouse and reference, which every address of this connection carries.
    fn scope(&self) -> Query {
        Query::default()
            .and("w", self.warehouse.as_deref().unwrap_or_default())
            .and("ref", self.reference.as_deref().unwrap_or_default())
    }

    fn namespaced(&self) -> Query {
        self.namespace
            .iter()
            .fold(self.scope(), |query, level| query.and("ns", level))
    }

    fn named(&self, key: &str) -> Query {
        self.namespaced()
            .and(key, self.object.as_deref().unwrap_or_default())
    }

    fn root(&self) -> String {
        format!("/c/{}", encode(&self.connection))
    }

    fn page(&self, page: impl Into<Page>, query: &Query) -> String {
        format!("{}{}{query}", self.root(), page.into())
    }

    /// Where a section of the connection begins, in the warehouse and at the reference that are open.
    pub fn section_path(&self, section: Section) -> String {
        self.page(section.begins(), &self.scope())
    }

    /// What the catalog says about itself.
    pub fn connection_path(&self) -> String {
        self.page(Page::Connection, &self.scope())
    }

    /// The top of the warehouse is a namespace page of its own, without `ns=`.
    pub fn namespace_path(&self) -> String {
        self.page(Page::Namespace, &self.namespaced())
    }

    /// One list of a namespace, or its properties.
    pub fn namespace_tab_path(&self, tab: NamespaceTab) -> String {
        self.page(Page::Namespace, &self.namespaced().and("tab", tab.slug()))
    }

    /// Where this namespace, table or view is changed, or a namespace is made in this one.
    pub fn change_path(&self, page: ChangePage) -> String {
        let query = match page.noun() {
            Noun::Namespace => self.namespaced(),
            noun => self.named(noun.key()),
        };
        self.page(page, &query)
    }

    /// Where a table is made that begins as this one.
    pub fn like_path(&self) -> String {
        let from = self.object.as_deref().unwrap_or_default();
        self.page(ChangePage::NewTable, &self.namespaced().and(FROM, from))
    }

    /// Where a branch or tag of this table is changed.
    pub fn ref_path(&self, page: ChangePage, name: &str) -> String {
        self.page(page, &self.named(Noun::Table.key()).and("name", name))
    }

    /// Where one is made that points at a snapshot.
    pub fn new_ref_path(&self, snapshot: &str) -> String {
        let table = self.named(Noun::Table.key());
        self.page(ChangePage::NewRef, &table.and("snapshot", snapshot))
    }

    /// Where this view is taken back to a version.
    pub fn roll_back_path(&self, version: &str) -> String {
        let view = self.named(Noun::View.key());
        self.page(ChangePage::RollBackView, &view.and("version", version))
    }

    /// Where a snapshot of this table expires.
    pub fn expire_path(&self, snapshot: &str) -> String {
        let table = self.named(Noun::Table.key());
        let asked = table.and("snapshot", snapshot);
        self.page(ChangePage::ExpireSnapshots, &asked)
    }

    /// Where a snapshot's statistics, of the table or of its partitions, are taken out of the metadata.
    pub fn drop_statistics_path(&self, kind: &str, snapshot: &str) -> String {
        let table = self.named(Noun::Table.key());
        let asked = table.and("type", kind).and("snapshot", snapshot);
        self.page(ChangePage::DropStatistics, &asked)
    }

    /// The list of what a namespace holds of one kind.
    pub fn list_path(&self, kind: NameKind) -> String {
        let lists = |tab: &&NamespaceTab| tab.names() == Some(kind);
        let tab = NamespaceTab::ALL.iter().find(lists).copied();
        self.namespace_tab_path(tab.unwrap_or(NamespaceTab::Tables))
    }

    /// What a namespace holds, by its kind and name: where it begins.
    pub fn path_inside(&self, kind: NameKind, name: &str) -> String {
        match kind {
            NameKind::Tables => self.with_object(name).table_path(TableTab::Overview),
            NameKind::Views => self.with_object(name).view_path(ViewTab::Overview),
            NameKind::GenericTables => self.generic_table_path(name),
            NameKind::Namespaces => {
                let inner = [&self.namespace[..], &[name.to_owned()]].concat();
                self.with_namespace(&inner).namespace_path()
            }
        }
    }

    /// Opens a table, view or namespace by a name that was typed.
    pub fn open_path(&self) -> String {
        self.page(Page::Open, &self.scope())
    }

    /// What has the same name in another connection or warehouse, found by its name: it may not be there.
    pub fn elsewhere(&self, other: &Self, noun: Noun) -> String {
        let mut levels = self.namespace.clone();
        if noun != Noun::Namespace {
            levels.extend(self.object.clone());
        }
        let free = |separator: &&str| !levels.iter().any(|level| level.contains(*separator));
        match [".", "/", ":", "|", "::", "//"]
            .iter()
            .find(|separator| free(separator))
        {
            Some(separator) if !levels.is_empty() => {
                let query = Query::default().with("name", &levels.join(separator));
                extend(
                    other.open_path(),
                    &query.with("kind", noun.word()).with("sep", separator),
                )
            }
            _ => other.connection_path(),
        }
    }

    /// The connection's page, where another warehouse or reference is chosen for the same names.
    pub fn choose_path(&self, noun: Noun) -> String {
        self.page(Page::Connection, &self.named(noun.key()))
    }

    /// The same place in another warehouse of the connection.
    pub fn in_warehouse(&self, name: &str, page: Page) -> String {
        let other = self.with_warehouse(Some(name.into()));
        match self.namespace.is_empty() {
            true => other.shown_on(page),
            false => self.elsewhere(&other, page.noun()),
        }
    }

    /// This place on a page of what every catalog has.
    pub fn shown_on(&self, page: Page) -> String {
        match page {
            Page::Table(tab) => self.table_path(tab),
            Page::View(tab) => self.view_path(tab),
            Page::Connection => self.connection_path(),
            Page::Connect => self.connect_path(),
            Page::Namespace | Page::Open | Page::Compare | Page::Change(_) | Page::Polaris(_) => {
                self.namespace_path()
            }
        }
    }

    /// A tab of a table.
    pub fn table_path(&self, tab: TableTab) -> String {
        self.page(Page::Table(tab), &self.named("t"))
    }

    /// One snapshot of a table in full.
    pub fn snapshot_path(&self, id: &str) -> String {
        let query = self.named("t").and("snapshot", id);
        self.page(Page::Table(TableTab::Snapshots), &query)
    }

    /// Two snapshots of a table beside each other.
    pub fn compare_path(&self, from: &str, to: &str) -> String {
        let query = self.named("t").and("from", from).and("to", to);
        self.page(Page::Table(TableTab::Snapshots), &query)
    }

    /// A tab of a view.
    pub fn view_path(&self, tab: ViewTab) -> String {
        self.page(Page::View(tab), &self.named("v"))
    }

    /// The texts of one version of a view.
    pub fn version_path(&self, id: &str) -> String {
        let query = self.named("v").and("version", id);
        self.page(Page::View(ViewTab::Sql), &query)
    }

    /// Two versions of a view beside each other.
    pub fn compare_versions_path(&self, from: &str, to: &str) -> String {
        let query = self.named("v").and("from", from).and("to", to);
        self.page(Page::View(ViewTab::Versions), &query)
    }

    /// What each schema of a table changed, and when.
    pub fn schema_history_path(&self) -> String {
        let query = self.named("t").and("show", "history");
        self.page(Page::Table(TableTab::Schema), &query)
    }

    /// Two schemas of a table beside each other.
    pub fn compare_schemas_path(&self, from: &str, to: &str) -> String {
        let query = self.named("t").and("from", from).and("to", to);
        self.page(Page::Table(TableTab::Schema), &query)
    }

    /// Two partition specs of a table beside each other.
    pub fn compare_specs_path(&self, from: &str, to: &str) -> String {
        let query = self.named("t").and("from", from).and("to", to);
        self.page(Page::Table(TableTab::Partitions), &query)
    }

    /// Two sort orders of a table beside each other.
    pub fn compare_orders_path(&self, from: &str, to: &str) -> String {
        let query = self.named("t").and("show", "orders");
        let query = query.and("from", from).and("to", to);
        self.page(Page::Table(TableTab::Partitions), &query)
    }

    /// One schema of a table.
    pub fn schema_path(&self, id: &str) -> String {
        let query = self.named("t").and("schema", id);
        self.page(Page::Table(TableTab::Schema), &query)
    }

    /// The metadata file of a table as it is, for download.
    pub fn metadata_path(&self) -> String {
        let query = self.named("t");
        format!("{}/{}{METADATA}{query}", self.root(), Page::TABLE)
    }

    /// How engines connect to this catalog.
    pub fn connect_path(&self) -> String {
        self.page(Page::Connect, &self.named("t"))
    }

    /// How engines read one snapshot of a table.
    pub fn connect_at_path(&self, snapshot: &str) -> String {
        self.page(Page::Connect, &self.named("t").and("snapshot", snapshot))
    }

    /// `a.b.orders`: for people, never for a URL.
    pub fn dotted(&self) -> String {
        self.names().join(".")
    }

    /// The levels of the namespace, and the object's own name.
    pub fn names(&self) -> Vec<String> {
        let levels = self.namespace.iter().chain(&self.object);
        levels.cloned().collect()
    }
}

/// The destination wizard at its settings, filled in for a Polaris catalog: `url` of its Iceberg
/// REST interface (`http://polaris:8181/api/catalog`), `catalog` is the warehouse's name, `scope`
/// such as `PRINCIPAL_ROLE:ALL`. An empty value is left out and derived where it can be.
///
/// The wizard's query in general: `catalog` and `auth` are the slugs of `destination::Kind` and
/// `destination::Auth`, `from` a connection, `client_id` the public half of `credential`, all
/// others keys of the file. A secret in an address is ignored: hand it over with
/// [`app::handover::Handover::give`] under the same client id before the link is followed.
pub fn polaris_destination_path(url: &str, catalog: &str, client_id: &str, scope: &str) -> String {
    let query = Query::default()
        .and("catalog", "polaris")
        .and("auth", "oauth2")
        .and("rest_catalog_url", url)
        .and("iceberg_s3_path", catalog)
        .and("scope", scope)
        .and("client_id", client_id);
    format!("{}{query}", WizardStep::Form.path())
}

/// An address with more query.
pub fn extend(path: String, query: &Query) -> String {
    let query = query.to_string();
    if path.contains('?') {
        path + &query.replacen('?', "&", 1)
    } else {
        path + &query
    }
}

/// The levels of a namespace as one query value: `/a/b`; the top is `/`.
pub fn join_levels(levels: &[String]) -> String {
    let levels: Vec<String> = levels
        .iter()
        .map(|level| encode(level).to_string())
        .collect();
    format!("/{}", levels.join("/"))
}

/// The reverse of [`join_levels`]. Of more than [`LEVELS`] one more comes back, so that they are not
/// taken for fewer.
pub fn split_levels(text: &str) -> Vec<String> {
    text.split('/')
        .filter(|level| !level.is_empty())
        .take(LEVELS + 1)
        .map(|level| percent_decode_str(level).decode_utf8_lossy().into_owned())
        .collect()
}

/// The levels that stand one by one under `key`, as many as [`split_levels`] gives.
fn read_levels(query: &Query, key: &str) -> Vec<String> {
    query
        .all(key)
        .filter(|level| !level.is_empty())
        .take(LEVELS + 1)
        .map(str::to_owned)
        .collect()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.root(), self.named("t"))
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let address = String::deserialize(deserializer)?;
        let (path, search) = address.split_once('?').unwrap_or((&address, ""));
        let place = Place::read(path, search).map_err(D::Error::custom)?;
        if place.connection.is_empty() {
            return Err(D::Error::custom("the address names no connection"));
        }
        Ok(place)
    }
}

#[cfg(test)]
mod tests;
