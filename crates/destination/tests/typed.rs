//! The catalog-typed dialect: keys in the order of OLake's later documentation.

use destination::{Auth, Destination, Kind, Secrets, Target, fields};

#[test]
fn keys_come_in_the_documented_order() {
    let s3 = "s3_endpoint aws_access_key aws_secret_key aws_region";
    let cases = [
        (Kind::Generic, Auth::None, "catalog_type catalog_name rest_catalog_url iceberg_s3_path s3_endpoint aws_region aws_access_key aws_secret_key arrow_writes".to_owned()),
        (Kind::Lakekeeper, Auth::None, "catalog_type catalog_name rest_catalog_url iceberg_s3_path aws_region arrow_writes".into()),
        (Kind::Lakekeeper, Auth::Token, "catalog_type catalog_name rest_catalog_url iceberg_s3_path aws_region token arrow_writes".into()),
        (Kind::Lakekeeper, Auth::OAuth2, "catalog_type catalog_name rest_catalog_url iceberg_s3_path aws_region oauth2_uri credential scope arrow_writes".into()),
        (Kind::Nessie, Auth::None, format!("catalog_type rest_catalog_url catalog_name iceberg_s3_path {s3} arrow_writes")),
        (Kind::Nessie, Auth::OAuth2, format!("catalog_type rest_catalog_url catalog_name iceberg_s3_path {s3} oauth2_uri credential scope arrow_writes")),
        (Kind::S3Tables, Auth::SigV4, "catalog_type rest_catalog_url catalog_name iceberg_s3_path aws_access_key aws_secret_key aws_region rest_signing_name rest_signing_region rest_signing_v_4 arrow_writes".into()),
        (Kind::Unity, Auth::Token, "catalog_type catalog_name rest_catalog_url iceberg_s3_path token arrow_writes".into()),
        (Kind::Unity, Auth::OAuth2, "catalog_type catalog_name rest_catalog_url iceberg_s3_path oauth2_uri credential scope arrow_writes".into()),
        (Kind::Polaris, Auth::OAuth2, "catalog_type rest_catalog_url catalog_name iceberg_s3_path rest_auth_type oauth2_uri credential scope aws_region s3_endpoint aws_access_key aws_secret_key arrow_writes".into()),
    ];
    for (kind, auth, expected) in cases {
        let mut file = Destination::new(kind, auth, Target::Typed);
        for field in fields(kind, auth, Target::Typed)
            .iter()
            .rev()
            // A profile stands in place of keys.
            .filter(|field| !field.locked && !["arrow_writes", "aws_profile"].contains(&field.key))
        {
            file.set(field.key, field.sample);
        }
        let keys: Vec<&str> = file
            .entries()
            .iter()
            .map(|entry| entry.key.as_str())
            .collect();
        assert_eq!(keys.join(" "), expected, "{kind} {auth:?}");
    }
}

#[test]
fn there_and_back_keeps_every_value() {
    for text in [
        include_str!("golden/generic.json"),
        include_str!("golden/nessie.json"),
        include_str!("golden/s3tables.json"),
        include_str!("golden/polaris.json"),
    ] {
        let mut file = Destination::import(text.as_bytes()).expect("it imports");
        file.set_target(Target::Typed);
        file.set_target(Target::Classic);
        let without_database: String = text
            .lines()
            .filter(|line| !line.contains("iceberg_db"))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(
            file.render(Secrets::Include),
            without_database.replace("\",\n  }", "\"\n  }")
        );
    }
}
