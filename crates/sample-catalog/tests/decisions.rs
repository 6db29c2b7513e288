//! What a real Polaris 1.7.0 allowed in 144 random worlds: the sample, given the same principals, roles and
//! grants over its management API, answers the same to each principal's own token.

#[path = "decisions/recording.rs"]
mod recording;
#[path = "decisions/request.rs"]
mod request;
mod support;
#[path = "decisions/world.rs"]
mod world;

use std::collections::BTreeSet;

use recording::{Check, Recorded};
use world::World;

/// Operations that change what later checks of the same world look at.
const CHANGES: [&str; 4] = [
    "DROP_TABLE_WITHOUT_PURGE",
    "RENAME_TABLE",
    "RENAME_VIEW",
    "ADD_",
];

#[tokio::test]
async fn enforces_every_recorded_decision() {
    let worlds = recording::read();
    assert_eq!(worlds.len(), 144);
    let (mut checks, mut operations, mut wrong) = (0, BTreeSet::new(), Vec::new());
    for recorded in &worlds {
        let mut world = World::load(recorded).await;
        for check in &recorded.checks {
            let status = ask(&world, check).await;
            if (status != 403) != check.allowed || status == 401 || status == 404 {
                wrong.push(format!("{check:?}: {status}"));
            }
            let changed = CHANGES.iter().any(|name| check.operation.starts_with(name));
            if changed && status < 300 {
                world = World::load(recorded).await;
            }
            operations.insert(check.operation.as_str());
            checks += 1;
        }
    }
    println!(
        "{checks} checks of {} operations, {} disagree",
        operations.len(),
        wrong.len()
    );
    assert!(
        wrong.is_empty(),
        "{} disagree:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    assert_eq!((checks, operations.len()), (28_125, 43));
}

async fn ask(world: &World, check: &Check) -> u16 {
    let request = request::of(&world.catalog, check);
    world.send(&check.principal, &request).await.status
}

/// A recording without its worlds would agree with anything.
#[test]
fn the_recording_holds_both_answers() {
    let worlds: Vec<Recorded> = recording::read();
    let all = || worlds.iter().flat_map(|recorded| &recorded.checks);
    assert_eq!(all().filter(|check| check.allowed).count(), 7_583);
    assert_eq!(all().filter(|check| !check.allowed).count(), 20_542);
}
