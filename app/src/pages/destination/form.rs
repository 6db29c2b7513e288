use destination::{
    Auth, Field, Kind, Release, Target, fields,
    keys::{self, Group},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use model::{
    draft::{ACCOUNT, BUCKET},
    page::WizardStep,
};

use super::wizard::{use_sync, use_wizard};
use super::{
    Step,
    aside::Aside,
    choice::Choice,
    field::{FormField, Input},
    local::Local,
    others::Others,
};

/// The fields that matter for this catalog and this way to sign in. A form that a browser without
/// scripts sends by GET: no secret is part of it.
#[component]
pub fn FormPage() -> impl IntoView {
    let wizard = use_wizard();
    let kind = Memo::new(move |_| wizard.read(None, |draft| draft.file.kind()));
    let lead = move || {
        match kind.get() {
            Some(kind) => format!("{kind}. Placeholders such as <BUCKET_NAME> may stay; nothing here keeps you from the file."),
            None => "This file is for a catalog that Crowsnest does not speak to. It is kept as it is; what its settings mean stands below.".into(),
        }
    };
    view! {
        <Step title="Settings" lead=Signal::derive(lead)>
            <div class="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
                {move || match kind.get() {
                    Some(kind) => view! { <div class="min-w-0 grid gap-4 content-start"><Local /><Settings kind /></div> }.into_any(),
                    None => view! {
                        <div class="min-w-0">
                            {move || wizard.read(None, |draft| Some(draft.file.clone())).map(|file| view! { <Others file /> })}
                            <p class="mt-3"><a class="btn btn-primary btn-sm" href=move || wizard.step(WizardStep::Review)>"Next: review"</a></p>
                        </div>
                    }.into_any(),
                }}
                <Aside />
            </div>
        </Step>
    }
}

#[component]
fn Settings(kind: Kind) -> impl IntoView {
    let wizard = use_wizard();
    let sync = use_sync(wizard);
    let navigate = use_navigate();
    let auth = Memo::new(move |_| wizard.read(Auth::None, |draft| draft.file.auth()));
    let release = Memo::new(move |_| wizard.read(Release::READ, |draft| draft.file.release()));
    let target = Memo::new(move |_| wizard.read(Target::default(), |draft| draft.file.target()));
    // The region of a table bucket comes first: address and ARN follow from it.
    let region = (kind == Kind::S3Tables).then_some(keys::REGION);
    let of = move |belongs: fn(Group) -> bool| {
        Memo::new(move |_| {
            let mut all = fields(kind, auth.get(), target.get());
            all.retain(|field| belongs(field.group) && Some(field.key) != region);
            all
        })
    };
    // Keyed, so that an input outlives a change of the choices that it does not depend on.
    let list = |fields: Memo<Vec<Field>>| {
        view! { <For each=move || fields.get() key=|field| field.key let:field><FormField field /></For> }
    };
    let region = fields(kind, auth.get_untracked(), target.get_untracked())
        .into_iter()
        .find(|field| Some(field.key) == region);
    let stored = of(|group| group == Group::Storage);
    let storage = Memo::new(move |_| stored.with(|fields| !fields.is_empty()));
    let from = wizard.read(None, |draft| draft.from.clone());
    view! {
        <form
            method="get"
            action=WizardStep::Check.path()
            class="grid gap-5 min-w-0 content-start"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                sync();
                // What leads elsewhere than to the check says so, with scripts and without.
                let review = event
                    .submitter()
                    .and_then(|button| button.get_attribute("formaction"))
                    .is_some_and(|address| WizardStep::at(&address) == Some(WizardStep::Review));
                let step = if review { WizardStep::Review } else { WizardStep::Check };
                navigate(&wizard.step(step), Default::default());
            }
        >
            {from.map(|from| view! { <input type="hidden" name="from" value=from /> })}
            <Group title="Catalog">
                <Choice
                    name="catalog"
                    legend="Which catalog"
                    options=Kind::ALL.map(|kind| (kind.slug(), kind.title())).to_vec()
                    chosen=Signal::derive(move || kind.slug())
                    choose=move |slug| if let Some(kind) = Kind::from_slug(&slug) {
                        wizard.change(|draft| draft.set_kind(kind));
                    }
                />
                {region.map(|field| view! { <FormField field /> <BucketParts /> })}
                {list(of(|group| group == Group::Catalog))}
            </Group>
            <Group title="Sign-in">
                <Choice
                    name="auth"
                    legend="How OLake signs in"
                    options=kind.auth_modes().iter().map(|auth| (auth.slug(), auth_word(*auth))).collect()
                    chosen=Signal::derive(move || auth.get().slug())
                    choose=move |slug| if let Some(auth) = Auth::from_slug(&slug) {
                        wizard.change(|draft| draft.reshape(|file| file.set_auth(auth)));
                    }
                />
                {list(of(|group| matches!(group, Group::SignIn(_))))}
            </Group>
            {move || storage.get().then(|| view! { <Group title="Object store">{list(stored)}</Group> })}
            <Group title="Tables and version">
                {list(of(|group| group == Group::Tables))}
                <Choice
                    name="olake"
                    legend="Which OLake runs it"
                    options=Release::OFFERED.map(|release| (release.number(), release.number())).to_vec()
                    chosen=Signal::derive(move || release.get().number())
                    choose=move |number| if let Some(release) = Release::from_number(&number) {
                        wizard.change(|draft| draft.file.set_release(release));
                    }
                />
                <Choice
                    name="target"
                    legend="How the file names the catalog"
                    options=vec![("classic", "as rest, for any OLake"), ("typed", "by its own name")]
                    chosen=Signal::derive(move || target.get().slug())
                    choose=move |slug| if let Some(target) = Target::from_slug(&slug) {
                        wizard.change(|draft| draft.reshape(|file| file.set_target(target)));
                    }
                />
            </Group>
            <noscript>
                <p class="text-sm">
                    "Without JavaScript, secrets are asked for with the check and with the file. "
                    <button class="btn btn-sm" type="submit" formaction=WizardStep::Form.path()>"Apply the choices"</button>
                </p>
            </noscript>
            <p class="flex gap-2">
                <button class="btn btn-primary btn-sm" type="submit">"Next: check"</button>
                <button class="btn btn-sm" type="submit" formaction=WizardStep::Review.path()>"Skip to the review"</button>
            </p>
        </form>
    }
}

