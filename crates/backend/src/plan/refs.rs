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
        MAX_REF_AGE, MAX_SNAPSHOT_AGE, MIN_SNAPSHOTS, NAME, NEW_NAME, SNAPSHOT, TYPE,
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

    /// A snapshot that is there, as typed or by what points at it; where nothing is, `otherwise`.
    fn snapshot(&self, fields: &Query, otherwise: Option<&Id>) -> Result<i64, AppError> {
        let typed = fields.text(SNAPSHOT.name);
        let id = match (typed.trim(), otherwise) {
            ("", Some(id)) => id.clone(),
            ("", None) => {
                let why = "The table has no current snapshot: type the id of one.";
                return Err(refused(why).at(&SNAPSHOT));
            }
            (typed, _) => match self.metadata().refs.get(typed) {
                Some(other) => other.snapshot_id.clone(),
                None => Id::from(typed),
            },
        };
        let there = self.metadata().snapshot(&id).and_then(|_| id.exact());
        there.ok_or_else(|| {
            let why = format!("The table has no snapshot, branch or tag {id}.");
            refused(why).at(&SNAPSHOT)
        })
    }

    /// Its name from now on: the old one goes in the same commit.
    fn renamed(&self, fields: &Query) -> Result<Option<String>, AppError> {
        let to = fields.text(NEW_NAME.name).trim().to_owned();
        if to.is_empty() || to == self.name {
            return Ok(None);
        }
        if self.name == MAIN {
            let why = "The branch main keeps its name: it is what the table is.";
            return Err(refused(why).at(&NEW_NAME));
        }
        match self.metadata().refs.get(&to) {
            Some(there) => {
                let why = format!("There is a {} {to} already.", there.kind);
                Err(refused(why).at(&NEW_NAME))
            }
            None => Ok(Some(to)),
        }
    }

    /// `to` is how it is then, under which name; `None`: it goes.
    fn plan(
        self,
        asked: Asked<'_>,
        to: Option<(String, Reference)>,
        told: Told,
    ) -> Result<Plan, AppError> {
        let Self { table, name } = self;
        let set = to
            .clone()
            .map(|(ref_name, to)| Update::SetSnapshotRef { ref_name, to });
        let stays = to.as_ref().is_some_and(|(ref_name, _)| *ref_name == name);
        let goes = (!stays).then(|| Update::RemoveSnapshotRef {
            ref_name: name.clone(),
        });
        let commit = Commit {
            updates: set.into_iter().chain(goes).collect(),
            says: told.says,
            // What others do to its data stays aside.
            read: format!("{:?}", table.metadata().refs.get(&name)),
            confirm: told.confirm,
            off: told.off,
            holds: Box::new(move |now| {
                let is = |name: &str| {
                    let now = now.refs.get(name)?;
                    Some(Reference::moved(now, now.snapshot_id.exact()?))
                };
                let gone = stays || is(&name).is_none();
                gone && to
                    .as_ref()
                    .is_none_or(|(name, to)| is(name).as_ref() == Some(to))
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
    let name = target.name.clone();
    target.plan(asked, Some((name, to)), told)
}

/// What it is called, where it points, and for how long it is kept.
pub async fn edit(asked: Asked<'_>) -> Result<Plan, AppError> {
    let target = Target::read(&asked).await?;
    let (name, now) = (&target.name, target.reference()?);
    let snapshot_id = target.snapshot(asked.fields, Some(&now.snapshot_id))?;
    let to = retention(asked.fields, name, &now.kind, snapshot_id)?;
    let moved = now.snapshot_id.exact() != Some(snapshot_id);
    let renamed = target.renamed(asked.fields)?;
    let before = Reference::moved(now, snapshot_id);
    let same = before == to && !moved && renamed.is_none();
    let kind = &now.kind;
    let mut says = Vec::new();
    if let Some(to) = &renamed {
        says.push(format!("The {kind} {name} will be called {to}. Whoever reads or writes it as {name} finds nothing there."));
    }
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
        says: says.into_iter().chain(kept_now(&before, &to)).collect(),
        // Back is what nobody should do by accident.
        confirm: (moved && name == MAIN).then(|| name.clone()),
        off: same.then(|| "Nothing would be different.".to_owned()),
        done: SAVE,
    };
    let called = renamed.unwrap_or_else(|| target.name.clone());
    target.plan(asked, Some((called, to)), told)
}

pub async fn remove(asked: Asked<'_>) -> Result<Plan, AppError> {
    let target = Target::read(&asked).await?;
    let (name, now) = (&target.name, target.reference()?);
    let alone = held_alone(target.metadata(), name);
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
    target.plan(asked, None, told)
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
    let said = retained(to);
    said.map(|said| format!("When snapshots expire: {said}."))
}

/// The same of one that is there, and how that is now where it will be another: others may have changed it.
fn kept_now(now: &Reference, to: &Reference) -> Vec<String> {
    if now == to {
        return kept(to).into_iter().collect();
    }
    let said = |of| retained(of).unwrap_or_else(|| "as the table’s properties have it".to_owned());
    vec![
        format!("When snapshots expire: {}.", said(to)),
        format!("Now: {}.", said(now)),
    ]
}

fn retained(to: &Reference) -> Option<String> {
    let parts = [
        to.max_ref_age_ms
            .map(|ms| format!("it goes itself {} after its snapshot", age_text(ms))),
        to.max_snapshot_age_ms
            .map(|ms| format!("its snapshots are kept for {}", age_text(ms))),
        to.min_snapshots_to_keep
            .map(|least| format!("at least {least} of them are kept")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
