use std::collections::{BTreeMap, HashMap};

use super::index::ROOT;
use super::path::service_admin_path;
use super::removed::Removed;
use super::staying::{Link, Staying};
use super::{Access, Change, Object, Path, Privilege, PrivilegeSet, Subject};

/// What one principal would really lose on one object if edges were removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss<'a> {
    /// Who loses it.
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
    /// What stays.
    pub privileges: PrivilegeSet,
    /// One way by which it does.
    pub path: Path<'a>,
}

impl Access {
    /// What removing all these edges would do, principal by principal and object by object. A principal
    /// is named even if it loses nothing, as long as one of its paths ends.
    pub fn losses<'a>(&'a self, changes: &[Change]) -> Vec<Loss<'a>> {
        let removed = Removed::new(&self.index, changes);
        let mut staying = Staying::new(&self.index, &removed);
        let mut losses = Vec::new();
        // Whoever holds the same roles and leaves the same ones loses the same.
        let mut known: HashMap<(&[usize], Vec<usize>), Vec<Loss>> = HashMap::new();
        for principal in self.principals() {
            let roles = self.index.roles_of(Subject::Principal(principal));
            let left = removed.left_by(principal, roles);
            if left.is_empty() && !removed.concerns(roles) {
                continue;
            }
            let same = known.entry((roles, left));
            let same = same.or_insert_with_key(|(roles, left)| {
                let losing = Losing {
                    access: self,
                    removed: &removed,
                    principal,
                    roles,
                    left,
                };
                losing.losses(&mut staying)
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
    fn losses(&self, staying: &mut Staying) -> Vec<Loss<'a>> {
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
        let mut paths_on = HashMap::new();
        for (id, loss) in losses.values_mut() {
            let ended = loss.lost;
            for level in index.levels(*id) {
                let paths: &Vec<Path> = paths_on
                    .entry(level)
                    .or_insert_with(|| self.paths_on(level, staying));
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
        self.note_kept_below(&mut losses, staying);
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
            let left = self.left.contains(role);
            if !left && !self.removed.concerns(&[*role]) {
                continue;
            }
            for catalog_role in &index.roles[*role].catalog_roles {
                if left || self.removed.unassigns(*role, *catalog_role) {
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

    /// The roles that it goes on holding.
    fn roles_kept(&self) -> impl Iterator<Item = usize> {
        let roles = self.roles.iter().copied();
        roles.filter(|role| !self.left.contains(role))
    }

    /// The paths that stay and whose grants stand on the object.
    fn paths_on(&self, object: usize, staying: &mut Staying) -> Vec<Path<'a>> {
        if object == ROOT {
            let admin = self.access.index.service_admin();
            let stays = self.roles_kept().any(|role| role == admin);
            let path = service_admin_path(Subject::Principal(self.principal));
            return Vec::from_iter(stays.then_some(path));
        }
        let mut links: Vec<Link> = self
            .roles_kept()
            .flat_map(|role| staying.on(object, role).to_vec())
            .collect();
        links.sort_unstable_by_key(Link::order);
        links.iter().flat_map(|link| self.paths(*link)).collect()
    }

    fn note_kept_below(
        &self,
        losses: &mut BTreeMap<&'a Object, (usize, Loss<'a>)>,
        staying: &mut Staying,
    ) {
        let index = &self.access.index;
        let mut above: BTreeMap<usize, &mut Loss> = losses
            .values_mut()
            .filter(|(_, loss)| !loss.lost.is_empty() && !loss.object.kind().is_leaf())
            .map(|(id, loss)| (*id, loss))
            .collect();
        if above.is_empty() {
            return;
        }
        let mut below: Vec<Link> = self
            .roles_kept()
            .flat_map(|role| staying.below(role).to_vec())
            .collect();
        below.sort_unstable_by_key(|link| (&index.objects[link.object].object, link.order()));
        for link in below {
            for path in self.paths(link) {
                for level in index.levels(link.object).skip(1) {
                    let Some(loss) = above.get_mut(&level) else {
                        continue;
                    };
                    let privileges = path.privilege.implies().intersection(loss.lost);
                    if !privileges.is_empty() {
                        loss.kept_below.push(Kept { privileges, path });
                    }
                }
            }
        }
    }

    fn paths(&self, link: Link) -> impl Iterator<Item = Path<'a>> {
        let index = &self.access.index;
        let node = &index.catalog_roles[link.catalog_role];
        let role = &index.roles[node.assignees[link.assignee]];
        let (object, principal) = (&index.objects[link.object].object, self.principal);
        link.granted.iter().map(move |privilege| Path {
            subject: Subject::Principal(principal),
            principal_role: &role.name,
            catalog_role: Some((&node.catalog, &node.name)),
            object,
            privilege,
        })
    }
}
