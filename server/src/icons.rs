//! The drawings of the icons that pages show.

use std::sync::LazyLock;

use icondata_core::IconData;
use icondata_lu::*;

/// Each by the id that pages name.
const ICONS: [(&str, &IconData); 32] = [
    ("icon-bell", LuBell),
    ("icon-box", LuBox),
    ("icon-check", LuCheck),
    ("icon-chevron-down", LuChevronDown),
    ("icon-chevron-right", LuChevronRight),
    ("icon-chevrons-up-down", LuChevronsUpDown),
    ("icon-circle-help", LuCircleHelp),
    ("icon-circle-x", LuCircleX),
    ("icon-database", LuDatabase),
    ("icon-eye", LuEye),
    ("icon-folder", LuFolder),
    ("icon-folder-tree", LuFolderTree),
    ("icon-git-branch", LuGitBranch),
    ("icon-git-compare", LuGitCompare),
    ("icon-key-round", LuKeyRound),
    ("icon-menu", LuMenu),
    ("icon-pin", LuPin),
    ("icon-plug", LuPlug),
    ("icon-route", LuRoute),
    ("icon-scroll-text", LuScrollText),
    ("icon-search", LuSearch),
    ("icon-server", LuServer),
    ("icon-settings", LuSettings),
    ("icon-shield-check", LuShieldCheck),
    ("icon-sun-moon", LuSunMoon),
    ("icon-table-2", LuTable2),
    ("icon-triangle-alert", LuTriangleAlert),
    ("icon-user-minus", LuUserMinus),
    ("icon-users", LuUsers),
    ("icon-warehouse", LuWarehouse),
    ("icon-waypoints", LuWaypoints),
    ("icon-wrench", LuWrench),
];

/// What a document holds once, and its icons point to: in the colour of the text there.
pub static DRAWINGS: LazyLock<String> = LazyLock::new(|| {
    let drawing = |(id, icon): &(&str, &IconData)| {
        let box_ = icon.view_box.unwrap_or("0 0 24 24");
        format!(
            r#"<symbol id="{id}" viewBox="{box_}" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{}</symbol>"#,
            icon.data.replace(" />\n", "/>").replace(" />", "/>")
        )
    };
    ICONS.iter().map(drawing).collect()
});

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// What stands in quotes and begins as the ids do, in all sources below a folder.
    fn named(folder: &Path, into: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                named(&path, into);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source");
            let quoted = text.split('"').filter(|part| part.starts_with("icon-"));
            into.extend(quoted.map(str::to_owned));
        }
    }

    #[test]
    fn the_icons_of_pages_are_those_that_are_drawn() {
        let mut used = BTreeSet::new();
        named(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"),
            &mut used,
        );
        let drawn = ICONS.map(|(id, _)| id.to_owned()).into();
        assert_eq!(used, drawn);
    }
}
