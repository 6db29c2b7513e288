//! Spark: `spark.sql.catalog.NAME.PROPERTY`, wherever it stands: a line of `spark-defaults.conf`, `--conf` of a
//! command line, `.config("…", "…")` of a session's builder, a dictionary.

mod settings;

use super::left::Left;
use super::why::Why;
use super::{Catalogs, NotRead, Pair, bounded, flink};

const CATALOG: &str = "spark.sql.catalog.";
pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let settings = settings::settings(text);
    bounded(settings.len())?;
    let mut catalogs = Catalogs::default();
    let mut names: Vec<String> = Vec::new();
    let mut own: Vec<Vec<(String, Pair)>> = Vec::new();
    for (key, value) in settings {
        let Some(rest) = key.strip_prefix(CATALOG) else {
            catalogs.left.push(Left::new(&key, Why::Engine));
            continue;
        };
        let (name, property) = rest.split_once('.').unwrap_or((rest, ""));
        let at = names.iter().position(|known| known == name);
        let at = at.unwrap_or_else(|| {
            names.push(name.to_owned());
            own.push(Vec::new());
            own.len() - 1
        });
        let property = property.to_owned();
        own[at].push((key.clone(), (property, value)));
    }
    for (name, entries) in names.iter().zip(own) {
        let (called, pairs): (Vec<String>, Vec<Pair>) = entries.into_iter().unzip();
        // The class of the catalog, which wraps Iceberg's.
        if let Some(kind) = flink::not_rest(&pairs) {
            let key = format!("{CATALOG}{name}");
            catalogs.left.push(Left::new(&key, Why::NotRest(kind)));
            continue;
        }
        let mut draft = super::draft::Draft::new(name);
        for (called, (property, value)) in called.iter().zip(pairs) {
            if !property.is_empty() {
                flink::property(&mut draft, called, &property, value);
            }
        }
        catalogs.drafts.push(draft);
    }
    Ok(catalogs)
}
