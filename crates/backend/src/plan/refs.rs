//! Branches and tags of a table.

use iceberg_rest::{
    Id,
    SnapshotsMode::{All, Refs},
    types::{
        Reference, Update,
        metadata::{SnapshotRef, TableMetadata},
    },
};
use model::{
    age::{age_text, read_age},
    error::AppError,
    form::{
        MAX_REF_AGE, MAX_SNAPSHOT_AGE, MIN_SNAPSHOTS, NAME, SNAPSHOT, TYPE,
        operation::{CREATE, DELETE, SAVE},
    },
    format::counted,
    page::TableTab,
    paths::Query,
    refs::{MAIN, held_alone, way},
};

use super::{
    Asked, Plan,
    table::{Commit, Table},
};
use crate::forms::refused;

const BRANCH: &str = "branch";
const TAG: &str = "tag";

/// A branch or a tag of a table, and the table as it is.
struct Target {
    table: Table,
    name: String,
}

impl Target {
    fn metadata(&self) -> &TableMetadata {
        self.table.metadata()
    }

    async fn read(asked: &Asked<'_>) -> Result<Self, AppError> {
        let name = asked.fields.text(NAME.name).trim().to_owned();
        if name.is_empty() {
            return Err(refused("It needs a name.").at(&NAME));
        }
        let table = Table::read(asked, All).await?;
        Ok(Self { table, name })
    }

    /// One that is there.
    fn reference(&self) -> Result<&SnapshotRef, AppError> {
        self.metadata().refs.get(&self.name).ok_or_else(|| {
            let why = format!("The table has no branch or tag “{}” any more.", self.name);
            refused(why).at(&NAME)
        })
    }

    /// A snapshot that is there, as typed; where nothing is, `otherwise`.
    fn snapshot(&self, fields: &Query, otherwise: Option<&Id>) -> Result<i64, AppError> {
        let typed = fields.text(SNAPSHOT.name);
        let id = match (typed.trim(), otherwise) {
            ("", Some(id)) => id.clone(),
            ("", None) => {
                let why = "The table has no current snapshot: type the id of one.";
                return Err(refused(why).at(&SNAPSHOT));
            }
            (typed, _) => Id::from(typed),
        };
        let there = self.metadata().snapshot(&id).and_then(|_| id.exact());
        there.ok_or_else(|| refused(format!("The table has no snapshot {id}.")).at(&SNAPSHOT))
    }

    fn set(self, asked: Asked<'_>, to: Reference, told: Told) -> Result<Plan, AppError> {
        let ref_name = self.name.clone();
        self.plan(asked, Update::SetSnapshotRef { ref_name, to }, told)
    }

    fn plan(self, asked: Asked<'_>, update: Update, told: Told) -> Result<Plan, AppError> {
        let Self { table, name } = self;
        let wanted = match &update {
            Update::SetSnapshotRef { to, .. } => Some(to.clone()),
            _ => None,
        };
        let commit = Commit {
            updates: vec![update],
            says: told.says,
            // What others do to its data stays aside.
            read: format!("{:?}", table.metadata().refs.get(&name)),
            confirm: told.confirm,
            off: told.off,
            holds: Box::new(move |now| {
                let now = now.refs.get(&name);
                let now = now.and_then(|now| Some(Reference::moved(now, now.snapshot_id.exact()?)));
                now == wanted
            }),
            snapshots: Refs,
            to: (asked.place.table_path(TableTab::Refs), told.done),
        };
        table.commit(asked, commit)
    }
}

/// What a page says of it.
struct Told {
    says: Vec<String>,
    confirm: Option<String>,
    off: Option<String>,
    done: &'static str,
}

pub async fn create(asked: Asked<'_>) -> Result<Plan, AppError> {
    let target = Target::read(&asked).await?;
    let kind = match asked.fields.text(TYPE.name).as_str() {
        TAG => TAG,
        _ => BRANCH,
    };
    let current = target.metadata().current_snapshot_id.as_ref();
    let snapshot_id = target.snapshot(asked.fields, current)?;
    let to = retention(asked.fields, &target.name, kind, snapshot_id)?;
    let name = &target.name;
    let there = target.metadata().refs.get(name);
    let off = there.map(|there| format!("There is a {} {name} already.", there.kind));
    let holds = match kind {
        TAG => "It keeps that snapshot from being expired.",
        _ => "Engines can write to it without touching what readers of the table see.",
    };
    let says = match &off {
        Some(_) => vec!["Nothing: it cannot be created.".to_owned()],
        None => vec![
            format!("There will be a {kind} “{name}” at snapshot {snapshot_id}."),
            holds.to_owned(),
        ],
    };
    let told = Told {
        says: says.into_iter().chain(kept(&to)).collect(),
        confirm: None,
        off,
        done: CREATE,
    };
    target.set(asked, to, told)
}

