//! The home page: how each connection fares, and which of their tables need somebody.

use serde::{Deserialize, Serialize};

use super::Spark;
use crate::{
    error::{AppError, Kind},
    format::{Moment, count, counted},
    health::Severity,
};

/// A connection on the home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionCard {
    /// As configured.
    pub name: String,
    /// Address of the catalog.
    pub url: String,
    /// What kind of catalog it is, as configured or as detected.
    pub kind: Option<String>,
    /// Whom calls are made as: `root (oauth2)`, or `none` where it does not sign in.
    pub identity: String,
    /// Nothing may be changed through it.
    pub read_only: bool,
    /// As configured.
    pub warehouse: Option<String>,
    /// Nothing can be browsed before one is chosen.
    pub wants_warehouse: bool,
    /// Warehouses can be made here: they are catalogs of a Polaris.
    pub makes: bool,
    /// A look at it is under way.
    pub probing: bool,
    /// `None` until the first look at it has ended.
    pub health: Option<Health>,
    /// How long it took to answer lately.
    pub spark: Option<Spark>,
    /// When it answered last, where the last look failed.
    pub answered: Option<Moment>,
    /// Of its server.
    pub warehouses: Names,
    /// At the top of its own warehouse: `12`, `12+`; `None` where that is not known.
    pub namespaces: Option<String>,
    /// They are being listed.
    pub counting: bool,
    /// Tables that this identity has read lately.
    pub tables: usize,
    /// Those of them that need somebody, worst first, and not more than [`Attention::MOST`].
    pub attention: Vec<Attention>,
}

/// A table that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// How bad it is.
    pub severity: Severity,
    /// Its full name.
    pub table: String,
    /// Its page.
    pub href: String,
    /// The worst of what its metadata says.
    pub found: String,
}

impl Attention {
    /// Of one connection, and on the page.
    pub const MOST: usize = 8;
}

/// The warehouses of a server, as far as they are known without asking.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Names {
    /// As last listed.
    pub names: Vec<String>,
    /// When; `None` where they were not.
    pub at: Option<Moment>,
    /// Why they could not be listed, or not again.
    pub problem: Option<AppError>,
    /// They are being listed.
    pub under_way: bool,
}

/// What the last look at a connection saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// When it ended.
    pub at: Moment,
    /// How long the server took, ms.
    pub latency_ms: u64,
    /// Why it failed, if it did.
    pub problem: Option<AppError>,
    /// Of the server, where it tells.
    pub version: Option<String>,
}

impl Health {
    /// How its catalog fares, in a few words: `Answers in 5 ms`.
    pub fn standing(&self) -> String {
        match &self.problem {
            None => format!("Answers in {} ms", self.latency_ms),
            Some(problem) => {
                let [one, _] = fault(problem.kind);
                let (first, rest) = one.split_at(1);
                format!("{}{rest}", first.to_uppercase())
            }
        }
    }
}

impl ConnectionCard {
    /// The last look at it failed.
    pub fn fails(&self) -> bool {
        self.problem().is_some()
    }

    /// Something of it is being read.
    pub fn is_looked_at(&self) -> bool {
        self.probing || self.health.is_none() || self.warehouses.under_way || self.counting
    }

    /// How it fares, in a few words: `Answers in 5 ms`.
    pub fn standing(&self) -> String {
        let standing = self.health.as_ref().map(Health::standing);
        standing.unwrap_or_else(|| "Not looked at yet".to_owned())
    }

    fn problem(&self) -> Option<&AppError> {
        self.health.as_ref()?.problem.as_ref()
    }
}

/// What a server does that does not answer as it should, of one and of more.
fn fault(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::Unauthenticated => ["refuses the credentials", "refuse the credentials"],
        Kind::SignIn => ["cannot be signed in to", "cannot be signed in to"],
        Kind::Forbidden => ["refuses this identity", "refuse this identity"],
        Kind::Unreachable => ["cannot be reached", "cannot be reached"],
        Kind::TimedOut => ["takes too long", "take too long"],
        Kind::Malformed => [
            "is no catalog by its answer",
            "are no catalogs by their answers",
        ],
        _ => ["fails", "fail"],
    }
}

