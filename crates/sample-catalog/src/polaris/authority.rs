//! Who may do what.

use axum::response::Response;

use super::{
    desk::refuse,
    privileges::{self, Set},
    realm::{Realm, SERVICE_ADMIN},
    securable::{Grant, Securable},
    session::Session,
};

/// What an operation is about: an object of a catalog, or what hangs at the root (`None`).
pub(crate) type Target<'a> = Option<(&'a str, Securable)>;

/// What one session may use.
pub(crate) struct Authority<'a> {
    realm: &'a Realm,
    session: &'a Session,
    /// Principal roles that are assigned and activated by the scope.
    active: Vec<&'a str>,
}

impl<'a> Authority<'a> {
    pub fn new(realm: &'a Realm, session: &'a Session) -> Self {
        let assigned = realm.principals.get(&session.principal);
        let assigned = assigned.into_iter().flat_map(|principal| &principal.roles);
        let active = assigned.map(String::as_str);
        Self {
            realm,
            session,
            active: active.filter(|role| session.activates(role)).collect(),
        }
    }

    pub fn allows(&self, operation: &str, target: &Target, secondary: &Target) -> bool {
        let Some(rule) = privileges::rule(operation) else {
            return false;
        };
        let holds = |wanted: &[Set], on: &Target| {
            wanted
                .iter()
                .all(|any_of| self.holds(*any_of, on, rule.from_root))
        };
        holds(&rule.target, target) && holds(&rule.secondary, secondary)
    }

    /// Lets the operation pass, or answers as Polaris does.
    pub fn require(
        &self,
        operation: &str,
        target: &Target,
        secondary: &Target,
    ) -> Result<(), Response> {
        match self.allows(operation, target, secondary) {
            true => Ok(()),
            false => Err(self.refusal(operation, target)),
        }
    }

    pub fn refusal(&self, operation: &str, target: &Target) -> Response {
        let catalog = target.as_ref().map(|(catalog, _)| *catalog);
        let mut via = self.active.clone();
        via.extend(
            self.catalog_roles(catalog.unwrap_or_default())
                .map(|(name, _)| name),
        );
        let message = format!(
            "Principal '{}' with activated PrincipalRoles '[{}]' and activated grants via '[{}]' is not authorized for op {operation}",
            self.session.principal,
            self.active.join(", "),
            via.join(", "),
        );
        refuse(403, "ForbiddenException", &message)
    }

    fn holds(&self, any_of: Set, on: &Target, from_root: bool) -> bool {
        let at_root = from_root
            && self.active.contains(&SERVICE_ADMIN)
            && any_of & privileges::bit("SERVICE_MANAGE_ACCESS") != 0;
        let Some((catalog, target)) = on else {
            return at_root;
        };
        let reaches = |grant: &Grant| {
            any_of & privileges::bit(&grant.privilege) != 0 && grant.on.covers(target)
        };
        at_root
            || self
                .catalog_roles(catalog)
                .any(|(_, grants)| grants.iter().any(reaches))
    }

    /// The activated roles of a catalog, with what is granted to them.
    fn catalog_roles(
        &self,
        catalog: &str,
    ) -> impl Iterator<Item = (&'a str, &'a indexmap::IndexSet<Grant>)> {
        let roles = self.realm.catalogs.get(catalog);
        let roles = roles.into_iter().flat_map(|catalog| &catalog.roles);
        let held = roles.filter(|(_, role)| {
            let mut active = self.active.iter();
            active.any(|name| role.holders.contains(*name))
        });
        held.map(|(name, role)| (name.as_str(), &role.grants))
    }
}
