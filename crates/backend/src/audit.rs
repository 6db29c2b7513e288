//! The record of what people did: what is written of each change.

pub mod export;
mod page;

use model::{
    audit::{Changed, Record},
    change::Object,
    error::{AppError, Kind},
    format::bounded,
    person::Role,
    shown::{Reveal, Shown},
};
use store::{Store, audit::Entry, now};

use crate::{
    Catalog, Who,
    cache::About,
    change::{Change, record::Outcome, touched},
};

pub use page::load_audit;

/// A change that is on record and has no outcome there yet; `None` where nothing is recorded.
pub(crate) struct Intended(Option<String>);

impl Catalog {
    /// Records that a change is about to be made. Where that cannot be written, it must not be.
    pub(crate) async fn intend(&self, change: &Change) -> Result<Intended, AppError> {
        let Some(store) = &self.records else {
            return Ok(Intended(None));
        };
        let written = store.intend(&self.entry(change, None), now()).await;
        let id = written.map_err(|error| {
            let why = format!("Changes are paused, for they cannot be recorded: {error}.");
            AppError::new(Kind::Store, why)
                .hint("Nothing was sent to the catalog. Reading goes on.")
        })?;
        Ok(Intended(Some(id)))
    }

    /// Records what came of it. It has happened by now: where that cannot be written, the log says so.
    pub(crate) async fn conclude(&self, intended: Intended, change: &Change, outcome: Outcome) {
        let (Some(store), Some(id)) = (&self.records, intended.0) else {
            return;
        };
        let entry = self.entry(change, Some(outcome));
        if let Err(error) = store.conclude(&id, &entry, now()).await {
            tracing::error!(%error, change = id, outcome = entry.outcome, "the outcome of a change is not on record");
        }
    }

    /// Records what somebody may not.
    pub(super) async fn forbidden(&self, change: &Change, why: &str) {
        let Some(store) = &self.records else { return };
        let mut entry = self.entry(change, Some(Outcome::Refused(Kind::Forbidden)));
        entry.event = "authz_fail".into();
        let mut record = self.said_of(change);
        record.why = Some(why.to_owned());
        entry.record = json(&record);
        if let Err(error) = store.note(&entry, now()).await {
            tracing::error!(%error, "a refusal is not on record");
        }
    }

    fn entry(&self, change: &Change, outcome: Option<Outcome>) -> Entry {
        let mut record = self.said_of(change);
        record.why = outcome.and_then(Outcome::why);
        Entry {
            event: event(change).into(),
            person: self.by.said().id.clone(),
            connection: self.spec.name.clone(),
            object: change.object.parts().text(),
            outcome: outcome.map(Outcome::word).unwrap_or_default().into(),
            record: json(&record),
        }
    }

    fn said_of(&self, change: &Change) -> Record {
        Record {
            identity: self.acts_as().into_owned(),
            operation: change.operation.to_owned(),
            says: change.says.clone(),
            changed: change.changed.clone(),
            ..said_of(&self.by)
        }
    }
}

/// Records something that somebody did to Crowsnest itself. It has happened: where that cannot be written, the log
/// says so.
pub async fn note(
    store: &Store,
    who: &Who,
    event: &str,
    object: &str,
    outcome: &str,
    says: Vec<String>,
) {
    let record = Record {
        says,
        ..said_of(who)
    };
    written(store, who, own(who, event, object, outcome, &record)).await;
}

/// Records that somebody may not do something in Crowsnest itself, and why.
pub(crate) async fn may_not(store: &Store, who: &Who, object: &str, why: &str) {
    let record = Record {
        why: Some(why.to_owned()),
        ..said_of(who)
    };
    written(
        store,
        who,
        own(who, "authz_fail", object, "refused", &record),
    )
    .await;
}

async fn written(store: &Store, who: &Who, entry: Entry) {
    let Entry {
        event,
        object,
        outcome,
        ..
    } = &entry;
    tracing::info!(target: "audit", event, object, outcome, person = who.said().id, address = who.said().address, "audit");
    if let Err(error) = store.note(&entry, now()).await {
        tracing::error!(%error, event, "an event is not on record");
    }
}

/// Does something to Crowsnest itself, once it is on record that it is about to be done, and records what came of it.
/// Fails as the store does, also where the record cannot be written: then nothing is done.
pub async fn doing<T>(
    store: &Store,
    who: &Who,
    event: &str,
    object: &str,
    says: &str,
    change: impl Future<Output = Result<T, store::Error>>,
) -> Result<T, store::Error> {
    let says = Some(says).filter(|says| !says.is_empty());
    let record = Record {
        says: says.into_iter().map(str::to_owned).collect(),
        ..said_of(who)
    };
    let mut entry = own(who, event, object, "", &record);
    let intended = store.intend(&entry, now()).await?;
    let done = change.await;
    entry.outcome = if done.is_ok() { "done" } else { "refused" }.into();
    tracing::info!(target: "audit", event, object, outcome = entry.outcome, person = who.said().id, address = who.said().address, "audit");
    if let Err(error) = store.conclude(&intended, &entry, now()).await {
        tracing::error!(%error, event, "the outcome of an event is not on record");
    }
    done
}

/// Of Crowsnest itself, on no connection.
fn own(who: &Who, event: &str, object: &str, outcome: &str, record: &Record) -> Entry {
    Entry {
        event: event.into(),
        person: who.said().id.clone(),
        connection: String::new(),
        object: object.into(),
        outcome: outcome.into(),
        record: json(record),
    }
}

fn said_of(who: &Who) -> Record {
    let said = who.said();
    Record {
        name: said.name.clone(),
        issuer: said.issuer.clone(),
        subject: said.subject.clone(),
        role: said.role.map(Role::word).unwrap_or_default().into(),
        way: said.way.map(|way| way.word()).unwrap_or_default().into(),
        session: said.session.clone(),
        address: said.address.clone(),
        request: said.request.clone(),
        ..Record::default()
    }
}

fn json(record: &Record) -> String {
    // It holds texts alone.
    serde_json::to_string(record).unwrap_or_default()
}

/// By OWASP's logging vocabulary.
fn event(change: &Change) -> &'static str {
    if let Object::Given { .. } | Object::Granted { .. } = change.object {
        return "privilege_permissions_changed";
    }
    let begins = |word: &&str| change.operation.starts_with(*word);
    if ["create", "register", "onboard"].iter().any(begins) {
        "sensitive_create"
    } else if ["drop", "delete", "offboard"].iter().any(begins) {
        "sensitive_delete"
    } else if touched(&change.object).contains(&About::Access) && begins(&"reset") {
        "authn_password_change"
    } else {
        "sensitive_update"
    }
}

/// A property's value before and after, as a record keeps it: whatever the page showed, only what is known to be
/// harmless.
pub(crate) fn changed(key: &str, before: Option<&str>, after: Option<&str>) -> Changed {
    let side = |value: Option<&str>| {
        value.map(|value| bounded(Shown::new(key, value, &Reveal::default()).text()))
    };
    Changed {
        key: bounded(key),
        before: side(before),
        after: side(after),
    }
}
