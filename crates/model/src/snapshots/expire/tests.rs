use std::collections::HashSet;

use proptest::{collection::vec, option, prelude::*};
use serde_json::{Value, json};

use super::*;

const DAY: i64 = 86_400_000;
/// 100 days after the first snapshot of a table below.
const NOW: i64 = 1_700_000_000_000;

fn made(days_ago: i64) -> i64 {
    NOW - days_ago * DAY
}

fn snapshot(id: i64, parent: Option<i64>, days_ago: i64) -> Value {
    json!({"snapshot-id": id, "parent-snapshot-id": parent, "timestamp-ms": made(days_ago), "sequence-number": id})
}

fn table(snapshots: &[Value], refs: &Value, properties: &Value) -> TableMetadata {
    let metadata = json!({"snapshots": snapshots, "refs": refs, "properties": properties});
    serde_json::from_value(metadata).unwrap()
}

fn own(metadata: &TableMetadata) -> Expiry<'_> {
    Expiry::new(metadata, &Policy::of(metadata, NOW).unwrap())
}

fn ids(snapshots: &[&Snapshot]) -> Vec<i64> {
    let ids = snapshots.iter();
    ids.filter_map(|one| one.snapshot_id.exact()).collect()
}

fn fate<'a>(expiry: &Expiry<'a>, id: i64) -> Fate<'a> {
    let found = expiry.snapshots.iter();
    let mut found = found.filter(|(one, _)| one.snapshot_id == Id::from(id));
    found.next().unwrap().1
}

/// 1 ← 2 ← … ← 5, a day apart, the newest one today.
fn chain() -> Vec<Value> {
    (1..=5)
        .map(|id| snapshot(id, (id > 1).then_some(id - 1), (5 - id) * 3))
        .collect()
}

#[test]
fn without_a_policy_five_days_and_the_head_stay() {
    let main = json!({"main": {"snapshot-id": 5, "type": "branch"}});
    let metadata = table(&chain(), &main, &json!({}));
    let expiry = own(&metadata);
    assert_eq!(ids(&expiry.going()), [1, 2, 3]);
    assert_eq!(fate(&expiry, 5), Fate::Named("main"));
    assert_eq!(fate(&expiry, 4), Fate::Young("main"));

    let old = json!({"main": {"snapshot-id": 2, "type": "branch"}});
    let metadata = table(&chain()[..2], &old, &json!({}));
    assert_eq!(ids(&own(&metadata).going()), [1], "the head stays");
}

#[test]
fn an_age_holds_to_the_millisecond() {
    let main = json!({"main": {"snapshot-id": 5, "type": "branch"}});
    for (age, going) in [(3 * DAY, &[1, 2, 3][..]), (3 * DAY - 1, &[1, 2, 3, 4])] {
        let properties = json!({"history.expire.max-snapshot-age-ms": age.to_string()});
        let metadata = table(&chain(), &main, &properties);
        assert_eq!(ids(&own(&metadata).going()), going, "{age}");
    }
}

#[test]
fn a_branch_keeps_what_its_own_retention_says_before_the_tables() {
    let properties =
        json!({"history.expire.min-snapshots-to-keep": "2", MAX_AGE: (DAY / 2).to_string()});
    let main = |more: Value| {
        let mut main = json!({"snapshot-id": 5, "type": "branch"});
        main.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({ "main": main })
    };
    for (more, going) in [
        (json!({}), &[1, 2, 3][..]),
        (json!({"min-snapshots-to-keep": 4}), &[1]),
        (json!({"max-snapshot-age-ms": 7 * DAY}), &[1, 2]),
        (
            json!({"max-snapshot-age-ms": 1, "min-snapshots-to-keep": 1}),
            &[1, 2, 3, 4],
        ),
    ] {
        let metadata = table(&chain(), &main(more.clone()), &properties);
        assert_eq!(ids(&own(&metadata).going()), going, "{more}");
        // What is typed takes the place of the table's, not of the branch's.
        let policy = Policy::of(&metadata, NOW).unwrap();
        let typed = Expiry::new(&metadata, &policy.typed(Some(1), Some(9)));
        let expected: &[i64] = if more.get("min-snapshots-to-keep").is_some() {
            going
        } else {
            &[]
        };
        assert_eq!(ids(&typed.going()), expected, "{more}");
    }
}

