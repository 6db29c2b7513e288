//! Pages and what can be done on them, by what they are called.

use model::{
    page::WizardStep,
    paths::{DESTINATION, HOME, Place, TROUBLESHOOTING},
    search::What,
    section::Section,
};

use super::walk::Segment;

/// Of the console itself.
pub fn of_console() -> Segment {
    segment(vec![
        ("Connections", HOME.into()),
        ("OLake destination", DESTINATION.into()),
        ("Import destination.json", WizardStep::Import.path()),
        ("Troubleshooting OLake", TROUBLESHOOTING.into()),
    ])
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
        pages.push(("Offboard a service", place.offboard_path("")));
    }
    segment(pages)
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
