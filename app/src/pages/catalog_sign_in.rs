use leptos::prelude::*;
use model::{
    form::{OPERATION, OWN_CLIENT_ID, OWN_CLIENT_SECRET, TOKEN, operation::END},
    paths::Place,
    people::CatalogSignIn,
    posted::Posted,
};

use crate::{
    api::people::load_catalog_sign_in,
    components::{field::FieldInput, loaded::Loaded, refusal::Refusal},
    location::use_query,
    parts::part,
    posted::use_posted,
    resource::Resource,
    ui::{note::Note, title::Title},
};

part! {
    /// Where somebody signs in to a catalog that is called as them.
    catalog_sign_in() {
        CatalogSignInPage().into_any()
    }
}

#[component]
fn CatalogSignInPage() -> impl IntoView {
    let query = use_query();
    let name = Memo::new(move |_| query.read().text("connection"));
    let read = Resource::new(move || name.get(), load_catalog_sign_in);
    view! {
        <Title text="Sign in to a catalog" />
        <main id="main" tabindex="-1" class="p-4 max-w-2xl mx-auto">
            <h1 class="mb-3">"Sign in to a catalog"</h1>
            <Loaded resource=read let:read><Content read /></Loaded>
        </main>
    }
}

#[component]
fn Content(read: CatalogSignIn) -> impl IntoView {
    let posted: Posted<()> = use_posted();
    let form: Posted = posted.form();
    let [no_client, no_secret, no_token] = [&OWN_CLIENT_ID, &OWN_CLIENT_SECRET, &TOKEN]
        .map(|field| form.wrong(field).unwrap_or_default());
    let href = Place::connection(&read.name).connection_path();
    let id = form.value(&OWN_CLIENT_ID, "");
    view! {
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <p class="my-2 wrap-anywhere"><a class="link" href=href>{read.name}</a>" at "<code>{read.url}</code></p>
        {(!read.personal).then(|| view! { <Note>"Nobody signs in here: the connection is called as its own identity, or as the provider says."</Note> })}
        {read.signed_in_as.map(|name| view! {
            <Note>"You are signed in to it, as "<code>{name}</code>"."</Note>
            <form method="post" action="">
                <input type="hidden" name=OPERATION.name value=END />
                <p><button class="btn btn-sm">"Sign out of it"</button></p>
            </form>
        })}
        {read.personal.then(|| view! {
            <form method="post" action="" class="grid gap-3 my-3">
                {read.client.then(|| view! {
                    <FieldInput field=&OWN_CLIENT_ID value=id wrong=no_client />
                    <FieldInput field=&OWN_CLIENT_SECRET value=String::new() wrong=no_secret />
                    <p class="text-sm">"or"</p>
                })}
                <FieldInput field=&TOKEN value=String::new() wrong=no_token />
                <p><button class="btn btn-sm btn-primary">"Sign in"</button></p>
                <p class="text-xs text-base-content/70 max-w-prose">"It stays on the server, sealed with your session, and ends with it. The catalog is asked whether it takes it before it is kept."</p>
            </form>
        })}
    }
}
