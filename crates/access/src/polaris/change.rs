use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::index::Index;
use super::weight::Weight;
use super::{Access, Change, Grant, Privilege, Requirement, Subject};

/// As many ways as people compare.
const MOST: usize = 5;

impl Access {
    /// Whether grants can meet all of these, and the ways to meet them, smallest first.
    pub fn ways(&self, subject: Subject, unmet: &[Requirement]) -> (bool, Vec<Vec<Change>>) {
        let search = Search::new(&self.index, unmet);
        let ways = search.smallest(subject);
        let spelled = ways.iter().map(|way| search.spell(subject, way)).collect();
        (search.grants.iter().all(Option::is_some), spelled)
    }
}

/// One way to meet what is unmet, over one principal role and one catalog role, by position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    weight: Weight,
    join: Option<usize>,
    /// Principal role and the catalog role that it is given.
    link: Option<(usize, usize)>,
    /// Catalog role, and which of the unmet requirements are granted to it.
    grant: Option<(usize, Needs)>,
}

/// A subset of the unmet requirements: one bit each, in order. No operation has more than five.
type Needs = u8;

struct Search<'a> {
    index: &'a Index,
    /// The catalog that it is about, and its roles.
    catalog: &'a str,
    catalog_roles: &'a [usize],
    unmet: Needs,
    /// Which requirements each role would meet by what it already holds.
    met_by_role: Vec<Needs>,
    met_by_catalog_role: Vec<Needs>,
    /// What would meet each requirement, and its weight; `None` when no call can grant it.
    grants: Vec<Option<(Grant, Weight)>>,
}

impl<'a> Search<'a> {
    fn new(index: &'a Index, unmet: &[Requirement<'a>]) -> Self {
        let catalog = unmet
            .iter()
            .find_map(|each| each.object.catalog())
            .unwrap_or_default();
        let mut search = Search {
            index,
            catalog,
            catalog_roles: index.catalogs.get(catalog).map_or(&[], |node| &node.roles),
            unmet: 0,
            met_by_role: vec![0; index.roles.len()],
            met_by_catalog_role: vec![0; index.catalog_roles.len()],
            grants: unmet.iter().map(smallest_grant).collect(),
        };
        for (at, requirement) in unmet.iter().enumerate() {
            search.note_who_meets(requirement, 1 << at);
        }
        search
    }

    fn note_who_meets(&mut self, requirement: &Requirement, bit: Needs) {
        self.unmet |= bit;
        let wanted = requirement.privilege.satisfied_by();
        for entry in self
            .index
            .entries(requirement.levels())
            .into_iter()
            .flatten()
        {
            if !entry.granted.intersection(wanted).is_empty() {
                self.met_by_catalog_role[entry.catalog_role] |= bit;
                for role in &self.index.catalog_roles[entry.catalog_role].assignees {
                    self.met_by_role[*role] |= bit;
                }
            }
        }
        if requirement.from_root && wanted.contains(Privilege::SERVICE_MANAGE_ACCESS) {
            self.met_by_role[self.index.service_admin()] |= bit;
        }
    }

    fn smallest(&self, subject: Subject) -> BTreeSet<Way> {
        let mut smallest = BTreeSet::new();
        let mut offer = |way| {
            smallest.insert(way);
            if smallest.len() > MOST {
                smallest.pop_last();
            }
        };
        let held = self.index.held(subject);
        for (role, node) in self.index.roles.iter().enumerate() {
            if held[role] {
                let over = self
                    .catalog_roles
                    .iter()
                    .filter_map(|id| self.way(role, *id, false));
                over.for_each(&mut offer);
            } else if subject.is_principal() && self.met_by_role[role] == self.unmet {
                offer(Way {
                    weight: node.weight,
                    join: Some(role),
                    link: None,
                    grant: None,
                });
            } else if subject.is_principal() {
                let here = |id: &&usize| self.index.catalog_roles[**id].catalog == self.catalog;
                let over = node.catalog_roles.iter().filter(here);
                over.filter_map(|id| self.way(role, *id, true))
                    .for_each(&mut offer);
            }
        }
        smallest
    }

    /// Over this principal role, which the subject is given if it is to `join`, and this catalog role;
    /// `None` when it would take a grant that no call can make.
    fn way(&self, role: usize, catalog_role: usize, join: bool) -> Option<Way> {
        let (principal_role, node) = (
            &self.index.roles[role],
            &self.index.catalog_roles[catalog_role],
        );
        let joined = if join { self.met_by_role[role] } else { 0 };
        let lacking = self.unmet & !joined & !self.met_by_catalog_role[catalog_role];
        let link = (!self.index.is_assigned(role, catalog_role)).then_some((role, catalog_role));
        let mut weight = match join {
            true => principal_role.weight,
            false => Weight::default(),
        };
        if link.is_some() {
            weight += node.weight * principal_role.members.max(1);
        }
        for at in bits(lacking) {
            let (_, granted) = self.grants[at].as_ref()?;
            weight += *granted * node.holders.max(1);
        }
        Some(Way {
            weight,
            join: join.then_some(role),
            link,
            grant: (lacking != 0).then_some((catalog_role, lacking)),
        })
    }

    fn spell(&self, subject: Subject, way: &Way) -> Vec<Change> {
        let mut steps = Vec::new();
        if let (Some(role), Subject::Principal(principal)) = (way.join, subject) {
            steps.push(Change::AssignPrincipalRole {
                principal: principal.to_owned(),
                principal_role: self.index.roles[role].name.clone(),
            });
        }
        if let Some((role, catalog_role)) = way.link {
            let node = &self.index.catalog_roles[catalog_role];
            steps.push(Change::AssignCatalogRole {
                catalog: node.catalog.clone(),
                catalog_role: node.name.clone(),
                principal_role: self.index.roles[role].name.clone(),
            });
        }
        if let Some((catalog_role, needs)) = way.grant {
            let node = &self.index.catalog_roles[catalog_role];
            let needed = bits(needs).filter_map(|at| self.grants[at].as_ref());
            steps.extend(
                without_implied(needed)
                    .into_iter()
                    .map(|grant| Change::Grant {
                        catalog: node.catalog.clone(),
                        catalog_role: node.name.clone(),
                        grant: grant.clone(),
                    }),
            );
        }
        steps
    }
}

