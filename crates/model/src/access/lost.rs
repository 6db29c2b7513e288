//! What would be lost if a principal or a role went, as its page says it before that.

use access::polaris::Object;
use serde::{Deserialize, Serialize};

use crate::format::Moment;

/// What would be lost, as far as the grants that are collected tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// How many lose something, on how much; or why nobody knows.
    pub sentence: String,
    /// Who loses what, a line for each object; as far as they are shown.
    pub lines: Vec<String>,
    /// When the grants were collected; `None`: they are not.
    pub at: Option<Moment>,
}

mod build {
    use std::collections::BTreeSet;

    use access::polaris::{Ability, Access, Change, Loss, Part, World};

    use super::*;
    use crate::{access::Unknown, format::counted};

    /// Lines.
    const MOST: usize = 50;

    impl Lost {
        /// Nothing is worked out without all grants.
        pub fn not_collected() -> Self {
            Self {
                sentence: "Who would lose what is unknown: it follows from all grants, which are not collected now.".into(),
                lines: Vec::new(),
                at: None,
            }
        }

        /// What deleting the object takes away, by grants that were collected `at`.
        pub fn new(access: &Access, object: &Object, at: Moment) -> Self {
            let (edges, unread) = edges(access.world(), object);
            let doubtful = unread || !Unknown::of(access).is_nothing();
            let losses = access.losses(&edges, MOST);
            let losing: Vec<&Loss> = losses
                .rows
                .iter()
                .filter(|loss| !loss.lost.is_empty())
                .collect();
            // Those who keep all of it come last, and are told of nowhere.
            let more = losses.cut || losing.len() == losses.rows.len() && losses.more > 0;
            let who: BTreeSet<&str> = losing.iter().map(|loss| loss.principal).collect();
            let sentence = match (who.len(), doubtful) {
                (0, true) => "Who loses something is unknown: not all grants could be read.".into(),
                (0, false) => "Nobody loses anything: nobody holds anything through it, or all of it is held another way, too.".into(),
                (losers, _) => {
                    let verb = if losers == 1 { "loses" } else { "lose" };
                    let least = if more { "At least " } else { "" };
                    let losers = format!("{least}{} {verb}", counted(losers, "principal"));
                    let rest = match doubtful {
                        true => " Of others it is unknown: not all grants could be read.",
                        false => "",
                    };
                    format!("{losers} something that no other way gives.{rest}")
                }
            };
            let mut lines: Vec<String> = losing.into_iter().map(line).collect();
            if more {
                lines.push("… and more".into());
            }
            Self {
                sentence,
                lines,
                at: Some(at),
            }
        }
    }

    /// `anna loses 3 privileges on the table main.sales.orders: can no longer read, drop`.
    fn line(loss: &Loss) -> String {
        let kind = loss.object.kind();
        let lost = |ability: &Ability| ability.needs(kind).difference(loss.lost).is_empty();
        let abilities = Ability::of(kind).filter(lost);
        let abilities: Vec<_> = abilities.map(|it| it.label(kind).to_lowercase()).collect();
        let can = match abilities.is_empty() {
            true => String::new(),
            false => format!(": can no longer {}", abilities.join(", ")),
        };
        let privileges = counted(loss.lost.len(), "privilege");
        let (principal, object) = (loss.principal, loss.object);
        format!("{principal} loses {privileges} on the {object}{can}")
    }

    /// What ends with the object, and whether there may be more of it.
    fn edges(world: &World, object: &Object) -> (Vec<Change>, bool) {
        let membership = |principal: &str, role: &str| Change::AssignPrincipalRole {
            principal: principal.to_owned(),
            principal_role: role.to_owned(),
        };
        let roles = world.principal_roles.items();
        match object {
            Object::Principal { name } => {
                let of = roles
                    .iter()
                    .filter(|role| role.members.items().contains(name));
                let edges = of.map(|role| membership(name, &role.name));
                (edges.collect(), world.principal_roles.why().is_some())
            }
            Object::PrincipalRole { name } => {
                let role = roles.iter().find(|role| role.name == *name);
                let members = role.map(|role| &role.members);
                let known = members.map_or(&[][..], Part::items);
                let edges = known.iter().map(|member| membership(member, name));
                (edges.collect(), members.is_none_or(|it| it.why().is_some()))
            }
            Object::CatalogRole { catalog, name } => {
                let mut all = world.catalogs.iter();
                let in_catalog = all.find(|known| known.name == *catalog);
                let mut roles = in_catalog.map_or(&[][..], |it| it.roles.items()).iter();
                let holders = roles
                    .find(|role| role.name == *name)
                    .map(|role| &role.assignees);
                let known = holders.map_or(&[][..], Part::items);
                let edges = known.iter().map(|holder| Change::AssignCatalogRole {
                    catalog: catalog.clone(),
                    catalog_role: name.clone(),
                    principal_role: holder.clone(),
                });
                (edges.collect(), holders.is_none_or(|it| it.why().is_some()))
            }
            _ => (Vec::new(), true),
        }
    }
}

#[cfg(test)]
mod tests {
    use access::polaris::{Access, Part};

    use super::*;
    use crate::access::tests::{access, world};

    fn lost(access: &Access, object: &Object) -> Lost {
        Lost::new(access, object, Moment::from_ms(0))
    }

    fn principal(name: &str) -> Object {
        Object::Principal { name: name.into() }
    }

    fn reading() -> Object {
        Object::CatalogRole {
            catalog: "main".into(),
            name: "reading".into(),
        }
    }

    #[test]
    fn who_loses_which_abilities_on_what_is_told() {
        let analysts = Object::PrincipalRole {
            name: "analysts".into(),
        };
        for object in [principal("reader"), analysts, reading()] {
            let lost = lost(&access(), &object);
            assert!(lost.sentence.starts_with("1 principal loses"), "{lost:?}");
            assert_eq!(lost.lines.len(), 1, "{lost:?}");
            let line = &lost.lines[0];
            assert!(line.starts_with("reader loses"), "{line}");
            assert!(
                line.contains("namespace") && line.contains("sales"),
                "{line}"
            );
            assert!(line.ends_with("can no longer read"), "{line}");
        }
    }

    #[test]
    fn nothing_and_unknown_are_told_apart() {
        let idle = lost(&access(), &principal("idle"));
        assert!(idle.sentence.starts_with("Nobody loses"), "{idle:?}");
        let mut world = world();
        if let Part::Known(roles) = &mut world.catalogs[0].roles {
            roles[1].assignees = Part::Unknown("403".into());
        }
        let unread = lost(&Access::new(world), &reading());
        assert!(unread.sentence.contains("unknown"), "{unread:?}");
        let not = Lost::not_collected();
        assert!(not.sentence.contains("unknown") && not.at.is_none());
    }
}
