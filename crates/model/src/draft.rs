//! What the destination wizard is working on. What is no secret travels in the address, so that a
//! reload, a link and the back button bring it back; secrets live in the page's memory only.

mod handover;

use std::collections::BTreeSet;

use destination::{Auth, Destination, Finding, Kind, Release, Target, Value, derive, keys, url};

use crate::query::Query;

pub use handover::Handover;

/// The client id, which is no secret, travels without the rest of `credential`.
const CLIENT_ID: &str = "client_id";
/// The release of OLake that it is for.
const OLAKE: &str = "olake";
/// In place of a kind: the address cannot describe this catalog, only the browser has the file.
const OTHER: &str = "other";
/// The account and bucket that a table bucket's ARN is made of.
pub const ACCOUNT: &str = "account";
/// The bucket of [`ACCOUNT`].
pub const BUCKET: &str = "bucket";

/// Keys that are to stay empty although they follow from others; may be repeated.
const EMPTIED: &str = "empty";

/// Keys that can be filled in from others.
const FOLLOWING: [&str; 6] = [
    keys::URL,
    keys::WAREHOUSE,
    keys::REGION,
    keys::SIGNING_REGION,
    keys::OAUTH_URL,
    keys::SCOPE,
];

/// A change to one of these fills in, or changes, what follows from it.
const SOURCES: [&str; 3] = [keys::URL, keys::WAREHOUSE, keys::REGION];

/// A destination that somebody works on.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What would be written.
    pub file: Destination,
    /// The file as it was imported.
    pub original: Option<Destination>,
    /// The connection it started from.
    pub from: Option<String>,
    /// Of a table bucket, while no ARN is typed.
    pub account: String,
    /// Of a table bucket, while no ARN is typed.
    pub bucket: String,
    /// Values that were filled in, not typed: they follow their sources until somebody edits them.
    derived: Vec<(&'static str, String)>,
    /// Values that could be filled in, but that somebody emptied.
    emptied: BTreeSet<&'static str>,
}

impl Draft {
    /// A draft of a file, which nothing is derived for yet.
    pub fn new(file: Destination) -> Self {
        Self {
            file,
            original: None,
            from: None,
            account: String::new(),
            bucket: String::new(),
            derived: Vec::new(),
            emptied: BTreeSet::new(),
        }
    }

    /// A file that somebody wrote, to be mended.
    pub fn imported(file: Destination) -> Self {
        Self {
            original: Some(file.clone()),
            ..Self::new(file)
        }
    }

    /// Reads an address; `None` if it names no catalog.
    pub fn read(query: &Query) -> Option<Self> {
        let kind = Kind::from_slug(query.get("catalog")?)?;
        let auth = query
            .get("auth")
            .and_then(Auth::from_slug)
            .filter(|auth| kind.auth_modes().contains(auth))
            .unwrap_or(kind.auth_modes()[0]);
        let target = query
            .get("target")
            .and_then(Target::from_slug)
            .unwrap_or_default();
        let mut draft = Self::new(Destination::new(kind, auth, target));
        if let Some(release) = query.get(OLAKE).and_then(Release::from_number) {
            draft.file.set_release(release);
        }
        for (name, value) in query.pairs() {
            match keys::find(name) {
                // A secret in an address is not taken: it would be kept in logs and histories.
                Some(key) if !key.secret && key.name != keys::CATALOG_TYPE => {
                    draft.file.set(key.name, value.trim());
                }
                _ => {}
            }
        }
        if let Some(id) = query.get(CLIENT_ID) {
            draft
                .file
                .set(keys::CREDENTIAL, &derive::credential(id, ""));
        }
        let owned = |key| query.get(key).map(str::to_owned);
        draft.from = owned("from");
        draft.account = owned(ACCOUNT).unwrap_or_default();
        draft.bucket = owned(BUCKET).unwrap_or_default();
        draft.emptied = FOLLOWING
            .into_iter()
            .filter(|key| query.all(EMPTIED).any(|emptied| emptied == *key))
            .collect();
        draft.settle();
        Some(draft)
    }

    /// The draft of an address whose file was kept beside it; `None` if it names no catalog.
    pub fn restored(query: &Query, mut file: Destination) -> Option<Self> {
        let Some(draft) = Self::read(query) else {
            return (query.get("catalog") == Some(OTHER)).then(|| Self::new(file));
        };
        if let Some(kind) = draft.file.kind().filter(|kind| file.kind() != Some(*kind)) {
            file.set_kind(kind);
        }
        if file.auth() != draft.file.auth() {
            file.set_auth(draft.file.auth());
        }
        file.set_release(draft.file.release());
        Some(Self { file, ..draft })
    }

