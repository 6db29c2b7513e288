//! What removing edges really takes away, and from whom.

use access::polaris::Object;
use serde::{Deserialize, Serialize};

use super::PathView;
use crate::own::Own;

/// What is lost by all edges together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Losses {
    /// Those who lose something, then those who keep all of it; not more than a page.
    pub rows: Vec<Loss>,
    /// How many more there are; at least so many where `cut`.
    pub more: usize,
    /// It would have taken too long to look at everybody.
    pub cut: bool,
    /// Whether the principal that this connection acts as loses the management of access.
    pub own_last_path: Own,
}

/// What one principal loses on one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Who loses it.
    pub principal: String,
    /// On what.
    pub object: Object,
    /// Implied privileges included.
    pub lost: Vec<String>,
    /// Held another way as well: how many privileges, and through what.
    pub kept: Vec<(usize, PathView)>,
    /// Lost on the object, but still held on something below.
    pub kept_below: Vec<(usize, PathView)>,
}

mod build {
    use access::polaris::{self, Access, Change, Kept, Privilege};

    use super::*;

    const MOST: usize = 100;
    const MOST_PATHS: usize = 5;

    impl Losses {
        /// `own` is the principal that the connection acts as, where that is known.
        pub fn new(access: &Access, changes: &[Change], own: Option<&str>) -> Self {
            let losses = access.losses(changes, MOST);
            let own_last_path = match own {
                Some(own) => own_last_path(access, changes, own),
                None if changes.iter().any(may_end_management) => Own::Unknown,
                None => Own::No,
            };
            Losses {
                rows: losses.rows.into_iter().map(Loss::from).collect(),
                more: losses.more,
                cut: losses.cut,
                own_last_path,
            }
        }

        /// What adding the edges gives, as what would be lost if they were taken back at once.
        pub fn gained(access: &Access, changes: &[Change]) -> Self {
            let mut world = access.world().clone();
            for change in changes {
                world.add(change);
            }
            let gained = Self::new(&Access::new(world), changes, None);
            Losses {
                own_last_path: Own::No,
                ..gained
            }
        }
    }

    /// Whether removing all these edges takes the management of access from the principal.
    pub fn own_last_path(access: &Access, changes: &[Change], own: &str) -> Own {
        let ends = access.ends_management(own, changes);
        ends.map_or(Own::Unknown, Own::from)
    }

    /// Whether who holds the privilege manages access.
    pub fn manages(privilege: &str) -> bool {
        Privilege::named(privilege).is_some_and(|privilege| {
            privilege
                .implies()
                .contains(Privilege::CATALOG_MANAGE_ACCESS)
        })
    }

    fn may_end_management(change: &Change) -> bool {
        match change {
            Change::Grant { grant, .. } => manages(&grant.privilege),
            Change::AssignCatalogRole { .. } | Change::AssignPrincipalRole { .. } => true,
        }
    }

    impl From<polaris::Loss<'_>> for Loss {
        fn from(loss: polaris::Loss) -> Self {
            let paths = |kept: &[Kept]| {
                let shown = kept.iter().take(MOST_PATHS);
                shown
                    .map(|kept| (kept.privileges.len(), PathView::from(kept.path)))
                    .collect()
            };
            Loss {
                principal: loss.principal.to_owned(),
                object: loss.object.clone(),
                lost: loss
                    .lost
                    .iter()
                    .map(|lost| lost.name().to_owned())
                    .collect(),
                kept: paths(&loss.kept),
                kept_below: paths(&loss.kept_below),
            }
        }
    }
}

pub use build::{manages, own_last_path};

#[cfg(test)]
mod tests {
    use access::polaris::{Access, Change, Grant, Part};

    use super::*;
    use crate::access::tests::world;

    fn grant(role: &str, privilege: &str) -> Change {
        Change::Grant {
            catalog: "main".into(),
            catalog_role: role.into(),
            grant: Grant {
                object: Object::Catalog {
                    catalog: "main".into(),
                },
                privilege: privilege.into(),
            },
        }
    }

    #[test]
    fn what_is_held_another_way_is_not_lost() {
        let mut world = world();
        world.add(&grant("reading", "TABLE_READ_DATA"));
        let losses = Losses::new(
            &Access::new(world),
            &[grant("reading", "TABLE_READ_DATA")],
            None,
        );
        let reader = losses.rows.iter().find(|loss| loss.principal == "reader");
        let reader = reader.expect("it held that grant");
        assert!(
            reader.lost.contains(&"TABLE_READ_DATA".to_owned()),
            "in the rest of the catalog"
        );
        assert_eq!(reader.kept_below[0].1.privilege, "TABLE_READ_DATA");
        assert_eq!(losses.own_last_path, Own::No);
    }

    #[test]
    fn what_is_held_already_is_not_gained() {
        let access = Access::new(world());
        let gained = |privilege| {
            let gained = Losses::gained(&access, &[grant("reading", privilege)]);
            assert_eq!(gained.own_last_path, Own::No);
            let rows = gained.rows.into_iter();
            let gaining = rows.filter(|row| !row.lost.is_empty());
            gaining.map(|row| row.principal).collect::<Vec<_>>()
        };
        assert_eq!(gained("TABLE_DROP"), ["reader"]);
        let mut admins = world();
        admins.add(&grant("reading", "CATALOG_MANAGE_CONTENT"));
        let access = Access::new(admins);
        let again = Losses::gained(&access, &[grant("reading", "TABLE_DROP")]);
        assert!(again.rows.iter().all(|row| row.lost.is_empty()));
    }

    #[test]
    fn the_last_way_to_manage_access_is_told_to_its_holder() {
        let mut world = world();
        world.add(&grant("reading", "CATALOG_MANAGE_ACCESS"));
        let access = Access::new(world);
        let ends = [grant("reading", "CATALOG_MANAGE_ACCESS")];
        let losses = |own| Losses::new(&access, &ends, own);
        assert_eq!(losses(Some("reader")).own_last_path, Own::Yes);
        assert_eq!(losses(Some("root")).own_last_path, Own::No);
        assert_eq!(losses(None).own_last_path, Own::Unknown);
    }

    #[test]
    fn what_was_not_read_may_be_the_last_way() {
        let mut world = world();
        if let Part::Known(roles) = &mut world.catalogs[0].roles {
            let reading = roles.iter_mut().find(|role| role.name == "reading");
            reading.expect("a role").grants = Part::Unknown("403".into());
        }
        let access = Access::new(world);
        let ends = [grant("reading", "CATALOG_MANAGE_ACCESS")];
        let losses = |own| Losses::new(&access, &ends, own);
        assert_eq!(losses(Some("reader")).own_last_path, Own::Unknown);
        assert_eq!(losses(Some("root")).own_last_path, Own::No);
    }
}
