//! Prints how each exchange of a recording is understood: `recorded FILE.jsonl[.gz]`.

mod exchange;

use std::{path::PathBuf, process::ExitCode};

use exchange::Understood;
use iceberg_rest::{Operation, decode::Answer};

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: recorded FILE.jsonl");
        return ExitCode::from(2);
    };
    let exchanges = match exchange::read(&file) {
        Ok(exchanges) => exchanges,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::from(2);
        }
    };
    let (mut total, mut other, mut cut, mut not) = (0, 0, 0, 0);
    for exchange in &exchanges {
        let understood = exchange.understand();
        match &understood {
            Understood::OtherApi => {
                other += 1;
                continue;
            }
            Understood::Cut => cut += 1,
            Understood::Not(_) => not += 1,
            _ => {}
        }
        total += 1;
        let status = exchange
            .status
            .map_or("---".to_owned(), |status| status.to_string());
        println!(
            "{} {} → {status} {}",
            exchange.method,
            exchange.path,
            describe(&understood)
        );
    }
    println!("{other} exchanges of other APIs, left aside");
    if cut > 0 {
        println!("{cut} exchanges with a body that the recording cuts short, left at their status");
    }
    println!("{total} exchanges, {not} not understood");
    if not == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn describe(understood: &Understood) -> String {
    let name = |operation: &Option<Operation>| {
        operation.map_or("no operation".to_owned(), |operation| {
            format!("{operation:?}")
        })
    };
    match understood {
        Understood::OtherApi => "another API".to_owned(),
        Understood::NoAnswer => "no answer".to_owned(),
        Understood::Cut => "body cut short in the recording".to_owned(),
        Understood::Nothing => "no operation: success without content".to_owned(),
        Understood::Value(operation, answer) => format!("{operation:?}: {}", summary(answer)),
        Understood::Error(operation, error) => {
            let on_wire = error
                .type_on_wire
                .as_deref()
                .map(|name| format!(" [{name}]"))
                .unwrap_or_default();
            format!(
                "{}: {:?}{on_wire}: {}",
                name(operation),
                error.kind,
                error.message
            )
        }
        Understood::Not(error) => format!("NOT UNDERSTOOD: {}", error.message),
    }
}

fn summary(answer: &Answer) -> String {
    match answer {
        Answer::Config(config) => {
            let endpoints = config
                .endpoints
                .as_ref()
                .map_or("none".to_owned(), |list| list.len().to_string());
            format!("prefix {:?}, endpoints {endpoints}", config.prefix())
        }
        Answer::Namespaces(page) => list(&page.items, page.next.is_some()),
        Answer::Tables(page) => list(&page.items, page.next.is_some()),
        Answer::Views(page) => list(&page.items, page.next.is_some()),
        Answer::Namespace(details) => format!(
            "{:?}, {} properties",
            details.namespace,
            details.properties.len()
        ),
        Answer::UpdatedProperties(keys) => {
            format!(
                "{} updated, {} removed, {} missing",
                keys.updated.len(),
                keys.removed.len(),
                keys.missing.len()
            )
        }
        Answer::Table(table) => metadata(&table.metadata),
        Answer::Committed(table) => metadata(&table.metadata),
        Answer::View(view) => {
            let version = view
                .metadata
                .current_version_id
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            format!(
                "view, {} versions, current {version}",
                view.metadata.versions.len()
            )
        }
        Answer::Keys(keys) => format!("keys {}", keys.join(", ")),
        Answer::NotModified => "not modified".to_owned(),
        Answer::Done => "done".to_owned(),
    }
}

fn metadata(metadata: &iceberg_rest::types::metadata::TableMetadata) -> String {
    let version = metadata.format_version.unwrap_or_default();
    let current = metadata
        .current_snapshot_id
        .as_ref()
        .map_or("none".to_owned(), ToString::to_string);
    format!(
        "table, format {version}, {} snapshots, current {current}",
        metadata.snapshots.len()
    )
}

fn list<T: std::fmt::Display>(items: &[T], more: bool) -> String {
    let first = items
        .first()
        .map(|item| format!(", first {item}"))
        .unwrap_or_default();
    format!(
        "{} items{first}{}",
        items.len(),
        if more { ", more to come" } else { "" }
    )
}
