//! Makes what a new service needs, call by call, and takes it away again when that fails.

mod step;

use std::sync::Arc;

use iceberg_rest::{Error, ErrorKind, polaris::Management};

use crate::{
    error::{AppError, Kind},
    model::access::onboard::{Done, Plan, Report, Review},
    paths::Query,
    session::Connection,
};
use step::{Step, all_steps, call, perform, take_back, what};

/// What is there already of what a plan names.
#[derive(Default)]
struct There {
    catalog: Option<bool>,
    catalog_role: bool,
    principal_role: bool,
    principal: bool,
}

/// The calls that a plan comes to on this server, and what stands against it.
pub async fn review(connection: &Arc<Connection>, query: &Query) -> Result<Review, AppError> {
    let plan = Plan::read(query);
    let mut problems = plan.problems();
    if !problems.is_empty() {
        return Ok(Review {
            problems,
            ..Review::default()
        });
    }
    let there = look(&connection.management()?, &plan).await?;
    problems.extend(conflicts(&plan, &there));
    let mut reused = Vec::new();
    if there.principal_role {
        reused.push(format!(
            "The principal role {} is there already: everybody who holds it gets these privileges.",
            plan.principal_role
        ));
    }
    if there.catalog_role {
        reused.push(format!(
            "The catalog role {} is there already: the new principal also gets what it holds by now.",
            plan.catalog_role
        ));
    }
    let calls = steps(&plan, &there);
    Ok(Review {
        problems,
        calls: calls.iter().map(|step| call(&plan, step)).collect(),
        reused,
        read_only: connection.refuses_changes(),
    })
}

/// Makes the calls in order and stops at the first that fails; or, where the form says `undo`, takes
/// away what it names.
pub async fn run(connection: &Arc<Connection>, form: &Query) -> Report {
    let outcome = match form.get("undo") {
        Some(_) => undo(connection, form).await,
        None => make(connection, form).await,
    };
    outcome.unwrap_or_else(|error| Report {
        refused: Some(error.message),
        ..Report::default()
    })
}

async fn make(connection: &Arc<Connection>, form: &Query) -> Result<Report, AppError> {
    let plan = Plan::read(form);
    let management = connection.management()?;
    let problem = |text: String| AppError::new(Kind::BadRequest, text);
    if let Some(reason) = connection.refuses_changes() {
        return Err(problem(reason));
    }
    if let Some(first) = plan.problems().into_iter().next() {
        return Err(problem(first));
    }
    let there = look(&management, &plan).await?;
    if let Some(first) = conflicts(&plan, &there).into_iter().next() {
        return Err(problem(first));
    }
    let steps = steps(&plan, &there);
    let mut report = Report {
        url: connection.url.clone(),
        ..Report::default()
    };
    for step in &steps {
        let made = perform(connection, &management, &plan, step).await;
        let failed = made.is_err();
        report.steps.push(Done {
            step: step.key(),
            what: what(&plan, step),
            error: made.as_ref().err().map(|error| error.message.clone()),
        });
        if let Ok(Some(issued)) = made {
            report.issued = Some(issued);
        }
        if failed {
            break;
        }
    }
    report.left = steps.len() - report.steps.len();
    Ok(report)
}

/// Goes on where something cannot be taken away: the rest can.
async fn undo(connection: &Arc<Connection>, form: &Query) -> Result<Report, AppError> {
    let plan = Plan::read(form);
    let management = connection.management()?;
    let made: Vec<&str> = form.all("undo").collect();
    let mut steps = all_steps(&plan);
    steps.retain(|step| made.contains(&step.key().as_str()));
    // What a role holds goes with the role.
    let gone = |key: &str| made.contains(&key);
    steps.retain(|step| match step {
        Step::Grant(_) => !gone("catalog-role"),
        Step::AssignCatalogRole => !gone("catalog-role") && !gone("principal-role"),
        Step::AssignPrincipalRole => !gone("principal") && !gone("principal-role"),
        _ => true,
    });
    let mut report = Report {
        undone: true,
        ..Report::default()
    };
    for step in steps.iter().rev() {
        let taken = take_back(connection, &management, &plan, step).await;
        report.steps.push(Done {
            step: step.key(),
            what: format!("Undo: {}", what(&plan, step)),
            error: taken.err().map(|error| error.message),
        });
    }
    Ok(report)
}

async fn look(management: &Management, plan: &Plan) -> Result<There, AppError> {
    let has = |names: Result<Vec<String>, Error>, name: &str| match names {
        Ok(names) => Ok(Some(names.iter().any(|known| known == name))),
        // Who may not look may still be allowed to make.
        Err(error) if error.kind == ErrorKind::Forbidden => Ok(None),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(Some(false)),
        Err(error) => Err(AppError::from(error)),
    };
    let catalogs = management.list_catalogs().await;
    let catalogs = catalogs.map(|list| list.into_iter().map(|each| each.entity.name).collect());
    let catalog = has(catalogs, &plan.catalog)?;
    let catalog_roles = match plan.storage {
        Some(_) => Ok(Vec::new()),
        None => management.list_catalog_roles(&plan.catalog).await,
    };
    let catalog_roles =
        catalog_roles.map(|list| list.into_iter().map(|each| each.entity.name).collect());
    let roles = management.list_principal_roles().await;
    let roles = roles.map(|list| list.into_iter().map(|each| each.entity.name).collect());
    let principals = management.list_principals().await;
    let principals = principals.map(|list| list.into_iter().map(|each| each.entity.name).collect());
    Ok(There {
        catalog,
        catalog_role: has(catalog_roles, &plan.catalog_role)?.unwrap_or_default(),
        principal_role: has(roles, &plan.principal_role)?.unwrap_or_default(),
        principal: has(principals, &plan.principal)?.unwrap_or_default(),
    })
}

fn conflicts(plan: &Plan, there: &There) -> Vec<String> {
    let (catalog, principal) = (&plan.catalog, &plan.principal);
    let mut problems = Vec::new();
    match (&plan.storage, there.catalog) {
        (Some(_), Some(true)) => problems.push(format!(
            "There is a catalog {catalog} already: use it, or choose another name."
        )),
        (None, Some(false)) => problems.push(format!(
            "There is no catalog {catalog}: create it here, or choose another one."
        )),
        _ => {}
    }
    if there.principal {
        problems.push(format!(
            "There is a principal {principal} already, and its secret is told to nobody: choose another name, or give the existing one the role on its page."
        ));
    }
    problems
}

fn steps(plan: &Plan, there: &There) -> Vec<Step> {
    let mut steps = all_steps(plan);
    steps.retain(|step| match step {
        Step::CatalogRole => !there.catalog_role,
        Step::PrincipalRole => !there.principal_role,
        _ => true,
    });
    steps
}
