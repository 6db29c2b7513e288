//! What a collection does not know of: an answer about it would be made up.

use access::polaris::{Access, Object, Part, Subject};

use crate::format::bounded;

/// Why nothing can be said of who asks; `None` where it is known.
pub fn unlisted_subject(access: &Access, subject: Subject) -> Option<String> {
    match subject {
        Subject::Principal(name) => principal(access, name),
        Subject::PrincipalRole(name) => principal_role(access, name),
        // The server named the principal. A role that is not known may give anything; and a name that holds a
        // comma stands in a message as several.
        Subject::Activated { roles, .. } => {
            roles.iter().find_map(|role| principal_role(access, role))
        }
    }
}

/// Why nothing can be said of the object; `None` where it is known, or is nothing that is listed here.
pub fn unlisted(access: &Access, object: &Object) -> Option<String> {
    match object {
        Object::Principal { name } => return principal(access, name),
        Object::PrincipalRole { name } => return principal_role(access, name),
        _ => {}
    }
    let name = object.catalog()?;
    let world = access.world();
    let Some(catalog) = world.catalogs.iter().find(|catalog| catalog.name == name) else {
        return Some(no("catalog", name, world.more_catalogs.as_deref()));
    };
    match (object, &catalog.roles) {
        (Object::CatalogRole { name, .. }, Part::Known(roles)) => roles
            .iter()
            .all(|role| role.name != *name)
            .then(|| no("catalog role", name, None)),
        _ => None,
    }
}

fn principal(access: &Access, name: &str) -> Option<String> {
    let known = access.principals().any(|known| known == name);
    (!known).then(|| no("principal", name, access.world().principals.why()))
}

fn principal_role(access: &Access, name: &str) -> Option<String> {
    let known = access.principal_roles().any(|known| known == name);
    (!known).then(|| no("principal role", name, access.world().principal_roles.why()))
}

/// `why`: the list could not be read.
fn no(noun: &str, name: &str, why: Option<&str>) -> String {
    bounded(match why {
        None => format!("No {noun} “{name}” was listed when the grants were collected."),
        Some(why) => format!(
            "Whether there is a {noun} “{name}” is unknown: the list could not be read. {why}"
        ),
    })
}
