use std::{cmp::Reverse, collections::HashMap};

use iceberg_rest::{
    Id,
    types::metadata::{self, PartitionStatistics, Statistics, TableMetadata},
};

use super::{Blob, StatisticsFile, StatisticsPage};
use crate::{
    schema,
    settings::settings,
    shown::{Reveal, plain},
    window::Window,
};

/// Files on a page.
const SIZE: usize = 100;

impl StatisticsPage {
    /// Both lists at page `page`, which counts from 1.
    pub fn new(metadata: &TableMetadata, page: usize, reveal: &Reveal) -> Self {
        let names = schema::paths(metadata.schemas.iter(), metadata.current_schema());
        let ages = Ages::new(metadata);
        let tables = ages.newest_first(&metadata.statistics, |file: &Statistics| &file.snapshot_id);
        let partitions = ages.newest_first(
            &metadata.partition_statistics,
            |file: &PartitionStatistics| &file.snapshot_id,
        );
        let file = |snapshot: &Id, path: &str, bytes: Option<i64>| StatisticsFile {
            snapshot: snapshot.to_string(),
            current: metadata.current_snapshot_id.as_ref() == Some(snapshot),
            path: plain(path),
            size: bytes.and_then(|bytes| u64::try_from(bytes).ok()),
            blobs: Vec::new(),
        };
        Self {
            tables: Window::new(tables.len(), page, SIZE, |index| {
                let from = tables[index];
                StatisticsFile {
                    blobs: from
                        .blobs
                        .iter()
                        .map(|it| blob(it, &names, reveal))
                        .collect(),
                    ..file(
                        &from.snapshot_id,
                        &from.statistics_path,
                        from.file_size_in_bytes,
                    )
                }
            }),
            partitions: Window::new(partitions.len(), page, SIZE, |index| {
                let from = partitions[index];
                file(
                    &from.snapshot_id,
                    &from.statistics_path,
                    from.file_size_in_bytes,
                )
            }),
        }
    }
}

fn blob(blob: &metadata::Blob, names: &HashMap<String, String>, reveal: &Reveal) -> Blob {
    let column = |id: &Id| {
        let name = names.get(&id.to_string()).cloned();
        name.unwrap_or_else(|| format!("column {id}"))
    };
    Blob {
        kind: blob.kind.clone(),
        columns: blob.fields.iter().map(column).collect(),
        properties: settings(blob.properties.iter(), reveal),
    }
}

/// What is known of when snapshots were made: ids are random. Many of them have expired, or were not sent.
#[derive(Default)]
struct Ages<'a> {
    sequences: HashMap<&'a Id, i64>,
    times: HashMap<&'a Id, i64>,
}

impl<'a> Ages<'a> {
    fn new(metadata: &'a TableMetadata) -> Self {
        let mut ages = Self::default();
        // In format 1 all are 0.
        let number = |id: &'a Option<Id>| id.as_ref().and_then(Id::exact).filter(|it| *it > 0);
        for snapshot in &metadata.snapshots {
            let id = &snapshot.snapshot_id;
            ages.sequences
                .extend(number(&snapshot.sequence_number).map(|it| (id, it)));
            ages.times.extend(snapshot.timestamp_ms.map(|it| (id, it)));
        }
        for entry in &metadata.snapshot_log {
            if let Some(ms) = entry.timestamp_ms {
                ages.times.entry(&entry.snapshot_id).or_insert(ms);
            }
        }
        for file in &metadata.statistics {
            if let Some(last) = file
                .blobs
                .iter()
                .filter_map(|it| number(&it.sequence_number))
                .max()
            {
                ages.sequences.entry(&file.snapshot_id).or_insert(last);
            }
        }
        ages
    }

    /// By sequence number where each has one, else by time; those of which nothing is known come last.
    fn newest_first<T>(&self, files: &'a [T], of: impl Fn(&T) -> &Id) -> Vec<&'a T> {
        let mut files: Vec<&T> = files.iter().collect();
        let sequence = |file: &T| self.sequences.get(of(file)).copied();
        let time = |file: &T| self.times.get(of(file)).copied();
        match files.iter().all(|file| sequence(file).is_some()) {
            true => files.sort_by_key(|file| Reverse(sequence(file))),
            false => files.sort_by_key(|file| Reverse((time(file), sequence(file)))),
        }
        files
    }
}
