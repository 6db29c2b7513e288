use leptos::prelude::*;
use model::format::counted;

use crate::ui::note::Note;

/// How much of what a role holds is on kinds of objects that are unknown here.
#[component]
pub fn OddGrants(count: usize) -> impl IntoView {
    (count > 0).then(|| {
        let grants = counted(count, "grant");
        view! {
            <Note>
                {format!("{grants} on a kind that Crowsnest does not know: what they give is unknown, so nothing is said to be denied because of what this role lacks.")}
            </Note>
        }
    })
}
