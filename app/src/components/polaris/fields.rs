use leptos::prelude::*;

/// The name of something new, held to what the server takes.
#[component]
pub fn NameField(#[prop(into)] label: String, value: String) -> impl IntoView {
    view! {
        <label class="grid gap-1 text-sm max-w-xl">
            <span class="font-medium">{label}</span>
            <input
                class="input input-sm w-full font-mono"
                name="name"
                value=value
                required
                maxlength="256"
                pattern=r"(?!\s*[sS][yY][sS][tT][eE][mM]\$).*"
                title="1 to 256 characters, not beginning with SYSTEM$"
                autocomplete="off"
                spellcheck="false"
            />
        </label>
    }
}

#[component]
pub fn TextField(
    name: &'static str,
    #[prop(into)] label: String,
    value: String,
    #[prop(optional, into)] help: String,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    view! {
        <label class="grid gap-1 text-sm max-w-xl">
            <span class="font-medium">{label}</span>
            <input class="input input-sm w-full font-mono" name=name value=value required=required autocomplete="off" spellcheck="false" />
            {(!help.is_empty()).then(|| view! { <span class="text-base-content/70 wrap-anywhere">{help}</span> })}
        </label>
    }
}
