//! How engines connect to a catalog that is there: as its connection does, and to where its tables lie.

use destination::{Around, Auth, Destination, Engine, Kind, Store, Target, snippet};

fn file(kind: Kind, auth: Auth, values: &[(&str, &str)]) -> Destination {
    let mut file = Destination::new(kind, auth, Target::Classic);
    file.set("rest_catalog_url", "https://lake.example.com");
    for (key, value) in values {
        file.set(key, value);
    }
    file.derive();
    file
}

fn text(file: &Destination, engine: Engine, around: &Around) -> String {
    snippet(file, engine, Some(around)).expect("a REST catalog")
}

fn store(store: Store) -> Around {
    Around {
        store: Some(store),
        ..Around::default()
    }
}

const ENGINES: [Engine; 5] = [
    Engine::PyIceberg,
    Engine::Spark,
    Engine::Trino,
    Engine::DuckDb,
    Engine::Flink,
];

#[test]
fn headers_of_the_connection_are_in_each_snippet() {
    let around = Around {
        headers: vec![
            ("Polaris-Realm".into(), "it's".into()),
            ("X-Api-Key".into(), "<X_API_KEY>".into()),
        ],
        ..Around::default()
    };
    for auth in [Auth::None, Auth::Token, Auth::OAuth2] {
        let file = file(Kind::Polaris, auth, &[("iceberg_s3_path", "lake")]);
        for (engine, realm) in ENGINES.into_iter().zip([
            r#""header.Polaris-Realm": "it's","#,
            r#"'spark.sql.catalog.lake.header.Polaris-Realm=it'\''s'"#,
            "iceberg.rest-catalog.http-headers=Polaris-Realm: it's, X-Api-Key: <X_API_KEY>\n",
            "EXTRA_HTTP_HEADERS MAP {'Polaris-Realm': 'it''s', 'X-Api-Key': '<X_API_KEY>'}",
            "'header.Polaris-Realm' = 'it''s'",
        ]) {
            let text = text(&file, engine, &around);
            assert!(text.contains(realm), "{auth:?} {engine:?}: {text}");
        }
    }
}

#[test]
fn each_store_has_its_own_library() {
    let file = file(Kind::Generic, Auth::Token, &[]);
    for (kept, own) in [
        (
            Store::S3,
            [
                "S3FileIO",
                "iceberg-aws-bundle",
                "fs.native-s3.enabled=true",
            ],
        ),
        (
            Store::Gcs,
            [
                "GCSFileIO",
                "iceberg-gcp-bundle",
                "fs.native-gcs.enabled=true",
            ],
        ),
        (
            Store::Azure,
            [
                "ADLSFileIO",
                "iceberg-azure-bundle",
                "fs.native-azure.enabled=true",
            ],
        ),
        (
            Store::Hadoop,
            [
                "HadoopFileIO",
                "iceberg-spark-runtime",
                "fs.hadoop.enabled=true",
            ],
        ),
        (
            Store::Local,
            [
                "HadoopFileIO",
                "iceberg-spark-runtime",
                "fs.hadoop.enabled=true",
            ],
        ),
    ] {
        let all: String = ENGINES
            .iter()
            .map(|engine| text(&file, *engine, &store(kept)))
            .collect();
        for words in own {
            assert!(all.contains(words), "{kept:?} lacks {words}: {all}");
        }
        let others = [
            "S3FileIO",
            "GCSFileIO",
            "ADLSFileIO",
            "HadoopFileIO",
            "-aws-bundle",
            "-gcp-bundle",
            "-azure-bundle",
        ];
        for words in others
            .into_iter()
            .filter(|words| !own.iter().any(|own| own.contains(words)))
        {
            assert!(!all.contains(words), "{kept:?} has {words}: {all}");
        }
        // What is no object store has no keys to hand out.
        let hands_out = ["vended-credentials", "vended-credentials-enabled=true"]
            .iter()
            .all(|it| all.contains(it));
        assert_eq!(
            hands_out,
            !matches!(kept, Store::Hadoop | Store::Local),
            "{kept:?}: {all}"
        );
        assert_eq!(
            all.contains("ACCESS_DELEGATION_MODE 'none'"),
            !hands_out,
            "{all}"
        );
    }
    let unknown: String = ENGINES
        .iter()
        .map(|engine| text(&file, *engine, &Around::default()))
        .collect();
    assert!(!unknown.contains("FileIO"), "{unknown}");
    assert!(
        unknown.contains("<BUNDLE>") && unknown.contains("<FILE_SYSTEM>"),
        "{unknown}"
    );
}

