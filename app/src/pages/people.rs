use leptos::prelude::*;
use model::{
    audit::AuditAsk,
    form::{
        NEW_PASSWORD, OPERATION, PERSON, PERSON_ROLE, USER,
        operation::{ADD_PERSON, DISABLE, ENABLE, END_ALL, SET_PASSWORD, SET_ROLE},
    },
    people::{People, PersonRow},
    person::Role,
    posted::Posted,
};

use super::you::Roles;
use crate::{
    api::people::load_people,
    components::{
        field::FieldInput, loaded::Loaded, moment::MomentText, refusal::Refusal, removal::Removal,
    },
    parts::part,
    posted::use_posted,
    resource::Resource,
    ui::{
        badge::Badge,
        coded::Coded,
        note::Note,
        section::Section,
        table::{Column, Table},
        title::Title,
    },
};

part! {
    /// Those who sign in.
    people() {
        PeoplePage().into_any()
    }
}

const COLUMNS: &[Column] = &[
    Column::Text("Name"),
    Column::Text("Known by"),
    Column::Text("Role"),
    Column::Text("Last signed in"),
    Column::Text("Actions"),
];

#[component]
fn PeoplePage() -> impl IntoView {
    let people = Resource::new(|| (), |()| load_people());
    view! {
        <Title text="People" />
        <main id="main" tabindex="-1" class="p-4 max-w-6xl mx-auto">
            <h1 class="mb-3">"People"</h1>
            <Loaded resource=people let:people><Content people /></Loaded>
        </main>
    }
}

#[component]
fn Content(people: People) -> impl IntoView {
    let posted: Posted<()> = use_posted();
    let adds = people.adds;
    let row = move |person: PersonRow| view! { <Person person adds /> };
    let form: Posted = posted.form();
    view! {
        {posted.error.clone().map(|error| view! { <Refusal error /> })}
        <Table label="People" columns=COLUMNS rows=people.people empty="Nobody has signed in yet." children=row />
        {people.more.then(|| view! { <Note><Coded text="There are more than 1,000 people: the others are not shown. `crowsnest user list` has all.".into() /></Note> })}
        {match adds {
            true => view! { <Add posted=form.of(ADD_PERSON) /> }.into_any(),
            false => view! { <Note><Coded text="Whoever signs in appears here. What they may comes from `admins`, `editors` and `viewers` of the configuration.".into() /></Note> }.into_any(),
        }}
    }
}

#[component]
fn Person(person: PersonRow, adds: bool) -> impl IntoView {
    let record = AuditAsk {
        person: person.id.clone(),
        ..AuditAsk::default()
    };
    let issuer = if person.local {
        "password".to_owned()
    } else {
        person.issuer.clone()
    };
    let changes = (person.local && adds && !person.own).then(|| {
        let id = person.id.clone();
        view! {
            <Removal label="Change" locked=None>
                <form method="post" action="" class="grid gap-2">
                    <Whose operation=SET_ROLE id=id.clone() />
                    <Roles roles=Role::ALL.to_vec() chosen=person.role.word().to_owned() />
                    <p><button class="btn btn-xs">"Give this role"</button></p>
                </form>
                <form method="post" action="" class="grid gap-2">
                    <Whose operation=SET_PASSWORD id />
                    <FieldInput field=&NEW_PASSWORD value=String::new() />
                    <p><button class="btn btn-xs">"Give this password"</button></p>
                </form>
            </Removal>
        }
    });
    let ends = (!person.own).then(|| {
        let (operation, button) = match person.disabled {
            true => (ENABLE, "Let in again"),
            false => (DISABLE, "Let in no more"),
        };
        let id = person.id.clone();
        view! {
            <Act operation=END_ALL id=id.clone() button="End sessions" />
            <Act operation id button />
        }
    });
    view! {
        <tr>
            <td class="wrap-anywhere min-w-32">
                {person.name}
                {person.own.then(|| view! { " " <Badge text="you" /> })}
                {person.disabled.then(|| view! { " " <Badge text="not let in" /> })}
            </td>
            <td class="wrap-anywhere min-w-32" title=person.subject>{issuer}</td>
            <td>{person.role.word()}</td>
            <td>{match person.seen {
                Some(moment) => view! { <MomentText moment brief=true /> }.into_any(),
                None => "never".into_any(),
            }}</td>
            <td>
                <div class="flex flex-wrap gap-1">
                    {changes} {ends}
                    <a class="btn btn-xs" href=record.path()>"What they did"</a>
                </div>
            </td>
        </tr>
    }
}

#[component]
fn Add(posted: Posted) -> impl IntoView {
    let [odd, weak] = [&USER, &NEW_PASSWORD].map(|field| posted.wrong(field).unwrap_or_default());
    let chosen = posted.value(&PERSON_ROLE, Role::Viewer.word());
    view! {
        <Section title="Add somebody">
            <form method="post" action="" class="grid gap-3 my-3">
                <input type="hidden" name=OPERATION.name value=ADD_PERSON />
                <FieldInput field=&USER value=posted.value(&USER, "") wrong=odd />
                <Roles roles=Role::ALL.to_vec() chosen />
                <FieldInput field=&NEW_PASSWORD value=String::new() wrong=weak />
                <p><button class="btn btn-sm btn-primary">"Add"</button></p>
            </form>
        </Section>
    }
}

#[component]
fn Whose(operation: &'static str, id: String) -> impl IntoView {
    view! {
        <input type="hidden" name=OPERATION.name value=operation />
        <input type="hidden" name=PERSON.name value=id />
    }
}

#[component]
fn Act(operation: &'static str, id: String, button: &'static str) -> impl IntoView {
    view! {
        <form method="post" action="">
            <Whose operation id />
            <button class="btn btn-xs">{button}</button>
        </form>
    }
}
