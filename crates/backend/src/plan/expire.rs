//! Snapshots of a table that expire.

use std::collections::{BTreeMap, HashSet};

use iceberg_rest::{
    Id,
    SnapshotsMode::All,
    types::{
        Update,
        metadata::{Snapshot, TableMetadata},
    },
};
use model::{
    Read,
    age::read_age,
    error::AppError,
    form::{AS_OF, CHOSEN, EXPIRE_BY, OLDER_THAN, RETAIN_LAST, expiry, operation::EXPIRE},
    format::{Moment, count},
    page::TableTab,
    paths::{Place, Query},
    snapshots::expire::{Expiry, ExpiryPage, Policy, told},
};

use super::{
    Asked, Plan, now_ms,
    table::{Commit, Table},
    vendor,
};
use crate::{Session, blocking::blocking, forms::refused, reading::table};

/// Snapshots that one commit removes: it is shown whole before it is sent, in a page.
const MOST: usize = 10_000;

/// What is typed of an age and a number.
type Typed = (Option<i64>, Option<i64>);

/// What expires by what a form says of [`EXPIRE_BY`], [`OLDER_THAN`], [`RETAIN_LAST`] and [`AS_OF`]: where that cannot be read, by the table's own policy.
pub async fn load_expiry(
    session: &Session,
    place: Place,
    typed: [String; 4],
) -> Result<Read<ExpiryPage>, AppError> {
    let names = [&EXPIRE_BY, &OLDER_THAN, &RETAIN_LAST, &AS_OF].map(|field| field.name);
    let fields = names.into_iter().zip(&typed);
    let fields = fields.fold(Query::default(), |all, (name, value)| all.and(name, value));
    table(session, &place, All, true, move |table, _| {
        let typed = is_typed(&fields).then(|| read_typed(&fields).ok());
        ExpiryPage::new(&table.metadata, as_of(&fields), typed.flatten())
    })
    .await
}

pub async fn expire(asked: Asked<'_>) -> Result<Plan, AppError> {
    let table = Table::read(&asked, All).await?;
    let (of, fields) = (table.result(), asked.fields.clone());
    let going = blocking(move || going(&of.metadata, &fields)).await?;
    let Going {
        ids,
        refs,
        mut says,
        mut off,
    } = going?;
    if off.is_none() && ids.is_empty() && refs.is_empty() {
        off = Some("Nothing would be different: nothing of the table expires.".to_owned());
    }
    says.extend(vendor::maintains(asked.client.dialect()).map(str::to_owned));
    let removed: HashSet<Id> = ids.iter().map(|id| Id::from(*id)).collect();
    let gone = refs.clone();
    let snapshots = (!ids.is_empty()).then_some(Update::RemoveSnapshots { snapshot_ids: ids });
    let refs = refs.into_iter();
    let refs = refs.map(|ref_name| Update::RemoveSnapshotRef { ref_name });
    let commit = Commit {
        updates: refs.chain(snapshots).collect(),
        says,
        read: String::new(),
        confirm: asked.place.object.clone(),
        off,
        holds: Box::new(move |now| {
            let mut all = now.snapshots.iter();
            let there = all.any(|one| removed.contains(&one.snapshot_id));
            !there && gone.iter().all(|name| !now.refs.contains_key(name))
        }),
        snapshots: All,
        to: (asked.place.table_path(TableTab::Snapshots), EXPIRE),
    };
    table.commit(asked, commit)
}

/// What goes, and what is said of it.
#[derive(Default)]
struct Going {
    ids: Vec<i64>,
    refs: Vec<String>,
    says: Vec<String>,
    off: Option<String>,
}

