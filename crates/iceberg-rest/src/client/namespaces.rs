use super::{Client, Pager, unity};
use crate::{
    error::Error, ident::Namespace, listing::Listing, operation::Operation, types::NamespaceDetails,
};

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
                pager.keeping(move |child| is_child(child, &parent, ignores_case))
            }
            None => pager
                .keeping(|child| child.levels().len() == 1)
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
        received.json(operation.route()).await
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

    /// `/namespaces/{namespace}`, with the levels separated as this catalog wants them.
    pub fn namespace_path(&self, namespace: &Namespace) -> Result<String, Error> {
        Ok(format!(
            "/namespaces/{}",
            namespace.to_path(&self.0.separator)?
        ))
    }
}

/// Servers may list deeper levels too, or another namespace's children.
fn is_child(namespace: &Namespace, parent: &Namespace, ignores_case: bool) -> bool {
    let same = |a: &String, b: &String| {
        if ignores_case {
            a.to_lowercase() == b.to_lowercase()
        } else {
            a == b
        }
    };
    namespace.levels().len() == parent.levels().len() + 1
        && namespace
            .levels()
            .iter()
            .zip(parent.levels())
            .all(|(a, b)| same(a, b))
}
