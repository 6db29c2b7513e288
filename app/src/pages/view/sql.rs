use leptos::prelude::*;
use model::{
    format::visible,
    sql::{Sql, Token},
    views::VersionRow,
};

use crate::{
    api::views::load_sql,
    components::{moment::MomentText, object::use_object, reading::Reading},
    location::use_query,
    ui::{
        copy::Copy,
        facts::{Fact, Facts},
        note::Empty,
    },
};

/// The texts of one version of the view: `version=`, else the current one.
#[component]
pub fn SqlPage() -> impl IntoView {
    let place = use_object();
    let query = use_query();
    view! {
        <Reading ask=move || query.read().text("version") load=move |version, _| load_sql(place.clone(), version) let:sql>
            {match sql {
                Err(why) => view! { <Empty>{why}</Empty> }.into_any(),
                Ok(sql) => view! {
                    <VersionFacts version=sql.version />
                    {sql.texts.is_empty().then(|| view! { <Empty>"This version has no text in any SQL dialect."</Empty> })}
                    {sql.texts.into_iter().map(|sql| view! { <Text sql /> }).collect_view()}
                }
                .into_any(),
            }}
        </Reading>
    }
}

#[component]
fn Text(sql: Sql) -> impl IntoView {
    let label = format!("SQL for {}", sql.dialect);
    let written = sql.is_laid_out().then(|| {
        let (label, text) = (format!("{label} as written"), visible(&sql.text));
        view! {
            <details class="mt-1 text-sm">
                <summary class="cursor-pointer">"As written"</summary>
                <pre class="bg-base-200 border border-base-300 rounded-box p-3 mt-1 overflow-x-auto" tabindex="0" aria-label=label role="region">{text}</pre>
            </details>
        }
    });
    view! {
        <section class="mt-4">
            <h2 class="flex items-center gap-1">
                {visible(&sql.dialect)}
                <Copy text=sql.text what=format!("the SQL for {} as written", sql.dialect) />
            </h2>
            <pre class="bg-base-200 border border-base-300 rounded-box p-3 text-sm overflow-x-auto" tabindex="0" aria-label=label role="region">
                <code>{sql.tokens.into_iter().map(word).collect_view()}</code>
            </pre>
            {written}
        </section>
    }
}

fn word((kind, text): (Token, String)) -> AnyView {
    let class = match kind {
        Token::Plain => return text.into_any(),
        Token::Keyword => "text-primary font-semibold",
        Token::Text => "text-success",
        Token::Name => "text-info",
        Token::Number => "text-warning",
        Token::Comment => "text-base-content/70 italic",
    };
    view! { <span class=class>{text}</span> }.into_any()
}

/// What a version says about itself.
#[component]
pub fn VersionFacts(version: VersionRow) -> impl IntoView {
    let namespace = version.default_namespace.join(".");
    view! {
        <Facts>
            <Fact name="Version">{version.id} {version.current.then_some(" (current)")}</Fact>
            {version.at.map(|at| view! { <Fact name="Made"><MomentText moment=at /></Fact> })}
            {version.operation.map(|operation| view! { <Fact name="Operation">{visible(&operation)}</Fact> })}
            {version.engine.map(|engine| view! { <Fact name="Engine">{visible(&engine)}</Fact> })}
            {version.default_catalog.map(|catalog| view! {
                <Fact name="Default catalog"><span class="font-mono">{visible(&catalog)}</span></Fact>
            })}
            {(!namespace.is_empty()).then(|| view! {
                <Fact name="Default namespace"><span class="font-mono">{visible(&namespace)}</span></Fact>
            })}
        </Facts>
    }
}
