use std::collections::BTreeMap;

use super::{Access, Change, Object, Path, PrivilegeSet, Subject};

/// What one principal would really lose on one object if edges were removed.
#[derive(Clone, Debug)]
pub struct Loss<'a> {
    pub principal: &'a str,
    /// Where grants stand that no longer reach it. What lies below loses as much, but for `kept_below`.
    pub object: &'a Object,
    /// What those grants gave, implied privileges included, and nothing else gives on the object.
    pub lost: PrivilegeSet,
    /// Would be lost, but is still held another way.
    pub kept: Vec<Kept<'a>>,
    /// Lost on the object, but still held on something below it.
    pub kept_below: Vec<Kept<'a>>,
}

/// Privileges that stay, and why.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    pub privileges: PrivilegeSet,
    pub path: Path<'a>,
}

impl Access {
    /// What removing all these edges would do, principal by principal and object by object. A principal
    /// is named even if it loses nothing, as long as one of its paths ends.
    pub fn losses<'a>(&'a self, changes: &[Change]) -> Vec<Loss<'a>> {
        let concerns = |name: &str| {
            changes.iter().any(|change| match change {
                Change::AssignPrincipalRole { principal, .. } => principal == name,
                _ => true,
            })
        };
        self.principals()
            .filter(|name| concerns(name))
            .flat_map(|principal| self.losses_of(principal, changes))
            .collect()
    }

    fn losses_of<'a>(&'a self, principal: &'a str, changes: &[Change]) -> Vec<Loss<'a>> {
        let subject = Subject::Principal(principal);
        let mut ended: BTreeMap<&Object, PrivilegeSet> = BTreeMap::new();
        let mut staying: BTreeMap<&Object, Vec<Path>> = BTreeMap::new();
        for reach in self.reach(subject) {
            let here = std::iter::once(reach.object.clone());
            for path in self.walk(subject, here, reach.granted) {
                if changes.iter().any(|change| path.rests_on(change)) {
                    let ends = ended.entry(path.object).or_default();
                    *ends = ends.union(path.privilege.implies());
                } else {
                    staying.entry(path.object).or_default().push(path);
                }
            }
        }
        let mut losses: BTreeMap<&Object, Loss> = ended
            .into_iter()
            .map(|(object, lost)| {
                let loss = Loss {
                    principal,
                    object,
                    lost,
                    kept: Vec::new(),
                    kept_below: Vec::new(),
                };
                (object, loss)
            })
            .collect();
        for loss in losses.values_mut() {
            let ended = loss.lost;
            for level in loss.object.levels() {
                for path in staying.get(&level).into_iter().flatten() {
                    let privileges = path.privilege.implies().intersection(ended);
                    if !privileges.is_empty() {
                        loss.kept.push(Kept {
                            privileges,
                            path: *path,
                        });
                        loss.lost = loss.lost.difference(privileges);
                    }
                }
            }
        }
        for path in staying.into_values().flatten() {
            for above in path.object.levels().skip(1) {
                let Some(loss) = losses.get_mut(&above) else {
                    continue;
                };
                let privileges = path.privilege.implies().intersection(loss.lost);
                if !privileges.is_empty() {
                    loss.kept_below.push(Kept { privileges, path });
                }
            }
        }
        losses.into_values().collect()
    }
}
