//! What a list or a call says of an object by its name.

use iceberg_rest::Error;
use model::{
    change::Object,
    error::{AppError, Kind},
    polaris::{EntityView, Known},
};
use vendors::polaris::types::Entity;

use crate::blocking::blocking;

/// The names in a list, in order.
pub async fn names<T: Send + 'static>(
    list: Result<Vec<T>, Error>,
    entity: impl Fn(&T) -> &Entity + Send + 'static,
) -> Known<Vec<String>> {
    let list = list?;
    let sorted = move || {
        let mut names: Vec<String> = list.iter().map(|item| entity(item).name.clone()).collect();
        names.sort();
        names
    };
    blocking(sorted).await
}

/// Whether a name is in a list.
pub fn lists<T>(
    list: Result<Vec<T>, Error>,
    entity: impl Fn(&T) -> &Entity,
    name: &str,
) -> Known<bool> {
    Ok(list?.iter().any(|item| entity(item).name == name))
}

/// The object of a page. That it is missing fails the page; that it may not be read leaves the rest.
pub fn entity<T>(
    answer: Result<T, Error>,
    noun: &str,
    name: &str,
    view: impl FnOnce(&T) -> EntityView,
) -> Result<Known<EntityView>, AppError> {
    match answer.map_err(AppError::from) {
        Ok(found) => Ok(Ok(view(&found))),
        Err(error) if error.kind == Kind::Forbidden => Ok(Err(error)),
        Err(error) => Err(missing(error, noun, name)),
    }
}

/// Says what is missing: the server's words may be about anything.
pub fn missing(error: AppError, noun: &str, name: &str) -> AppError {
    if error.kind != Kind::NotFound {
        return error;
    }
    error.saying(format!("There is no {noun} “{name}”.")).hint("It may have been deleted meanwhile, or its name is written differently. The list shows what there is.")
}

/// The same of what was to be removed.
pub fn gone(error: AppError, object: &Object) -> AppError {
    if error.kind != Kind::NotFound {
        return error;
    }
    error
        .saying(format!(
            "The catalog says that there is no {} “{}”: it may have been removed already.",
            object.noun(),
            object.name()
        ))
        .hint("The list shows what there is.")
}

/// The answer where something is as it was asked to be; `held` is what a list says of it, and a list
/// that could not be read says nothing.
pub fn already(held: Known<bool>, wanted: bool, what: &str) -> Result<(), AppError> {
    if held.ok() != Some(wanted) {
        return Ok(());
    }
    let since = if wanted { "already" } else { "any more" };
    let message = format!("{what} {since}: nothing was changed.");
    Err(AppError::new(Kind::Already, message).hint("Reload the page to see how it is now."))
}
