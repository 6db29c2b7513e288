//! Takes away what a principal leaves behind, call by call, and the principal last.

use std::sync::Arc;

use access::polaris::{CATALOG_ADMIN, ROOT_PRINCIPAL, SERVICE_ADMIN};
use iceberg_rest::Error;
use model::{
    access::{
        offboard::{Plan, Step},
        onboard::{Done, Report, Review},
    },
    batch::PartState,
    change::Object,
    error::{AppError, Kind},
    form::CONFIRM,
    format::names_and_more,
    paths::Query,
};
use vendors::polaris::Management;

use super::{
    Change,
    onboard::{
        tell,
        there::{known, names},
    },
};
use crate::{Catalog, confirm::confirmed, own::own_named};

/// The calls that are left of a plan on this server, and what stands against it.
pub async fn review(connection: &Arc<Catalog>, query: &Query) -> Result<Review, AppError> {
    let plan = Plan::read(query);
    let problems = plan.problems();
    if !problems.is_empty() {
        return Ok(Review {
            problems,
            ..Review::default()
        });
    }
    let management = connection.management()?;
    let There { steps, problems } = There::look(&management, &plan).await?;
    let calls = steps.iter().map(|step| step.call(&plan.principal));
    let root = plan.principal == ROOT_PRINCIPAL && steps.contains(&Step::Principal);
    let root = root.then(|| "A server whose root is gone gives nobody a token any more, until its realm is bootstrapped again.".into());
    Ok(Review {
        reused: Vec::from_iter(root),
        calls: calls.collect(),
        own: own_named(connection, &management, &plan.principal).await,
        problems,
        ..Review::default()
    })
}

/// Makes the calls in order and stops at the first that fails. Done once, to its end, and told anew where
/// the form is sent again.
pub async fn run(connection: &Arc<Catalog>, form: Query) -> Result<Report, AppError> {
    let (own, asked) = (connection.clone(), form.clone());
    let making = async move { make(&own, &asked).await };
    tell(connection, &form, making).await
}

async fn make(connection: &Arc<Catalog>, form: &Query) -> Result<Report, AppError> {
    let plan = Plan::read(form);
    let principal = &plan.principal;
    let management = connection.management()?;
    let problem = |text: String| AppError::new(Kind::NotSent, text);
    let change = Change::new("offboard", Object::principal(principal));
    connection.permit(&change).await?;
    if let Some(first) = plan.problems().into_iter().next() {
        return Err(problem(first));
    }
    let acts = own_named(connection, &management, principal).await;
    confirmed(&form.text(CONFIRM.name), principal, acts)?;
    let There { steps, problems } = There::look(&management, &plan).await?;
    if let Some(first) = problems.into_iter().next() {
        return Err(problem(first));
    }
    let running = connection.begin(
        change,
        format!("Offboard {principal}"),
        steps.iter().map(|step| step.what(principal)).collect(),
    );
    let mut report = Report::default();
    for (index, step) in steps.iter().enumerate() {
        let change = Change::new(operation(step), step.object(principal));
        let call = send(management.clone(), principal.clone(), step.clone());
        let made = connection.change(change, async { Ok(call.await?) }).await;
        let state = made.as_ref().err().map_or(PartState::Done, PartState::from);
        running.set(index, state.clone());
        report.steps.push(Done {
            step: step.field().0.to_owned(),
            what: step.what(principal),
            state,
            kept: false,
        });
        if made.is_err() {
            break;
        }
    }
    report.left = steps.len() - report.steps.len();
    Ok(report)
}

async fn send(api: Management, principal: String, step: Step) -> Result<(), Error> {
    match step {
        Step::Leave(role) => api.revoke_principal_role(&principal, &role).await,
        Step::PrincipalRole(role) => api.delete_principal_role(&role).await,
        Step::CatalogRole(catalog, role) => api.delete_catalog_role(&catalog, &role).await,
        Step::Principal => api.delete_principal(&principal).await,
    }
}

