//! What to look at first when a call has failed. A hint is a value: who shows it words it, and names the settings.

mod choose;
mod said;

use crate::dialect::Dialect;

#[cfg(feature = "client")]
pub(super) use choose::says_the_token_is_over;
pub(super) use choose::{choose, says_it_is_missing};

/// What is known of a call besides its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of the catalog, or of the token endpoint where that was asked. Without user and query.
    pub address: Option<String>,
    /// How the call was authorised.
    pub sign_in: Option<SignIn>,
    /// The person whose identity that is; `None`: the connection's own.
    pub person: Option<String>,
    /// Whose reading of the specification the server follows, as far as was known.
    pub dialect: Option<Dialect>,
    /// It asked for what stands inside a namespace: `?parent=`.
    pub inside: bool,
    /// It went through a proxy.
    pub proxied: bool,
}

/// How a call is authorised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// Nothing was sent.
    None,
    /// By a token as it was configured.
    Bearer,
    /// By a person's token of their own provider.
    Lent,
    /// By what a person's token was exchanged for.
    Exchange,
    /// By a token of a token endpoint.
    OAuth2,
    /// By a signature.
    SigV4 {
        /// As configured.
        double_encode_path: bool,
    },
}

/// What to look at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// No OAuth2 token endpoint answers at the token address.
    TokenAddress,
    /// The token endpoint refuses the request and does not say why: its address, then scope and client.
    TokenRequest,
    /// Client id and secret.
    ClientCredentials,
    /// The scope that a token is asked for with.
    Scope,
    /// The audience, or the resource, that a token is asked for with.
    Audience,
    /// Nothing was sent to sign in with.
    NoCredentials,
    /// The token that was configured: wrong or over.
    Token,
    /// A fresh token is refused: it is of another server, or for another audience.
    ForeignToken,
    /// Access key, region and the service's name of a signature.
    AccessKey,
    /// The secret key, and how often the path is encoded in the signature: now `double_encode_path`.
    Signature {
        /// As configured.
        double_encode_path: bool,
    },
    /// Region and service that a signature is made for.
    SignedFor,
    /// The clock of this machine, or of the server.
    Clock,
    /// Temporary keys are over.
    ExpiredKeys,
    /// The role's trust policy, and the external id that it asks for.
    AwsRole,
    /// The file with a web identity token.
    AwsTokenFile,
    /// The token in that file, and the trust policy of its role.
    AwsWebIdentity,
    /// What gives this machine its own AWS credentials.
    AwsAmbient,
    /// The address of AWS's Security Token Service.
    AwsSts,
    /// The server wants signed requests.
    SignRequests,
    /// How the connection signs in.
    SignIn,
    /// What the person signed in to the catalog with.
    OwnSignIn,
    /// Polaris: no principal is the person, or lacks a role that their token names.
    NoPrincipal,
    /// A person's token is not what the server takes: its audience and issuer.
    PersonsToken,
    /// Nessie: its rules for people.
    Rules,
    /// The provider exchanges no tokens.
    NoExchange,
    /// The provider gives no tokens for this audience or resource in exchange.
    ExchangeTarget,
    /// The client may not exchange tokens.
    ExchangeClient,
    /// The provider does not take the person's token.
    ExchangeSubject,
    /// The header that names a realm of Polaris.
    Realm,
    /// Under this path there is no Iceberg REST catalog.
    Path,
    /// The address holds `/v1`, which every call adds.
    Version,
    /// The address that the server points to.
    Redirect,
    /// The host name.
    Dns,
    /// The port, and whether the server runs.
    Port,
    /// Host, port, and what drops packets on the way.
    Silent,
    /// http or https, and the port.
    Scheme,
    /// Host, port and scheme, and what stands between.
    Connection,
    /// The proxy.
    Proxy,
    /// The proxy's user and password.
    ProxyPassword,
    /// Whether the proxy may connect to the server.
    ProxyRefuses,
    /// Who issued the certificate is not trusted here.
    CertificateIssuer,
    /// The certificate is for another name than the address has.
    CertificateName,
    /// When the certificate is valid, and the clock.
    CertificateTime,
    /// The certificate is that of an authority: trusting it does not help.
    CertificateOfAuthority,
    /// The certificate has to be replaced.
    Certificate,
    /// The server wants a certificate of its client.
    ClientCertificate,
    /// Versions and ciphers of TLS.
    Tls,
    /// An address that is never called.
    Blocked,
    /// What people may reach, and whether something answers there.
    Reach,
    /// Something else answers in the catalog's place.
    NotACatalog,
    /// A gateway refused or failed, not the catalog.
    Gateway,
    /// The catalog has no such call, or a gateway before it answers in its place.
    NoSuchCall,
    /// The answer was broken or cut off on its way.
    Broken,
    /// The warehouse: none named, unknown, or hidden.
    Warehouse,
    /// The same at Lakekeeper, where it may belong to another project.
    Project,
    /// The branch or tag that the call was made at.
    Reference,
    /// What it holds keeps a namespace from being dropped.
    NotEmpty,
    /// The server has namespaces of one level: it says so.
    OneLevel,
    /// It may have: it refused to look inside one.
    PerhapsOneLevel,
    /// Whether the catalog allows such a name.
    Name,
    /// It was dropped or renamed.
    Gone,
    /// The same, or it is hidden from this identity.
    Hidden,
    /// The object is there, and the catalog cannot read its metadata.
    Metadata,
    /// A right of the identity.
    Right,
    /// The same of a list: what is in it may open by name.
    RightToList,
    /// The token activates no role at all.
    Roles,
    /// The backend that decides about rights did not answer.
    Authorizer,
    /// The server's own log.
    Log,
    /// What it says of a change that it does not accept.
    Refused,
    /// It takes time: later again.
    Slow,
    /// It takes time, and to say no it may take most: later again, or with more patience.
    SlowToRefuse,
    /// Why an answer is not read to its end.
    Limit,
    /// The change may have been made: look first.
    MayHaveHappened,
    /// Polaris: a privilege that does not fit the object.
    Privilege,
    /// Polaris: the storage settings of a catalog.
    Storage,
    /// Polaris: a field is missing in what it was sent.
    Lacking,
    /// One field of an answer that is what it should be otherwise.
    Field,
    /// An answer of another shape, of a catalog that has answered other calls.
    Shape,
}

#[cfg(test)]
mod tests;
