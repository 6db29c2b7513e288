//! Every address that the console builds: as it is written today, and that whatever stands in it is
//! read back as what it was. People keep addresses, so a change of one should be meant.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::HashSet, fmt::Write as _};

use model::{
    page::{NamespaceTab, Page, PolarisPage, TableTab, ViewTab},
    paths::{Place, Query, local},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// The address of a page, about as much of the place as the page is about. `name` is that of a
/// principal, a role, a policy or whatever else stands beside the place.
fn address(page: Page, place: &Place, name: &str) -> String {
    let warehouse = place.warehouse.as_deref().unwrap_or_default();
    match page {
        Page::Connection => place.connection_path(),
        Page::Namespace => place.namespace_path(),
        Page::Open => place.open_path(),
        Page::Connect => place.connect_path(),
        Page::Compare => place.compare_with_path(),
        Page::Table(tab) => place.table_path(tab),
        Page::View(tab) => place.view_path(tab),
        Page::Change(page) => place.change_path(page),
        Page::Polaris(page) => match page {
            PolarisPage::Catalogs => place.catalogs_path(),
            PolarisPage::Catalog => place.catalog_path(warehouse),
            PolarisPage::NewCatalog => place.catalog_new_path(),
            PolarisPage::EditCatalog => place.catalog_edit_path(warehouse),
            PolarisPage::Principals => place.principals_path(),
            PolarisPage::Principal => place.principal_path(name),
            PolarisPage::NewPrincipal => place.principal_new_path(),
            PolarisPage::Credentials => place.credentials_path(name),
            PolarisPage::PrincipalRoles => place.principal_roles_path(),
            PolarisPage::PrincipalRole => place.principal_role_path(name),
            PolarisPage::NewPrincipalRole => place.principal_role_new_path(),
            PolarisPage::CatalogRoles => place.catalog_roles_path(warehouse),
            PolarisPage::CatalogRole => place.catalog_role_path(warehouse, name),
            PolarisPage::NewCatalogRole => place.catalog_role_new_path(warehouse),
            PolarisPage::Policies => place.policies_of_path("t"),
            PolarisPage::Policy => place.policy_path(name),
            PolarisPage::NewPolicy => place.policy_new_path(),
            PolarisPage::GenericTables => place.generic_tables_path(),
            PolarisPage::GenericTable => place.generic_table_path(name),
            PolarisPage::NewGenericTable => place.generic_table_new_path(),
            PolarisPage::Access => place.access_path(),
            PolarisPage::Who => place.who_path("t"),
            PolarisPage::Reach => place.reach_path(name),
            PolarisPage::Explain => place.explain_path(),
            PolarisPage::Grants => place.grants_path(name, "v"),
            PolarisPage::Graph => place.graph_path(),
            PolarisPage::Onboard => place.onboard_path(),
            PolarisPage::Offboard => place.offboard_path(name),
        },
    }
}

fn odd() -> Place {
    Place {
        connection: "prod eu/ü".into(),
        warehouse: Some("w&x=1".into()),
        reference: Some("feat/#1".into()),
        namespace: vec!["a.b".into(), "..".into(), "c/d\u{1}".into()],
        object: Some("t?%2F+".into()),
    }
}

#[test]
fn addresses_stay_as_they_are() {
    let place = odd();
    let mut built = String::new();
    let mut line = |address: String| writeln!(built, "{address}").unwrap();
    for page in Page::all() {
        line(address(page, &place, "r&w"));
    }
    line(place.namespace_tab_path(NamespaceTab::Views));
    line(place.snapshot_path("9007199254740993"));
    line(place.compare_path("9007199254740993", "-5"));
    line(place.schema_path("3"));
    line(place.schema_history_path());
    line(place.compare_schemas_path("3", "4"));
    line(place.compare_specs_path("0", "1"));
    line(place.compare_orders_path("1", "2"));
    line(place.compare_tables_path(&place));
    line(place.version_path("2"));
    line(place.compare_versions_path("1", "2"));
    line(place.connect_at_path("9007199254740993"));
    line(place.metadata_path());
    line(place.policies_path());
    line(place.collect_path());
    line(place.cancel_path());
    assert!(
        built == include_str!("addresses.txt"),
        "the addresses are not those of addresses.txt; if that is meant, put there:\n{built}"
    );
    let every: HashSet<&str> = built.lines().collect();
    assert_eq!(every.len(), built.lines().count(), "two pages at one");
}

/// What names are made of where somebody means harm, or has no luck.
const PARTS: &[&str] = &[
    ".",
    "..",
    "a.b",
    "/",
    "//",
    "\\",
    "%",
    "%2F",
    "%2e%2e",
    "%00",
    "+",
    " ",
    "&t=x",
    "&ns=y",
    "=",
    "?",
    "#",
    "?w=z",
    ":",
    "@",
    ";",
    "\0",
    "\r\n",
    "\t",
    "\u{1f}",
    "\u{7f}",
    "\u{202e}",
    "\u{feff}",
    "é",
    "e\u{301}",
    "日本",
    "\u{10ffff}",
    "<b>",
    "\"",
    "'",
    "{tab}",
    "*",
    "t",
    "v",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(select(PARTS), 1..4).prop_map(|parts| parts.concat()),
        vec(any::<char>(), 1..8).prop_map(String::from_iter),
        "[a-z]{1,6}",
    ]
}

