//! Polaris beyond the Iceberg REST API: principals, roles and grants, enforced on every operation, and
//! Polaris' own catalog APIs. Who may do what follows Apache Polaris 1.7.0 (`PolarisAuthorizerImpl`).

mod authority;
mod desk;
mod entity;
mod iceberg;
mod management;
mod native;
mod privileges;
mod realm;
mod securable;
mod seed;
mod session;

pub(crate) use desk::unrouted;
pub(crate) use iceberg::{authorize, settle};
pub(crate) use realm::Realm;
pub(crate) use session::{Session, issue};

use axum::response::Response;

use crate::{ask::Ask, state::State};

/// Answers the management API and Polaris' own catalog APIs; `None` for any other path.
pub(crate) fn answer(state: &mut State, ask: &Ask, session: &Session) -> Option<Response> {
    let management = ask.path.strip_prefix("/api/management/v1/");
    let native = ask.path.strip_prefix("/api/catalog/polaris/v1/");
    let segments: Vec<&str> = management.or(native)?.split('/').collect();
    let mut desk = desk::Desk {
        ask,
        session,
        realm: &mut state.realm,
        held: &mut state.warehouses,
    };
    let answer = match management {
        Some(_) => management::answer(&mut desk, &segments),
        None => native::answer(&mut desk, &segments),
    };
    Some(answer.unwrap_or_else(|refusal| refusal))
}
