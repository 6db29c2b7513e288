//! The seed's object storage: just enough of S3 for a client to open a seeded table and find it without rows.
//!
//! Seeded metadata speaks of manifest lists in `s3://acme-…`. Engines read them before they show a table's
//! columns, so each is answered with an empty list.

use axum::{
    body::Bytes,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use iceberg::{io::FileIO, spec::ManifestListWriter};
use tokio::sync::OnceCell;

use crate::ask::Ask;

static EMPTY_LIST: OnceCell<Bytes> = OnceCell::const_new();

/// Answers a read of `/<bucket>/<key>` for a manifest list of the seed.
pub(crate) async fn answer(ask: &Ask) -> Option<Response> {
    if !ask.reads() || !ask.path.starts_with("/acme-") || !ask.path.ends_with(".avro") {
        return None;
    }
    let file = EMPTY_LIST.get_or_try_init(empty_manifest_list).await.ok()?;
    Some(part(file, ask.header("range")))
}

async fn empty_manifest_list() -> iceberg::Result<Bytes> {
    let (files, path) = (FileIO::new_with_memory(), "memory:///empty.avro");
    let writer = files.new_output(path)?.writer().await?;
    ManifestListWriter::v2(writer, 0, None, 0).close().await?;
    files.new_input(path)?.read().await
}

/// One range (`bytes=first-last`), or the whole.
fn part(file: &Bytes, range: Option<&str>) -> Response {
    let bounds = range.and_then(|range| {
        let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
        let first: usize = first.parse().ok()?;
        let last: usize = last.parse().unwrap_or(usize::MAX).min(file.len() - 1);
        (first <= last).then_some((first, last))
    });
    let mut response = match bounds {
        None => file.clone().into_response(),
        Some((first, last)) => {
            let body = file.slice(first..=last);
            let span = format!("bytes {first}-{last}/{}", file.len());
            (
                StatusCode::PARTIAL_CONTENT,
                [(header::CONTENT_RANGE, span)],
                body,
            )
                .into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(
        header::LAST_MODIFIED,
        HeaderValue::from_static("Thu, 01 Oct 2026 06:00:00 GMT"),
    );
    headers.insert(
        header::ETAG,
        HeaderValue::from_static("\"empty-manifest-list\""),
    );
    response
}
