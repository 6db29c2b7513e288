use leptos::prelude::*;
use model::{
    error::AppError,
    form::{AT, CONFIRM},
    format::visible,
    page::ChangePage,
    posted::Posted,
    preview::{self, BeforeAfter, Difference, Item, Preview, Request},
};

use super::{
    line_diff::LineDiffView, loaded::Loaded, locked::Lockable, press::Press, refusal::Refusal,
    removal::Confirm,
};
use crate::{
    api::preview::load_preview,
    location::use_place,
    posted::use_posted,
    resource::Resource,
    ui::{
        note::Note,
        table::{
            Column::{self, Code, Text},
            Table,
        },
    },
};

/// A change that is typed: its form, and once that is sent what it comes to, with the form below it.
/// `children` are its fields.
#[component]
pub fn Steps(
    posted: Posted<Preview>,
    /// What makes it.
    button: &'static str,
    /// Where nothing is changed.
    back: String,
    children: Children,
) -> impl IntoView {
    let form = view! { <PreviewForm children /> };
    let Some(preview) = posted.outcome.clone() else {
        return view! {
            {posted.error.map(|error| view! { <Refusal error /> })}
            {form}
        }
        .into_any();
    };
    view! {
        <PreviewView preview posted button back />
        <details class="my-4">
            <summary class="cursor-pointer">"Change what was typed"</summary>
            {form}
        </details>
    }
    .into_any()
}

/// What is typed of a change, on the way to what it comes to.
#[component]
pub fn PreviewForm(children: Children) -> impl IntoView {
    view! {
        <form method="post" action="" class="grid gap-4 my-3">
            {children()}
            <Lockable let:locked>
                <p><button class="btn btn-sm btn-primary" disabled=locked.is_some() title=locked>"Preview"</button></p>
            </Lockable>
        </form>
    }
}

/// Why a change was not made, with what it comes to now or without.
pub fn refusal(posted: &Posted<Preview>) -> Option<AppError> {
    let shown = posted.outcome.as_ref();
    let refused = shown.and_then(|preview| preview.refused.clone());
    posted.error.clone().or(refused)
}

/// That a change may have been made, where its form is not shown since what that is filled in from cannot be read.
pub fn unknown(posted: &Posted<Preview>) -> ViewFn {
    let error = refusal(posted).filter(AppError::may_have_happened);
    ViewFn::from(move || error.clone().map(|error| view! { <Refusal error /> }))
}

/// A change that has nothing to fill in: what it comes to stands there at once.
#[component]
pub fn AtOnce(
    change: ChangePage,
    button: &'static str,
    /// Where nothing is changed.
    back: String,
    back_text: &'static str,
) -> impl IntoView {
    let place = use_place().get_untracked();
    let posted: Posted<Preview> = use_posted();
    let leave = back.clone();
    let view = move |preview, posted: &Posted<Preview>| {
        view! { <PreviewView preview posted=posted.clone() button back=back.clone() /> }
    };
    match (posted.outcome.clone(), posted.error.clone()) {
        (Some(preview), _) => view(preview, &posted).into_any(),
        (None, Some(error)) => view! {
            <Refusal error />
            <p><a class="btn btn-sm" href=leave>{back_text}</a></p>
        }
        .into_any(),
        (None, None) => {
            let load = move |()| load_preview(place.clone(), change);
            let read = Resource::new(|| (), load);
            view! { <Loaded resource=read let:preview>{view(preview, &posted)}</Loaded> }.into_any()
        }
    }
}

/// What a change comes to, and the form that makes it.
#[component]
pub fn PreviewView(
    preview: Preview,
    posted: Posted<Preview>,
    button: &'static str,
    back: String,
) -> impl IntoView {
    let moved = preview.moved();
    let Preview {
        says,
        rows,
        texts,
        items,
        vendor,
        notes,
        request,
        confirm,
        off,
        shown,
        once,
        at,
        refused,
    } = preview;
    let typed = posted.pairs().iter();
    let own = [CONFIRM.name, AT.name];
    let typed = typed.filter(|(name, _)| !own.contains(&&**name)).cloned();
    let typed = typed.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let typed = typed.collect_view();
    let confirmed = posted.value(&CONFIRM, "");
    view! {
        {refused.map(|error| view! { <Refusal error /> })}
        <section aria-labelledby="preview">
            <h2 id="preview" class="mt-3">"What will be different"</h2>
            <Sentences sentences=says />
            {moved.then(|| view! {
                <Note>"Something was changed after this form was opened: compare what is there now. What is not named in your form stays as it is now."</Note>
            })}
            <Differences rows moved />
            <Texts texts />
            <Items items />
            <Sentences sentences=vendor />
            <Touched notes />
            <Sent request />
        </section>
        <form method="post" action="" class="grid gap-2 my-3 max-w-xl">
            {typed}
            <input type="hidden" name="shown" value=shown />
            <input type="hidden" name=AT.name value=at />
            <Press once />
            {match (off, confirm) {
                (Some(reason), _) => view! { <Off reason button /> }.into_any(),
                (None, Some(name)) => view! { <Confirm name own=false button typed=confirmed /> }.into_any(),
                (None, None) => view! { <p><button class="btn btn-primary btn-sm">{button}</button></p> }.into_any(),
            }}
            <p><a class="btn btn-sm" href=back>"Leave it"</a></p>
        </form>
    }
}

