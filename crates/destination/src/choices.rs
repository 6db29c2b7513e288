//! The three choices of the form, and the keys that follow from them.

use crate::destination::{Destination, TYPE};
use crate::keys::{self, Group};
use crate::kind::{Auth, Kind, Target};
use crate::order;
use crate::release::Release;
use crate::value::{Entry, Value};

impl Destination {
    /// A file with nothing but the constants that the catalog and the way to sign in imply.
    pub fn new(kind: Kind, auth: Auth, target: Target) -> Self {
        let mut new = Self {
            kind: Some(kind),
            guessed: false,
            auth,
            target,
            release: Release::READ,
            envelope: vec![Entry {
                key: "type".into(),
                value: Value::Text(TYPE.into()),
                at: None,
            }],
            writer: Vec::new(),
            slot: Some(1),
            writer_at: None,
        };
        new.imply();
        new
    }

    /// Changes how OLake signs in: what the other ways need goes, what this one implies comes.
    pub fn set_auth(&mut self, auth: Auth) {
        self.auth = auth;
        self.writer.retain(|entry| {
            let group = keys::find(&entry.key).map(|key| key.group);
            !matches!(group, Some(Group::SignIn(other)) if other != auth)
        });
        self.imply();
    }

    /// Treats the file as one for another catalog: wrong guesses are corrected with this.
    pub fn set_kind(&mut self, kind: Kind) {
        self.kind = Some(kind);
        self.guessed = false;
        self.put(
            keys::CATALOG_TYPE,
            Value::Text(kind.catalog_type(self.target).into()),
        );
    }

    /// Rewrites the file for another OLake, keys in that dialect's order, unknown keys last.
    pub fn set_target(&mut self, target: Target) {
        self.target = target;
        let Some(kind) = self.kind else { return };
        self.writer
            .retain(|entry| keys::find(&entry.key).is_none_or(|key| key.belongs_to(target)));
        self.put(
            keys::CATALOG_TYPE,
            Value::Text(kind.catalog_type(target).into()),
        );
        self.imply();
        let order = order::of(kind, target);
        self.writer.sort_by_key(|entry| {
            order
                .iter()
                .position(|name| keys::same(name, &entry.key))
                .unwrap_or(order.len())
        });
    }

    /// Adds the constants of this catalog, sign-in and target.
    fn imply(&mut self) {
        let Some(kind) = self.kind else { return };
        let text = |value: &str| Value::Text(value.into());
        self.put(keys::CATALOG_TYPE, text(kind.catalog_type(self.target)));
        // The typed form leaves the scheme to `credential`, but for Polaris.
        if self.auth == Auth::OAuth2 && (self.target == Target::Classic || kind == Kind::Polaris) {
            self.put(keys::AUTH_TYPE, text("oauth2"));
        }
        if self.auth == Auth::SigV4 {
            self.put(keys::SIGV4, Value::Bool(true));
        }
        if kind == Kind::S3Tables {
            self.put(keys::SIGNING_NAME, text("s3tables"));
        }
        match self.target {
            Target::Classic if kind == Kind::Unity => {
                self.put(keys::NORMALIZATION, Value::Bool(true));
                self.put(keys::NO_IDENTIFIER, Value::Bool(true));
            }
            Target::Classic => {}
            Target::Typed => {
                if !self.is_set(keys::CATALOG_NAME) {
                    self.put(keys::CATALOG_NAME, text(keys::DEFAULT_CATALOG_NAME));
                }
                if !self.is_set(keys::ARROW) {
                    self.put(keys::ARROW, Value::Bool(false));
                }
            }
        }
    }
}
