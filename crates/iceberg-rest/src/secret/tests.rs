use super::*;

#[test]
fn names_of_secrets_are_known_however_they_are_written() {
    for key in [
        "s3.secret-access-key",
        "s3.access-key-id",
        "s3.sse.key",
        "gcs.encryption-key",
        "gcs.decryption-key",
        "gcs.oauth2.token",
        "adls.auth.shared-key.account.key",
        "adls.sas-token.account",
        "adls.connection-string.account",
        "fs.azure.account.key.lake.dfs.core.windows.net",
        "ssl.key.passphrase",
        "ssl.pass.phrase",
        "javax.jdo.option.ConnectionPassword",
        "db.pw",
        "s3.creds",
        "db_pwd",
        "accessKey",
        "JWT",
        "vendor.sas",
        "header.X-Tenant",
        "sasl.jaas.config",
    ] {
        assert!(names_a_secret(key), "{key}");
    }
    for key in [
        "write.format.default",
        "keyboard",
        "monkey",
        "passive",
        "write.metadata.previous-versions-max",
        "pinned",
        "signed-off-by",
        "author",
    ] {
        assert!(!names_a_secret(key), "{key}");
    }
}

#[test]
fn values_that_carry_a_credential_are_told() {
    for value in [
        "-----BEGIN PRIVATE KEY-----\nMIIE",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln",
        "id AKIAIOSFODNN7EXAMPLE of the loader",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Zm9vYmFy;EndpointSuffix=core",
        "https://a.blob.core.windows.net/c?sv=2024&sig=abc%2Fdef",
        "jdbc:postgresql://db/lake?user=a&password=hunter2",
        "org.apache.kafka.PlainLoginModule required username=\"a\" password=\"hunter2\";",
        r#"{"type": "service_account", "private_key": "MIIE"}"#,
        "Authorization: Bearer abcdefgh1234",
        "dapi0123456789abcdef0123456789abcdef",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345",
        "5e884898da28047151d0e56f8dc6292773603d0d",
        "q3x9vz7k1m5p8t2w4y6b0d3f5h7j9l2n",
        "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyQUI0OA==",
        "ask ada, password: hunter2",
        "the API token: 9f8e7d6c5b",
        "api_key: 9f8e7d6c5b",
        "api_key = hunter",
        "password=$ecret1",
        "password=*hunter2",
        "password=<3cats",
        "Driver={PostgreSQL};UID=a;PWD={hunter2}",
        r#"{"auth": {"password": {"value": "hunter2"}}}"#,
        r#"{"tokens": ["hunter2"]}"#,
        "see https://wiki.example/keys, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    ] {
        assert!(looks_like_a_key(value), "{value}");
    }
}

#[test]
fn what_tables_say_of_themselves_is_no_key() {
    for value in [
        "",
        "true",
        "3051729675574597004",
        "2c1f3f6a-1c8e-4f0b-9d3e-0b6c1c9f7a11",
        "s3://lake/warehouse/db/orders-2c1f3f6a1c8e4f0b9d3e0b6c1c9f7a11/metadata",
        "abfss://container@account.dfs.core.windows.net/warehouse",
        "hdfs://namenode:8020/user/hive/warehouse/sales.db/orders",
        "/user/hive/warehouse/sales_2024.db/Orders_With_A_Long_Name",
        "org.apache.iceberg.spark.source.SparkMicroBatchStreamAndMore",
        "Apache Iceberg 1.9.1 (commit f40208ae6fb2f33e578c2637d3dea1db18739f31)"
            .split(" (")
            .next()
            .unwrap(),
        "Orders of all countries, one row each; the password of nobody",
        "write.parquet.compression-codec=zstd, write.target-file-size-bytes=536870912",
        "PRINCIPAL_ROLE:ALL",
        "arn:aws:iam::123456789012:role/lake-reader-of-the-production-account",
        "https://example.com/docs/what-the-orders-table-is-made-of",
        r#"{"type":"struct","schema-id":0,"fields":[{"id":1,"name":"order_id","required":true,"type":"long"}]}"#,
        "token=${TOKEN}",
        "token=$TOKEN;password={{ password }}",
        "password=<your password>, secret=****, token=[masked]",
        r#"{"token": {}, "keys": []}"#,
        "primary key: order_id_2024",
        "foreign key: 2024-01-01",
        "surrogate key = orders.id_2024",
        "token: see the wiki",
        "customer_identifier_of_the_billing_system_v2024",
    ] {
        assert!(!looks_like_a_key(value), "{value}");
    }
}

#[test]
fn only_the_user_and_password_of_an_address_are_taken_out() {
    for (text, masked) in [
        (
            "jdbc:mysql://root:hunter2@db:3306/lake",
            "jdbc:mysql://[masked]@db:3306/lake",
        ),
        ("http://TOKEN@proxy:3128", "http://[masked]@proxy:3128"),
        ("a http://u:p@ss@h/x and b", "a http://[masked]@h/x and b"),
        ("postgres://u:p/ss@db/lake", "postgres://[masked]@db/lake"),
        ("postgres://u:p?s#s@db/lake", "postgres://[masked]@db/lake"),
        (
            "root:hunter2@tcp(db:3306)/lake",
            "[masked]@tcp(db:3306)/lake",
        ),
        ("at //root:hunter2@db/lake", "at [masked]@db/lake"),
        (
            "jdbc:oracle:thin:scott/tiger@//db:1521/lake",
            "[masked]@//db:1521/lake",
        ),
        (
            r#"{"uri":"jdbc:mysql:\/\/root:hunter2@db\/lake"}"#,
            r#"{"uri":"[masked]@db\/lake"}"#,
        ),
    ] {
        assert_eq!(without_userinfo(text).as_deref(), Some(masked));
    }
    for whole in [
        "https://h/users/a@b.example",
        "abfss://lake@account.dfs.core.windows.net/db",
        "http://db:8080/users/a@b.example/c",
        "http://[::1]:8080/a@b/c",
        "user:ada@example.com",
        "git@example.com:lake/orders",
        "jdbc:oracle:thin:@//db:1521/lake",
        "registry:5000/image@sha256:0f1e",
        "mailto:ada@example.com",
    ] {
        assert_eq!(without_userinfo(whole), None, "{whole}");
    }
}
