use connection::{
    keys::{self, Group, Input, KEYS, Key},
    presets::Preset,
};
use leptos::prelude::*;
use model::{
    connection_form::{CONNECTIONS, ConnectionAsk, ConnectionForm, Tested, copy_path, new_path},
    error::AppError,
    form::{
        NAME, OPERATION, VERSION,
        operation::{CREATE, DELETE, DISABLE, ENABLE, SAVE, TEST},
    },
    paths::Place,
    posted::Posted,
};

use crate::{
    api::connections::load_connection_form,
    components::{
        act::Act, loaded::Loaded, moment::MomentText, refusal::Refusal, removal::Removal,
    },
    location::use_query,
    pages::destination::{code::Code, stages::StageList},
    posted::use_posted,
    resource::Resource,
    ui::{badge::Badge, note::Note, section::Section, text_area::TextArea, title::Title},
};

#[component]
pub fn FormPage() -> impl IntoView {
    let query = use_query();
    let ask = Memo::new(move |_| ConnectionAsk::read(&query.read()));
    let read = Resource::new(move || ask.get(), load_connection_form);
    let title = move || match ask.get().name {
        Some(name) => format!("Connection {name}"),
        None => "Add a catalog".to_owned(),
    };
    view! {
        <Title text=Signal::derive(title) />
        <main id="main" tabindex="-1" class="p-4 max-w-4xl">
            <p class="text-sm"><a class="link" href=CONNECTIONS>"All connections"</a></p>
            <h1 class="mb-3 wrap-anywhere">{title}</h1>
            <Loaded resource=read let:read><Content read /></Loaded>
        </main>
    }
}

#[component]
fn Content(read: ConnectionForm) -> impl IntoView {
    let posted: Posted<()> = use_posted();
    let preset = Preset::find(&read.preset).unwrap_or(connection::presets::PRESETS[0]);
    let is_new = read.name.is_none();
    let copied = is_new
        && ConnectionAsk::read(&use_query().read_untracked())
            .from
            .is_some();
    let input = Inputs {
        read: read.clone(),
        posted: posted.form(),
        preset,
    };
    // One that no field is about stands above all.
    let error = posted
        .error
        .clone()
        .filter(|error| !input.is_at_a_field(error));
    let of = |group, first| input.clone().of(group, first).into_any();
    let (first, rest) = (of(Group::Catalog, true), of(Group::Catalog, false));
    let [sign_in, access, limits] =
        [Group::SignIn, Group::Access, Group::Limits].map(|group| of(group, true));
    let has_rest = input.has_rest();
    // What is shown again is a change of what was there when it was filled in.
    let version = match posted.is_refused() {
        true => posted.value(&VERSION, &read.version),
        false => read.version.clone(),
    };
    view! {
        {error.map(|error| view! { <Refusal error /> })}
        {posted.error.as_ref().filter(|_| posted.is_refused()).map(|_| view! { <Note>"Nothing was saved. Secrets that were typed have to be typed again: they do not come back."</Note> })}
        {match is_new {
            true => view! { <p class="text-sm my-2 max-w-prose">{preset.label} ": " {preset.says} " Its address looks like " <code class="wrap-anywhere">{preset.address}</code> "."</p> }.into_any(),
            false => view! {
                <State read=read.clone() />
                {read.tested.clone().map(|tested| view! { <Test tested /> })}
            }.into_any(),
        }}
        {copied.then(|| view! { <Note>"A copy: its secrets stay with the first, and have to be typed here."</Note> })}
        {is_new.then(|| view! { <Kinds preset /> })}
        <form method="post" action="" class="grid gap-3 my-3" data-connection="">
            <input type="hidden" name=OPERATION.name value=if is_new { CREATE } else { SAVE } />
            <input type="hidden" name=VERSION.name value=version />
            {first}
            <Fieldset title=Group::SignIn.title()>{sign_in}</Fieldset>
            <Fieldset title=Group::Access.title()>{access}</Fieldset>
            <details class="grid gap-3" open=has_rest>
                <summary class="cursor-pointer text-sm font-medium">"More settings"</summary>
                <div class="grid gap-3 my-2">{rest} {limits}</div>
            </details>
            <p class="flex flex-wrap gap-2 items-center">
                <button class="btn btn-sm btn-primary">{if is_new { "Add and test" } else { "Save and test" }}</button>
                <span class="text-xs text-base-content/70">"What cannot be reached is kept all the same. Secrets stay on the server, sealed."</span>
            </p>
        </form>
        {(!is_new).then(|| view! { <Others read /> })}
    }
}

