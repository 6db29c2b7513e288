//! `holders` and `losses` straight from the definitions, in as many steps as that takes.

use std::collections::{BTreeMap, BTreeSet};

use access::polaris::{
    CatalogRole, Change, Holding, Kept, Loss, Object, Part, Path, Privilege, PrivilegeSet,
    SERVICE_ADMIN, Subject, World,
};

pub fn principals(world: &World) -> BTreeSet<&str> {
    let roles = world.principal_roles.items().iter();
    let members = roles.flat_map(|role| role.members.items());
    let listed = world.principals.items().iter();
    listed.chain(members).map(String::as_str).collect()
}

fn is_member(world: &World, principal: &str, role: &str) -> bool {
    let mut roles = world.principal_roles.items().iter();
    roles.any(|known| known.name == role && known.members.items().iter().any(|it| it == principal))
}

/// Every catalog role, with its catalog's name.
fn catalog_roles(world: &World) -> impl Iterator<Item = (&str, &CatalogRole)> {
    let catalogs = world.catalogs.iter();
    catalogs.flat_map(|catalog| {
        let roles = catalog.roles.items().iter();
        roles.map(|role| (catalog.name.as_str(), role))
    })
}

/// What a catalog role holds by grants on the object itself.
fn granted(role: &CatalogRole, object: &Object) -> PrivilegeSet {
    let here = role.grants.items().iter();
    let here = here.filter(|grant| grant.object == *object);
    here.filter_map(|grant| Privilege::named(&grant.privilege))
        .collect()
}

/// Every path by which the principal holds something by a grant on the object itself.
fn paths_on<'a>(world: &'a World, principal: &'a str, object: &'a Object) -> Vec<Path<'a>> {
    let subject = Subject::Principal(principal);
    let mut paths = Vec::new();
    if *object == Object::Root && is_member(world, principal, SERVICE_ADMIN) {
        paths.push(Path {
            subject,
            principal_role: SERVICE_ADMIN,
            catalog_role: None,
            object,
            privilege: Privilege::SERVICE_MANAGE_ACCESS,
        });
    }
    for (catalog, role) in catalog_roles(world) {
        for principal_role in role.assignees.items() {
            if !is_member(world, principal, principal_role) {
                continue;
            }
            paths.extend(granted(role, object).iter().map(|privilege| Path {
                subject,
                principal_role,
                catalog_role: Some((catalog, &role.name)),
                object,
                privilege,
            }));
        }
    }
    paths
}

/// Every object on which anything is granted, and the root.
fn objects(world: &World) -> BTreeSet<&Object> {
    let grants = catalog_roles(world).flat_map(|(_, role)| role.grants.items());
    grants
        .map(|grant| &grant.object)
        .chain([&Object::Root])
        .collect()
}

pub fn losses<'a>(world: &'a World, changes: &[Change]) -> Vec<Loss<'a>> {
    let principals = principals(world).into_iter();
    principals
        .flat_map(|principal| losses_of(world, principal, changes))
        .collect()
}

fn losses_of<'a>(world: &'a World, principal: &'a str, changes: &[Change]) -> Vec<Loss<'a>> {
    let paths = objects(world)
        .into_iter()
        .flat_map(|object| paths_on(world, principal, object));
    let (ended, staying): (Vec<_>, Vec<_>) =
        paths.partition(|path| changes.iter().any(|change| path.rests_on(change)));
    let mut losses: BTreeMap<&Object, Loss> = BTreeMap::new();
    for path in ended {
        let loss = losses.entry(path.object).or_insert_with(|| Loss {
            principal,
            object: path.object,
            lost: PrivilegeSet::default(),
            kept: Vec::new(),
            kept_below: Vec::new(),
        });
        loss.lost = loss.lost.union(path.privilege.implies());
    }
    let kept = |path: Path<'a>, of: PrivilegeSet| {
        let privileges = path.privilege.implies().intersection(of);
        (!privileges.is_empty()).then_some(Kept { privileges, path })
    };
    for loss in losses.values_mut() {
        let ended = loss.lost;
        for level in loss.object.levels() {
            for path in staying.iter().filter(|path| *path.object == level) {
                if let Some(kept) = kept(*path, ended) {
                    loss.lost = loss.lost.difference(kept.privileges);
                    loss.kept.push(kept);
                }
            }
        }
    }
    for path in staying {
        for above in path.object.levels().skip(1) {
            if let Some(loss) = losses.get_mut(&above) {
                loss.kept_below.extend(kept(path, loss.lost));
            }
        }
    }
    losses.into_values().collect()
}

/// What each principal holds on the object.
pub fn holders<'a>(world: &'a World, object: &Object) -> Vec<(&'a str, Holding)> {
    let principals = principals(world).into_iter();
    principals
        .map(|principal| (principal, holding(world, principal, object)))
        .collect()
}

fn holding(world: &World, principal: &str, object: &Object) -> Holding {
    let listed = world.principal_roles.items();
    let named = catalog_roles(world).flat_map(|(_, role)| role.assignees.items());
    let roles: BTreeSet<&str> = listed
        .iter()
        .map(|role| &role.name)
        .chain(named)
        .map(String::as_str)
        .chain([SERVICE_ADMIN])
        .collect();
    let mut all = Holding::default();
    for role in roles {
        let of_role = of_role(world, role, object);
        let known = listed.iter().find(|known| known.name == role);
        if is_member(world, principal, role) {
            all.holds = all.holds.union(of_role.holds);
            all.may_hold = all.may_hold.union(of_role.may_hold);
        } else if known.is_none_or(|known| known.members.why().is_some()) {
            let whole = of_role.holds.union(of_role.may_hold);
            all.may_hold = all.may_hold.union(whole);
        }
    }
    all.may_hold = all.may_hold.difference(all.holds);
    all
}

/// What a principal role holds on the object.
fn of_role(world: &World, principal_role: &str, object: &Object) -> Holding {
    let levels: Vec<Object> = object.levels().collect();
    let everything = levels
        .iter()
        .map(|level| Privilege::grantable_on(level.kind()))
        .fold(PrivilegeSet::default(), PrivilegeSet::union)
        .implied();
    let mut all = Holding::default();
    if principal_role == SERVICE_ADMIN {
        all.holds = Privilege::SERVICE_MANAGE_ACCESS.implies();
    }
    for (catalog, role) in catalog_roles(world) {
        let held = levels
            .iter()
            .map(|level| granted(role, level))
            .fold(PrivilegeSet::default(), PrivilegeSet::union)
            .implied();
        let here = Some(catalog) == object.catalog();
        let unread = here && role.grants.why().is_some();
        let unfamiliar = role.grants.items().iter().any(|grant| {
            Privilege::named(&grant.privilege).is_none() && levels.contains(&grant.object)
        });
        let mut perhaps = PrivilegeSet::default();
        if unread || unfamiliar {
            perhaps = everything;
        }
        match &role.assignees {
            Part::Known(assignees) if assignees.iter().any(|it| it == principal_role) => {
                all.holds = all.holds.union(held);
                all.may_hold = all.may_hold.union(perhaps);
            }
            Part::Known(_) => {}
            Part::Unknown(_) => all.may_hold = all.may_hold.union(held).union(perhaps),
        }
    }
    if let Some(catalog) = object.catalog() {
        let known = world.catalogs.iter().find(|known| known.name == catalog);
        if known.is_none_or(|known| known.roles.why().is_some()) {
            all.may_hold = all.may_hold.union(everything);
        }
    }
    all
}
