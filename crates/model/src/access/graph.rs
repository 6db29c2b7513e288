//! Principals, principal roles, catalog roles and what they are granted: as a picture in four columns,
//! and edge by edge.

use {
    crate::window::Window,
    access::polaris::{Kind, Object},
    serde::{Deserialize, Serialize},
};

mod layout;

/// Most nodes that a column shows.
const MOST: usize = 40;
/// Rows of the table on a page.
const PAGE: usize = 200;
/// What the columns are called, from the left.
pub const COLUMNS: [&str; 4] = ["Principals", "Principal roles", "Catalog roles", "Objects"];

/// The part of the graph that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    /// Those that fit, column by column.
    pub nodes: Vec<Node>,
    /// Between the nodes that are shown.
    pub lines: Vec<Line>,
    /// In each column, how many nodes were chosen but do not fit.
    pub hidden: [usize; 4],
    /// What the graph is about, where the address says so.
    pub focus: Option<Object>,
    /// The focus is not in the graph.
    pub missing: bool,
    /// All chosen edges, whether their nodes fit or not.
    pub edges: Window<Edge>,
    /// Of the whole graph.
    pub total: usize,
}

/// A node of the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// What it stands for.
    pub object: Object,
    /// From the left, from 0: see [`COLUMNS`].
    pub column: usize,
    /// From the top, in rows; nodes of a short column stand apart.
    pub row: f64,
    /// It is what the graph is about.
    pub focused: bool,
}

/// By position in the nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The node on the left.
    pub from: usize,
    /// The node on the right.
    pub to: usize,
}

/// A row of the table: who is in what, or who is granted what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The principal, principal role or catalog role.
    pub from: Object,
    /// What it holds, or what is granted to it.
    pub to: Object,
    /// Of a grant.
    pub privileges: Vec<String>,
}

/// Where a kind of object stands, from 0.
fn column(kind: Kind) -> usize {
    match kind {
        Kind::Principal => 0,
        Kind::PrincipalRole => 1,
        Kind::CatalogRole => 2,
        _ => 3,
    }
}

mod build {
    use std::collections::{BTreeMap, HashMap};

    use access::polaris::{SERVICE_ADMIN, World};

    use super::*;
    use crate::paths::{Query, read_object};

    impl Graph {
        /// Shows what the query names, and all that leads to it or from it; by `q` every node with that
        /// in its name likewise; everything otherwise.
        pub fn new(world: &World, query: &Query) -> Self {
            let whole = Whole::new(world);
            let focus = read_object(query, "", None);
            let at = focus
                .as_ref()
                .and_then(|focus| whole.ids.get(focus).copied());
            let missing = focus.is_some() && at.is_none();
            let filter = query.text("q").to_lowercase();
            let chosen = match (at, filter.is_empty()) {
                (Some(focus), _) => whole.around(&[focus]),
                (None, true) => vec![!missing; whole.nodes.len()],
                (None, false) => whole.around(&whole.named(&filter)),
            };
            let inside = |edge: &&(usize, usize)| chosen[edge.0] && chosen[edge.1];
            let edges: Vec<_> = whole.edges.keys().filter(inside).copied().collect();
            let (nodes, lines, hidden) = layout::layout(&whole.nodes, &chosen, &edges, at);
            Graph {
                nodes,
                lines,
                hidden,
                focus,
                missing,
                edges: Window::new(edges.len(), query.page(), PAGE, |index| {
                    let (from, to) = edges[index];
                    Edge {
                        from: whole.nodes[from].clone(),
                        to: whole.nodes[to].clone(),
                        privileges: whole.edges[&edges[index]].clone(),
                    }
                }),
                total: whole.nodes.len(),
            }
        }
    }

    #[derive(Default)]
    struct Whole {
        nodes: Vec<Object>,
        ids: HashMap<Object, usize>,
        /// In order of their nodes, with the privileges of a grant.
        edges: BTreeMap<(usize, usize), Vec<String>>,
    }

