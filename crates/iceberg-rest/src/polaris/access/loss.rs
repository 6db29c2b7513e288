use std::collections::{BTreeMap, HashMap};

use super::index::ROOT;
use super::path::service_admin_path;
use super::removed::Removed;
use super::{Access, Change, Object, Path, Privilege, PrivilegeSet, Subject};

/// What one principal would really lose on one object if edges were removed.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    pub privileges: PrivilegeSet,
    pub path: Path<'a>,
}

impl Access {
    /// What removing all these edges would do, principal by principal and object by object. A principal
    /// is named even if it loses nothing, as long as one of its paths ends.
    pub fn losses<'a>(&'a self, changes: &[Change]) -> Vec<Loss<'a>> {
        let removed = Removed::new(&self.index, changes);
        let mut losses = Vec::new();
        // Whoever holds the same roles and leaves the same ones loses the same.
        let mut known: HashMap<(&[usize], Vec<usize>), Vec<Loss>> = HashMap::new();
        for principal in self.principals() {
            let roles = self.index.roles_of(Subject::Principal(principal));
            let left = removed.left_by(principal, roles);
            if left.is_empty() && !removed.concerns(roles) {
                continue;
            }
            let same = known
                .entry((roles, left))
                .or_insert_with_key(|(roles, left)| {
                    Losing {
                        access: self,
                        removed: &removed,
                        principal,
                        roles,
                        left,
                    }
                    .losses()
                });
            losses.extend(same.iter().map(|loss| loss.as_of(principal)));
        }
        losses
    }
}

impl<'a> Loss<'a> {
    /// The same loss of somebody else with the same roles.
    fn as_of(&self, principal: &'a str) -> Self {
        let kept = |kept: &[Kept<'a>]| {
            let kept = kept.iter().map(|kept| Kept {
                privileges: kept.privileges,
                path: Path {
                    subject: Subject::Principal(principal),
                    ..kept.path
                },
            });
            kept.collect()
        };
        Loss {
            principal,
            object: self.object,
            lost: self.lost,
            kept: kept(&self.kept),
            kept_below: kept(&self.kept_below),
        }
    }
}

/// One principal, while edges are removed.
struct Losing<'s, 'a> {
    access: &'a Access,
    removed: &'s Removed<'s>,
    principal: &'a str,
    /// Those it holds, by position.
    roles: &'a [usize],
    /// Those of them that it no longer holds afterwards.
    left: &'s [usize],
}

