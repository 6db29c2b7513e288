//! What is not JSON.

use destination::{Destination, keys};

use super::refused;

/// What is another language is called by its name, and not made into a file with other settings.
#[test]
fn another_language_is_named() {
    for (text, word) in [
        (
            "type: ICEBERG\nwriter:\n  catalog_type: rest\n  rest_catalog_url: http://rest:8181\n",
            "YAML",
        ),
        (
            "# lake\n---\ntype: \"ICEBERG\"\nwriter:\n  catalog_type: 'rest'\n",
            "YAML",
        ),
        ("\"type\": ICEBERG\nwriter:\n  - a\n", "YAML"),
        ("writer:\n  token: |\n    abc\n", "YAML"),
        (
            "type = \"ICEBERG\"\n\n[writer]\ncatalog_type = \"rest\"\narrow_writes = true\n",
            "TOML",
        ),
        ("[destination.writer]\ncatalog_type = 'rest'\n", "TOML"),
        ("[writer]\ncatalog_type = rest\n", "INI"),
        (
            "# lake\ntype=ICEBERG\nwriter.catalog_type=rest\nwriter.rest_catalog_url=http://rest:8181\n",
            ".properties",
        ),
        (
            "CATALOG_TYPE=rest\nexport REST_CATALOG_URL=http://rest:8181\n",
            "environment variables",
        ),
        (
            "type = ICEBERG\nwriter {\n  catalog_type = rest\n}\n",
            "HOCON",
        ),
        ("writer = {\n  catalog_type = \"rest\"\n}\n", "HOCON"),
        (
            "resource \"olake_destination\" \"lake\" {\n  type = \"ICEBERG\"\n}\n",
            "HCL",
        ),
        (
            "destination = {'type': 'ICEBERG', 'writer': {}}\n",
            "Python",
        ),
        ("config = dict(type='ICEBERG')\n", "Python"),
        ("import json\nprint(json.dumps({}))\n", "Python"),
        (
            "```yaml\ntype: ICEBERG\nwriter:\n  catalog_type: rest\n```\n",
            "YAML",
        ),
        (
            "\u{feff}type: ICEBERG # lake\nwriter: # all of it\n  tags: [a, b]\n  map: {a: 1}\n",
            "YAML",
        ),
        (
            "kind: Secret\nstringData:\n  destination.json: |\n    {\n      \"type\": \"ICEBERG\"\n    }\n",
            "YAML",
        ),
        (
            "type = \"ICEBERG\"\nwriter.catalog_type = \"rest\"\n",
            "TOML",
        ),
        (
            "type = \"ICEBERG\"\nwriter = { catalog_type = \"rest\", arrow_writes = true }\n",
            "TOML",
        ),
        (
            "const destination = {\n  type: 'ICEBERG',\n};\n",
            "JavaScript",
        ),
        ("module.exports = {\n  type: 'ICEBERG',\n};\n", "JavaScript"),
        (
            "echo '{\"type\": \"ICEBERG\"}' > destination.json\n",
            "shell",
        ),
        ("spark.sql.catalog.lake.type rest\n", "Spark"),
        ("eyJ0eXBlIjoiSUNFQkVSRyJ9\n", "base64"),
        ("<!DOCTYPE html>\n<html></html>\n", "HTML"),
        ("<?xml version=\"1.0\"?>\n<destination/>\n", "XML"),
    ] {
        let (error, _) = refused(text.as_bytes());
        assert!(error.to_string().contains(word), "{error} of {text}");
        assert!(Destination::mended(text.as_bytes()).is_err(), "{text}");
    }
    let hocon = "{\n  type = ICEBERG\n  writer {\n    token = t\n  }\n}\n";
    assert!(refused(hocon.as_bytes()).0.to_string().contains("HOCON"));
    assert!(Destination::mended(hocon.as_bytes()).is_ok_and(|(file, _)| file.is_set("token")));
    for text in [
        "cat > destination.json <<EOF\n{\"type\": \"ICEBERG\", \"writer\": {\"token\": \"t\"}}\nEOF\n",
        "\ncat <<'JSON' > destination.json\n{\"type\": \"ICEBERG\", \"writer\": {\"token\": \"t\",}}\nJSON\ndocker run x\n",
        "tee d.json <<-\"END\" | jq .\n{\"type\": \"ICEBERG\", \"writer\": {\"token\": \"t\"}}\n  END",
    ] {
        let (error, _) = refused(text.as_bytes());
        assert!(
            error.to_string().contains("here-document"),
            "{error} of {text}"
        );
        let (file, slips) = Destination::mended(text.as_bytes()).expect("it is mended");
        assert!(file.is_set("token") && !slips.is_empty(), "{text}");
    }
}

