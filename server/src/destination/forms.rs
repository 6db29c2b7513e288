//! Forms of the wizard. What they carry is used for the one answer and dropped.

use axum::{
    extract::RawQuery,
    response::{IntoResponse, Response},
};
use backend::destination::check_destination;
use destination::{
    Destination, ImportError, Kind, Secrets, Target, derive, keys, listed_ports, stack,
};
use model::{
    destination::Report,
    error::{self, AppError},
    paths::{DESTINATION, Query},
};

use crate::{
    fault,
    forms::{Answer, File, Form},
};

/// The file as an attachment. `file` is its text, other fields are secrets for it; `include` says to
/// leave them in, `fix` to mend what needs no person. What is no file is shown with the reason.
pub async fn file(form: Form) -> Result<Answer<String>, AppError> {
    let mend = form.fields.get("fix").is_some();
    let Ok(mut file) = read(&form.fields, mend) else {
        return import(form).await;
    };
    if mend {
        file = file.fixed().0;
    }
    let include = form.fields.get("include").is_some();
    let secrets = match include {
        true => Secrets::Include,
        false => Secrets::Placeholder,
    };
    let name = match include || file.jq_fill().is_none() {
        true => "destination.json",
        false => "destination.template.json",
    };
    Ok(Answer::File(File {
        media: "application/json",
        name,
        text: file.render(secrets),
    }))
}

/// The page again, with what the catalog said. Secrets are left out.
pub async fn check(form: Form) -> Result<Answer<Report>, AppError> {
    let file = read(&form.fields, false)
        .map_err(|error| AppError::new(error::Kind::NotSent, error.to_string()))?;
    let catalog = form.query().get("catalog").map(str::to_owned);
    let connection = form.fields.get("connection").map(str::to_owned);
    let file = file.render(Secrets::Include);
    let checked = check_destination(&form.session, catalog, file, connection);
    Ok(Answer::Page(checked.await?))
}

/// The page again, with the text and what is wrong with it.
pub async fn import(form: Form) -> Result<Answer<String>, AppError> {
    Ok(Answer::Page(form.fields.text("file")))
}

/// `GET /destination/docker-compose.yml?catalog=&target=&used=`: a local stack on free ports.
pub async fn compose(RawQuery(query): RawQuery) -> Response {
    let query = Query::parse(&query.unwrap_or_default());
    let used = listed_ports(query.get("used").unwrap_or_default());
    let target = query.get("target").and_then(Target::from_slug);
    let stack = query
        .get("catalog")
        .and_then(Kind::from_slug)
        .and_then(|kind| stack(kind, target.unwrap_or_default(), &used));
    let Some(stack) = stack else {
        let why = "There is no local stack for this catalog: generic, lakekeeper, nessie and polaris have one.";
        return fault::error(&AppError::new(error::Kind::NotFound, why), DESTINATION);
    };
    let file = File {
        media: "application/yaml",
        name: "docker-compose.yml",
        text: stack.yaml,
    };
    file.into_response()
}

fn read(fields: &Query, mend: bool) -> Result<Destination, ImportError> {
    let text = fields.get("file").unwrap_or_default().as_bytes();
    let mut file = match mend {
        true => Destination::mended(text)?.0,
        false => Destination::import(text)?,
    };
    for (key, value) in fields.pairs() {
        // A copied secret often brings blanks or the end of a line.
        let value = value.trim();
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
