//! New principals and new credentials: the secret is told in the answer, and nowhere else.

use model::{
    error::{AppError, Kind},
    polaris::Own,
    posted::Issued,
};
use secrecy::ExposeSecret;
use vendors::polaris::types::{PrincipalWithCredentials, ResetCredentials};

use super::{Form, there};
use crate::{
    confirm::confirmed,
    entity::missing,
    made::{LOST, Made},
    own::own,
};

/// The same where it was there before.
const RENEWED: &str = "The secret may have been replaced, and the new one lost with the answer: then the old one no longer works. Reset the credentials below.";

pub async fn create(form: Form) -> Result<Made, AppError> {
    let principal = form.new_entity()?;
    let rotate_first = form.some("rotateFirst").is_some();
    let (api, object) = (form.api.clone(), principal.name.clone());
    let (renew, page) = (
        form.place.credentials_path(&object),
        form.place.principal_path(&object),
    );
    let name = object.clone();
    let create = async move { api.create_principal(&principal, rotate_first).await };
    let made = form.connection.change("createPrincipal", object, create);
    let made = made.await.map_err(|error| match error.may_hide_a_secret() {
        true => there(error, "principal", &name, page)
            .hint(LOST)
            .link("Reset its credentials", renew.clone()),
        false => error,
    });
    Ok(issued(made?, renew))
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
    confirmed(&form.text("confirm"), &name, own)?;
    let renewals = &form.connection.renewals;
    renewals.begin(&name, &form.text("once"))?;
    let (api, object, principal) = (form.api.clone(), name.clone(), name.clone());
    let made = if form.text("operation") == "reset" {
        let chosen = ResetCredentials {
            client_id: form.some("clientId"),
            client_secret: form.some("clientSecret").map(Into::into),
        };
        let reset = async move { api.reset_credentials(&name, &chosen).await };
        form.connection
            .change("resetCredentials", object, reset)
            .await
    } else {
        let rotate = async move { api.rotate_credentials(&name).await };
        form.connection
            .change("rotateCredentials", object, rotate)
            .await
    };
    if made.as_ref().is_err_and(|error| !error.may_hide_a_secret()) {
        renewals.refused(&principal);
    }
    let made = made.map_err(|error| match error.may_hide_a_secret() {
        true => error.hint(RENEWED),
        false => error,
    });
    Ok(issued(made?, form.place.credentials_path(&principal)))
}

fn issued(made: PrincipalWithCredentials, renew: String) -> Made {
    let issued = Issued {
        principal: made.principal.entity.name,
        client_id: made.credentials.client_id,
        client_secret: made.credentials.client_secret.expose_secret().to_owned(),
    };
    Made::issued(issued, renew)
}
