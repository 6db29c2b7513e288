//! Who and what else a change may touch. It is looked up for who decides, and is no part of what is confirmed: nothing
//! of it is sent, and where it cannot be read that is said and nothing else.

mod grants;
mod views;

use std::time::Duration;

use iceberg_rest::Operation;
use model::{paths::Place, preview::Note};
use tokio::time::Instant;

use super::{AT_ONCE, Plan};

/// How long it is waited for: what has not come by then is said not to have been looked at.
const PATIENCE: Duration = Duration::from_secs(3);
/// How many views, or roles, are looked at.
const MOST: usize = 50;

pub async fn notes(plan: &Plan, place: &Place) -> Vec<Note> {
    if plan.off.is_some() {
        return Vec::new();
    }
    let end = Instant::now() + PATIENCE;
    match plan.write.operation() {
        Operation::CommitTable if !plan.beside.columns.is_empty() => {
            views::notes(plan, place, end).await
        }
        Operation::DropNamespace | Operation::DropTable | Operation::DropView => {
            grants::notes(plan, place, end, "goes with it").await
        }
        Operation::RenameTable | Operation::RenameView => {
            grants::notes(plan, place, end, "stays with it").await
        }
        _ => Vec::new(),
    }
}
