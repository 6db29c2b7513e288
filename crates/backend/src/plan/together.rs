//! Commits to several tables in one call: all of them or none.

use iceberg_rest::{Operation, capability::Support};
use model::{
    error::AppError,
    form::{TOGETHER, operation::SAVE},
    paths::Place,
};

use super::{Beside, Plan, wanted::Wanted};
use crate::{change::Change, forms::refused, reading::table_ident};

/// One plan of those of several tables, none of which is off.
pub fn join(
    plans: Vec<(Place, Plan)>,
    title: &str,
    change: Change,
    to: String,
) -> Result<Plan, AppError> {
    let Some((_, first)) = plans.first() else {
        return Err(refused("No table is chosen."));
    };
    let (connection, client) = (first.connection.clone(), first.client.clone());
    let profile = client.dialect().profile();
    let unsure = match client.capabilities().support(Operation::CommitTransaction) {
        Support::No(reason) => Some(format!("{reason}.")),
        _ if !profile.commits_together => Some(format!(
            "{} is not known to make all or none of several commits.",
            profile.title
        )),
        _ => None,
    };
    if let Some(why) = unsure {
        return Err(refused(why).at(&TOGETHER));
    }
    let idents: Result<Vec<_>, _> = plans.iter().map(|(place, _)| table_ident(place)).collect();
    let idents = idents?;
    let commits = idents.iter().zip(plans.iter().map(|(_, plan)| &plan.write));
    let write = client.commit_tables(&commits.collect::<Vec<_>>())?;
    let read: Vec<_> = plans.iter().map(|(_, plan)| plan.shown()).collect();
    Ok(Plan {
        says: vec![format!("{title}: all of them in one commit, or none.")],
        beside: Beside::default(),
        read: read.join(" "),
        confirm: None,
        off: None,
        to: (to, SAVE),
        change,
        write,
        wanted: Wanted::All(plans.into_iter().map(|(_, plan)| plan.wanted).collect()),
        client,
        connection,
    })
}
