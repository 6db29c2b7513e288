//! What removing edges really takes away, and from whom.

use access::polaris::Object;
use serde::{Deserialize, Serialize};

use super::PathView;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Losses {
    /// Those who lose something, then those who keep all of it; not more than a page.
    pub rows: Vec<Loss>,
    /// How many more there are.
    pub more: usize,
    /// The principal that this connection acts as loses the management of access.
    pub own_last_path: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    pub principal: String,
    pub object: Object,
    /// Implied privileges included.
    pub lost: Vec<String>,
    /// Held another way as well: how many privileges, and through what.
    pub kept: Vec<(usize, PathView)>,
    /// Lost on the object, but still held on something below.
    pub kept_below: Vec<(usize, PathView)>,
}

#[cfg(feature = "ssr")]
mod build {
    use access::polaris::{self, Access, Change, Kept, Privilege, PrivilegeSet};

    use super::*;

    const MOST: usize = 100;
    const MOST_PATHS: usize = 5;

    impl Losses {
        /// `own` is the principal that the connection acts as, where that is known.
        pub fn new(access: &Access, changes: &[Change], own: Option<&str>) -> Self {
            let losses = access.losses(changes);
            let managing = PrivilegeSet::from_iter([
                Privilege::SERVICE_MANAGE_ACCESS,
                Privilege::CATALOG_MANAGE_ACCESS,
            ]);
            let own_last_path = losses.iter().any(|loss| {
                Some(loss.principal) == own && !loss.lost.intersection(managing).is_empty()
            });
            let mut rows: Vec<_> = losses.into_iter().map(Loss::from).collect();
            rows.sort_by_key(|loss| loss.lost.is_empty());
            let more = rows.len().saturating_sub(MOST);
            rows.truncate(MOST);
            Losses {
                rows,
                more,
                own_last_path,
            }
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

#[cfg(test)]
mod tests {
    use access::polaris::{Access, Change, Grant};

    use super::*;
    use crate::model::access::tests::world;

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
        assert!(!losses.own_last_path);
    }

    #[test]
    fn the_last_way_to_manage_access_is_told_to_its_holder() {
        let mut world = world();
        world.add(&grant("reading", "CATALOG_MANAGE_ACCESS"));
        let access = Access::new(world);
        let ends = [grant("reading", "CATALOG_MANAGE_ACCESS")];
        let losses = |own| Losses::new(&access, &ends, own);
        assert!(losses(Some("reader")).own_last_path);
        assert!(!losses(Some("root")).own_last_path);
        assert!(!losses(None).own_last_path);
    }
}
