use std::collections::HashSet;

use iceberg_rest::{Id, types::metadata::TableMetadata};

use crate::{format::counted, snapshots::Ancestry};

/// The branch that readers see where they name none.
pub const MAIN: &str = "main";

/// What it comes to that a reference points at `to` and no longer at `from`; a sentence. Not all snapshots have to be
/// in the metadata.
pub fn way(metadata: &TableMetadata, from: &Id, to: &Id) -> String {
    let ancestry = Ancestry::new(metadata);
    let (Some(one), Some(other)) = (ancestry.get(from), ancestry.get(to)) else {
        return "The snapshot that it points at now is not in the metadata, so how they relate is not known.".to_owned();
    };
    let commits = |from, to| ancestry.between(from, to).map(|commits| commits.len());
    match (commits(one, other), commits(other, one)) {
        (Some(0), _) => "It points there already.".to_owned(),
        (Some(ahead), _) => format!(
            "It goes forward by {}: nothing of it is left out.",
            counted(ahead, "commit")
        ),
        (_, Some(back)) => format!(
            "It goes back by {}: what {} wrote is no longer on it.",
            counted(back, "commit"),
            if back == 1 { "that one" } else { "those" }
        ),
        (None, None) => {
            "Neither snapshot was made from the other: what is on it now is replaced by another history."
                .to_owned()
        }
    }
}

/// How many snapshots no other branch or tag leads to.
pub fn held_alone(metadata: &TableMetadata, name: &str) -> usize {
    let ancestry = Ancestry::new(metadata);
    let others = metadata.refs.iter().filter(|(other, _)| *other != name);
    let others: HashSet<&Id> = others
        .flat_map(|(_, to)| ancestry.of(&to.snapshot_id))
        .map(|snapshot| &snapshot.snapshot_id)
        .collect();
    let own = metadata.refs.get(name).into_iter();
    own.flat_map(|to| ancestry.of(&to.snapshot_id))
        .filter(|snapshot| !others.contains(&snapshot.snapshot_id))
        .count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// 1 ← 2 ← 3 on main, 2 ← 4 on dev.
    fn table() -> TableMetadata {
        let snapshot =
            |id: i64, parent: Option<i64>| json!({"snapshot-id": id, "parent-snapshot-id": parent});
        serde_json::from_value(json!({
            "current-snapshot-id": 3,
            "snapshots": [snapshot(1, None), snapshot(2, Some(1)), snapshot(3, Some(2)), snapshot(4, Some(2))],
            "refs": {"main": {"snapshot-id": 3, "type": "branch"}, "dev": {"snapshot-id": 4, "type": "branch"}}
        }))
        .unwrap()
    }

    #[test]
    fn the_way_from_one_snapshot_to_another_is_told() {
        let way = |from: i64, to: i64| super::way(&table(), &from.into(), &to.into());
        assert!(way(1, 3).starts_with("It goes forward by 2 commits"));
        assert!(way(3, 2).starts_with("It goes back by 1 commit: what that one"));
        assert!(way(4, 3).starts_with("Neither snapshot"));
        assert_eq!(way(3, 3), "It points there already.");
        assert!(way(9, 3).contains("is not known"));
    }

    #[test]
    fn what_only_one_reference_leads_to_is_counted() {
        assert_eq!(held_alone(&table(), "dev"), 1);
        assert_eq!(held_alone(&table(), "none"), 0);
    }
}