#[test]
fn a_tag_keeps_one_and_goes_by_its_own_age() {
    let refs = json!({
        "main": {"snapshot-id": 5, "type": "branch", "max-ref-age-ms": 1},
        "kept": {"snapshot-id": 2, "type": "tag"},
        "old": {"snapshot-id": 1, "type": "tag", "max-ref-age-ms": 11 * DAY},
        "side": {"snapshot-id": 1, "type": "branch", "max-ref-age-ms": 13 * DAY},
        "lost": {"snapshot-id": 77, "type": "tag"},
    });
    let metadata = table(&chain(), &refs, &json!({}));
    let expiry = own(&metadata);
    let gone: Vec<_> = expiry.refs.iter().map(|(name, _)| *name).collect();
    assert_eq!(gone, ["lost", "old"], "main never does");
    assert_eq!(fate(&expiry, 2), Fate::Named("kept"));
    assert_eq!(fate(&expiry, 1), Fate::Named("side"));
    assert_eq!(ids(&expiry.going()), [3]);
    let told = expiry.refs_told().unwrap();
    assert!(told.ends_with(": lost, old."), "{told}");

    let properties = json!({MAX_REF_AGE: (8 * DAY).to_string()});
    let metadata = table(&chain(), &refs, &properties);
    let gone: Vec<_> = own(&metadata).refs.iter().map(|(name, _)| *name).collect();
    assert_eq!(gone, ["kept", "lost", "old"], "side says 13 days itself");
}

#[test]
fn what_no_branch_leads_to_stays_while_it_is_young() {
    let forks = [
        snapshot(1, None, 30),
        snapshot(2, Some(1), 20),
        snapshot(3, Some(2), 1),
        // Left behind: by a rollback, one long ago and one not, and one whose parent is gone.
        snapshot(4, Some(1), 19),
        snapshot(5, Some(4), 2),
        snapshot(6, Some(66), 2),
        // Under the tag, which leads to nothing else.
        snapshot(7, Some(5), 40),
    ];
    let refs = json!({
        "main": {"snapshot-id": 3, "type": "branch"},
        "tag": {"snapshot-id": 7, "type": "tag"},
    });
    let metadata = table(&forks, &refs, &json!({}));
    let expiry = own(&metadata);
    assert_eq!(ids(&expiry.going()), [1, 2, 4]);
    assert_eq!(fate(&expiry, 5), Fate::Loose);
    assert_eq!(fate(&expiry, 6), Fate::Loose);
}

#[test]
fn behind_the_first_that_is_too_old_a_branch_keeps_nothing() {
    // Clocks go wrong: 1 says that it is younger than 2. On a branch it goes all the same.
    let snapshots = [
        snapshot(1, None, 1),
        snapshot(2, Some(1), 30),
        snapshot(3, Some(2), 1),
    ];
    let main = json!({"main": {"snapshot-id": 3, "type": "branch"}});
    let metadata = table(&snapshots, &main, &json!({}));
    assert_eq!(ids(&own(&metadata).going()), [1, 2]);
}

#[test]
fn nothing_expires_where_iceberg_refuses() {
    let policy = |properties| Policy::of(&table(&[], &json!({}), &properties), NOW);
    assert!(policy(json!({GC: "FALSE"})).unwrap_err().contains(GC));
    assert!(policy(json!({GC: "True"})).is_ok());
    assert!(policy(json!({LEAST: "many"})).unwrap_err().contains(LEAST));
    let far = policy(json!({MAX_AGE: i64::MIN.to_string()})).unwrap();
    assert_eq!(far.since(None), i64::MAX, "and nothing overflows");
}

