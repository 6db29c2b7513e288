//! Pages that change what a catalog holds: a form, what it comes to, and the button that makes it.

mod namespace;
mod object;
mod properties;
mod reference;

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
}
