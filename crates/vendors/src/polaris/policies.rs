//! Policies, and what they are attached to: `/polaris/v1/{prefix}/namespaces/{namespace}/policies`
//! (`policy-apis.yaml` of Apache Polaris 1.7.0).

use iceberg_rest::{
    Error, Listing, Namespace, Route, Separator, client::Body, ident::encode_segment,
};
use serde::Serialize;

use super::{
    native::{CatalogService, delete, get, post, put, segment},
    types::{ApplicablePolicy, AttachmentTarget, LoadedPolicy, NewPolicy, Policy, UpdatePolicy},
};

const ALL: &str = "/polaris/v1/{prefix}/namespaces/{namespace}/policies";
const ONE: &str = "/polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}";
const MAPPINGS: &str =
    "/polaris/v1/{prefix}/namespaces/{namespace}/policies/{policy-name}/mappings";
const APPLICABLE: &str = "/polaris/v1/{prefix}/applicable-policies";

#[derive(Serialize)]
struct Mapping<'a> {
    target: &'a AttachmentTarget,
}

impl CatalogService {
    /// `GET …/policies`: their names; of one type if `policy_type` is given.
    pub async fn list_policies(
        &self,
        namespace: &Namespace,
        policy_type: Option<&str>,
    ) -> Result<Listing<String>, Error> {
        let path = self.policies_path(namespace)?;
        let query = of_type(policy_type);
        let list = self.inside(get(ALL), namespace, path, query).collect();
        let list = list.await?;
        Ok(list.map(|item| item.name))
    }

    /// `POST …/policies`. 400 when the server does not know the type, or does not take the content for it.
    pub async fn create_policy(
        &self,
        namespace: &Namespace,
        policy: &NewPolicy,
    ) -> Result<Policy, Error> {
        segment(&policy.name)?;
        let body = Body::new(post(ALL), policy)?;
        let path = self.policies_path(namespace)?;
        let received = self.write(post(ALL), &path, Some(body)).await?;
        let loaded: LoadedPolicy = received.made(post(ALL)).await?;
        Ok(loaded.policy)
    }

    /// `GET …/policies/{policy-name}`.
    pub async fn load_policy(&self, namespace: &Namespace, name: &str) -> Result<Policy, Error> {
        let path = self.policy_path(namespace, name)?;
        let loaded: LoadedPolicy = self.read(get(ONE), &path).await?;
        Ok(loaded.policy)
    }

    /// `PUT …/policies/{policy-name}`. A stale version is a conflict, which names both.
    pub async fn update_policy(
        &self,
        namespace: &Namespace,
        name: &str,
        update: &UpdatePolicy,
    ) -> Result<Policy, Error> {
        let path = self.policy_path(namespace, name)?;
        let body = Body::new(put(ONE), update)?;
        let received = self.write(put(ONE), &path, Some(body)).await?;
        let loaded: LoadedPolicy = received.made(put(ONE)).await?;
        Ok(loaded.policy)
    }

    /// `DELETE …/policies/{policy-name}`. 400 while it is attached, unless `detach_all`.
    pub async fn drop_policy(
        &self,
        namespace: &Namespace,
        name: &str,
        detach_all: bool,
    ) -> Result<(), Error> {
        let query = if detach_all { "?detach-all=true" } else { "" };
        let path = format!("{}{query}", self.policy_path(namespace, name)?);
        self.write(delete(ONE), &path, None).await.map(drop)
    }

    /// `PUT …/policies/{policy-name}/mappings`. Attaching what is attached succeeds.
    pub async fn attach_policy(
        &self,
        namespace: &Namespace,
        name: &str,
        target: &AttachmentTarget,
    ) -> Result<(), Error> {
        self.map_policy(put(MAPPINGS), namespace, name, target)
            .await
    }

    /// `POST …/policies/{policy-name}/mappings`: detaches.
    pub async fn detach_policy(
        &self,
        namespace: &Namespace,
        name: &str,
        target: &AttachmentTarget,
    ) -> Result<(), Error> {
        self.map_policy(post(MAPPINGS), namespace, name, target)
            .await
    }

    async fn map_policy(
        &self,
        route: Route,
        namespace: &Namespace,
        name: &str,
        target: &AttachmentTarget,
    ) -> Result<(), Error> {
        let path = format!("{}/mappings", self.policy_path(namespace, name)?);
        let body = Body::new(route, &Mapping { target })?;
        self.write(route, &path, Some(body)).await.map(drop)
    }

    /// `GET …/applicable-policies`: what holds for the catalog, for a namespace, or for the table or view
    /// `name` in it, inherited ones included.
    pub async fn applicable_policies(
        &self,
        namespace: Option<&Namespace>,
        name: Option<&str>,
        policy_type: Option<&str>,
    ) -> Result<Listing<ApplicablePolicy>, Error> {
        let mut query = String::new();
        if let Some(namespace) = namespace {
            query = format!("&namespace={}", namespace.to_query(&Separator::default())?);
        }
        if let Some(name) = name {
            query = format!("{query}&target-name={}", encode_segment(name));
        }
        query.push_str(&of_type(policy_type));
        let path = "/applicable-policies".to_owned();
        self.list(get(APPLICABLE), path, query).await
    }

    fn policies_path(&self, namespace: &Namespace) -> Result<String, Error> {
        Ok(format!("{}/policies", self.0.namespace_path(namespace)?))
    }

    fn policy_path(&self, namespace: &Namespace, name: &str) -> Result<String, Error> {
        Ok(format!(
            "{}/{}",
            self.policies_path(namespace)?,
            segment(name)?
        ))
    }
}

fn of_type(policy_type: Option<&str>) -> String {
    policy_type
        .map(|name| format!("&policyType={}", encode_segment(name)))
        .unwrap_or_default()
}
