//! What the browser downloads, held by the binary. A debug build reads it from `target/site`.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use app::{Assets, Parts};
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::icons::DRAWINGS;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Site;

/// In a debug build the files change under the running server.
const KEEP: &str = if cfg!(debug_assertions) {
    "no-cache"
} else {
    "public, max-age=31536000, immutable"
};

/// Whether the binary holds the package; a plain `cargo build` does not make it.
pub fn is_built() -> bool {
    Site::get("pkg/crowsnest.wasm").is_some()
}

/// What is the same for every request.
#[derive(Clone)]
struct Package {
    /// Of the content of all files; `None` where there are none.
    hash: Option<String>,
    assets: Assets,
    /// The files of each part of the pages' code, by the part's name.
    parts: Arc<HashMap<String, Vec<String>>>,
}

static PACKAGE: LazyLock<Package> = LazyLock::new(Package::read);

impl Package {
    /// In a debug build the files change under the running server.
    fn now() -> Cow<'static, Self> {
        match cfg!(debug_assertions) {
            true => Cow::Owned(Self::read()),
            false => Cow::Borrowed(&PACKAGE),
        }
    }

    fn read() -> Self {
        let hash = hash();
        let named = hash.as_deref().unwrap_or("unbuilt");
        let [script, wasm, style] =
            ["js", "wasm", "css"].map(|end| format!("/pkg/{named}/crowsnest.{end}"));
        let loader = package_files().find(|path| path.starts_with("pkg/__wasm_split."));
        let list = Site::get("pkg/__wasm_split_manifest.json");
        let list: Option<HashMap<String, Vec<String>>> =
            list.and_then(|file| serde_json::from_slice(&file.data).ok());
        let parts = list.unwrap_or_default().into_iter().map(|(name, files)| {
            let address = |file| format!("/pkg/{named}/{file}.wasm");
            (name, files.into_iter().map(address).collect())
        });
        Self {
            assets: Assets {
                loader: loader.map(|path| path.replace("pkg/", &format!("/pkg/{named}/"))),
                script,
                wasm,
                style,
                favicon: "/favicon.svg".into(),
                icons: &DRAWINGS,
            },
            parts: Arc::new(parts.collect()),
            hash,
        }
    }
}

/// The addresses of the package. They name the hash of the content, so that a browser may keep it
/// for ever.
pub fn assets() -> Assets {
    Package::now().assets.clone()
}

/// Where the parts of the pages' code are, for one page.
pub fn parts() -> Parts {
    Parts::new(Package::now().parts.clone())
}

/// Paths of the package's files: what the first page needs, and the code of pages that come later.
fn package_files() -> impl Iterator<Item = Cow<'static, str>> {
    let fetched = |path: &str| {
        [".js", ".wasm", ".css"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    Site::iter().filter(move |path| path.starts_with("pkg/") && fetched(path))
}

/// Of the content of all files, in hexadecimal digits.
fn hash() -> Option<String> {
    let mut folded = [0_u8; 12];
    for path in package_files() {
        let digest = Site::get(&path)?.metadata.sha256_hash();
        folded
            .iter_mut()
            .zip(digest)
            .for_each(|(fold, byte)| *fold ^= byte);
    }
    (folded != [0; 12]).then(|| folded.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// `GET /pkg/{hash}/{name}`. Files of another build are gone: mixed with this one's they would fail.
pub async fn package(Path((wanted, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let path = format!("pkg/{name}");
    if Package::now().hash.as_deref() != Some(&wanted)
        || !package_files().any(|known| known == path)
    {
        return StatusCode::NOT_FOUND.into_response();
    }
    file(&path, KEEP, &headers)
}

/// `GET /favicon.svg`
pub async fn favicon(headers: HeaderMap) -> Response {
    file("favicon.svg", "public, max-age=86400", &headers)
}

fn file(path: &str, keep: &'static str, headers: &HeaderMap) -> Response {
    let Some(plain) = Site::get(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let content_type = match plain.metadata.mimetype() {
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_owned(),
    };
    let (encoding, chosen) =
        encoded(path, headers).map_or((None, plain), |(name, file)| (Some(name), file));
    let mut response = match chosen.data {
        Cow::Borrowed(bytes) => bytes.into_response(),
        Cow::Owned(bytes) => bytes.into_response(),
    };
    let answer = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&content_type) {
        answer.insert(header::CONTENT_TYPE, value);
    }
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The file as it was compressed when the site was built, smallest first. In a debug build the
/// compressed files may be older than the plain one.
fn encoded(path: &str, headers: &HeaderMap) -> Option<(&'static str, EmbeddedFile)> {
    if cfg!(debug_assertions) {
        return None;
    }
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(headers, encoding))
        .find_map(|(encoding, suffix)| Some((encoding, Site::get(&format!("{path}.{suffix}"))?)))
}

fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|item| {
            let (name, quality) = item.split_once(';').unwrap_or((item, ""));
            let refused = quality
                .trim()
                .strip_prefix("q=")
                .is_some_and(|q| q.trim().parse() == Ok(0.0));
            name.trim().eq_ignore_ascii_case(encoding) && !refused
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_used_where_it_is_named_and_not_refused() {
        for (header, br) in [
            ("gzip, deflate, br, zstd", true),
            ("gzip", false),
            ("br;q=0, gzip", false),
            ("gzip;q=0.5, BR;q=1.0", true),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::ACCEPT_ENCODING,
                HeaderValue::from_str(header).unwrap(),
            );
            assert_eq!(accepts(&headers, "br"), br, "{header}");
        }
    }
}
