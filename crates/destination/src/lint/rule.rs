//! The catalogue of rules.

use serde::Serialize;

/// How bad it is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// OLake or the catalog will refuse it.
    Error,
    /// It may fail, or do something else than it seems to.
    Warn,
    /// Worth knowing; nothing will fail.
    Info,
}

macro_rules! rules {
    ($($(#[$about:meta])* $rule:ident: $severity:ident $id:literal,)*) => {
        /// One thing that can be wrong with a file. The check that finds it words it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Rule { $($(#[$about])* $rule,)* }

        impl Rule {
            /// By subject: file, keys, what is missing, address, warehouse, sign-in, object store,
            /// Unity.
            pub const ALL: &'static [Rule] = &[$(Rule::$rule,)*];

            /// The stable name that reports show. Rules that a reader would take for one share it.
            pub fn id(self) -> &'static str {
                match self { $(Rule::$rule => $id,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Rule::$rule => Severity::$severity,)* }
            }
        }
    };
}

rules! {
    /// `type` is not exactly `ICEBERG`.
    EnvelopeType: Error "type.envelope",
    /// `writer` is missing or no object.
    EnvelopeWriter: Error "type.envelope",
    /// A key is null, as if it were absent.
    NullValue: Info "type.null",
    /// A flag is neither true nor false.
    NotBool: Error "type.bool",
    /// A text is no string.
    NotText: Error "type.text",
    /// A number is not whole, or no number.
    NotInt: Error "type.int",

    /// A key stands in `writer` more than once.
    RepeatedKey: Warn "key.duplicate",
    /// There is more than one `writer`.
    RepeatedWriter: Warn "key.duplicate",
    /// A key in other capitals than OLake's.
    KeySpelling: Info "key.case",
    /// A key that OLake does not know.
    UnknownKey: Warn "key.unknown",
    /// A key of `writer` that stands beside it.
    KeyBesideWriter: Warn "key.unknown",
    /// A key beside `writer` that OLake does not know.
    UnknownBesideWriter: Warn "key.unknown",
    /// A key that is documented and read by no release.
    DeadKey: Info "key.dead",
    /// A text that begins or ends with white space.
    WhiteSpace: Error "value.space",
    /// A value in quotation marks of its own, or with what stood before it where it was copied.
    Wrapped: Error "value.wrapped",
    /// A token that was broken into lines.
    Broken: Error "value.space",
    /// A secret under a key that holds none, by the look of it.
    Misplaced: Warn "value.secret",
    /// `iceberg_db`, which streams decide today.
    LegacyNamespace: Info "key.legacy.iceberg_db",
    /// An OLake whose code was not read.
    Hearsay: Info "target.hearsay",
    /// A `catalog_type` that older releases do not take.
    TypedTarget: Info "target.version",
    /// A `catalog_name` that OLake's own form refuses.
    CatalogName: Warn "catalog.name",

    /// A catalog whose own settings are not judged here.
    Unjudged: Info "catalog.unjudged",
    /// A setting of another kind of catalog, which is not read.
    OtherCatalog: Warn "catalog.other",
    /// Not a JDBC address.
    JdbcUrl: Error "url.jdbc",
    /// Not the address of a Hive metastore.
    HiveUrl: Error "url.thrift",
    /// A service account that is no JSON.
    ServiceAccount: Error "gcp.json",
    /// No `catalog_type` and no address: OLake takes it for Glue.
    NoCatalogType: Warn "catalog.type",
    /// A `catalog_type` that no release takes, or none for a REST catalog.
    WrongCatalogType: Error "catalog.type",
    /// No warehouse.
    NoWarehouse: Error "req.warehouse",
    /// No address of the catalog.
    NoUrl: Error "req.url",
    /// No token where one is needed.
    NoToken: Error "req.token",
    /// No token endpoint, or no whole credential.
    NoCredential: Error "req.oauth",
    /// No scope for Polaris.
    NoScope: Error "req.oauth",
    /// No region where one is needed.
    NoRegion: Warn "req.region",

    /// Not an address.
    NoAddress: Error "url.syntax",
    /// The address of an object store for a catalog's, or the other way round.
    Swapped: Warn "url.swapped",
    /// A port that something else than a catalog listens on.
    WrongPort: Warn "url.port",
    /// An address with a query or a fragment.
    AddressQuery: Error "url.syntax",
    /// An address with a user name or a password.
    AddressUser: Error "url.userinfo",
    /// An address of this machine, which in a container is the container.
    Loopback: Warn "url.localhost",
    /// A secret that would travel unencrypted.
    PlainHttp: Warn "tls.plain",
    /// An address that ends in `/v1`.
    V1Suffix: Warn "url.v1suffix",
    /// Not Lakekeeper's Iceberg API.
    LakekeeperPath: Error "url.path.lakekeeper",
    /// Not Nessie's Iceberg API.
    NessiePath: Error "url.path.nessie",
    /// Not Polaris' Iceberg API.
    PolarisPath: Error "url.path.polaris",
    /// A port on which Polaris serves something else.
    PolarisPort: Info "url.path.polaris",
    /// Not where Polaris gives tokens.
    PolarisToken: Warn "url.path.polaris",
    /// Not the Iceberg API of a Databricks workspace.
    UnityPath: Error "url.path.unity",
    /// Not the endpoint of S3 Tables.
    S3TablesUrl: Error "url.path.s3tables",
    /// The endpoint of Glue for S3 Tables.
    S3TablesGlue: Error "url.path.s3tables",

    /// A location where the name of a namespace is wanted.
    DatabaseName: Warn "ns.location",
    /// A warehouse that is no location, for any server.
    GenericWarehouse: Warn "wh.uri",
    /// A warehouse that Nessie cannot know.
    NessieWarehouse: Warn "wh.uri",
    /// A location where a name is wanted.
    WarehouseName: Error "wh.name-not-uri",
    /// Not the ARN of a table bucket.
    BucketArn: Error "wh.arn",
    /// Not the name of a table bucket.
    BucketName: Error "wh.bucketname",
    /// Regions that differ between address, ARN and keys.
    Regions: Error "region.consistency",
    /// A namespace that S3 Tables refuses.
    S3TablesNamespace: Error "ns.s3tables",

    /// Both a token and a credential.
    TokenAndCredential: Error "auth.mixed",
    /// A token or credential beside a signature.
    TokenAndSignature: Error "auth.mixed",
    /// A token or credential that `rest_auth_type` turns off.
    AuthTypeNone: Error "auth.mixed",
    /// A way to sign in that the catalog does not accept.
    AuthUnsupported: Error "auth.unsupported",
    /// A `rest_auth_type` that Iceberg would take for a Java class.
    AuthTypeValue: Error "auth.type.value",
    /// A client's id and secret in place of a token.
    TokenPair: Warn "auth.token.pair",
    /// A credential without a client id.
    CredentialColon: Warn "auth.credential.colon",
    /// A credential with its client id twice.
    CredentialTwice: Error "auth.credential.twice",
    /// A scheme that OLake cannot fill.
    AuthBasic: Error "auth.type.basic",
    /// A token endpoint on another host, unencrypted.
    OAuthOrigin: Warn "auth.oauth.origin",
    /// A character that no scope has.
    ScopeSyntax: Error "scope.syntax",
    /// Scopes separated by commas.
    ScopeComma: Warn "scope.comma",
    /// A scope that Polaris refuses.
    ScopePolaris: Error "scope.polaris",
    /// Scopes of people for a service principal of Unity.
    ScopeUnity: Info "scope.unity",
    /// The flag to sign is not set.
    SigningOff: Error "sigv4.incomplete",
    /// No service to sign for.
    NoSigningName: Error "sigv4.incomplete",
    /// Another service than S3 Tables to sign for.
    SigningName: Error "sigv4.incomplete",
    /// No region to sign for.
    NoSigningRegion: Error "sigv4.incomplete",

    /// One of two keys.
    KeyPair: Error "keys.pair",
    /// An access key and its secret in each other's place.
    KeysSwapped: Error "keys.swapped",
    /// Temporary keys, whose session token does not reach the object store.
    SessionToken: Error "keys.session",
    /// Temporary keys without their session token.
    TemporaryKey: Warn "keys.session",
    /// No keys for a store that knows no roles.
    NoKeys: Info "keys.none",
    /// A store of Google, whose keys are not in the file.
    GoogleStore: Info "store.google",
    /// A store of Azure.
    AzureStore: Warn "store.azure",
    /// A bucket in the address of the store.
    EndpointBucket: Warn "s3.endpoint.bucket",
    /// An endpoint of AWS in another region.
    EndpointRegion: Warn "s3.endpoint.region",
    /// An endpoint of a store that the catalog decides.
    EndpointForbidden: Error "s3.endpoint.forbidden",
    /// An endpoint of another service than S3.
    EndpointService: Warn "s3.endpoint.service",
    /// A port that usually serves something else than S3, such as a web console.
    EndpointConsole: Warn "s3.port.console",
    /// A flag that the endpoint overrides.
    PathStyle: Info "s3.pathstyle",
    /// A flag without effect.
    UseSsl: Info "s3.ssl",
    /// Not the name of a region.
    RegionName: Warn "region.name",

    /// Updates become new rows, without need.
    NoUpdates: Warn "upsert.identifier",
    /// Unity's tables refuse identifier fields.
    UnityIdentifier: Error "unity.identifier",
    /// Unity takes new rows only.
    UnityAppends: Info "unity.appendonly",
    /// Storage settings that Unity gives itself.
    UnityStorage: Warn "unity.storage",
    /// Not a token of Databricks.
    UnityToken: Warn "unity.token",

    /// A placeholder is still to be filled.
    Placeholder: Warn "placeholder",
}

impl Rule {
    /// Whether it holds for one vendor's catalog only: of a file whose vendor is guessed it says nothing for
    /// certain.
    pub(super) fn is_of_vendor(self) -> bool {
        use Rule::*;
        matches!(
            self,
            NoScope
                | LakekeeperPath
                | NessiePath
                | PolarisPath
                | PolarisPort
                | PolarisToken
                | UnityPath
                | NessieWarehouse
                | WarehouseName
                | AuthUnsupported
                | ScopePolaris
                | NoUpdates
                | UnityIdentifier
                | UnityAppends
                | UnityStorage
                | EndpointForbidden
        )
    }
}
