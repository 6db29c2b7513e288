//! Pages that change what a catalog holds: a form, what it comes to, and the button that makes it.

mod basics;
mod expire;
mod layout;
mod lines;
mod namespace;
mod object;
mod properties;
mod reference;
mod register;
mod schema;
mod table;
mod tables;
mod view;

use leptos::prelude::*;
use model::page::ChangePage;

use super::not_found::NoSuchTab;
use crate::parts::parts;

parts! {
    ChangePage or NoSuchTab;
    changes {
        NewNamespace => namespace::NewNamespace,
        EditNamespace => namespace::EditNamespace,
        DropNamespace => namespace::DropNamespace,
        NewRef => reference::NewRef,
        EditRef => reference::EditRef,
        DropRef => reference::DropRef,
        EditTable => properties::EditTable,
        RenameTable => object::RenameTable,
        DropTable => object::DropTable,
        EditView => properties::EditView,
        RenameView => object::RenameView,
        DropView => object::DropView,
    }
    table_forms {
        NewTable => table::NewTable,
        RegisterTable => register::RegisterTable,
        EditSchema => schema::EditSchema,
        EditSpec => layout::EditSpec,
        UpgradeFormat => basics::UpgradeFormat,
        EditLocation => basics::EditLocation,
        DropStatistics => basics::DropStatistics,
        RemoveUnused => basics::RemoveUnused,
    }
    table_changes {
        Tables => tables::Tables,
        ExpireSnapshots => expire::ExpireSnapshots,
    }
    view_forms {
        NewView => view::NewView,
        ReplaceView => view::ReplaceView,
        RollBackView => view::RollBackView,
    }
}