fn going(metadata: &TableMetadata, fields: &Query) -> Result<Going, AppError> {
    let now = as_of(fields);
    let policy = match Policy::of(metadata, now) {
        Ok(policy) => policy,
        Err(why) => {
            return Ok(Going {
                says: vec!["Nothing: it cannot be done.".to_owned()],
                off: Some(why),
                ..Going::default()
            });
        }
    };
    if !fields.text(CHOSEN.name).trim().is_empty() && !is_chosen(fields) {
        return Err(refused("Choose above that these go, or leave this empty.").at(&CHOSEN));
    }
    let typed = read_typed(fields)?;
    if is_chosen(fields) {
        let chosen = chosen(metadata, &fields.text(CHOSEN.name))?;
        return Ok(Going {
            ids: ids(&chosen),
            says: told(metadata, &chosen),
            ..Going::default()
        });
    }
    let policy = match is_typed(fields) {
        true => policy.typed(typed.0, typed.1),
        false => policy,
    };
    let expiry = Expiry::new(metadata, &policy);
    let mut snapshots = expiry.going();
    let all = snapshots.len();
    // The oldest first, so that what stays of a branch is in one piece.
    snapshots.truncate(MOST);
    let first = (all > MOST).then(|| {
        format!(
            "{} expire. One commit takes {}: these are the oldest, and the others go with the next ones.",
            count(all),
            count(MOST)
        )
    });
    let by = format!("As of {}: {}", Moment::from_ms(now).utc, policy.says());
    let says = [by].into_iter().chain(first);
    let says = says.chain(told(metadata, &snapshots));
    let says = says.chain(expiry.refs_told());
    Ok(Going {
        ids: ids(&snapshots),
        refs: expiry
            .refs
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        says: says.collect(),
        off: None,
    })
}

fn ids(snapshots: &[&Snapshot]) -> Vec<i64> {
    let ids = snapshots.iter();
    ids.filter_map(|one| one.snapshot_id.exact()).collect()
}

fn is_typed(fields: &Query) -> bool {
    fields.text(EXPIRE_BY.name) == expiry::TYPED
}

fn is_chosen(fields: &Query) -> bool {
    fields.text(EXPIRE_BY.name) == expiry::CHOSEN
}

/// The moment that ages are counted back from: when the form was opened, so that what is confirmed is what was
/// shown. Never one that is still to come.
fn as_of(fields: &Query) -> i64 {
    let now = now_ms();
    let opened = fields.text(AS_OF.name).parse().ok();
    opened.filter(|at| *at <= now).unwrap_or(now)
}

/// An age and a number, where those are chosen. What is typed there otherwise would go unseen.
fn read_typed(fields: &Query) -> Result<Typed, AppError> {
    let age = fields.text(OLDER_THAN.name);
    let least = fields.text(RETAIN_LAST.name);
    let typed = [(&OLDER_THAN, age.trim()), (&RETAIN_LAST, least.trim())];
    if !is_typed(fields) {
        return match typed.into_iter().find(|(_, typed)| !typed.is_empty()) {
            Some((field, _)) => {
                let why = "Choose above that this holds, or leave it empty.";
                Err(refused(why).at(field))
            }
            None => Ok((None, None)),
        };
    }
    if typed.iter().all(|(_, typed)| typed.is_empty()) {
        return Err(refused("Type an age, a number, or both.").at(&OLDER_THAN));
    }
    let age = read_age(&age).map_err(|why| refused(why).at(&OLDER_THAN))?;
    let least = match least.trim() {
        "" => None,
        typed => {
            let number = typed.parse::<i32>().ok().filter(|number| *number > 0);
            let why = || format!("“{typed}” is no number of snapshots: one at least.");
            let number = number.ok_or_else(|| refused(why()).at(&RETAIN_LAST))?;
            Some(i64::from(number))
        }
    };
    Ok((age, least))
}

