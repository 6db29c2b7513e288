//! What only some catalogs have, part by part: menus, routes, pages and calls go by these, and nothing else
//! asks whose server it is.

use iceberg_rest::Dialect;
use serde::{Deserialize, Serialize};

use crate::page::{
    NamespaceTab,
    Page::{self, Polaris, Table},
    PolarisPage as P, TableTab,
};

/// A part of the console for what not every catalog has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Section {
    /// Of the server.
    Catalogs,
    /// Of the server.
    Principals,
    /// Of the server.
    PrincipalRoles,
    /// Who may do what.
    Access,
    /// Who is in which role, and what each is granted, as a picture.
    Graph,
    /// One flow for a new service.
    Onboard,
    /// One flow for one that goes.
    Offboard,
    /// Of a namespace or an object.
    Policies,
    /// Of a namespace.
    GenericTables,
    /// Commits of the catalog's own, with branches and tags of all its tables.
    History,
}

/// Whether a connection has a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offer {
    /// It has.
    Yes,
    /// Why not; a sentence.
    No(String),
    /// Its server has not told.
    Unknown,
}

struct Row {
    label: &'static str,
    /// The first is where it begins.
    pages: &'static [Page],
    vendors: &'static [Dialect],
    /// What other vendors do not have.
    what: &'static str,
    /// How the endpoint ends that a server lists if it has it, where it is one that a server may be without.
    endpoint: Option<&'static str>,
}

const MANAGED: &str = "principals, roles and grants";
const POLARIS: &[Dialect] = &[Dialect::Polaris];

impl Section {
    /// Every section, in the order of the menus.
    pub const ALL: [Self; 10] = [
        Self::Catalogs,
        Self::Principals,
        Self::PrincipalRoles,
        Self::Access,
        Self::Graph,
        Self::Onboard,
        Self::Offboard,
        Self::Policies,
        Self::GenericTables,
        Self::History,
    ];

    /// It is about who may do what, or about catalogs themselves.
    pub fn is_managed(self) -> bool {
        !matches!(self, Self::Policies | Self::GenericTables | Self::History)
    }

    fn row(self) -> Row {
        let of_polaris = |label: &'static str, pages: &'static [Page]| Row {
            label,
            pages,
            vendors: POLARIS,
            what: MANAGED,
            endpoint: None,
        };
        match self {
            Self::Catalogs => of_polaris(
                "Catalogs",
                &[
                    Polaris(P::Catalogs),
                    Polaris(P::Catalog),
                    Polaris(P::NewCatalog),
                    Polaris(P::EditCatalog),
                    Polaris(P::CatalogRoles),
                    Polaris(P::CatalogRole),
                    Polaris(P::NewCatalogRole),
                ],
            ),
            Self::Principals => of_polaris(
                "Principals",
                &[
                    Polaris(P::Principals),
                    Polaris(P::Principal),
                    Polaris(P::NewPrincipal),
                    Polaris(P::Credentials),
                ],
            ),
            Self::PrincipalRoles => of_polaris(
                "Principal roles",
                &[
                    Polaris(P::PrincipalRoles),
                    Polaris(P::PrincipalRole),
                    Polaris(P::NewPrincipalRole),
                ],
            ),
            Self::Access => of_polaris(
                "Access",
                &[
                    Polaris(P::Access),
                    Polaris(P::Who),
                    Polaris(P::Reach),
                    Polaris(P::Explain),
                    Polaris(P::Grants),
                ],
            ),
            Self::Graph => of_polaris("Graph", &[Polaris(P::Graph)]),
            Self::Onboard => of_polaris("Onboard", &[Polaris(P::Onboard)]),
            Self::Offboard => of_polaris("Offboard", &[Polaris(P::Offboard)]),
            Self::Policies => Row {
                what: "policies",
                endpoint: Some("/policies"),
                ..of_polaris(
                    "Policies",
                    &[
                        Polaris(P::Policies),
                        Polaris(P::Policy),
                        Polaris(P::NewPolicy),
                    ],
                )
            },
            Self::GenericTables => Row {
                what: "generic tables",
                endpoint: Some("/generic-tables"),
                ..of_polaris(
                    "Generic tables",
                    &[
                        Polaris(P::GenericTables),
                        Polaris(P::GenericTable),
                        Polaris(P::NewGenericTable),
                    ],
                )
            },
            Self::History => Row {
                label: "History",
                pages: &[Table(TableTab::History)],
                vendors: &[Dialect::Nessie],
                what: "commits of its own",
                endpoint: None,
            },
        }
    }

