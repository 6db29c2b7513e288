//! Addresses of Polaris' catalogs, principals, roles, policies and generic tables, and of who may
//! do what. Only this kind of catalog has them.

use super::{Place, Query};

impl Place {
    fn page(&self, page: &str, query: &Query) -> String {
        format!("{}/{page}{query}", self.root())
    }

    fn in_catalog(&self, catalog: &str) -> Query {
        Query::default().and("w", catalog)
    }

    pub fn catalogs_path(&self) -> String {
        self.page("catalogs", &Query::default())
    }

    pub fn catalog_new_path(&self) -> String {
        self.page("catalog-new", &Query::default())
    }

    pub fn catalog_path(&self, catalog: &str) -> String {
        self.page("catalog", &self.in_catalog(catalog))
    }

    pub fn catalog_edit_path(&self, catalog: &str) -> String {
        self.page("catalog-edit", &self.in_catalog(catalog))
    }

    pub fn principals_path(&self) -> String {
        self.page("principals", &Query::default())
    }

    pub fn principal_new_path(&self) -> String {
        self.page("principal-new", &Query::default())
    }

    pub fn principal_path(&self, name: &str) -> String {
        self.page("principal", &Query::default().and("name", name))
    }

    /// Where a principal gets new credentials.
    pub fn credentials_path(&self, name: &str) -> String {
        self.page("principal-credentials", &Query::default().and("name", name))
    }

    pub fn principal_roles_path(&self) -> String {
        self.page("principal-roles", &Query::default())
    }

    pub fn principal_role_new_path(&self) -> String {
        self.page("principal-role-new", &Query::default())
    }

    pub fn principal_role_path(&self, name: &str) -> String {
        self.page("principal-role", &Query::default().and("name", name))
    }

    /// The roles of one catalog.
    pub fn catalog_roles_path(&self, catalog: &str) -> String {
        self.page("catalog-roles", &self.in_catalog(catalog))
    }

    pub fn catalog_role_new_path(&self, catalog: &str) -> String {
        self.page("catalog-role-new", &self.in_catalog(catalog))
    }

    pub fn catalog_role_path(&self, catalog: &str, name: &str) -> String {
        self.page("catalog-role", &self.in_catalog(catalog).and("name", name))
    }

    /// The policies of this namespace, and what holds for it.
    pub fn policies_path(&self) -> String {
        self.page("policies", &self.namespaced())
    }

    /// What holds for this table (`key`: `t`) or view (`v`).
    pub fn policies_of_path(&self, key: &str) -> String {
        self.page("policies", &self.named(key))
    }

    pub fn policy_new_path(&self) -> String {
        self.page("policy-new", &self.namespaced())
    }

    pub fn policy_path(&self, name: &str) -> String {
        self.page("policy", &self.namespaced().and("name", name))
    }

    /// The generic tables of this namespace.
    pub fn generic_tables_path(&self) -> String {
        self.page("generic-tables", &self.namespaced())
    }

    pub fn generic_table_new_path(&self) -> String {
        self.page("generic-table-new", &self.namespaced())
    }

    pub fn generic_table_path(&self, name: &str) -> String {
        self.page("generic-table", &self.namespaced().and("name", name))
    }

    pub fn access_path(&self) -> String {
        self.page("access", &Query::default())
    }

    /// Who can do what with an object. `key` is its kind as in other addresses: `t`, `v` or
    /// `policy`; without an object, with the namespace or the catalog.
    pub fn who_path(&self, key: &str) -> String {
        self.page("who", &self.named(key))
    }

    /// What a principal can reach.
    pub fn reach_path(&self, principal: &str) -> String {
        self.page("reach", &Query::default().and("principal", principal))
    }

    /// Why somebody was refused.
    pub fn explain_path(&self) -> String {
        self.page("explain", &Query::default())
    }

    /// The grants of a catalog role (empty: not chosen yet) on an object, as in [`Place::who_path`].
    pub fn grants_path(&self, role: &str, key: &str) -> String {
        self.page("grants", &self.named(key).and("role", role))
    }

    pub fn graph_path(&self) -> String {
        self.page("graph", &Query::default())
    }

    pub fn onboard_path(&self) -> String {
        self.page("onboard", &Query::default())
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
