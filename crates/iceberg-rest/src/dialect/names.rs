use super::{Dialect, Profile};

const PLAIN: &str = "Amazon S3 Tables takes lower-case letters, digits and underscores, with a letter or a digit at both ends.";

const RESERVED: [&str; 3] = ["system", "examples", "information_schema"];

impl Profile {
    /// Why there is no namespace in another one, where that is so; a sentence.
    pub fn flat(&self) -> Option<String> {
        (!self.nested).then(|| format!("{} has one level of namespaces.", self.title))
    }
}

impl Dialect {
    /// Why a new namespace cannot have a level of this name, where that is known of such catalogs; a sentence. `top`:
    /// there is none around it.
    pub fn refuses_level(self, name: &str, top: bool) -> Option<&'static str> {
        match self {
            Self::Lakekeeper if name.contains('.') => {
                Some("Lakekeeper takes no dot in the name of a namespace.")
            }
            Self::Lakekeeper if name.contains('+') => Some(
                "Lakekeeper reads + in a name as a space, so that the namespace could not be opened.",
            ),
            Self::Lakekeeper if top && RESERVED.contains(&name.to_lowercase().as_str()) => Some(
                "Lakekeeper keeps the names system, examples and information_schema for itself.",
            ),
            Self::Polaris if name.contains('/') => {
                Some("Apache Polaris takes no slash in the name of a namespace.")
            }
            Self::S3Tables if !is_plain(name) => Some(PLAIN),
            _ => None,
        }
    }

    /// The same of a table or a view.
    pub fn refuses_name(self, name: &str) -> Option<&'static str> {
        match self {
            Self::Lakekeeper if name.contains('+') => Some(
                "Lakekeeper reads + in a name as a space, so that it could not be opened by this one.",
            ),
            Self::S3Tables if !is_plain(name) => Some(PLAIN),
            _ => None,
        }
    }
}

/// As AWS names tables and namespaces; servers that speak as it does take a hyphen, too.
fn is_plain(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let inside = |letter: char| plain(letter) || letter == '_' || letter == '-';
    name.starts_with(plain) && name.ends_with(plain) && name.chars().all(inside)
}
