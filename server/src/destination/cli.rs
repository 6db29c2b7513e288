//! `crowsnest destination lint|fix|check`: for pipelines. No output holds a secret unless it is asked for.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use backend::check;
use clap::{Args, Subcommand, ValueEnum};
use destination::{
    Destination, Finding, ImportError, MAX_BYTES, Position, Release, Secrets, Severity, Slip, lint,
};
use serde_json::json;

/// Nothing that counts.
const CLEAN: u8 = 0;
/// Findings, or a failed check.
const FOUND: u8 = 1;
/// No destination could be read.
const UNREADABLE: u8 = 2;
/// A catalog that cannot be asked from here.
const UNCHECKED: u8 = 3;

#[derive(Clone, Debug, Args)]
pub struct Command {
    #[command(subcommand)]
    action: Action,
}

/// The files, and what counts as a fault.
#[derive(Clone, Debug, Args)]
struct Files {
    /// Files such as destination.json; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    olake: Olake,
    /// The least that ends with exit code 1
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    fail_on: Least,
}

#[derive(Clone, Copy, Debug, Args)]
struct Olake {
    /// The release of OLake to judge for, 0.9.4 or later
    #[arg(long, value_name = "VERSION", value_parser = release)]
    olake: Option<Release>,
}

fn release(text: &str) -> Result<Release, String> {
    Release::from_number(text).ok_or_else(|| {
        let known = Release::OFFERED.map(Release::number).join(", ");
        format!("known are {known}")
    })
}

impl Olake {
    fn applied(self, mut file: Destination) -> Destination {
        if let Some(release) = self.olake {
            file.set_release(release);
        }
        file
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Least {
    Error,
    #[value(alias = "warning")]
    Warn,
    #[value(alias = "info")]
    Note,
}

#[derive(Clone, Debug, Subcommand)]
enum Action {
    /// Say what is wrong with files; exit code 0 nothing that counts, 1 something, 2 one cannot be read
    Lint {
        #[command(flatten)]
        files: Files,
        /// One JSON object a line: file, id, severity, key, line, column, message, fix
        #[arg(long)]
        json: bool,
    },
    /// Make every correction that needs no person, and say what is left; exit code 0 nothing that counts, 1
    /// something, 2 a file cannot be read
    Fix {
        #[command(flatten)]
        files: Files,
        /// Write the files themselves, secrets and all, instead of standard output
        #[arg(long)]
        in_place: bool,
        /// Print secrets as they are; else placeholders stand for them
        #[arg(long)]
        keep_secrets: bool,
    },
    /// Ask the catalogs that files name, read-only; exit code 0 all well, 1 something failed, 2 a file cannot be
    /// read, 3 a catalog cannot be asked from here
    Check {
        /// Files such as destination.json; - for standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        olake: Olake,
    },
}

/// Runs a subcommand; gives back the exit code.
pub fn run(command: &Command) -> u8 {
    let mut out = String::new();
    let code = match &command.action {
        Action::Lint { files, json } => {
            worst(&files.files, |path| judge(path, files, *json, &mut out))
        }
        Action::Fix {
            files,
            in_place: false,
            ..
        } if files.files.len() > 1 => {
            eprintln!("crowsnest: several files are mended with --in-place only");
            UNREADABLE
        }
        Action::Fix {
            files,
            in_place,
            keep_secrets,
        } => worst(&files.files, |path| {
            mend(path, files, *in_place, *keep_secrets, &mut out)
        }),
        Action::Check { files, olake } => worst(files, |path| {
            if files.len() > 1 {
                _ = writeln!(out, "{}:", path.display());
            }
            try_out(path, *olake, &mut out)
        }),
    };
    print(&out);
    code
}

/// The highest code of all files.
fn worst(files: &[PathBuf], each: impl FnMut(&PathBuf) -> u8) -> u8 {
    files.iter().map(each).max().unwrap_or(CLEAN)
}

/// What reads the output may have seen enough of it.
fn print(text: &str) {
    if let Err(error) = io::stdout().write_all(text.as_bytes())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        complain(&format!("crowsnest: cannot write: {error}"));
    }
}

/// A line on standard error, whether or not somebody reads it.
fn complain(line: &str) {
    _ = writeln!(io::stderr(), "{line}");
}

/// At most one byte more than may be imported: enough to be refused for its size.
fn bytes(path: &Path) -> Option<Vec<u8>> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = MAX_BYTES as u64 + 1;
        if path == Path::new("-") {
            io::stdin().take(limit).read_to_end(&mut bytes)?;
        } else {
            File::open(path)?.take(limit).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    };
    read()
        .inspect_err(|error| {
            complain(&format!(
                "crowsnest: {}: cannot be read: {error}",
                path.display()
            ));
        })
        .ok()
}