/// Where nothing can be confirmed, the reason.
#[component]
fn Off(reason: String, button: &'static str) -> impl IntoView {
    let title = reason.clone();
    view! {
        <Note>{reason}</Note>
        <p><button type="button" class="btn btn-sm" disabled title=title>{button}</button></p>
    }
}

#[component]
fn Sentences(sentences: Vec<String>) -> impl IntoView {
    let item = |sentence: String| view! { <li>{visible(&sentence)}</li> };
    (!sentences.is_empty()).then(|| {
        view! {
            <ul class="list-disc pl-5 my-2 text-sm max-w-prose wrap-anywhere">
                {sentences.into_iter().map(item).collect_view()}
            </ul>
        }
    })
}

/// Who and what else it may touch.
#[component]
fn Touched(notes: Vec<preview::Note>) -> impl IntoView {
    let item = |note: preview::Note| {
        let link = note
            .link
            .map(|link| view! { " " <a class="link" href=link.href>{link.text}</a> });
        view! { <li>{visible(&note.text)} {link}</li> }
    };
    (!notes.is_empty()).then(|| {
        view! {
            <h3 class="mt-3 text-sm font-medium">"What else it may touch"</h3>
            <ul class="list-disc pl-5 my-2 text-sm max-w-prose wrap-anywhere">
                {notes.into_iter().map(item).collect_view()}
            </ul>
        }
    })
}

/// Key by key; with what the form was filled in from where somebody else changed something.
#[component]
fn Differences(rows: Vec<Difference>, moved: bool) -> impl IntoView {
    const TWO: &[Column] = &[Code("Key"), Code("Now"), Code("Wanted")];
    const THREE: &[Column] = &[Code("Key"), Code("As read"), Code("Now"), Code("Wanted")];
    let text = |value: Option<String>| value.map_or("—".to_owned(), |value| visible(&value));
    let row = move |row: Difference| {
        let strong = row.moved().then_some("font-semibold");
        view! {
            <tr class=strong>
                <td>{visible(&row.key)}</td>
                {moved.then(|| view! { <td>{text(row.seen.clone())}</td> })}
                <td>{text(row.now)}</td>
                <td>{text(row.wanted)}</td>
            </tr>
        }
    };
    let columns = if moved { THREE } else { TWO };
    (!rows.is_empty()).then(|| {
        view! { <Table label="Properties" columns rows let:it>{row(it)}</Table> }
    })
}

/// Text by text, folded.
#[component]
fn Texts(texts: Vec<BeforeAfter>) -> impl IntoView {
    let text = |BeforeAfter { title, diff }: BeforeAfter| {
        let title = visible(&title);
        view! {
            <h3 class="text-sm mt-2">{title.clone()}</h3>
            <LineDiffView diff label=title heads=["Before", "After"] />
        }
    };
    (!texts.is_empty()).then(|| {
        view! {
            <details class="my-3 max-w-4xl">
                <summary class="cursor-pointer text-sm">"Before and after"</summary>
                {texts.into_iter().map(text).collect_view()}
            </details>
        }
    })
}

/// One by one.
#[component]
fn Items(items: Vec<Item>) -> impl IntoView {
    let row = |item: Item| {
        let says = match &item.off {
            Some(off) => {
                view! { <span class="text-base-content/70">"Stays: " {visible(off)}</span> }
                    .into_any()
            }
            None => visible(&item.says).into_any(),
        };
        view! {
            <tr>
                <td><a class="link" href=item.href>{visible(&item.name)}</a></td>
                <td>{says}</td>
            </tr>
        }
    };
    (!items.is_empty()).then(|| {
        view! { <Table label="Each of them" columns=&[Code("Table"), Text("What becomes of it")] rows=items let:it>{row(it)}</Table> }
    })
}

/// What is sent, folded.
#[component]
fn Sent(request: Request) -> impl IntoView {
    let Request {
        method,
        target,
        body,
        masked,
    } = request;
    let call = format!("{method} {target}");
    view! {
        <details class="my-3">
            <summary class="cursor-pointer text-sm">"The exact request"</summary>
            <pre class="text-xs whitespace-pre-wrap wrap-anywhere bg-base-200 rounded-box p-3 my-1 max-w-4xl" tabindex="0" aria-label="The exact request">
                {call} {body.map(|body| format!("\n\n{body}"))}
            </pre>
            {(masked > 0).then(|| view! { <p class="text-sm">"What is masked here is sent as it was typed."</p> })}
        </details>
    }
}
