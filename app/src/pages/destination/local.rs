use destination::stack;
use leptos::prelude::*;
use model::{draft::Draft, page::WizardStep};

use super::wizard::use_wizard;

/// A catalog on the own machine, where one can run there, and its values for the form.
#[component]
pub fn Local() -> impl IntoView {
    let wizard = use_wizard();
    let stack = Memo::new(move |_| {
        wizard.read(None, |draft| {
            let mut stack = stack(draft.file.kind()?, draft.file.target(), &[])?;
            stack.destination.set_release(draft.file.release());
            Some(stack)
        })
    });
    let used =
        Memo::new(move |_| wizard.read(false, |draft| destination::local(&draft.file).is_some()));
    move || {
        stack.get().map(|stack| {
            let kind = stack.destination.kind()?;
            let target = stack.destination.target();
            let draft = Draft::new(stack.destination);
            let address = format!("{}{}", WizardStep::Form.path(), draft.query());
            let (user, password) = stack.keys;
            Some(view! {
                <section class="border border-base-300 rounded-box px-3 py-2 text-sm min-w-0" aria-label="Local stack">
                    <p class="max-w-prose">
                        "No catalog at hand? " {kind.title()} " can run on this machine with Docker Compose, in the network "
                        <code>{stack.network}</code> "; the keys of its object store are " <code>{user}</code> " and " <code>{password}</code> ". "
                        {stack.note}
                    </p>
                    <div class="flex flex-wrap items-end gap-2 my-2">
                        <form method="get" action=WizardStep::STACK class="flex flex-wrap items-end gap-2">
                            <input type="hidden" name="catalog" value=kind.slug() />
                            <input type="hidden" name="target" value=target.slug() />
                            <label>
                                <span class="block">"Ports in use here"</span>
                                <input class="input input-sm" name="used" placeholder="8181, 9000-9010" autocomplete="off" />
                            </label>
                            <button class="btn btn-sm" type="submit">"Download docker-compose.yml"</button>
                        </form>
                        {move || if used.get() {
                            view! { <p class="py-1">"Its values are in the form."</p> }.into_any()
                        } else {
                            let (address, draft) = (address.clone(), draft.clone());
                            view! {
                                // Without scripts the address brings all but the keys.
                                <a class="btn btn-sm" href=address on:click=move |_| wizard.draft.set(Some(draft.clone()))>
                                    "Use the local stack's values"
                                </a>
                            }.into_any()
                        }}
                    </div>
                </section>
            })
        })
    }
}
