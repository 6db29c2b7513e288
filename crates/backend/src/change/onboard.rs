//! Makes what a new service needs, call by call, and takes it away again when that fails.

mod step;
pub(super) mod there;

use std::sync::Arc;

use model::{
    access::onboard::{Done, Plan, Report, Review},
    batch::PartState,
    change::Object,
    error::{AppError, Kind},
    paths::Query,
};
use step::{Step, all_steps, call, perform, take_back, what};
use there::There;

use super::Change;
use crate::{Catalog, made::LOST, once::new_id, untold::Untold};

/// The calls that a plan comes to on this server, and what stands against it.
pub async fn review(connection: &Arc<Catalog>, query: &Query) -> Result<Review, AppError> {
    let plan = Plan::read(query);
    let mut problems = plan.problems();
    if !problems.is_empty() {
        return Ok(Review {
            problems,
            ..Review::default()
        });
    }
    let there = There::look(&connection.management()?, &plan).await?;
    problems.extend(there.conflicts(&plan));
    let mut reused = Vec::new();
    if there.principal_role {
        reused.push(format!(
            "The principal role {} is there already: everybody who holds it gets these privileges.",
            plan.principal_role
        ));
    }
    if there.catalog_role {
        reused.push(format!(
            "The catalog role {} is there already: the new principal also gets what it holds by now, and what it is known to hold is not granted again.",
            plan.catalog_role
        ));
    }
    let calls = there.steps(&plan);
    Ok(Review {
        problems,
        calls: calls.iter().map(|step| call(&plan, step)).collect(),
        reused,
        ..Review::default()
    })
}

/// Makes the calls in order and stops at the first that fails; or, where the form says `undo`, takes
/// away what it names. Done once, to its end, and told anew where the form is sent again, without the
/// secret that was told before.
pub async fn run(connection: &Arc<Catalog>, form: Query) -> Report {
    let (own, asked) = (connection.clone(), form.clone());
    let making = async move {
        match asked.get("undo") {
            Some(_) => undo(&own, &asked).await,
            None => make(&own, &asked).await,
        }
    };
    let told = tell(connection, &form, making).await;
    told.unwrap_or_else(|error| Report {
        refused: Some(error.message),
        once: new_id(),
        ..Report::default()
    })
}

/// What came of what the form asks for, or came of it when it was sent before.
pub(super) async fn tell(
    connection: &Catalog,
    form: &Query,
    making: impl Future<Output = Result<Report, AppError>> + Send + 'static,
) -> Result<Report, AppError> {
    let making = async move {
        making.await.map(|mut report| {
            let untold = Untold::new(report.issued.take());
            (report, untold)
        })
    };
    let (id, what) = (form.text("once"), form.pairs());
    let told = connection.changes.flows.run(&id, what, making).await;
    let (report, untold) = told.outcome?;
    Ok(Report {
        issued: untold.take(),
        again: told.again,
        once: new_id(),
        ..report
    })
}

async fn make(connection: &Arc<Catalog>, form: &Query) -> Result<Report, AppError> {
    let plan = Plan::read(form);
    let management = connection.management()?;
    let problem = |text: String| AppError::new(Kind::NotSent, text);
    let change = Change::new("onboard", Object::principal(&plan.principal));
    connection.permit(&change).await?;
    if let Some(first) = plan.problems().into_iter().next() {
        return Err(problem(first));
    }
    let there = There::look(&management, &plan).await?;
    if let Some(first) = there.conflicts(&plan).into_iter().next() {
        return Err(problem(first));
    }
    let steps = there.steps(&plan);
    let running = connection.begin(
        change,
        format!("Onboard {}", plan.principal),
        steps.iter().map(|step| what(&plan, step)).collect(),
    );
    let mut report = Report {
        url: connection.spec.url.clone(),
        ..Report::default()
    };
    for (index, step) in steps.iter().enumerate() {
        let made = perform(connection, &management, &plan, step).await;
        let failed = made.is_err();
        let state = match &made {
            Ok(_) => PartState::Done,
            Err(error) => failure(step, error),
        };
        running.set(index, state.clone());
        report.steps.push(Done {
            step: step.key(),
            what: what(&plan, step),
            state,
            kept: there.may_have(step),
        });
        match made {
            Ok(Some(issued)) => report.issued = Some(issued),
            Err(error) if *step == Step::Principal => report.untold = error.may_hide_a_secret(),
            _ => {}
        }
        if failed {
            break;
        }
    }
    report.left = steps.len() - report.steps.len();
    Ok(report)
}

fn failure(step: &Step, error: &AppError) -> PartState {
    match PartState::from(error) {
        PartState::Unknown(why) if *step == Step::Principal => {
            PartState::Unknown(format!("{why} {LOST}"))
        }
        PartState::Failed(why) if *step == Step::Principal && error.may_hide_a_secret() => {
            PartState::Failed(format!("{why} {LOST}"))
        }
        state => state,
    }
}

/// Goes on where something cannot be taken away: the rest can.
async fn undo(connection: &Arc<Catalog>, form: &Query) -> Result<Report, AppError> {
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
    steps.reverse();
    let undoing = |step: &Step| format!("Undo: {}", what(&plan, step));
    let running = connection.begin(
        Change::new("undoOnboarding", Object::principal(&plan.principal)),
        format!("Undo the onboarding of {}", plan.principal),
        steps.iter().map(undoing).collect(),
    );
    let mut report = Report {
        undone: true,
        ..Report::default()
    };
    for (index, step) in steps.iter().enumerate() {
        let taken = take_back(connection, &management, &plan, step).await;
        let state = taken
            .as_ref()
            .err()
            .map_or(PartState::Done, PartState::from);
        running.set(index, state.clone());
        report.steps.push(Done {
            step: step.key(),
            what: undoing(step),
            state,
            kept: false,
        });
    }
    Ok(report)
}
