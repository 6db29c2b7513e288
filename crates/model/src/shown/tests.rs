use super::*;

fn shown(key: &str, value: &str) -> Shown {
    Shown::new(key, value, &Reveal::default())
}

#[test]
fn keys_of_iceberg_and_of_people_are_shown() {
    for (key, value) in [
        ("s3.endpoint", "https://s3.example"),
        ("write.format.default", "parquet"),
        ("write.metadata.metrics.column.api_key", "full"),
        ("table-default.write.target-file-size-bytes", "536870912"),
        ("owner", "finance"),
        ("pipeline.owner", "finance"),
        ("display_name", "Orders"),
        ("numRows", "12"),
        ("format-version", "2"),
        ("location", "s3://lake/2c1f3f6a1c8e4f0b9d3e0b6c1c9f7a11"),
        (
            "adls.container",
            "abfss://lake@account.dfs.core.windows.net/db",
        ),
        ("flink.job-id", "c3d4e5f60718293a4b5c6d7e8f901234"),
        ("uuid", "2c1f3f6a-1c8e-4f0b-9d3e-0b6c1c9f7a11"),
        ("added-data-files", "3"),
        ("house.rule", "true"),
        ("house.rule", ""),
    ] {
        assert_eq!(shown(key, value).whole(), Some(value), "{key}");
    }
}

#[test]
fn what_is_not_known_is_masked() {
    for key in [
        "adls.auth.shared-key.account.key",
        "s3.sse.key",
        "gcs.encryption-key",
        "gcs.decryption-key",
        "fs.azure.account.key.lake.dfs.core.windows.net",
        "s3.secret-access-key",
        "s3.access-key-id",
        "s3.session-token",
        "gcs.oauth2.token",
        "adls.sas-token.account",
        "adls.connection-string.account",
        "token",
        "urn:ietf:params:oauth:token-type:access_token",
        "header.Authorization",
        "ssl.key.passphrase",
        "write.pass.phrase",
        "spark.sql.catalog.x.credential",
        "table-default.write.encryption.key",
        "jdbc.password",
        "door",
        "write.",
    ] {
        assert_eq!(shown(key, "hunter2"), Shown::Masked, "{key}");
    }
}

#[test]
fn values_that_look_like_keys_are_masked_under_any_name() {
    for value in [
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln",
        "jdbc:mysql://db/lake?user=a&password=hunter2",
        "-----BEGIN PRIVATE KEY-----",
    ] {
        for key in ["comment", "uri", "write.x"] {
            assert_eq!(shown(key, value), Shown::Masked, "{key} {value}");
        }
    }
    let part = Shown::Part("jdbc:mysql://[masked]@db/lake".into());
    assert_eq!(shown("uri", "jdbc:mysql://root:hunter2@db/lake"), part);
    assert_eq!(
        shown("flink.job-id", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln"),
        Shown::Masked
    );
}

#[test]
fn of_what_is_no_property_the_credential_is_masked() {
    for (text, shown) in [
        ("s3://lake/orders", "s3://lake/orders"),
        ("s3://id:key@lake/orders", "s3://[masked]@lake/orders"),
        (
            "https://a.blob.core.windows.net/c/1?sv=2024&sig=abc",
            "https://a.blob.core.windows.net/c/1?[masked]",
        ),
        (
            "https://id:key@lake/1?X-Amz-Signature=abc",
            "https://[masked]@lake/1?[masked]",
        ),
        (
            "https://lake/eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln?a=b",
            "[masked]?[masked]",
        ),
        ("why? password=hunter2", MASKED),
        ("of the shop, one row each", "of the shop, one row each"),
    ] {
        assert_eq!(plain(text), shown);
    }
    assert_eq!(plain(&"a".repeat(1 << 20)), MASKED);
}

#[test]
fn a_value_is_shown_to_who_asks_for_its_key() {
    let reveal = Reveal::of("t=orders&reveal=my+team&reveal=b");
    let asked = ["my team", "b", "c"].map(|key| Shown::new(key, "v", &reveal).whole().is_some());
    assert_eq!(asked, [true, true, false]);
}

#[test]
fn a_filter_does_not_find_what_is_masked() {
    assert!(shown("owner", "Finance").holds("fin"));
    assert!(!shown("door", "hunter2").holds("hunter"));
    assert!(!shown("uri", "http://root:hunter2@db").holds("hunter"));
}
