//! Policies: where they live, what they hold for, and what they say.

use access::polaris::Object as Named;
use iceberg_rest::{Client, Completeness, Namespace, TableIdent};
use model::{
    change::Object,
    error::{AppError, Kind},
    paths::{LEVELS, Place, TooDeep},
    polaris::{
        Known, Managed,
        native::{Applicable, Policies, PolicyView},
    },
};
use vendors::polaris::{CatalogService, types::AttachmentTarget};

use crate::{
    Session,
    change::{Change, press::Press},
    confirm::confirmed,
    entity::{already, missing},
    place::{catalog_service, policy},
};

/// The policies that live in a namespace, and those that hold for it, or for the table or view that
/// the place names there.
pub async fn list_policies(
    session: &Session,
    place: Place,
    policy_type: String,
) -> Result<Managed<Policies>, AppError> {
    session
        .managed(
            "policies",
            place,
            policy_type,
            |session, place, policy_type| async move {
                let (_, service) = catalog_service(&session, &place).await?;
                let namespace = match place.namespace.is_empty() {
                    true => None,
                    false => Some(named(&place)?),
                };
                let only = Some(policy_type.as_str()).filter(|only| !only.is_empty());
                let names = match &namespace {
                    Some(namespace) if place.object.is_none() => {
                        Some(service.list_policies(namespace, only).await?)
                    }
                    _ => None,
                };
                let object = place.object.as_deref();
                let applicable = service.applicable_policies(namespace.as_ref(), object, only);
                let applicable = applicable
                    .await
                    .map_err(|error| of_tables_only(error.into(), &place));
                let applicable = applicable.map(|found| {
                    found.map(|found| Applicable {
                        name: found.policy.name,
                        policy_type: found.policy.policy_type,
                        inherited: found.inherited,
                        namespace: found.namespace,
                    })
                });
                Ok(Policies { names, applicable })
            },
        )
        .await
}

/// One policy of a namespace.
pub async fn load_policy(
    session: &Session,
    place: Place,
    name: String,
) -> Result<Managed<PolicyView>, AppError> {
    session
        .managed("policy", place, name, |session, place, name| async move {
            let (_, service) = catalog_service(&session, &place).await?;
            let namespace = named(&place)?;
            let (catalog, around) = (
                AttachmentTarget::Catalog([]),
                AttachmentTarget::Namespace(place.namespace.clone()),
            );
            let (policy, on_catalog, on_namespace) = tokio::join!(
                service.load_policy(&namespace, &name),
                attached(&service, &namespace, &name, &catalog, false),
                attached(&service, &namespace, &name, &around, false),
            );
            let policy = policy.map_err(|error| missing(error.into(), "policy", &name))?;
            Ok(PolicyView {
                name: policy.name,
                policy_type: policy.policy_type,
                inheritable: policy.inheritable,
                description: policy.description.unwrap_or_default(),
                content: policy.content.unwrap_or_default(),
                version: policy.version.to_string(),
                on_catalog,
                on_namespace,
            })
        })
        .await
}

/// Attaches to the catalog, to the namespace whose levels stand one a line, or to the table
/// `target` in it; or detaches from there.
pub async fn attach_policy(
    session: &Session,
    place: Place,
    name: String,
    levels: String,
    target: String,
    detach: bool,
    once: String,
) -> Result<(), AppError> {
    let (connection, service) = catalog_service(session, &place).await?;
    let namespace = named(&place)?;
    let target = attachment(&levels, &target)?;
    let what = policy(&place, &connection, &name)?;
    let to = attached_to(what.catalog().unwrap_or_default(), &target);
    if let (false, Named::Table { .. }) = (detach, &to) {
        let client = connection.client(place.warehouse.as_deref(), None).await?;
        is_a_table(&client, &to).await?;
    }
    let (operation, word) = match detach {
        true => ("detachPolicy", "is not attached there"),
        false => ("attachPolicy", "is attached there"),
    };
    let call = async move {
        let held = attached(&service, &namespace, &name, &target, detach).await;
        already(held, !detach, &format!("“{name}” {word}"))?;
        match detach {
            true => service.detach_policy(&namespace, &name, &target).await?,
            false => service.attach_policy(&namespace, &name, &target).await?,
        }
        Ok(())
    };
    let change = Change::new(operation, Object::Given { what, to });
    connection.press(Press::plain(once), change, call).await
}

/// Answers the address of the list.
pub async fn drop_policy(
    session: &Session,
    place: Place,
    name: String,
    confirm: String,
    detach_all: bool,
    once: String,
) -> Result<String, AppError> {
    confirmed(&confirm, &name, false)?;
    let (connection, service) = catalog_service(session, &place).await?;
    let namespace = named(&place)?;
    let object = Object::One(policy(&place, &connection, &name)?);
    let drop = async move { service.drop_policy(&namespace, &name, detach_all).await };
    let change = Change::new("dropPolicy", object);
    connection.remove(once, change, drop).await?;
    Ok(place.policies_path())
}