#[test]
fn odd_metadata_keeps_what_no_commit_can_name_and_names_each_id_once() {
    let snapshots = [
        json!({"snapshot-id": "9223372036854775808", "timestamp-ms": made(50)}),
        json!({"snapshot-id": 2}),
        snapshot(3, Some(4), 50),
        snapshot(4, Some(3), 50),
        snapshot(5, Some(5), 50),
        snapshot(5, Some(5), 50),
    ];
    let main = json!({"main": {"snapshot-id": 4, "type": "branch", "min-snapshots-to-keep": 9}});
    let metadata = table(&snapshots, &main, &json!({}));
    let expiry = own(&metadata);
    assert_eq!(ids(&expiry.going()), [5]);
    assert_eq!(fate(&expiry, 2), Fate::Loose, "nobody knows its age");
    assert_eq!(fate(&expiry, 3), Fate::Counted("main"));
    let unnameable = expiry.snapshots.iter();
    let mut unnameable = unnameable.filter(|(_, fate)| *fate == Fate::Unnameable);
    assert!(unnameable.next().is_some());
}

#[test]
fn fifty_thousand_snapshots_and_a_thousand_branches_are_walked_once() {
    let count = 50_000;
    let snapshots: Vec<_> = (1..=count)
        .map(|id| snapshot(id, (id > 1).then_some(id - 1), 0))
        .collect();
    let branch = |at: i64| {
        (
            format!("b{at}"),
            json!({"snapshot-id": count - at, "type": "branch"}),
        )
    };
    let refs: serde_json::Map<_, _> = (0..1_000).map(branch).collect();
    let metadata = table(&snapshots, &Value::Object(refs), &json!({}));
    // Where every branch walked by itself these were 50 million steps for each of the two.
    let expiry = own(&metadata);
    assert_eq!(expiry.going().len(), 0);
    let page = ExpiryPage::new(&metadata, NOW, Some((Some(1), Some(1))));
    assert!(page.typed);
    assert_eq!((page.stays, page.goes), (50_000, 0), "none is a ms old");
    let later = ExpiryPage::new(&metadata, NOW + DAY, Some((Some(1), Some(1))));
    assert_eq!((later.stays, later.goes), (1_000, 49_000));
    assert_eq!((later.staying.len(), later.going.len()), (100, 100));
    assert_eq!(later.going[0].id, "49000", "the newest first");
}

#[test]
fn what_it_comes_to_is_told() {
    let main = json!({"main": {"snapshot-id": 5, "type": "branch"}});
    let metadata = table(&chain(), &main, &json!({}));
    let says = told(&metadata, &own(&metadata).going()).join(" ");
    assert!(says.starts_with("3 of 5 snapshots go."), "{says}");
    assert!(
        says.contains("What stays was made from 2023-11-11"),
        "{says}"
    );
    assert!(
        says.contains("What goes was made from 2023-11-02"),
        "{says}"
    );
    assert_eq!(told(&metadata, &[]), ["None of 5 snapshots goes."]);
    let page = ExpiryPage::new(&metadata, NOW, None);
    assert!(
        page.policy
            .contains("older than 5 d go, but for the last 1")
    );
}

#[test]
fn a_log_that_is_cut_is_told() {
    let entry = |id: i64| json!({"snapshot-id": id, "timestamp-ms": made((5 - id) * 3)});
    let log: Vec<_> = (1..=5).map(entry).collect();
    let metadata: TableMetadata = serde_json::from_value(json!({
        "snapshots": chain(), "snapshot-log": log,
        "refs": {"main": {"snapshot-id": 5, "type": "branch"}}
    }))
    .unwrap();
    let says = |going: &[i64]| {
        let going = going
            .iter()
            .map(|id| metadata.snapshot(&(*id).into()).unwrap());
        told(&metadata, &going.collect::<Vec<_>>()).join(" ")
    };
    assert!(!says(&[1, 2]).contains("by id alone"));
    let one = says(&[1, 3]);
    assert!(
        one.contains("1 snapshot that stays is older than one that goes"),
        "{one}"
    );
    assert!(says(&[4]).contains("3 snapshots that stay are older"));
}

