use iceberg_rest::Operation;
use serde::{Deserialize, Serialize};

use crate::open::Noun;

pages! {
    /// A page that changes what a catalog holds, over the specification: what it comes to is shown before it is sent.
    ChangePage {
        NewNamespace = "namespace-new",
        EditNamespace = "namespace-edit",
        DropNamespace = "namespace-drop",
        NewRef = "ref-new",
        EditRef = "ref-edit",
        DropRef = "ref-drop",
        EditTable = "table-edit",
        RenameTable = "table-rename",
        DropTable = "table-drop",
        EditView = "view-edit",
        RenameView = "view-rename",
        DropView = "view-drop",
    }
}

impl ChangePage {
    /// What can be made at the top of a warehouse.
    pub const TOP: &[Self] = &[Self::NewNamespace];
    /// What can be made of, and in, a namespace.
    pub const NAMESPACE: &[Self] = &[Self::NewNamespace, Self::EditNamespace, Self::DropNamespace];
    /// What can be made of a table.
    pub const TABLE: &[Self] = &[Self::EditTable, Self::RenameTable, Self::DropTable];
    /// What can be made of a table's branches and tags.
    pub const REFS: &[Self] = &[Self::NewRef, Self::EditRef, Self::DropRef];
    /// What can be made of a view.
    pub const VIEW: &[Self] = &[Self::EditView, Self::RenameView, Self::DropView];

    /// The call that it leads to.
    pub fn operation(self) -> Operation {
        match self {
            Self::NewNamespace => Operation::CreateNamespace,
            Self::EditNamespace => Operation::UpdateNamespaceProperties,
            Self::DropNamespace => Operation::DropNamespace,
            Self::EditTable | Self::NewRef | Self::EditRef | Self::DropRef => {
                Operation::CommitTable
            }
            Self::RenameTable => Operation::RenameTable,
            Self::DropTable => Operation::DropTable,
            Self::EditView => Operation::ReplaceView,
            Self::RenameView => Operation::RenameView,
            Self::DropView => Operation::DropView,
        }
    }

    /// What a way to it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::NewNamespace => "New namespace",
            Self::EditNamespace | Self::EditTable | Self::EditView => "Edit properties",
            Self::RenameTable | Self::RenameView => "Rename or move",
            Self::NewRef => "New branch or tag",
            Self::EditRef => "Change",
            Self::DropRef => "Delete…",
            Self::DropNamespace | Self::DropTable | Self::DropView => "Drop…",
        }
    }

    /// What it is a change of.
    pub fn noun(self) -> Noun {
        match self {
            Self::NewNamespace | Self::EditNamespace | Self::DropNamespace => Noun::Namespace,
            Self::NewRef
            | Self::EditRef
            | Self::DropRef
            | Self::EditTable
            | Self::RenameTable
            | Self::DropTable => Noun::Table,
            Self::EditView | Self::RenameView | Self::DropView => Noun::View,
        }
    }
}
