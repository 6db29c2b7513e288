//! The fields of forms that change something. What a page shows to type into, what the server reads and
//! what comes back after an error are made from one declaration of each.

pub use crate::field::{Field, Input};
use crate::polaris::catalogs::{AUTHENTICATION, CONNECTION, STORAGE};

/// Declares fields, each a constant of its own and one of [`DECLARED`].
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $field:expr;)*) => {
        $($(#[$doc])* pub const $name: Field = $field;)*
        const DECLARED: &[Field] = &[$($name),*];
    };
}

fields! {
    /// Which of a page's forms was sent; the one that edits what the page shows says nothing.
    OPERATION = Field::text("operation", "Operation", "");
    /// Of somebody who signs in.
    USER = Field::text("user", "Name", "").required();
    /// Of somebody who signs in.
    PASSWORD = Field::secret("password", "Password", "");
    /// Of somebody who is added, or whose password is changed.
    NEW_PASSWORD = Field::secret("new_password", "New password", "At least 15 characters. A few words that nobody would put together are easy to keep in mind.");
    /// What somebody may in Crowsnest.
    PERSON_ROLE = Field::text("person_role", "Role", "");
    /// Somebody, by our id.
    PERSON = Field::text("person", "Person", "");
    /// A session or a token, by what names it.
    HANDLE = Field::text("handle", "Handle", "");
    /// That a catalog takes.
    TOKEN = Field::secret("access_token", "Token", "Sent to the catalog as it is.");
    /// Of somebody on a catalog.
    OWN_CLIENT_ID = Field::text("client_id", "Client id", "");
    /// Of somebody on a catalog.
    OWN_CLIENT_SECRET = Field::secret("client_secret", "Client secret", "");
    /// How long a token lasts.
    DAYS = Field::text("days", "Ends after, in days", "1 to 365.");
    /// What a confirmation is about.
    NAMES = Field::text("names", "Names", "");
    /// What something new is called.
    NAME = Field::text("name", "Name", "").required();
    /// What something is to be called.
    NEW_NAME = Field::text("new_name", "Name", "");
    /// What has to be typed before something goes.
    CONFIRM = Field::text("confirm", "Confirm", "");
    /// To be granted or revoked.
    PRIVILEGE = Field::check("privilege", "Privilege", "");
    /// Who is put into a role or taken out.
    PRINCIPAL = Field::text("principal", "Principal", "");
    /// The principal role that a principal is put into or taken out of.
    ROLE = Field::text("role", "Principal role", "");
    /// What holds a catalog role.
    PRINCIPAL_ROLE = Field::text("principal_role", "Principal role", "");
    /// Whose role it is.
    CATALOG = Field::text("catalog", "Catalog", "");
    /// What a principal role holds.
    CATALOG_ROLE = Field::text("catalog_role", "Catalog role", "").required();
    /// Where a policy is attached.
    LEVELS = Field::new("levels", "Namespace, one level a line", Input::Lines, "Empty: the whole catalog.");
    /// What a policy is attached to.
    TARGET = Field::text("target", "Table", "Empty: the namespace itself. Polaris attaches policies to Iceberg tables, not to views or generic tables.");
    /// A policy goes from everywhere before it is dropped.
    DETACH_ALL = Field::check("detach_all", "", "Detach it everywhere");
    /// Of a property.
    KEY = Field::text("key", "Key", "");
    /// Of the property whose key stands before it.
    VALUE = Field::text("value", "Value", "");
    /// A key whose value the page masked, and that stays.
    KEPT = Field::check("kept", "Keep", "");
    /// A key whose value stays as somebody else saved it meanwhile.
    THEIRS = Field::check("theirs", "Take theirs", "");
    /// A key that the form was filled in from.
    SEEN_KEY = Field::text("seen_key", "Key as read", "");
    /// The value of the key that stands before it, as it was read.
    SEEN_VALUE = Field::text("seen_value", "Value as read", "");
    /// A key that the form was filled in from, whose value the page masked.
    SEEN_MASKED = Field::text("seen_masked", "Masked key as read", "");
    /// What is done with several tables.
    DO = Field::text("do", "What is done with them", "");
    /// One of several that are chosen.
    TABLE = Field::check("table", "Tables", "");
    /// More of them.
    OTHERS = Field::new("others", "Others, one name a line", Input::Lines, "Those that do not stand above.");
    /// Of several tables that get a property.
    TOGETHER = Field::check("together", "", "In one commit: all of them or none");
    /// Of tables that are registered.
    FILES = Field::new("files", "Names and metadata files", Input::Lines, "One table a line: orders, s3://bucket/path/orders/metadata/00003-….metadata.json.");
    /// Whose SQL the text behind it is.
    SQL_DIALECT = Field::text("dialect", "SQL dialect", "spark, trino, …");
    /// A text of a view, in the dialect before it.
    SQL = Field::new("sql", "SQL", Input::Lines, "");
    /// Which of a view's versions.
    VERSION = Field::text("version", "Version", "");
    /// When what is confirmed was shown: Unix time, ms.
    AT = Field::text("at", "At", "");
    /// Of a table or a view.
    COLUMNS = Field::new("columns", "Columns", Input::Lines, "One a line, as SQL writes them: id bigint not null, at timestamptz. Or the JSON of a schema.").required();
    /// Of a new table.
    PARTITIONS = Field::new("partitions", "Partition fields", Input::Lines, "One a line: day(at), bucket(16, id) as b, truncate(8, name), or a column. Empty: not partitioned.");
    /// Of a new table.
    SORT = Field::new("sort", "Sort order", Input::Lines, "One a line: at desc nulls last, bucket(16, id). Empty: not sorted.");
    /// Of a table that is registered.
    METADATA_LOCATION = Field::text("metadata_location", "Metadata file", "Where its newest metadata lies: s3://bucket/path/table/metadata/00003-….metadata.json.").required();
    /// A table of that name makes room for the one that is registered.
    OVERWRITE = Field::check("overwrite", "", "Put it in the place of the table that has this name");
    /// Whether a table's files go with it.
    PURGE = Field::text("purge", "Its files", "");
    /// Of a namespace that is dropped.
    RECURSIVE = Field::check("recursive", "", "Drop all that it holds, too: namespaces, tables and views, on every level");
    /// Of a namespace that is dropped.
    FORCE = Field::check("force", "", "Drop what is protected, too, and so that nothing of it can be restored");
    /// Of a namespace that is dropped with what it holds.
    DELETE_FILES = Field::check("delete_files", "", "Delete the files of its tables and views, too");
    /// That a branch or tag points at.
    SNAPSHOT = Field::text("snapshot", "Snapshot", "The id of one that the table has.");
    /// Of a branch or tag itself.
    MAX_REF_AGE = Field::text("max_ref_age", "Keep it for", "Counted from its snapshot: 30 d, 12 h. Empty: as the table's properties have it, which is forever where they say nothing.");
    /// Of the snapshots on a branch.
    MAX_SNAPSHOT_AGE = Field::text("max_snapshot_age", "Keep its snapshots for", "Branches only: 7 d, 12 h. Empty: as the table's properties have it.");
    /// Of the snapshots on a branch.
    MIN_SNAPSHOTS = Field::text("min_snapshots", "Keep at least", "Branches only: how many snapshots stay, however old. Empty: as the table's properties have it.");
    /// By what snapshots expire: one of [`expiry`].
    EXPIRE_BY = Field::text("expire_by", "What goes", "");
    /// Of snapshots that expire.
    OLDER_THAN = Field::text("older_than", "Older than", "7 d, 12 h. Empty: as the table’s own policy has it.");
    /// Of each branch.
    RETAIN_LAST = Field::text("retain_last", "Keep at least", "How many snapshots of each branch stay, however old. Empty: as the table’s own policy has it.");
    /// That expire whatever their age.
    CHOSEN = Field::new("snapshots", "Snapshots, one id a line", Input::Lines, "Those that a branch or tag points at stay.");
    /// The moment that ages are counted back from: Unix time, ms.
    AS_OF = Field::text("as_of", "As of", "");
    /// That a table is to have.
    FORMAT_VERSION = Field::text("format_version", "Format version", "");
    /// Of a schema that is edited.
    SCHEMA_LINES = Field::new("schema_lines", "Columns, one a line", Input::Lines, "The number in front is the field id, which a column keeps whatever it is called. What is new has none.");
    /// The schema that the form was filled in from.
    SEEN_SCHEMA = Field::text("seen_schema", "Schema as read", "");
    /// Of a partition spec that is edited.
    PARTITION_LINES = Field::new("partition_lines", "Partition fields, one a line", Input::Lines, "day(at), bucket(16, id), truncate(4, name), or a column alone. “as” and a name behind it names the field. Empty: not partitioned.");
    /// The partition spec that the form was filled in from.
    SEEN_SPEC = Field::text("seen_spec", "Partition spec as read", "");
    /// Of a sort order that is edited.
    SORT_LINES = Field::new("sort_lines", "Sort order, one field a line", Input::Lines, "name asc nulls first, day(at) desc nulls last. Empty: not sorted.");
    /// The sort order that the form was filled in from.
    SEEN_ORDER = Field::text("seen_order", "Sort order as read", "");
    /// Of a catalog or a policy.
    TYPE = Field::text("type", "Type", "");
    /// Of a new principal role.
    FEDERATED = Field::check("federated", "", "It is known from an identity provider, and cannot be changed here afterwards (where the server keeps that: the role’s page says so then)");
    /// Of a new principal.
    ROTATE_FIRST = Field::check("rotateFirst", "", "It has to rotate its secret before anything else (where the server enforces that)");
    /// Of new credentials.
    CLIENT_ID = Field::text("clientId", "Client id", "Empty: the server chooses.");
    /// Of new credentials.
    CLIENT_SECRET = Field::secret("clientSecret", "Client secret", "Empty: the server chooses, which is safer.");
    /// Which of a catalog's groups of settings hold.
    STORAGE_TYPE = Field::text("storage.storageType", "Storage", "");
    /// The catalog behind a federated one.
    CONNECTION_TYPE = Field::text("connection.connectionType", "Connection", "");
    /// How the server signs in there.
    AUTHENTICATION_TYPE = Field::text("auth.authenticationType", "Sign-in", "");
    /// Where tables go whose creator says nothing else; every catalog has one. A property of the catalog.
    BASE_LOCATION = Field::text("default-base-location", "Default base location", "s3://bucket/path, abfss://container@account.dfs.core.windows.net/path, gs://bucket/path, file:///path. No other catalog may lie there.").required();
    /// Of a generic table.
    FORMAT = Field::text("format", "Format", "delta, csv, parquet, lance, …").required();
    /// Of a generic table.
    LOCATION = Field::text("location", "Base location", "s3://bucket/path/table");
    /// Of a generic table.
    DOC = Field::text("doc", "Description", "");
    /// Of a policy.
    DESCRIPTION = Field::text("description", "Description", "");
    /// Of a policy.
    CONTENT = Field::new("content", "Content (JSON)", Input::Lines, "version and enable are required for the types that the server knows; config holds what the engine reads.");
}

/// In the address that a page's button leads back to: which one it was.
pub const DONE: &str = "done";
/// There, too: the name of what it was done to, where that is gone.
pub const WHAT: &str = "what";
/// There, too: what the page's own address says to open the change that undoes it.
pub const UNDO: &str = "undo";
/// In a form and in an address: what other confirmations of the page are about that stand open.
pub const OPENED: &str = "opened";

/// What [`EXPIRE_BY`] says.
pub mod expiry {
    /// By the table's own policy.
    pub const POLICY: &str = "policy";
    /// By an age and a number.
    pub const TYPED: &str = "typed";
    /// By their ids.
    pub const CHOSEN: &str = "chosen";
}

/// What [`OPERATION`] says.
pub mod operation {
    /// Adds somebody who signs in.
    pub const ADD_PERSON: &str = "add-person";
    /// Gives somebody another role.
    pub const SET_ROLE: &str = "set-role";
    /// Gives a new password.
    pub const SET_PASSWORD: &str = "set-password";
    /// Lets somebody in no more.
    pub const DISABLE: &str = "disable";
    /// Lets somebody in again.
    pub const ENABLE: &str = "enable";
    /// Ends one session.
    pub const END: &str = "end";
    /// Ends all sessions of somebody.
    pub const END_ALL: &str = "end-all";
    /// Makes a token for scripts.
    pub const MAKE_TOKEN: &str = "make-token";
    /// Takes one back.
    pub const REVOKE_TOKEN: &str = "revoke-token";
    /// Makes what was not there.
    pub const CREATE: &str = "create";
    /// Replaces what is there.
    pub const SAVE: &str = "save";
    /// Gives a role.
    pub const ASSIGN: &str = "assign";
    /// Takes a role away.
    pub const REVOKE: &str = "revoke";
    /// Puts a principal into the role.
    pub const PUT_IN: &str = "put-in";
    /// Takes a principal out of the role.
    pub const TAKE_OUT: &str = "take-out";
    /// Attaches the policy.
    pub const ATTACH: &str = "attach";
    /// Detaches the policy.
    pub const DETACH: &str = "detach";
    /// Removes what the page is about.
    pub const DELETE: &str = "delete";
    /// Removes a namespace from its catalog.
    pub const DROP: &str = "drop";
    /// Gives a table or a view another name, or another namespace.
    pub const RENAME: &str = "rename";
    /// Makes an earlier version the current one.
    pub const ROLL_BACK: &str = "roll-back";
    /// Takes snapshots out of a table's metadata.
    pub const EXPIRE: &str = "expire";
    /// Something whose answer was lost: it was looked for, and is so.
    pub const FOUND: &str = "found";
    /// Ends what is under way, after what is begun.
    pub const STOP: &str = "stop";
    /// Tries a connection.
    pub const TEST: &str = "test";
    /// Puts it before its neighbour.
    pub const UP: &str = "up";
    /// Puts it behind its neighbour.
    pub const DOWN: &str = "down";
    /// Reads what another program is configured with.
    pub const IMPORT: &str = "import";
    /// Gives a new secret for the same client id.
    pub const ROTATE: &str = "rotate";
    /// Gives new credentials.
    pub const RESET: &str = "reset";

    /// What a page says of an operation that is done.
    pub fn done(operation: &str) -> Option<&'static str> {
        match operation {
            CREATE => Some("Created."),
            SAVE => Some("Saved."),
            DELETE => Some("Deleted."),
            DROP => Some("Dropped."),
            RENAME => Some("Renamed."),
            ROLL_BACK => Some("Rolled back."),
            EXPIRE => Some("Expired: what goes is out of the metadata."),
            FOUND => {
                Some("No whole answer came, so the catalog was asked again: it is as it was to be.")
            }
            ASSIGN => Some("Assigned."),
            REVOKE => Some("Revoked."),
            PUT_IN => Some("Put in."),
            TAKE_OUT => Some("Taken out."),
            ATTACH => Some("Attached."),
            DETACH => Some("Detached."),
            _ => None,
        }
    }
}

