use access::polaris::ROOT_PRINCIPAL;
use leptos::prelude::*;
use model::{
    form::{
        CLIENT_ID, CLIENT_SECRET, CONFIRM, OPERATION,
        operation::{RESET, ROTATE},
    },
    own::Own,
    page::PolarisPage,
    paths::Place,
    posted::Posted,
};

use super::once::Once;
use crate::{
    api::polaris::principals::load_principal,
    components::{
        field::FieldInput,
        loaded::Changeable,
        locked::Locked,
        named::each_named,
        page_header::{PageHeader, trail},
        press::Press,
        refusal::Refusal,
        removal::{Confirm, Removal},
    },
    posted::use_posted,
    resource::Resource,
};

/// Where a principal gets new credentials.
#[component]
pub fn CredentialsPage() -> impl IntoView {
    let posted: Posted = use_posted();
    let refused = posted.error.clone();
    each_named(PolarisPage::Credentials, move |place, name| {
        if let Some(issued) = posted.outcome.clone() {
            return view! { <Once issued place /> }.into_any();
        }
        view! {
            {refused.clone().map(|error| view! { <Refusal error /> })}
            <Renew place name posted=posted.clone() />
        }
        .into_any()
    })
}

#[component]
fn Renew(place: Place, name: String, posted: Posted) -> impl IntoView {
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
    let name = StoredValue::new(name);
    let posted = StoredValue::new(posted);
    let sent = move |operation| posted.get_value().of(operation);
    view! {
        <PageHeader title noun="Polaris" crumbs=Signal::stored(crumbs) />
        <Changeable resource=principal let(read, locked)>
            {
            let own = read.data.own;
            let (locked, once) = (StoredValue::new(locked), StoredValue::new(read.once));
            let [rotate, reset] = [ROTATE, RESET].map(sent);
            let (no_rotation, no_reset) = ruled_out(own, &name.get_value());
            view! {
            <Locked reason=locked.get_value() />
            <p class="text-sm max-w-prose my-2">
                "Either way the secret in use now ends at once: whatever signs in with it has to get the new one."
            </p>
            <h2 class="mt-4 mb-1">"Rotate"</h2>
            <p class="text-sm max-w-prose mb-2">"A new secret for the same client id. Polaris lets a principal rotate its own only."</p>
            <Removal label="Rotate…" locked=no_rotation.or(locked.get_value()) open=rotate.is_refused()>
                <form method="post" action="" class="grid gap-2">
                    <input type="hidden" name=OPERATION.name value=ROTATE />
                    <Press once=once.get_value() />
                    <Confirm name=name.get_value() own typed=rotate.value(&CONFIRM, "") button="Rotate the secret" />
                </form>
            </Removal>
            <h2 class="mt-6 mb-1">"Reset"</h2>
            <p class="text-sm max-w-prose mb-2">"For a secret that is lost. Polaris lets the principal root do it, where the server is set up for it."</p>
            <Removal label="Reset…" locked=no_reset.or(locked.get_value()) open=reset.is_refused()>
                <form method="post" action="" class="grid gap-2">
                    <input type="hidden" name=OPERATION.name value=RESET />
                    <Press once=once.get_value() />
                    <FieldInput field=&CLIENT_ID value=reset.value(&CLIENT_ID, "") />
                    <FieldInput field=&CLIENT_SECRET value=String::new() />
                    <Confirm name=name.get_value() own typed=reset.value(&CONFIRM, "") button="Reset the credentials" />
                </form>
            </Removal>
            }
            }
        </Changeable>
    }
}

/// Why the server would always refuse to rotate, or to reset: it goes by who asks, not by what that holds.
fn ruled_out(own: Own, name: &str) -> (Option<String>, Option<String>) {
    let rotation = (own == Own::No).then(|| {
        format!("Polaris lets only {name} itself rotate its secret, and Crowsnest acts as somebody else here.")
    });
    let reset = (own == Own::Yes && name != ROOT_PRINCIPAL).then(|| {
        "Polaris lets only the principal root reset credentials, and Crowsnest acts as another here.".to_owned()
    });
    (rotation, reset)
}
