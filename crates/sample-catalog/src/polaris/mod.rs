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
mod refusal;
mod securable;
mod seed;
mod session;

pub(crate) use desk::{Desk, unrouted};
pub(crate) use iceberg::{authorize, settle};
pub(crate) use realm::Realm;
pub(crate) use refusal::refusal;
pub(crate) use session::{Session, issue};

use axum::response::Response;

/// Answers the management API and Polaris' own catalog APIs; `None` for any other path.
pub(crate) fn answer(desk: &mut Desk) -> Option<Response> {
    let path = &desk.ask.path;
    let management = path.strip_prefix("/api/management/v1/");
    let native = path.strip_prefix("/api/catalog/polaris/v1/");
    let segments: Vec<&str> = management.or(native)?.split('/').collect();
    let answer = match management {
        Some(_) => management::answer(desk, &segments),
        None => native::answer(desk, &segments),
    };
    Some(answer.unwrap_or_else(|refusal| refusal))
}
