//! What the destination wizard is working on. What is no secret travels in the address, so that a
//! reload, a link and the back button bring it back; secrets live in the page's memory only.

use destination::{Auth, Destination, Kind, Target, Value, derive, has_placeholder, keys, url};

use crate::paths::Query;

/// The client id, which is no secret, travels without the rest of `credential`.
const CLIENT_ID: &str = "client_id";
/// The account and bucket that a table bucket's ARN is made of.
pub const ACCOUNT: &str = "account";
pub const BUCKET: &str = "bucket";

/// A change to one of these fills in, or changes, what follows from it.
const SOURCES: [&str; 3] = [keys::URL, keys::WAREHOUSE, keys::REGION];

#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub file: Destination,
    /// The file as it was imported.
    pub original: Option<Destination>,
    /// The connection it started from.
    pub from: Option<String>,
    pub account: String,
    pub bucket: String,
    /// Values that were filled in, not typed: they follow their sources until somebody edits them.
    derived: Vec<(&'static str, String)>,
}

impl Draft {
    pub fn new(file: Destination) -> Self {
        Self {
            file,
            original: None,
            from: None,
            account: String::new(),
            bucket: String::new(),
            derived: Vec::new(),
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
        for (name, value) in query.pairs() {
            match keys::find(name) {
                // A secret in an address is not taken: it would be kept in logs and histories.
                Some(key) if !key.secret && key.name != keys::CATALOG_TYPE => {
                    draft.file.set(key.name, value);
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
        draft.settle();
        Some(draft)
    }

    /// The address's query that [`Draft::read`] understands; never holds a secret.
    pub fn query(&self) -> Query {
        let Some(kind) = self.file.kind() else {
            return Query::default();
        };
        let (auth, target) = (self.file.auth(), self.file.target());
        let implied = Destination::new(kind, auth, target);
        let mut query = Query::default()
            .and("catalog", kind.slug())
            .and("auth", auth.slug());
        if target != Target::default() {
            query = query.and("target", target.slug());
        }
        for entry in self.file.entries() {
            let Some(key) = keys::find(&entry.key).filter(|key| !key.secret) else {
                continue;
            };
            if implied.entry(key.name).map(|entry| &entry.value) == Some(&entry.value) {
                continue;
            }
            match &entry.value {
                Value::Text(text) => query = query.with(key.name, &url::without_userinfo(text)),
                Value::Bool(true) => query = query.with(key.name, "true"),
                _ => {}
            }
        }
        query
            .and(CLIENT_ID, &self.client_id())
            .and(ACCOUNT, &self.account)
            .and(BUCKET, &self.bucket)
            .and("from", self.from.as_deref().unwrap_or_default())
    }

    pub fn client_id(&self) -> String {
        self.credential().0
    }

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

    pub fn set_client(&mut self, id: &str, secret: &str) {
        self.file
            .set(keys::CREDENTIAL, &derive::credential(id, secret));
    }

    /// One input of the form, at each keystroke.
    pub fn set(&mut self, key: &str, text: &str) {
        match key {
            ACCOUNT => self.account = text.into(),
            BUCKET => self.bucket = text.into(),
            _ => self.file.set(key, text),
        }
    }

    /// An input of the form has been left: fills in what follows from it.
    pub fn left(&mut self, key: &str) {
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
        if self.file.kind() == Some(Kind::S3Tables) && named && !self.file.is_set(keys::WAREHOUSE) {
            let arn = derive::table_bucket_arn(&region, &self.account, &self.bucket);
            self.file.set(keys::WAREHOUSE, &arn);
        }
        self.file.derive();
        for key in [
            keys::URL,
            keys::WAREHOUSE,
            keys::REGION,
            keys::SIGNING_REGION,
            keys::OAUTH_URL,
            keys::SCOPE,
        ] {
            if !before.is_set(key) && self.file.is_set(key) {
                self.derived.push((key, self.file.text(key).to_owned()));
            }
        }
    }

    /// Still to be typed: secrets of the form that are missing or a placeholder.
    pub fn wants(&self, key: &str) -> bool {
        self.file
            .secret(key)
            .is_none_or(|secret| secret.expose().is_empty() || has_placeholder(secret.expose()))
    }
}

#[cfg(test)]
mod tests {
    use destination::{Secrets, fields};

    use super::*;

    const GOLDEN: [&str; 7] = [
        include_str!("../../crates/destination/tests/golden/generic.json"),
        include_str!("../../crates/destination/tests/golden/lakekeeper.json"),
        include_str!("../../crates/destination/tests/golden/nessie.json"),
        include_str!("../../crates/destination/tests/golden/s3tables.json"),
        include_str!("../../crates/destination/tests/golden/unity_token.json"),
        include_str!("../../crates/destination/tests/golden/unity_oauth2.json"),
        include_str!("../../crates/destination/tests/golden/polaris.json"),
    ];

    /// Through the address and back, then the secrets as they are typed last.
    fn through_the_address(file: &Destination) -> Destination {
        let address = Draft::imported(file.clone()).query().to_string();
        let mut read = Draft::read(&Query::parse(&address)).unwrap().file;
        for entry in file.entries() {
            if let Some(secret) = file.secret(&entry.key) {
                assert!(entry.key == keys::CREDENTIAL || !address.contains(secret.expose()));
                read.set(&entry.key, secret.expose());
            }
        }
        read
    }

    #[test]
    fn every_published_example_survives_the_address() {
        for golden in GOLDEN {
            let file = Destination::import(golden.as_bytes()).unwrap();
            assert_eq!(through_the_address(&file).render(Secrets::Include), golden);
        }
    }

    #[test]
    fn no_secret_enters_an_address() {
        for kind in Kind::ALL {
            for auth in kind.auth_modes() {
                let mut draft = Draft::new(Destination::new(kind, *auth, Target::Classic));
                for field in fields(kind, *auth, Target::Classic) {
                    draft.set(
                        field.key,
                        if field.secret {
                            "id:CANARY"
                        } else {
                            "http://u:CANARY@h/"
                        },
                    );
                }
                assert!(!draft.query().to_string().contains("CANARY"));
            }
        }
    }

    #[test]
    fn no_secret_is_taken_from_an_address() {
        let draft = Draft::read(&Query::parse("?catalog=unity&token=t&aws_secret_key=s")).unwrap();
        assert!(!draft.file.is_set(keys::TOKEN));
        assert!(!draft.file.is_set(keys::SECRET_KEY));
    }

    #[test]
    fn what_was_filled_in_follows_and_what_was_typed_stays() {
        let query = Query::parse(
            "?catalog=s3-tables&aws_region=eu-west-1&account=123456789012&bucket=lake",
        );
        let mut draft = Draft::read(&query).unwrap();
        assert_eq!(
            draft.file.text(keys::URL),
            "https://s3tables.eu-west-1.amazonaws.com/iceberg"
        );
        assert_eq!(
            draft.file.text(keys::WAREHOUSE),
            "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake"
        );
        draft.set(keys::SIGNING_REGION, "us-east-1");
        draft.set(keys::REGION, "eu-central-1");
        draft.left(keys::REGION);
        assert_eq!(
            draft.file.text(keys::URL),
            "https://s3tables.eu-central-1.amazonaws.com/iceberg"
        );
        assert_eq!(
            draft.file.text(keys::WAREHOUSE),
            "arn:aws:s3tables:eu-central-1:123456789012:bucket/lake"
        );
        assert_eq!(draft.file.text(keys::SIGNING_REGION), "us-east-1");
    }

    #[test]
    fn a_field_may_be_emptied() {
        let mut draft = Draft::read(&Query::parse(
            "?catalog=polaris&rest_catalog_url=http%3A%2F%2Fp%3A8181%2Fapi%2Fcatalog",
        ))
        .unwrap();
        assert_eq!(draft.file.text(keys::SCOPE), "PRINCIPAL_ROLE:ALL");
        draft.set(keys::SCOPE, "");
        draft.left(keys::SCOPE);
        assert_eq!(draft.file.text(keys::SCOPE), "");
    }
}
