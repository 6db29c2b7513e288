use iceberg_rest::{Error, client::Body};
use serde::Serialize;

use super::{Management, new_name, wrapped};
use crate::polaris::{
    native::{delete, get, post, put},
    types::{
        Entities, NewEntity, Principal, PrincipalRole, PrincipalWithCredentials, ResetCredentials,
        UpdateEntity,
    },
};

const ALL: &str = "/api/management/v1/principals";
const ONE: &str = "/api/management/v1/principals/{principalName}";
const ROTATE: &str = "/api/management/v1/principals/{principalName}/rotate";
const RESET: &str = "/api/management/v1/principals/{principalName}/reset";
const ROLES: &str = "/api/management/v1/principals/{principalName}/principal-roles";
const ROLE: &str =
    "/api/management/v1/principals/{principalName}/principal-roles/{principalRoleName}";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Create<'a> {
    principal: &'a NewEntity,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    credential_rotation_required: bool,
}

impl Management {
    /// `GET /principals`.
    pub async fn list_principals(&self) -> Result<Vec<Principal>, Error> {
        Ok(self.read::<Entities<_>>(get(ALL), &[]).await?.items)
    }

    /// `POST /principals`. The answer is the only one that holds the secret.
    ///
    /// `rotate_first`: the principal is to rotate its credentials before anything else; servers enforce it
    /// only when told to (`ENFORCE_PRINCIPAL_CREDENTIAL_ROTATION_REQUIRED_CHECKING`).
    pub async fn create_principal(
        &self,
        principal: &NewEntity,
        rotate_first: bool,
    ) -> Result<PrincipalWithCredentials, Error> {
        new_name(&principal.name)?;
        let create = Create {
            principal,
            credential_rotation_required: rotate_first,
        };
        let body = Body::new(post(ALL), &create)?;
        self.change(post(ALL), &[], Some(body)).await
    }

    /// `GET /principals/{principalName}`. An ordinary principal may not even ask about itself.
    pub async fn get_principal(&self, principal: &str) -> Result<Principal, Error> {
        self.read(get(ONE), &[principal]).await
    }

    /// `PUT /principals/{principalName}`: replaces all properties. A stale version is a conflict.
    pub async fn update_principal(
        &self,
        principal: &str,
        update: &UpdateEntity,
    ) -> Result<Principal, Error> {
        let body = Body::new(put(ONE), update)?;
        self.change(put(ONE), &[principal], Some(body)).await
    }

    /// `DELETE /principals/{principalName}`. The server also lets `root` delete itself, and then nobody can
    /// sign in any more.
    pub async fn delete_principal(&self, principal: &str) -> Result<(), Error> {
        self.write(delete(ONE), &[principal], None).await.map(drop)
    }

    /// `POST /principals/{principalName}/rotate`: a new secret, the old one ends. Only for oneself: others
    /// are refused, also to service admins.
    pub async fn rotate_credentials(
        &self,
        principal: &str,
    ) -> Result<PrincipalWithCredentials, Error> {
        self.change(post(ROTATE), &[principal], None).await
    }

    /// `POST /principals/{principalName}/reset`: new credentials, chosen or made by the server. Only `root`
    /// may, and only where `ENABLE_CREDENTIAL_RESET` is on.
    pub async fn reset_credentials(
        &self,
        principal: &str,
        credentials: &ResetCredentials,
    ) -> Result<PrincipalWithCredentials, Error> {
        let body = Body::new(post(RESET), credentials)?.with_secrets(&credentials.client_secret);
        self.change(post(RESET), &[principal], Some(body)).await
    }

    /// `GET /principals/{principalName}/principal-roles`.
    pub async fn list_principal_roles_assigned(
        &self,
        principal: &str,
    ) -> Result<Vec<PrincipalRole>, Error> {
        let roles: Entities<_> = self.read(get(ROLES), &[principal]).await?;
        Ok(roles.items)
    }

    /// `PUT /principals/{principalName}/principal-roles`. Assigning what is assigned succeeds.
    pub async fn assign_principal_role(
        &self,
        principal: &str,
        principal_role: &str,
    ) -> Result<(), Error> {
        let role = NewEntity {
            name: principal_role.to_owned(),
            ..NewEntity::default()
        };
        let body = wrapped(put(ROLES), "principalRole", role)?;
        self.write(put(ROLES), &[principal], Some(body))
            .await
            .map(drop)
    }

    /// `DELETE /principals/{principalName}/principal-roles/{principalRoleName}`. `NotFound` when it is not assigned.
    pub async fn revoke_principal_role(
        &self,
        principal: &str,
        principal_role: &str,
    ) -> Result<(), Error> {
        self.write(delete(ROLE), &[principal, principal_role], None)
            .await
            .map(drop)
    }
}