/// Whether the server says that a policy is attached there; `or_above`: or where that is inherited
/// from. It knows tables, and no views.
async fn attached(
    service: &CatalogService,
    namespace: &Namespace,
    name: &str,
    target: &AttachmentTarget,
    or_above: bool,
) -> Known<bool> {
    let (levels, object) = match target {
        AttachmentTarget::Catalog(_) => (None, None),
        AttachmentTarget::Namespace(levels) => (Some(levels.as_slice()), None),
        AttachmentTarget::TableLike(path) => {
            let (object, levels) = path.split_last().unzip();
            (levels, object.map(String::as_str))
        }
    };
    let on = levels.map(Namespace::try_new).transpose();
    let on = on.map_err(iceberg_rest::Error::from)?;
    let found = service
        .applicable_policies(on.as_ref(), object, None)
        .await?;
    let lives = |levels: &[String]| Namespace::try_new(levels).is_ok_and(|it| it == *namespace);
    let seen = found.items.iter().any(|found| {
        found.policy.name == name && lives(&found.namespace) && (or_above || !found.inherited)
    });
    match found.completeness {
        Completeness::Capped { reason } if !seen => Err(AppError::new(Kind::Upstream, reason)),
        _ => Ok(seen),
    }
}

/// Refuses what the catalog says is no Iceberg table: it would look for one.
async fn is_a_table(client: &Client, to: &Named) -> Result<(), AppError> {
    let Named::Table {
        namespace, name, ..
    } = to
    else {
        return Ok(());
    };
    let ident = Namespace::try_new(namespace).and_then(|levels| TableIdent::try_new(levels, name));
    let ident = ident.map_err(iceberg_rest::Error::from)?;
    match client.table_exists(&ident).await {
        Ok(false) => Err(AppError::new(
            Kind::NotFound,
            format!("There is no Iceberg table {}.{name}. Nothing was attached.", namespace.join(".")),
        )
        .hint("Policies are attached to catalogs, namespaces and Iceberg tables, not to views or generic tables.")),
        // Who may not look may attach all the same.
        Ok(true) | Err(_) => Ok(()),
    }
}

/// Polaris looks for an Iceberg table of that name, and finds no view and no generic table.
fn of_tables_only(error: AppError, place: &Place) -> AppError {
    if error.kind != Kind::NotFound || place.object.is_none() {
        return error;
    }
    error.saying(format!(
        "The server knows no Iceberg table {}: it does not tell which policies hold for views and generic tables. See those of its namespace.",
        place.dotted()
    ))
}

fn attachment(levels: &str, target: &str) -> Result<AttachmentTarget, AppError> {
    let lines = levels.lines().map(|line| line.trim_end_matches('\r'));
    let mut levels: Vec<String> = lines
        .filter(|line| !line.is_empty())
        .take(LEVELS + 1)
        .map(Into::into)
        .collect();
    if levels.len() > LEVELS {
        return Err(AppError::new(
            Kind::NotSent,
            format!("The namespace: {TooDeep}."),
        ));
    }
    match (levels.is_empty(), target) {
        (true, "") => Ok(AttachmentTarget::Catalog([])),
        (false, "") => Ok(AttachmentTarget::Namespace(levels)),
        (true, _) => Err(AppError::new(
            Kind::NotSent,
            format!("The table “{target}” needs its namespace."),
        )),
        (false, _) => {
            levels.push(target.to_owned());
            Ok(AttachmentTarget::TableLike(levels))
        }
    }
}

fn attached_to(catalog: &str, target: &AttachmentTarget) -> Named {
    let catalog = catalog.to_owned();
    match target {
        AttachmentTarget::Catalog(_) => Named::Catalog { catalog },
        AttachmentTarget::Namespace(levels) => Named::Namespace {
            catalog,
            namespace: levels.clone(),
        },
        AttachmentTarget::TableLike(path) => {
            let (name, namespace) = path.split_last().unzip();
            Named::Table {
                catalog,
                namespace: namespace.unwrap_or_default().to_vec(),
                name: name.cloned().unwrap_or_default(),
            }
        }
    }
}

pub(super) fn named(place: &Place) -> Result<Namespace, AppError> {
    Namespace::try_new(&place.namespace).map_err(|invalid| {
        AppError::new(
            Kind::NotSent,
            format!("This address names no namespace: {invalid}."),
        )
        .hint("Choose one in the tree.")
    })
}
