//! What Crowsnest itself acts as, and what it takes to take that away.

use serde::{Deserialize, Serialize};

/// Whether something is what Crowsnest itself acts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Own {
    /// It is not.
    #[default]
    No,
    /// The connection does not tell as which principal it acts, or the server nothing of this one.
    Unknown,
    /// It is.
    Yes,
}

impl From<bool> for Own {
    fn from(own: bool) -> Self {
        if own { Self::Yes } else { Self::No }
    }
}

/// What has to be typed before something is removed: more, where Crowsnest may lock itself out.
pub fn confirmation(name: &str, own: Own) -> String {
    match own {
        Own::No => name.to_owned(),
        Own::Unknown | Own::Yes => format!("{name} and lock myself out"),
    }
}
