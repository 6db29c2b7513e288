use super::{all, left, lines, only};
use connection::{NotRead, Source, read};

#[test]
fn lines_of_the_defaults_file_are_read() {
    let found = only(
        Source::Spark,
        "# Polaris\n\
         spark.sql.catalog.polaris              org.apache.iceberg.spark.SparkCatalog\n\
         spark.sql.catalog.polaris.type         rest\n\
         spark.sql.catalog.polaris.uri=https://polaris.example.com/api/catalog/\n\
         spark.sql.catalog.polaris.credential   a1b2:s3:cr/et==\n\
         spark.sql.catalog.polaris.oauth2-server-uri https://polaris.example.com/api/catalog/v1/oauth/tokens\n\
         spark.sql.catalog.polaris.scope        PRINCIPAL_ROLE:ALL\n\
         spark.sql.catalog.polaris.warehouse    lakehouse\n\
         spark.sql.catalog.polaris.header.Polaris-Realm main\n\
         spark.sql.catalog.polaris.header.X-Iceberg-Access-Delegation vended-credentials\n\
         spark.sql.catalog.polaris.token-refresh-enabled true\n\
         spark.sql.catalog.polaris.io-impl      org.apache.iceberg.aws.s3.S3FileIO\n\
         spark.sql.catalog.polaris.credentail   typo\n\
         # spark.sql.catalog.polaris.token      not-this\n",
    );
    assert_eq!(
        lines(&found),
        [
            "name = polaris",
            "kind = polaris",
            "url = https://polaris.example.com/api/catalog",
            "warehouse = lakehouse",
            "headers = {\"Polaris-Realm\":\"main\"}",
            "auth.type = oauth2",
            "auth.client_id = a1b2",
            "auth.client_secret = s3:cr/et==",
            "auth.token_url = https://polaris.example.com/api/catalog/v1/oauth/tokens",
            "auth.scope = PRINCIPAL_ROLE:ALL",
        ]
    );
    assert_eq!(
        left(&found),
        [
            "spark.sql.catalog.polaris.header.X-Iceberg-Access-Delegation: is a header that Crowsnest sends itself",
            "spark.sql.catalog.polaris.token-refresh-enabled: is about the program itself",
            "spark.sql.catalog.polaris.io-impl: is about the object store, which Crowsnest does not open",
            "spark.sql.catalog.polaris.credentail: is not known: credential may be meant",
        ]
    );
}

#[test]
fn a_session_of_glue_is_signed() {
    let read = all(
        Source::Spark,
        r#"catalog_name = "mydatacatalog"
spark = SparkSession.builder \
    .config("spark.sql.defaultCatalog", catalog_name) \
    .config(f"spark.sql.catalog.{catalog_name}", "org.apache.iceberg.spark.SparkCatalog") \
    .config(f"spark.sql.catalog.{catalog_name}.type", "rest") \
    .config(f"spark.sql.catalog.{catalog_name}.uri", "https://glue.us-east-1.amazonaws.com/iceberg") \
    .config(f"spark.sql.catalog.{catalog_name}.warehouse", f"{aws_account_id}") \
    .config(f"spark.sql.catalog.{catalog_name}.rest.sigv4-enabled", True) \
    .config(f"spark.sql.catalog.{catalog_name}.rest.signing-name", 'glue') \
    .config("spark.jars.packages", ",".join(packages)) \
    .getOrCreate()"#,
    );
    let found = &read.found[0];
    assert_eq!(
        lines(found),
        [
            "name = catalog_name",
            "kind = generic",
            "url = https://glue.us-east-1.amazonaws.com/iceberg",
            "auth.type = sigv4",
            "auth.region = us-east-1",
            "auth.signing_name = glue",
        ]
    );
    assert_eq!(
        left(found),
        [
            "spark.sql.catalog.{catalog_name}.warehouse: is a variable or a call of the program: fill it in"
        ]
    );
    let others: Vec<&str> = read.left.iter().map(|left| left.key.as_str()).collect();
    assert_eq!(others, ["spark.sql.defaultCatalog", "spark.jars.packages"]);
}

#[test]
fn a_command_line_has_words_of_a_shell() {
    let read = all(
        Source::Spark,
        "spark-sql --packages org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.10.1 \\\n  \
         --conf spark.sql.catalog.a=org.apache.iceberg.spark.SparkCatalog \\\n  \
         --conf 'spark.sql.catalog.a.catalog-impl=org.apache.iceberg.rest.RESTCatalog' \\\n  \
         --conf spark.sql.catalog.a.uri=http://localhost:19120/iceberg \\\n  \
         --conf=\"spark.sql.catalog.a.token=$NESSIE_TOKEN\" \\\n  \
         -c spark.sql.catalog.a.header.X-Team='it'\\''s us' \\\n  \
         --conf spark.sql.catalog.b.type=hive --conf spark.sql.catalog.b.uri=thrift://m:9083",
    );
    let found = &read.found[0];
    assert_eq!(
        lines(found),
        [
            "name = a",
            "kind = nessie",
            "url = http://localhost:19120/iceberg",
            "headers = {\"X-Team\":\"it's us\"}",
            "auth.type = bearer",
        ]
    );
    assert_eq!(
        left(found),
        ["spark.sql.catalog.a.token: is taken from the program's environment: fill it in"]
    );
    assert_eq!(read.left[0].key, "spark.sql.catalog.b");
    assert_eq!(
        read.left[0].why.to_string(),
        "is a catalog of type hive, which is not Iceberg REST"
    );
}

#[test]
fn what_one_sign_in_has_the_other_does_not_take() {
    let found = only(
        Source::Spark,
        "spark.sql.catalog.u.type=rest\n\
         spark.sql.catalog.u.uri=https://dbc.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest\n\
         spark.sql.catalog.u.credential=id:secretsecret\n\
         spark.sql.catalog.u.token=dapi-token-value\n\
         spark.sql.catalog.u.rest.auth.type=oauth2\n",
    );
    assert_eq!(found.settings.text("auth.type"), Some("oauth2"));
    assert_eq!(found.settings.text("kind"), Some("unity"));
    assert_eq!(
        left(&found),
        ["spark.sql.catalog.u.token: has no meaning for sign-in of type oauth2"]
    );
}

#[test]
fn a_text_without_a_rest_catalog_says_so() {
    let text = "spark.sql.catalog.h.type hadoop\nspark.sql.catalog.h.warehouse s3://b/w\n";
    let error = read(text).expect_err("no REST catalog");
    assert_eq!(
        error.to_string(),
        "This is for Spark, and holds no Iceberg REST catalog."
    );
    let NotRead::Nothing { left, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(left[0].key, "spark.sql.catalog.h");
}

#[test]
fn settings_may_stand_in_a_dictionary() {
    let found = only(
        Source::Spark,
        r#"{"spark.sql.catalog.h": "org.apache.iceberg.spark.SparkCatalog", "spark.sql.catalog.h.type": "rest",
            "spark.sql.catalog.h.uri": "https://acme.snowflakecomputing.com/polaris/api/catalog",
            "spark.sql.catalog.h.scope": "session:role:READER", "spark.sql.catalog.h.credential": "patpat"}"#,
    );
    assert_eq!(
        lines(&found),
        [
            "name = h",
            "url = https://acme.snowflakecomputing.com/polaris/api/catalog",
            "auth.type = oauth2",
            "auth.client_secret = patpat",
            "auth.scope = session:role:READER",
        ]
    );
}
