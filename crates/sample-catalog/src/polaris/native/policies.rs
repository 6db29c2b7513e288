//! Policies, and what they are attached to.

use axum::response::Response;
use indexmap::{IndexMap, IndexSet};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    ident::{Ident, split_levels},
    polaris::{
        desk::{Answer, Desk, no_policy, policy_name, refuse},
        refusal::refusal,
        securable::Securable,
    },
    problem::Problem,
    reply,
};

/// All of them reach what lies below.
const TYPES: [&str; 4] = [
    "system.data-compaction",
    "system.metadata-compaction",
    "system.orphan-file-removal",
    "system.snapshot-expiry",
];

pub(crate) struct Policy {
    pub kind: String,
    pub description: Option<String>,
    pub content: Option<String>,
    pub version: i64,
    /// What it is attached to.
    pub targets: IndexSet<Securable>,
}

#[derive(Deserialize)]
struct Create {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    description: Option<String>,
    content: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Update {
    description: Option<String>,
    content: Option<String>,
    current_policy_version: i64,
}

#[derive(Deserialize)]
struct Mapping {
    target: Target,
}

#[derive(Deserialize)]
struct Target {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    path: Vec<String>,
}

impl Policy {
    pub fn new(kind: &str, description: &str, content: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            description: Some(description.to_owned()),
            content: Some(content.to_owned()),
            version: 0,
            targets: IndexSet::new(),
        }
    }

    fn json(&self, name: &str) -> Value {
        json!({"policy-type": self.kind, "inheritable": true, "name": name, "description": self.description,
            "content": self.content, "version": self.version})
    }
}

pub(super) fn list(desk: &mut Desk, catalog: &str, levels: &[String]) -> Answer {
    let within = Securable::within(levels);
    desk.resolve(catalog, &within)?;
    desk.require("LIST_POLICY", &Some((catalog, within)), &None)?;
    let kind = desk.ask.query("policyType");
    let policies = desk.catalog(catalog)?.policies.iter();
    let here = policies.filter(|(ident, policy)| {
        ident.namespace == levels && kind.as_ref().is_none_or(|kind| *kind == policy.kind)
    });
    let here: Vec<&Ident> = here.map(|(ident, _)| ident).collect();
    Ok(reply::json(
        200,
        &json!({"next-page-token": null, "identifiers": here}),
    ))
}

pub(super) fn create(desk: &mut Desk, catalog: &str, levels: Vec<String>) -> Answer {
    let new: Create = desk.body()?;
    let within = Securable::within(&levels);
    desk.resolve(catalog, &within)?;
    desk.require("CREATE_POLICY", &Some((catalog, within)), &None)?;
    if !TYPES.contains(&new.kind.as_str()) {
        let message = format!("Unknown policy type: {}", new.kind);
        return Err(refuse(400, "BadRequestException", &message));
    }
    check_content(new.content.as_deref())?;
    let ident = Ident {
        namespace: levels,
        name: new.name,
    };
    let policies = &mut desk.catalog(catalog)?.policies;
    if policies.contains_key(&ident) {
        let message = format!("Policy already exists {}", policy_name(&ident));
        return Err(refuse(409, "AlreadyExistsException", &message));
    }
    let policy = Policy {
        kind: new.kind,
        description: new.description,
        content: new.content,
        version: 0,
        targets: IndexSet::new(),
    };
    let shown = loaded(&ident, &policy);
    policies.insert(ident, policy);
    Ok(shown)
}

pub(super) fn load(desk: &mut Desk, catalog: &str, ident: Ident) -> Answer {
    permit(desk, "LOAD_POLICY", catalog, &ident)?;
    Ok(loaded(&ident, find(desk, catalog, &ident)?))
}

pub(super) fn update(desk: &mut Desk, catalog: &str, ident: Ident) -> Answer {
    let update: Update = desk.body()?;
    permit(desk, "UPDATE_POLICY", catalog, &ident)?;
    let policy = find(desk, catalog, &ident)?;
    if update.current_policy_version != policy.version {
        let message = format!(
            "Policy version mismatch. Given version is {}, current version is {}",
            update.current_policy_version, policy.version
        );
        return Err(refuse(409, "PolicyVersionMismatchException", &message));
    }
    check_content(update.content.as_deref())?;
    policy.description = update.description.or(policy.description.take());
    policy.content = update.content.or(policy.content.take());
    policy.version += 1;
    Ok(loaded(&ident, policy))
}

pub(super) fn delete(desk: &mut Desk, catalog: &str, ident: Ident) -> Answer {
    permit(desk, "DROP_POLICY", catalog, &ident)?;
    if !find(desk, catalog, &ident)?.targets.is_empty() && !desk.ask.flag("detach-all") {
        let message = format!(
            "Policy {} is still attached to entities",
            policy_name(&ident)
        );
        return Err(refuse(400, "PolicyInUseException", &message));
    }
    let catalog = desk.catalog(catalog)?;
    catalog.policies.shift_remove(&ident);
    catalog.forget(&Securable::Policy(ident));
    Ok(reply::empty(204))
}

