use std::collections::HashSet;

use super::index::{Entry, Index};
use super::{Access, Privilege, Requirement, Subject};

/// Something that was not collected and on which an answer depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Gap<'a> {
    /// What was not collected.
    pub missing: Missing<'a>,
    /// Why, for people.
    pub why: &'a str,
}

/// Lists that a collection may lack, each named by what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing<'a> {
    /// Who holds this principal role.
    Members {
        /// Its name.
        principal_role: &'a str,
    },
    /// Which roles the catalog has.
    CatalogRoles {
        /// Its name.
        catalog: &'a str,
    },
    /// Which principal roles hold this catalog role.
    Assignees {
        /// Name of the catalog.
        catalog: &'a str,
        /// Name of the catalog role.
        catalog_role: &'a str,
    },
    /// What this catalog role may do.
    Grants {
        /// Name of the catalog.
        catalog: &'a str,
        /// Name of the catalog role.
        catalog_role: &'a str,
    },
    /// What this granted privilege means.
    Privilege {
        /// Name of the catalog.
        catalog: &'a str,
        /// Name of the catalog role.
        catalog_role: &'a str,
        /// As the server spells it.
        privilege: &'a str,
    },
}

impl Access {
    /// What would have to be known to rule out that the subject holds what is required. Empty when
    /// it is certain that no path leads there.
    pub fn gaps<'a>(&'a self, subject: Subject<'a>, requirement: &Requirement<'a>) -> Vec<Gap<'a>> {
        let held = self.index.held(subject);
        let mut gaps = Vec::new();
        let mut seen = HashSet::new();
        self.gaps_of_admin(subject, requirement, &mut gaps);
        if let Some(catalog) = requirement.object.catalog() {
            self.gaps_in_catalog(subject, &held, catalog, requirement, &mut gaps);
        }
        gaps.retain(|gap| seen.insert(*gap));
        gaps
    }

    /// Whether the subject may hold principal roles that we do not know of.
    pub(super) fn may_hold_more(&self, subject: Subject) -> bool {
        subject.is_principal()
            && (self.world.principal_roles.why().is_some() || self.index.members_unknown)
    }

    fn gaps_of_admin<'a>(
        &'a self,
        subject: Subject,
        requirement: &Requirement,
        gaps: &mut Vec<Gap<'a>>,
    ) {
        let admin = &self.index.roles[self.index.service_admin()];
        let enough = requirement
            .privilege
            .satisfied_by()
            .contains(Privilege::SERVICE_MANAGE_ACCESS);
        if let (Subject::Principal(_), true, true, Some(why)) = (
            subject,
            enough,
            requirement.from_root,
            &admin.members_unknown,
        ) {
            gaps.push(Gap {
                missing: Missing::Members {
                    principal_role: &admin.name,
                },
                why,
            });
        }
    }

    fn gaps_in_catalog<'a>(
        &'a self,
        subject: Subject,
        held: &[bool],
        catalog: &'a str,
        requirement: &Requirement,
        gaps: &mut Vec<Gap<'a>>,
    ) {
        let wanted = requirement.privilege.satisfied_by();
        let grantable = requirement.levels().any(|level| {
            !Privilege::grantable_on(level.kind())
                .intersection(wanted)
                .is_empty()
        });
        let any_role = held.contains(&true) || self.may_hold_more(subject);
        if !grantable || !any_role {
            return;
        }
        let Some(node) = self.index.catalogs.get(catalog) else {
            let known = self
                .world
                .catalogs
                .iter()
                .find(|known| known.name == catalog);
            let why = known
                .and_then(|known| known.roles.why())
                .unwrap_or("it was not collected");
            gaps.push(Gap {
                missing: Missing::CatalogRoles { catalog },
                why,
            });
            return;
        };
        let levels = self.index.entries(requirement.levels());
        for id in &node.doubtful {
            let entries = || {
                levels
                    .iter()
                    .filter_map(|entries| Index::entry_of(entries, *id))
            };
            let provides = entries().any(|entry| !entry.granted.intersection(wanted).is_empty());
            let unsure = self.gaps_of_grants(*id, entries());
            if !provides && unsure.is_empty() {
                continue;
            }
            if let Some(links) = self.gaps_of_holding(*id, subject, held) {
                gaps.extend(links);
                if !provides {
                    gaps.extend(unsure);
                }
            }
        }
    }

    /// What is unknown between the subject and a catalog role: nothing when it holds the role, `None`
    /// when it certainly does not.
    fn gaps_of_holding<'a>(
        &'a self,
        id: usize,
        subject: Subject,
        held: &[bool],
    ) -> Option<Vec<Gap<'a>>> {
        let node = &self.index.catalog_roles[id];
        if node.assignees.iter().any(|role| held[*role]) {
            return Some(Vec::new());
        }
        let mut gaps = Vec::new();
        if subject.is_principal() {
            let assignees = node.assignees.iter().map(|role| &self.index.roles[*role]);
            gaps.extend(assignees.filter_map(|role| {
                let why = role.members_unknown.as_deref()?;
                Some(Gap {
                    missing: Missing::Members {
                        principal_role: &role.name,
                    },
                    why,
                })
            }));
        }
        gaps.extend(node.assignees_unknown.as_deref().map(|why| Gap {
            missing: Missing::Assignees {
                catalog: &node.catalog,
                catalog_role: &node.name,
            },
            why,
        }));
        (!gaps.is_empty()).then_some(gaps)
    }

    /// What is unknown about what a catalog role holds, given what it holds on the levels.
    fn gaps_of_grants<'a>(
        &'a self,
        id: usize,
        entries: impl Iterator<Item = &'a Entry>,
    ) -> Vec<Gap<'a>> {
        let node = &self.index.catalog_roles[id];
        let (catalog, catalog_role) = (node.catalog.as_str(), node.name.as_str());
        let unread = node.grants_unknown.as_deref();
        let missing = Missing::Grants {
            catalog,
            catalog_role,
        };
        let mut gaps = Vec::from_iter(unread.map(|why| Gap { missing, why }));
        gaps.extend(
            entries
                .flat_map(|entry| &entry.unfamiliar)
                .map(|privilege| Gap {
                    missing: Missing::Privilege {
                        catalog,
                        catalog_role,
                        privilege,
                    },
                    why: "it is not among the privileges of Polaris 1.7.0",
                }),
        );
        gaps
    }
}
