//! What other programs, and people, call OLake's keys.

use super::*;

/// Names of PyIceberg, Spark, Trino, Flink, Kafka Connect and of guides, without what separates their words, with
/// the keys that they mean.
const ALIASES: [(&str, &str); 21] = [
    (
        URL,
        "uri url catalogurl cataloguri catalogendpoint restcatalogendpoint restcatalog resturl \
         resturi restendpoint restcataloguris icebergresturl icebergrestcataloguri \
         icebergrestcatalogurl icebergcataloguri icebergcatalogurl polarisuri polarisurl \
         nessieuri nessieurl lakekeeperuri lakekeeperurl serveruri serverurl restcatalogaddress \
         baseurl",
    ),
    (
        WAREHOUSE,
        "warehouse warehousepath warehouselocation warehouseurl warehouseuri warehousename \
         warehousedir icebergwarehouse catalogwarehouse s3path s3warehouse s3location icebergpath \
         icebergs3 icebergs3location defaultbaselocation tablebucketarn restcatalogwarehouse",
    ),
    (
        DATABASE,
        "database db dbname databasename namespace defaultnamespace schema schemaname \
         icebergdatabase icebergnamespace icebergschema destinationdatabase catalogdatabase \
         targetdatabase",
    ),
    (
        CATALOG_TYPE,
        "catalogtype icebergcatalogtype catalogkind catalogimpl icebergcatalog",
    ),
    (CATALOG_NAME, "catalogname icebergcatalogname"),
    (
        S3_ENDPOINT,
        "endpoint endpointurl endpointuri s3endpointurl s3endpointuri s3url s3uri s3host awsendpoint \
         awsendpointurl awsendpointurls3 awss3endpoint minioendpoint miniourl storageendpoint \
         objectstoreendpoint fss3aendpoint",
    ),
    (
        S3_PATH_STYLE,
        "pathstyle pathstyleaccess forcepathstyle s3pathstyleaccess s3forcepathstyle usepathstyle \
         s3usepathstyle enablepathstyleaccess fss3apathstyleaccess",
    ),
    (S3_USE_SSL, "usessl s3ssl sslenabled s3sslenabled"),
    (
        REGION,
        "region s3region awsdefaultregion clientregion bucketregion regionname awsregionname \
         storageregion",
    ),
    (
        ACCESS_KEY,
        "accesskey accesskeyid s3accesskey s3accesskeyid awsaccesskey awsaccesskeyid awsaccessid \
         awskey minioaccesskey miniorootuser s3awsaccesskey clientaccesskeyid fss3aaccesskey",
    ),
    (
        SECRET_KEY,
        "secretkey secretaccesskey s3secretkey s3secretaccesskey awssecret awssecretkey \
         awssecretaccesskey awssecretkeyid miniosecretkey miniorootpassword s3awssecretkey \
         clientsecretaccesskey fss3asecretkey s3secret",
    ),
    (
        SESSION_TOKEN,
        "sessiontoken s3sessiontoken awstoken awssecuritytoken",
    ),
    (PROFILE, "profile profilename awsprofilename s3profilename"),
    (
        TOKEN,
        "accesstoken bearertoken bearer authtoken apitoken oauthtoken oauth2token jwt pat \
         personalaccesstoken databrickstoken restcatalogtoken resttoken catalogtoken",
    ),
    (
        CREDENTIAL,
        "credentials clientcredential clientcredentials oauthcredential oauth2credential \
         oauth2credentials restcatalogcredential restcatalogcredentials restcredentials \
         catalogcredential polariscredential",
    ),
    (
        OAUTH_URL,
        "oauth2serveruri oauth2serverurl oauthserveruri oauthserverurl oauth2url oauthuri \
         oauthurl oauth2endpoint oauthendpoint oauth2tokenuri oauth2tokenurl oauthtokenurl \
         oauthtokenuri oauth2tokenendpoint tokenurl tokenuri tokenendpoint authuri authurl \
         authserveruri authserverurl restauthurl restoauth2uri restoauthuri \
         restcatalogoauth2serveruri restcatalogoauth2uri issueruri",
    ),
    (
        SCOPE,
        "scopes oauthscope oauthscopes oauth2scope oauth2scopes restcatalogscope restscopes",
    ),
    (
        AUTH_TYPE,
        "authtype authmode authmethod authentication authenticationtype restauth \
         restcatalogauthtype restcatalogsecurity securitytype restsecurity",
    ),
    (
        SIGV4,
        "sigv4 sigv4enabled restsigv4enabled restsigv4 restsigning restsigningv4 enablesigv4 \
         usesigv4 signingenabled restcatalogsigv4enabled",
    ),
    (
        SIGNING_NAME,
        "signingname signingservice sigv4service sigv4signingname restsigningservice \
         restcatalogsigningname",
    ),
    (
        SIGNING_REGION,
        "signingregion sigv4region sigv4signingregion restcatalogsigningregion",
    ),
];

