use super::Mend;
use crate::page::ChangePage;

/// A table as Spark names it, below the catalog.
pub(super) struct Table(String);

impl Table {
    /// Of the levels of its namespace and its name.
    pub fn new(names: &[String]) -> Self {
        let quoted = |name: &String| format!("`{}`", name.replace('`', "``"));
        Self(names.iter().map(quoted).collect::<Vec<_>>().join("."))
    }

    /// A call of one of Iceberg's procedures; `more` are its arguments behind the table.
    pub fn procedure(&self, words: &str, procedure: &str, more: &str) -> Mend {
        let name = self.0.replace('\\', "\\\\").replace('\'', "\\'");
        Mend {
            words: words.to_owned(),
            call: format!("CALL lake.system.{procedure}(table => '{name}'{more})"),
            change: None,
        }
    }

    /// Sets a property of the table.
    pub fn property(&self, words: &str, key: &str, value: &str) -> Mend {
        Mend {
            words: words.to_owned(),
            call: format!(
                "ALTER TABLE lake.{} SET TBLPROPERTIES ('{key}' = '{value}')",
                self.0
            ),
            change: None,
        }
    }
}

impl Mend {
    /// A page does it, too.
    pub(super) fn by(self, change: ChangePage) -> Self {
        Self {
            change: Some(change),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_ends_its_quotes() {
        let names = ["a`b".to_owned(), "c'); DROP TABLE x; --\\".to_owned()];
        let table = Table::new(&names);
        let call = table.procedure("", "expire_snapshots", "").call;
        assert_eq!(
            call,
            r"CALL lake.system.expire_snapshots(table => '`a``b`.`c\'); DROP TABLE x; --\\`')"
        );
        let call = table.property("", "format-version", "2").call;
        assert!(
            call.starts_with(r"ALTER TABLE lake.`a``b`.`c'); DROP TABLE x; --\` SET"),
            "{call}"
        );
    }
}
