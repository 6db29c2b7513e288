use leptos::{form::ActionForm, prelude::*};
use model::{format::visible, page::PolarisPage, paths::Place};

use crate::{
    api::polaris::generic_tables::{DropGenericTable, load_generic_table},
    components::{
        back::Back,
        loaded::Changeable,
        locked::Locked,
        named::each_named,
        page_header::{PageHeader, crumbs_to},
        press::Press,
        read_at::ReadAt,
        removal::{Confirm, Danger},
        settings::Settings,
    },
    ui::{
        copy::Copyable,
        facts::{Fact, Facts},
        note::Empty,
        section::Section,
    },
};

/// One generic table.
#[component]
pub fn GenericTablePage() -> impl IntoView {
    each_named(
        PolarisPage::GenericTable,
        |place, name| view! { <GenericTable place name /> },
    )
}

#[component]
fn GenericTable(place: Place, name: String) -> impl IntoView {
    let drop = ServerAction::<DropGenericTable>::new();
    let refresh = RwSignal::new(0);
    let asked = (place.clone(), name.clone());
    let table = Resource::new(
        move || refresh.get(),
        move |_| load_generic_table(asked.0.clone(), asked.1.clone()),
    );
    let (once, set_once) = signal(String::new());
    let kept = Signal::derive(move || drop.value().get().and_then(Result::err));
    let trail = crumbs_to(&place, &[("Generic tables", place.generic_tables_path())]);
    let (title, who) = (visible(&name), place.with_object(&name).who_path("t"));
    let (place, name) = (StoredValue::new(place), StoredValue::new(name));
    view! {
        <PageHeader title noun="Generic table" crumbs=Signal::stored(trail)>
            <a class="link text-sm ml-auto" href=who>"Who can use it"</a>
        </PageHeader>
        <Changeable resource=table let(read, locked)>
            {
                let view = read.data;
                set_once.set(read.once);
                let locked = StoredValue::new(locked);
                view! {
                    <Locked reason=locked.get_value() />
                    <ReadAt moment=read.at refresh />
                    <Facts>
                        <Fact name="Format">{view.format}</Fact>
                        {view.location.map(|location| view! { <Fact name="Base location"><Copyable text=location what="base location" /></Fact> })}
                        {view.doc.map(|doc| view! { <Fact name="Description">{doc}</Fact> })}
                    </Facts>
                    <Section title="Properties">
                        {match view.properties.is_empty() {
                            true => view! { <Empty>"None."</Empty> }.into_any(),
                            false => view! { <Settings settings=view.properties label="Properties" /> }.into_any(),
                        }}
                    </Section>
                    <Danger title="Drop this generic table…" locked=locked.get_value() failed=kept>
                        <p>"The catalog forgets it; its files stay. Grants on it go too. This cannot be undone."</p>
                        <ActionForm action=drop attr:class="grid gap-2">
                            <Back />
                            <input type="hidden" name="place" value=place.get_value().to_string() />
                            <input type="hidden" name="name" value=name.get_value() />
                            <Press once />
                            <Confirm name=name.get_value() own=false button="Drop the table" busy=drop.pending() />
                        </ActionForm>
                    </Danger>
                }
            }
        </Changeable>
    }
}
