use leptos::prelude::*;
use model::{
    form::{Field, NAME},
    polaris::Known,
};

/// The name of something new, held to what the server takes.
#[component]
pub fn NameField(value: String) -> impl IntoView {
    view! {
        <label class="grid gap-1 text-sm max-w-xl">
            <span class="font-medium">{NAME.label}</span>
            <input
                class="input input-sm w-full font-mono"
                name=NAME.name
                value=value
                required
                maxlength="256"
                pattern=r"(?!\.{1,2}$)(?!\s*[sS][yY][sS][tT][eE][mM]\$).*"
                title="1 to 256 characters, not beginning with SYSTEM$, and not . or .."
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
    field: &'static Field,
    choices: Known<Vec<String>>,
    except: Vec<String>,
    /// In a form that was refused.
    typed: String,
) -> impl IntoView {
    let name = field.name;
    let field = match choices {
        Ok(choices) => {
            let choices = choices.into_iter().filter(|choice| !except.contains(choice));
            view! {
                <select class="select select-sm w-72 max-w-full" name=name required>
                    <option value="">"Choose…"</option>
                    {choices.map(|choice| {
                        let selected = choice == typed;
                        view! { <option value=choice.clone() selected=selected>{choice.clone()}</option> }
                    }).collect_view()}
                </select>
            }
            .into_any()
        }
        Err(_) => view! {
            <input class="input input-sm w-72 max-w-full font-mono" name=name value=typed required autocomplete="off" spellcheck="false" />
        }
        .into_any(),
    };
    view! {
        <label class="grid gap-1">
            <span class="font-medium">{label}</span>
            {field}
        </label>
    }
}
