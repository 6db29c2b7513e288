//! Why somebody may do something, or may not: the answer to “explain this 403”.

mod build;
mod elsewhere;

use access::polaris::{Change, Object};
use serde::{Deserialize, Serialize};

use super::PathView;
use crate::refusal;

/// What can be asked, and the answer to what was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explain {
    /// What the form offers.
    pub choices: Choices,
    /// What the address asks, completed by what a pasted message tells.
    pub principal: Option<String>,
    /// Likewise, by Polaris' name of it.
    pub operation: Option<String>,
    /// Why there is no answer: what is missing, or does not fit.
    pub problem: Option<String>,
    /// What follows from the server's own words, and what to do about it.
    pub said: Vec<String>,
    /// Where something was asked.
    pub answer: Option<Explanation>,
}

/// What the form offers to choose from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// As many as a browser suggests without growing slow.
    pub principals: Vec<String>,
    /// Those that were listed.
    pub catalogs: Vec<String>,
    /// Every operation, and the kinds of object that it is asked of.
    pub operations: Vec<(String, String)>,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Whose rights: a principal, or one principal role.
    pub subject: String,
    /// The operation, or the privilege.
    pub asked: String,
    /// What it is asked of.
    pub object: Object,
    /// Whether it is allowed, and why.
    pub verdict: Verdict,
}

/// Whether something is allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// By who it is, not by what it holds.
    AllowedByName,
    /// Every need is met, each by the paths listed.
    Allowed(Vec<Met>),
    /// Some need is met by nothing.
    Denied {
        /// What is not held.
        unmet: Vec<Need>,
        /// Whether grants can allow it at all.
        grantable: bool,
        /// Whether the service admin's role would do.
        admin: bool,
        /// Each one a list of steps to be made together, smallest first.
        ways: Vec<Vec<Change>>,
    },
    /// It depends on what could not be read, or was not there to be read.
    Unknown {
        /// What was not seen to be held.
        unmet: Vec<Need>,
        /// Why it is unknown, in sentences.
        missing: Vec<String>,
        /// What would tell.
        tells: String,
    },
}

/// A privilege that has to be held on an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// As Polaris calls it.
    pub privilege: String,
    /// What it is for, in a few words.
    pub meaning: String,
    /// Where it has to be held.
    pub object: Object,
}

/// A need, and how it is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// What was needed.
    pub need: Need,
    /// How it is held.
    pub paths: Vec<PathView>,
    /// Paths beyond those.
    pub more: usize,
}

impl Explain {
    /// The catalog was asked by now, and has no such object.
    pub fn is_not_there(&mut self) {
        if let Some(answer) = &mut self.answer {
            let object = &answer.object;
            answer.verdict = Verdict::Unknown {
                unmet: Vec::new(),
                missing: vec![refusal::not_there(object)],
                tells: refusal::SPELLING.to_owned(),
            };
        }
    }
}