/// `RemoveSnapshots` step by step, with no shortcut.
fn as_iceberg_does(metadata: &TableMetadata, policy: &Policy) -> (HashSet<i64>, HashSet<String>) {
    let find = |id: &Id| metadata.snapshots.iter().find(|one| one.snapshot_id == *id);
    let ancestors = |id: &Id| {
        let (mut all, mut next) = (Vec::new(), find(id));
        while let Some(one) = next.filter(|one| !all.contains(one)) {
            all.push(one);
            next = one.parent_snapshot_id.as_ref().and_then(find);
        }
        all
    };
    let id = |one: &Snapshot| one.snapshot_id.exact().unwrap();
    let at = |one: &Snapshot| one.timestamp_ms.unwrap();
    let (mut kept, mut gone, mut referenced) = (HashSet::new(), HashSet::new(), HashSet::new());
    for (name, to) in &metadata.refs {
        let age = find(&to.snapshot_id).map(|one| policy.now - at(one));
        let most = to.max_ref_age_ms.unwrap_or(policy.max_ref_age);
        if name != MAIN && age.is_none_or(|age| age > most) {
            gone.insert(name.clone());
            continue;
        }
        kept.extend(to.snapshot_id.exact());
        referenced.extend(to.snapshot_id.exact());
        if to.kind == TAG {
            continue;
        }
        let since = policy.now - to.max_snapshot_age_ms.unwrap_or(policy.max_age);
        let least = to.min_snapshots_to_keep.unwrap_or(policy.least);
        let mut of_branch = 0;
        let mut ended = false;
        for one in ancestors(&to.snapshot_id) {
            referenced.insert(id(one));
            ended |= of_branch >= least && at(one) < since;
            if !ended {
                of_branch += 1;
                kept.insert(id(one));
            }
        }
    }
    for one in &metadata.snapshots {
        if !referenced.contains(&id(one)) && at(one) >= policy.now - policy.max_age {
            kept.insert(id(one));
        }
    }
    let going = metadata.snapshots.iter().map(id);
    (going.filter(|id| !kept.contains(id)).collect(), gone)
}

proptest! {
    #[test]
    fn it_is_what_iceberg_does(
        snapshots in vec((option::of(0i64..14), 0i64..12), 0..14),
        refs in vec((0i64..15, any::<bool>(), option::of(0i64..12), option::of(0i64..12), option::of(0i64..5)), 0..6),
        age in 0i64..12,
        least in 0i64..4,
        ref_age in option::of(0i64..12),
    ) {
        let snapshots: Vec<_> = snapshots
            .iter()
            .enumerate()
            .map(|(id, (parent, days))| snapshot(id as i64, *parent, *days))
            .collect();
        let refs: serde_json::Map<_, _> = refs
            .iter()
            .enumerate()
            .map(|(at, (to, tag, ref_age, age, least))| {
                let name = if at == 0 { MAIN.to_owned() } else { format!("r{at}") };
                let kind = if *tag && at > 0 { "tag" } else { "branch" };
                let ms = |days: &Option<i64>| days.map(|days| days * DAY);
                (name, json!({"snapshot-id": to, "type": kind, "max-ref-age-ms": ms(ref_age),
                    "max-snapshot-age-ms": ms(age), "min-snapshots-to-keep": least}))
            })
            .collect();
        let metadata = table(&snapshots, &Value::Object(refs), &json!({}));
        let policy = Policy { now: NOW, max_age: age * DAY, least, max_ref_age: ref_age.map_or(i64::MAX, |days| days * DAY) };
        let expiry = Expiry::new(&metadata, &policy);
        let (going, gone) = as_iceberg_does(&metadata, &policy);
        prop_assert_eq!(ids(&expiry.going()).into_iter().collect::<HashSet<_>>(), going);
        let refs: HashSet<_> = expiry.refs.iter().map(|(name, _)| (*name).to_owned()).collect();
        prop_assert_eq!(refs, gone);
    }
}