impl<'a> Losing<'_, 'a> {
    fn losses(&self) -> Vec<Loss<'a>> {
        let index = &self.access.index;
        let mut losses: BTreeMap<&Object, (usize, Loss)> = BTreeMap::new();
        for (id, lost) in self.ended() {
            let object = &index.objects[id].object;
            let loss = Loss {
                principal: self.principal,
                object,
                lost,
                kept: Vec::new(),
                kept_below: Vec::new(),
            };
            losses.insert(object, (id, loss));
        }
        let mut staying = HashMap::new();
        for (id, loss) in losses.values_mut() {
            let ended = loss.lost;
            for level in index.levels(*id) {
                let paths: &Vec<Path> = staying.entry(level).or_insert_with(|| self.staying(level));
                for path in paths {
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
        self.note_kept_below(&mut losses);
        losses.into_values().map(|(_, loss)| loss).collect()
    }

    /// What the paths that end gave, by where their grants stand.
    fn ended(&self) -> HashMap<usize, PrivilegeSet> {
        let index = &self.access.index;
        let mut ended: HashMap<usize, PrivilegeSet> = HashMap::new();
        let mut end = |object, granted: PrivilegeSet| {
            if object != ROOT && !granted.is_empty() {
                let all = ended.entry(object).or_default();
                *all = all.union(granted.implied());
            }
        };
        for role in self.roles {
            for catalog_role in &index.roles[*role].catalog_roles {
                if self.left.contains(role) || self.removed.unassigns(*role, *catalog_role) {
                    let grants = &index.catalog_roles[*catalog_role].grants;
                    grants.iter().for_each(|(object, all)| end(*object, *all));
                } else {
                    let revoked = self.removed.revoked(*catalog_role);
                    revoked.for_each(|(object, some)| end(object, some));
                }
            }
        }
        if self.left.contains(&index.service_admin()) {
            ended.insert(ROOT, Privilege::SERVICE_MANAGE_ACCESS.implies());
        }
        ended
    }

    /// The paths that stay and whose grants stand on the object.
    fn staying(&self, object: usize) -> Vec<Path<'a>> {
        let index = &self.access.index;
        if object == ROOT {
            let admin = index.service_admin();
            let stays = self.roles.binary_search(&admin).is_ok() && !self.left.contains(&admin);
            let path = service_admin_path(Subject::Principal(self.principal));
            return Vec::from_iter(stays.then_some(path));
        }
        let mut paths = Vec::new();
        for entry in &index.objects[object].entries {
            for role in &index.catalog_roles[entry.catalog_role].assignees {
                if self.roles.binary_search(role).is_ok() {
                    let left = self.left_over(*role, entry.catalog_role, object, entry.granted);
                    paths.extend(
                        left.iter().map(|privilege| {
                            self.path(*role, entry.catalog_role, object, privilege)
                        }),
                    );
                }
            }
        }
        paths
    }

    /// What of a grant still reaches the principal by this principal role, which it holds.
    fn left_over(
        &self,
        role: usize,
        catalog_role: usize,
        object: usize,
        granted: PrivilegeSet,
    ) -> PrivilegeSet {
        if self.left.contains(&role) || self.removed.unassigns(role, catalog_role) {
            return PrivilegeSet::default();
        }
        granted.difference(self.removed.revoked_on(catalog_role, object))
    }

    fn note_kept_below(&self, losses: &mut BTreeMap<&'a Object, (usize, Loss<'a>)>) {
        let index = &self.access.index;
        let mut above: BTreeMap<usize, &mut Loss> = losses
            .values_mut()
            .filter(|(_, loss)| !loss.lost.is_empty() && !loss.object.kind().is_leaf())
            .map(|(id, loss)| (*id, loss))
            .collect();
        if above.is_empty() {
            return;
        }
        // By object, then in the order of `staying`.
        let mut below = Vec::new();
        for role in self.roles {
            for catalog_role in &index.roles[*role].catalog_roles {
                let node = &index.catalog_roles[*catalog_role];
                let order = node.assignees.iter().position(|assignee| assignee == role);
                for (object, granted) in &node.grants {
                    let mut levels = index.levels(*object).skip(1);
                    if levels.any(|level| above.contains_key(&level)) {
                        let left = self.left_over(*role, *catalog_role, *object, *granted);
                        let at = (&index.objects[*object].object, *catalog_role, order);
                        below.extend(left.iter().map(|privilege| (at, privilege, *role, *object)));
                    }
                }
            }
        }
        below.sort_unstable();
        for ((_, catalog_role, _), privilege, role, object) in below {
            for level in index.levels(object).skip(1) {
                let Some(loss) = above.get_mut(&level) else {
                    continue;
                };
                let privileges = privilege.implies().intersection(loss.lost);
                if !privileges.is_empty() {
                    let path = self.path(role, catalog_role, object, privilege);
                    loss.kept_below.push(Kept { privileges, path });
                }
            }
        }
    }

    fn path(
        &self,
        role: usize,
        catalog_role: usize,
        object: usize,
        privilege: Privilege,
    ) -> Path<'a> {
        let index = &self.access.index;
        let node = &index.catalog_roles[catalog_role];
        Path {
            subject: Subject::Principal(self.principal),
            principal_role: &index.roles[role].name,
            catalog_role: Some((&node.catalog, &node.name)),
            object: &index.objects[object].object,
            privilege,
        }
    }
}
