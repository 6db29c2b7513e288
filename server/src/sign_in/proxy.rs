//! Who asks by the word of what stands before Crowsnest.

use ::sign_in::{PROXY, proxy::Refused};
use axum::http::request::Parts;
use backend::{Said, Who, people::unusable};
use model::{
    error::{AppError, Kind},
    person::Way,
};
use store::now;

use super::{Door, address::connected, of};

/// Between two notes of when somebody was here, in ms.
const TOUCH: i64 = 60_000;

impl Door {
    pub(super) async fn by_proxy(&self, request: &Parts, about: Said) -> Result<Who, AppError> {
        let Some(proxy) = &self.0.proxy else {
            return Ok(Who::new(about));
        };
        let identity = match proxy.identity(connected(request), &request.headers, &self.0.roles) {
            Ok(Some(identity)) => identity,
            Ok(None) => return Ok(Who::new(about)),
            Err(refused) => {
                if let Refused::NoRole(_) = refused
                    && let Some(subject) = request.headers.get(&proxy.user)
                {
                    let subject = String::from_utf8_lossy(subject.as_bytes());
                    let forfeited = self.store()?.forfeit(PROXY, subject.trim()).await;
                    forfeited.map_err(unusable)?;
                }
                return Err(odd(&refused));
            }
        };
        let (issuer, subject) = identity.key();
        let role = identity.role.word();
        let store = self.store()?;
        let known = store.by_subject(issuer, subject).await.map_err(unusable)?;
        let as_before = known.filter(|person| {
            person.role == role && person.name == identity.name && now() - person.seen < TOUCH
        });
        let person = match as_before {
            Some(person) => person,
            None => {
                let arrived = store.arrive(issuer, subject, &identity.name, role, now());
                arrived.await.map_err(unusable)?
            }
        };
        if person.disabled {
            return Err(
                AppError::new(Kind::Forbidden, "You may not come in here any more.")
                    .hint("Ask an admin of this Crowsnest."),
            );
        }
        Ok(Who::new(of(person, Way::Proxy, about)))
    }
}

fn odd(refused: &Refused) -> AppError {
    AppError::new(Kind::Forbidden, refused.to_string()).hint(match refused {
        Refused::Peer { .. } => "Name the address of the proxy in `proxy_from`, and let nobody reach Crowsnest but through it.",
        Refused::NoRole(_) => "Name one of these groups in `admins`, `editors` or `viewers` of Crowsnest's configuration.",
        _ => "Look at what the proxy sends.",
    })
}
