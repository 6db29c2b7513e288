use super::{
    Access, Change, Grant, Object, Privilege, PrivilegeSet, Requirement, SERVICE_ADMIN, Subject,
};

static ROOT: Object = Object::Root;

/// One way in which a privilege is held: the subject → a principal role → a catalog role → a grant
/// on a level. Service admins have no catalog role on theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path<'a> {
    /// Who holds it.
    pub subject: Subject<'a>,
    /// The role that the subject holds, or is.
    pub principal_role: &'a str,
    /// Catalog and name; `None` for what the service admin's role holds on the root.
    pub catalog_role: Option<(&'a str, &'a str)>,
    /// Where the grant stands: the object asked about, or something that holds it.
    pub object: &'a Object,
    /// What is granted: the privilege asked about, or one that implies it.
    pub privilege: Privilege,
}

impl Path<'_> {
    /// The edges it rests on, in order: remove any one and this path is gone.
    pub fn links(&self) -> Vec<Change> {
        let mut links = Vec::new();
        if let Some(principal) = self.subject.principal() {
            links.push(Change::AssignPrincipalRole {
                principal: principal.to_owned(),
                principal_role: self.principal_role.to_owned(),
            });
        }
        if let Some((catalog, role)) = self.catalog_role {
            links.push(Change::AssignCatalogRole {
                catalog: catalog.to_owned(),
                catalog_role: role.to_owned(),
                principal_role: self.principal_role.to_owned(),
            });
            links.push(Change::Grant {
                catalog: catalog.to_owned(),
                catalog_role: role.to_owned(),
                grant: Grant {
                    object: self.object.clone(),
                    privilege: self.privilege.name().to_owned(),
                },
            });
        }
        links
    }

    /// Whether removing that edge ends this path.
    pub fn rests_on(&self, change: &Change) -> bool {
        match change {
            Change::Grant {
                catalog,
                catalog_role,
                grant,
            } => {
                self.catalog_role == Some((catalog, catalog_role))
                    && self.privilege.name() == grant.privilege
                    && *self.object == grant.object
            }
            Change::AssignCatalogRole {
                catalog,
                catalog_role,
                principal_role,
            } => {
                self.principal_role == principal_role
                    && self.catalog_role == Some((catalog, catalog_role))
            }
            Change::AssignPrincipalRole {
                principal,
                principal_role,
            } => {
                self.principal_role == principal_role && self.subject.principal() == Some(principal)
            }
        }
    }
}

/// A requirement that is met, by at least one path.
#[derive(Clone, Debug)]
pub struct Met<'a> {
    /// What has to be held.
    pub requirement: Requirement<'a>,
    /// Every path by which it is.
    pub paths: Vec<Path<'a>>,
}

/// What the service admin's role holds by itself, for a subject that holds the role.
pub(super) fn service_admin_path(subject: Subject<'_>) -> Path<'_> {
    Path {
        subject,
        principal_role: SERVICE_ADMIN,
        catalog_role: None,
        object: &ROOT,
        privilege: Privilege::SERVICE_MANAGE_ACCESS,
    }
}

impl Access {
    /// Every path by which the subject holds what is required.
    pub fn paths<'a>(&'a self, subject: Subject<'a>, requirement: &Requirement) -> Vec<Path<'a>> {
        let wanted = requirement.privilege.satisfied_by();
        self.walk(subject, requirement.levels(), wanted).collect()
    }

    /// Every path by which the subject holds any of `wanted` on any of the levels.
    pub(super) fn walk<'a>(
        &'a self,
        subject: Subject<'a>,
        levels: impl Iterator<Item = Object>,
        wanted: PrivilegeSet,
    ) -> impl Iterator<Item = Path<'a>> {
        let held = self.index.held(subject);
        levels.flat_map(move |level| match level {
            Object::Root => {
                let holds = wanted.contains(Privilege::SERVICE_MANAGE_ACCESS)
                    && held[self.index.service_admin()];
                Vec::from_iter(holds.then(|| service_admin_path(subject)))
            }
            level => self.grant_paths(subject, &held, &level, wanted),
        })
    }

    fn grant_paths<'a>(
        &'a self,
        subject: Subject<'a>,
        held: &[bool],
        level: &Object,
        wanted: PrivilegeSet,
    ) -> Vec<Path<'a>> {
        let mut paths = Vec::new();
        let Some(at) = self.index.object(level) else {
            return paths;
        };
        let node = &self.index.objects[at];
        let object = &node.object;
        for entry in &node.entries {
            let granted = entry.granted.intersection(wanted);
            if granted.is_empty() {
                continue;
            }
            let node = &self.index.catalog_roles[entry.catalog_role];
            for role in node.assignees.iter().filter(|role| held[**role]) {
                paths.extend(granted.iter().map(|privilege| Path {
                    subject,
                    principal_role: &self.index.roles[*role].name,
                    catalog_role: Some((&node.catalog, &node.name)),
                    object,
                    privilege,
                }));
            }
        }
        paths
    }
}