    /// Of the ways in.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// The page that a way in leads to.
    pub fn begins(self) -> Page {
        self.row().pages[0]
    }

    /// Its pages, the one that it begins at among them.
    pub fn pages(self) -> &'static [Page] {
        self.row().pages
    }

    /// The section that a page belongs to; `None` for what every catalog has.
    pub fn of(page: Page) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|section| section.pages().contains(&page))
    }

    /// Whether catalogs of this kind have it.
    pub fn is_of(self, dialect: Dialect) -> bool {
        self.row().vendors.contains(&dialect)
    }

    /// Why a connection to a catalog of this kind does not have it, where that is so.
    pub fn missing(self, connection: &str, dialect: Dialect) -> Option<String> {
        let Row { vendors, what, .. } = self.row();
        let titles = vendors.iter().map(|vendor| vendor.profile().title);
        let titles = titles.collect::<Vec<_>>().join(" and ");
        (!vendors.contains(&dialect)).then(|| {
            let title = dialect.profile().title;
            format!("The connection {connection} is {title}: only {titles} has {what}.")
        })
    }

    /// Whether a connection has it. `endpoints` as its server lists them; `None` where it does not, or was
    /// not reached.
    pub fn offer(
        self,
        connection: &str,
        dialect: Option<Dialect>,
        endpoints: Option<&[String]>,
    ) -> Offer {
        let Some(dialect) = dialect else {
            return Offer::Unknown;
        };
        if let Some(reason) = self.missing(connection, dialect) {
            return Offer::No(reason);
        }
        match (self.row().endpoint, endpoints) {
            (None, _) => Offer::Yes,
            (Some(_), None) => Offer::Unknown,
            (Some(end), Some(listed)) if listed.iter().any(|it| it.ends_with(end)) => Offer::Yes,
            (Some(_), Some(_)) => Offer::No(format!(
                "The server of the connection {connection} lists no call for {}.",
                self.row().what
            )),
        }
    }
}

impl NamespaceTab {
    /// What a catalog has to have for it; `None` for what every catalog has.
    pub fn section(self) -> Option<Section> {
        (self == Self::GenericTables).then_some(Section::GenericTables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_a_vendor_belongs_to_one_section() {
        for page in P::ALL.iter().copied().map(Polaris) {
            let sections = Section::ALL
                .into_iter()
                .filter(|section| section.pages().contains(&page));
            assert_eq!(sections.count(), 1, "{page}");
        }
        assert_eq!(Section::of(Page::Namespace), None);
    }

    #[test]
    fn what_a_vendor_has_not_is_said_with_the_reason() {
        let no = Section::Principals.offer("lake", Some(Dialect::Nessie), None);
        let Offer::No(reason) = no else {
            panic!("{no:?}")
        };
        assert_eq!(
            reason,
            "The connection lake is Nessie: only Apache Polaris has principals, roles and grants."
        );
        assert_eq!(
            Section::History.offer("lake", Some(Dialect::Nessie), None),
            Offer::Yes
        );
    }

    #[test]
    fn what_a_server_may_be_without_is_offered_where_it_lists_it() {
        let offer = |endpoints: Option<&[String]>| {
            Section::Policies.offer("lake", Some(Dialect::Polaris), endpoints)
        };
        let listed = ["GET polaris/v1/{prefix}/namespaces/{namespace}/policies".to_owned()];
        assert_eq!(offer(Some(&listed)), Offer::Yes);
        assert!(matches!(offer(Some(&[])), Offer::No(_)));
        assert_eq!(offer(None), Offer::Unknown);
    }

    #[test]
    fn of_an_unknown_server_nothing_is_offered_nor_denied() {
        for section in Section::ALL {
            assert_eq!(section.offer("lake", None, Some(&[])), Offer::Unknown);
        }
    }
}
