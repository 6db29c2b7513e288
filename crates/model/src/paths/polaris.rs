//! Addresses of Polaris' catalogs, principals, roles, policies and generic tables, and of who may
//! do what. Only this kind of catalog has them.

use super::{Place, Query};
use crate::page::PolarisPage;

impl Place {
    fn in_catalog(&self, catalog: &str) -> Query {
        Query::default().and("w", catalog)
    }

    /// The catalogs of the server.
    pub fn catalogs_path(&self) -> String {
        self.page(PolarisPage::Catalogs, &Query::default())
    }

    /// The form that creates one.
    pub fn catalog_new_path(&self) -> String {
        self.page(PolarisPage::NewCatalog, &Query::default())
    }

    /// One catalog.
    pub fn catalog_path(&self, catalog: &str) -> String {
        self.page(PolarisPage::Catalog, &self.in_catalog(catalog))
    }

    /// The form that changes it.
    pub fn catalog_edit_path(&self, catalog: &str) -> String {
        self.page(PolarisPage::EditCatalog, &self.in_catalog(catalog))
    }

    /// The principals of the server.
    pub fn principals_path(&self) -> String {
        self.page(PolarisPage::Principals, &Query::default())
    }

    /// The form that creates one.
    pub fn principal_new_path(&self) -> String {
        self.page(PolarisPage::NewPrincipal, &Query::default())
    }

    /// One principal.
    pub fn principal_path(&self, name: &str) -> String {
        self.page(PolarisPage::Principal, &Query::default().and("name", name))
    }

    /// Where a principal gets new credentials.
    pub fn credentials_path(&self, name: &str) -> String {
        self.page(
            PolarisPage::Credentials,
            &Query::default().and("name", name),
        )
    }

    /// The principal roles of the server.
    pub fn principal_roles_path(&self) -> String {
        self.page(PolarisPage::PrincipalRoles, &Query::default())
    }

    /// The form that creates one.
    pub fn principal_role_new_path(&self) -> String {
        self.page(PolarisPage::NewPrincipalRole, &Query::default())
    }

    /// One principal role.
    pub fn principal_role_path(&self, name: &str) -> String {
        self.page(
            PolarisPage::PrincipalRole,
            &Query::default().and("name", name),
        )
    }

    /// The roles of one catalog.
    pub fn catalog_roles_path(&self, catalog: &str) -> String {
        self.page(PolarisPage::CatalogRoles, &self.in_catalog(catalog))
    }

    /// The form that creates one.
    pub fn catalog_role_new_path(&self, catalog: &str) -> String {
        self.page(PolarisPage::NewCatalogRole, &self.in_catalog(catalog))
    }

    /// One of them.
    pub fn catalog_role_path(&self, catalog: &str, name: &str) -> String {
        self.page(
            PolarisPage::CatalogRole,
            &self.in_catalog(catalog).and("name", name),
        )
    }

    /// The policies of this namespace, and what holds for it.
    pub fn policies_path(&self) -> String {
        self.page(PolarisPage::Policies, &self.namespaced())
    }

    /// What holds for this table (`key`: `t`) or view (`v`).
    pub fn policies_of_path(&self, key: &str) -> String {
        self.page(PolarisPage::Policies, &self.named(key))
    }

    /// The form that creates one in this namespace.
    pub fn policy_new_path(&self) -> String {
        self.page(PolarisPage::NewPolicy, &self.namespaced())
    }

    /// A policy of this namespace.
    pub fn policy_path(&self, name: &str) -> String {
        self.page(PolarisPage::Policy, &self.namespaced().and("name", name))
    }

    /// The generic tables of this namespace.
    pub fn generic_tables_path(&self) -> String {
        self.page(PolarisPage::GenericTables, &self.namespaced())
    }

    /// The form that creates one in this namespace.
    pub fn generic_table_new_path(&self) -> String {
        self.page(PolarisPage::NewGenericTable, &self.namespaced())
    }

    /// A generic table of this namespace.
    pub fn generic_table_path(&self, name: &str) -> String {
        self.page(
            PolarisPage::GenericTable,
            &self.namespaced().and("name", name),
        )
    }

    /// Who may do what, and the collection of it.
    pub fn access_path(&self) -> String {
        self.page(PolarisPage::Access, &Query::default())
    }

    /// Who can do what with an object. `key` is its kind as in other addresses: `t`, `v` or
    /// `policy`; without an object, with the namespace or the catalog.
    pub fn who_path(&self, key: &str) -> String {
        self.page(PolarisPage::Who, &self.named(key))
    }

    /// What a principal can reach.
    pub fn reach_path(&self, principal: &str) -> String {
        self.page(
            PolarisPage::Reach,
            &Query::default().and("principal", principal),
        )
    }

    /// Why somebody was refused.
    pub fn explain_path(&self) -> String {
        self.page(PolarisPage::Explain, &Query::default())
    }

    /// The grants of a catalog role (empty: not chosen yet) on an object, as in [`Place::who_path`].
    pub fn grants_path(&self, role: &str, key: &str) -> String {
        self.page(PolarisPage::Grants, &self.named(key).and("role", role))
    }

    /// Who is in which role, and what each is granted.
    pub fn graph_path(&self) -> String {
        self.page(PolarisPage::Graph, &Query::default())
    }

    /// One flow for a new service.
    pub fn onboard_path(&self) -> String {
        self.page(PolarisPage::Onboard, &Query::default())
    }

    /// One flow for a principal that goes; empty: not chosen yet.
    pub fn offboard_path(&self, principal: &str) -> String {
        self.page(
            PolarisPage::Offboard,
            &Query::default().with("principal", principal),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_query() {
        let place = Place::connection("prod").with_warehouse(Some("a/b".into()));
        let inside = place.with_namespace(&["x y".into()]);
        for (path, expected) in [
            (
                place.catalog_role_path("a/b", "r&w"),
                "/c/prod/catalog-role?w=a%2Fb&name=r%26w",
            ),
            (
                place.principal_path("../root"),
                "/c/prod/principal?name=..%2Froot",
            ),
            (inside.policies_path(), "/c/prod/policies?w=a%2Fb&ns=x%20y"),
            (
                inside.with_object("t").policies_of_path("v"),
                "/c/prod/policies?w=a%2Fb&ns=x%20y&v=t",
            ),
            (
                inside.with_object("t").who_path("t"),
                "/c/prod/who?w=a%2Fb&ns=x%20y&t=t",
            ),
            (
                inside.grants_path("r", "t"),
                "/c/prod/grants?w=a%2Fb&ns=x%20y&role=r",
            ),
        ] {
            assert_eq!(path, expected);
        }
    }
}