pub use crate::refusal::barrier;
pub use elsewhere::elsewhere;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::tests::access, paths::Query};

    fn explain(search: &str) -> Explain {
        Explain::new(&access(), &Query::parse(search), Some("main"))
    }

    /// As a server says it, with these roles in the token.
    fn refused(principal: &str, roles: &str, end: &str) -> String {
        format!(
            "message=Principal '{principal}' with activated PrincipalRoles '{roles}' and activated grants via '[x]' is not authorized for op {end}"
        )
    }

    fn verdict(search: &str) -> Verdict {
        let explain = explain(search);
        assert_eq!(explain.problem, None);
        explain.answer.expect("an answer").verdict
    }

    #[test]
    fn what_is_allowed_comes_with_every_path() {
        let allowed = verdict("?principal=reader&operation=LIST_TABLES&ns=sales");
        let Verdict::Allowed(met) = allowed else {
            panic!("{allowed:?}");
        };
        assert_eq!(met[0].need.privilege, "TABLE_LIST");
        assert_eq!(met[0].paths[0].privilege, "TABLE_READ_DATA");
    }

    #[test]
    fn what_is_denied_comes_with_the_smallest_ways() {
        let denied = verdict("?principal=idle&operation=LIST_TABLES&ns=sales");
        let Verdict::Denied {
            grantable, ways, ..
        } = denied
        else {
            panic!("{denied:?}");
        };
        assert!(grantable);
        assert_eq!(
            ways[0],
            [Change::AssignPrincipalRole {
                principal: "idle".into(),
                principal_role: "analysts".into()
            }]
        );
    }

    #[test]
    fn a_pasted_refusal_names_principal_and_operation() {
        let message = "message=Principal 'idle' with activated PrincipalRoles '[]' and activated grants via '[]' is not authorized for op LIST_TABLES";
        let explain = explain(&format!("?ns=sales&{message}"));
        assert_eq!(explain.principal.as_deref(), Some("idle"));
        assert!(explain.answer.is_some());
        let other = super::Explain::new(&access(), &Query::parse("?message=no"), None);
        assert!(
            other
                .problem
                .is_some_and(|problem| problem.contains("is not authorized for op"))
        );
    }

    #[test]
    fn roles_that_are_not_known_leave_it_open() {
        for (roles, known) in [
            ("[analysts]", true),
            ("[]", true),
            ("[ghost]", false),
            ("[analysts, ghost]", false),
            // One role of that name, or two.
            ("[night, shift]", false),
        ] {
            let said = refused("idle", roles, "LIST_TABLES");
            let verdict = verdict(&format!("?ns=finance&{said}"));
            let unknown =
                matches!(&verdict, Verdict::Unknown { missing, .. } if !missing.is_empty());
            assert_eq!(unknown, !known, "{roles}: {verdict:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_said_instead_of_answered() {
        let problem = |search: &str| explain(search).problem.unwrap_or_default();
        assert!(problem("?principal=idle&operation=LIST_TABLES").contains("not of a catalog"));
        assert!(
            problem("?principal=idle&operation=RENAME_TABLE&ns=sales&t=orders")
                .contains("second object")
        );
        assert!(problem("?principal=idle&operation=FLY").contains("no operation FLY"));
        assert!(problem("?operation=LIST_TABLES&ns=a").contains("principal"));
        assert_eq!(
            explain("?"),
            Explain {
                choices: explain("?").choices,
                ..Explain::default()
            }
        );
    }

    #[test]
    fn a_privilege_can_be_asked_for_itself() {
        let held = verdict("?principal=reader&privilege=TABLE_LIST&ns=sales&t=orders");
        assert!(matches!(held, Verdict::Allowed(met) if met[0].paths.len() == 1));
        let not = verdict("?principal=reader&privilege=TABLE_DROP&ns=sales&t=orders");
        assert!(matches!(
            not,
            Verdict::Denied {
                grantable: true,
                ..
            }
        ));
    }

    #[test]
    fn a_token_without_roles_is_denied_what_its_principal_holds() {
        let asked = explain(&format!(
            "?ns=sales&{}",
            refused("reader", "[]", "LIST_TABLES")
        ));
        let verdict = asked.answer.expect("an answer").verdict;
        assert!(matches!(verdict, Verdict::Denied { ways, .. } if ways.is_empty()));
        let said = asked.said.join(" ");
        assert!(
            said.contains("scope") && said.contains("analysts"),
            "{said}"
        );
        // Who holds no role at all needs one.
        let idle = explain(&format!(
            "?ns=sales&{}",
            refused("idle", "[]", "LIST_TABLES")
        ));
        let verdict = idle.answer.expect("an answer").verdict;
        assert!(matches!(verdict, Verdict::Denied { ways, .. } if !ways.is_empty()));
    }

    #[test]
    fn a_token_that_activates_other_roles_than_the_grant_needs_is_denied() {
        let mut world = crate::access::tests::world();
        if let access::polaris::Part::Known(roles) = &mut world.principal_roles {
            roles.push(crate::access::tests::role("other", &["reader"]));
        }
        let access = access::polaris::Access::new(world);
        let explain = |roles: &str| {
            let asked = format!("?ns=sales&{}", refused("reader", roles, "LIST_TABLES"));
            Explain::new(&access, &Query::parse(&asked), Some("main"))
        };
        let other = explain("[other]");
        let verdict = other.answer.expect("an answer").verdict;
        assert!(matches!(verdict, Verdict::Denied { .. }), "{verdict:?}");
        assert!(
            other.said.join(" ").contains("PRINCIPAL_ROLE:analysts"),
            "{:?}",
            other.said
        );
        // It was refused although the roles in the token hold it: nobody here knows why.
        let both = explain("[analysts, other]")
            .answer
            .expect("an answer")
            .verdict;
        assert!(
            matches!(both, Verdict::Unknown { missing, tells, .. } if !missing.is_empty() && !tells.is_empty())
        );
        // The roles are not told: the same.
        let cut = explain("[analysts, …, other]")
            .answer
            .expect("an answer")
            .verdict;
        assert!(matches!(cut, Verdict::Unknown { .. }), "{cut:?}");
    }

    #[test]
    fn what_the_server_says_is_missing_stands_against_the_grants() {
        let end = "LIST_TABLES; missing TABLE_LIST on NAMESPACE 'sales'";
        let asked = explain(&format!(
            "?ns=sales&{}",
            refused("reader", "[analysts]", end)
        ));
        let Verdict::Denied { unmet, .. } = asked.answer.expect("an answer").verdict else {
            panic!("the server refused it");
        };
        assert_eq!(unmet[0].privilege, "TABLE_LIST");
        assert_eq!(unmet[0].object.kind(), access::polaris::Kind::Namespace);
        assert!(
            asked
                .said
                .join(" ")
                .contains("TABLE_LIST on namespace “sales”"),
            "{:?}",
            asked.said
        );
    }

    #[test]
    fn what_no_grant_opens_is_explained_without_them() {
        for (message, word) in [
            (
                "Principal 'reader' is not authorized for op LIST_TABLES due to PRINCIPAL_CREDENTIAL_ROTATION_REQUIRED_STATE",
                "rotate",
            ),
            (
                "Only Root principal(service-admin) can perform RESET_CREDENTIALS",
                "root",
            ),
            (
                "Unable to purge entity: v1. To enable this feature, set the Polaris configuration DROP_WITH_PURGE_ENABLED or the catalog configuration x",
                "DROP_WITH_PURGE_ENABLED",
            ),
            (
                "Invalid locations '[file:///x]' for identifier 'raw.orders': file:///x is not in the list of allowed locations: [file:///y]",
                "allowed locations",
            ),
        ] {
            let asked = explain(&format!("?ns=sales&message={message}"));
            assert_eq!((asked.problem, asked.answer), (None, None), "{message}");
            assert!(asked.said.join(" ").contains(word), "{:?}", asked.said);
        }
    }

    #[test]
    fn what_was_not_listed_is_unknown_and_not_denied() {
        for search in [
            "?principal=nobody&operation=LIST_TABLES&ns=sales",
            "?principal=nobody&privilege=TABLE_LIST&ns=sales",
            "?principal-role=nobody&operation=LIST_TABLES&ns=sales",
            "?principal=idle&operation=LIST_TABLES&ns=sales&w=elsewhere",
            "?principal=root&operation=GET_PRINCIPAL&on=principal&name=nobody",
            "?principal=idle&operation=GET_PRINCIPAL_ROLE&on=principal-role&name=nobody",
            "?principal=idle&operation=GET_CATALOG_ROLE&on=catalog-role&name=nobody",
        ] {
            let verdict = verdict(search);
            assert!(
                matches!(&verdict, Verdict::Unknown { missing, tells, .. } if !missing.is_empty() && !tells.is_empty()),
                "{search}: {verdict:?}"
            );
        }
    }

    #[test]
    fn the_object_is_the_one_of_the_page_that_was_refused() {
        let object = |query: &str, operation: &str| {
            let said = refused("idle", "[]", operation);
            explain(&format!("?{query}&{said}"))
                .answer
                .map(|answer| answer.object.to_string())
        };
        let is = |query, operation, object_: &str| {
            assert_eq!(object(query, operation).as_deref(), Some(object_))
        };
        is("ns=sales", "LIST_TABLES", "namespace main.sales");
        is(
            "ns=sales&t=orders",
            "LOAD_NAMESPACE_METADATA",
            "namespace main.sales",
        );
        is("ns=sales&t=orders", "GET_CATALOG", "catalog main");
        is("", "LIST_NAMESPACES", "catalog main");
        is("name=root", "ROTATE_CREDENTIALS", "principal root");
        is(
            "w=main&name=reading",
            "GET_CATALOG_ROLE",
            "catalog role main.reading",
        );
        is(
            "w=main&ns=sales&role=reading",
            "LIST_GRANTS_FOR_CATALOG_ROLE",
            "catalog role main.reading",
        );
        is("ns=sales&name=p", "LOAD_POLICY", "policy main.sales.p");
        is("ns=sales&name=g", "LOAD_TABLE", "table main.sales.g");
        is("ns=sales", "LIST_PRINCIPALS", "the service");
    }

    #[test]
    fn ways_to_allow_a_part_of_an_append_allow_the_append() {
        let denied = verdict("?principal=reader&operation=ADD_TABLE_SNAPSHOT&ns=sales&t=orders");
        let Verdict::Denied { ways, .. } = denied else {
            panic!("{denied:?}");
        };
        let grants = |way: &Vec<Change>| match &way[..] {
            [Change::Grant { grant, .. }] => grant.privilege == "TABLE_WRITE_DATA",
            _ => false,
        };
        assert!(grants(&ways[0]), "{ways:?}");
    }

    #[test]
    fn nobody_rotates_for_somebody_else_not_even_the_service_admin() {
        let rotate = "?principal=root&operation=ROTATE_CREDENTIALS&on=principal&name=reader";
        let rotate = verdict(rotate);
        assert!(
            matches!(
                rotate,
                Verdict::Denied {
                    grantable: false,
                    admin: false,
                    ..
                }
            ),
            "{rotate:?}"
        );
        let drop = verdict("?principal=idle&operation=DELETE_PRINCIPAL&on=principal&name=reader");
        assert!(
            matches!(
                drop,
                Verdict::Denied {
                    grantable: false,
                    admin: true,
                    ..
                }
            ),
            "{drop:?}"
        );
    }
}
