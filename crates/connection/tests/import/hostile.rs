//! Whatever is pasted: no panic, no long wait, no secret where none belongs.

use connection::{MAX_BYTES, NotRead, read};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Recognisable in any text, and of a shape that no rule makes.
const SECRET: &str = "Zq7kT0pSecret9xW";

fn quickly(text: &str) {
    let start = Instant::now();
    let _ = read(text);
    let took = start.elapsed();
    let begins: String = text.chars().take(40).collect();
    assert!(took < Duration::from_secs(2), "{took:?} for {begins:?}");
}

/// As often as it fits.
fn filled(start: &str, part: &str) -> String {
    format!(
        "{start}{}",
        part.repeat((MAX_BYTES - start.len()) / part.len())
    )
}

#[test]
fn what_grows_or_is_deep_takes_no_time() {
    for text in [
        filled("catalog:\n  a: ", "["),
        filled("catalog:\n  a: ", "{a: "),
        filled("catalog:\n", "- "),
        filled("catalog:\n", "? "),
        filled("catalog:\n a:\n  uri: \"", "x\\n"),
        filled("catalog:\n", " a: &a *a\n"),
        filled("catalog: ", "!a "),
        filled("catalog: &x {a: ", "*x, "),
        filled("{\"writer\":", "{\"a\":"),
        filled("{\"writer\":", "["),
        filled("{\"writer\":", "[]"),
        filled("{\"writer\": \"", "\\"),
        filled("{\"writer\": ", "\"'"),
        filled("{\"writer\": ", "// x\n"),
        filled("{\"writer\": {", "a: 'b' "),
        format!("{{\"writer\": {}", "[".repeat(32_000)),
        filled("{\"client_secret\":", "["),
        filled("{\"client_secret\":1,", "\"a\":{},"),
        filled("[[connection]]\na=", "["),
        filled("[[connection]]\na", ".a"),
        filled("[[connection]]\n", "[[connection]]\n"),
        filled("[[connection]]\n", "[connection.a]\n"),
        filled("spark.sql.catalog.a.uri ", "spark.sql.catalog."),
        filled("spark.sql.catalog.a.uri\n", "spark. "),
        filled("spark.sql.catalog.a.uri\n", "\"spark."),
        filled("spark.sql.catalog.a.uri\n", "\"spark.a\",f"),
        filled("spark.sql.catalog.a.uri\n", "--conf spark.a=\\\n"),
        format!(
            "spark.sql.catalog.a{}{}",
            " ".repeat(MAX_BYTES / 2),
            "-spark.".repeat(16000)
        ),
        filled("iceberg.rest-catalog.uri=", "\\\n"),
        filled("iceberg.rest-catalog.uri=x\n", "#.properties "),
        filled("create catalog a with ", "("),
        filled("create catalog a with (", "'a'='b',"),
        filled("", "create catalog "),
        filled("", "attach 'a' as b (type iceberg);"),
        filled("create secret a (type iceberg", ", token 'x'"),
        filled("attach ", "("),
        filled("load_catalog(", "load_catalog("),
        filled("load_catalog('a', x=", "("),
        filled("load_catalog('", "\\'"),
        filled("load_catalog(", "f'{"),
        filled("load_catalog ", "load_catalog "),
    ] {
        quickly(&text);
    }
}

#[test]
fn the_bomb_of_anchors_is_read_as_it_stands() {
    let mut text = "catalog:\n  a0: &a0 {uri: http://x, token: y}\n".to_owned();
    for level in 1..40 {
        let alias = format!("*a{}", level - 1);
        let list = [alias.as_str(); 9].join(", ");
        text.push_str(&format!("  a{level}: &a{level} [{list}]\n"));
    }
    let start = Instant::now();
    let found = read(&text).expect("the first is a catalog");
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(found.found.len(), 1);
}

#[test]
fn what_is_too_much_is_refused() {
    assert_eq!(read(&"a".repeat(MAX_BYTES + 1)), Err(NotRead::TooLarge));
    assert_eq!(read(" \n\u{FEFF}"), Err(NotRead::Empty));
    assert_eq!(read("hello"), Err(NotRead::Unknown));
    let catalogs: String = (0..101)
        .map(|n| format!("spark.sql.catalog.c{n}.uri=http://h\n"))
        .collect();
    assert_eq!(read(&catalogs), Err(NotRead::TooManyCatalogs));
    let keys: String = (0..1001)
        .map(|n| format!("spark.sql.catalog.c.k{n}=http://h\n"))
        .collect();
    assert_eq!(read(&keys), Err(NotRead::TooManyKeys));
}

#[test]
fn two_of_one_name_are_parted() {
    let name = "n".repeat(70);
    let text = format!("ATTACH 'a' AS \"{name}\" (TYPE iceberg, URI 'http://h'); ").repeat(2);
    let found = read(&text).expect("two").found;
    assert_eq!(found[0].name, "n".repeat(64));
    assert_eq!(found[1].name, format!("{}-2", "n".repeat(60)));
    assert_eq!(found[1].settings.text("name"), Some(found[1].name.as_str()));
}

