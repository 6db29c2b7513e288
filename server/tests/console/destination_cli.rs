//! `crowsnest destination`, as pipelines run it.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

const GENERIC: &str = include_str!("../../../crates/destination/tests/golden/generic.json");
/// Five faults: a wrong type, a misspelt key, a bucket for a name, a console's path, a bad scope.
const FAULTS: &str = r#"{
  "type": "iceberg",
  "writer": {
    "catalog_type": "rest",
    "rest_catalog_url": "http://polaris:8181/api/management",
    "iceberg_s3_path": "s3://bucket",
    "rest_auth_uri": "http://polaris:8181/api/catalog/v1/oauth/tokens",
    "credential": "olake:CANARY-secret",
    "scope": "PRINCIPAL_ROLE:",
    "aws_region": "eu-central-1",
    "no_identifier_fields": "true"
  }
}
"#;

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crowsnest"))
        .env_clear()
        .arg("destination")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    for stream in [&output.stdout, &output.stderr] {
        assert!(
            !String::from_utf8_lossy(stream).contains("CANARY"),
            "a secret in the output"
        );
    }
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn lint_names_every_fault_and_its_place() {
    let output = run(&["lint", "-", "--json"], FAULTS.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let findings: Vec<serde_json::Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (id, line) in [
        ("type.envelope", 2),
        ("url.path.polaris", 5),
        ("wh.name-not-uri", 6),
        ("key.dead", 7),
        ("scope.polaris", 9),
        ("type.bool", 11),
    ] {
        let found = findings.iter().find(|finding| finding["id"] == id);
        let found = found.unwrap_or_else(|| panic!("no {id} in {findings:#?}"));
        assert_eq!(found["line"], line, "{id}");
        for key in ["severity", "key", "column", "message", "fix"] {
            assert!(!found[key].is_null(), "{id} has no {key}");
        }
    }
}

#[test]
fn lint_as_text_gives_place_rule_and_advice() {
    let output = run(&["lint", "-"], FAULTS.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains("-:6:5: error wh.name-not-uri: iceberg_s3_path: "),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn a_clean_file_is_0_and_silent() {
    let clean = r#"{"type": "ICEBERG", "writer": {"catalog_type": "rest", "rest_catalog_url": "http://rest:8181", "iceberg_s3_path": "s3://warehouse", "aws_region": "us-east-1"}}"#;
    let output = run(&["lint", "-"], clean.as_bytes());
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""));
}

#[test]
fn what_cannot_be_read_is_2() {
    for input in [
        &b"{\"type\": "[..],
        b"\xff\xfe",
        b"[]",
        b"\"encrypted\"",
        b"",
    ] {
        let output = run(&["lint", "-"], input);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stderr).lines().count(), 1);
    }
    assert_eq!(run(&["lint", "/no/such/file"], b"").status.code(), Some(2));
}

#[test]
fn fix_prints_the_corrected_file() {
    let output = run(&["fix", "-"], FAULTS.as_bytes());
    // The bucket in place of a name is left to the person, and said.
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("error wh.name-not-uri"),
        "{}",
        text(&output.stderr)
    );
    let fixed = text(&output.stdout);
    for line in [
        "\"type\": \"ICEBERG\"",
        "\"oauth2_uri\": ",
        "\"no_identifier_fields\": true",
        "olake:<CLIENT_SECRET>",
    ] {
        assert!(fixed.contains(line), "{line} in {fixed}");
    }
    let untouched = run(&["fix", "-"], GENERIC.as_bytes());
    assert_eq!(text(&untouched.stdout), GENERIC);
}

#[test]
fn check_says_where_it_ends() {
    let file = r#"{"type": "ICEBERG", "writer": {"catalog_type": "rest", "rest_catalog_url": "http://127.0.0.1:9/catalog", "iceberg_s3_path": "lake", "token": "CANARY"}}"#;
    let output = run(&["check", "-"], file.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains("failed   Connect: "),
        "{}",
        text(&output.stdout)
    );
    assert_eq!(run(&["check", "-"], b"{").status.code(), Some(2));
}

#[test]
fn every_line_for_scripts_has_a_place() {
    let large = vec![b' '; destination::MAX_BYTES + 100];
    for input in [&b"{}"[..], b"{\"writer\": {}}", b"", &large] {
        let output = run(&["lint", "-", "--json"], input);
        assert!(!output.stdout.is_empty());
        for line in text(&output.stdout).lines() {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(
                finding["line"].is_u64() && finding["column"].is_u64(),
                "{line}"
            );
        }
    }
    let output = run(&["lint", "-"], &large);
    assert!(text(&output.stderr).contains("more than 10 MB"));
}

/// A folder of one's own, gone afterwards.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("crowsnest-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const SOUND: &str = r#"{"type": "ICEBERG", "writer": {"catalog_type": "rest", "rest_catalog_url": "http://rest:8181", "iceberg_s3_path": "s3://warehouse", "aws_region": "us-east-1"}}"#;