/// Of the other catalogs.
const OTHERS: [(&str, &str); 5] = [
    (
        JDBC_URL,
        "jdbcuri jdbcconnectionstring jdbcconnection jdbcconnectionurl",
    ),
    ("jdbc_username", "jdbcuser"),
    ("jdbc_password", "jdbcpass jdbcpwd"),
    (
        HIVE_URL,
        "hiveurl metastoreuri metastoreuris metastoreurl hivemetastoreuri hivemetastoreuris \
         hivemetastoreurl thrifturi thrifturl",
    ),
    (
        HIVE_CLIENTS,
        "clients clientpoolsize hiveclient hivepoolsize",
    ),
];

/// The key that another program's name means, in whatever way its words are joined: `catalog_url`, `catalogUrl`,
/// `s3.path-style-access`. What the value is settles what the name leaves open.
pub(super) fn find(name: &str, value: &str) -> Option<&'static str> {
    // `$schema` and `_comment` are remarks, not settings.
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let plain = plain(name);
    let joined = |key: &str| key.bytes().filter(|b| *b != b'_').eq(plain.bytes());
    let known = KEYS.iter().find(|key| key.is_read() && joined(key.name));
    let meant = known.map(|key| key.name).or_else(|| {
        ALIASES
            .iter()
            .chain(&OTHERS)
            .find(|(_, names)| names.split(' ').any(|name| name == plain))
            .map(|(key, _)| *key)
    })?;
    let value = value.trim();
    Some(match meant {
        URL if value.starts_with("jdbc:") => JDBC_URL,
        URL if value.starts_with("thrift:") => HIVE_URL,
        S3_ENDPOINT
            if [":8181", ":19120", "/catalog", "/iceberg"]
                .iter()
                .any(|part| value.contains(part)) =>
        {
            URL
        }
        meant => meant,
    })
}

/// Small letters and digits alone; `client.` and such prefixes of settings stay.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_programs_lead_to_one_key() {
        for (name, key) in [
            ("catalog_url", URL),
            ("catalogUri", URL),
            ("restCatalogUrl", URL),
            ("warehouse", WAREHOUSE),
            ("database", DATABASE),
            ("oauth2-server-uri", OAUTH_URL),
            ("s3.path-style-access", S3_PATH_STYLE),
            ("endpoint_url", S3_ENDPOINT),
            ("client.region", REGION),
            ("s3.access-key-id", ACCESS_KEY),
            ("hive.metastore.uris", HIVE_URL),
            ("rest_catalog_credential", CREDENTIAL),
        ] {
            assert_eq!(find(name, ""), Some(key), "{name}");
        }
        assert_eq!(find("uri", "jdbc:postgresql://db/lake"), Some(JDBC_URL));
        assert_eq!(find("endpoint", "http://rest:8181"), Some(URL));
        assert_eq!(find("endpoint", "http://minio:9000"), Some(S3_ENDPOINT));
        assert_eq!(find("team", ""), None);
    }

    #[test]
    fn no_name_means_two_keys() {
        let mut all: Vec<&str> = ALIASES
            .iter()
            .chain(&OTHERS)
            .flat_map(|(_, names)| names.split(' '))
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
