use destination::{Auth, Field, Kind, Target, fields, keys};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

use super::{
    Step,
    aside::Aside,
    choice::Choice,
    field::{FormField, Input},
};
use crate::{
    draft::{ACCOUNT, BUCKET},
    layouts::wizard::{use_sync, use_wizard},
};

/// The fields that matter for this catalog and this way to sign in. A form that a browser without
/// scripts sends by GET: no secret is part of it.
#[component]
pub fn FormPage() -> impl IntoView {
    let wizard = use_wizard();
    let shape = Memo::new(move |_| {
        wizard.read(None, |draft| {
            draft
                .file
                .kind()
                .map(|kind| (kind, draft.file.auth(), draft.file.target()))
        })
    });
    let lead = move || {
        match shape.get() {
        Some((kind, ..)) => format!("{kind}. Placeholders such as <BUCKET_NAME> may stay; nothing here keeps you from the file."),
        None => "This file is for a catalog that Crowsnest does not speak to. It is kept as it is; go on to the review.".into(),
    }
    };
    view! {
        <Step title="Settings" lead=Signal::derive(lead)>
            <div class="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
                {move || shape.get().map(|(kind, auth, target)| view! { <Settings kind auth target /> })}
                <Aside />
            </div>
        </Step>
    }
}

#[component]
fn Settings(kind: Kind, auth: Auth, target: Target) -> impl IntoView {
    let wizard = use_wizard();
    let sync = use_sync(wizard);
    let navigate = use_navigate();
    let all = fields(kind, auth, target);
    let of = |group: &[&str]| -> Vec<Field> {
        all.iter()
            .filter(|field| group.contains(&field.key))
            .copied()
            .collect()
    };
    let list = |fields: Vec<Field>| {
        fields
            .into_iter()
            .map(|field| view! { <FormField field /> })
            .collect_view()
    };
    let mut storage = of(&[
        keys::S3_ENDPOINT,
        keys::REGION,
        keys::ACCESS_KEY,
        keys::SECRET_KEY,
    ]);
    // The region of a table bucket comes first: address and ARN follow from it.
    let region = (kind == Kind::S3Tables).then(|| storage.remove(0));
    let catalog = list(of(&[
        keys::URL,
        keys::WAREHOUSE,
        keys::DATABASE,
        keys::CATALOG_NAME,
    ]));
    let sign_in = list(of(&[
        keys::TOKEN,
        keys::OAUTH_URL,
        keys::CREDENTIAL,
        keys::SCOPE,
        keys::SIGNING_NAME,
        keys::SIGNING_REGION,
        keys::SIGV4,
    ]));
    let tables = list(of(&[keys::NO_IDENTIFIER, keys::ARROW]));
    let storage = (!storage.is_empty()).then(|| list(storage));
    let from = wizard.read(None, |draft| draft.from.clone());
    view! {
        <form
            method="get"
            action="/destination/check"
            class="grid gap-5 min-w-0 content-start"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                sync();
                // Each button says where it leads, with scripts and without.
                let step = event
                    .submitter()
                    .and_then(|button| button.get_attribute("formaction"))
                    .is_some_and(|address| address.ends_with("/review"));
                navigate(&wizard.step(if step { "/review" } else { "/check" }), Default::default());
            }
        >
            <input type="hidden" name="catalog" value=kind.slug() />
            {from.map(|from| view! { <input type="hidden" name="from" value=from /> })}
            <Group title="Catalog">
                {region.map(|field| view! { <FormField field /> <BucketParts /> })}
                {catalog}
            </Group>
            <Group title="Sign-in">
                <Choice
                    name="auth"
                    legend="How OLake signs in"
                    options=kind.auth_modes().iter().map(|auth| (auth.slug(), auth_word(*auth))).collect()
                    chosen=auth.slug()
                    choose=move |slug| if let Some(auth) = Auth::from_slug(&slug) {
                        wizard.change(|draft| {
                            draft.file.set_auth(auth);
                            draft.file.derive();
                        });
                    }
                />
                {sign_in}
            </Group>
            {storage.map(|storage| view! { <Group title="Object store">{storage}</Group> })}
            <Group title="Tables and version">
                {tables}
                <Choice
                    name="target"
                    legend="For which OLake"
                    options=vec![("classic", "any"), ("typed", "0.9.1 and later")]
                    chosen=target.slug()
                    choose=move |slug| if let Some(target) = Target::from_slug(&slug) {
                        wizard.change(|draft| draft.file.set_target(target));
                    }
                />
            </Group>
            <noscript>
                <p class="text-sm">
                    "Without JavaScript, secrets are asked for with the check and with the file. "
                    <button class="btn btn-sm" type="submit" formaction="/destination/form">"Apply the choices"</button>
                </p>
            </noscript>
            <p class="flex gap-2">
                <button class="btn btn-primary btn-sm" type="submit">"Next: check"</button>
                <button class="btn btn-sm" type="submit" formaction="/destination/review">"Skip to the review"</button>
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
            <h2 class="text-base font-semibold mb-2">{title}</h2>
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