/// What a file holds; why it holds nothing goes to standard error, and comes back where it was read at all.
fn read<T>(
    path: &Path,
    parse: impl FnOnce(&[u8]) -> Result<T, ImportError>,
) -> Result<T, Option<ImportError>> {
    let bytes = bytes(path).ok_or(None)?;
    parse(&bytes).map_err(|error| {
        refuse(path, &error);
        Some(error)
    })
}

fn judge(path: &Path, files: &Files, json: bool, out: &mut String) -> u8 {
    let findings = match read(path, Destination::import) {
        Ok(file) => lint(&files.olake.applied(file)),
        Err(error) => {
            if let (true, Some(error)) = (json, error) {
                _ = writeln!(out, "{}", unreadable(path, &error));
            }
            return UNREADABLE;
        }
    };
    for finding in &findings {
        let line = match json {
            true => {
                let mut row = json!(finding);
                row["file"] = path.display().to_string().into();
                row.to_string()
            }
            false => line(path, finding),
        };
        _ = writeln!(out, "{line}");
    }
    verdict(&findings, files.fail_on)
}

fn verdict(findings: &[Finding], least: Least) -> u8 {
    let least = match least {
        Least::Error => Severity::Error,
        Least::Warn => Severity::Warn,
        Least::Note => Severity::Info,
    };
    let counts = findings.iter().any(|finding| finding.severity <= least);
    if counts { FOUND } else { CLEAN }
}

fn refuse(path: &Path, error: &ImportError) {
    let place = error
        .at()
        .map(|at| format!(":{}:{}", at.line, at.column))
        .unwrap_or_default();
    let hint = match error {
        ImportError::Syntax { mends: true, .. } => " Use crowsnest destination fix.",
        _ => "",
    };
    complain(&format!(
        "crowsnest: {}{place}: {error}{hint}",
        path.display()
    ));
}

fn unreadable(path: &Path, error: &ImportError) -> serde_json::Value {
    let at = error.at().unwrap_or(Position::START);
    json!({
        "file": path.display().to_string(),
        "id": error.id(),
        "severity": Severity::Error,
        "key": "",
        "line": at.line,
        "column": at.column,
        "message": error.to_string(),
        "fix": "",
    })
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

/// The corrected file goes to standard output or into its place, the rest to standard error.
fn mend(path: &Path, files: &Files, in_place: bool, keep: bool, out: &mut String) -> u8 {
    let Ok((file, slips)) = read(path, Destination::mended) else {
        return UNREADABLE;
    };
    let (fixed, applied) = files.olake.applied(file).fixed();
    for Slip { what, at } in &slips {
        complain(&format!(
            "{}:{}:{}: corrected: {what}",
            path.display(),
            at.line,
            at.column
        ));
    }
    for finding in &applied {
        complain(&format!("{} (corrected)", line(path, finding)));
    }
    complain(&format!(
        "crowsnest: {} corrected",
        slips.len() + applied.len()
    ));
    if in_place && path != Path::new("-") {
        let text = fixed.render(Secrets::Include);
        // A file that nothing was corrected in keeps its own form.
        let changed = !slips.is_empty() || !applied.is_empty();
        if changed && let Err(error) = write(path, &text) {
            complain(&format!(
                "crowsnest: {}: cannot be written: {error}",
                path.display()
            ));
            return UNREADABLE;
        }
    } else if keep {
        out.push_str(&fixed.render(Secrets::Include));
    } else {
        out.push_str(&fixed.render(Secrets::Placeholder));
        if let Some(command) = fixed.jq_fill() {
            complain(&format!(
                "crowsnest: placeholders stand for secrets, which --keep-secrets prints; to fill them: {command}"
            ));
        }
    }
    let left = lint(&fixed);
    for finding in &left {
        complain(&line(path, finding));
    }
    verdict(&left, files.fail_on)
}

/// Whole or not at all: the file holds the only copy of its secrets.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut beside = path.clone().into_os_string();
    beside.push(format!(".{}.tmp", std::process::id()));
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.set_permissions(fs::metadata(&path)?.permissions())?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&beside, &path))
        .inspect_err(|_| _ = fs::remove_file(&beside))
}

fn try_out(path: &Path, olake: Olake, out: &mut String) -> u8 {
    let Ok(file) = read(path, Destination::import) else {
        return UNREADABLE;
    };
    let file = olake.applied(file);
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&format!("crowsnest: cannot start: {error}"));
            return FOUND;
        }
    };
    let report = runtime.block_on(check::check(&file, None));
    for stage in &report.stages {
        _ = writeln!(
            out,
            "{:8} {}: {}",
            stage.outcome.word(),
            stage.name,
            stage.found
        );
        if let Some(advice) = &stage.advice {
            _ = writeln!(out, "         cause: {}", advice.cause);
            _ = writeln!(out, "         fix: {}", advice.fix);
            if !advice.command.is_empty() {
                _ = writeln!(out, "         try: {}", advice.command);
            }
        }
    }
    if !report.is_ok() {
        FOUND
    } else if report.complete {
        CLEAN
    } else {
        UNCHECKED
    }
}
