//! Holds the access calculator against recorded decisions of a real Polaris.
//!
//! `cargo run --release -p access --example decisions -- FILE.jsonl.gz` prints every
//! disagreement and closes with `N checks, M disagree`; the exit code is 1 when there are any.

#[path = "../tests/decisions/recording.rs"]
mod recording;

use std::fs::File;
use std::process::ExitCode;

use access::polaris::{Access, Subject, Verdict};
use recording::{Check, Recorded};

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: decisions FILE.jsonl.gz");
        return ExitCode::from(2);
    };
    let worlds = File::open(&path)
        .map_err(|error| error.to_string())
        .and_then(recording::read);
    let worlds = match worlds {
        Ok(worlds) => worlds,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return ExitCode::from(2);
        }
    };
    let (mut checks, mut disagree) = (0, 0);
    for (at, recorded) in worlds.iter().enumerate() {
        let access = Access::new(recorded.world.clone());
        for check in &recorded.checks {
            checks += 1;
            if let Err(disagreement) = compare(&access, recorded, check) {
                disagree += 1;
                println!("world {}: {disagreement}: {check:?}", at + 1);
            }
        }
    }
    println!("{checks} checks, {disagree} disagree");
    if disagree == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn compare(access: &Access, recorded: &Recorded, check: &Check) -> Result<(), String> {
    let asked = recorded.ask(check)?;
    let verdict = access.verdict(Subject::Principal(&check.principal), asked.question()?);
    let expected = if check.allowed {
        Verdict::Allowed
    } else {
        Verdict::Denied
    };
    if verdict == expected {
        Ok(())
    } else {
        Err(format!("calculated {verdict:?}, recorded {expected:?}"))
    }
}
