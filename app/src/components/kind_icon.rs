use model::names::NameKind;

/// The icon that stands before names of this kind.
pub fn kind_icon(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Namespaces => "icon-[lucide--folder]",
        NameKind::Tables => "icon-[lucide--table-2]",
        NameKind::Views => "icon-[lucide--eye]",
        NameKind::GenericTables => "icon-[lucide--box]",
    }
}
