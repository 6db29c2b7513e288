use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Client, Pager, Write, paging::Placed, unity};
use crate::{
    decode::{self, Response},
    error::Error,
    ident::Namespace,
    listing::Listing,
    operation::Operation,
    types::NamespaceDetails,
};

#[derive(Serialize)]
struct NewNamespace<'a> {
    namespace: &'a Namespace,
    properties: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Changes<'a> {
    removals: &'a BTreeSet<String>,
    updates: &'a BTreeMap<String, String>,
}

/// What goes along with a namespace that is dropped: Lakekeeper's own parameters of `dropNamespace`. Without any, the
/// call is that of the specification.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NamespaceDrop {
    /// All that it holds, on every level.
    pub recursive: bool,
    /// What is protected, too. Where a warehouse deletes softly, nothing goes recursively without it, and nothing can
    /// be restored then.
    pub force: bool,
    /// The files of the tables and views that it holds; said with `recursive` alone.
    pub purge: bool,
}

impl NamespaceDrop {
    /// `?recursive=true&force=true&purge=false`. Whether files go is always said then.
    fn query(self) -> String {
        let purge = if self.purge {
            "purge=true"
        } else {
            "purge=false"
        };
        let all = [
            (self.recursive, "recursive=true"),
            (self.force, "force=true"),
            (self.recursive, purge),
        ];
        let said = all.into_iter().filter(|(said, _)| *said);
        let said: Vec<_> = said.map(|(_, parameter)| parameter).collect();
        match said.as_slice() {
            [] => String::new(),
            said => format!("?{}", said.join("&")),
        }
    }
}

impl Client {
    /// `GET /v1/{prefix}/namespaces`: the children of `parent`, or the top level.
    pub async fn list_namespaces(
        &self,
        parent: Option<&Namespace>,
    ) -> Result<Listing<Namespace>, Error> {
        self.namespaces_pager(parent)?.collect().await
    }

    /// [`Client::list_namespaces`], page by page.
    pub fn namespaces_pager(&self, parent: Option<&Namespace>) -> Result<Pager<Namespace>, Error> {
        let query = match parent {
            Some(parent) => format!("&parent={}", parent.to_query(&self.0.separator)?),
            None => String::new(),
        };
        let pager = Pager::of(self, "/namespaces".to_owned(), &query);
        let ignores_case = self.dialect().profile().ignores_case;
        Ok(match parent {
            Some(_) if !self.dialect().profile().nested => pager.ended(),
            Some(parent) => {
                let parent = parent.clone();
                pager.placing(move |namespace| child(namespace, parent.levels(), ignores_case))
            }
            None => pager
                .placing(|namespace| child(namespace, &[], false))
                .with_native(unity::namespaces(self)),
        })
    }

    /// `GET /v1/{prefix}/namespaces/{namespace}`.
    pub async fn load_namespace(&self, namespace: &Namespace) -> Result<NamespaceDetails, Error> {
        let operation = Operation::LoadNamespace;
        let received = self
            .read(
                operation,
                self.address(&self.namespace_path(namespace)?)?,
                &[],
            )
            .await?;
        let route = operation.route();
        let read = move |response: &Response<'_>| decode::namespace(route, response);
        received.understood(read).await
    }

    /// `HEAD /v1/{prefix}/namespaces/{namespace}`, or `GET` where `HEAD` is not to be trusted.
    pub async fn namespace_exists(&self, namespace: &Namespace) -> Result<bool, Error> {
        self.exists(
            Operation::NamespaceExists,
            Operation::LoadNamespace,
            &self.namespace_path(namespace)?,
        )
        .await
    }

    /// `POST /v1/{prefix}/namespaces`. Fails for a name that no address of this server could hold afterwards.
    pub fn create_namespace(
        &self,
        namespace: &Namespace,
        properties: &BTreeMap<String, String>,
    ) -> Result<Write, Error> {
        self.namespace_path(namespace)?;
        let body = NewNamespace {
            namespace,
            properties,
        };
        self.change(Operation::CreateNamespace, "/namespaces", Some(&body))
    }

    /// `POST /v1/{prefix}/namespaces/{namespace}/properties`: nothing of it is guarded, the last one to write a key
    /// wins. Polaris answers to the removal of a key that is not there as to a conflict.
    pub fn update_namespace(
        &self,
        namespace: &Namespace,
        removals: &BTreeSet<String>,
        updates: &BTreeMap<String, String>,
    ) -> Result<Write, Error> {
        let path = format!("{}/properties", self.namespace_path(namespace)?);
        let body = Changes { removals, updates };
        self.change(Operation::UpdateNamespaceProperties, &path, Some(&body))
    }

    /// `DELETE /v1/{prefix}/namespaces/{namespace}`.
    pub fn drop_namespace(
        &self,
        namespace: &Namespace,
        along: NamespaceDrop,
    ) -> Result<Write, Error> {
        let path = format!("{}{}", self.namespace_path(namespace)?, along.query());
        self.change(Operation::DropNamespace, &path, None::<&()>)
    }

    /// Whether what a server lists in a namespace belongs there, by the levels that it writes: some write them in
    /// another case, in one piece, or with the catalog before them.
    pub fn lies_in(
        &self,
        namespace: &Namespace,
    ) -> impl Fn(&[String]) -> bool + Send + Sync + use<> {
        let whole = |levels: &[String]| levels.join(".").replace('\u{1f}', ".").to_lowercase();
        let asked = whole(namespace.levels());
        let prefix = self.prefix().rsplit('/').next().map(str::to_owned);
        let catalogs = prefix
            .into_iter()
            .chain(self.warehouse().map(str::to_owned));
        let before: Vec<String> = catalogs
            .map(|catalog| format!("{}.", catalog.to_lowercase()))
            .collect();
        let exactly = namespace.levels().to_vec();
        move |levels| {
            // As nearly all servers write it.
            if *levels == exactly {
                return true;
            }
            let listed = whole(levels);
            let without = |catalog: &String| listed.strip_prefix(catalog) == Some(&*asked);
            listed == asked || before.iter().any(without)
        }
    }

    /// `/namespaces/{namespace}`, with the levels separated as this catalog wants them.
    pub fn namespace_path(&self, namespace: &Namespace) -> Result<String, Error> {
        Ok(format!(
            "/namespaces/{}",
            namespace.to_path(&self.0.separator)?
        ))
    }
}

/// The namespace right below `parent` that another is or lies in.
///
/// Servers list deeper levels too, some of them without the levels between; the parent itself; and those of others.
fn child(namespace: Namespace, parent: &[String], ignores_case: bool) -> Placed<Namespace> {
    let same = |(a, b): (&String, &String)| match ignores_case {
        true => a.to_lowercase() == b.to_lowercase(),
        false => a == b,
    };
    let levels = namespace.levels();
    match levels.iter().zip(parent).all(same) {
        true if levels.len() > parent.len() => Placed::Here(namespace.outer(parent.len() + 1)),
        true => Placed::Around,
        false => Placed::Elsewhere,
    }
}