    /// The address's query that [`Draft::read`] understands, or that names a kept file; never
    /// holds a secret.
    pub fn query(&self) -> Query {
        let Some(kind) = self.file.kind() else {
            return Query::default().and("catalog", OTHER);
        };
        let (auth, target) = (self.file.auth(), self.file.target());
        let implied = Destination::new(kind, auth, target);
        let mut query = Query::default()
            .and("catalog", kind.slug())
            .and("auth", auth.slug());
        if self.file.release() != Release::READ {
            query = query.and(OLAKE, self.file.release().number());
        }
        if target != Target::default() {
            query = query.and("target", target.slug());
        }
        for entry in self.file.entries() {
            // One that was pasted into the wrong input is a secret all the same.
            let Some(key) =
                keys::find(&entry.key).filter(|key| !key.secret && !entry.is_sensitive())
            else {
                continue;
            };
            let follows = self
                .derived
                .iter()
                .any(|(derived, value)| *derived == key.name && self.file.text(derived) == value);
            let fixed = implied.entry(key.name).map(|entry| &entry.value) == Some(&entry.value);
            if follows || fixed {
                continue;
            }
            match &entry.value {
                Value::Text(text) => query = query.with(key.name, &url::without_secrets(text)),
                Value::Bool(true) => query = query.with(key.name, "true"),
                _ => {}
            }
        }
        self.emptied
            .iter()
            .fold(query, |query, key| query.and(EMPTIED, key))
            .and(CLIENT_ID, &self.client_id())
            .and(ACCOUNT, &self.account)
            .and(BUCKET, &self.bucket)
            .and("from", self.from.as_deref().unwrap_or_default())
    }

    /// The public half of `credential`.
    pub fn client_id(&self) -> String {
        self.credential().0
    }

    /// The secret half of `credential`.
    pub fn client_secret(&self) -> String {
        self.credential().1
    }

    fn credential(&self) -> (String, String) {
        let text = self
            .file
            .secret(keys::CREDENTIAL)
            .map_or("", |secret| secret.expose());
        let (id, secret) = text.split_once(':').unwrap_or(("", text));
        (id.to_owned(), secret.to_owned())
    }

    /// Both halves of `credential`.
    pub fn set_client(&mut self, id: &str, secret: &str) {
        self.file
            .set(keys::CREDENTIAL, &derive::credential(id, secret));
    }

    /// One input of the form, at each keystroke.
    pub fn set(&mut self, key: &str, text: &str) {
        if let Some(key) = FOLLOWING.into_iter().find(|following| *following == key) {
            if text.is_empty() {
                self.emptied.insert(key);
            } else {
                self.emptied.remove(key);
            }
        }
        match key {
            ACCOUNT => self.account = text.into(),
            BUCKET => self.bucket = text.into(),
            _ => self.file.set(key, text),
        }
    }

    /// An input of the form has been left: fills in what follows from it.
    pub fn left(&mut self, key: &str) {
        // What was copied often brings blanks along.
        let typed = self.file.text(key);
        if typed.trim() != typed {
            let trimmed = typed.trim().to_owned();
            self.file.set(key, &trimmed);
        }
        if SOURCES.contains(&key) || [ACCOUNT, BUCKET].contains(&key) {
            self.settle();
        }
    }

    fn settle(&mut self) {
        for (key, value) in std::mem::take(&mut self.derived) {
            if self.file.text(key) == value {
                self.file.remove(key);
            }
        }
        let before = self.file.clone();
        let region = self.file.text(keys::REGION).to_owned();
        let named = ![&region, &self.account, &self.bucket]
            .iter()
            .any(|part| part.is_empty());
        if self.file.kind() == Some(Kind::S3Tables)
            && named
            && !self.file.is_set(keys::WAREHOUSE)
            && !self.emptied.contains(keys::WAREHOUSE)
        {
            let arn = derive::table_bucket_arn(&region, &self.account, &self.bucket);
            self.file.set(keys::WAREHOUSE, &arn);
        }
        self.file.derive();
        for key in FOLLOWING {
            if before.is_set(key) || !self.file.is_set(key) {
                continue;
            }
            if self.emptied.contains(key) {
                self.file.remove(key);
            } else {
                self.derived.push((key, self.file.text(key).to_owned()));
            }
        }
    }

    /// The same catalog again, from an older address: what was typed in secret is still there.
    pub fn with_secrets_of(mut self, old: &Self) -> Self {
        if self.file.kind() != old.file.kind() {
            return self;
        }
        for entry in old.file.entries() {
            let Some(secret) = old.file.secret(&entry.key) else {
                continue;
            };
            if keys::same(&entry.key, keys::CREDENTIAL) {
                if self.client_secret().is_empty() {
                    let id = self.client_id();
                    self.set_client(&id, &old.client_secret());
                }
            } else if !self.file.is_set(&entry.key) {
                self.file.set(&entry.key, secret.expose());
            }
        }
        self
    }

    /// Makes the changes that a finding proposes.
    pub fn apply(&mut self, finding: &Finding) {
        self.file.apply(finding);
        self.settle();
    }

    /// Another catalog: what is known to both stays.
    pub fn set_kind(&mut self, kind: Kind) {
        self.reshape(|file| {
            file.set_kind(kind);
            if !kind.auth_modes().contains(&file.auth()) {
                file.set_auth(kind.auth_modes()[0]);
            }
            file.set_target(file.target());
        });
    }

    /// Another way to sign in, or another OLake; what follows from it is filled in.
    pub fn reshape(&mut self, change: impl FnOnce(&mut Destination)) {
        change(&mut self.file);
        self.settle();
    }
}

#[cfg(test)]
mod tests;