/// Where it points, and for how long it is kept.
pub async fn edit(asked: Asked<'_>) -> Result<Plan, AppError> {
    let target = Target::read(&asked).await?;
    let (name, now) = (&target.name, target.reference()?);
    let snapshot_id = target.snapshot(asked.fields, Some(&now.snapshot_id))?;
    let to = retention(asked.fields, name, &now.kind, snapshot_id)?;
    let moved = now.snapshot_id.exact() != Some(snapshot_id);
    let same = Reference::moved(now, snapshot_id) == to && !moved;
    let kind = &now.kind;
    let mut says = Vec::new();
    if moved {
        says.push(format!(
            "The {kind} {name} will point at snapshot {snapshot_id}; now it points at {}.",
            now.snapshot_id
        ));
        says.push(way(
            target.metadata(),
            &now.snapshot_id,
            &snapshot_id.into(),
        ));
        if name == MAIN {
            says.push("It is what everybody reads who names no branch.".to_owned());
        }
        if kind == TAG {
            says.push("Whoever reads this tag gets another state under the same name.".to_owned());
        }
    }
    let told = Told {
        says: says.into_iter().chain(kept(&to)).collect(),
        // Back is what nobody should do by accident.
        confirm: (moved && name == MAIN).then(|| name.clone()),
        off: same.then(|| "Nothing would be different.".to_owned()),
        done: SAVE,
    };
    target.set(asked, to, told)
}

pub async fn remove(asked: Asked<'_>) -> Result<Plan, AppError> {
    let target = Target::read(&asked).await?;
    let (name, now) = (target.name.clone(), target.reference()?);
    let alone = held_alone(target.metadata(), &name);
    let rest = match alone {
        0 => "Another branch or tag leads to each of its snapshots: none is lost.".to_owned(),
        _ => format!(
            "Nothing else leads to {}: the next expiry drops them, with the files that only they need.",
            counted(alone, "snapshot")
        ),
    };
    let told = Told {
        says: vec![
            format!(
                "The {} {name} goes. It points at snapshot {}.",
                now.kind, now.snapshot_id
            ),
            rest,
        ],
        off: (name == MAIN).then(|| "The branch main stays: it is what the table is.".to_owned()),
        confirm: Some(name.clone()),
        done: DELETE,
    };
    target.plan(asked, Update::RemoveSnapshotRef { ref_name: name }, told)
}

/// As typed. What a tag cannot have, and what `main` cannot, is refused.
fn retention(
    fields: &Query,
    name: &str,
    kind: &str,
    snapshot_id: i64,
) -> Result<Reference, AppError> {
    let age = |field: &model::form::Field| {
        read_age(&fields.text(field.name)).map_err(|why| refused(why).at(field))
    };
    let (max_ref_age_ms, max_snapshot_age_ms) = (age(&MAX_REF_AGE)?, age(&MAX_SNAPSHOT_AGE)?);
    let least = fields.text(MIN_SNAPSHOTS.name);
    let least = match least.trim() {
        "" => None,
        typed => {
            let number = typed.parse::<i32>().ok().filter(|number| *number > 0);
            let why = || format!("“{typed}” is no number of snapshots.");
            let number = number.ok_or_else(|| refused(why()).at(&MIN_SNAPSHOTS))?;
            Some(i64::from(number))
        }
    };
    if name == MAIN && (kind == TAG || max_ref_age_ms.is_some()) {
        let (field, why) = match kind {
            TAG => (&TYPE, "main is a branch, and cannot be a tag."),
            _ => (
                &MAX_REF_AGE,
                "The branch main never expires: leave this empty.",
            ),
        };
        return Err(refused(why).at(field));
    }
    if kind == TAG && (max_snapshot_age_ms.is_some() || least.is_some()) {
        let field = match max_snapshot_age_ms {
            Some(_) => &MAX_SNAPSHOT_AGE,
            None => &MIN_SNAPSHOTS,
        };
        return Err(refused("A tag holds one snapshot: leave this empty.").at(field));
    }
    Ok(Reference {
        snapshot_id,
        kind: kind.to_owned(),
        max_ref_age_ms,
        max_snapshot_age_ms,
        min_snapshots_to_keep: least,
    })
}

/// For how long it is kept, and what is on it.
fn kept(to: &Reference) -> Option<String> {
    let parts = [
        to.max_ref_age_ms
            .map(|ms| format!("it goes itself {} after its snapshot", age_text(ms))),
        to.max_snapshot_age_ms
            .map(|ms| format!("its snapshots are kept for {}", age_text(ms))),
        to.min_snapshots_to_keep
            .map(|least| format!("at least {least} of them are kept")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("When snapshots expire: {}.", parts.join(", ")))
}