/// How many catalogs there are, answer, and do not: `6 catalogs · 5 answer · 1 refuses the credentials`.
pub fn summary(cards: &[ConnectionCard]) -> String {
    let unseen = cards.iter().filter(|card| card.health.is_none()).count();
    let problems: Vec<_> = cards.iter().filter_map(ConnectionCard::problem).collect();
    let mut counts = vec![(["answers", "answer"], cards.len() - problems.len() - unseen)];
    for fault in problems.iter().map(|problem| fault(problem.kind)) {
        match counts.iter_mut().find(|(words, _)| *words == fault) {
            Some((_, number)) => *number += 1,
            None => counts.push((fault, 1)),
        }
    }
    counts.push((["was not looked at yet", "were not looked at yet"], unseen));
    let mut words = vec![counted(cards.len(), "catalog")];
    words.extend(counts.into_iter().filter(|(_, number)| *number > 0).map(
        |([one, more], number)| match number {
            1 => format!("1 {one}"),
            _ => format!("{} {more}", count(number)),
        },
    ));
    words.join(" · ")
}

/// The worst tables of all connections, and how many were looked at: a sentence. Leaves the cards without them.
pub fn needing(cards: &mut [ConnectionCard]) -> (Vec<(String, Attention)>, String) {
    let tables: usize = cards.iter().map(|card| card.tables).sum();
    let mut worst = Vec::new();
    for card in cards {
        let name = card.name.clone();
        let of_card = std::mem::take(&mut card.attention).into_iter();
        worst.extend(of_card.map(|table| (name.clone(), table)));
    }
    worst.sort_by_key(|(_, table)| table.severity);
    worst.truncate(Attention::MOST);
    let said = match (tables, worst.is_empty()) {
        (0, _) => "No table was read lately. Those that somebody opens or lists are judged by their metadata, and the worst of them stand here.".to_owned(),
        (_, true) => format!("None of {} read lately, by their metadata alone.", counted(tables, "table")),
        (_, false) => format!("The worst of {} read lately, by their metadata alone.", counted(tables, "table")),
    };
    (worst, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(name: &str, health: Option<Option<Kind>>) -> ConnectionCard {
        ConnectionCard {
            name: name.into(),
            url: "http://lake".into(),
            kind: None,
            identity: "none".into(),
            read_only: false,
            warehouse: None,
            wants_warehouse: false,
            makes: false,
            probing: false,
            health: health.map(|problem| Health {
                at: Moment::from_ms(1),
                latency_ms: 3,
                problem: problem.map(|kind| AppError::new(kind, "It is down.")),
                version: None,
            }),
            spark: None,
            answered: None,
            warehouses: Names::default(),
            namespaces: None,
            counting: false,
            tables: 0,
            attention: Vec::new(),
        }
    }

    #[test]
    fn what_does_not_answer_is_counted_by_what_it_does_and_apart_from_what_was_not_asked() {
        let well = || card("well", Some(None));
        let fails = |kind| card("ill", Some(Some(kind)));
        assert_eq!(summary(&[well()]), "1 catalog · 1 answers");
        let all = [
            well(),
            fails(Kind::Unreachable),
            well(),
            card("new", None),
            fails(Kind::Unauthenticated),
            fails(Kind::Unreachable),
        ];
        assert!(all[1].fails() && !all[0].fails() && !all[3].fails());
        assert_eq!(
            summary(&all),
            "6 catalogs · 2 answer · 2 cannot be reached · 1 refuses the credentials · 1 was not looked at yet"
        );
        let standing = all.each_ref().map(ConnectionCard::standing);
        assert_eq!(standing[0], "Answers in 3 ms");
        assert_eq!(standing[1], "Cannot be reached");
        assert_eq!(standing[3], "Not looked at yet");
        assert_eq!(standing[4], "Refuses the credentials");
    }

    #[test]
    fn the_worst_tables_of_all_stand_first_and_are_not_many() {
        let table = |severity, number: usize| Attention {
            severity,
            table: format!("t{number}"),
            href: String::new(),
            found: String::new(),
        };
        let mut cards = [card("a", Some(None)), card("b", Some(None))];
        assert!(
            needing(&mut cards)
                .1
                .starts_with("No table was read lately.")
        );
        cards[0].tables = 100;
        assert!(needing(&mut cards).1.starts_with("None of 100 tables"));
        cards[0].attention = (0..8).map(|it| table(Severity::Warning, it)).collect();
        (cards[1].tables, cards[1].attention) = (1, vec![table(Severity::Bad, 9)]);
        let (worst, said) = needing(&mut cards);
        assert!(said.starts_with("The worst of 101 tables"), "{said}");
        assert_eq!(worst.len(), Attention::MOST);
        assert_eq!(
            (worst[0].0.as_str(), worst[0].1.table.as_str()),
            ("b", "t9")
        );
        assert!(cards.iter().all(|card| card.attention.is_empty()));
    }
}