/// Attaching what is attached changes nothing.
pub(super) fn attach(desk: &mut Desk, catalog: &str, ident: Ident) -> Answer {
    let target = mapped(desk, "ATTACH_POLICY_TO", catalog, &ident)?;
    let kind = find(desk, catalog, &ident)?.kind.clone();
    let mut policies = desk.catalog(catalog)?.policies.iter();
    let other = policies.find(|(name, policy)| {
        **name != ident && policy.kind == kind && policy.targets.contains(&target)
    });
    if let Some((other, _)) = other {
        let message = format!(
            "The policy {} of the same type is attached there",
            policy_name(other)
        );
        return Err(refuse(409, "PolicyMappingAlreadyExistsException", &message));
    }
    find(desk, catalog, &ident)?.targets.insert(target);
    Ok(reply::empty(204))
}

pub(super) fn detach(desk: &mut Desk, catalog: &str, ident: Ident) -> Answer {
    let target = mapped(desk, "DETACH_POLICY_FROM", catalog, &ident)?;
    match find(desk, catalog, &ident)?.targets.shift_remove(&target) {
        true => Ok(reply::empty(204)),
        false => {
            let message = format!("Policy {} is not attached there", policy_name(&ident));
            Err(refuse(404, "NoSuchPolicyMappingException", &message))
        }
    }
}

/// What holds for the catalog, a namespace or a table: of each type, the policy attached nearest.
pub(super) fn applicable(desk: &mut Desk, catalog: &str) -> Answer {
    let levels = desk.ask.query("namespace").filter(|text| !text.is_empty());
    let levels = levels
        .and_then(|text| split_levels(&text))
        .unwrap_or_default();
    let mut chain: Vec<Securable> = (0..=levels.len())
        .map(|depth| Securable::within(&levels[..depth]))
        .collect();
    if let Some(name) = desk.ask.query("target-name") {
        chain.push(Securable::Table(Ident {
            namespace: levels,
            name,
        }));
    }
    let on = chain[chain.len() - 1].clone();
    let operation = format!("GET_APPLICABLE_POLICIES_ON_{}", kind_name(&on));
    desk.resolve(catalog, &on)?;
    desk.require(&operation, &Some((catalog, on.clone())), &None)?;
    let asked = desk.ask.query("policyType");
    let mut nearest: IndexMap<String, Value> = IndexMap::new();
    let policies = &desk.catalog(catalog)?.policies;
    for level in &chain {
        for (ident, policy) in policies
            .iter()
            .filter(|(_, policy)| policy.targets.contains(level))
        {
            let mut shown = policy.json(&ident.name);
            shown["inherited"] = (*level != on).into();
            shown["namespace"] = json!(ident.namespace);
            nearest.insert(policy.kind.clone(), shown);
        }
    }
    let found = nearest
        .into_iter()
        .filter(|(kind, _)| asked.as_ref().is_none_or(|asked| asked == kind));
    let found: Vec<Value> = found.map(|(_, policy)| policy).collect();
    Ok(reply::json(
        200,
        &json!({"next-page-token": null, "applicable-policies": found}),
    ))
}

fn permit(desk: &Desk, operation: &str, catalog: &str, ident: &Ident) -> Result<(), Response> {
    let on = Securable::Policy(ident.clone());
    desk.resolve(catalog, &on)?;
    desk.require(operation, &Some((catalog, on)), &None)
}

/// What the request wants attached or detached, when it is there and the caller may.
fn mapped(
    desk: &mut Desk,
    verb: &str,
    catalog: &str,
    ident: &Ident,
) -> Result<Securable, Response> {
    let Mapping { target } = desk.body()?;
    let Target { kind, mut path } = target;
    let on = match kind.as_str() {
        "catalog" => Securable::Catalog,
        "namespace" if !path.is_empty() => Securable::Namespace(path),
        "table-like" if path.len() > 1 => {
            let name = path.pop().unwrap_or_default();
            Securable::Table(Ident {
                namespace: path,
                name,
            })
        }
        _ => return Err(reply::empty(400)),
    };
    let policy = Securable::Policy(ident.clone());
    desk.resolve(catalog, &policy)?;
    desk.resolve(catalog, &on)?;
    let operation = format!("{verb}_{}", kind_name(&on));
    desk.require(
        &operation,
        &Some((catalog, policy)),
        &Some((catalog, on.clone())),
    )?;
    Ok(on)
}

fn kind_name(on: &Securable) -> &'static str {
    match on {
        Securable::Catalog => "CATALOG",
        Securable::Namespace(_) => "NAMESPACE",
        Securable::Table(_) | Securable::View(_) | Securable::Policy(_) => "TABLE",
    }
}

/// Content is JSON that says whether the policy is on.
fn check_content(content: Option<&str>) -> Result<(), Response> {
    let content: Option<Value> = content.and_then(|text| serde_json::from_str(text).ok());
    match content.is_some_and(|content| content["enable"].is_boolean()) {
        true => Ok(()),
        false => Err(refuse(400, "InvalidPolicyException", "Invalid policy")),
    }
}

fn find<'a>(desk: &'a mut Desk, catalog: &str, ident: &Ident) -> Result<&'a mut Policy, Response> {
    let missing = || -> Problem { no_policy(ident) };
    let policy = desk.catalog(catalog)?.policies.get_mut(ident);
    policy.ok_or_else(|| refusal(&missing()))
}

fn loaded(ident: &Ident, policy: &Policy) -> Response {
    reply::json(200, &json!({"policy": policy.json(&ident.name)}))
}
