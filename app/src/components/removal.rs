use leptos::prelude::*;
use model::{
    form::{CONFIRM, operation::DELETE},
    own::{Own, confirmation},
};

use super::entity::{Entity, EntityForm};
use crate::ui::text_field::TextField;

/// Something that takes more than one press: opens to its consequences and its form, also before
/// the page's code runs.
#[component]
pub fn Removal(
    #[prop(into)] label: String,
    /// Why it cannot be done, where that is so.
    locked: Option<String>,
    /// From the beginning.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    match locked {
        Some(reason) => view! { <button type="button" class="btn btn-xs" disabled title=reason>{label}</button> }.into_any(),
        None => view! {
            <details class="inline-block align-top" open=open>
                <summary class="btn btn-xs h-auto min-h-6">{label}</summary>
                <div class="border border-base-300 rounded-box bg-base-100 p-3 my-1 grid gap-2 max-w-md text-sm whitespace-normal">
                    {children()}
                </div>
            </details>
        }
        .into_any(),
    }
}

/// Where the name is typed before something goes. `own`: whether it is what Crowsnest acts as.
#[component]
pub fn Confirm(
    name: String,
    #[prop(into)] own: Own,
    #[prop(into)] button: String,
    /// What was typed, and did not confirm it.
    #[prop(optional, into)]
    typed: String,
) -> impl IntoView {
    let expected = confirmation(&name, own);
    let warning = match own {
        Own::No => None,
        Own::Unknown => Some(
            "Crowsnest cannot tell which principal it acts as on this connection. If it is this one, it may lose the right to undo this, or be shut out.",
        ),
        Own::Yes => Some(
            "Crowsnest itself acts through it on this connection. It may lose the right to undo this, or be shut out.",
        ),
    };
    view! {
        {warning.map(|warning| view! { <p class="font-semibold">{warning}</p> })}
        <label class="grid gap-1">
            <span>"Type " <code class="font-semibold wrap-anywhere">{expected.clone()}</code> " to confirm"</span>
            <input class="input input-sm w-full font-mono" name=CONFIRM.name value=typed required autocomplete="off" spellcheck="false" />
        </label>
        <RemoveButton button />
    }
}

/// When a catalog role has to be typed before it is taken from somebody.
pub const IF_LAST_WAY: &str = "Only if it is Crowsnest’s own last way to manage access";

/// Where the name is typed in one case alone: `only` says which.
#[component]
pub fn ConfirmOnly(only: &'static str, name: String, typed: String) -> impl IntoView {
    let expected = confirmation(&name, Own::Yes);
    view! {
        <TextField
            name=CONFIRM.name
            label=CONFIRM.label
            value=typed
            help=format!("{only}: type “{expected}”.")
        />
    }
}

#[component]
pub fn RemoveButton(#[prop(into)] button: String) -> impl IntoView {
    view! { <p><button class="btn btn-sm btn-error">{button}</button></p> }
}

/// The end of a page: removes what the page is about, once its name is typed. `children` say what goes along.
#[component]
pub fn Danger(
    #[prop(into)] title: String,
    entity: Entity,
    /// Whether it is what Crowsnest acts as.
    #[prop(into)]
    own: Own,
    button: &'static str,
    /// Why the server never lets it go, where that is so.
    #[prop(optional_no_strip)]
    stays: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let locked = stays.map(str::to_owned).or(entity.locked.clone());
    let typed = entity.posted.clone().of(DELETE).value(&CONFIRM, "");
    view! {
        <section class="mt-8 pt-4 border-t border-base-300 max-w-4xl">
            <Removal label=title locked>
                <EntityForm entity=entity.clone() operation=DELETE>
                    {children()}
                    <Confirm name=entity.name own typed button />
                </EntityForm>
            </Removal>
            {stays.map(|why| view! { <p class="text-sm text-base-content/70 my-1">{why}</p> })}
        </section>
    }
}