/// Another preset.
#[component]
fn Kinds(preset: &'static Preset) -> impl IntoView {
    let kind = move |other: &'static Preset| {
        let current = (other.id == preset.id).then_some("page");
        view! { <a class="link aria-[current]:font-semibold aria-[current]:no-underline" href=new_path(other.id) aria-current=current>{other.label}</a> }
    };
    view! {
        <nav aria-label="Kinds of catalogs" class="flex flex-wrap gap-x-3 gap-y-1 text-sm my-2">
            {connection::presets::PRESETS.into_iter().map(kind).collect_view()}
        </nav>
    }
}

#[component]
fn State(read: ConnectionForm) -> impl IntoView {
    let name = read.name.unwrap_or_default();
    view! {
        <div class="flex flex-wrap gap-2 items-center my-2 text-sm">
            {match read.disabled {
                true => view! { <Badge text="disabled" tone="badge-warning" /> }.into_any(),
                false => view! { <a class="btn btn-sm btn-primary" href=Place::connection(&name).connection_path()>"Open it"</a> }.into_any(),
            }}
            {(!read.disabled).then(|| view! { <Act operation=TEST of=(&VERSION, String::new()) button="Test again" /> })}
            <a class="btn btn-xs" href=copy_path(&name)>"Copy"</a>
        </div>
    }
}

#[component]
fn Test(tested: Tested) -> impl IntoView {
    view! {
        <Section title="What the last test found">
            <p class="text-sm text-base-content/70"><MomentText moment=tested.at /></p>
            <StageList stages=tested.stages />
        </Section>
    }
}

#[component]
fn Others(read: ConnectionForm) -> impl IntoView {
    let (operation, button) = match read.disabled {
        true => (ENABLE, "Use it again"),
        false => (DISABLE, "Disable it"),
    };
    view! {
        <Section title="Besides">
            <div class="flex flex-wrap gap-2 my-2">
                <Act operation of=(&VERSION, read.version) button />
                <Removal label="Remove it" locked=None>
                    <p>"Crowsnest forgets this connection and its secrets. The catalog itself stays as it is."</p>
                    <Act operation=DELETE of=(&VERSION, String::new()) button="Remove" />
                </Removal>
            </div>
            <p class="text-sm">"For the configuration of another Crowsnest:"</p>
            <p class="text-sm text-base-content/70">"Secrets are named, not written; who was chosen by name is not in it."</p>
            <Code text=read.toml what="connection for crowsnest.toml" />
        </Section>
    }
}

#[component]
fn Fieldset(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <fieldset class="grid gap-3 border border-base-300 rounded-box p-3">
            <legend class="font-medium text-sm px-1">{title}</legend>
            {children()}
        </fieldset>
    }
}

/// The inputs of the form.
#[derive(Clone)]
struct Inputs {
    read: ConnectionForm,
    posted: Posted,
    preset: &'static Preset,
}

impl Inputs {
    /// Those of a group: of the first group the ones that the preset asks for first, or the others.
    fn of(self, group: Group, first: bool) -> impl IntoView {
        let is_first = |key: &Key| group != Group::Catalog || self.preset.first.contains(&key.name);
        let keys = KEYS
            .iter()
            .filter(|key| key.group == group && is_first(key) == first);
        // The name of one that is there is its address. What is on unless told is told in the configuration.
        let keys = keys.filter(|key| key.name != NAME.name || self.read.name.is_none());
        let keys = keys.filter(|key| key.name != keys::DOUBLE_ENCODE_PATH);
        keys.map(|key| self.input(key)).collect_view()
    }

    /// Something stands among what is folded away.
    fn has_rest(&self) -> bool {
        let mut folded = KEYS.iter().filter(|key| {
            let rest = key.group == Group::Catalog && !self.preset.first.contains(&key.name);
            (rest && key.name != keys::KIND) || key.group == Group::Limits
        });
        folded.any(|key| !self.value(key).is_empty() || self.wrong(key).is_some())
    }

