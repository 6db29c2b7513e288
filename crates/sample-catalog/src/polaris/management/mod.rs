//! The management API, `/api/management/v1`: statuses and wording of Apache Polaris 1.7.0.

mod catalog_roles;
mod catalogs;
mod grants;
mod principal_roles;
mod principals;

use super::desk::{Answer, Desk, name, unrouted};
use crate::operation::Unrouted;

/// `segments` is the raw path below `/api/management/v1/`.
pub(super) fn answer(desk: &mut Desk, segments: &[&str]) -> Answer {
    let method = desk.ask.method.as_str();
    match segments {
        ["catalogs"] => match method {
            "GET" => catalogs::list(desk),
            "POST" => catalogs::create(desk),
            _ => Err(unrouted(&Unrouted::Method)),
        },
        ["catalogs", catalog] => {
            let catalog = name(catalog)?;
            match method {
                "GET" => catalogs::get(desk, &catalog),
                "PUT" => catalogs::update(desk, &catalog),
                "DELETE" => catalogs::delete(desk, &catalog),
                _ => Err(unrouted(&Unrouted::Method)),
            }
        }
        ["catalogs", catalog, "catalog-roles", rest @ ..] => {
            let catalog = name(catalog)?;
            catalog_role(desk, &catalog, rest)
        }
        ["principals", rest @ ..] => principal(desk, rest),
        ["principal-roles", rest @ ..] => principal_role(desk, rest),
        _ => Err(unrouted(&Unrouted::Path)),
    }
}

fn catalog_role(desk: &mut Desk, catalog: &str, rest: &[&str]) -> Answer {
    let method = desk.ask.method.as_str();
    let Some((role, rest)) = rest.split_first() else {
        return match method {
            "GET" => catalog_roles::list(desk, catalog),
            "POST" => catalog_roles::create(desk, catalog),
            _ => Err(unrouted(&Unrouted::Method)),
        };
    };
    let role = name(role)?;
    match (rest, method) {
        ([], "GET") => catalog_roles::get(desk, catalog, &role),
        ([], "PUT") => catalog_roles::update(desk, catalog, &role),
        ([], "DELETE") => catalog_roles::delete(desk, catalog, &role),
        (["principal-roles"], "GET") => catalog_roles::holders(desk, catalog, &role),
        (["grants"], "GET") => grants::list(desk, catalog, &role),
        (["grants"], "PUT") => grants::add(desk, catalog, &role),
        (["grants"], "POST") => grants::revoke(desk, catalog, &role),
        ([] | ["principal-roles"] | ["grants"], _) => Err(unrouted(&Unrouted::Method)),
        _ => Err(unrouted(&Unrouted::Path)),
    }
}

fn principal(desk: &mut Desk, rest: &[&str]) -> Answer {
    let method = desk.ask.method.as_str();
    let Some((principal, rest)) = rest.split_first() else {
        return match method {
            "GET" => principals::list(desk),
            "POST" => principals::create(desk),
            _ => Err(unrouted(&Unrouted::Method)),
        };
    };
    let principal = name(principal)?;
    match (rest, method) {
        ([], "GET") => principals::get(desk, &principal),
        ([], "PUT") => principals::update(desk, &principal),
        ([], "DELETE") => principals::delete(desk, &principal),
        (["rotate"], "POST") => principals::rotate(desk, &principal),
        (["reset"], "POST") => principals::reset(desk, &principal),
        (["principal-roles"], "GET") => principals::roles(desk, &principal),
        (["principal-roles"], "PUT") => principals::assign(desk, &principal),
        (["principal-roles", role], "DELETE") => principals::revoke(desk, &principal, &name(role)?),
        ([] | ["rotate"] | ["reset"] | ["principal-roles"] | ["principal-roles", _], _) => {
            Err(unrouted(&Unrouted::Method))
        }
        _ => Err(unrouted(&Unrouted::Path)),
    }
}

fn principal_role(desk: &mut Desk, rest: &[&str]) -> Answer {
    let method = desk.ask.method.as_str();
    let Some((role, rest)) = rest.split_first() else {
        return match method {
            "GET" => principal_roles::list(desk),
            "POST" => principal_roles::create(desk),
            _ => Err(unrouted(&Unrouted::Method)),
        };
    };
    let role = name(role)?;
    match (rest, method) {
        ([], "GET") => principal_roles::get(desk, &role),
        ([], "PUT") => principal_roles::update(desk, &role),
        ([], "DELETE") => principal_roles::delete(desk, &role),
        (["principals"], "GET") => principal_roles::members(desk, &role),
        (["catalog-roles", catalog], "GET") => {
            principal_roles::catalog_roles(desk, &role, &name(catalog)?)
        }
        (["catalog-roles", catalog], "PUT") => {
            principal_roles::assign(desk, &role, &name(catalog)?)
        }
        (["catalog-roles", catalog, held], "DELETE") => {
            principal_roles::revoke(desk, &role, &name(catalog)?, &name(held)?)
        }
        ([] | ["principals"] | ["catalog-roles", _] | ["catalog-roles", _, _], _) => {
            Err(unrouted(&Unrouted::Method))
        }
        _ => Err(unrouted(&Unrouted::Path)),
    }
}
