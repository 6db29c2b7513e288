use std::collections::{BTreeMap, HashMap};

use super::index::ROOT;
use super::path::service_admin_path;
use super::removed::Removed;
use super::staying::{Link, Staying};
use super::{Access, Change, Object, Path, Privilege, PrivilegeSet, Subject};

/// Steps after which no more is worked out: some 30 ms.
const MOST_STEPS: usize = 200_000;

/// What removing edges would do, principal by principal and object by object.
#[derive(Clone, Debug, Default)]
pub struct Losses<'a> {
    /// Those who lose something, then those of whom a path ends who keep all of it. Each in order of
    /// principal and object.
    pub rows: Vec<Loss<'a>>,
    /// How many more there are; at least so many where `cut`.
    pub more: usize,
    /// Not everybody was looked at: it would have taken too long.
    pub cut: bool,
}

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
    /// What removing all these edges would do. Tells not more than `most` rows, with `most` of the ways
    /// by which each is kept, and counts the others.
    pub fn losses<'a>(&'a self, changes: &[Change], most: usize) -> Losses<'a> {
        let removed = Removed::new(&self.index, changes);
        let mut staying = Staying::new(&self.index, &removed);
        let mut told = Told::default();
        let mut cut = false;
        // Whoever holds and leaves the same roles, as far as they matter here, loses the same.
        let mut known: HashMap<(Vec<usize>, Vec<usize>), Told> = HashMap::new();
        for principal in self.principals() {
            let roles = self.index.held_by(principal);
            let left = removed.left_by(principal, roles);
            if left.is_empty() && !removed.concerns(roles) {
                continue;
            }
            let matters = |role: &usize| {
                left.contains(role) || removed.concerns(&[*role]) || staying.helps(*role)
            };
            let key = (roles.iter().copied().filter(matters).collect(), left);
            if !known.contains_key(&key) && staying.steps > MOST_STEPS {
                cut = true;
                continue;
            }
            let room = told.room(most);
            let same = known.entry(key).or_insert_with_key(|(roles, left)| {
                let losing = Losing {
                    access: self,
                    removed: &removed,
                    principal,
                    roles,
                    left,
                };
                losing.losses(&mut staying, room, most)
            });
            told.add(same, principal, room);
        }
        let (count, mut rows) = (told.count, told.losing);
        rows.extend(told.keeping);
        rows.truncate(most);
        Losses {
            more: count - rows.len(),
            rows,
            cut,
        }
    }

    /// Everything that removing all these edges takes from the principal, on whichever objects.
    pub(super) fn lost_by(&self, principal: &str, removed: &Removed) -> PrivilegeSet {
        let roles = self.index.held_by(principal);
        let losing = Losing {
            access: self,
            removed,
            principal,
            roles,
            left: &removed.left_by(principal, roles),
        };
        let lost = losing.lost(&mut Staying::new(&self.index, removed));
        lost.iter()
            .fold(PrivilegeSet::default(), |all, ended| all.union(ended.lost))
    }
}

/// What is told of some, and how many rows they have.
#[derive(Default)]
struct Told<'a> {
    losing: Vec<Loss<'a>>,
    keeping: Vec<Loss<'a>>,
    count: usize,
}

/// How many may still be told who lose something, and how many who keep all.
type Room = [usize; 2];

impl<'a> Told<'a> {
    fn room(&self, most: usize) -> Room {
        let losing = most.saturating_sub(self.losing.len());
        [losing, losing.saturating_sub(self.keeping.len())]
    }

