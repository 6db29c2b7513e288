use leptos::prelude::*;
use model::{
    format::{plural, visible},
    paths::Place,
    polaris::lists::{ListAsk, Listed, Listing, Row},
};

use crate::{
    api::polaris::lists::list_entities,
    components::locked::FormLink,
    components::{
        done::Done,
        filter_box::FilterBox,
        loaded::Changeable,
        locked::Locked,
        moment::MomentText,
        pager::pager,
        read_at::{ReadAt, new_asks},
    },
    location::use_query,
    resource::Resource,
    ui::{
        note::Empty,
        table::{
            Column::{self, Text},
            Order, TableFrame,
        },
    },
};

/// A whole list with filter (`q=`), order (`sort=`) and pages (`page=`), and a way in by name for
/// those who may not list.
#[component]
pub fn EntityList(listing: Listing, place: Place) -> impl IntoView {
    let query = use_query();
    let ask = Memo::new(move |_| {
        let query = query.read();
        ListAsk {
            filter: query.text("q"),
            descending: query.get("sort") == Some("desc"),
            page: query.page(),
        }
    });
    let refresh = RwSignal::new(0);
    let is_new = new_asks();
    let asked = place.clone();
    let list = Resource::new(
        move || (ask.get(), refresh.get()),
        move |(ask, refresh)| list_entities(asked.clone(), listing, ask, is_new(refresh)),
    );
    let new = listing.new_href(&place);
    let shown = place.clone();
    view! {
        <Done />
        <Changeable resource=list let(read, locked)>
            <Locked reason=locked.clone() />
            <div class="flex flex-wrap items-center gap-x-4 gap-y-2 my-2">
                <div class="w-72 max-w-full">
                    <FilterBox name="q" label=format!("Filter {}", plural(0, listing.noun())) drops=&["page"] />
                </div>
                <FormLink text=format!("New {}", listing.noun()) href=new.clone() locked />
                <ReadAt moment=read.at refresh />
            </div>
            <Rows listing list=read.data place=shown.clone() descending=ask.read().descending />
        </Changeable>
        <ByName listing place />
    }
}

/// The first is the name, the last when it was changed.
fn columns(listing: Listing) -> &'static [Column] {
    match listing {
        Listing::Catalogs => &[
            Text("Name"),
            Text("Type"),
            Text("Storage"),
            Text("Default base location"),
            Text("Changed"),
        ],
        Listing::Principals => &[
            Text("Name"),
            Text("Client id"),
            Text("Principal roles"),
            Text("Purpose"),
            Text("Changed"),
        ],
        Listing::PrincipalRoles | Listing::CatalogRoles => {
            &[Text("Name"), Text("Purpose"), Text("Changed")]
        }
    }
}

#[component]
fn Rows(listing: Listing, list: Listed, place: Place, descending: bool) -> impl IntoView {
    let query = use_query();
    let turned = move || {
        let sort = if descending { "" } else { "desc" };
        query.get().with("page", "").with("sort", sort).link()
    };
    if list.rows.rows.is_empty() {
        let text = match list.total {
            0 => format!("There are no {} yet.", plural(0, listing.noun())),
            total => format!(
                "None of {} {} matches the filter.",
                total,
                plural(total, listing.noun())
            ),
        };
        return view! { <Empty>{text}</Empty> }.into_any();
    }
    let label = plural(0, listing.noun());
    let order = Order {
        descending: Signal::stored(descending),
        turned: Signal::derive(turned),
    };
    let summary = pager(&list.rows, listing.noun());
    let row = move |row: Row| {
        let href = listing.href(&place, &row.name);
        view! {
            <tr class="hover:bg-base-200">
                <td><a class="link link-hover font-medium" href=href>{visible(&row.name)}</a></td>
                {row.facts.into_iter().map(|fact| view! { <td class="wrap-anywhere">{visible(&fact)}</td> }).collect_view()}
                <td>{row.changed.map(|moment| view! { <MomentText moment brief=true /> })}</td>
            </tr>
        }
    };
    view! {
        <TableFrame label columns=columns(listing) class="max-sm:[&_td]:min-w-40" order>
            {list.rows.rows.into_iter().map(row).collect_view()}
        </TableFrame>
        {summary}
    }
    .into_any()
}

/// Who may not list may still open what they know by name.
#[component]
fn ByName(listing: Listing, place: Place) -> impl IntoView {
    let address = listing.href(&place, "");
    let (path, _) = address.split_once('?').unwrap_or((&address, ""));
    let path = path.to_owned();
    let (key, catalog) = match listing {
        Listing::Catalogs => ("w", None),
        Listing::CatalogRoles => ("name", place.warehouse.clone()),
        _ => ("name", None),
    };
    view! {
        <form method="get" action=path class="flex flex-wrap items-end gap-2 mt-6 text-sm">
            {catalog.map(|catalog| view! { <input type="hidden" name="w" value=catalog /> })}
            <label class="grid gap-1">
                <span class="font-medium">{format!("Open a {} by its name", listing.noun())}</span>
                <input class="input input-sm w-72 max-w-full font-mono" name=key required autocomplete="off" spellcheck="false" />
            </label>
            <button class="btn btn-sm">"Open"</button>
        </form>
    }
}