#[test]
fn a_secret_that_is_pasted_as_a_key_does_not_show() {
    let text = format!(
        "spark.sql.catalog.a.uri=http://h\nspark.sql.catalog.a.token={SECRET}\n\
         spark.sql.catalog.a.{SECRET}=x\nspark.{SECRET} y\n"
    );
    let shown = shown(&text);
    assert!(!shown.contains(SECRET), "{shown}");
}

/// Parts of which files of all programs are made.
fn part() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "spark.sql.catalog.a.",
        "spark.sql.catalog.a",
        "type",
        "rest",
        "uri",
        "http://h:1/p",
        "=",
        " ",
        ":",
        "\n",
        ", ",
        "'",
        "\"",
        "`",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "\\",
        "credential",
        "token",
        "header.X",
        "iceberg.rest-catalog.",
        "oauth2.",
        "connector.name=iceberg",
        "catalog:\n  a:\n    ",
        "*a",
        "&a ",
        "- ",
        "load_catalog",
        "RestCatalog",
        "**",
        "CREATE CATALOG a WITH ",
        "'catalog-type'",
        "ATTACH 'w' AS x ",
        "TYPE iceberg",
        "CREATE SECRET ",
        "MAP ",
        "{\"writer\": ",
        "\"rest_catalog_url\"",
        "\"client_secret\": ",
        "[[connection]]\n",
        "[connection.auth]\n",
        "name = ",
        "--conf ",
        "#",
        "--",
        "/*",
        "${X}",
        "<X>",
        "é",
        "\0",
        "f",
        "None",
        "true",
        "--- ",
        "|",
        ">",
        "? ",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => ".{0,6}"]
}

/// A catalog in the words of each program, with the secret where it belongs, and something strange somewhere.
fn with_secret() -> impl Strategy<Value = String> {
    let texts = vec![
        "spark.sql.catalog.a.type=rest\nspark.sql.catalog.a.uri=http://h\nspark.sql.catalog.a.token=@\n",
        "spark.sql.catalog.a.type=rest\nspark.sql.catalog.a.uri=http://u:@@h\nspark.sql.catalog.a.credential=i:@\n",
        "iceberg.catalog.type=rest\niceberg.rest-catalog.uri=http://h\niceberg.rest-catalog.oauth2.token=@\n",
        "catalog:\n  a:\n    uri: http://h\n    token: '@'\n    header.X-Key: '@'\n",
        "load_catalog('a', **{'uri': 'http://h', 'token': '@'})",
        "CREATE CATALOG a WITH ('catalog-type'='rest','uri'='http://h','token'='@');",
        "CREATE SECRET s (TYPE iceberg, TOKEN '@'); ATTACH 'w' AS x (TYPE iceberg, URI 'http://h');",
        "{\"writer\": {\"catalog_type\": \"rest\", \"rest_catalog_url\": \"http://h\", \"token\": \"@\"}}",
        "{\"a\": {\"client_id\": \"i\", \"client_secret\": \"@\", \"host\": \"h\"}}",
        "[[connection]]\nname = \"a\"\nurl = \"http://h\"\n[connection.auth]\ntype = \"bearer\"\ntoken = \"@\"\n",
    ];
    (
        prop::sample::select(texts),
        part(),
        any::<prop::sample::Index>(),
    )
        .prop_map(|(text, part, at)| {
            let text = text
                .replace("@@", &format!("{SECRET}@"))
                .replace('@', SECRET);
            let text = text.replace(&format!("{SECRET}{SECRET}h"), &format!("{SECRET}@h"));
            let mut at = at.index(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            format!("{}{part}{}", &text[..at], &text[at..])
        })
}

/// Everything that may be shown of what was read.
fn shown(text: &str) -> String {
    match read(text) {
        Ok(read) => {
            let left = read.found.iter().flat_map(|found| &found.left);
            let left: Vec<String> = left
                .chain(&read.left)
                .map(|left| format!("{}: {}", left.key, left.why))
                .collect();
            format!("{read:?}\n{left:?}")
        }
        Err(error) => format!("{error:?}\n{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn parts_of_files_in_any_order_are_read(parts in prop::collection::vec(part(), 0..40)) {
        if let Ok(read) = read(&parts.concat()) {
            for found in &read.found {
                prop_assert_eq!(found.settings.text("name"), Some(found.name.as_str()));
                prop_assert!((1..=64).contains(&found.name.chars().count()));
                let written = connection::toml::write(std::slice::from_ref(&found.settings));
                prop_assert!(connection::read(&written).is_ok(), "{}", written);
            }
        }
    }

    #[test]
    fn a_secret_is_nowhere_but_in_its_place(text in with_secret()) {
        let without = text.replacen(SECRET, "", 99);
        // Where the strange part made a part of the text another, the secret may be a word of it.
        let is_whole = read(&text).is_ok_and(|read| {
            read.found.iter().any(|found| found.settings.secrets().values().any(|value| value.contains(SECRET)))
        });
        if is_whole && !without.contains(SECRET) {
            let shown = shown(&text);
            prop_assert!(!shown.contains(SECRET), "{}\n{}", text, shown);
        }
    }
}
