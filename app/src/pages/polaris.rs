//! Pages about Polaris: each noun is fetched when one of its pages is opened.

pub mod catalog_roles;
pub mod catalogs;
pub mod generic_tables;
pub mod policies;
pub mod principal_roles;
pub mod principals;

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_location;

use crate::{
    api::polaris::principal_roles::{CATALOG_ADMIN, RevokeCatalogRole},
    components::{
        page_header::PageHeader,
        polaris::{Confirm, NameField, PropertyFields, Refusal, Removal, trail},
    },
    model::polaris::Known,
    paths::Place,
    posted::use_posted,
};

/// The last segment of the address: which of a noun's pages is open.
fn use_page() -> String {
    let path = use_location().pathname.get_untracked();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The form for a principal or a role that is not there yet. `more` stands before its button.
#[component]
fn NewEntity(
    noun: &'static str,
    lead: &'static str,
    place: Place,
    /// The list that it will stand in.
    list: (&'static str, String),
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let posted = use_posted();
    let title = format!("New {noun}");
    view! {
        <PageHeader title=title.clone() noun="Form" crumbs=Signal::stored(trail(&place, &[(list.0, list.1)])) />
        <p class="text-sm text-base-content/70 max-w-prose">{lead}</p>
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <form method="post" action="" class="grid gap-4 my-3">
            <NameField label="Name" value=posted.value("name", "") />
            <PropertyFields properties=Vec::new() posted />
            {children.map(|children| children())}
            <p><button class="btn btn-sm btn-primary">{format!("Create {noun}")}</button></p>
        </form>
    }
}

/// One of the names that there are; a field to type it where they may not be listed.
#[component]
fn Chooser(
    label: &'static str,
    name: &'static str,
    choices: Known<Vec<String>>,
    except: Vec<String>,
) -> impl IntoView {
    let field = match choices {
        Ok(choices) => {
            let choices = choices.into_iter().filter(|choice| !except.contains(choice));
            view! {
                <select class="select select-sm w-72 max-w-full" name=name required>
                    <option value="">"Choose…"</option>
                    {choices.map(|choice| view! { <option value=choice.clone()>{choice.clone()}</option> }).collect_view()}
                </select>
            }
            .into_any()
        }
        Err(_) => view! {
            <input class="input input-sm w-72 max-w-full font-mono" name=name required autocomplete="off" spellcheck="false" />
        }
        .into_any(),
    };
    view! {
        <label class="grid gap-1">
            <span class="text-base-content/70">{label}</span>
            {field}
        </label>
    }
}

/// Takes a catalog role from a principal role.
#[component]
fn RevokeRole(
    place: Place,
    catalog: String,
    /// The principal role.
    holder: String,
    role: String,
    /// Crowsnest acts through the principal role.
    own: bool,
    locked: Option<String>,
    revoke: ServerAction<RevokeCatalogRole>,
) -> impl IntoView {
    let guarded = own && role == CATALOG_ADMIN;
    view! {
        <Removal label=format!("Revoke {role} from {holder}…") locked>
            <p>{format!("Who is in {holder} loses what {role} gives in {catalog}, at once. It can be assigned again.")}</p>
            <ActionForm action=revoke attr:class="grid gap-2">
                <input type="hidden" name="place" value=place.to_string() />
                <input type="hidden" name="catalog" value=catalog />
                <input type="hidden" name="principal_role" value=holder />
                <input type="hidden" name="catalog_role" value=role.clone() />
                {match guarded {
                    true => view! { <Confirm name=role own button="Revoke the role" /> }.into_any(),
                    false => view! { <p><button class="btn btn-sm btn-error">"Revoke the role"</button></p> }.into_any(),
                }}
            </ActionForm>
        </Removal>
    }
}
