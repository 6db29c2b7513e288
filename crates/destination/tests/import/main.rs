//! Reading files of others: what is kept, what is refused, and where.

mod language;

use destination::{Destination, ImportError, Kind, MAX_BYTES, Secrets, Target, keys};

fn refused(bytes: &[u8]) -> (ImportError, Option<(usize, usize)>) {
    let error = Destination::import(bytes).expect_err("it is refused");
    let place = error.at().map(|at| (at.line, at.column));
    (error, place)
}

#[test]
fn what_is_no_destination_is_refused_with_its_place() {
    let (error, place) =
        refused(b"{\n  \"type\": \"ICEBERG\",\n  \"writer\": {\"token\": \"\xff\"}\n}");
    assert_eq!((error.id(), place), ("file.utf8", Some((3, 24))));

    let (error, place) = refused("{\n  \"é\": 1,\n  \"ü\" 2\n}".as_bytes());
    assert_eq!((error.id(), place), ("file.json", Some((3, 7))));

    let (error, place) = refused(b" \n [1]");
    assert_eq!((error.id(), place), ("file.object", Some((2, 2))));
    assert!(error.to_string().contains("a list"), "{error}");

    let (error, place) = refused(b"\n\"c2VjcmV0\"\n");
    assert_eq!((error.id(), place), ("file.encrypted", Some((2, 1))));
    assert!(!error.to_string().contains("c2VjcmV0"), "{error}");

    let (error, place) = refused(b"{\"writer\": {},\n \"type\": \"PARQUET\"}");
    assert_eq!((error.id(), place), ("file.parquet", Some((2, 2))));

    assert_eq!(refused(b" \n").0.id(), "file.empty");
    assert_eq!(refused(&vec![b' '; MAX_BYTES + 1]).0.id(), "file.size");
}

#[test]
fn ten_thousand_unknown_keys_are_too_many() {
    let keys: Vec<String> = (0..10_000)
        .map(|number| format!("\"k{number}\": 1"))
        .collect();
    let text = format!(
        "{{\"type\": \"ICEBERG\", \"writer\": {{\n{}\n}}}}",
        keys.join(",\n")
    );
    let (error, place) = refused(text.as_bytes());
    assert_eq!(
        error,
        ImportError::TooManyKeys {
            count: 10_000,
            at: error.at().expect("a place")
        }
    );
    assert_eq!(place, Some((1002, 1)));
}

#[test]
fn unknown_keys_keep_order_and_digits() {
    let text = "{\n  \"note\": {\"a\": [1, 2]},\n  \"type\": \"ICEBERG\",\n  \"writer\": {\n    \"zeta\": 12345678901234567890.10,\n    \"catalog_type\": \"rest\",\n    \"alpha\": {\"x\": 1, \"x\": 2},\n    \"rest_catalog_url\": \"http://rest:8181\"\n  },\n  \"last\": null\n}\n";
    let mut file = Destination::import(text.as_bytes()).expect("it is an object");
    assert_eq!(file.render(Secrets::Include), text);
    file.set(keys::WAREHOUSE, "s3://lake");
    let lines = file.render(Secrets::Include);
    let order: Vec<usize> = [
        "zeta",
        "catalog_type",
        "alpha",
        "rest_catalog_url",
        "iceberg_s3_path",
        "last",
    ]
    .iter()
    .filter_map(|key| lines.find(key))
    .collect();
    assert!(order.len() == 6 && order.is_sorted(), "{lines}");
}

#[test]
fn every_entry_knows_its_place() {
    let text = "{\"type\":\"ICEBERG\",\"writer\":{\"token\":\"a\\\"b{\",\n\t\"scope\" : \"x\", \"é\":[\"q\"],\"aws_region\":\"r\"}}";
    let file = Destination::import(text.as_bytes()).expect("it is an object");
    let places: Vec<(&str, usize, usize)> = file
        .entries()
        .iter()
        .map(|entry| {
            let at = entry.at.expect("it was read");
            (entry.key.as_str(), at.line, at.column)
        })
        .collect();
    assert_eq!(
        places,
        [
            ("token", 1, 29),
            ("scope", 2, 2),
            ("é", 2, 17),
            ("aws_region", 2, 27)
        ]
    );
}

