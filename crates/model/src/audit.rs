//! The record of what people did, as it is kept and as it is shown.

use serde::{Deserialize, Serialize};

use crate::{
    format::{Moment, bounded},
    paths::{AUDIT, Query},
};

/// What a row of the record says besides the columns that are looked for. Holds no secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The person's name, as it was then.
    pub name: String,
    /// Whose word it is that it was them, and as whom that knows them.
    pub issuer: String,
    /// See above.
    pub subject: String,
    /// Their role then.
    pub role: String,
    /// How they came in.
    pub way: String,
    /// Handle of their session or token.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub session: String,
    /// Where the request came from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Id of the request, as the log has it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub request: String,
    /// Whom the catalog took it for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub identity: String,
    /// The call's name in the vendor's API.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub operation: String,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What became different, in sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub says: Vec<String>,
    /// What became different key by key, without secrets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Changed>,
}

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Changed {
    /// Its name.
    pub key: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// A row as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Its place in the chain; a number of 64 bits.
    pub seq: String,
    /// When it was written.
    pub at: Moment,
    /// `sensitive_update`.
    pub event: String,
    /// Id of the person.
    pub person: String,
    /// Name of the connection; empty where none.
    pub connection: String,
    /// What it was done on.
    pub object: String,
    /// What came of it; [`NO_OUTCOME`] where none is on record.
    pub outcome: String,
    /// All else.
    pub record: Record,
}

/// What stands in the place of an outcome that nobody wrote down: Crowsnest ended, or the change is under way.
pub const NO_OUTCOME: &str = "intended";

/// What an event is to people; its own name, which files have as well, where it is another program's.
pub fn event_text(event: &str) -> &str {
    match event {
        "authn_login_success" => "Signed in",
        "authn_login_fail" => "Sign-in or password refused",
        "authn_password_change" => "Changed a password",
        "authn_token_created" => "Made a token",
        "authn_token_revoked" => "Revoked a token",
        "authz_fail" => "Not allowed",
        "connection_added" => "Added a connection",
        "connection_changed" => "Changed a connection",
        "connection_moved" => "Moved a connection",
        "connection_removed" => "Removed a connection",
        "excess_rate_limit_exceeded" => "Tried too often",
        "privilege_permissions_changed" => "Changed roles",
        "session_logout" => "Ended a session",
        "user_created" => "Added a person",
        "user_disabled" => "Disabled a person",
        "user_enabled" => "Enabled a person",
        other => other,
    }
}

/// A page of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The newest first.
    pub rows: Vec<AuditRow>,
    /// The address of those before them, where there are more.
    pub more: Option<String>,
    /// The whole record, or only what the person did themselves.
    pub whole: bool,
    /// What is to be known of it besides; sentences.
    pub note: String,
    /// Names that can be chosen from: of connections.
    pub connections: Vec<String>,
}

/// Rows of a page.
pub const ROWS: usize = 100;

/// What is looked for, as the address has it; what is empty asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AuditAsk {
    /// Id of a person.
    pub person: String,
    /// Name of a connection.
    pub connection: String,
    /// A part of an object's name.
    pub object: String,
    /// A part of an event's name.
    pub event: String,
    /// `done`, `refused`, …
    pub outcome: String,
    /// A day, `2026-11-30`: from its beginning on.
    pub from: String,
    /// A day: until its end.
    pub until: String,
    /// Rows before this one.
    pub before: String,
}

impl AuditAsk {
    /// As an address asks.
    pub fn read(query: &Query) -> Self {
        let text = |key: &str| bounded(query.text(key).trim());
        Self {
            person: text("person"),
            connection: text("connection"),
            object: text("object"),
            event: text("event"),
            outcome: text("outcome"),
            from: text("from"),
            until: text("until"),
            before: text("before"),
        }
    }

    /// As it stands in an address.
    pub fn query(&self) -> Query {
        let pairs = [
            ("person", &self.person),
            ("connection", &self.connection),
            ("object", &self.object),
            ("event", &self.event),
            ("outcome", &self.outcome),
            ("from", &self.from),
            ("until", &self.until),
            ("before", &self.before),
        ];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        said.fold(Query::default(), |query, (key, value)| {
            query.and(key, value)
        })
    }

    /// The page that shows it.
    pub fn path(&self) -> String {
        format!("{AUDIT}{}", self.query())
    }

    /// The record of one object of a connection.
    pub fn of_object(connection: &str, object: &str) -> Self {
        Self {
            connection: connection.to_owned(),
            object: object.to_owned(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stands_in_the_address() {
        let ask = AuditAsk {
            object: "table a.b&c".into(),
            outcome: "refused".into(),
            ..AuditAsk::default()
        };
        let path = ask.path();
        let (_, query) = path.split_once('?').unwrap();
        assert_eq!(AuditAsk::read(&Query::parse(query)), ask);
        assert_eq!(AuditAsk::default().path(), AUDIT);
    }
}
