//! People and their ways in, as the pages show them.

use serde::{Deserialize, Serialize};

use crate::{
    format::Moment,
    person::{Role, Way},
};

/// What the page for signing in offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// A name and a password are taken.
    pub password: bool,
    /// Providers to go to.
    pub providers: Vec<Provider>,
    /// Nobody signs in here: why, in a sentence.
    pub none: Option<String>,
}

/// A provider to sign in at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// As it stands in addresses.
    pub id: String,
    /// For people.
    pub label: String,
}

/// The page for signing in to a catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogSignIn {
    /// Of the connection.
    pub name: String,
    /// Address of the catalog.
    pub url: String,
    /// A client id and a secret are taken.
    pub client: bool,
    /// Each person signs in to it.
    pub personal: bool,
    /// Whom the person is there by now, in a word.
    pub signed_in_as: Option<String>,
}

/// The person's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct You {
    /// For people.
    pub name: String,
    /// Whose word it is.
    pub issuer: String,
    /// What they may.
    pub role: Role,
    /// How they came in.
    pub way: Way,
    /// Their sessions, the last used first.
    pub sessions: Vec<SessionRow>,
    /// Their tokens, the newest first.
    pub tokens: Vec<TokenRow>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names it, and opens nothing.
    pub handle: String,
    /// It is the one that asks.
    pub own: bool,
    /// When it began.
    pub made: Moment,
    /// When it was last used, give or take a minute.
    pub seen: Moment,
    /// When it ends whatever happens.
    pub ends: Moment,
    /// What the browser is, in short.
    pub browser: String,
    /// What it said that it is.
    pub agent: String,
    /// Where it began.
    pub address: String,
}

/// A token for scripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRow {
    /// Names it, and opens nothing.
    pub handle: String,
    /// For people.
    pub name: String,
    /// The most that it may.
    pub role: Role,
    /// When it was made.
    pub made: Moment,
    /// When it was last used.
    pub seen: Option<Moment>,
    /// When it ends, or ended.
    pub ends: Moment,
    /// It has ended.
    pub over: bool,
}

/// Somebody among those who sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Ours.
    pub id: String,
    /// For people.
    pub name: String,
    /// Whose word it is.
    pub issuer: String,
    /// As whom that knows them.
    pub subject: String,
    /// As it was last given.
    pub role: Role,
    /// Crowsnest keeps their password, and says what they may.
    pub local: bool,
    /// It is the one who asks.
    pub own: bool,
    /// May not come in.
    pub disabled: bool,
    /// When they last signed in.
    pub seen: Option<Moment>,
}

/// Everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// By name.
    pub people: Vec<PersonRow>,
    /// There are more, which are not shown.
    pub more: bool,
    /// People with a password may be added here.
    pub adds: bool,
}
