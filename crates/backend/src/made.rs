use model::{error::AppError, issued::Issued};

use crate::{once::Told, untold::Untold};

/// What to do where a principal may be there whose secret nobody was told.
pub const LOST: &str =
    "If the principal is there and nobody was told its secret, reset its credentials.";

/// What came of a form.
pub enum Done {
    /// The page that shows it.
    Go(String),
    /// Told once.
    Issued(Issued),
}

/// What came of a form, as it is remembered: a secret is taken out of it when it is told.
#[derive(Clone)]
pub enum Made {
    /// The page that shows it.
    Go(String),
    Issued {
        untold: Untold,
        principal: String,
        /// Where the principal gets others.
        renew: String,
    },
}

impl Made {
    pub fn issued(issued: Issued, renew: String) -> Self {
        Self::Issued {
            principal: issued.principal.clone(),
            untold: Untold::new(Some(issued)),
            renew,
        }
    }

    /// What is told of it: a secret the first time only.
    pub fn tell(told: Told<Self>) -> Result<Done, AppError> {
        match told.outcome {
            Err(error) if told.again => Err(AppError::again(Some(error))),
            Err(error) => Err(error),
            Ok(Self::Go(to)) if told.again => Err(AppError::again(None).link("See it", to)),
            Ok(Self::Go(to)) => Ok(Done::Go(to)),
            Ok(Self::Issued {
                untold,
                principal,
                renew,
            }) => match untold.take() {
                Some(issued) => Ok(Done::Issued(issued)),
                None => Err(shown(&principal, renew)),
            },
        }
    }
}

fn shown(principal: &str, renew: String) -> AppError {
    let first = AppError::again(None);
    let message = format!(
        "{} The credentials of “{principal}” were shown in the first answer, and are shown once.",
        first.message
    );
    first
        .saying(message)
        .hint("If nobody has kept them, reset the credentials.")
        .link("Reset its credentials", renew)
}
