use std::cmp::Reverse;

use super::{Access, Change, Grant, Kind, Privilege, Requirement, Subject};

/// As many ways as people compare.
const MOST: usize = 5;

/// One way to meet what is unmet, over one principal role and one catalog role, by position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// Power given away, summed over everybody who gains it.
    weight: usize,
    join: Option<usize>,
    /// Principal role and the catalog role that it is given.
    link: Option<(usize, usize)>,
    /// Catalog role, and which of the unmet requirements are granted to it.
    grant: Option<(usize, Needs)>,
}

/// A subset of the unmet requirements: one bit each, in order. No operation has more than five.
type Needs = u8;

impl Access {
    /// Whether grants can meet all of these, and the ways to meet them, smallest first.
    pub(super) fn changes(
        &self,
        subject: Subject,
        unmet: &[Requirement],
    ) -> (bool, Vec<Vec<Change>>) {
        let grants: Vec<_> = unmet.iter().map(smallest_grant).collect();
        let mut ways = self.ways(subject, unmet, &grants);
        ways.sort_unstable();
        ways.dedup();
        let spelled = ways
            .iter()
            .take(MOST)
            .map(|way| self.spell(subject, way, &grants))
            .collect();
        (grants.iter().all(Option::is_some), spelled)
    }

    fn ways(&self, subject: Subject, unmet: &[Requirement], grants: &[Option<Grant>]) -> Vec<Way> {
        let index = &self.index;
        let provided = Provided::new(self, unmet);
        let held = index.held(subject);
        let catalog = unmet.iter().find_map(|each| each.object.catalog());
        let in_catalog = catalog
            .and_then(|name| index.catalogs.get(name))
            .map_or(&[][..], |node| &node.roles);

        let mut ways = Vec::new();
        for (role, node) in index.roles.iter().enumerate() {
            let join = (!held[role]).then_some(role);
            if join.is_none() {
                let over = |id: &usize| self.way(role, *id, None, &provided, grants);
                ways.extend(in_catalog.iter().filter_map(over));
            } else if matches!(subject, Subject::Principal(_)) {
                if provided.by_role[role] == provided.all {
                    ways.push(Way {
                        weight: node.weight,
                        join,
                        link: None,
                        grant: None,
                    });
                    continue;
                }
                let over =
                    |id: &&usize| index.catalog_roles[**id].catalog == catalog.unwrap_or_default();
                let own = node.catalog_roles.iter().filter(over);
                ways.extend(own.filter_map(|id| self.way(role, *id, join, &provided, grants)));
            }
        }
        ways
    }

    /// Over this principal role and this catalog role; `None` when a grant would have to be made that
    /// no call can make.
    fn way(
        &self,
        role: usize,
        catalog_role: usize,
        join: Option<usize>,
        provided: &Provided,
        grants: &[Option<Grant>],
    ) -> Option<Way> {
        let (principal_role, node) = (
            &self.index.roles[role],
            &self.index.catalog_roles[catalog_role],
        );
        let link = (!node.assignees.contains(&role)).then_some((role, catalog_role));
        let already =
            join.map_or(0, |role| provided.by_role[role]) | provided.by_catalog_role[catalog_role];
        let lacking = provided.all & !already;
        let mut weight = join.map_or(0, |_| principal_role.weight);
        if link.is_some() {
            weight += node.weight * principal_role.members.max(1);
        }
        if lacking != 0 {
            let holders: usize = node
                .assignees
                .iter()
                .map(|role| self.index.roles[*role].members)
                .sum();
            weight += picked(grants, lacking)
                .map(|grant| grant.map(grant_weight))
                .sum::<Option<usize>>()?
                * holders.max(1);
        }
        let grant = (lacking != 0).then_some((catalog_role, lacking));
        Some(Way {
            weight,
            join,
            link,
            grant,
        })
    }

    fn spell(&self, subject: Subject, way: &Way, grants: &[Option<Grant>]) -> Vec<Change> {
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
            let needed: Vec<&Grant> = picked(grants, needs).flatten().collect();
            steps.extend(
                without_implied(&needed)
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

/// Which unmet requirements each role would meet by what it already holds.
struct Provided {
    all: Needs,
    by_role: Vec<Needs>,
    by_catalog_role: Vec<Needs>,
}

impl Provided {
    fn new(access: &Access, unmet: &[Requirement]) -> Self {
        let index = &access.index;
        let mut by_role = vec![0; index.roles.len()];
        let mut by_catalog_role = vec![0; index.catalog_roles.len()];
        let mut all = 0;
        for (at, requirement) in unmet.iter().enumerate() {
            let bit = 1 << at;
            all |= bit;
            let wanted = requirement.privilege.satisfied_by();
            for entry in index.entries(requirement.levels()).into_iter().flatten() {
                if !entry.granted.intersection(wanted).is_empty() {
                    by_catalog_role[entry.catalog_role] |= bit;
                    let assignees = &index.catalog_roles[entry.catalog_role].assignees;
                    assignees.iter().for_each(|role| by_role[*role] |= bit);
                }
            }
            if requirement.from_root && wanted.contains(Privilege::SERVICE_MANAGE_ACCESS) {
                by_role[index.service_admin()] |= bit;
            }
        }
        Provided {
            all,
            by_role,
            by_catalog_role,
        }
    }
}

fn picked(grants: &[Option<Grant>], needs: Needs) -> impl Iterator<Item = Option<&Grant>> {
    let wanted = move |at: &usize| needs & (1 << at) != 0;
    (0..grants.len())
        .filter(wanted)
        .map(|at| grants[at].as_ref())
}

/// On the narrowest level that takes one, the weakest privilege that will do.
fn smallest_grant(requirement: &Requirement) -> Option<Grant> {
    requirement.levels().find_map(|level| {
        let fitting = Privilege::grantable_on(level.kind())
            .intersection(requirement.privilege.satisfied_by());
        let weakest = fitting
            .iter()
            .min_by_key(|privilege| privilege.implies().len())?;
        Some(Grant {
            object: level,
            privilege: weakest.name().to_owned(),
        })
    })
}

/// Leaves out what another of them gives as well.
fn without_implied<'a>(grants: &[&'a Grant]) -> Vec<&'a Grant> {
    let mut strongest_first = grants.to_vec();
    strongest_first.sort_by_key(|grant| Reverse(grant_weight(grant)));
    let mut kept: Vec<&Grant> = Vec::new();
    for grant in strongest_first {
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

/// How much power a grant conveys: the privileges that it implies, and a factor for how much lies
/// below its object. Only good for comparing.
pub(super) fn grant_weight(grant: &Grant) -> usize {
    let reach = match grant.object.kind() {
        Kind::Catalog => 100,
        Kind::Namespace => 10,
        _ => 1,
    };
    reach * Privilege::named(&grant.privilege).map_or(1, |privilege| privilege.implies().len())
}
