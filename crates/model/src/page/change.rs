use iceberg_rest::Operation;
use serde::{Deserialize, Serialize};

use crate::open::Noun;

pages! {
    /// A page that changes what a catalog holds, over the specification: what it comes to is shown before it is sent.
    ChangePage {
        NewTable = "table-new",
        RegisterTable = "table-register",
        NewNamespace = "namespace-new",
        EditNamespace = "namespace-edit",
        DropNamespace = "namespace-drop",
        Tables = "tables-change",
        NewRef = "ref-new",
        EditRef = "ref-edit",
        DropRef = "ref-drop",
        EditTable = "table-edit",
        EditSchema = "schema-edit",
        EditSpec = "spec-edit",
        RenameTable = "table-rename",
        DropTable = "table-drop",
        NewView = "view-new",
        ReplaceView = "view-replace",
        RollBackView = "view-rollback",
        ExpireSnapshots = "snapshots-expire",
        UpgradeFormat = "format-upgrade",
        EditLocation = "location-edit",
        DropStatistics = "statistics-drop",
        RemoveUnused = "unused-remove",
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
    /// What can be made of a namespace's tables.
    pub const TABLES: &[Self] = &[Self::NewTable, Self::RegisterTable, Self::Tables];
    /// What can be made of a namespace's views.
    pub const VIEWS: &[Self] = &[Self::NewView];
    /// What can be made of a table.
    pub const TABLE: &[Self] = &[Self::EditTable, Self::RenameTable, Self::DropTable];
    /// What can be made of a table's branches and tags.
    pub const REFS: &[Self] = &[Self::NewRef, Self::EditRef, Self::DropRef];
    /// What can be made of a table's snapshots.
    pub const SNAPSHOTS: &[Self] = &[Self::ExpireSnapshots];
    /// What can be made of what a table is.
    pub const BASICS: &[Self] = &[Self::UpgradeFormat, Self::EditLocation];
    /// What can be made of a table's columns.
    pub const SCHEMA: &[Self] = &[Self::EditSchema, Self::RemoveUnused];
    /// What can be made of how a table is partitioned and sorted.
    pub const LAYOUT: &[Self] = &[Self::EditSpec];
    /// What can be made of a view.
    pub const VIEW: &[Self] = &[
        Self::ReplaceView,
        Self::EditView,
        Self::RenameView,
        Self::DropView,
    ];

    /// The call that it leads to.
    pub fn operation(self) -> Operation {
        match self {
            Self::NewTable => Operation::CreateTable,
            Self::RegisterTable => Operation::RegisterTable,
            Self::NewNamespace => Operation::CreateNamespace,
            Self::EditNamespace => Operation::UpdateNamespaceProperties,
            Self::DropNamespace => Operation::DropNamespace,
            Self::Tables
            | Self::EditTable
            | Self::NewRef
            | Self::EditRef
            | Self::DropRef
            | Self::ExpireSnapshots
            | Self::UpgradeFormat
            | Self::EditLocation
            | Self::DropStatistics
            | Self::RemoveUnused
            | Self::EditSchema
            | Self::EditSpec => Operation::CommitTable,
            Self::RenameTable => Operation::RenameTable,
            Self::DropTable => Operation::DropTable,
            Self::NewView => Operation::CreateView,
            Self::ReplaceView | Self::RollBackView | Self::EditView => Operation::ReplaceView,
            Self::RenameView => Operation::RenameView,
            Self::DropView => Operation::DropView,
        }
    }

    /// What a way to it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::NewTable => "New table",
            Self::RegisterTable => "Register a table",
            Self::NewNamespace => "New namespace",
            Self::EditNamespace | Self::EditTable | Self::EditView => "Edit properties",
            Self::Tables => "Several tables…",
            Self::NewView => "New view",
            Self::ReplaceView => "Edit SQL",
            Self::RollBackView => "Roll back",
            Self::EditSchema => "Edit the schema",
            Self::EditSpec => "Edit partitions and sort order",
            Self::RenameTable | Self::RenameView => "Rename or move",
            Self::NewRef => "New branch or tag",
            Self::EditRef => "Change",
            Self::DropRef => "Delete…",
            Self::ExpireSnapshots => "Expire snapshots",
            Self::UpgradeFormat => "Raise the format version",
            Self::EditLocation => "Change the location",
            Self::DropStatistics => "Remove…",
            Self::RemoveUnused => "Remove unused schemas",
            Self::DropNamespace | Self::DropTable | Self::DropView => "Drop…",
        }
    }

    /// What it is a change of, or made in.
    pub fn noun(self) -> Noun {
        match self {
            Self::NewTable
            | Self::RegisterTable
            | Self::Tables
            | Self::NewView
            | Self::NewNamespace
            | Self::EditNamespace
            | Self::DropNamespace => Noun::Namespace,
            Self::NewRef
            | Self::EditRef
            | Self::DropRef
            | Self::EditTable
            | Self::EditSchema
            | Self::EditSpec
            | Self::RenameTable
            | Self::DropTable
            | Self::ExpireSnapshots
            | Self::UpgradeFormat
            | Self::EditLocation
            | Self::DropStatistics
            | Self::RemoveUnused => Noun::Table,
            Self::ReplaceView
            | Self::RollBackView
            | Self::EditView
            | Self::RenameView
            | Self::DropView => Noun::View,
        }
    }
}
