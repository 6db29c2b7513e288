//! The destination wizard: one draft for all its steps.

mod memory;

pub use memory::kept;

use std::collections::BTreeSet;

use destination::{Finding, Rule, keys, lint};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use model::{
    draft::Draft,
    page::WizardStep,
    paths::{DESTINATION, Query},
};

use crate::components::again::use_live;

/// What the steps share.
#[derive(Clone, Copy)]
pub struct Wizard {
    /// `None` until a catalog is chosen.
    pub draft: RwSignal<Option<Draft>>,
    pub findings: Memo<Vec<Finding>>,
    /// Inputs that somebody has been in: an empty one is not at fault before that.
    pub touched: RwSignal<BTreeSet<String>>,
    /// The page runs in the browser: secrets may be typed, findings applied.
    pub live: ReadSignal<bool>,
}

impl Wizard {
    /// Reads the draft; `default` while there is none.
    pub fn read<T>(&self, default: T, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft
            .with(|draft| draft.as_ref().map_or(default, read))
    }

    pub fn change(&self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
    }

    /// The address of a step for the draft as it is.
    pub fn step(&self, step: WizardStep) -> String {
        let query = self.read(String::new(), |draft| draft.query().to_string());
        format!("{}{query}", step.path())
    }

    pub fn touch(&self, key: &str) {
        if self
            .touched
            .with_untracked(|touched| !touched.contains(key))
        {
            self.touched.update(|touched| {
                touched.insert(key.to_owned());
            });
        }
    }
}

/// The wizard around this page.
pub fn use_wizard() -> Wizard {
    expect_context()
}

fn wizard(draft: Option<Draft>) -> Wizard {
    let draft = RwSignal::new(draft);
    let live = use_live();
    Wizard {
        draft,
        findings: Memo::new(move |_| {
            draft.with(|draft| {
                draft
                    .as_ref()
                    .map(|draft| lint(&draft.file))
                    .unwrap_or_default()
                    .into_iter()
                    // Without scripts the address is all there is, and no secret is in it: that one is missing
                    // cannot be told.
                    .filter(|finding| live.get() || !is_about_a_missing_secret(finding))
                    .collect()
            })
        }),
        touched: RwSignal::default(),
        live,
    }
}

fn is_about_a_missing_secret(finding: &Finding) -> bool {
    let key = keys::find(&finding.key);
    matches!(
        finding.rule,
        Rule::NoToken | Rule::NoCredential | Rule::NoKeys
    ) && key.is_some_and(|key| key.secret)
}

/// The step that the address names; `None` where there is none of that name. Stays while the address
/// already names another page, and this one is about to go.
pub fn use_step() -> Memo<Option<WizardStep>> {
    let path = use_location().pathname;
    Memo::new(move |before: Option<&Option<WizardStep>>| {
        path.with(|path| match (path.starts_with(DESTINATION), before) {
            (false, Some(before)) => *before,
            _ => WizardStep::at(path),
        })
    })
}

/// Brings the address up to the draft, so that a reload or the back button finds what was typed.
pub fn use_sync(wizard: Wizard) -> impl Fn() + Clone {
    let navigate = use_navigate();
    let path = use_location().pathname;
    move || {
        let query = wizard
            .draft
            .with_untracked(|draft| draft.as_ref().map(|draft| draft.query().to_string()));
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(
            &format!("{}{}", path.get_untracked(), query.unwrap_or_default()),
            options,
        );
    }
}

#[component]
pub fn WizardLayout(children: Children) -> impl IntoView {
    let location = use_location();
    let search = location.search;
    let first = Query::parse(&search.get_untracked());
    let wizard = wizard(Draft::read(&first));
    wizard.touched.update_untracked(|touched| {
        touched.extend(first.pairs().iter().map(|(key, _)| key.clone()));
    });
    provide_context(wizard);
    memory::keep(wizard, search);
    let open_step = use_step();
    let item = move |step: WizardStep| {
        // A file that is there already is another way to choose.
        let current = move || match open_step.get() {
            Some(WizardStep::Import) => step == WizardStep::Choose,
            open => open == Some(step),
        };
        let open = move || step == WizardStep::Choose || wizard.draft.with(Option::is_some);
        let name = step.label();
        view! {
            <li class="flex items-center gap-1">
                {move || if open() {
                    view! {
                        <a
                            href=move || wizard.step(step)
                            aria-current=move || current().then_some("step")
                            class="tab-link flex px-2 py-2 border-b-2 border-transparent hover:border-base-content/40 aria-[current=step]:border-primary"
                        >
                            <span data-text=name>{name}</span>
                        </a>
                    }.into_any()
                } else {
                    view! { <span class="tab-link flex px-2 py-2 border-b-2 border-transparent text-base-content/70"><span data-text=name>{name}</span></span> }.into_any()
                }}
            </li>
        }
    };
    view! {
        <main id="main" class="p-4 max-w-6xl mx-auto">
            <nav aria-label="Steps" class="border-b border-base-300 overflow-x-auto">
                <ol class="flex text-sm list-none">
                    {WizardStep::WAY.map(item).collect_view()}
                </ol>
            </nav>
            {children()}
        </main>
    }
}
