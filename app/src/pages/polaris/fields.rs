use leptos::prelude::*;
use model::polaris::Known;

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

/// One of the names that there are; a field to type it where they may not be listed.
#[component]
pub fn Chooser(
    label: &'static str,
    name: &'static str,
    choices: Known<Vec<String>>,
    except: Vec<String>,
) -> impl IntoView {
    let field = match choices {
        Ok(choices) => {
            let choices = choices.into_iter().filter(|choice| !except.contains(choice));
            view! {
                <select class="select select-sm w-72 max-w-full" name=name required>
                    <option value="">"Choose…"</option>
                    {choices.map(|choice| view! { <option value=choice.clone()>{choice.clone()}</option> }).collect_view()}
                </select>
            }
            .into_any()
        }
        Err(_) => view! {
            <input class="input input-sm w-72 max-w-full font-mono" name=name required autocomplete="off" spellcheck="false" />
        }
        .into_any(),
    };
    view! {
        <label class="grid gap-1">
            <span class="text-base-content/70">{label}</span>
            {field}
        </label>
    }
}
