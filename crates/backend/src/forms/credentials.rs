//! New principals and new credentials: the secret is told in the answer, and nowhere else.

use model::{
    change::Object,
    error::{AppError, Kind},
    form::{CLIENT_ID, CLIENT_SECRET, CONFIRM, OPERATION, ROTATE_FIRST, operation::RESET},
    issued::Issued,
    own::Own,
};
use secrecy::ExposeSecret;
use vendors::polaris::types::{PrincipalWithCredentials, ResetCredentials};

use super::{Form, there};
use crate::{
    change::Change,
    confirm::confirmed,
    entity::missing,
    made::{LOST, Made},
    own::own,
};

/// The same where it was there before.
const RENEWED: &str = "The secret may have been replaced, and the new one lost with the answer: then the old one no longer works. Reset the credentials below.";

pub async fn create(form: Form) -> Result<Made, AppError> {
    let principal = form.new_entity()?;
    let rotate_first = form.some(&ROTATE_FIRST).is_some();
    let change = Change::new("createPrincipal", Object::principal(&principal.name));
    let renew = form.place.credentials_path(&principal.name);
    let page = form.place.principal_path(&principal.name);
    let (api, object, reset) = (form.api.clone(), change.object.clone(), renew.clone());
    let create = async move {
        let made = api.create_principal(&principal, rotate_first).await;
        made.map_err(AppError::from)
            .map_err(|error| match error.may_hide_a_secret() {
                true => there(error, &object, page)
                    .hint(LOST)
                    .link("Reset its credentials", reset),
                false => error,
            })
    };
    let made = form.connection.change(change, create).await?;
    Ok(issued(made, renew))
}

/// `operation` is `rotate`, or `reset` with a `clientId` and a `clientSecret` where they are chosen.
pub async fn renew(form: Form) -> Result<Made, AppError> {
    let name = form.name.clone();
    let found = form.api.get_principal(&name).await.map_err(AppError::from);
    let own = match found {
        Ok(found) => own(&form.connection, &found),
        Err(error) if error.kind == Kind::NotFound => {
            return Err(missing(error, "principal", &name));
        }
        // Whom one may not see may be oneself.
        Err(_) => Own::Unknown,
    };
    confirmed(&form.text(&CONFIRM), &name, own)?;
    let renewals = &form.connection.changes.renewals;
    renewals.begin(&name, &form.hidden("once"))?;
    let reset = form.text(&OPERATION) == RESET;
    let chosen = ResetCredentials {
        client_id: form.some(&CLIENT_ID),
        client_secret: form.secret(&CLIENT_SECRET),
    };
    let (api, principal) = (form.api.clone(), name.clone());
    let renew = async move {
        let renewed = match reset {
            true => api.reset_credentials(&principal, &chosen).await,
            false => api.rotate_credentials(&principal).await,
        };
        renewed
            .map_err(AppError::from)
            .map_err(|error| match error.may_hide_a_secret() {
                true => error.hint(RENEWED),
                false => error,
            })
    };
    let operation = match reset {
        true => "resetCredentials",
        false => "rotateCredentials",
    };
    let change = Change::new(operation, Object::principal(&name));
    let made = form.connection.change(change, renew).await;
    if made.as_ref().is_err_and(|error| !error.may_hide_a_secret()) {
        renewals.refused(&name);
    }
    Ok(issued(made?, form.place.credentials_path(&name)))
}

fn issued(made: PrincipalWithCredentials, renew: String) -> Made {
    let issued = Issued {
        principal: made.principal.entity.name,
        client_id: made.credentials.client_id,
        client_secret: made.credentials.client_secret.expose_secret().to_owned(),
    };
    Made::issued(issued, renew)
}
