use model::names::NameKind;

/// The icon that stands before names of this kind.
pub fn kind_icon(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Namespaces => "icon-[lucide--folder] text-kind-namespace",
        NameKind::Tables => "icon-[lucide--table-2] text-kind-table",
        NameKind::Views => "icon-[lucide--eye] text-kind-view",
        NameKind::GenericTables => "icon-[lucide--box] text-kind-generic",
    }
}
