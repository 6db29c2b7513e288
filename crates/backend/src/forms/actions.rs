//! What the buttons of a page do to what the page is about. Which was pressed stands in the form.

use model::{
    change::Object,
    error::AppError,
    form::{
        CATALOG, CATALOG_ROLE, CONFIRM, DETACH_ALL, DONE, Field, LEVELS, NAMES, OPENED, OPERATION,
        PRINCIPAL, PRINCIPAL_ROLE, ROLE, TARGET, UNDO, operation::*,
    },
    page::PolarisPage,
    paths::{Query, extend},
};

use super::{Form, saying};
use crate::{
    Session,
    change::press::Press,
    polaris::{
        catalog_roles::delete_catalog_role,
        catalogs::delete_catalog,
        generic_tables::drop_generic_table,
        policies::{attach_policy, drop_policy},
        principal_roles::{assign_catalog_role, delete_principal_role, revoke_catalog_role},
        principals::{assign_principal_role, delete_principal, unassign_principal_role},
    },
};

/// Does what the button asks for, once, and answers where that leads; `None` where the page has no such
/// button.
pub async fn act(
    session: &Session,
    page: PolarisPage,
    form: &Form,
    address: &str,
) -> Result<Option<String>, AppError> {
    let (place, name, once) = (form.place.clone(), form.name.clone(), form.hidden("once"));
    let press = Press {
        once: once.clone(),
        names: form.hidden(NAMES.name),
    };
    // Names are taken as they are, with the spaces around them.
    let said = |field: &Field| form.hidden(field.name);
    let (confirm, operation) = (said(&CONFIRM), said(&OPERATION));
    match (page, operation.as_str()) {
        (PolarisPage::Principal, ASSIGN) => {
            assign_principal_role(session, place, name, said(&ROLE), once).await?;
        }
        (PolarisPage::Principal, REVOKE) => {
            unassign_principal_role(session, place, name, said(&ROLE), confirm, press).await?;
        }
        (PolarisPage::Principal, DELETE) => {
            let list = delete_principal(session, place, name, confirm, once).await?;
            return Ok(Some(saying(list, DELETE)));
        }
        (PolarisPage::PrincipalRole, PUT_IN) => {
            assign_principal_role(session, place, said(&PRINCIPAL), name, once).await?;
        }
        (PolarisPage::PrincipalRole, TAKE_OUT) => {
            unassign_principal_role(session, place, said(&PRINCIPAL), name, confirm, press).await?;
        }
        (PolarisPage::PrincipalRole, ASSIGN) => {
            let (catalog, role) = (said(&CATALOG), said(&CATALOG_ROLE));
            assign_catalog_role(session, place, catalog, name, role, once).await?;
        }
        (PolarisPage::PrincipalRole, REVOKE) => {
            let (catalog, role) = (said(&CATALOG), said(&CATALOG_ROLE));
            revoke_catalog_role(session, place, catalog, name, role, confirm, press).await?;
        }
        (PolarisPage::PrincipalRole, DELETE) => {
            let list = delete_principal_role(session, place, name, confirm, once).await?;
            return Ok(Some(saying(list, DELETE)));
        }
        (PolarisPage::CatalogRole, ASSIGN) => {
            let (catalog, holder) = (form.catalog()?, said(&PRINCIPAL_ROLE));
            assign_catalog_role(session, place, catalog, holder, name, once).await?;
        }
        (PolarisPage::CatalogRole, REVOKE) => {
            let (catalog, holder) = (form.catalog()?, said(&PRINCIPAL_ROLE));
            revoke_catalog_role(session, place, catalog, holder, name, confirm, press).await?;
        }
        (PolarisPage::CatalogRole, DELETE) => {
            let list = delete_catalog_role(session, place, name, confirm, once).await?;
            return Ok(Some(saying(list, DELETE)));
        }
        (PolarisPage::Catalog, DELETE) => {
            let name = form.catalog()?;
            let list = delete_catalog(session, place, name, confirm, once).await?;
            return Ok(Some(saying(list, DELETE)));
        }
        (PolarisPage::Policy, ATTACH | DETACH) => {
            let (levels, target) = (said(&LEVELS), said(&TARGET));
            let detach = operation == DETACH;
            attach_policy(session, place, name, levels, target, detach, once).await?;
        }
        (PolarisPage::Policy, DELETE) => {
            let all = form.some(&DETACH_ALL).is_some();
            let list = drop_policy(session, place, name, confirm, all, once).await?;
            return Ok(Some(saying(list, DELETE)));
        }
        (PolarisPage::GenericTable, DELETE) => {
            let list = drop_generic_table(session, place, name, confirm, once).await?;
            return Ok(Some(saying(list, DELETE)));
        }
        _ => return Ok(None),
    }
    let undo = undo(page, &operation, form);
    Ok(Some(back(address, &operation, undo, &form.fields)))
}

/// What the page is asked for to undo it: the confirmation that takes away what was given, or the name
/// that was taken away, chosen again.
fn undo(page: PolarisPage, operation: &str, form: &Form) -> Option<Query> {
    let said = |field: &Field| form.hidden(field.name);
    let given = match (page, operation) {
        (PolarisPage::Principal, ASSIGN) => Object::membership(&form.name, &said(&ROLE)),
        (PolarisPage::PrincipalRole, PUT_IN) => Object::membership(&said(&PRINCIPAL), &form.name),
        (PolarisPage::PrincipalRole, ASSIGN) => {
            Object::assignment(&form.name, &said(&CATALOG), &said(&CATALOG_ROLE))
        }
        (PolarisPage::CatalogRole, ASSIGN) => {
            Object::assignment(&said(&PRINCIPAL_ROLE), &form.catalog().ok()?, &form.name)
        }
        (_, REVOKE | TAKE_OUT) => {
            let fields = [ROLE, PRINCIPAL, PRINCIPAL_ROLE, CATALOG, CATALOG_ROLE];
            let named = fields.iter();
            return Some(named.fold(Query::default(), |query, field| {
                query.with(field.name, &said(field))
            }));
        }
        _ => return None,
    };
    Some(Query::default().with(OPENED, &given.to_string()))
}

/// The page again, which says what was done, and where what stood open still does.
fn back(address: &str, operation: &str, undo: Option<Query>, fields: &Query) -> String {
    let (path, search) = address.split_once('?').unwrap_or((address, ""));
    let undo = undo.map(|undo| undo.to_string()).unwrap_or_default();
    let query = Query::parse(search).with(OPENED, "");
    let query = query.with(DONE, operation).with(UNDO, &undo);
    let opened = fields.all(OPENED);
    let query = opened.fold(query, |query, names| query.and(OPENED, names));
    extend(path.to_owned(), &query)
}