    /// The same of somebody else.
    fn add(&mut self, same: &Told<'a>, principal: &'a str, [losing, keeping]: Room) {
        let of = |loss: &Loss<'a>| loss.as_of(principal);
        self.losing.extend(same.losing.iter().take(losing).map(of));
        self.keeping
            .extend(same.keeping.iter().take(keeping).map(of));
        self.count += same.count;
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
    /// Those it holds that matter, by position.
    roles: &'s [usize],
    /// Those of them that it no longer holds afterwards.
    left: &'s [usize],
}

/// What ends on an object, by position, and what of it nothing else gives.
struct Ended {
    object: usize,
    ended: PrivilegeSet,
    lost: PrivilegeSet,
}

impl<'a> Losing<'_, 'a> {
    fn losses(&self, staying: &mut Staying, [losing, keeping]: Room, most: usize) -> Told<'a> {
        let objects = &self.access.index.objects;
        let all = self.lost(staying);
        let count = all.len();
        let (mut lost, mut kept): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|ended| !ended.lost.is_empty());
        let first = |ended: &mut Vec<Ended>, room: usize| {
            ended.sort_unstable_by_key(|ended| &objects[ended.object].object);
            ended.truncate(room);
        };
        first(&mut lost, losing);
        first(&mut kept, keeping);
        let mut ways = HashMap::new();
        let mut told = |ended: Vec<Ended>| -> Vec<(usize, Loss<'a>)> {
            let told = ended
                .into_iter()
                .map(|ended| (ended.object, self.told(&ended, staying, &mut ways, most)));
            told.collect()
        };
        let (mut lost, kept) = (told(lost), told(kept));
        self.note_kept_below(&mut lost, staying, most);
        let rows = |rows: Vec<(usize, Loss<'a>)>| rows.into_iter().map(|(_, loss)| loss).collect();
        Told {
            losing: rows(lost),
            keeping: rows(kept),
            count,
        }
    }

    /// What the paths that end gave, and what of it is lost.
    fn lost(&self, staying: &mut Staying) -> Vec<Ended> {
        let index = &self.access.index;
        let mut held = HashMap::new();
        let mut lost = Vec::new();
        for (object, ended) in self.ended() {
            let mut left = ended;
            for level in index.levels(object) {
                let held = held
                    .entry(level)
                    .or_insert_with(|| self.held_on(level, staying));
                left = left.difference(*held);
                staying.steps += 1;
            }
            lost.push(Ended {
                object,
                ended,
                lost: left,
            });
        }
        lost
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

    /// What it goes on holding by grants on the object itself.
    fn held_on(&self, object: usize, staying: &mut Staying) -> PrivilegeSet {
        let held = self.roles_kept().map(|role| staying.held_on(object, role));
        held.fold(PrivilegeSet::default(), PrivilegeSet::union)
    }

    fn told(
        &self,
        ended: &Ended,
        staying: &mut Staying,
        ways: &mut HashMap<usize, Vec<Path<'a>>>,
        most: usize,
    ) -> Loss<'a> {
        let index = &self.access.index;
        let mut kept = Vec::new();
        for level in index.levels(ended.object) {
            let paths = ways
                .entry(level)
                .or_insert_with(|| self.paths_on(level, staying));
            let of = |path: &Path<'a>| {
                let privileges = path.privilege.implies().intersection(ended.ended);
                let path = *path;
                (!privileges.is_empty()).then_some(Kept { privileges, path })
            };
            kept.extend(paths.iter().filter_map(of).take(most - kept.len()));
        }
        Loss {
            principal: self.principal,
            object: &index.objects[ended.object].object,
            lost: ended.lost,
            kept,
            kept_below: Vec::new(),
        }
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
            .flat_map(|role| staying.on(object, role))
            .collect();
        links.sort_by_cached_key(|link| self.order(link));
        links.iter().flat_map(|link| self.paths(*link)).collect()
    }

    fn note_kept_below(
        &self,
        losses: &mut [(usize, Loss<'a>)],
        staying: &mut Staying,
        most: usize,
    ) {
        let index = &self.access.index;
        let mut above: BTreeMap<usize, &mut Loss> = losses
            .iter_mut()
            .filter(|(_, loss)| !loss.object.kind().is_leaf())
            .map(|(id, loss)| (*id, loss))
            .collect();
        if above.is_empty() {
            return;
        }
        let mut below: Vec<Link> = self
            .roles_kept()
            .flat_map(|role| staying.below(role).to_vec())
            .collect();
        below.sort_by_cached_key(|link| (&index.objects[link.object].object, self.order(link)));
        for link in below {
            for path in self.paths(link) {
                for level in index.levels(link.object).skip(1) {
                    staying.steps += 1;
                    let Some(loss) = above.get_mut(&level) else {
                        continue;
                    };
                    let privileges = path.privilege.implies().intersection(loss.lost);
                    if !privileges.is_empty() && loss.kept_below.len() < most {
                        loss.kept_below.push(Kept { privileges, path });
                    }
                }
            }
        }
    }

    /// As paths are told: by catalog role, then by principal role in the order of those that hold it.
    fn order(&self, link: &Link) -> (usize, usize) {
        let assignees = &self.access.index.catalog_roles[link.catalog_role].assignees;
        let at = assignees.iter().position(|role| *role == link.role);
        (link.catalog_role, at.unwrap_or_default())
    }

    fn paths(&self, link: Link) -> impl Iterator<Item = Path<'a>> {
        let index = &self.access.index;
        let node = &index.catalog_roles[link.catalog_role];
        let role = &index.roles[link.role];
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