    fn is_at_a_field(&self, error: &AppError) -> bool {
        error
            .field
            .as_deref()
            .is_some_and(|field| keys::find(field).is_some())
    }

    fn value(&self, key: &Key) -> String {
        let mut typed = self
            .posted
            .pairs()
            .iter()
            .filter(|(name, _)| name == key.name);
        let read = || {
            let mut values = self.read.values.iter();
            let value = values.find(|(name, _)| name == key.name);
            value.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        match (typed.next(), self.posted.is_refused()) {
            (Some((_, typed)), _) => typed.clone(),
            // A box that is off says nothing.
            (None, true) if matches!(key.input, Input::Flag) => String::new(),
            (None, _) => read(),
        }
    }

    fn wrong(&self, key: &Key) -> Option<String> {
        let error = self.posted.error.as_ref()?;
        (error.field.as_deref() == Some(key.name)).then(|| error.message.clone())
    }

    fn input(&self, key: &'static Key) -> AnyView {
        let (name, label) = (key.name, key.label);
        let (value, wrong) = (self.value(key), self.wrong(key));
        let is_wrong = wrong.is_some();
        let kept = self.read.kept.iter().any(|kept| kept == name);
        let help = self.preset.help(key);
        let example = self.preset.example(key);
        let invalid = is_wrong.then_some("true");
        let under = view! {
            {wrong.map(|wrong| view! { <span class="text-error wrap-anywhere">{wrong}</span> })}
            <span class="text-xs text-base-content/70 wrap-anywhere">{help}</span>
        };
        let input = match key.input {
            _ if name == keys::PEOPLE => return self.people(),
            Input::Text => view! { <input class="input input-sm w-full font-mono" name=name value=value placeholder=example autocomplete="off" spellcheck="false" aria-invalid=invalid /> }.into_any(),
            Input::Secret => {
                let placeholder = if kept { "kept; leave it empty to keep it" } else { "" };
                view! { <input class="input input-sm w-full font-mono" type="password" name=name placeholder=placeholder autocomplete="new-password" aria-invalid=invalid /> }.into_any()
            }
            Input::Pairs => view! { <TextArea name value rows="2" class="textarea-sm" placeholder=example wrong=is_wrong /> }.into_any(),
            Input::Choice(options) => {
                let option = move |(word, text): &(&'static str, &'static str)| {
                    let chosen = *word == value || value.is_empty() && *word == options[0].0;
                    view! { <option value=*word selected=chosen>{*text}</option> }
                };
                view! { <select class="select select-sm w-full" name=name aria-invalid=invalid>{options.iter().map(option).collect_view()}</select> }.into_any()
            }
            Input::Flag => {
                return view! {
                    <label class="flex items-baseline gap-2 text-sm max-w-xl" data-auth=key.auth.join(" ")>
                        <input class="checkbox checkbox-sm self-center" type="checkbox" name=name value="yes" checked=!value.is_empty() />
                        <span><span class="font-medium">{label}</span> " " {under}</span>
                    </label>
                }
                .into_any();
            }
        };
        view! {
            <label class="grid gap-1 text-sm max-w-xl" data-auth=key.auth.join(" ")>
                <span class="font-medium">{label}</span>
                {input}
                {under}
            </label>
        }
        .into_any()
    }

    /// Those who sign in, to be chosen by name.
    fn people(&self) -> AnyView {
        let mut people = self.read.people.clone();
        if self.posted.is_refused() {
            let typed = self.posted.pairs();
            for person in &mut people {
                person.chosen = typed
                    .iter()
                    .any(|(key, id)| key == keys::PEOPLE && *id == person.id);
            }
        }
        if people.is_empty() {
            return ().into_any();
        }
        let person = |person: model::connection_form::PersonChoice| {
            view! {
                <label class="flex items-center gap-2 text-sm">
                    <input class="checkbox checkbox-sm" type="checkbox" name=keys::PEOPLE value=person.id checked=person.chosen />
                    {person.name}
                </label>
            }
        };
        view! {
            <fieldset class="grid gap-1">
                <legend class="text-sm font-medium">"And these, whatever their role is"</legend>
                {people.into_iter().map(person).collect_view()}
            </fieldset>
        }
        .into_any()
    }
}