fn bits(needs: Needs) -> impl Iterator<Item = usize> {
    (0..8).filter(move |at| needs & (1 << at) != 0)
}

/// On the narrowest level that takes one, the weakest privilege that will do.
fn smallest_grant(requirement: &Requirement) -> Option<(Grant, Weight)> {
    requirement.levels().find_map(|level| {
        let grantable = Privilege::grantable_on(level.kind());
        let fitting = grantable.intersection(requirement.privilege.satisfied_by());
        let weakest = fitting
            .iter()
            .min_by_key(|privilege| privilege.implies().len())?;
        let grant = Grant {
            object: level,
            privilege: weakest.name().to_owned(),
        };
        let weight = Weight::of(&grant);
        Some((grant, weight))
    })
}

/// Leaves out what another of them gives as well.
fn without_implied<'a>(grants: impl Iterator<Item = &'a (Grant, Weight)>) -> Vec<&'a Grant> {
    let mut strongest_first: Vec<_> = grants.collect();
    strongest_first.sort_by_key(|(_, weight)| Reverse(*weight));
    let mut kept: Vec<&Grant> = Vec::new();
    for (grant, _) in strongest_first {
        if !kept.iter().any(|other| covers(other, grant)) {
            kept.push(grant);
        }
    }
    kept
}

/// Whether holding `grant` is holding `other`.
fn covers(grant: &Grant, other: &Grant) -> bool {
    let implied = match (
        Privilege::named(&grant.privilege),
        Privilege::named(&other.privilege),
    ) {
        (Some(holds), Some(wanted)) => holds.implies().contains(wanted),
        _ => grant.privilege == other.privilege,
    };
    implied && other.object.levels().any(|level| level == grant.object)
}
