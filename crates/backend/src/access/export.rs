//! Who can do what, as a file: one line for each grant and each way in which somebody holds it.

use access::polaris::{Access, Kind, SERVICE_ADMIN};
use model::{
    access::{Unknown, noun},
    error::AppError,
    paths::{Place, levels, object_name},
};
use serde::Serialize;

use crate::{
    Session,
    blocking::blocking,
    catalog::{Age, State},
    collected::PATIENCE,
    csv::{Format, line},
};

/// More than anybody looks through; what is left out is said.
const MOST: usize = 200_000;

/// The file, or `None` as long as the grants are being collected.
pub async fn export(
    session: &Session,
    place: &Place,
    format: Format,
) -> Result<Option<String>, AppError> {
    let connection = session.connection(&place.connection)?;
    let management = connection.management()?;
    if session.came_from_another_site() {
        return Ok(None);
    }
    let collection = connection.collection(management, Age::Verdict);
    match collection.state(PATIENCE).await {
        State::Collected(collected) => {
            let file = move || {
                let unknown = Unknown::of(&collected.access);
                match format {
                    Format::Csv => csv(&collected.access, &unknown),
                    Format::Json => json(&collected.access, unknown),
                }
            };
            Ok(Some(blocking(file).await?))
        }
        State::Failed(error) => Err(error.into()),
        State::Running(_) | State::Stopped(_) => Ok(None),
    }
}

#[derive(Serialize)]
struct Row<'a> {
    principal: &'a str,
    principal_role: &'a str,
    catalog: Option<&'a str>,
    catalog_role: Option<&'a str>,
    privilege: &'a str,
    kind: &'static str,
    namespace: &'a [String],
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct File<'a> {
    grants: Vec<Row<'a>>,
    /// Lines beyond those were left out.
    cut: bool,
    unknown: Vec<String>,
    more_unknown: usize,
}

/// Those of whom it is known, by principal role; one more than [`MOST`] where there are more.
fn rows(access: &Access) -> Vec<Row<'_>> {
    let world = access.world();
    let mut rows = Vec::new();
    for role in world.principal_roles.items() {
        let held = world.catalogs.iter().flat_map(|catalog| {
            let roles = catalog.roles.items().iter();
            let held = roles.filter(|it| it.assignees.items().contains(&role.name));
            held.flat_map(move |it| {
                it.grants
                    .items()
                    .iter()
                    .map(move |grant| (catalog, it, grant))
            })
        });
        let held: Vec<_> = held.take(MOST + 1).collect();
        for principal in role.members.items() {
            if role.name == SERVICE_ADMIN {
                rows.push(Row {
                    principal,
                    principal_role: &role.name,
                    catalog: None,
                    catalog_role: None,
                    privilege: "SERVICE_MANAGE_ACCESS",
                    kind: noun(Kind::Root),
                    namespace: &[],
                    name: None,
                });
            }
            rows.extend(held.iter().map(|(catalog, catalog_role, grant)| Row {
                principal,
                principal_role: &role.name,
                catalog: Some(&catalog.name),
                catalog_role: Some(&catalog_role.name),
                privilege: &grant.privilege,
                kind: noun(grant.object.kind()),
                namespace: levels(&grant.object),
                name: object_name(&grant.object),
            }));
            if rows.len() > MOST {
                rows.truncate(MOST + 1);
                return rows;
            }
        }
    }
    rows
}

fn json(access: &Access, unknown: Unknown) -> String {
    let mut grants = rows(access);
    let cut = grants.len() > MOST;
    grants.truncate(MOST);
    let file = File {
        grants,
        cut,
        unknown: unknown.sentences,
        more_unknown: unknown.more,
    };
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

fn csv(access: &Access, unknown: &Unknown) -> String {
    let mut text =
        "principal,principal_role,catalog,catalog_role,privilege,kind,namespace,name\r\n"
            .to_owned();
    let rows = rows(access);
    for row in rows.iter().take(MOST) {
        let namespace = row.namespace.join(".");
        let cells = [
            row.principal,
            row.principal_role,
            row.catalog.unwrap_or_default(),
            row.catalog_role.unwrap_or_default(),
            row.privilege,
            row.kind,
            &namespace,
            row.name.unwrap_or_default(),
        ];
        line(&mut text, &cells);
    }
    if rows.len() > MOST {
        line(
            &mut text,
            &[&format!("cut: only the first {MOST} lines are here")],
        );
    }
    for sentence in &unknown.sentences {
        line(&mut text, &[&format!("unknown: {sentence}")]);
    }
    if unknown.more > 0 {
        line(
            &mut text,
            &[&format!("unknown: {} more lists", unknown.more)],
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use access::polaris::{Catalog, CatalogRole, Grant, Object, Part, PrincipalRole, World};

    use super::*;

    fn access(members: Part<Vec<String>>) -> Access {
        let object = Object::Table {
            catalog: "main".into(),
            namespace: vec!["a".into(), "b".into()],
            name: "say \"hi\"".into(),
        };
        let role = CatalogRole {
            name: "reading".into(),
            assignees: Part::Known(vec!["analysts".into()]),
            grants: Part::Known(vec![Grant {
                object,
                privilege: "TABLE_READ_DATA".into(),
            }]),
        };
        Access::new(World {
            principals: Part::Known(vec!["=cmd()".into()]),
            principal_roles: Part::Known(vec![PrincipalRole {
                name: "analysts".into(),
                members,
            }]),
            catalogs: vec![Catalog {
                name: "main".into(),
                roles: Part::Known(vec![role]),
            }],
            more_catalogs: None,
        })
    }

    #[test]
    fn each_grant_is_a_line_for_each_who_holds_it() {
        let access = access(Part::Known(vec!["=cmd()".into()]));
        let nothing = Unknown::of(&access);
        let csv = csv(&access, &nothing);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(
            lines[1..],
            [
                "\"'=cmd()\",\"analysts\",\"main\",\"reading\",\"TABLE_READ_DATA\",\"table\",\"a.b\",\"say \"\"hi\"\"\""
            ]
        );
        let json: serde_json::Value = serde_json::from_str(&json(&access, nothing)).unwrap();
        assert_eq!(json["grants"][0]["namespace"][1], "b");
        assert_eq!(json["unknown"].as_array().map(Vec::len), Some(0));
    }

    #[test]
    fn what_could_not_be_read_is_in_the_file() {
        let access = access(Part::Unknown("403".into()));
        let unknown = Unknown::of(&access);
        assert!(csv(&access, &unknown).contains("unknown: Who holds the principal role analysts"));
        assert!(json(&access, unknown).contains("Who holds the principal role analysts"));
    }
}