fn auth_word(auth: Auth) -> &'static str {
    match auth {
        Auth::None => "not at all",
        Auth::Token => "with a token",
        Auth::OAuth2 => "with OAuth2",
        Auth::SigV4 => "with AWS keys (SigV4)",
    }
}

#[component]
fn Group(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="min-w-0">
            <h2 class="mb-2">{title}</h2>
            <div class="grid gap-x-4 gap-y-3 sm:grid-cols-2 items-start">{children()}</div>
        </section>
    }
}

/// What the ARN of a table bucket is made of, for those who do not have it at hand.
#[component]
fn BucketParts() -> impl IntoView {
    view! {
        <div class="min-w-0">
            <p class="text-sm font-medium">"Account and table bucket" <span class="text-xs font-normal text-base-content/70 ml-2">"optional"</span></p>
            <div class="grid grid-cols-2 gap-2">
                <Input key=ACCOUNT label="AWS account" sample="<ACCOUNT_ID>" secret=false get=|draft| draft.account.clone() set=|draft, text| draft.set(ACCOUNT, text) />
                <Input key=BUCKET label="Table bucket" sample="<BUCKET_NAME>" secret=false get=|draft| draft.bucket.clone() set=|draft, text| draft.set(BUCKET, text) />
            </div>
            <p class="text-xs text-base-content/70 mt-0.5">"With the region they make the ARN below."</p>
        </div>
    }
}