/// Another language altogether is not made into a file with other settings.
#[test]
fn yaml_is_not_read_as_json() {
    for text in [
        "type: ICEBERG\nwriter:\n  catalog_type: rest\n",
        "---\ntype: ICEBERG\n",
        "type = \"ICEBERG\"\n[writer]\ncatalog_type = \"rest\"\n",
    ] {
        assert!(Destination::mended(text.as_bytes()).is_err(), "{text}");
    }
}

/// A placeholder in the first line opens nothing.
#[test]
fn json_with_what_opens_a_here_document_in_its_texts_is_json() {
    for (text, mends) in [
        (
            "{\"type\": \"ICEBERG\", \"writer\": {\"token\": \"<<TOKEN>>\",\n}}\n",
            true,
        ),
        (
            "\u{feff}{\"writer\": {\"token\": \"<<TOKEN>>\"}, \"type\": \"ICEBERG\",}\n",
            true,
        ),
        (
            "// <<TOKEN>> comes from Vault\n{\"writer\": {\"token\": \"x\"}, \"type\": \"ICEBERG\"}\n",
            true,
        ),
        (
            "# see <<EOF\n{\"writer\": {\"token\": \"x\"}, \"type\": \"ICEBERG\"}\n",
            true,
        ),
        ("[{\"token\": \"<<TOKEN>>\"},\n", false),
    ] {
        let (error, _) = refused(text.as_bytes());
        assert!(
            !error.to_string().contains("here-document"),
            "{error} of {text}"
        );
        let mended = Destination::mended(text.as_bytes());
        assert_eq!(
            mended.is_ok_and(|(file, _)| file.is_set("token")),
            mends,
            "{text}"
        );
    }
}

/// However many a text opens, one is taken off.
#[test]
fn here_documents_in_here_documents_and_marks_in_marks_end() {
    let nested = "cat <<EOF\n".repeat(100_000);
    assert!(Destination::mended(nested.as_bytes()).is_err());
    for (open, close) in [("'", "'"), ("“", "”")] {
        let many = 5_000;
        let value = format!("{}x{}", open.repeat(many), close.repeat(many));
        let text = format!("{{\"type\": \"ICEBERG\", \"writer\": {{\"token\": \"{value}\"}}}}");
        let file = Destination::import(text.as_bytes()).expect("it is an object");
        let told = destination::lint(&file);
        assert!(
            told.iter().any(|finding| finding.key == keys::TOKEN),
            "{told:?}"
        );
    }
}

/// What a program wrote as a text is read as what it holds; what OLake encrypted is not.
#[test]
fn an_object_within_a_text_is_no_encrypted_file() {
    let file = r#"{"type": "ICEBERG", "writer": {"token": "a\"b"}}"#;
    let text = serde_json::to_string(&format!("\n{file}\n")).expect("a text");
    let (error, place) = refused(text.as_bytes());
    assert_eq!((error.id(), place), ("file.json", Some((1, 1))));
    assert!(error.to_string().contains("in quotes"), "{error}");
    let (file, _) = Destination::mended(text.as_bytes()).expect("it is mended");
    assert!(file.is_set("token"));
    assert_eq!(refused(b"\"eyJhIjp7fX0=\"").0.id(), "file.encrypted");
}