#[test]
fn vendors_are_told_apart() {
    let cases = [
        ("rest", "http://rest:8181", "s3://lake", Some(Kind::Generic)),
        (
            "rest",
            "https://glue.eu-west-1.amazonaws.com/iceberg",
            "123456789012",
            Some(Kind::Generic),
        ),
        (
            "rest",
            "http://10.0.0.1:8181/catalog",
            "demo",
            Some(Kind::Lakekeeper),
        ),
        (
            "rest",
            "http://lakekeeper:8181",
            "demo",
            Some(Kind::Lakekeeper),
        ),
        (
            "rest",
            "http://lakekeeper.polaris.svc.cluster.local:8181",
            "demo",
            Some(Kind::Lakekeeper),
        ),
        (
            "rest",
            "https://nessie.polaris-team.example.com",
            "s3://lake",
            Some(Kind::Nessie),
        ),
        (
            "rest",
            "http://x:19120/api/v1",
            "s3://lake",
            Some(Kind::Nessie),
        ),
        (
            "rest",
            "http://x/iceberg/main",
            "s3://lake",
            Some(Kind::Nessie),
        ),
        (
            "rest",
            "https://x",
            "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake",
            Some(Kind::S3Tables),
        ),
        (
            "rest",
            "https://dbc-1.cloud.databricks.com",
            "main",
            Some(Kind::Unity),
        ),
        (
            "rest",
            "http://x:8181/api/catalog",
            "c",
            Some(Kind::Polaris),
        ),
        ("unity", "http://x", "c", Some(Kind::Unity)),
        ("s3tables", "http://x", "c", Some(Kind::S3Tables)),
        ("glue", "", "s3://lake", None),
        ("", "", "s3://lake", None),
    ];
    for (catalog_type, url, warehouse, kind) in cases {
        let text = format!(
            "{{\"type\": \"ICEBERG\", \"writer\": {{\"catalog_type\": \"{catalog_type}\", \"rest_catalog_url\": \"{url}\", \"iceberg_s3_path\": \"{warehouse}\"}}}}"
        );
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        assert_eq!(file.kind(), kind, "{catalog_type} {url}");
        let typed = kind.is_some() && catalog_type != "rest";
        assert_eq!(file.target() == Target::Typed, typed, "{catalog_type}");
    }
}

