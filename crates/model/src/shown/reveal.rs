use axum::http::{HeaderMap, request::Parts};
use leptos::prelude::use_context;

use super::{ALL, REVEAL};
use crate::paths::Query;

/// The keys whose values the request under way asks to see as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reveal(Vec<String>);

impl Reveal {
    /// To be asked before the first wait: it is the context's.
    pub fn here() -> Self {
        use_context::<Parts>().map_or_else(Self::default, |parts| {
            Self::of(parts.uri.query().unwrap_or_default(), &parts.headers)
        })
    }

    pub fn of(query: &str, headers: &HeaderMap) -> Self {
        if !may_read_secrets(headers) {
            return Self::default();
        }
        Self(Query::parse(query).all(REVEAL).map(str::to_owned).collect())
    }

    pub fn asks_for(&self, key: &str) -> bool {
        self.0.iter().any(|asked| asked == key || asked == ALL)
    }
}

/// Whether who asks may read what is masked. Until there is sign-in, everybody may who follows the console's
/// own link or opens the address; a link on a page elsewhere shows nothing.
fn may_read_secrets(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_none_or(|site| site == "same-origin" || site == "none")
}
