/// Below this two names are not thought to be the same word.
const ALIKE: f64 = 0.75;

/// The known name that `wrong` most looks like.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase().replace('-', "_");
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wrong, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// `unknown key “kidn”`, and what may have been meant.
pub fn unknown<'a>(what: &str, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(wrong, known) {
        Some(name) => format!("unknown {what} “{wrong}”; did you mean “{name}”?"),
        None => format!("unknown {what} “{wrong}”"),
    }
}
