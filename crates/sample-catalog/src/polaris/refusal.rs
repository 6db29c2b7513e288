use axum::response::Response;

use crate::{problem::Problem, reply};

/// What went wrong, in the words of the real server.
pub(crate) fn refusal(problem: &Problem) -> Response {
    let (status, kind) = problem.reference();
    let message = problem.message();
    match problem {
        Problem::NoSuchWarehouse(name) => reply::error(
            404,
            "NotFoundException",
            &format!("Unable to find warehouse {name}"),
        ),
        Problem::NamespaceExists(levels) => {
            let message = format!(
                "Cannot create namespace {}. Namespace already exists",
                levels.join(".")
            );
            reply::error(409, kind, &message)
        }
        Problem::NamespaceNotEmpty(levels, _) => reply::error(
            409,
            kind,
            &format!("Namespace {} is not empty", levels.join(".")),
        ),
        Problem::BadJson(_) | Problem::BadBody(_) => {
            reply::error(400, "WebApplicationException", "HTTP 400 Bad Request")
        }
        Problem::Invalid(_) | Problem::NoSuchFile(_) => {
            reply::error(400, "IllegalArgumentException", &message)
        }
        _ => reply::error(status, kind, &message),
    }
}
