//! The calls that a plan is made of: what each says, sends, and how it is taken back.

use std::{collections::BTreeMap, sync::Arc};

use access::polaris::{Grant, Object as Named};
use iceberg_rest::Error;
use model::{
    access::onboard::{Call, Plan},
    change::Object,
    error::AppError,
    issued::Issued,
    paths::encoded,
};
use secrecy::ExposeSecret;
use serde_json::json;
use vendors::polaris::{
    Management,
    types::{GrantResource, NewCatalog, NewEntity, StorageConfig},
};

use crate::{Catalog, change::Change};

/// One call of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Catalog,
    CatalogRole,
    Grant(String),
    PrincipalRole,
    AssignCatalogRole,
    Principal,
    AssignPrincipalRole,
}

impl Step {
    pub fn key(&self) -> String {
        match self {
            Step::Catalog => "catalog".into(),
            Step::CatalogRole => "catalog-role".into(),
            Step::Grant(privilege) => format!("grant:{privilege}"),
            Step::PrincipalRole => "principal-role".into(),
            Step::AssignCatalogRole => "assign-catalog-role".into(),
            Step::Principal => "principal".into(),
            Step::AssignPrincipalRole => "assign-principal-role".into(),
        }
    }
}

/// In order. The principal comes last, so that no secret is made in vain.
pub fn all_steps(plan: &Plan) -> Vec<Step> {
    let mut steps = Vec::new();
    if plan.storage.is_some() {
        steps.push(Step::Catalog);
    }
    steps.push(Step::CatalogRole);
    steps.extend(plan.privileges.iter().cloned().map(Step::Grant));
    steps.extend([
        Step::PrincipalRole,
        Step::AssignCatalogRole,
        Step::Principal,
        Step::AssignPrincipalRole,
    ]);
    steps
}

pub fn what(plan: &Plan, step: &Step) -> String {
    let Plan {
        catalog,
        catalog_role,
        principal_role,
        principal,
        ..
    } = plan;
    match step {
        Step::Catalog => format!("Create the catalog {catalog}"),
        Step::CatalogRole => format!("Create the catalog role {catalog_role} in {catalog}"),
        Step::Grant(privilege) => {
            format!(
                "Grant {privilege} on the {} to {catalog_role}",
                object(plan)
            )
        }
        Step::PrincipalRole => format!("Create the principal role {principal_role}"),
        Step::AssignCatalogRole => format!("Give {catalog_role} to {principal_role}"),
        Step::Principal => format!("Create the principal {principal}"),
        Step::AssignPrincipalRole => format!("Give {principal_role} to {principal}"),
    }
}

/// What the step changes.
fn changed(plan: &Plan, step: &Step) -> Object {
    let (catalog, catalog_role) = (&plan.catalog, &plan.catalog_role);
    let (principal, principal_role) = (&plan.principal, &plan.principal_role);
    match step {
        Step::Catalog => Object::catalog(catalog),
        Step::CatalogRole => Object::catalog_role(catalog, catalog_role),
        Step::Grant(privilege) => Object::grant(catalog, catalog_role, grant(plan, privilege)),
        Step::PrincipalRole => Object::principal_role(principal_role),
        Step::AssignCatalogRole => Object::assignment(principal_role, catalog, catalog_role),
        Step::Principal => Object::principal(principal),
        Step::AssignPrincipalRole => Object::membership(principal, principal_role),
    }
}

/// Where the privileges are granted.
pub fn object(plan: &Plan) -> Named {
    let catalog = plan.catalog.clone();
    match plan.namespace.is_empty() {
        true => Named::Catalog { catalog },
        false => Named::Namespace {
            catalog,
            namespace: plan.namespace.clone(),
        },
    }
}

fn grant(plan: &Plan, privilege: &str) -> Grant {
    Grant {
        object: object(plan),
        privilege: privilege.to_owned(),
    }
}

fn resource(plan: &Plan, privilege: &str) -> Result<GrantResource, Error> {
    GrantResource::of(&grant(plan, privilege))
        .ok_or_else(|| Error::invalid("This kind of object takes no grants."))
}

fn named(name: &str) -> NewEntity {
    NewEntity {
        name: name.to_owned(),
        ..NewEntity::default()
    }
}

fn catalog(plan: &Plan) -> NewCatalog {
    let storage = plan.storage.clone().unwrap_or_default();
    let given = |text: String| (!text.is_empty()).then_some(text);
    let location = storage.location;
    NewCatalog {
        name: plan.catalog.clone(),
        kind: "INTERNAL".into(),
        properties: BTreeMap::from([("default-base-location".to_owned(), location.clone())]),
        storage_config_info: StorageConfig {
            allowed_locations: vec![location],
            // A store with an endpoint of its own has no AWS role to assume.
            path_style_access: (!storage.endpoint.is_empty()).then_some(true),
            sts_unavailable: (!storage.endpoint.is_empty() && storage.role_arn.is_empty())
                .then_some(true),
            role_arn: given(storage.role_arn),
            region: given(storage.region),
            endpoint: given(storage.endpoint),
            tenant_id: given(storage.tenant_id),
            storage_type: storage.kind,
            ..StorageConfig::default()
        },
        connection_config_info: None,
    }
}