#[test]
fn a_gate_says_what_counts() {
    let note = SOUND.replace("\"aws_region\"", "\"iceberg_db\": \"raw\", \"aws_region\"");
    let warning = SOUND.replace("\"aws_region\"", "\"team\": \"x\", \"aws_region\"");
    let error = SOUND.replace("ICEBERG", "Iceberg");
    for (file, codes) in [
        (&note, [0, 0, 1]),
        (&warning, [0, 1, 1]),
        (&error, [1, 1, 1]),
    ] {
        for (least, code) in ["error", "warn", "note"].into_iter().zip(codes) {
            let output = run(&["lint", "--fail-on", least, "-"], file.as_bytes());
            assert_eq!(output.status.code(), Some(code), "{least} of {file}");
            assert!(!output.stdout.is_empty(), "findings are said all the same");
        }
        let output = run(&["lint", "-"], file.as_bytes());
        assert_eq!(output.status.code(), Some(codes[0]), "{file}");
    }
}

#[test]
fn several_files_are_judged_at_once() {
    let folder = Folder::new("several");
    let sound = folder.file("sound.json", SOUND);
    let wrong = folder.file("wrong.json", &SOUND.replace("ICEBERG", "Iceberg"));
    let broken = folder.file("broken.json", "{");
    let output = run(&["lint", "--json", &sound, &wrong], b"");
    assert_eq!(output.status.code(), Some(1));
    let row: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(row["file"], wrong.as_str());
    assert_eq!(
        run(&["lint", &sound, &broken, &wrong], b"").status.code(),
        Some(2)
    );
    assert_eq!(run(&["fix", &sound, &wrong], b"").status.code(), Some(2));
}

#[test]
fn a_file_is_mended_in_its_place_with_its_secrets() {
    let folder = Folder::new("in-place");
    let slips = r#"{
  // the lake
  "type": "iceberg",
  "writer": {
    "catalog_type": "rest",
    "rest_catalog_url": "http://rest:8181/v1",
    "iceberg_s3_path": "s3://warehouse",
    "aws_region": "us-east-1",
    "token": "hush",
  }
}
"#;
    let (file, other) = (folder.file("a.json", slips), folder.file("b.json", SOUND));
    let output = run(&["fix", "--in-place", &file, &other], b"");
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(output.stdout.is_empty());
    assert!(
        said.contains(":2:3: corrected: a comment")
            && said.contains(":9:20: corrected: a comma too many"),
        "{said}"
    );
    let written = std::fs::read_to_string(&file).unwrap();
    for part in [
        "\"ICEBERG\"",
        "\"http://rest:8181\"",
        "\"token\": \"hush\"\n",
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
    assert_eq!(
        std::fs::read_to_string(&other).unwrap(),
        SOUND,
        "nothing to mend"
    );
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 2);

    let masked = run(&["fix", &file], b"");
    assert!(text(&masked.stdout).contains("\"<TOKEN>\""));
    let kept = run(&["fix", "--keep-secrets", &file], b"");
    assert_eq!(text(&kept.stdout), written);
}

#[test]
fn slips_are_named_with_their_line() {
    for (file, word, place) in [
        ("{\n  \"type\": \"ICEBERG\",\n}\n", "comma", "2:20"),
        ("{\n  // x\n  \"type\": \"ICEBERG\"\n}\n", "comment", "2:3"),
        ("{\n  “type”: “ICEBERG”\n}\n", "typographic quote", "2:3"),
    ] {
        let output = run(&["lint", "-"], file.as_bytes());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            said.contains(word) && said.contains(&format!("-:{place}: ")),
            "{said}"
        );
        assert_eq!(run(&["fix", "-"], file.as_bytes()).status.code(), Some(1));
    }
}

#[test]
fn a_secret_in_the_wrong_place_is_not_printed() {
    for key in [
        "aws_region",
        "scope",
        "iceberg_s3_path",
        "rest_auth_type",
        "catalog_type",
        "iceberg_db",
    ] {
        for secret in [
            "wJalrXUtnFEMIK7MDENGbPxRfiCANARYKEY0ab",
            "dapi00112233445566778899CANARY0011",
        ] {
            let file = format!(
                r#"{{"type": "ICEBERG", "writer": {{"catalog_type": "polaris", "rest_catalog_url": "http://polaris:8181/api/catalog", "iceberg_s3_path": "s3://lake", "oauth2_uri": "http://polaris:8181/api/catalog/v1/oauth/tokens", "credential": "a:b", "{key}": "{secret}"}}}}"#
            );
            // `run` looks for it.
            run(&["lint", "-"], file.as_bytes());
            run(&["lint", "--json", "-"], file.as_bytes());
        }
    }
}

