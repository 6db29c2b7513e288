use leptos::prelude::*;
use model::{
    form::{
        DAYS, HANDLE, NAME, NEW_PASSWORD, OPERATION, PASSWORD, PERSON_ROLE,
        operation::{END, END_ALL, MAKE_TOKEN, REVOKE_TOKEN, SET_PASSWORD},
    },
    paths::{AUDIT, HOME, PEOPLE, SIGN_OUT},
    people::{SessionRow, TokenRow, You},
    person::{Role, Way},
    posted::Posted,
};

use crate::{
    api::people::load_you,
    components::{
        act::Act, field::FieldInput, loaded::Loaded, moment::MomentText, refusal::Refusal,
    },
    parts::part,
    posted::use_posted,
    resource::Resource,
    ui::{
        badge::Badge,
        copy::Copyable,
        facts::{Fact, Facts},
        note::Note,
        section::Section,
        table::{Column, Table},
        title::Title,
    },
};

part! {
    /// Who one is here.
    you() {
        YouPage().into_any()
    }
}

#[component]
fn YouPage() -> impl IntoView {
    let you = Resource::new(|| (), |()| load_you());
    view! {
        <Title text="You" />
        <main id="main" tabindex="-1" class="p-4 max-w-5xl mx-auto">
            <h1 class="mb-3">"You"</h1>
            <Loaded resource=you let:you><Content you /></Loaded>
        </main>
    }
}

#[component]
fn Content(you: You) -> impl IntoView {
    let posted: Posted<String> = use_posted();
    let is_local = you.way == Way::Local;
    let admin = you.role == Role::Admin;
    let way = match you.way {
        Way::Local => {
            "Nobody signs in to this Crowsnest: it is for whoever sits at its machine.".to_owned()
        }
        Way::Password => "By a password that Crowsnest keeps.".into(),
        Way::Provider => format!("By the provider {}.", you.issuer),
        Way::Proxy => "By what stands before Crowsnest.".into(),
        Way::Token => "By a token.".into(),
    };
    let sign_out = matches!(you.way, Way::Password | Way::Provider);
    view! {
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        {posted.outcome.clone().map(|token| view! { <Made token /> })}
        <Facts>
            {(!is_local).then(|| view! { <Fact name="Name">{you.name.clone()}</Fact> })}
            <Fact name="Signed in">{way}</Fact>
            <Fact name="Role"><Badge text=you.role.word() />" "{you.role.may()}</Fact>
        </Facts>
        <p class="flex flex-wrap gap-x-3 gap-y-1 my-3 text-sm">
            <a class="link" href=AUDIT>"What you changed"</a>
            {admin.then(|| view! { <a class="link" href=PEOPLE>"People"</a> })}
            <a class="link" href=HOME>"Connections"</a>
        </p>
        {sign_out.then(|| view! {
            <form method="post" action=SIGN_OUT><p><button class="btn btn-sm">"Sign out"</button></p></form>
        })}
        {(!is_local).then(|| view! {
            <Sessions sessions=you.sessions />
            <Tokens tokens=you.tokens role=you.role posted=posted.form().of(MAKE_TOKEN) />
        })}
        {(you.way == Way::Password).then(|| view! { <NewPassword posted=posted.form().of(SET_PASSWORD) /> })}
    }
}

/// Nobody can show it a second time.
#[component]
fn Made(token: String) -> impl IntoView {
    view! {
        <Note>"This is the only time that the token is shown: Crowsnest keeps no more of it than what it takes to know it again."</Note>
        <p class="my-2"><Copyable text=token what="token" /></p>
        <p class="text-sm my-2">"A script sends it with each request: "<code>"Authorization: Bearer crowsnest_…"</code></p>
    }
}

const SESSIONS: &[Column] = &[
    Column::Text("Browser"),
    Column::Text("From"),
    Column::Text("Began"),
    Column::Text("Last used"),
    Column::Text("Ends at the latest"),
    Column::Text("Actions"),
];