pub fn call(plan: &Plan, step: &Step) -> Call {
    let (in_catalog, catalog_role) = (encoded(&plan.catalog), encoded(&plan.catalog_role));
    let (principal_role, principal) = (encoded(&plan.principal_role), encoded(&plan.principal));
    let (method, path, body) = match step {
        Step::Catalog => (
            "POST",
            "/catalogs".to_owned(),
            json!({ "catalog": catalog(plan) }),
        ),
        Step::CatalogRole => (
            "POST",
            format!("/catalogs/{in_catalog}/catalog-roles"),
            json!({ "catalogRole": named(&plan.catalog_role) }),
        ),
        Step::Grant(privilege) => (
            "PUT",
            format!("/catalogs/{in_catalog}/catalog-roles/{catalog_role}/grants"),
            json!({ "grant": resource(plan, privilege).ok() }),
        ),
        Step::PrincipalRole => (
            "POST",
            "/principal-roles".to_owned(),
            json!({ "principalRole": named(&plan.principal_role) }),
        ),
        Step::AssignCatalogRole => (
            "PUT",
            format!("/principal-roles/{principal_role}/catalog-roles/{in_catalog}"),
            json!({ "catalogRole": named(&plan.catalog_role) }),
        ),
        Step::Principal => (
            "POST",
            "/principals".to_owned(),
            json!({ "principal": named(&plan.principal) }),
        ),
        Step::AssignPrincipalRole => (
            "PUT",
            format!("/principals/{principal}/principal-roles"),
            json!({ "principalRole": named(&plan.principal_role) }),
        ),
    };
    Call {
        step: step.key(),
        what: what(plan, step),
        method: method.to_owned(),
        path: format!("/api/management/v1{path}"),
        body: body.to_string(),
    }
}

/// Answers the credentials of a new principal.
pub async fn perform(
    connection: &Arc<Catalog>,
    management: &Management,
    plan: &Plan,
    step: &Step,
) -> Result<Option<Issued>, AppError> {
    let change = Change::new(operation(step, false), changed(plan, step));
    let call = send(management.clone(), plan.clone(), step.clone());
    connection.change(change, call).await
}

async fn send(api: Management, plan: Plan, step: Step) -> Result<Option<Issued>, AppError> {
    let (catalog_role, principal_role) = (named(&plan.catalog_role), named(&plan.principal_role));
    match step {
        Step::Catalog => drop(api.create_catalog(&catalog(&plan)).await?),
        Step::CatalogRole => drop(
            api.create_catalog_role(&plan.catalog, &catalog_role)
                .await?,
        ),
        Step::Grant(privilege) => {
            let grant = resource(&plan, &privilege)?;
            api.add_grant(&plan.catalog, &plan.catalog_role, &grant)
                .await?;
        }
        Step::PrincipalRole => drop(api.create_principal_role(&principal_role).await?),
        Step::AssignCatalogRole => {
            let (role, catalog, given) = (&plan.principal_role, &plan.catalog, &plan.catalog_role);
            api.assign_catalog_role(role, catalog, given).await?;
        }
        Step::Principal => {
            let made = api.create_principal(&named(&plan.principal), false).await?;
            return Ok(Some(Issued {
                principal: plan.principal,
                client_id: made.credentials.client_id,
                client_secret: made.credentials.client_secret.expose_secret().to_owned(),
            }));
        }
        Step::AssignPrincipalRole => {
            api.assign_principal_role(&plan.principal, &plan.principal_role)
                .await?;
        }
    }
    Ok(None)
}

/// Undoes the step.
pub async fn take_back(
    connection: &Arc<Catalog>,
    management: &Management,
    plan: &Plan,
    step: &Step,
) -> Result<(), AppError> {
    let change = Change::new(operation(step, true), changed(plan, step));
    let (api, plan, step) = (management.clone(), plan.clone(), step.clone());
    let call = async move { Ok(send_back(api, plan, step).await?) };
    connection.change(change, call).await
}

async fn send_back(api: Management, plan: Plan, step: Step) -> Result<(), Error> {
    let (catalog, catalog_role) = (&plan.catalog, &plan.catalog_role);
    let (principal_role, principal) = (&plan.principal_role, &plan.principal);
    match step {
        Step::Catalog => api.delete_catalog(catalog).await,
        Step::CatalogRole => api.delete_catalog_role(catalog, catalog_role).await,
        Step::Grant(privilege) => {
            let grant = resource(&plan, &privilege)?;
            api.revoke_grant(catalog, catalog_role, &grant).await
        }
        Step::PrincipalRole => api.delete_principal_role(principal_role).await,
        Step::AssignCatalogRole => {
            api.revoke_catalog_role(principal_role, catalog, catalog_role)
                .await
        }
        Step::Principal => api.delete_principal(principal).await,
        Step::AssignPrincipalRole => api.revoke_principal_role(principal, principal_role).await,
    }
}

/// The call's name in the management API.
fn operation(step: &Step, undo: bool) -> &'static str {
    match (step, undo) {
        (Step::Catalog, false) => "createCatalog",
        (Step::Catalog, true) => "deleteCatalog",
        (Step::CatalogRole, false) => "createCatalogRole",
        (Step::CatalogRole, true) => "deleteCatalogRole",
        (Step::Grant(_), false) => "addGrantToCatalogRole",
        (Step::Grant(_), true) => "revokeGrantFromCatalogRole",
        (Step::PrincipalRole, false) => "createPrincipalRole",
        (Step::PrincipalRole, true) => "deletePrincipalRole",
        (Step::AssignCatalogRole, false) => "assignCatalogRoleToPrincipalRole",
        (Step::AssignCatalogRole, true) => "revokeCatalogRoleFromPrincipalRole",
        (Step::Principal, false) => "createPrincipal",
        (Step::Principal, true) => "deletePrincipal",
        (Step::AssignPrincipalRole, false) => "assignPrincipalRole",
        (Step::AssignPrincipalRole, true) => "revokePrincipalRole",
    }
}
