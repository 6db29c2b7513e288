use std::{fmt, path::Path, sync::Arc};

/// Where a setting was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    File {
        path: Arc<Path>,
        line: usize,
    },
    Variable(String),
    Flag(&'static str),
    /// A field of a form in the browser, called as the setting.
    Field(String),
    Default,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Variable(name) => f.write_str(name),
            Self::Flag(name) => f.write_str(name),
            Self::Field(name) => f.write_str(name),
            Self::Default => f.write_str("default"),
        }
    }
}

/// What is wrong with the configuration, in one line, without any secret.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    message: String,
    /// The field of a form that it is about.
    pub field: Option<String>,
}

impl Error {
    pub fn new(message: impl fmt::Display) -> Self {
        let message = message.to_string();
        Self {
            message: message.split_whitespace().collect::<Vec<_>>().join(" "),
            field: None,
        }
    }

    pub fn at(place: &Place, message: impl fmt::Display) -> Self {
        match place {
            // Which field it is shows where it is shown.
            Place::Field(name) => Self::new(message).about(name),
            _ => Self::new(format_args!("{place}: {message}")),
        }
    }

    /// That this setting is missing, or does not fit the others.
    pub fn about(self, setting: &str) -> Self {
        let field = Some(setting.to_owned());
        Self { field, ..self }
    }
}