#[component]
fn Sessions(sessions: Vec<SessionRow>) -> impl IntoView {
    let several = sessions.len() > 1;
    let row = |session: SessionRow| {
        let own = session.own;
        view! {
            <tr>
                <td class="wrap-anywhere min-w-40" title=session.agent>{session.browser} {own.then(|| view! { " " <Badge text="this one" /> })}</td>
                <td>{session.address}</td>
                <td><MomentText moment=session.made brief=true /></td>
                <td><MomentText moment=session.seen brief=true /></td>
                <td><MomentText moment=session.ends brief=true /></td>
                <td>
                    {(!own).then(|| view! { <Act operation=END of=(&HANDLE, session.handle) button="End" /> })}
                </td>
            </tr>
        }
    };
    view! {
        <Section title="Sessions">
            <Table label="Your sessions" columns=SESSIONS rows=sessions empty="You have no session: you come in anew with each request." children=row />
            {several.then(|| view! { <Act operation=END_ALL of=(&HANDLE, String::new()) button="End all, and sign out" /> })}
        </Section>
    }
}

const TOKENS: &[Column] = &[
    Column::Text("Name"),
    Column::Text("At most"),
    Column::Text("Made"),
    Column::Text("Last used"),
    Column::Text("Ends"),
    Column::Text("Actions"),
];

#[component]
fn Tokens(tokens: Vec<TokenRow>, role: Role, posted: Posted) -> impl IntoView {
    let row = |token: TokenRow| {
        let ended = token.over.then(|| view! { " " <Badge text="ended" /> });
        view! {
            <tr>
                <td class="wrap-anywhere min-w-32">{token.name} {ended}</td>
                <td>{token.role.word()}</td>
                <td><MomentText moment=token.made brief=true /></td>
                <td>{match token.seen {
                    Some(moment) => view! { <MomentText moment brief=true /> }.into_any(),
                    None => "never".into_any(),
                }}</td>
                <td><MomentText moment=token.ends brief=true /></td>
                <td>{(!token.over).then(|| view! { <Act operation=REVOKE_TOKEN of=(&HANDLE, token.handle) button="Take back" /> })}</td>
            </tr>
        }
    };
    let roles = Role::ALL.into_iter().filter(move |its| *its <= role);
    let chosen = posted.value(&PERSON_ROLE, Role::Viewer.word());
    let days = posted.value(&DAYS, "90");
    view! {
        <Section title="Tokens for scripts">
            <Table label="Your tokens" columns=TOKENS rows=tokens empty="None yet. A script comes in with one, as you, and may at most what the token says." children=row />
            <form method="post" action="" class="grid gap-3 my-3">
                <input type="hidden" name=OPERATION.name value=MAKE_TOKEN />
                <FieldInput field=&NAME value=posted.value(&NAME, "") wrong=posted.wrong(&NAME).unwrap_or_default() />
                <Roles roles=roles.collect() chosen />
                <FieldInput field=&DAYS value=days wrong=posted.wrong(&DAYS).unwrap_or_default() />
                <p><button class="btn btn-sm btn-primary">"Make a token"</button></p>
            </form>
        </Section>
    }
}

/// One of these.
#[component]
pub fn Roles(roles: Vec<Role>, chosen: String) -> impl IntoView {
    let role = move |role: Role| {
        let word = role.word();
        view! {
            <label class="flex items-baseline gap-2 text-sm">
                <input type="radio" class="radio radio-sm self-center" name=PERSON_ROLE.name value=word checked=chosen == word />
                <span><span class="font-medium">{word}</span>" "<span class="text-xs text-base-content/70">{role.may()}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="grid gap-1">
            <legend class="text-sm font-medium">{PERSON_ROLE.label}</legend>
            {roles.into_iter().map(role).collect_view()}
        </fieldset>
    }
}

#[component]
fn NewPassword(posted: Posted) -> impl IntoView {
    let [wrong, weak] =
        [&PASSWORD, &NEW_PASSWORD].map(|field| posted.wrong(field).unwrap_or_default());
    view! {
        <Section title="Another password">
            <form method="post" action="" class="grid gap-3 my-3">
                <input type="hidden" name=OPERATION.name value=SET_PASSWORD />
                <label class="grid gap-1 text-sm max-w-xl">
                    <span class="font-medium">"The one you have"</span>
                    <input class="input input-sm w-full font-mono" type="password" name=PASSWORD.name autocomplete="current-password" required />
                </label>
                {(!wrong.is_empty()).then(|| view! { <p class="text-error text-sm">{wrong}</p> })}
                <FieldInput field=&NEW_PASSWORD value=String::new() wrong=weak />
                <p><button class="btn btn-sm">"Change it, and sign out everywhere"</button></p>
            </form>
        </Section>
    }
}
