//! What a browser says that it is, in short.

use model::format::visible;

/// Letters of what is no browser that is known.
const MOST: usize = 40;

/// By the mark that only they set, before those whose mark they set too.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// `Chrome 140 on Linux`; of what is no browser the beginning of what it says.
pub fn short(said: &str) -> String {
    let browser = BROWSERS
        .iter()
        .find_map(|(mark, name)| Some((name, said.split_once(mark)?.1)));
    let Some((browser, version)) = browser else {
        return other(said);
    };
    let mut short = (*browser).to_owned();
    let end = version.find(|letter: char| !letter.is_ascii_digit());
    let version = &version[..end.unwrap_or(version.len())];
    if (1..=4).contains(&version.len()) {
        short = format!("{short} {version}");
    }
    match SYSTEMS.iter().find(|(mark, _)| said.contains(mark)) {
        Some((_, system)) => format!("{short} on {system}"),
        None => short,
    }
}

fn other(said: &str) -> String {
    let said = said.trim();
    let first: String = said.chars().take(MOST).collect();
    match (first.is_empty(), first.len() < said.len()) {
        (true, _) => "(does not say)".into(),
        (_, true) => format!("{}…", visible(&first)),
        (_, false) => visible(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_with_its_version_and_its_system() {
        const APPLE: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        for (said, is) in [
            (
                format!("Mozilla/5.0 (X11; Linux x86_64) {APPLE} Chrome/140.0.0.0 Safari/537.36"),
                "Chrome 140 on Linux",
            ),
            (
                format!("{windows} {APPLE} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"),
                "Edge 140 on Windows",
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".into(),
                "Firefox 145 on Linux",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15".into(),
                "Safari 18 on macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1".into(),
                "Chrome 140 on iOS",
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 10; K) {APPLE} Chrome/140.0.0.0 Mobile Safari/537.36"),
                "Chrome 140 on Android",
            ),
        ] {
            assert_eq!(short(&said), is, "{said}");
        }
    }

    #[test]
    fn what_is_made_up_is_short_too_and_hides_nothing() {
        let long = "9".repeat(200);
        for (said, is) in [
            ("", "(does not say)"),
            ("  ", "(does not say)"),
            ("curl/8.5.0", "curl/8.5.0"),
            ("Chrome/", "Chrome"),
            ("Chrome/é1", "Chrome"),
            ("Firefox/<b>1</b> on Linux", "Firefox on Linux"),
            (&format!("Chrome/{long}"), "Chrome"),
            ("a\u{202e}b", "a⟨U+202E⟩b"),
        ] {
            assert_eq!(short(said), is, "{said}");
        }
        assert_eq!(short(&"é".repeat(200)), "é".repeat(MOST) + "…");
    }
}
