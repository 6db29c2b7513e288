//! Who asks, and what they may.

use serde::{Deserialize, Serialize};

/// What somebody may do in Crowsnest, each more than the one before. What a catalog lets its identity do is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Reads.
    Viewer,
    /// Changes what catalogs hold, too: namespaces, tables, views, policies.
    Editor,
    /// Also says who may do what: on catalogs, and in Crowsnest.
    Admin,
}

impl Role {
    /// From the least.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Editor, Self::Admin];

    /// As it is configured and stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// What it may; a sentence.
    pub const fn may(self) -> &'static str {
        match self {
            Self::Viewer => "Reads everything that the connections show, and changes nothing.",
            Self::Editor => "Reads everything, and changes namespaces, tables, views and policies.",
            Self::Admin => {
                "Reads and changes everything, also who may do what, on catalogs and in Crowsnest; reads the whole record."
            }
        }
    }
}

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// Nobody has to sign in: who reaches Crowsnest is the one whose console it is.
    Local,
    /// A name and a password that Crowsnest keeps.
    Password,
    /// An OpenID Connect provider.
    Provider,
    /// What stands before Crowsnest says who it is.
    Proxy,
    /// A script, with a token of somebody.
    Token,
}

impl Way {
    /// For people, and as it is recorded.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Password => "password",
            Self::Provider => "provider",
            Self::Proxy => "proxy",
            Self::Token => "token",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_is_more_than_the_one_before_and_known_by_its_word() {
        assert!(Role::ALL.is_sorted());
        for role in Role::ALL {
            assert_eq!(Role::parse(role.word()), Some(role));
        }
        assert_eq!(Role::parse("Admin"), None);
    }
}