/// A catalog that OLake would never reach, and one that nobody can ask from here.
#[test]
fn check_approves_nothing_that_it_did_not_see() {
    for (from, to) in [
        ("ICEBERG", "Iceberg"),
        ("\"iceberg_s3_path\": \"s3://warehouse\",", ""),
        ("\"catalog_type\": \"rest\",", ""),
        (
            "\"aws_region\"",
            "\"arrow_writes\": \"true\", \"aws_region\"",
        ),
        ("\"rest\"", "\"horizon\""),
    ] {
        let output = run(
            &["check", "-"],
            SOUND
                .replace(from, to)
                .replace("http://rest:8181", "http://127.0.0.1:9")
                .as_bytes(),
        );
        assert_eq!(
            output.status.code(),
            Some(1),
            "{to}: {}",
            text(&output.stdout)
        );
    }
    for catalog in [
        r#""catalog_type": "glue", "aws_region": "eu-west-1""#,
        r#""catalog_type": "jdbc", "jdbc_url": "jdbc:postgresql://db/lake""#,
        r#""catalog_type": "hive", "hive_uri": "thrift://hms:9083""#,
    ] {
        let file = format!(
            r#"{{"type": "ICEBERG", "writer": {{{catalog}, "iceberg_s3_path": "s3://lake"}}}}"#
        );
        let output = run(&["check", "-"], file.as_bytes());
        assert_eq!(output.status.code(), Some(3), "{}", text(&output.stdout));
    }
}

#[test]
fn a_reader_that_leaves_is_no_fault() {
    let keys: Vec<String> = (0..900)
        .map(|number| format!("\"unknown{number}\": 1"))
        .collect();
    let file = SOUND.replace(
        "\"aws_region\"",
        &format!("{}, \"aws_region\"", keys.join(", ")),
    );
    let mut child = Command::new(env!("CARGO_BIN_EXE_crowsnest"))
        .args(["destination", "lint", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child
        .stdin
        .take()
        .unwrap()
        .write_all(file.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

/// What the wizard writes passes, in every shape, once its blanks are filled.
#[test]
fn its_own_files_pass() {
    use destination::{Destination, Kind, Secrets, Severity, Target, fields, lint};
    for kind in Kind::ALL {
        for (auth, target) in kind
            .auth_modes()
            .iter()
            .flat_map(|auth| Target::ALL.map(|target| (*auth, target)))
        {
            let mut file = Destination::new(kind, auth, target);
            for field in fields(kind, auth, target) {
                file.set(field.key, field.sample);
            }
            file.derive();
            let written = Destination::import(file.render(Secrets::Include).as_bytes()).unwrap();
            let errors: Vec<_> = lint(&written)
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error)
                .collect();
            assert!(errors.is_empty(), "{kind} {auth:?} {target:?}: {errors:?}");
        }
    }
}

/// Secrets in the wrong place: under a key that takes none, in an address, as a key. Neither stream of any command has
/// one, and what OLake is to read has them all.
#[test]
fn what_was_pasted_into_the_wrong_place_is_not_printed() {
    const SECRETS: [&str; 6] = [
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY0",
        "dapi0123456789abcdef0123CANARY",
        "AKIA0123456CANARY789",
        "eyJhbGciOiJIUzI1NiJ9.CANARYJzdWIiOiJ4In0.abc1",
        "9f86d081884c7d659a2feaa0c55ad015CANARY0a",
        "svc:Zq7kT0pCANARY9xW",
    ];
    for secret in SECRETS {
        for entry in [
            format!("\"scope\": \"{secret}\""),
            format!("\"iceberg_db\": \"{secret}\""),
            format!("\"arrow_writes\": \"{secret}\""),
            format!("\"s3_endpoint\": \"http://127.0.0.1:1/?token={secret}\""),
            format!(
                "\"oauth2_uri\": \"http://{secret}@127.0.0.1:1/token\", \"credential\": \"a:b\""
            ),
            format!("\"{secret}\": true"),
        ] {
            let file = format!(
                "{{\"type\": \"ICEBERG\", \"writer\": {{\"catalog_type\": \"rest\", \"iceberg_s3_path\": \"s3://lake\", \"rest_catalog_url\": \"http://127.0.0.1:1\", {entry}}}}}"
            );
            for command in [&["lint", "-"][..], &["lint", "--json", "-"], &["fix", "-"]] {
                run(command, file.as_bytes());
            }
        }
    }
    let file = format!(
        "{{\"type\": \"ICEBERG\", \"writer\": {{\"catalog_type\": \"rest\", \"iceberg_s3_path\": \"s3://lake/{0}\", \"rest_catalog_url\": \"http://127.0.0.1:1/{0}\", \"iceberg_db\": \"{0}\", \"catalog_type\": \"{0}\"}}}}",
        SECRETS[1]
    );
    run(&["check", "-"], file.as_bytes());
    run(
        &["check", "-"],
        file.replace(&format!(", \"catalog_type\": \"{}\"", SECRETS[1]), "")
            .as_bytes(),
    );
}
