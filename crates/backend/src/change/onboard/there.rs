//! What is there already of what a plan names, and what that leaves to be done.

use iceberg_rest::{Error, ErrorKind};
use model::{access::onboard::Plan, error::AppError};
use vendors::polaris::Management;

use super::step::{Step, all_steps, object};

/// `None` where the server refuses to tell.
pub struct There {
    catalog: Option<bool>,
    pub catalog_role: bool,
    pub principal_role: bool,
    principal: bool,
    /// What the catalog role holds where the plan grants.
    granted: Option<Vec<String>>,
    /// Whether the principal role holds the catalog role.
    assigned: Option<bool>,
}

impl There {
    pub async fn look(management: &Management, plan: &Plan) -> Result<Self, AppError> {
        let catalogs = names(management.list_catalogs().await, |it| it.entity.name)?;
        let catalog_roles = match plan.storage {
            Some(_) => Some(Vec::new()),
            None => {
                let roles = management.list_catalog_roles(&plan.catalog).await;
                names(roles, |it| it.entity.name)?
            }
        };
        let roles = names(management.list_principal_roles().await, |it| it.entity.name)?;
        let principals = names(management.list_principals().await, |it| it.entity.name)?;
        let has = |names: Option<Vec<String>>, name: &String| Some(names?.contains(name));
        let catalog_role = has(catalog_roles, &plan.catalog_role).unwrap_or_default();
        let (granted, assigned) = match catalog_role {
            true => {
                let assigned = holders(management, plan).await?;
                (granted(management, plan).await?, assigned)
            }
            false => (Some(Vec::new()), Some(false)),
        };
        Ok(Self {
            catalog: has(catalogs, &plan.catalog),
            catalog_role,
            principal_role: has(roles, &plan.principal_role).unwrap_or_default(),
            principal: has(principals, &plan.principal).unwrap_or_default(),
            granted,
            assigned,
        })
    }

    /// What stands against the plan.
    pub fn conflicts(&self, plan: &Plan) -> Vec<String> {
        let (catalog, principal) = (&plan.catalog, &plan.principal);
        let mut problems = Vec::new();
        match (&plan.storage, self.catalog) {
            (Some(_), Some(true)) => problems.push(format!(
                "There is a catalog {catalog} already: use it, or choose another name."
            )),
            (None, Some(false)) => problems.push(format!(
                "There is no catalog {catalog}: create it here, or choose another one."
            )),
            _ => {}
        }
        if self.principal {
            problems.push(format!(
                "There is a principal {principal} already, and its secret is told to nobody: choose another name, or give the existing one the role on its page. If the answer that told its secret was lost, reset its credentials there."
            ));
        }
        problems
    }

    /// The calls that are left to be made, in order.
    pub fn steps(&self, plan: &Plan) -> Vec<Step> {
        let mut steps = all_steps(plan);
        steps.retain(|step| match step {
            Step::CatalogRole => !self.catalog_role,
            Step::Grant(privilege) => !self
                .granted
                .as_ref()
                .is_some_and(|held| held.contains(privilege)),
            Step::PrincipalRole => !self.principal_role,
            Step::AssignCatalogRole => self.assigned != Some(true),
            _ => true,
        });
        steps
    }

    /// Whether what the step makes may have been there before: the server says yes to both.
    pub fn may_have(&self, step: &Step) -> bool {
        match step {
            Step::Grant(_) => self.granted.is_none(),
            Step::AssignCatalogRole => self.assigned.is_none(),
            _ => false,
        }
    }
}

async fn granted(management: &Management, plan: &Plan) -> Result<Option<Vec<String>>, AppError> {
    let (catalog, object) = (&plan.catalog, object(plan));
    let grants = management.list_grants(catalog, &plan.catalog_role).await;
    let Some(grants) = known(grants)? else {
        return Ok(None);
    };
    let grants = grants.into_iter().filter_map(|it| it.in_catalog(catalog));
    let here = grants.filter(|grant| grant.object == object);
    Ok(Some(here.map(|grant| grant.privilege).collect()))
}

async fn holders(management: &Management, plan: &Plan) -> Result<Option<bool>, AppError> {
    let holders = management.list_assignee_principal_roles(&plan.catalog, &plan.catalog_role);
    let holders = names(holders.await, |it| it.entity.name)?;
    Ok(holders.map(|holders| holders.contains(&plan.principal_role)))
}

pub fn names<T>(
    list: Result<Vec<T>, Error>,
    name: impl Fn(T) -> String,
) -> Result<Option<Vec<String>>, AppError> {
    Ok(known(list)?.map(|items| items.into_iter().map(name).collect()))
}

/// Who may not look may still be allowed to make.
pub fn known<T>(list: Result<Vec<T>, Error>) -> Result<Option<Vec<T>>, AppError> {
    match list {
        Ok(items) => Ok(Some(items)),
        Err(error) if error.kind == ErrorKind::Forbidden => Ok(None),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(Some(Vec::new())),
        Err(error) => Err(error.into()),
    }
}
