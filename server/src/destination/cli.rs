//! `crowsnest destination lint|fix|check`: for pipelines. No output holds a secret.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use backend::check;
use clap::{Args, Subcommand};
use destination::{
    Destination, Finding, ImportError, MAX_BYTES, Position, Secrets, Severity, lint,
};
use serde_json::json;

/// Nothing to say.
const CLEAN: u8 = 0;
/// Findings, or a failed check.
const FOUND: u8 = 1;
/// No destination could be read.
const UNREADABLE: u8 = 2;

#[derive(Clone, Debug, Args)]
pub struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Clone, Debug, Subcommand)]
enum Action {
    /// Say what is wrong with a file; exit code 0 nothing, 1 something, 2 it cannot be read
    Lint {
        /// A destination.json; - for standard input
        file: PathBuf,
        /// One JSON object a line: id, severity, key, line, column, message, fix
        #[arg(long)]
        json: bool,
    },
    /// Print the file with every correction that needs no person; secrets become placeholders
    Fix {
        /// A destination.json; - for standard input
        file: PathBuf,
    },
    /// Ask the catalog that a file names, read-only; exit code 0 all well, 1 something failed, 2
    /// the file cannot be read
    Check {
        /// A destination.json; - for standard input
        file: PathBuf,
    },
}

/// Runs a subcommand; gives back the exit code.
pub fn run(command: &Command) -> u8 {
    match &command.action {
        Action::Lint { file, json } => with(file, *json, |read| report(file, &lint(read), *json)),
        Action::Fix { file } => with(file, false, |read| fix(file, read)),
        Action::Check { file } => with(file, false, try_out),
    }
}

fn with(path: &Path, json: bool, use_it: impl FnOnce(&Destination) -> u8) -> u8 {
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("crowsnest: {}: cannot be read: {error}", path.display());
            return UNREADABLE;
        }
    };
    match Destination::import(&bytes) {
        Ok(file) => use_it(&file),
        Err(error) => {
            eprintln!("crowsnest: {}: {error}", path.display());
            if json {
                println!("{}", unreadable(&error));
            }
            UNREADABLE
        }
    }
}

/// At most one byte more than may be imported: enough to be refused for its size.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    if path == Path::new("-") {
        io::stdin().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn unreadable(error: &ImportError) -> serde_json::Value {
    let at = error.at().unwrap_or(Position::START);
    json!({
        "id": error.id(),
        "severity": Severity::Error,
        "key": "",
        "line": at.line,
        "column": at.column,
        "message": error.to_string(),
        "fix": "",
    })
}

fn report(path: &Path, findings: &[Finding], json: bool) -> u8 {
    for finding in findings {
        if json {
            println!("{}", json!(finding));
        } else {
            println!("{}", line(path, finding));
        }
    }
    if findings.is_empty() { CLEAN } else { FOUND }
}

fn line(path: &Path, finding: &Finding) -> String {
    let place = finding
        .at
        .map(|at| format!(":{}:{}", at.line, at.column))
        .unwrap_or_default();
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Info => "note",
    };
    let Finding {
        id,
        key,
        message,
        fix,
        ..
    } = finding;
    format!(
        "{}{place}: {severity} {id}: {key}: {message} {fix}",
        path.display()
    )
}

/// The corrected file on standard output, the rest on standard error.
fn fix(path: &Path, file: &Destination) -> u8 {
    let (fixed, applied) = file.fixed();
    print!("{}", fixed.render(Secrets::Placeholder));
    eprintln!("crowsnest: {} corrected", applied.len());
    for finding in lint(&fixed) {
        eprintln!("{}", line(path, &finding));
    }
    if let Some(command) = fixed.jq_fill() {
        eprintln!("crowsnest: secrets are placeholders; to fill them: {command}");
    }
    CLEAN
}

fn try_out(file: &Destination) -> u8 {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("crowsnest: cannot start: {error}");
            return FOUND;
        }
    };
    let report = runtime.block_on(check::check(file, None));
    for stage in &report.stages {
        println!("{:8} {}: {}", stage.outcome.word(), stage.name, stage.found);
        if let Some(advice) = &stage.advice {
            println!("         cause: {}", advice.cause);
            println!("         fix: {}", advice.fix);
            if !advice.command.is_empty() {
                println!("         try: {}", advice.command);
            }
        }
    }
    if report.is_ok() { CLEAN } else { FOUND }
}
