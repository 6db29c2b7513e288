//! The ways through a connection that stand beside all of its pages, in one list, and where a page belongs.

use crate::{connections::Facts, page::Page, paths::Place, section::Section};

/// A line of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Namespaces and what is in them.
    Browse,
    /// What only some catalogs have.
    Section(Section),
    /// How engines connect.
    Engines,
    /// The connection itself: what its server is and can do.
    Settings,
}

impl Way {
    /// In the order of the rail; what is [inside](Self::is_inside) access follows it.
    pub const ALL: [Self; 11] = [
        Self::Browse,
        Self::Section(Section::Access),
        Self::Section(Section::Principals),
        Self::Section(Section::PrincipalRoles),
        Self::Section(Section::Graph),
        Self::Section(Section::Onboard),
        Self::Section(Section::Offboard),
        Self::Section(Section::Policies),
        Self::Section(Section::Catalogs),
        Self::Engines,
        Self::Settings,
    ];

    /// The way that a page is found by: what belongs to a namespace or an object is browsed to.
    pub fn of(page: Page) -> Self {
        let way = match page {
            Page::Connection => Self::Settings,
            Page::Connect => Self::Engines,
            page => Section::of(page).map_or(Self::Browse, Self::Section),
        };
        if Self::ALL.contains(&way) {
            way
        } else {
            Self::Browse
        }
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Browse => "Browse",
            Self::Section(section) => section.label(),
            Self::Engines => "Engines",
            Self::Settings => "Settings",
        }
    }

    /// Whether it is a part of who may do what.
    pub fn is_inside(self) -> bool {
        use Section::{Graph, Offboard, Onboard, PrincipalRoles, Principals};
        let within = [Principals, PrincipalRoles, Graph, Onboard, Offboard];
        within.map(Self::Section).contains(&self)
    }

    /// Whether a connection is known to have it.
    pub fn is_of(self, facts: &Facts) -> bool {
        match self {
            Self::Section(section) => facts.offers(section),
            Self::Browse | Self::Engines | Self::Settings => true,
        }
    }

    /// Where it begins, in the warehouse and at the reference of `place`.
    pub fn path(self, place: &Place) -> String {
        let top = place.with_namespace(&[]);
        match self {
            Self::Browse => top.namespace_path(),
            // Of the catalog itself; those of a namespace or an object stand on its page.
            Self::Section(Section::Policies) => top.policies_path(),
            Self::Section(section) => top.section_path(section),
            Self::Engines => top.connect_path(),
            Self::Settings => top.connection_path(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{PolarisPage, TableTab};

    #[test]
    fn every_page_belongs_to_a_line_of_the_rail() {
        for (page, way) in [
            (Page::Table(TableTab::Schema), Way::Browse),
            (Page::Table(TableTab::History), Way::Browse),
            (Page::Namespace, Way::Browse),
            (Page::Polaris(PolarisPage::GenericTable), Way::Browse),
            (
                Page::Polaris(PolarisPage::Grants),
                Way::Section(Section::Access),
            ),
            (
                Page::Polaris(PolarisPage::Credentials),
                Way::Section(Section::Principals),
            ),
            (
                Page::Polaris(PolarisPage::CatalogRole),
                Way::Section(Section::Catalogs),
            ),
            (
                Page::Polaris(PolarisPage::Offboard),
                Way::Section(Section::Offboard),
            ),
            (
                Page::Polaris(PolarisPage::Policy),
                Way::Section(Section::Policies),
            ),
            (Page::Connection, Way::Settings),
            (Page::Connect, Way::Engines),
        ] {
            assert_eq!(Way::of(page), way, "{page}");
        }
        assert!(Page::all().all(|page| Way::ALL.contains(&Way::of(page))));
    }

    #[test]
    fn a_way_begins_in_the_warehouse_and_at_the_reference_that_are_open() {
        let place = Place::connection("lake").with_warehouse(Some("w".into()));
        let place = place.with_reference(Some("dev".into()));
        let inside = place.with_namespace(&["a".into()]).with_object("t");
        assert_eq!(Way::Browse.path(&inside), "/c/lake/ns?w=w&ref=dev");
        assert_eq!(Way::Engines.path(&inside), "/c/lake/connect?w=w&ref=dev");
        assert_eq!(Way::Settings.path(&inside), "/c/lake?w=w&ref=dev");
        let access = Way::Section(Section::Access);
        assert_eq!(access.path(&inside), "/c/lake/access?w=w&ref=dev");
        let policies = Way::Section(Section::Policies);
        assert_eq!(policies.path(&inside), "/c/lake/policies?w=w&ref=dev");
    }

    #[test]
    fn what_is_inside_access_follows_it() {
        let inside: Vec<_> = Way::ALL.map(Way::is_inside).into();
        assert_eq!(inside.iter().position(|inside| *inside), Some(2));
        assert_eq!(inside.iter().filter(|inside| **inside).count(), 5);
    }
}
