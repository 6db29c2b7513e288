//! What is known of each kind of catalog before anybody fills in a form.

mod aws;
mod biglake;
mod derive;
mod generic;
mod lakekeeper;
mod nessie;
mod of;
mod polaris;
mod r2;
mod unity;

use crate::keys::Key;
use crate::{Settings, Value};

/// All of them, in the order they are offered.
pub static PRESETS: [&Preset; 10] = [
    &polaris::POLARIS,
    &lakekeeper::LAKEKEEPER,
    &nessie::NESSIE,
    &aws::S3_TABLES,
    &unity::UNITY,
    &aws::GLUE,
    &biglake::BIGLAKE,
    &polaris::OPEN_CATALOG,
    &r2::R2,
    &generic::GENERIC,
];

/// The ways to sign in of a server that gives, or takes, tokens to clients.
const OAUTH2_FIRST: &[&str] = &[
    "oauth2",
    "bearer",
    "person",
    "passed-on",
    "exchanged",
    "none",
];

const fn hint(key: &'static str, example: &'static str, help: &'static str) -> Hint {
    Hint { key, example, help }
}

/// A kind of catalog as people know it. Several are servers of kind `generic`, or of another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// In addresses and forms.
    pub id: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What it is, in one sentence.
    pub says: &'static str,
    /// The setting `kind`.
    pub kind: &'static str,
    /// How its address looks, with `<PLACEHOLDERS>`.
    pub address: &'static str,
    /// An address.
    pub example: &'static str,
    /// The ways to sign in that it takes, the usual one first.
    pub auth: &'static [&'static str],
    /// The keys that are asked for first, in this order; all others are behind a fold.
    pub first: &'static [&'static str],
    /// Where it has a word of its own to say about a key.
    pub says_of: &'static [Hint],
    /// What is filled in where nothing stands: key and text.
    pub defaults: &'static [(&'static str, &'static str)],
}

/// What a preset says about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key.
    pub key: &'static str,
    /// In place of the table's example; empty: that one.
    pub example: &'static str,
    /// In place of the table's help; empty: that one.
    pub help: &'static str,
}

impl Preset {
    /// The preset of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        PRESETS.into_iter().find(|preset| preset.id == id)
    }

    /// Whose server these settings are for: by its address, then by `kind`, then by what is asked for.
    pub fn of(settings: &Settings) -> &'static Self {
        of::of(settings)
    }

    /// The example for a key.
    pub fn example(&self, key: &Key) -> &'static str {
        let own = self.hint(key).map_or("", |hint| hint.example);
        if own.is_empty() { key.example } else { own }
    }

    /// What is said beside a key.
    pub fn help(&self, key: &Key) -> &'static str {
        let own = self.hint(key).map_or("", |hint| hint.help);
        if own.is_empty() { key.help } else { own }
    }

    /// Fills in what is not set: kind, the usual way to sign in, the defaults that go with it, and what follows from
    /// the rest: an AWS region from the address and the other way round, a workspace's token endpoint.
    pub fn fill(&self, settings: &mut Settings) {
        let usual = [
            (crate::keys::KIND, self.kind),
            (crate::keys::AUTH_TYPE, self.auth[0]),
        ];
        for (name, text) in usual.iter().chain(self.defaults) {
            let fits = crate::keys::find(name).is_some_and(|key| key.is_for(settings.auth_type()));
            if fits && settings.get(name).is_none() {
                let _ = settings.set(name, Value::from(*text));
            }
        }
        derive::derive(self, settings);
    }

    fn hint(&self, key: &Key) -> Option<&'static Hint> {
        self.says_of.iter().find(|hint| hint.key == key.name)
    }
}
