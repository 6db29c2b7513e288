use iceberg_rest::Separator;

/// What stands between levels and may stand in names too cannot be told apart.
pub fn separator_note(separator: &Separator) -> Option<String> {
    Some(match separator.visible()? {
        "." => "This server splits names at dots, so a namespace with a dot in its name cannot be addressed here.".to_owned(),
        text => format!("This server splits names at “{text}”, so a namespace with “{text}” in its name cannot be addressed here."),
    })
}
