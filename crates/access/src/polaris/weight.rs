use std::ops::{AddAssign, Mul};

use super::{Grant, Kind, Part, Privilege};

/// Power that is given away, summed over everybody who gains it. Only good for comparing: no amount
/// of a lesser kind outweighs a greater one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weight {
    /// The whole service.
    services: u64,
    /// Whole catalogs: who may use them, or all that is in them.
    catalogs: u64,
    /// Privileges, by how much lies below their objects.
    privileges: u64,
}

impl Weight {
    /// What a service admin holds.
    pub const SERVICE: Weight = Weight {
        services: 1,
        catalogs: 0,
        privileges: 0,
    };

    /// All grants of a catalog role. Unread ones may be all of the catalog.
    pub fn of_all(grants: &Part<Vec<Grant>>) -> Weight {
        let mut all = Weight {
            catalogs: u64::from(grants.why().is_some()),
            ..Weight::default()
        };
        for grant in grants.items() {
            all += Weight::of(grant);
        }
        all
    }

    /// The privileges that a grant implies, and a factor for how much lies below its object.
    pub fn of(grant: &Grant) -> Weight {
        let (whole, below) = match grant.object.kind() {
            // Access, content or metadata of the catalog.
            Kind::Catalog => (grant.privilege.starts_with("CATALOG_MANAGE_"), 100),
            Kind::Namespace => (false, 10),
            _ => (false, 1),
        };
        let implied =
            Privilege::named(&grant.privilege).map_or(1, |privilege| privilege.implies().len());
        Weight {
            services: 0,
            catalogs: u64::from(whole),
            privileges: below * implied as u64,
        }
    }
}

impl AddAssign for Weight {
    fn add_assign(&mut self, more: Weight) {
        self.services = self.services.saturating_add(more.services);
        self.catalogs = self.catalogs.saturating_add(more.catalogs);
        self.privileges = self.privileges.saturating_add(more.privileges);
    }
}

/// For that many who gain it.
impl Mul<u64> for Weight {
    type Output = Weight;

    fn mul(self, people: u64) -> Weight {
        Weight {
            services: self.services.saturating_mul(people),
            catalogs: self.catalogs.saturating_mul(people),
            privileges: self.privileges.saturating_mul(people),
        }
    }
}
