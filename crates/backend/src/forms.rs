//! Forms whose fields must survive an error before the page's code runs, and those whose answer
//! is shown once. The server gives each here, and answers with a page.

mod actions;
mod catalogs;
mod credentials;
mod entities;
mod native;
pub(crate) mod properties;

use std::sync::Arc;

use iceberg_rest::Error;
use model::{
    change::Object,
    error::{AppError, Kind},
    form::{
        DONE, Field, NAME,
        operation::{CREATE, SAVE},
    },
    page::{Page, PolarisPage},
    paths::{Place, Query, extend},
};
use secrecy::SecretString;
use vendors::polaris::Management;

pub use crate::made::Done;

use crate::{Catalog, Session, change::Change, entity::missing, made::Made};

/// A form on its way: what it is about, and what was typed.
struct Form {
    connection: Arc<Catalog>,
    api: Management,
    place: Place,
    /// The `name` in the address.
    name: String,
    fields: Query,
}

impl Form {
    /// A field without the spaces around it; empty when it is missing.
    fn text(&self, field: &Field) -> String {
        self.fields.text(field.name).trim().to_owned()
    }

    /// [`Form::text`], where nothing is nothing.
    fn some(&self, field: &Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    fn secret(&self, field: &Field) -> Option<SecretString> {
        self.some(field).map(SecretString::from)
    }

    /// What the page's own code gave the form.
    fn hidden(&self, name: &str) -> String {
        self.fields.text(name)
    }

    /// A name is sent as typed: spaces around it are part of it.
    fn new_name(&self) -> Result<String, AppError> {
        let name = self.fields.text(NAME.name);
        vendors::polaris::types::check_name(&name).map_err(refused)?;
        Ok(name)
    }

    /// The version that the page showed.
    fn version(&self) -> Result<i64, AppError> {
        let version = self.hidden("version").parse();
        version.map_err(|_| refused("The form carries no version: reload the page."))
    }

    fn catalog(&self) -> Result<String, AppError> {
        crate::place::catalog_of(&self.place, &self.connection)
    }

    /// Makes something new; `page` shows it.
    async fn create(
        &self,
        change: Change,
        page: String,
        call: impl Future<Output = Result<(), Error>> + Send + 'static,
    ) -> Result<Made, AppError> {
        let (object, to) = (change.object.clone(), page.clone());
        let create = async move { call.await.map_err(|error| there(error.into(), &object, to)) };
        self.connection.change(change, create).await?;
        Ok(Made::Go(saying(page, CREATE)))
    }

    /// Replaces what has this version, unless somebody else does meanwhile; `page` shows it.
    async fn replace(
        &self,
        change: Change,
        seen: i64,
        page: String,
        call: impl Future<Output = Result<(), Error>> + Send + 'static,
    ) -> Result<Made, AppError> {
        let object = change.object.clone();
        let replace = async move {
            let made = call.await.map_err(AppError::from);
            made.map_err(|error| match error.kind {
                Kind::Conflict => changed_meanwhile(&object, seen, None),
                _ => missing(error, object.noun(), object.name()),
            })
        };
        self.connection.change(change, replace).await?;
        Ok(Made::Go(saying(page, SAVE)))
    }
}

/// The page's address, for it to say what was done.
pub(crate) fn saying(page: String, operation: &str) -> String {
    extend(page, &Query::default().with(DONE, operation))
}

pub(crate) fn refused(why: impl Into<String>) -> AppError {
    AppError::new(Kind::NotSent, why)
}

/// What was to be made is there: made by this form before, or by somebody else.
pub(crate) fn there(error: AppError, object: &Object, page: String) -> AppError {
    let (noun, name) = (object.noun(), object.name());
    match error.kind {
        Kind::Conflict => AppError {
            kind: Kind::Already,
            ..error
        }
        .saying(format!(
            "There is a {noun} “{name}” already. Nothing was made."
        ))
        .link(format!("Open {name}"), page),
        _ => error,
    }
}

/// Somebody else was faster.
fn changed_meanwhile(object: &Object, seen: i64, now: Option<i64>) -> AppError {
    let (noun, name) = (object.noun(), object.name());
    let now = now.map_or("newer".into(), |now| format!("version {now}"));
    AppError::new(
        Kind::Conflict,
        format!("The {noun} “{name}” was changed meanwhile: you saw version {seen}, it is {now} now. Nothing was written."),
    )
    .hint("Compare what is there now with what you typed. Saving again replaces what is there.")
}

/// Does what the form at this address asks for, once.
pub async fn submit(
    session: &Session,
    path: &str,
    search: &str,
    fields: &Query,
) -> Result<Done, AppError> {
    let place = Place::read(path, search)?;
    let connection = session.connection(&place.connection)?;
    let form = Form {
        api: connection.management()?,
        connection: connection.clone(),
        place,
        name: Query::parse(search).text("name"),
        fields: fields.clone(),
    };
    let page = Page::parse(path);
    if let Some(Page::Polaris(page)) = page
        && let Some(to) = actions::act(session, page, &form, &format!("{path}?{search}")).await?
    {
        return Ok(Done::Go(to));
    }
    let (id, what) = (fields.text("once"), (path, search, fields.pairs()));
    let asked = &connection.changes.forms;
    Made::tell(asked.run(&id, what, make(page, form)).await)
}

async fn make(page: Option<Page>, form: Form) -> Result<Made, AppError> {
    let none = || AppError::new(Kind::NotFound, "There is no such form.");
    let Some(Page::Polaris(page)) = page else {
        return Err(none());
    };
    match page {
        PolarisPage::NewCatalog => catalogs::create(form).await,
        PolarisPage::EditCatalog => catalogs::update(form).await,
        PolarisPage::NewPrincipal => credentials::create(form).await,
        PolarisPage::Credentials => credentials::renew(form).await,
        PolarisPage::NewPrincipalRole => entities::create_principal_role(form).await,
        PolarisPage::NewCatalogRole => entities::create_catalog_role(form).await,
        PolarisPage::Principal => entities::update(form, entities::Noun::Principal).await,
        PolarisPage::PrincipalRole => entities::update(form, entities::Noun::PrincipalRole).await,
        PolarisPage::CatalogRole => entities::update(form, entities::Noun::CatalogRole).await,
        PolarisPage::NewPolicy => native::create_policy(form).await,
        PolarisPage::Policy => native::update_policy(form).await,
        PolarisPage::NewGenericTable => native::create_generic_table(form).await,
        // Of their buttons: each says which it is.
        PolarisPage::Catalog | PolarisPage::GenericTable => Err(refused(
            "The form does not say what it asks for: reload the page.",
        )),
        _ => Err(none()),
    }
}
