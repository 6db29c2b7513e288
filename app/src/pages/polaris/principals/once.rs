use leptos::prelude::*;
use model::{issued::Issued, paths::Place};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    components::page_header::{PageHeader, trail},
    ui::{
        copy::Copyable,
        facts::{Fact, Facts},
        note::Note,
    },
};

/// New credentials. Nobody can show them a second time, so going on takes a word that they are kept.
#[component]
pub fn Once(issued: Issued, place: Place) -> impl IntoView {
    let lists = [
        ("Principals", place.principals_path()),
        (
            issued.principal.as_str(),
            place.principal_path(&issued.principal),
        ),
    ];
    let page = place.principal_path(&issued.principal);
    let page = page.split('?').next().unwrap_or_default().to_owned();
    let crumbs = trail(&place, &lists);
    let principal = issued.principal.clone();
    view! {
        <PageHeader title="New credentials" noun="Shown once" crumbs=Signal::stored(crumbs) />
        <IssuedCard issued />
        <form method="get" action=page class="grid gap-3 my-4">
            <input type="hidden" name="name" value=principal />
            <label class="flex items-center gap-2 text-sm">
                <input type="checkbox" class="checkbox checkbox-sm" name="kept" value="yes" required />
                "I have copied or downloaded the secret"
            </label>
            <p><button class="btn btn-sm btn-primary">"Go on"</button></p>
        </form>
    }
}

/// New credentials, to be copied or downloaded.
#[component]
pub fn IssuedCard(issued: Issued) -> impl IntoView {
    let file = download(&issued);
    let Issued {
        principal,
        client_id,
        client_secret,
    } = issued;
    view! {
        <Note>
            "This is the only time that the secret is shown: it is stored nowhere in Crowsnest, and the server tells it to nobody again. If this answer is lost, reset the principal's credentials."
        </Note>
        <div class="my-3">
            <Facts>
                <Fact name="Principal">{principal}</Fact>
                <Fact name="Client id"><Copyable text=client_id what="client id" /></Fact>
                <Fact name="Client secret"><Copyable text=client_secret what="client secret" /></Fact>
            </Facts>
        </div>
        <p class="my-3">
            <a class="btn btn-sm" href=file download="credentials.json" rel="external">"Download both as JSON"</a>
        </p>
    }
}

/// The credentials as a file that the page itself holds: nothing is asked of the server again.
fn download(issued: &Issued) -> String {
    let file = serde_json::json!({
        "principal": issued.principal,
        "clientId": issued.client_id,
        "clientSecret": issued.client_secret,
    });
    let file = file.to_string();
    format!(
        "data:application/json,{}",
        utf8_percent_encode(&file, NON_ALPHANUMERIC)
    )
}
