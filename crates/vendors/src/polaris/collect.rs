//! Who may do what, read from the server: the lists of the management API, put together to a [`World`].

use std::sync::{Mutex, PoisonError};

use access::polaris::{
    Catalog, CatalogRole, Grant, Object, Part, PrincipalRole, World, grant_bytes, name_bytes, weigh,
};
use futures_util::{StreamExt, TryStreamExt, future::try_join, stream};
use iceberg_rest::{Error, ErrorKind, Unreachable, client::in_background};

use super::{
    Management,
    types::{Entity, GrantResource},
};

/// Requests at a time.
const WIDTH: usize = 8;

/// The lists that all others follow from. When none of them can be read, nothing can.
const FIRST: usize = 3;

/// Requests that fail one after the other, none answered in between, before the server counts as gone:
/// a minute, when it is silent.
const PATIENCE: usize = 4 * WIDTH;

/// Levels of a namespace that are followed: each level of each grant costs a place in the index.
const MAX_LEVELS: usize = 64;

/// How far a collection has come, in requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Requests that were answered or failed.
    pub done: usize,
    /// As far as is known: it grows while roles are found.
    pub total: usize,
}

impl Management {
    /// Reads principals, roles, assignments and grants, so that [`access`] can answer questions.
    ///
    /// Takes 3 + C + 2·ΣR + PR requests for C catalogs, ΣR catalog roles and PR principal roles, a few at a
    /// time; dropping the future stops it. `by_hand` names catalogs to read where the list of catalogs is
    /// refused. A list that cannot be read is [`Part::Unknown`], with the reason: refused, late, broken, or
    /// of a name that no address can hold. What is deleted meanwhile is left out. What would take more than
    /// `most` bytes in memory, indexed, is unknown too, and nothing more is asked for. Fails only when the
    /// server cannot be asked at all or any more.
    pub async fn collect_world(
        &self,
        by_hand: &[String],
        most: usize,
        tell: impl Fn(Progress) + Send + Sync,
    ) -> Result<World, Error> {
        let collection = Collection {
            management: self,
            progress: Mutex::default(),
            standing: Mutex::default(),
            most,
            room: Mutex::new(Some(most)),
            tell,
        };
        in_background(collection.world(by_hand)).await
    }
}

struct Collection<'a, F> {
    management: &'a Management,
    progress: Mutex<Progress>,
    standing: Mutex<Standing>,
    /// Bytes that may be kept, and how many more; `None` once something did not fit.
    most: usize,
    room: Mutex<Option<usize>>,
    tell: F,
}

/// How the server has fared so far.
#[derive(Default)]
struct Standing {
    /// It has answered or refused a list.
    heard: bool,
    /// Requests that failed since, for reasons that may concern all.
    failed: usize,
}

