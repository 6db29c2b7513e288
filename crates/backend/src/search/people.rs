//! Principals and roles of a Polaris, by name.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use model::{error::AppError, polaris::lists::Listing, search::What};

use crate::{
    Catalog,
    cache::{About, CACHE, Question},
};

/// How old they are before whoever searches has them read again, and where that failed.
const DUE: Duration = Duration::from_secs(600);
const FAILED: Duration = Duration::from_secs(60);

#[derive(Clone, PartialEq, Eq, Hash)]
struct PeopleOf;

impl Question for PeopleOf {
    type Answer = People;
    const KEPT: Duration = Duration::from_secs(3_600);
}

/// What is known of them.
pub struct People {
    pub lists: Vec<List>,
    /// Lists that could not be read, with why.
    pub failed: Vec<String>,
    at: SystemTime,
}

/// Names of one kind.
pub struct List {
    pub what: What,
    /// Whose roles they are.
    pub catalog: Option<String>,
    pub names: Arc<Vec<String>>,
}

impl Catalog {
    /// Those that were read, where this is a Polaris.
    pub(super) fn people(&self) -> Option<Arc<People>> {
        CACHE.get(self.grant(About::Access), &PeopleOf)
    }

    /// Those that could not be read are asked for again.
    pub(super) fn forget_people(&self) {
        if self
            .people()
            .is_some_and(|people| !people.failed.is_empty())
        {
            CACHE.drop_answer(self.grant(About::Access), PeopleOf);
        }
    }

    /// Reads them, with the roles of these catalogs, where nobody has lately.
    pub(super) async fn read_people(&self, catalogs: &[String]) {
        if self.management().is_err() || self.people().is_some_and(|people| people.is_young()) {
            return;
        }
        let grant = self.grant(About::Access);
        let mut people = People {
            lists: Vec::new(),
            failed: Vec::new(),
            at: SystemTime::now(),
        };
        let of_server = [
            (What::Principal, Listing::Principals),
            (What::PrincipalRole, Listing::PrincipalRoles),
        ];
        let of_server = of_server.map(|(what, listing)| (what, listing, None));
        let roles = catalogs.iter().cloned().map(Some);
        let roles = roles.map(|catalog| (What::CatalogRole, Listing::CatalogRoles, catalog));
        let mut bytes = 0;
        for (what, listing, catalog) in of_server.into_iter().chain(roles) {
            match self.entities(listing, catalog.clone(), false).await {
                Ok(read) => {
                    let names = read.value.iter().map(|row| row.name.clone());
                    let names: Vec<_> = names.collect();
                    bytes += names.iter().map(|name| name.len() + 40).sum::<usize>();
                    people.lists.push(List {
                        what,
                        catalog,
                        names: Arc::new(names),
                    });
                }
                Err(error) => people.failed.push(failed(what, catalog.as_deref(), &error)),
            }
        }
        CACHE.keep(grant, PeopleOf, Arc::new(people), bytes);
    }
}

impl People {
    fn is_young(&self) -> bool {
        let age = if self.failed.is_empty() { DUE } else { FAILED };
        self.at.elapsed().is_ok_and(|elapsed| elapsed < age)
    }
}

fn failed(what: What, catalog: Option<&str>, error: &AppError) -> String {
    let of = catalog
        .map(|name| format!(" of {name}"))
        .unwrap_or_default();
    format!("{}s{of} ({})", what.label(), error.title())
}
