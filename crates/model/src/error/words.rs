//! What the person in front of a page can do next: the one place that words a client's hints, by the names
//! that settings have here.

use iceberg_rest::Hint;

/// A hint's words.
pub(super) fn words(hint: Hint) -> &'static str {
    match hint {
        // Who asks.
        Hint::TokenAddress => {
            "Check the connection's `auth.token_url`, and what may stand before it (a gateway, a proxy, a sign-in): no OAuth2 token endpoint answers there."
        }
        Hint::TokenRequest => {
            "Check the connection's `auth.token_url`, then `auth.scope` (Polaris wants PRINCIPAL_ROLE:ALL) and `auth.client_id`."
        }
        Hint::ClientCredentials => {
            "Check the connection's `auth.client_id` and `auth.client_secret`: the secret may have been rotated."
        }
        Hint::Scope => {
            "Check the connection's `auth.scope`: Polaris wants PRINCIPAL_ROLE:ALL, or roles by name; other providers have scopes of their own."
        }
        Hint::Audience => {
            "Check the connection's `auth.audience` and `auth.resource`: the provider wants to know whom the token is for."
        }
        Hint::NoCredentials => {
            "The connection has no credentials, and the catalog wants some: set its `auth`."
        }
        Hint::Token => {
            "Check the connection's `auth.token`: it may have expired, or be for another server."
        }
        Hint::ForeignToken => {
            "The token is fresh, and the catalog refuses it: check that the connection's `auth.token_url` belongs to this catalog, and `auth.scope`."
        }
        Hint::AccessKey => {
            "Check the connection's `auth.access_key_id`, or who else gives it keys, and the region and `signing_name` beside it. Temporary keys need their `session_token`."
        }
        Hint::Signature {
            double_encode_path: true,
        } => {
            "Check the connection's secret key, and whether this server wants the path encoded once: then set `double_encode_path` to false."
        }
        Hint::Signature {
            double_encode_path: false,
        } => {
            "Check the connection's secret key, and `double_encode_path`: AWS wants it true for every service but s3."
        }
        Hint::SignedFor => {
            "Check the connection's `auth.region` and `auth.signing_name`: requests are signed for another region or service than this server is of."
        }
        Hint::Clock => {
            "The clocks of this machine and of the server differ: set them by NTP. The keys may be right."
        }
        Hint::ExpiredKeys => {
            "The connection's temporary keys have expired: renew the access key, its secret and the `session_token` together."
        }
        Hint::AwsRole => {
            "Check the connection's `auth.role_arn`: the role's trust policy has to name who asks, and `auth.external_id` has to be the one that it wants; who asks needs the right sts:AssumeRole on it."
        }
        Hint::AwsTokenFile => {
            "Check the connection's `auth.web_identity_token_file`: Crowsnest has to be able to read it. Kubernetes writes one where the pod's service account has a projected token for the audience sts.amazonaws.com."
        }
        Hint::AwsWebIdentity => {
            "Check that the token in `auth.web_identity_token_file` is renewed (it may have expired), and that the role's trust policy names its issuer as a federated identity provider, with its audience and subject."
        }
        Hint::AwsAmbient => {
            "The connection's `auth.credentials` is ambient: give this server an instance role, a role of its pod or task, or AWS variables; or name one of its profiles by `auth.profile`, with keys or a role in it (sign-in by SSO and programs are not followed). Or configure keys."
        }
        Hint::AwsSts => {
            "Check the connection's `auth.region`, and `auth.sts_endpoint` where it is set: AWS's Security Token Service has to be reachable from this server, through the connection's `proxy` where it has one."
        }
        Hint::SignRequests => {
            "The server wants signed requests: set the connection's `auth` to type sigv4, with the region and the service, such as glue or s3tables."
        }
        Hint::SignIn => {
            "Check the connection's `auth`: the token may have expired, the client secret may have been rotated, or the catalog may want another type of sign-in."
        }
        Hint::OwnSignIn => {
            "Sign in to this catalog again, on the connection's page: what you signed in with has expired, was withdrawn, or is of another server."
        }
        Hint::NoPrincipal => {
            "Ask an admin of Polaris to create a principal of this name, or to grant it every role that your token names. If both is so, the realm takes another provider's tokens, or finds the name in another claim."
        }
        Hint::PersonsToken => {
            "The catalog does not take the token that your provider gave: ask who runs it whether it trusts this provider and expects the token's audience, and whether you are known there."
        }
        Hint::Rules => {
            "Nessie knows who you are, and the rules in its own configuration do not let you do this. Ask who runs it for a rule."
        }
        Hint::NoExchange => {
            "The provider does not exchange tokens, or not for Crowsnest's client: an admin of it turns on token exchange (RFC 8693). Without it, use `type = \"passed-on\"` or \"person\" in the connection's `auth`."
        }
        Hint::ExchangeTarget => {
            "The provider gives no token for the connection's `auth.audience` or `auth.resource`, or not to you: an admin of it allows that audience to Crowsnest's client."
        }
        Hint::ExchangeClient => {
            "The provider does not let this client exchange tokens: an admin of it allows that to Crowsnest's client, or to the connection's `auth.client_id`."
        }
        Hint::ExchangeSubject => {
            "The provider does not take your own token in exchange: it has expired, was withdrawn, or is not for the client that exchanges it. Sign out and in again."
        }
        Hint::Roles => {
            "The token activates no role at all. Check the connection's `auth.scope` (PRINCIPAL_ROLE:ALL activates all that are granted); with an identity provider, the claim that it names roles in. Otherwise this principal has no role yet."
        }
        // What is set wrong, or not at all.
        Hint::Realm => {
            "Polaris does not know the realm. Name it in the connection's `headers`, as Polaris-Realm, or leave the header out for the server's default."
        }
        Hint::Path => {
            "There is probably no Iceberg REST catalog under this path. Check the path of the connection's `url`: Polaris ends in /api/catalog, Lakekeeper in /catalog, Nessie in /iceberg, Unity in /api/2.1/unity-catalog/iceberg."
        }
        Hint::Version => {
            "Take /v1 and what follows it off the connection's `url`: every call adds /v1 itself."
        }
        Hint::Redirect => {
            "Put the address that it points to into the connection's `url`; http in place of https is the usual cause."
        }
        Hint::Warehouse => {
            "The warehouse is missing, misspelt, or hidden from this identity. Set the connection's `warehouse`, or choose one on the connection's page."
        }
        Hint::Project => {
            "The warehouse is missing, misspelt, hidden from this identity, or of another project. Write it as project-id/name, or name the project in the connection's `headers`, as x-project-id; or choose one on the connection's page."
        }
        Hint::Reference => {
            "The branch or tag does not exist on the server, or no longer. Choose another on the connection's page."
        }
        Hint::NotEmpty => "Drop or move what it holds first.",
        Hint::Blocked => {
            "Crowsnest does not call link-local and metadata addresses. Use the catalog's own host name."
        }
        Hint::Reach => {
            "Check the address. People reach public addresses, by https and at the usual ports; networks and other ports are allowed by `people_reach` and `people_ports` in Crowsnest's configuration. Whoever runs it finds in the log what stood in the way."
        }
        // What does not come through.
        Hint::Dns => {
            "The host name in the connection's `url` has no address. Check its spelling and this machine's DNS."
        }
        Hint::Port => "Check the port of the connection's `url`, and that the catalog is running.",
        Hint::Silent => {
            "A firewall may drop the packets. Check host and port of the connection's `url`, then try again."
        }
        Hint::Scheme => {
            "Check scheme and port of the connection's `url`: http where the server speaks https ends like this, and https where it speaks http."
        }
        Hint::Connection => {
            "Check host, port and scheme of the connection's `url` (http where the server speaks https ends like this), and what stands between."
        }
        Hint::Proxy => {
            "Check the connection's `proxy`, and that it is running: the catalog itself was not reached."
        }
        Hint::ProxyPassword => {
            "Write user and password into the address of the connection's `proxy`."
        }
        Hint::ProxyRefuses => {
            "Check that the connection's `proxy` may connect to the catalog, and the connection's `url`."
        }
        Hint::CertificateIssuer => {
            "Set the connection's `ca_file` to the certificate of the authority that issued it; some servers leave out an intermediate one, which is then to be mended there."
        }
        Hint::CertificateName => {
            "Use a host name of the certificate in the connection's `url`, or have one issued for this name."
        }
        Hint::CertificateTime => {
            "Renew the server's certificate; where it is not valid yet, check this machine's clock."
        }
        Hint::CertificateOfAuthority => {
            "To trust it by `ca_file` does not help. The server needs a certificate of its own, issued by that authority and without its rights (CA:FALSE); then `ca_file` names the authority."
        }
        Hint::Certificate => {
            "The server needs another certificate; no setting here makes this one good."
        }
        Hint::ClientCertificate => {
            "Connections have no certificate of their own: let the server, or a gateway before it, take another sign-in."
        }
        Hint::Tls => {
            "Check the scheme of the connection's `url` (https where the server speaks plain http ends like this), and that the server speaks TLS 1.2 or 1.3."
        }
        Hint::NotACatalog => {
            "Something else answered in the catalog's place: a web page, a proxy, a sign-in. Check path and port of the connection's `url`."
        }
        Hint::Gateway => {
            "This was probably said by what stands before the catalog (a gateway, a proxy, a sign-in), not by the catalog: look there."
        }
        Hint::NoSuchCall => {
            "A catalog without this call answers so, and so does what stands before one that has it (a gateway, a proxy). Try again; the connection's page lists what works."
        }
        Hint::Broken => {
            "The answer was broken or cut off on its way, by the catalog or by what stands before it (a gateway, a proxy). Try again; where it stays so, their logs say more."
        }
        Hint::Slow => "The catalog may be busy. Try again in a moment.",
        Hint::SlowToRefuse => {
            "This kind of server takes long to say no where there is much to look through, and may be busy. Try again, or let the connection's `silence_timeout` and `read_timeout` wait longer."
        }
        Hint::Limit => "The limit keeps one answer from filling the memory.",
        // What is asked for, and what the catalog makes of it.
        Hint::OneLevel => "This catalog has one level of namespaces: none stands in another.",
        Hint::PerhapsOneLevel => {
            "The catalog may have one level of namespaces only, so that none stands in another."
        }
        Hint::Name => "Check that the catalog allows such a name.",
        Hint::Hidden => {
            "It was dropped, renamed, or hidden from this identity. Refresh the list it was in."
        }
        Hint::Metadata => {
            "The catalog has it, and cannot read its metadata file: it may have been deleted or moved, or the catalog may not reach it, or lack the right to read it. Whoever runs the catalog can look at the metadata location, and register the table again."
        }
        Hint::Right => {
            "The identity of this connection lacks a right on it. Ask who runs the catalog for it."
        }
        Hint::RightToList => {
            "The identity of this connection lacks a right on it. Ask who runs the catalog for it; what may be loaded but not listed opens by its full name on the connection's page."
        }
        Hint::Authorizer => {
            "Whether this is allowed could not be found out: what decides about rights did not answer the catalog in time, which happens where there is much to look through. Try again."
        }
        Hint::Log => "The catalog's own log says more.",
        Hint::Refused => "The catalog does not accept this, for the reason that it gives.",
        Hint::MayHaveHappened => {
            "The change may have happened. Reload to see, before you send it once more."
        }
        Hint::Privilege => {
            "Polaris answers so to a privilege that it does not know, or that cannot be granted on this kind of object."
        }
        Hint::Storage => {
            "Polaris answers so when something is missing: check the storage settings."
        }
        Hint::Lacking => {
            "Polaris answers so when something is missing in what it was sent: check the name."
        }
        Hint::Field => {
            "The rest of the answer is what it should be, so the catalog itself wrote this. Its log may say more; a newer version of it may write the field."
        }
        Hint::Shape => {
            "The catalog has answered other calls, so it probably wrote this itself: its log may say more, and another version of it may write another shape."
        }
        Hint::Gone => "It may have been renamed or dropped. Refresh the list it was in.",
    }
}