#[test]
fn a_table_is_named_in_the_words_of_each_engine() {
    let around = Around {
        table: ["a", "b\"`", "t'"].map(str::to_owned).to_vec(),
        nested: true,
        ..store(Store::S3)
    };
    let file = file(Kind::Generic, Auth::None, &[]);
    for (engine, name) in ENGINES.into_iter().zip([
        r#"catalog.load_table(("a", "b\"`", "t'"))"#,
        r#"'SELECT * FROM lake.`a`.`b"``'"#,
        r#"SELECT * FROM lake."a.b""`"."t'" LIMIT 10;"#,
        r#"SELECT * FROM lake."a.b""`"."t'" LIMIT 10;"#,
        r#"SELECT * FROM `a.b"``'"#,
    ]) {
        let text = text(&file, engine, &around);
        let name = name.trim_end_matches('\'');
        assert!(text.contains(name), "{engine:?}: {text}");
    }
    assert!(text(&file, Engine::Trino, &around).contains("nested-namespace-enabled=true"));
    assert!(text(&file, Engine::DuckDb, &around).contains("SUPPORT_NESTED_NAMESPACES true"));
}

#[test]
fn a_snapshot_is_named_in_the_words_of_each_engine() {
    let around = Around {
        table: ["a", "t"].map(str::to_owned).to_vec(),
        snapshot: Some(9_007_199_254_740_993),
        ..store(Store::S3)
    };
    let file = file(Kind::Generic, Auth::None, &[]);
    for (engine, words) in ENGINES.into_iter().zip([
        "scan(snapshot_id=9007199254740993, limit=10)",
        "`t` VERSION AS OF 9007199254740993 LIMIT 10",
        "\"t\" FOR VERSION AS OF 9007199254740993 LIMIT 10",
        "\"t\" AT (VERSION => 9007199254740993) LIMIT 10",
        "'snapshot-id'='9007199254740993'",
    ]) {
        let text = text(&file, engine, &around);
        assert!(text.contains(words), "{engine:?}: {text}");
    }
}

#[test]
fn a_catalog_that_is_called_without_a_warehouse_has_none() {
    let plain = file(Kind::Generic, Auth::None, &[]);
    let signed = [
        ("rest_signing_v_4", "true"),
        ("rest_signing_name", "glue"),
        ("rest_signing_region", "eu-west-1"),
    ];
    let glue = file(Kind::Generic, Auth::SigV4, &signed);
    for engine in ENGINES {
        let text_of = |file| text(file, engine, &Around::default());
        assert!(
            !text_of(&plain).to_lowercase().contains("bucket_name"),
            "{engine:?}"
        );
        assert!(
            text_of(&glue).contains("<AWS_ACCOUNT_ID>"),
            "{engine:?}: {}",
            text_of(&glue)
        );
    }
}

#[test]
fn an_empty_client_id_stays_empty() {
    let file = file(
        Kind::Polaris,
        Auth::OAuth2,
        &[("credential", "<CLIENT_SECRET>")],
    );
    for engine in ENGINES {
        let text = text(&file, engine, &Around::default());
        assert!(
            text.contains("<CLIENT_SECRET>") && !text.contains("<CLIENT_ID>"),
            "{engine:?}: {text}"
        );
    }
}

/// Only values of a properties file have escapes.
#[test]
fn a_backslash_in_a_name_is_doubled_in_no_remark() {
    let file = file(Kind::Generic, Auth::Token, &[("iceberg_s3_path", "a\\b")]);
    let around = Around {
        table: vec!["sa\\les".into(), "or\nders".into()],
        ..Around::default()
    };
    let text = text(&file, Engine::Trino, &around);
    let remark = r#": SELECT * FROM lake."sa\les"."or\nders" LIMIT 10;"#;
    assert!(
        text.lines()
            .any(|line| line.starts_with("# As") && line.ends_with(remark)),
        "{text}"
    );
    assert!(text.contains(r"warehouse=a\\b"), "{text}");
}
