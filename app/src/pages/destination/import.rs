use destination::{Destination, Finding, ImportError, MAX_BYTES, lint};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_navigate;
use model::{draft::Draft, page::WizardStep};
use wasm_bindgen_futures::JsFuture;

use super::findings::FindingList;
use super::others::Others;
use super::wizard::use_wizard;
use crate::{
    components::typed::bind_typed,
    posted::use_posted,
    ui::{text_area::TextArea, title::Title},
};

/// Reads a destination.json that is there already.
#[component]
pub fn ImportPage() -> impl IntoView {
    let wizard = use_wizard();
    let navigate = use_navigate();
    // The file of who has no scripts is still there to mend.
    let text = RwSignal::new(use_posted::<String>().outcome.unwrap_or_default());
    let node = NodeRef::<html::Textarea>::new();
    bind_typed(node, move || text.get(), move |typed| text.set(typed));
    // Bytes that are no text, or too many, say so; the text box shows what there is of them.
    let unreadable = RwSignal::new(None::<String>);
    let read = Memo::new(move |_| {
        text.with(|text| match text.trim().is_empty() {
            true => None,
            false => Some(Destination::import(text.as_bytes())),
        })
    });
    let problem = move || {
        unreadable.get().or_else(|| match read.get() {
            Some(Err(error)) => Some(error.to_string()),
            _ => None,
        })
    };
    let findings = Memo::new(move |_| match read.get() {
        Some(Ok(file)) => lint(&file),
        _ => Vec::<Finding>::new(),
    });
    let mendable = Memo::new(move |_| {
        findings.with(|findings| {
            findings
                .iter()
                .filter(|finding| !finding.edits.is_empty())
                .count()
        })
    });
    // What is no JSON can often be read as it was meant.
    let meant = Memo::new(move |_| match read.get()? {
        Ok(file) => Some(file),
        Err(ImportError::Syntax { mends: true, .. }) => text.with(|text| {
            Destination::mended(text.as_bytes())
                .ok()
                .map(|(file, _)| file)
        }),
        Err(_) => None,
    });
    let go_on = move |mend: bool| {
        let Some(file) = meant.get_untracked() else {
            return;
        };
        let mut draft = Draft::imported(file);
        if mend {
            draft.file = draft.file.fixed().0;
        }
        wizard.draft.set(Some(draft));
        navigate(&wizard.step(WizardStep::Form), Default::default());
    };
    // Without scripts the address brings what it can carry.
    let address = move || {
        let draft = Draft::imported(meant.get()?);
        draft
            .file
            .kind()
            .map(|_| format!("{}{}", WizardStep::Form.path(), draft.query()))
    };
    view! {
        <Title text="Import a destination" />
        <h1 class="mt-3">"Import a file"</h1>
        <p class="text-sm text-base-content/70 mb-3 max-w-prose">
            "With JavaScript the file is read in this browser and sent nowhere. Keys that OLake does not know are kept."
        </p>
        <form method="post" action=WizardStep::Import.path() class="grid gap-3 max-w-4xl">
            <FileInput text unreadable />
            <label class="text-sm font-medium" for="file">"destination.json"</label>
            <TextArea
                name="file"
                value=text.get_untracked()
                rows="14"
                class="text-xs leading-5"
                node_ref=node
                attr:id="file"
                attr:aria-describedby="file-problem"
                on:input=move |event| {
                    unreadable.set(None);
                    text.set(event_target_value(&event));
                }
            />
            <p id="file-problem" class="text-sm text-error wrap-anywhere" role="status">{problem}</p>
            <FindingList findings />
            {move || meant.get().filter(|file| file.kind().is_none()).map(|file| view! { <Others file /> })}
            <div class="flex flex-wrap gap-2">
                {move || if wizard.live.get() {
                    let (mend, keep) = (go_on.clone(), go_on.clone());
                    let ready = move || meant.with(Option::is_some) && unreadable.get().is_none();
                    let broken = move || matches!(read.get(), Some(Err(_))) && ready();
                    view! {
                        <button type="button" class="btn btn-primary btn-sm" disabled=move || !ready() on:click=move |_| mend(true)>
                            {move || match mendable.get() {
                                _ if broken() => "Mend it and go on".to_owned(),
                                0 => "Go on".to_owned(),
                                1 => "Fix 1 finding and go on".to_owned(),
                                many => format!("Fix {many} findings and go on"),
                            }}
                        </button>
                        {move || (mendable.get() > 0).then(|| {
                            let keep = keep.clone();
                            view! { <button type="button" class="btn btn-sm" on:click=move |_| keep(false)>"Go on with the file as it is"</button> }
                        })}
                    }.into_any()
                } else {
                    view! {
                        <button type="submit" class="btn btn-primary btn-sm">"Read the file"</button>
                        <button type="submit" class="btn btn-sm" name="fix" value="on" formaction=WizardStep::FILE>"Download it mended"</button>
                        <label class="flex items-center gap-2 text-sm">
                            <input type="checkbox" class="checkbox checkbox-sm" name="include" value="on" /> "with its secrets"
                        </label>
                        {address().map(|address| view! {
                            <a class="btn btn-sm" href=address>"Go on with its settings"</a>
                            <p class="text-sm basis-full max-w-prose">
                                "Going on brings the settings that the form knows. Secrets and other keys stay behind: the mended file has them."
                            </p>
                        })}
                    }.into_any()
                }}
            </div>
        </form>
    }
}

/// Needs scripts: a browser without them pastes the text.
#[component]
fn FileInput(text: RwSignal<String>, unreadable: RwSignal<Option<String>>) -> impl IntoView {
    let wizard = use_wizard();
    let node = NodeRef::<html::Input>::new();
    let load = move || {
        #[expect(
            clippy::disallowed_methods,
            reason = "an Action of one thread may not be dropped by another, as the server's do"
        )]
        leptos::task::spawn_local(async move {
            let Some(file) = node.get_untracked().and_then(|input| input.files()?.get(0)) else {
                return;
            };
            if file.size() > MAX_BYTES as f64 {
                return unreadable.set(Some(ImportError::TooLarge.to_string()));
            }
            let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
                return unreadable.set(Some(
                    "The browser could not read the file. Choose it again.".into(),
                ));
            };
            let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
            // That it is no UTF-8 cannot be told from the text box any more.
            let failed = std::str::from_utf8(&bytes).is_err();
            unreadable.set(
                failed
                    .then(|| {
                        Destination::import(&bytes)
                            .err()
                            .map(|error| error.to_string())
                    })
                    .flatten(),
            );
            text.set(String::from_utf8_lossy(&bytes).into_owned());
        });
    };
    view! {
        <label class="text-sm font-medium" for="upload">"Choose a file, or paste it below"</label>
        <input
            node_ref=node
            id="upload"
            type="file"
            accept=".json,application/json"
            class="file-input file-input-sm w-full max-w-md"
            disabled=move || !wizard.live.get()
            on:change=move |_| load()
        />
    }
}
