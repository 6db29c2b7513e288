//! Forms of the wizard. What they carry is used for the one answer and dropped.

use app::{Checked, Pasted};
use axum::{
    extract::{Extension, Form, RawQuery, Request, rejection::FormRejection},
    http::{HeaderName, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use backend::{Session, check};
use destination::{
    Destination, ImportError, Kind, MAX_BYTES, Secrets, Target, derive, keys, stack,
};
use leptos::prelude::provide_context;
use model::{error::AppError, paths::Query};

use crate::{fault, router};

type Fields = Vec<(String, String)>;
/// Refused when it is larger than any destination may be.
type Sent = Result<Form<Fields>, FormRejection>;

/// `POST /destination/file`: the file as an attachment. `file` is its text, other fields are
/// secrets for it; `include` says to leave them in, `fix` to mend what needs no person.
pub async fn file(mut parts: Parts, sent: Sent) -> Response {
    let fields = match sent {
        Ok(Form(fields)) => fields,
        Err(rejection) => return refused(&rejection),
    };
    let mut file = match read(&fields) {
        Ok(file) => file,
        // The text comes back with what is wrong with it.
        Err(_) => {
            parts.uri = Uri::from_static("/destination/import");
            return answer(parts, Pasted(field(&fields, "file").into())).await;
        }
    };
    if !field(&fields, "fix").is_empty() {
        file = file.fixed().0;
    }
    let include = !field(&fields, "include").is_empty();
    let (name, secrets) = match include || file.jq_fill().is_none() {
        true => ("destination.json", Secrets::Include),
        false => ("destination.template.json", Secrets::Placeholder),
    };
    let text = file.render(if include {
        secrets
    } else {
        Secrets::Placeholder
    });
    (attachment("application/json", name), text).into_response()
}

/// `POST /destination/check`: the page again, with what the catalog said. Secrets are left out.
pub async fn check(Extension(session): Extension<Session>, parts: Parts, sent: Sent) -> Response {
    let fields = match sent {
        Ok(Form(fields)) => fields,
        Err(rejection) => return refused(&rejection),
    };
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let checked = async {
        let file = read(&fields)
            .map_err(|error| AppError::new(model::error::Kind::BadRequest, error.to_string()))?;
        let file = check::read(&file.render(Secrets::Include), query.get("catalog"))?;
        let connection = match field(&fields, "connection") {
            "" => None,
            name => Some(session.connection(name)?),
        };
        Ok::<_, AppError>(check::check(&file, connection.as_deref()).await)
    };
    match checked.await {
        Ok(report) => answer(parts, Checked(Some(report))).await,
        Err(error) => fault::plain(&error),
    }
}

/// `POST /destination/import`: the page again, with the text and what is wrong with it.
pub async fn import(parts: Parts, sent: Sent) -> Response {
    let fields = match sent {
        Ok(Form(fields)) => fields,
        Err(rejection) => return refused(&rejection),
    };
    answer(parts, Pasted(field(&fields, "file").into())).await
}

/// `GET /destination/docker-compose.yml?catalog=&target=&used=`: a local stack on free ports.
pub async fn compose(RawQuery(query): RawQuery) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let used: Vec<u16> = query
        .get("used")
        .unwrap_or_default()
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|port| port.parse().ok())
        .collect();
    let target = query.get("target").and_then(Target::from_slug);
    let stack = query
        .get("catalog")
        .and_then(Kind::from_slug)
        .and_then(|kind| stack(kind, target.unwrap_or_default(), &used));
    match stack {
        Some(stack) => (
            attachment("application/yaml", "docker-compose.yml"),
            stack.yaml,
        )
            .into_response(),
        None => fault::plain(&AppError::new(
            model::error::Kind::NotFound,
            "There is no local stack for this catalog: generic, lakekeeper, nessie and polaris have one.",
        )),
    }
}

/// The browser still has what was sent: it goes back to it.
fn refused(rejection: &FormRejection) -> Response {
    let error = match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::new(
            model::error::Kind::BadRequest,
            format!(
                "The file is larger than {MAX_BYTES} bytes; a destination.json has a few hundred."
            ),
        )
        .hint("Go back: your text is still there. Check that it is the right file, or shorten it."),
        _ => AppError::new(
            model::error::Kind::BadRequest,
            "The form could not be read.",
        )
        .hint("Go back and send it again."),
    };
    (rejection.status(), fault::plain(&error).into_body()).into_response()
}

/// The page at the request's address, rendered with a value that only this answer has.
async fn answer<T: Clone + Send + Sync + 'static>(mut parts: Parts, value: T) -> Response {
    parts.method = Method::GET;
    let page = router::page(move || provide_context(value.clone()));
    page(Request::from_parts(parts, axum::body::Body::empty())).await
}

fn read(fields: &Fields) -> Result<Destination, ImportError> {
    let mut file = Destination::import(field(fields, "file").as_bytes())?;
    for (key, value) in fields {
        let Some(key) = keys::find(key).filter(|key| key.secret && !value.is_empty()) else {
            continue;
        };
        // The client id is part of the text, the secret was typed beside it.
        let id = file
            .secret(key.name)
            .filter(|_| key.name == keys::CREDENTIAL)
            .and_then(|credential| credential.expose().split_once(':'))
            .map(|(id, _)| id.to_owned());
        match id {
            Some(id) => file.set(key.name, &derive::credential(&id, value)),
            None => file.set(key.name, value),
        }
    }
    Ok(file)
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map_or("", |(_, value)| value)
}

fn attachment(media: &'static str, name: &str) -> [(HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, media.into()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".into()),
    ]
}
