//! One flow for a service or a person that goes: its roles, what nobody else uses, and the principal itself.

pub mod left;

use percent_encoding::percent_decode_str;

use super::onboard::Call;
use crate::{
    change::Object,
    format::counted,
    paths::{Query, encoded},
};

/// Calls in one go.
const MOST: usize = 200;

/// One call of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The principal leaves a principal role.
    Leave(String),
    /// A principal role goes that nobody else is in.
    PrincipalRole(String),
    /// A catalog role goes that no other principal role holds: its catalog and its name.
    CatalogRole(String, String),
    /// The principal itself goes.
    Principal,
}

/// What the form asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Who goes.
    pub principal: String,
    /// In the order in which they are made: what ends access at once comes first, and what cannot be done
    /// again last.
    pub steps: Vec<Step>,
}

impl Step {
    /// The box of a form that asks for it: its name and its value.
    pub fn field(&self) -> (&'static str, String) {
        match self {
            Self::Leave(role) => ("leave", role.clone()),
            Self::PrincipalRole(role) => ("principal-role", role.clone()),
            Self::CatalogRole(catalog, role) => (
                "catalog-role",
                format!("{}/{}", encoded(catalog), encoded(role)),
            ),
            Self::Principal => ("delete", "yes".to_owned()),
        }
    }

    fn read(name: &str, value: &str) -> Option<Self> {
        let decoded = |text| {
            percent_decode_str(text)
                .decode_utf8()
                .ok()
                .map(String::from)
        };
        match name {
            _ if value.is_empty() => None,
            "leave" => Some(Self::Leave(value.to_owned())),
            "principal-role" => Some(Self::PrincipalRole(value.to_owned())),
            "catalog-role" => {
                let (catalog, role) = value.split_once('/')?;
                Some(Self::CatalogRole(decoded(catalog)?, decoded(role)?))
            }
            "delete" => Some(Self::Principal),
            _ => None,
        }
    }

    /// What it does to the principal, for people.
    pub fn what(&self, principal: &str) -> String {
        match self {
            Self::Leave(role) => format!("Take {role} from {principal}"),
            Self::PrincipalRole(role) => format!("Delete the principal role {role}"),
            Self::CatalogRole(catalog, role) => {
                format!("Delete the catalog role {role} in {catalog}")
            }
            Self::Principal => format!("Delete the principal {principal}"),
        }
    }

    /// What it changes.
    pub fn object(&self, principal: &str) -> Object {
        match self {
            Self::Leave(role) => Object::membership(principal, role),
            Self::PrincipalRole(role) => Object::principal_role(role),
            Self::CatalogRole(catalog, role) => Object::catalog_role(catalog, role),
            Self::Principal => Object::principal(principal),
        }
    }

    /// The call, as it is sent.
    pub fn call(&self, principal: &str) -> Call {
        let path = match self {
            Self::Leave(role) => format!(
                "/principals/{}/principal-roles/{}",
                encoded(principal),
                encoded(role)
            ),
            Self::PrincipalRole(role) => format!("/principal-roles/{}", encoded(role)),
            Self::CatalogRole(catalog, role) => format!(
                "/catalogs/{}/catalog-roles/{}",
                encoded(catalog),
                encoded(role)
            ),
            Self::Principal => format!("/principals/{}", encoded(principal)),
        };
        Call {
            step: self.field().0.to_owned(),
            what: self.what(principal),
            method: "DELETE".to_owned(),
            path: format!("/api/management/v1{path}"),
            body: String::new(),
        }
    }
}

impl Plan {
    /// Each call once, whatever the order in which a form asks for them.
    pub fn read(query: &Query) -> Self {
        let pairs = query.pairs().iter();
        let mut steps: Vec<Step> = pairs
            .filter_map(|(name, value)| Step::read(name, value))
            .collect();
        steps.sort();
        steps.dedup();
        Self {
            principal: query.text("principal"),
            steps,
        }
    }

    /// What has to be filled in or changed first.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if let Err(problem) = vendors::polaris::types::check_name(&self.principal) {
            problems.push(format!("The name of the principal: {problem}"));
        }
        if self.steps.is_empty() {
            problems.push("Nothing was chosen: go back, and choose what is to go.".into());
        }
        if self.steps.len() > MOST {
            problems.push(format!(
                "{} are more than the {MOST} that are made in one go: choose fewer, and come back for the rest.",
                counted(self.steps.len(), "call")
            ));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_in_any_order_makes_one_plan_in_the_safe_one() {
        let steps = [
            Step::Principal,
            Step::CatalogRole("a/b".into(), "r & w".into()),
            Step::PrincipalRole("own".into()),
            Step::Leave("team".into()),
            Step::Leave("own".into()),
        ];
        let asked = steps.iter().map(Step::field);
        let form = asked.fold(
            Query::default().and("principal", "svc"),
            |form, (key, value)| form.and(key, &value).and(key, &value),
        );
        let plan = Plan::read(&Query::parse(&form.to_string()));
        let what = plan.steps.iter().map(|step| step.what("svc"));
        assert_eq!(
            what.collect::<Vec<_>>(),
            [
                "Take own from svc",
                "Take team from svc",
                "Delete the principal role own",
                "Delete the catalog role r & w in a/b",
                "Delete the principal svc"
            ]
        );
        assert_eq!(
            plan.steps[3].call("svc").path,
            "/api/management/v1/catalogs/a%2Fb/catalog-roles/r%20%26%20w"
        );
        assert_eq!(plan.problems(), [""; 0]);
    }

    #[test]
    fn what_is_missing_or_too_much_is_said() {
        let problems = |search: &str| Plan::read(&Query::parse(search)).problems();
        assert_eq!(problems("").len(), 2);
        assert_eq!(problems("?principal=svc&catalog-role=no-slash").len(), 1);
        let roles: String = (0..201).map(|role| format!("&leave=r{role}")).collect();
        let problems = problems(&format!("?principal=svc{roles}"));
        assert!(problems[0].contains("201 calls"), "{problems:?}");
    }
}
