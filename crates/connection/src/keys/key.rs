//! What is known of a key.

use crate::settings::{ADDRESSES, is_plain, without_user};

/// What is typed or chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line.
    Text,
    /// One line in dots, which never comes back.
    Secret,
    /// On or off.
    Flag,
    /// Lines of `name: value`.
    Pairs,
    /// One of these values, each with its label.
    Choice(&'static [(&'static str, &'static str)]),
}

/// Where a key stands in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Which catalog, and where.
    Catalog,
    /// As whom it is called.
    SignIn,
    /// Who sees and uses it.
    Access,
    /// How it is called: what is not done, through which proxy, and for how long.
    Limits,
}

impl Group {
    /// In the order of the form.
    pub const ALL: [Self; 4] = [Self::Catalog, Self::SignIn, Self::Access, Self::Limits];

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Catalog => "Catalog",
            Self::SignIn => "Sign-in",
            Self::Access => "Who uses it",
            Self::Limits => "Limits",
        }
    }
}

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As in the file; a dot stands before a key of `[connection.auth]`.
    pub name: &'static str,
    /// What its input is called.
    pub label: &'static str,
    /// What it is for, in one sentence.
    pub help: &'static str,
    /// A value of the right shape.
    pub example: &'static str,
    /// How it is filled in.
    pub input: Input,
    /// Where it stands in the form.
    pub group: Group,
    /// Its value is never shown again. Tables hold secrets, too: see [`Settings::secrets`](crate::Settings::secrets).
    pub secret: bool,
    /// The ways to sign in that take it; empty: it has nothing to do with that.
    pub auth: &'static [&'static str],
}

impl Key {
    /// Whether a connection that signs in so may have it.
    pub fn is_for(&self, auth_type: &str) -> bool {
        self.auth.is_empty() || self.auth.contains(&auth_type)
    }

    /// Whether what was typed may be shown again: no secret, nor a table of which a line may be one.
    pub fn comes_back(&self, value: &str) -> bool {
        let open = |line: &str| {
            let name = line.split(':').next().unwrap_or_default().trim();
            name.is_empty() || is_plain(self.name, name)
        };
        match self.input {
            Input::Secret => false,
            Input::Pairs => value.lines().all(open),
            Input::Text if ADDRESSES.contains(&self.name) => without_user(value) == value,
            Input::Text | Input::Flag | Input::Choice(_) => !self.secret,
        }
    }

    /// The name within its own table of the file.
    pub fn short(&self) -> &'static str {
        self.name.strip_prefix("auth.").unwrap_or(self.name)
    }
}