/// The declaration of a field; `None` for what no form declares.
pub fn declared(name: &str) -> Option<&'static Field> {
    all().find(|field| field.name == name)
}

fn all() -> impl Iterator<Item = &'static Field> {
    let groups = STORAGE.iter().chain(&CONNECTION).chain(&AUTHENTICATION);
    DECLARED.iter().chain(groups.flat_map(|group| group.fields))
}

/// Whether what was typed into a field is shown again: what is declared, and is no secret. What nobody
/// declared may be one.
pub fn comes_back(name: &str, value: &str) -> bool {
    let setting = || connection::keys::find(name).is_some_and(|key| key.comes_back(value));
    declared(name).is_some_and(|field| field.input != Input::Secret) || setting()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_comes_back_follows_from_the_declaration() {
        let mut secrets = 0;
        for field in all() {
            let secret = field.input == Input::Secret;
            assert_eq!(comes_back(field.name, ""), !secret, "{}", field.name);
            secrets += usize::from(secret);
        }
        assert!(secrets >= 3, "{secrets}");
        assert!(!comes_back("token", ""), "what no form declares");
        assert!(comes_back("auth.scope", "x") && !comes_back("auth.token", "x"));
        assert!(comes_back("headers", "Polaris-Realm: x") && !comes_back("headers", "X-Key: x"));
    }

    #[test]
    fn a_name_is_declared_once() {
        let names: BTreeSet<_> = all().map(|field| field.name).collect();
        assert_eq!(names.len(), all().count());
    }
}