    impl Whole {
        fn new(world: &World) -> Self {
            let mut whole = Self::default();
            let principal = |name: &String| Object::Principal { name: name.clone() };
            let role = |name: &str| Object::PrincipalRole {
                name: name.to_owned(),
            };
            for name in world.principals.items() {
                whole.id(principal(name));
            }
            for each in world.principal_roles.items() {
                whole.id(role(&each.name));
                for member in each.members.items() {
                    whole.edge(principal(member), role(&each.name));
                }
                if each.name == SERVICE_ADMIN {
                    let privileges = whole.edge(role(&each.name), Object::Root);
                    privileges.push("SERVICE_MANAGE_ACCESS".to_owned());
                }
            }
            for catalog in &world.catalogs {
                for each in catalog.roles.items() {
                    let catalog_role = Object::CatalogRole {
                        catalog: catalog.name.clone(),
                        name: each.name.clone(),
                    };
                    whole.id(catalog_role.clone());
                    for assignee in each.assignees.items() {
                        whole.edge(role(assignee), catalog_role.clone());
                    }
                    for grant in each.grants.items() {
                        let privileges = whole.edge(catalog_role.clone(), grant.object.clone());
                        privileges.push(grant.privilege.clone());
                    }
                }
            }
            whole
        }

        fn id(&mut self, object: Object) -> usize {
            let next = self.nodes.len();
            *self.ids.entry(object).or_insert_with_key(|object| {
                self.nodes.push(object.clone());
                next
            })
        }

        fn edge(&mut self, from: Object, to: Object) -> &mut Vec<String> {
            let edge = (self.id(from), self.id(to));
            self.edges.entry(edge).or_default()
        }

        fn named(&self, filter: &str) -> Vec<usize> {
            let matches = |node: &Object| node.to_string().to_lowercase().contains(filter);
            let ids = self.nodes.iter().enumerate();
            ids.filter(|(_, node)| matches(node))
                .map(|(id, _)| id)
                .collect()
        }

        /// These, all that leads to them, and all that they lead to.
        fn around(&self, start: &[usize]) -> Vec<bool> {
            let mut chosen = vec![false; self.nodes.len()];
            for backwards in [false, true] {
                let mut next = vec![Vec::new(); self.nodes.len()];
                for (from, to) in self.edges.keys() {
                    match backwards {
                        false => next[*from].push(*to),
                        true => next[*to].push(*from),
                    }
                }
                let mut seen = vec![false; self.nodes.len()];
                let mut open = start.to_vec();
                while let Some(id) = open.pop() {
                    if !std::mem::replace(&mut seen[id], true) {
                        open.extend(&next[id]);
                    }
                }
                chosen
                    .iter_mut()
                    .zip(seen)
                    .for_each(|(chosen, seen)| *chosen |= seen);
            }
            chosen
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::tests::world, paths::Query};

    fn graph(search: &str) -> Graph {
        Graph::new(&world(), &Query::parse(search))
    }

    #[test]
    fn the_whole_graph_stands_in_four_columns() {
        let graph = graph("");
        let columns: Vec<_> = graph.nodes.iter().map(|node| node.column).collect();
        let count = |column| columns.iter().filter(|each| **each == column).count();
        assert_eq!([0, 1, 2, 3].map(count), [3, 2, 2, 3]);
        assert_eq!(graph.lines.len(), graph.edges.total);
        assert_eq!(graph.hidden, [0; 4]);
    }

    #[test]
    fn a_focus_shows_what_leads_there_and_on() {
        let graph = graph("?on=principal-role&name=analysts");
        let names: Vec<_> = graph
            .nodes
            .iter()
            .map(|node| node.object.to_string())
            .collect();
        assert_eq!(
            names,
            [
                "principal reader",
                "principal role analysts",
                "catalog role main.reading",
                "namespace main.sales"
            ]
        );
        assert!(graph.nodes[1].focused);
        assert_eq!(graph.edges.rows[2].privileges, ["TABLE_READ_DATA"]);
    }

    #[test]
    fn a_filter_looks_in_names() {
        assert_eq!(graph("?q=IDLE").nodes.len(), 1);
        assert!(graph("?q=nothing-like-it").nodes.is_empty());
        assert!(graph("?on=principal&name=nobody").missing);
    }

    #[test]
    fn what_does_not_fit_is_counted_and_still_in_the_table() {
        use access::polaris::Part;
        let mut world = world();
        let many: Vec<_> = (0..500)
            .map(|number| format!("service_{number:03}"))
            .collect();
        world.principals = Part::Known(many.clone());
        if let Part::Known(roles) = &mut world.principal_roles {
            roles[1].members = Part::Known(many);
        }
        let graph = Graph::new(&world, &Query::default());
        let shown = graph.nodes.iter().filter(|node| node.column == 0).count();
        assert_eq!((shown, graph.hidden[0]), (MOST, 501 - MOST));
        assert!(graph.edges.total > 500);
        assert_eq!(graph.edges.rows.len(), PAGE);
    }
}
