use leptos::prelude::*;
use model::{
    form::{PASSWORD, USER},
    paths::{HOME, Query, SIGN_IN, TO, local},
    people::{Provider, SignIn},
    posted::Posted,
};

use crate::{
    api::people::load_sign_in,
    components::{loaded::Loaded, refusal::Refusal},
    location::use_query,
    parts::part,
    posted::use_posted,
    resource::Resource,
    ui::{note::Note, title::Title},
};

part! {
    /// Where somebody signs in.
    sign_in() {
        SignInPage().into_any()
    }
}

/// All of it works before the scripts do, and nothing of a catalog is on it.
#[component]
fn SignInPage() -> impl IntoView {
    let query = use_query();
    let to = query.with_untracked(|query| query.get(TO).and_then(local).unwrap_or(HOME).to_owned());
    let out = query.with_untracked(|query| query.text("out"));
    let ways = Resource::new(|| (), |()| load_sign_in());
    view! {
        <Title text="Sign in" />
        <main id="main" tabindex="-1" class="p-4 max-w-md mx-auto mt-[8vh]">
            <p class="flex items-center gap-2 font-semibold mb-6">
                <img src="/favicon.svg" alt="" width="28" height="28" />
                "Crowsnest"
            </p>
            <h1 class="mb-3">"Sign in"</h1>
            <Loaded resource=ways let:ways>
                <SignedOut out=out.clone() ways=ways.clone() />
                <Ways ways to=to.clone() />
            </Loaded>
        </main>
    }
}

/// Where the session at the provider may go on.
#[component]
fn SignedOut(out: String, ways: SignIn) -> impl IntoView {
    let at = ways
        .providers
        .into_iter()
        .find(|provider| provider.id == out);
    (!out.is_empty()).then(|| view! {
        <Note>
            "You are signed out of Crowsnest."
            {at.map(|provider| view! {
                " You may still be signed in at "{provider.label.clone()}": "
                <a class="link" href=format!("{SIGN_IN}/out/{}", provider.id) rel="external">"sign out there, too"</a>"."
            })}
        </Note>
    })
}

#[component]
fn Ways(ways: SignIn, to: String) -> impl IntoView {
    let posted: Posted<()> = use_posted();
    let at = to.clone();
    let provider = move |provider: Provider| {
        let to = Query::default().and(TO, &at);
        let href = format!("{SIGN_IN}/at/{}{to}", provider.id);
        view! { <li><a class="btn btn-primary w-full" href=href rel="external">{format!("Sign in with {}", provider.label)}</a></li> }
    };
    let providers = (!ways.providers.is_empty()).then(|| {
        view! { <ul class="grid gap-2">{ways.providers.into_iter().map(provider).collect_view()}</ul> }
    });
    let user = posted.value(&USER, "");
    view! {
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        {ways.none.map(|none| view! { <Note>{none}</Note> <p><a class="link" href=HOME>"Connections"</a></p> })}
        {providers}
        {ways.password.then(|| view! {
            <form method="post" action="" class="grid gap-3">
                <input type="hidden" name=TO value=to />
                <label class="grid gap-1 text-sm max-w-xl">
                    <span class="font-medium">{USER.label}</span>
                    <input class="input input-sm w-full font-mono" name=USER.name value=user autocomplete="username" autocapitalize="none" spellcheck="false" required />
                </label>
                <label class="grid gap-1 text-sm max-w-xl">
                    <span class="font-medium">{PASSWORD.label}</span>
                    <input class="input input-sm w-full font-mono" type="password" name=PASSWORD.name autocomplete="current-password" required />
                </label>
                <p><button class="btn btn-sm btn-primary">"Sign in"</button></p>
            </form>
        })}
    }
}