impl<F: Fn(Progress) + Send + Sync> Collection<'_, F> {
    async fn world(&self, by_hand: &[String]) -> Result<World, Error> {
        let api = self.management;
        self.note(0, FIRST);
        let principals = self.part(self.counted(api.list_principals()).await)?;
        let (roles, catalogs) = try_join(
            async { self.part(self.counted(api.list_principal_roles()).await) },
            async { self.part(self.counted(api.list_catalogs()).await) },
        )
        .await?;

        let principals = self.names(principals, |principal| principal.entity);
        let principal_roles = match self.names(roles, |role| role.entity) {
            Part::Known(names) => Part::Known(self.principal_roles(names).await?),
            Part::Unknown(why) => Part::Unknown(why),
        };
        let (names, more_catalogs) = match self.names(catalogs, |catalog| catalog.entity) {
            Part::Known(names) => (names, None),
            Part::Unknown(why) => (by_hand.to_vec(), Some(why)),
        };
        let mut catalogs = Vec::new();
        for (name, roles) in self.catalogs(names).await? {
            let roles = match roles {
                Part::Known(roles) => Part::Known(self.catalog_roles(&name, roles).await?),
                Part::Unknown(why) => Part::Unknown(why),
            };
            catalogs.push(Catalog { name, roles });
        }
        Ok(World {
            principals,
            principal_roles,
            catalogs,
            more_catalogs,
        })
    }

    async fn principal_roles(&self, names: Vec<String>) -> Result<Vec<PrincipalRole>, Error> {
        self.note(0, names.len());
        let roles = stream::iter(names).map(|name| self.principal_role(name));
        let roles: Vec<_> = roles.buffered(WIDTH).try_collect().await?;
        Ok(roles.into_iter().flatten().collect())
    }

    async fn principal_role(&self, name: String) -> Result<Option<PrincipalRole>, Error> {
        if let Some(why) = self.full() {
            let members = Part::Unknown(why);
            return Ok(Some(PrincipalRole { name, members }));
        }
        let members = self.counted(self.management.list_assignee_principals(&name));
        Ok(self.there(members.await)?.map(|members| PrincipalRole {
            name,
            members: self.names(members, |principal| principal.entity),
        }))
    }

    /// Each catalog with the names of its roles.
    async fn catalogs(
        &self,
        names: Vec<String>,
    ) -> Result<Vec<(String, Part<Vec<String>>)>, Error> {
        self.note(0, names.len());
        let catalogs = stream::iter(names).map(|name| self.catalog(name));
        let catalogs: Vec<_> = catalogs.buffered(WIDTH).try_collect().await?;
        Ok(catalogs.into_iter().flatten().collect())
    }

    async fn catalog(&self, name: String) -> Result<Option<(String, Part<Vec<String>>)>, Error> {
        if let Some(why) = self.full() {
            return Ok(Some((name, Part::Unknown(why))));
        }
        let roles = self.counted(self.management.list_catalog_roles(&name));
        Ok(self
            .there(roles.await)?
            .map(|roles| (name, self.names(roles, |role| role.entity))))
    }

    async fn catalog_roles(
        &self,
        catalog: &str,
        names: Vec<String>,
    ) -> Result<Vec<CatalogRole>, Error> {
        self.note(0, 2 * names.len());
        let roles = stream::iter(names).map(|name| self.catalog_role(catalog.to_owned(), name));
        let roles: Vec<_> = roles.buffered(WIDTH).try_collect().await?;
        Ok(roles.into_iter().flatten().collect())
    }

    async fn catalog_role(
        &self,
        catalog: String,
        name: String,
    ) -> Result<Option<CatalogRole>, Error> {
        if let Some(why) = self.full() {
            return Ok(Some(CatalogRole {
                name,
                assignees: Part::Unknown(why.clone()),
                grants: Part::Unknown(why),
            }));
        }
        let api = self.management;
        let assignees = self.counted(api.list_assignee_principal_roles(&catalog, &name));
        let assignees = self.there(assignees.await)?;
        let grants = self.counted(api.list_grants(&catalog, &name));
        let (Some(assignees), Some(grants)) = (assignees, self.there(grants.await)?) else {
            return Ok(None);
        };
        Ok(Some(CatalogRole {
            assignees: self.names(assignees, |role| role.entity),
            grants: self.each(grants, |grant| grant_in(&catalog, grant), grant_bytes),
            name,
        }))
    }

    fn names<T>(&self, list: Part<Vec<T>>, entity: impl Fn(T) -> Entity) -> Part<Vec<String>> {
        self.each(list, |item| entity(item).name, |name| name_bytes(name))
    }

    /// The list in other terms, if there is room for it.
    fn each<T, U>(
        &self,
        list: Part<Vec<T>>,
        of: impl Fn(T) -> U,
        bytes: impl Fn(&U) -> usize,
    ) -> Part<Vec<U>> {
        let list = match list {
            Part::Known(items) => Part::Known(items.into_iter().map(of).collect()),
            Part::Unknown(why) => Part::Unknown(why),
        };
        let bytes = weigh(&list, bytes);
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        *room = room.and_then(|room| room.checked_sub(bytes));
        match *room {
            Some(_) => list,
            None => Part::Unknown(self.cut()),
        }
    }

    /// Why nothing more is kept, where that is so.
    fn full(&self) -> Option<String> {
        let room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        room.is_none().then(|| self.cut())
    }

    fn cut(&self) -> String {
        let most = self.most >> 20;
        format!("The collection is cut at {most} MiB, and this was not read.")
    }

    async fn counted<T>(&self, call: impl Future<Output = T>) -> T {
        let answer = call.await;
        self.note(1, 0);
        answer
    }

    /// What a list held, or why it stays unknown. Fails when there is no use in asking on.
    fn part<T>(&self, answer: Result<T, Error>) -> Result<Part<T>, Error> {
        match answer {
            Ok(list) => {
                self.heard(None);
                Ok(Part::Known(list))
            }
            Err(error) if self.heard(Some(&error)) => Ok(Part::Unknown(error.to_string())),
            Err(error) => Err(error),
        }
    }

    /// The same for a list of something that may be gone by now: then `None`.
    fn there<T>(&self, answer: Result<T, Error>) -> Result<Option<Part<T>>, Error> {
        match answer {
            // Not by 410, which Polaris never says: then the list failed, and may hold anything.
            Err(error) if error.kind == ErrorKind::NotFound && error.status == Some(404) => {
                self.heard(None);
                Ok(None)
            }
            answer => self.part(answer).map(Some),
        }
    }

    /// Takes note of an answer or a failure; says whether there is use in asking on.
    fn heard(&self, error: Option<&Error>) -> bool {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(error) = error else {
            *standing = Standing {
                heard: true,
                failed: 0,
            };
            return true;
        };
        let hopeless = match error.kind {
            // Nothing was sent: the name is odd, and says nothing about the server.
            ErrorKind::Invalid => return true,
            ErrorKind::Unauthenticated => true,
            ErrorKind::Unreachable(why) => matches!(
                why,
                Unreachable::Dns | Unreachable::Refused | Unreachable::Tls | Unreachable::Untold
            ),
            _ => false,
        };
        standing.heard |= error.kind == ErrorKind::Forbidden;
        if standing.heard && !may_concern_all(error) {
            standing.failed = 0;
        } else {
            standing.failed += 1;
        }
        match standing.heard {
            true => standing.failed < PATIENCE,
            false => !hopeless && standing.failed < FIRST,
        }
    }

    fn note(&self, done: usize, found: usize) {
        // A panic elsewhere leaves two whole numbers behind.
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.done += done;
        progress.total += found;
        let now = *progress;
        drop(progress);
        (self.tell)(now);
    }
}

/// Whether the error is about the server or about who asks, more than about this one list.
fn may_concern_all(error: &Error) -> bool {
    match error.kind {
        ErrorKind::Unauthenticated
        | ErrorKind::RateLimited
        | ErrorKind::TimedOut
        | ErrorKind::Unreachable(_) => true,
        _ => matches!(error.status, Some(502..=504)),
    }
}

/// A grant on something that nothing here can name counts as one on the whole catalog, of a privilege
/// of which nobody knows what it means: it may reach anything.
fn grant_in(catalog: &str, resource: GrantResource) -> Grant {
    let unnamed = match &resource {
        GrantResource::Other {
            kind, privilege, ..
        } => format!("{privilege} on a {kind}"),
        _ => format!("a grant below more than {MAX_LEVELS} levels"),
    };
    let shallow = |grant: &Grant| grant.object.namespace().len() <= MAX_LEVELS;
    let grant = resource.in_catalog(catalog).filter(shallow);
    grant.unwrap_or_else(|| Grant {
        object: Object::Catalog {
            catalog: catalog.to_owned(),
        },
        privilege: unnamed,
    })
}