/// The call's name in the management API.
fn operation(step: &Step) -> &'static str {
    match step {
        Step::Leave(_) => "revokePrincipalRole",
        Step::PrincipalRole(_) => "deletePrincipalRole",
        Step::CatalogRole(..) => "deleteCatalogRole",
        Step::Principal => "deletePrincipal",
    }
}

/// How a plan stands on the server now, whatever it was when it was made.
struct There {
    /// Those that are left to be made, in order.
    steps: Vec<Step>,
    /// Somebody uses what is to go, or who does is unknown.
    problems: Vec<String>,
}

impl There {
    /// What is gone by now is left out: that is how a plan goes on that was stopped.
    async fn look(api: &Management, plan: &Plan) -> Result<Self, AppError> {
        let held = api.list_principal_roles_assigned(&plan.principal).await;
        let held = names(held, |role| role.entity.name)?;
        let principals = names(api.list_principals().await, |it| it.entity.name)?;
        let roles = known(api.list_principal_roles().await)?;
        let there = |names: &Option<Vec<String>>, name: &String| {
            names.as_ref().is_none_or(|names| names.contains(name))
        };
        let (mut steps, mut problems) = (Vec::new(), Vec::new());
        for step in &plan.steps {
            let problem = match step {
                Step::Leave(role) if there(&held, role) => None,
                Step::Principal if there(&principals, &plan.principal) => None,
                Step::PrincipalRole(name) => {
                    let role = roles.as_ref().map(|roles| {
                        let mut roles = roles.iter();
                        roles.find(|role| role.entity.name == *name)
                    });
                    match role {
                        Some(None) => continue,
                        Some(Some(role)) if role.federated => Some(format!(
                            "An identity provider may name others in {name}: who uses it is unknown. Leave it out."
                        )),
                        _ => role_stays(api, plan, name).await?,
                    }
                }
                Step::CatalogRole(catalog, name) => {
                    let roles = api.list_catalog_roles(catalog).await;
                    if !there(&names(roles, |role| role.entity.name)?, name) {
                        continue;
                    }
                    catalog_role_stays(api, plan, catalog, name).await?
                }
                Step::Leave(_) | Step::Principal => continue,
            };
            steps.push(step.clone());
            problems.extend(problem);
        }
        Ok(Self { steps, problems })
    }
}

/// Why a principal role may not go with the principal.
async fn role_stays(api: &Management, plan: &Plan, role: &str) -> Result<Option<String>, AppError> {
    if role == SERVICE_ADMIN {
        return Ok(Some(format!(
            "{role} belongs to the server, which never deletes it. Leave it out."
        )));
    }
    let members = api.list_assignee_principals(role).await;
    let others = names(members, |principal| principal.entity.name)?.map(|mut names| {
        names.retain(|name| *name != plan.principal);
        names
    });
    let using = format!("Others are in the principal role {role}");
    Ok(stays(&using, others))
}

/// Why a catalog role may not: a principal role holds it that stays.
async fn catalog_role_stays(
    api: &Management,
    plan: &Plan,
    catalog: &str,
    role: &str,
) -> Result<Option<String>, AppError> {
    if role == CATALOG_ADMIN {
        return Ok(Some(format!(
            "{role} belongs to the catalog {catalog}: the server never deletes it. Leave it out."
        )));
    }
    let holders = api.list_assignee_principal_roles(catalog, role).await;
    let others = names(holders, |role| role.entity.name)?.map(|mut names| {
        names.retain(|name| !plan.steps.contains(&Step::PrincipalRole(name.clone())));
        names
    });
    let using = format!("Roles that stay hold the catalog role {role} in {catalog}");
    Ok(stays(&using, others))
}

/// `others`: `None` where the server does not tell.
fn stays(how: &str, others: Option<Vec<String>>) -> Option<String> {
    let Some(others) = others else {
        return Some(format!(
            "{how}, perhaps: the server does not tell, and they may lose what it gives. Leave it out."
        ));
    };
    let mut others: Vec<&str> = others.iter().map(String::as_str).collect();
    others.sort_unstable();
    (!others.is_empty()).then(|| format!("{how}: {}. Leave it out.", names_and_more(&others)))
}
