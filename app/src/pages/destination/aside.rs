use destination::{Secrets, fields, keys};
use leptos::prelude::*;

use super::wizard::use_wizard;
use super::{code::Code, findings::FindingList};

/// The file as it comes along, and what is wrong with keys that have no input.
#[component]
pub fn Aside() -> impl IntoView {
    let wizard = use_wizard();
    let homeless = move || {
        let shown: Vec<&str> = wizard.read(Vec::new(), |draft| match draft.file.kind() {
            Some(kind) => fields(kind, draft.file.auth(), draft.file.target())
                .iter()
                .map(|field| field.key)
                .collect(),
            None => Vec::new(),
        });
        wizard.findings.with(|findings| {
            let mut rest = findings.clone();
            rest.retain(|finding| !shown.iter().any(|key| keys::same(key, &finding.key)));
            rest
        })
    };
    let preview = move || wizard.read(String::new(), |draft| draft.file.render(Secrets::Mask));
    view! {
        <aside class="min-w-0 lg:sticky lg:top-16 self-start" aria-label="The file so far">
            <h2 class="mb-1">"destination.json"</h2>
            {move || view! { <Code text=preview() what="preview of destination.json" /> }}
            <FindingList findings=Signal::derive(homeless) />
        </aside>
    }
}