fn place() -> impl Strategy<Value = Place> {
    // The configuration refuses connections of these names: no encoding keeps them a segment.
    let connection = name().prop_filter("a segment", |name| name != "." && name != "..");
    let rest = (
        option::of(name()),
        option::of(name()),
        vec(name(), 0..5),
        option::of(name()),
    );
    (connection, rest).prop_map(
        |(connection, (warehouse, reference, namespace, object))| Place {
            connection,
            warehouse,
            reference,
            namespace,
            object,
        },
    )
}

/// As many as `PROPTEST_CASES` says, and never fewer than this.
fn cases() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig {
        cases: config.cases.max(10_000),
        failure_persistence: None,
        ..config
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_address_leads_to_the_page_and_place_it_was_built_for(
        page in select(Page::all().collect::<Vec<_>>()),
        place in place(),
        name in name(),
    ) {
        let address = address(page, &place, &name);
        let (path, search) = address.split_once('?').unwrap_or((&address, ""));

        // Nothing leaves its segment, and the address is one of ours to a browser as well.
        let segments = if page == Page::Connection { 3 } else { 3 + page.to_string().matches('/').count() };
        prop_assert_eq!(path.split('/').count(), segments);
        prop_assert!(!search.contains(['?', '#', '/', '\\', ' ', '+']));
        prop_assert_eq!(local(&address), Some(address.as_str()));

        prop_assert_eq!(Page::parse(path), Some(page));
        let read = Place::read(path, search).unwrap();
        // A page says no more of the place than it is about, and that as it was.
        prop_assert_eq!(&read.connection, &place.connection);
        prop_assert!(read.warehouse.is_none() || read.warehouse == place.warehouse);
        prop_assert!(read.reference.is_none() || read.reference == place.reference);
        prop_assert!(read.namespace.is_empty() || read.namespace == place.namespace);
        prop_assert!(read.object.is_none() || read.object == place.object);
        let query = Query::parse(search);
        for key in ["name", "principal", "role"] {
            prop_assert!(query.all(key).all(|value| value == name));
        }
        if let Page::Table(_) | Page::View(_) = page {
            prop_assert_eq!(&read, &place);
        }
        let sent = serde_json::to_value(&place).unwrap();
        prop_assert_eq!(serde_json::from_value::<Place>(sent).unwrap(), place);
    }

    #[test]
    fn a_query_is_read_back_pair_by_pair(pairs in vec((name(), name()), 0..4)) {
        let query = pairs.iter().fold(Query::default(), |query, (key, value)| query.and(key, value));
        let read = Query::parse(&query.to_string());
        prop_assert_eq!(read.pairs(), &pairs[..]);
    }

    #[test]
    fn no_text_is_too_odd_to_be_read(path in "/c/.{0,40}", search in ".{0,60}") {
        let _ = Page::parse(&path);
        let place = Place::read(&path, &search).unwrap();
        let again = Query::parse(&Query::parse(&search).to_string());
        prop_assert_eq!(again, Query::parse(&search));
        prop_assert!(place.namespace.iter().all(|level| !level.is_empty()));
    }
}

#[test]
fn tabs_are_named_in_words() {
    let tables = TableTab::ALL.iter().map(|tab| tab.label());
    assert_eq!(tables.collect::<HashSet<_>>().len(), TableTab::ALL.len());
    let views = ViewTab::ALL.iter().map(|tab| tab.label());
    assert_eq!(views.collect::<HashSet<_>>().len(), ViewTab::ALL.len());
}
