use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Client, Pager, Write, tables::Rename};
use crate::{
    decode,
    error::Error,
    ident::{Namespace, ViewIdent, encode_segment},
    listing::Listing,
    operation::Operation,
    types::LoadViewResult,
};

/// The body of a creation (specification, `CreateViewRequest`).
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct NewView<'a> {
    name: &'a str,
    schema: &'a Value,
    view_version: &'a Value,
    properties: &'a BTreeMap<String, String>,
}

impl Client {
    /// `GET /v1/{prefix}/namespaces/{namespace}/views`.
    pub async fn list_views(&self, namespace: &Namespace) -> Result<Listing<ViewIdent>, Error> {
        self.views_pager(namespace)?.collect().await
    }

    /// [`Client::list_views`], page by page.
    pub fn views_pager(&self, namespace: &Namespace) -> Result<Pager<ViewIdent>, Error> {
        let path = format!("{}/views", self.namespace_path(namespace)?);
        let lies_in = self.lies_in(namespace);
        Ok(Pager::of(self, path, "")
            .keeping(move |view: &ViewIdent| lies_in(view.namespace.levels())))
    }

    /// `HEAD /v1/{prefix}/namespaces/{namespace}/views/{view}`, or `GET` where `HEAD` is not to be trusted.
    pub async fn view_exists(&self, view: &ViewIdent) -> Result<bool, Error> {
        self.exists(
            Operation::ViewExists,
            Operation::LoadView,
            &self.view_path(view)?,
        )
        .await
    }

    /// `GET /v1/{prefix}/namespaces/{namespace}/views/{view}`.
    pub async fn load_view(&self, view: &ViewIdent) -> Result<LoadViewResult, Error> {
        let operation = Operation::LoadView;
        let received = self
            .read(operation, self.address(&self.view_path(view)?)?, &[])
            .await?;
        received
            .understood(move |response| decode::view(operation.route(), response))
            .await
    }

    /// The metadata of [`Client::load_view`] as JSON, with what our types leave out.
    pub async fn load_view_raw(&self, view: &ViewIdent) -> Result<Value, Error> {
        #[derive(Deserialize)]
        struct Raw {
            metadata: Value,
        }
        let operation = Operation::LoadView;
        let received = self
            .read(operation, self.address(&self.view_path(view)?)?, &[])
            .await?;
        let raw: Raw = received.json(operation.route()).await?;
        Ok(raw.metadata)
    }

    /// `POST /v1/{prefix}/namespaces/{namespace}/views`, of a view with one version. `schema` and `version` are as
    /// metadata has them.
    pub fn create_view(
        &self,
        view: &ViewIdent,
        schema: &Value,
        version: &Value,
        properties: &BTreeMap<String, String>,
    ) -> Result<Write, Error> {
        self.view_path(view)?;
        let path = format!("{}/views", self.namespace_path(&view.namespace)?);
        let body = NewView {
            name: view.name(),
            schema,
            view_version: version,
            properties,
        };
        self.change(Operation::CreateView, &path, Some(&body))
    }

    /// `DELETE /v1/{prefix}/namespaces/{namespace}/views/{view}`.
    pub fn drop_view(&self, view: &ViewIdent) -> Result<Write, Error> {
        self.change(Operation::DropView, &self.view_path(view)?, None::<&()>)
    }

    /// `POST /v1/{prefix}/views/rename`, as [`Client::rename_table`].
    pub fn rename_view(&self, source: &ViewIdent, destination: &ViewIdent) -> Result<Write, Error> {
        self.view_path(destination)?;
        let body = Rename {
            source,
            destination,
        };
        self.change(Operation::RenameView, "/views/rename", Some(&body))
    }

    pub(super) fn view_path(&self, view: &ViewIdent) -> Result<String, Error> {
        Ok(format!(
            "{}/views/{}",
            self.namespace_path(&view.namespace)?,
            encode_segment(view.name())
        ))
    }
}
