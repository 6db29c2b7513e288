use leptos::prelude::*;
use model::names::NameKind;

use crate::ui::icon::Icon;

/// The icon that stands before a name of this kind.
#[component]
pub fn KindIcon(kind: NameKind) -> impl IntoView {
    let (name, class) = match kind {
        NameKind::Namespaces => ("icon-folder", "text-kind-namespace mr-1.5"),
        NameKind::Tables => ("icon-table-2", "text-kind-table mr-1.5"),
        NameKind::Views => ("icon-eye", "text-kind-view mr-1.5"),
        NameKind::GenericTables => ("icon-box", "text-kind-generic mr-1.5"),
    };
    view! { <Icon name class /> }
}
