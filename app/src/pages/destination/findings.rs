use destination::{Finding, Severity, keys};
use leptos::prelude::*;

use super::wizard::{Wizard, use_sync, use_wizard};

/// What is wrong with one key, beside its input.
#[component]
pub fn FindingsAt(key: &'static str) -> impl IntoView {
    let wizard = use_wizard();
    let here = Memo::new(move |_| at(wizard, key));
    view! {
        <ul class="grid gap-1" id=format!("{key}-findings") aria-live="polite">
            {move || here.get().into_iter().map(|finding| view! { <Item finding named=false /> }).collect_view()}
        </ul>
    }
}

/// Findings about `key`; that it is missing counts once somebody has been there.
pub fn at(wizard: Wizard, key: &'static str) -> Vec<Finding> {
    let touched = wizard.touched.with(|touched| touched.contains(key));
    let empty = wizard.read(true, |draft| !draft.file.is_set(key));
    let missing = |id: &str| empty && (id.starts_with("req.") || id == "sigv4.incomplete");
    wizard.findings.with(|findings| {
        findings
            .iter()
            .filter(|finding| keys::same(&finding.key, key))
            .filter(|finding| touched || !missing(finding.id))
            .cloned()
            .collect()
    })
}

/// All findings of a file, the worst first; with the file's line where there is one.
#[component]
pub fn FindingList(#[prop(into)] findings: Signal<Vec<Finding>>) -> impl IntoView {
    let sorted = move || {
        let mut findings = findings.get();
        findings.sort_by_key(|finding| finding.severity);
        findings
    };
    view! {
        <ul class="grid gap-2 my-2">
            {move || sorted().into_iter().map(|finding| view! { <Item finding named=true /> }).collect_view()}
        </ul>
    }
}

#[component]
fn Item(finding: Finding, named: bool) -> impl IntoView {
    let wizard = use_wizard();
    let sync = use_sync(wizard);
    let (word, tone) = match finding.severity {
        Severity::Error => ("Error", "text-error border-error"),
        Severity::Warn => ("Warning", "text-warning border-warning"),
        Severity::Info => ("Note", "text-info border-info"),
    };
    let place = finding.at.map(|at| format!(" ({at})")).unwrap_or_default();
    // Most messages begin with the key.
    let named = named && !(place.is_empty() && finding.message.starts_with(&finding.key));
    let name = named.then(|| view! { <code>{finding.key.clone()}</code> {format!("{place}: ")} });
    let mends = !finding.edits.is_empty();
    let (message, fix, id) = (finding.message.clone(), finding.fix.clone(), finding.id);
    view! {
        <li class=format!("border-l-2 pl-2 text-xs leading-5 max-w-prose wrap-anywhere {tone}") data-finding=id>
            <span class="font-semibold">{word} ": "</span>
            <span class="text-base-content">{name} {message} " " {fix}</span>
            {move || (mends && wizard.live.get() && wizard.draft.with(Option::is_some)).then(|| {
                let (finding, sync) = (finding.clone(), sync.clone());
                view! {
                    " "
                    <button
                        type="button"
                        class="btn btn-xs"
                        on:click=move |_| {
                            wizard.change(|draft| draft.apply(&finding));
                            sync();
                        }
                    >
                        "Fix"
                    </button>
                }
            })}
        </li>
    }
}
