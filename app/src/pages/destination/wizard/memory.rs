//! What the browser keeps of a draft: the file without its secrets.

use destination::{Destination, Secrets};
use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;
use model::{draft::Draft, paths::Query};
use serde::{Deserialize, Serialize};

use super::{super::handover::use_handover, Wizard};

const KEY: &str = "destination";

#[derive(Serialize, Deserialize)]
struct Kept {
    /// The query that the draft had.
    address: String,
    file: String,
    original: Option<String>,
}

/// Follows the address where it leads to another draft, and keeps each draft in this browser.
pub fn keep(wizard: Wizard, search: Memo<String>) {
    let handover = use_handover();
    #[expect(
        clippy::disallowed_methods,
        reason = "the back button and links from elsewhere change the address, not the draft"
    )]
    Effect::new(move |first: Option<()>| {
        let query = Query::parse(&search.read()).with("source", "");
        let address = query.to_string();
        let known = wizard.draft.with_untracked(|draft| {
            draft
                .as_ref()
                .is_some_and(|draft| draft.query().to_string() == address)
        });
        if known && first.is_some() {
            return;
        }
        if let Some(found) = restored(&address, &query).or_else(|| Draft::read(&query)) {
            wizard.draft.update(|draft| {
                let mut found = match draft {
                    Some(old) => found.with_secrets_of(old),
                    None => found,
                };
                let id = found.client_id();
                if let Some(secret) = handover.take(&id) {
                    found.set_client(&id, &secret);
                }
                *draft = Some(found);
            });
        }
    });
    #[expect(clippy::disallowed_methods, reason = "storage is outside of the page")]
    Effect::new(move |_| {
        wizard.draft.with(|draft| {
            if let Some(draft) = draft {
                let kept = |file: &Destination| file.without_secrets().render(Secrets::Include);
                // A browser that refuses storage loses the draft with the page.
                let _ = LocalStorage::set(
                    KEY,
                    Kept {
                        address: draft.query().to_string(),
                        file: kept(&draft.file),
                        original: draft.original.as_ref().map(kept),
                    },
                );
            }
        });
    });
}

/// The address of the draft that this browser keeps.
pub fn kept() -> Option<String> {
    let kept: Kept = LocalStorage::get(KEY).ok()?;
    restored(&kept.address, &Query::parse(&kept.address)).map(|_| kept.address)
}

fn restored(address: &str, query: &Query) -> Option<Draft> {
    let kept: Kept = LocalStorage::get(KEY).ok()?;
    if kept.address != address {
        return None;
    }
    let read = |text: &str| Destination::import(text.as_bytes()).ok();
    let mut draft = Draft::restored(query, read(&kept.file)?)?;
    draft.original = kept.original.as_deref().and_then(read);
    Some(draft)
}
