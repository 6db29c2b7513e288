//! Pages that change what a catalog holds: a form, what it comes to, and the button that makes it.

mod namespace;
mod object;

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
        RenameTable => object::RenameTable,
        DropTable => object::DropTable,
        RenameView => object::RenameView,
        DropView => object::DropView,
    }
}
