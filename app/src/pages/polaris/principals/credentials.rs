use leptos::prelude::*;
use model::{page::PolarisPage, paths::Place};

use super::once::Once;
use crate::{
    api::polaris::principals::load_principal,
    components::{
        loaded::Changeable,
        locked::Locked,
        named::each_named,
        page_header::{PageHeader, trail},
        press::Press,
        refusal::Refusal,
        removal::{Confirm, Removal},
    },
    posted::use_posted,
    ui::text_field::TextField,
};

/// Where a principal gets new credentials.
#[component]
pub fn CredentialsPage() -> impl IntoView {
    let posted = use_posted();
    let refused = posted.error.clone();
    each_named(PolarisPage::Credentials, move |place, name| {
        if let Some(issued) = posted.issued.clone() {
            return view! { <Once issued place /> }.into_any();
        }
        view! {
            {refused.clone().map(|error| view! { <Refusal error /> })}
            <Renew place name client_id=posted.value("clientId", "") />
        }
        .into_any()
    })
}

#[component]
fn Renew(place: Place, name: String, client_id: String) -> impl IntoView {
    let asked = (place.clone(), name.clone());
    let principal = Resource::new(
        || (),
        move |()| load_principal(asked.0.clone(), asked.1.clone()),
    );
    let lists = [
        ("Principals", place.principals_path()),
        (name.as_str(), place.principal_path(&name)),
    ];
    let (crumbs, title) = (trail(&place, &lists), format!("Credentials of {name}"));
    let (name, client_id) = (StoredValue::new(name), StoredValue::new(client_id));
    view! {
        <PageHeader title noun="Polaris" crumbs=Signal::stored(crumbs) />
        <Changeable resource=principal let(read, locked)>
            {
            let own = read.data.own;
            let (locked, once) = (StoredValue::new(locked), StoredValue::new(read.once));
            view! {
            <Locked reason=locked.get_value() />
            <p class="text-sm max-w-prose my-2">
                "Either way the secret in use now ends at once: whatever signs in with it has to get the new one."
            </p>
            <h2 class="text-base font-semibold mt-4 mb-1">"Rotate"</h2>
            <p class="text-sm max-w-prose mb-2">"A new secret for the same client id. Polaris lets a principal rotate its own only."</p>
            <Removal label="Rotate…" locked=locked.get_value()>
                <form method="post" action="" class="grid gap-2">
                    <input type="hidden" name="operation" value="rotate" />
                    <Press once=once.get_value() />
                    <Confirm name=name.get_value() own button="Rotate the secret" />
                </form>
            </Removal>
            <h2 class="text-base font-semibold mt-6 mb-1">"Reset"</h2>
            <p class="text-sm max-w-prose mb-2">"For a secret that is lost. Polaris lets the principal root do it, where the server is set up for it."</p>
            <Removal label="Reset…" locked=locked.get_value()>
                <form method="post" action="" class="grid gap-2">
                    <input type="hidden" name="operation" value="reset" />
                    <Press once=once.get_value() />
                    <TextField name="clientId" label="Client id" value=client_id.get_value() help="Empty: the server chooses." />
                    <label class="grid gap-1">
                        <span class="font-medium">"Client secret"</span>
                        <input class="input input-sm w-full font-mono" type="password" name="clientSecret" autocomplete="new-password" />
                        <span class="text-base-content/70">"Empty: the server chooses, which is safer."</span>
                    </label>
                    <Confirm name=name.get_value() own button="Reset the credentials" />
                </form>
            </Removal>
            }
            }
        </Changeable>
    }
}