/// What is wrong is called by its name, at its line; what is meant is read, and nothing else is changed.
#[test]
fn slips_of_the_pen_are_named_and_mended() {
    let right =
        "{\"type\": \"ICEBERG\", \"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": true}}";
    let meant = Destination::import(right.as_bytes()).expect("it is JSON");
    for (text, word, line, count) in [
        (
            "{\"type\": \"ICEBERG\",\n\"writer\": {\"catalog_type\": \"rest\",\n\"arrow_writes\": true,\n}}",
            "comma too many",
            3,
            1,
        ),
        (
            "{\"type\": \"ICEBERG\",\n\"writer\": {\"catalog_type\": \"rest\",\n\"arrow_writes\": true},\n}\n",
            "comma too many",
            3,
            1,
        ),
        (
            "{\"type\": \"ICEBERG\",,\n\"writer\": {,\"catalog_type\": \"rest\", \"arrow_writes\": true}}",
            "comma too many",
            1,
            2,
        ),
        (
            "{\"type\": \"ICEBERG\",\n\"writer\": {\"catalog_type\": \"rest\"\n\"arrow_writes\": true}}",
            "comma is missing",
            2,
            1,
        ),
        (
            "// the lake\n{\"type\": \"ICEBERG\", # x\n\"writer\": {\"catalog_type\": \"rest\", /* a\nb */ \"arrow_writes\": true // y\n}}",
            "comment",
            1,
            4,
        ),
        (
            "{“type”: “ICEBERG”,\n \"writer\": {\"catalog_type”: \"rest\", „arrow_writes“: true}}",
            "typographic quote",
            1,
            4,
        ),
        (
            "{'type': 'ICEBERG', 'writer': {'catalog_type': 'rest', 'arrow_writes': True}}",
            "single quote",
            1,
            7,
        ),
        (
            "{\"type\": \"ICEBERG\",\n\"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": TRUE}}",
            "another language",
            2,
            1,
        ),
        (
            "{type: \"ICEBERG\",\nwriter: {catalog_type: rest, arrow_writes: true}}",
            "without quotes",
            1,
            5,
        ),
        (
            "{\"type\" = \"ICEBERG\"; \"writer\" => {\"catalog_type\": \"rest\", \"arrow_writes\": true}}",
            "equals",
            1,
            3,
        ),
        (
            "{\"type\": \"ICEBERG\",\n\"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": true\n",
            "brace is missing",
            3,
            2,
        ),
        (
            "{\"type\": \"ICEBERG\",\n\"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": true}}\n}",
            "too many",
            3,
            1,
        ),
        (
            "```json\n{\"type\": \"ICEBERG\", \"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": true}}\n```\n",
            "Markdown",
            1,
            2,
        ),
        (
            "\u{feff}{\"type\": \"ICEBERG\", \"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": true}}",
            "byte order mark",
            1,
            1,
        ),
        (
            "{\"type\": \"ICEBERG\",\u{a0}\n\"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": true}}",
            "invisible",
            1,
            1,
        ),
        (
            "\"type\": \"ICEBERG\",\n\"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": true}\n}",
            "opening brace",
            1,
            1,
        ),
        (
            "{\"type\" \"ICEBERG\", \"writer\": {\"catalog_type\": \"rest\", \"arrow_writes\": true}}",
            "colon is missing",
            1,
            1,
        ),
    ] {
        let (error, place) = refused(text.as_bytes());
        assert!(error.to_string().contains(word), "{error} of {text}");
        assert_eq!(place.map(|(line, _)| line), Some(line), "{error} of {text}");
        assert!(
            matches!(error, ImportError::Syntax { mends: true, .. }),
            "{error:?} of {text}"
        );
        let (file, slips) = Destination::mended(text.as_bytes()).expect("it is mended");
        assert_eq!(
            file.render(Secrets::Include),
            meant.render(Secrets::Include),
            "{text}"
        );
        assert_eq!(slips.len(), count, "{slips:?} of {text}");
    }
    let (_, none) = Destination::mended(right.as_bytes()).expect("it is JSON");
    assert_eq!(none, []);
}

/// What could mean two things is left to the person.
#[test]
fn what_is_not_plain_is_not_mended() {
    for (text, word) in [
        ("{\"type\": \"ICEBERG,\n\"writer\": {}}", "not closed"),
        (
            "{\"type\": \"ICEBERG\",\n\"writer\":\n  catalog_type: rest\n}",
            "YAML",
        ),
        ("{\"type\": }", "value is missing"),
        ("{\"type\": \"ICEBERG\"} {}", "after the end"),
        ("{\"hive_clients\": 05}", "number"),
        ("{\"type\": \"ICEBERG\"]", "closes nothing"),
        ("{\"token\"}", "without a value"),
    ] {
        let (error, _) = refused(text.as_bytes());
        assert!(error.to_string().contains(word), "{error} of {text}");
        assert!(
            matches!(error, ImportError::Syntax { mends: false, .. }),
            "{error:?} of {text}"
        );
        assert!(Destination::mended(text.as_bytes()).is_err(), "{text}");
    }
}