/// Those whose ids were typed, oldest first. What a branch or tag points at is refused, as Iceberg does.
fn chosen<'a>(metadata: &'a TableMetadata, typed: &str) -> Result<Vec<&'a Snapshot>, AppError> {
    let wrong = |line: usize, why: String| refused(format!("Line {}: {why}", line + 1)).at(&CHOSEN);
    let there = metadata.snapshots.iter();
    let there: HashSet<&Id> = there.map(|one| &one.snapshot_id).collect();
    let mut pointing: BTreeMap<&Id, &str> = BTreeMap::new();
    for (name, to) in &metadata.refs {
        pointing.entry(&to.snapshot_id).or_insert(name);
    }
    let mut chosen = HashSet::new();
    for (line, text) in typed.lines().enumerate() {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let id = Id::from(text);
        if id.exact().is_none() {
            return Err(wrong(line, format!("“{text}” is no id of a snapshot.")));
        }
        if !there.contains(&id) {
            return Err(wrong(line, format!("the table has no snapshot {id}.")));
        }
        if let Some(name) = pointing.get(&id) {
            return Err(wrong(
                line,
                format!("“{name}” points at snapshot {id}, and keeps it."),
            ));
        }
        chosen.insert(id);
    }
    if chosen.is_empty() {
        return Err(refused("Type the id of one at least.").at(&CHOSEN));
    }
    if chosen.len() > MOST {
        let why = format!(
            "These are {}: one commit takes {}.",
            count(chosen.len()),
            count(MOST)
        );
        return Err(refused(why).at(&CHOSEN));
    }
    let all = metadata.snapshots.iter();
    Ok(all
        .filter(|one| chosen.contains(&one.snapshot_id))
        .collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    /// So many, a second apart, of which `main` is the newest.
    fn table(count: i64) -> TableMetadata {
        let one = |id: i64| {
            json!({"snapshot-id": id, "parent-snapshot-id": id - 1, "sequence-number": id,
                "timestamp-ms": NOW - (count - id) * 1_000})
        };
        let snapshots: Vec<_> = (1..=count).map(one).collect();
        serde_json::from_value(json!({"snapshots": snapshots,
            "refs": {"main": {"snapshot-id": count, "type": "branch"}}}))
        .unwrap()
    }

    fn going_by(metadata: &TableMetadata, form: &str) -> Going {
        let form = format!("{form}&as_of={NOW}");
        going(metadata, &Query::parse(&form)).unwrap()
    }

    #[test]
    fn one_commit_takes_so_many_the_oldest_first() {
        let metadata = table(MOST as i64 + 8);
        let all = going_by(&metadata, "expire_by=typed&older_than=1+s&retain_last=3");
        assert_eq!(all.ids.len(), MOST);
        assert_eq!((all.ids[0], all.ids[MOST - 1]), (1, MOST as i64));
        let says = all.says.join(" ");
        assert!(says.contains("One commit takes 10\u{202f}000"), "{says}");
        assert!(
            says.contains("10\u{202f}000 of 10\u{202f}008 snapshots go."),
            "{says}"
        );

        let some = going_by(&metadata, "expire_by=typed&retain_last=9");
        assert!(some.ids.is_empty(), "they are young");
        let lines: Vec<_> = (1..=MOST + 1).map(|id| id.to_string()).collect();
        let lines = lines.join("%0A");
        let form = format!("expire_by=chosen&snapshots={lines}");
        let error = going(&metadata, &Query::parse(&form)).err().unwrap();
        assert!(
            error.message.contains("one commit takes"),
            "{}",
            error.message
        );
        assert_eq!(error.field.as_deref(), Some(CHOSEN.name));
    }

    #[test]
    fn ages_are_never_counted_from_what_is_to_come() {
        let metadata = table(3);
        let late = Query::parse(&format!("as_of={}", i64::MAX));
        assert!(as_of(&late) > NOW && as_of(&late) < NOW * 10);
        let none = going_by(&metadata, "").ids;
        assert!(none.is_empty(), "the newest is of this moment");
        let odd = going(&metadata, &Query::parse("as_of=-9223372036854775808"));
        assert!(odd.unwrap().ids.is_empty());
    }
}
