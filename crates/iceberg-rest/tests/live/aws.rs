//! Keys that are lent: roles, web identities, and this machine's own.

use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, SystemTime},
};

use axum::{body::Body, http::Response};
use iceberg_rest::{
    Auth, ErrorKind, Hint, HttpOptions, Server, Settings,
    auth::{AwsCredentials, AwsKeys, AwsRole, AwsSource},
    http_client,
};

use crate::{
    auth::{at_once, failure},
    server::{Mock, Seen, config, serve, settings, slow, status},
};

pub(crate) const ROLE: &str = "arn:aws:iam::123456789012:role/reader";
const SECRET: &str = "lent-secret-of-the-role-";
const TOKEN: &str = "lent-session-token-of-the-role-";
const DENIED: &str = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole (keys: configured-secret-1)</Message></Error><RequestId>r-1</RequestId></ErrorResponse>";

pub(crate) fn keys() -> AwsSource {
    AwsSource::Keys(AwsKeys {
        access_key_id: "AKID".to_owned(),
        secret_access_key: "configured-secret-1".into(),
        session_token: None,
    })
}

pub(crate) fn role() -> AwsRole {
    AwsRole {
        arn: ROLE.to_owned(),
        external_id: Some("crow-42".to_owned()),
        session_name: "crowsnest".to_owned(),
    }
}

fn web_identity(token_file: PathBuf) -> AwsSource {
    AwsSource::WebIdentity {
        token_file,
        role_arn: ROLE.to_owned(),
        session_name: "crowsnest".to_owned(),
    }
}

/// With the guard, as people's connections have it. STS is at `sts`.
pub(crate) fn signed(catalog: &str, sts: &str, source: AwsSource, role: Option<AwsRole>) -> Server {
    try_signed(catalog, sts, source, role).unwrap()
}

pub(crate) fn try_signed(
    catalog: &str,
    sts: &str,
    source: AwsSource,
    role: Option<AwsRole>,
) -> Result<Server, iceberg_rest::Error> {
    let auth = Auth::SigV4 {
        region: "us-east-1".to_owned(),
        signing_name: "s3tables".to_owned(),
        credentials: AwsCredentials {
            source,
            role,
            sts_endpoint: Some(sts.to_owned()),
        },
        double_encode_path: true,
    };
    let options = HttpOptions {
        guard: iceberg_rest::Guard::Usual,
        ..HttpOptions::default()
    };
    let settings = Settings {
        auth,
        ..settings(catalog)
    };
    Server::new(http_client(options).unwrap(), settings)
}

/// Keys number `number`, for so many seconds.
fn lent(action: &str, number: usize, seconds: i64) -> Response<Body> {
    let end = time::OffsetDateTime::from(SystemTime::now()) + time::Duration::seconds(seconds);
    let end = end
        .format(&time::format_description::well_known::Rfc3339)
        .unwrap();
    status(
        200,
        &format!(
            "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials>\
             <AccessKeyId>ASIA{number}</AccessKeyId><SecretAccessKey>{SECRET}{number}</SecretAccessKey>\
             <SessionToken>{TOKEN}{number}</SessionToken><Expiration>{end}</Expiration>\
             </Credentials></{action}Result></{action}Response>"
        ),
    )
}

fn asks_sts(seen: &Seen) -> bool {
    seen.method == "POST" && seen.target == "/"
}

fn field(seen: &Seen, name: &str) -> Option<String> {
    let fields = url::form_urlencoded::parse(seen.body.as_bytes());
    let mut values = fields.filter_map(|(field, value)| (field == name).then_some(value));
    values.next().map(|value| value.into_owned())
}

pub(crate) fn key_of(seen: &Seen) -> String {
    let signature = seen.header("authorization").unwrap_or_default();
    let credential = signature.split_once("Credential=").unwrap_or_default().1;
    credential.split('/').next().unwrap_or_default().to_owned()
}

pub(crate) fn sts_calls(mock: &Mock) -> Vec<Seen> {
    mock.seen().into_iter().filter(asks_sts).collect()
}

/// STS and a catalog in one. Of keys number `n` the life is `seconds(n)`.
pub(crate) async fn sts(seconds: impl Fn(usize) -> i64 + Send + Sync + 'static) -> Mock {
    let count = AtomicUsize::new(0);
    slow(Duration::from_millis(20), move |seen| {
        if !asks_sts(seen) {
            return config("p");
        }
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        let action = field(seen, "Action").unwrap();
        lent(&action, number, seconds(number))
    })
    .await
}

#[tokio::test]
async fn a_role_is_assumed_with_the_keys_and_its_own_sign_the_calls() {
    let mock = sts(|_| 3600).await;
    let server = signed(&mock.url, &mock.url, keys(), Some(role()));
    server.connect(None, None).await.unwrap();
    let [asked, called] = mock.seen().try_into().unwrap();
    assert_eq!(key_of(&asked), "AKID");
    let signature = asked.header("authorization").unwrap();
    assert!(
        signature.contains("/us-east-1/sts/aws4_request"),
        "{signature}"
    );
    for (name, value) in [
        ("Action", "AssumeRole"),
        ("RoleArn", ROLE),
        ("ExternalId", "crow-42"),
        ("RoleSessionName", "crowsnest"),
    ] {
        assert_eq!(
            field(&asked, name).as_deref(),
            Some(value),
            "{}",
            asked.body
        );
    }
    assert_eq!(key_of(&called), "ASIA1");
    let token = called.header("x-amz-security-token").unwrap();
    assert_eq!(token, format!("{TOKEN}1"));
}

#[tokio::test]
async fn fifty_calls_on_keys_that_are_over_ask_sts_once() {
    let mock = sts(|number| if number == 1 { 0 } else { 3600 }).await;
    let server = signed(&mock.url, &mock.url, keys(), Some(role()));
    server.connect(None, None).await.unwrap();
    assert_eq!(sts_calls(&mock).len(), 1);
    for outcome in at_once(50, &server).await {
        outcome.unwrap();
    }
    assert_eq!(sts_calls(&mock).len(), 2);
    let of_first = mock
        .seen()
        .iter()
        .filter(|seen| key_of(seen) == "ASIA1")
        .count();
    assert_eq!(of_first, 1);
}

#[tokio::test]
async fn keys_are_renewed_before_their_end_while_the_old_ones_sign() {
    let mock = sts(|_| 3600).await;
    let server = signed(&mock.url, &mock.url, keys(), Some(role()));
    server.connect(None, None).await.unwrap();
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(3550)).await;
    tokio::time::resume();
    server.connect(None, None).await.unwrap();
    let until_asked = async {
        while sts_calls(&mock).len() < 2 || key_of(&mock.seen()[mock.seen().len() - 1]) != "ASIA2" {
            server.connect(None, None).await.unwrap();
        }
    };
    let asked = tokio::time::timeout(Duration::from_secs(10), until_asked).await;
    asked.expect("the old ones are not over, and others are there");
    let catalog: Vec<Seen> = mock
        .seen()
        .into_iter()
        .filter(|seen| !asks_sts(seen))
        .collect();
    assert_eq!(key_of(&catalog[1]), "ASIA1", "nobody waited for the next");
    assert_eq!(sts_calls(&mock).len(), 2);
}

#[tokio::test]
async fn keys_are_of_one_connection() {
    let mock = sts(|_| 3600).await;
    for number in 1..=2 {
        let server = signed(&mock.url, &mock.url, keys(), Some(role()));
        server.connect(None, None).await.unwrap();
        assert_eq!(key_of(&mock.seen().pop().unwrap()), format!("ASIA{number}"));
    }
}

#[tokio::test]
async fn a_catalog_that_refuses_lent_keys_is_shown_others_once() {
    for words in [
        "The security token included in the request is expired",
        "The security token included in the request is invalid.",
    ] {
        let count = AtomicUsize::new(0);
        let mock = serve(move |seen| {
            if asks_sts(seen) {
                let number = count.fetch_add(1, Ordering::SeqCst) + 1;
                return lent("AssumeRole", number, 3600);
            }
            match key_of(seen).as_str() {
                "ASIA1" => status(403, &format!(r#"{{"message":"{words}"}}"#)),
                _ => config("p"),
            }
        })
        .await;
        let server = signed(&mock.url, &mock.url, keys(), Some(role()));
        server.connect(None, None).await.unwrap();
        assert_eq!(sts_calls(&mock).len(), 2, "{words}");
    }
}

#[tokio::test]
async fn what_sts_lent_is_masked_in_what_a_catalog_says() {
    let mock = serve(|seen| match asks_sts(seen) {
        true => lent("AssumeRole", 1, 3600),
        false => status(
            400,
            &format!(
                r#"{{"error":{{"message":"bad {} and {SECRET}1","type":"BadRequestException","code":400}}}}"#,
                seen.header("x-amz-security-token").unwrap()
            ),
        ),
    })
    .await;
    let error = failure(&signed(&mock.url, &mock.url, keys(), Some(role()))).await;
    assert_eq!(error.message, "bad [masked] and [masked]");
}

#[tokio::test]
async fn a_role_that_is_refused_names_the_trust_policy_and_no_secret() {
    let mock = serve(|_| status(403, DENIED)).await;
    let server = signed(&mock.url, &mock.url, keys(), Some(role()));
    let error = failure(&server).await;
    assert_eq!(error.kind, ErrorKind::Unauthenticated);
    assert_eq!(error.hint(), Some(Hint::AwsRole), "{error}");
    for says in [ROLE, "AccessDenied", "not authorized"] {
        assert!(error.message.contains(says), "{error}");
    }
    assert!(!error.message.contains("configured-secret-1"), "{error}");
    // Whoever comes next does not ask again at once.
    assert!(failure(&server).await.retry_after.is_some());
    assert_eq!(mock.seen().len(), 1, "and no call was signed");
}

#[tokio::test]
async fn each_failure_of_sts_says_what_to_look_at() {
    let says = |code: &str| DENIED.replace("AccessDenied", code);
    let html = "<html><body>captive portal</body></html>".to_owned();
    for (code, body, kind, hint) in [
        (
            403,
            says("ExpiredToken"),
            ErrorKind::Unauthenticated,
            Hint::ExpiredKeys,
        ),
        (
            403,
            says("InvalidClientTokenId"),
            ErrorKind::Unauthenticated,
            Hint::AccessKey,
        ),
        (
            403,
            says("RegionDisabledException"),
            ErrorKind::Unauthenticated,
            Hint::AwsSts,
        ),
        (
            400,
            says("Throttling"),
            ErrorKind::RateLimited,
            Hint::AwsSts,
        ),
        (
            500,
            says("InternalFailure"),
            ErrorKind::ServerError,
            Hint::AwsSts,
        ),
        (404, html.clone(), ErrorKind::Malformed, Hint::AwsSts),
        (200, html, ErrorKind::Malformed, Hint::AwsSts),
        (200, String::new(), ErrorKind::Malformed, Hint::AwsSts),
        (302, String::new(), ErrorKind::Redirect, Hint::AwsSts),
    ] {
        let mock = serve(move |_| status(code, &body)).await;
        let error = failure(&signed(&mock.url, &mock.url, keys(), Some(role()))).await;
        assert_eq!(
            (error.kind, error.hint()),
            (kind, Some(hint)),
            "{code} {error}"
        );
    }
    let away = "http://127.0.0.1:9";
    let error = failure(&signed(away, away, keys(), Some(role()))).await;
    assert!(matches!(error.kind, ErrorKind::Unreachable(_)), "{error}");
    assert_eq!(error.hint(), Some(Hint::AwsSts));
    assert!(
        error.message.contains("STS at http://127.0.0.1:9"),
        "{error}"
    );
    let metadata = "http://169.254.169.254";
    let error = try_signed(away, metadata, keys(), Some(role()))
        .err()
        .unwrap();
    assert_eq!(error.kind, ErrorKind::Blocked, "{error}");
}

#[tokio::test]
async fn a_web_identity_is_read_anew_for_each_renewal() {
    let file = written("web-identity", "first-token\n");
    let mock = sts(|_| 0).await;
    let server = signed(&mock.url, &mock.url, web_identity(file.clone()), None);
    server.connect(None, None).await.unwrap();
    fs::write(&file, "second-token").unwrap();
    server.connect(None, None).await.unwrap();
    let calls = sts_calls(&mock);
    let tokens: Vec<_> = calls
        .iter()
        .filter_map(|seen| field(seen, "WebIdentityToken"))
        .collect();
    assert_eq!(tokens, ["first-token", "second-token"]);
    for call in &calls {
        assert_eq!(
            field(call, "Action").as_deref(),
            Some("AssumeRoleWithWebIdentity")
        );
        assert_eq!(field(call, "RoleSessionName").as_deref(), Some("crowsnest"));
        assert_eq!(
            call.header("authorization"),
            None,
            "the token says who asks"
        );
    }
    assert_eq!(key_of(&mock.seen().pop().unwrap()), "ASIA2");
}

#[tokio::test]
async fn a_role_is_assumed_with_what_a_web_identity_was_lent() {
    let mock = sts(|_| 3600).await;
    let file = written("chained", "token");
    let server = signed(&mock.url, &mock.url, web_identity(file), Some(role()));
    server.connect(None, None).await.unwrap();
    let keys: Vec<_> = mock.seen().iter().map(key_of).collect();
    assert_eq!(keys, ["", "ASIA1", "ASIA2"]);
}

#[tokio::test]
async fn a_web_identity_that_does_not_work_says_why() {
    let mock = serve(|seen| {
        let token = field(seen, "WebIdentityToken").unwrap();
        status(
            400,
            &DENIED
                .replace("AccessDenied", "ExpiredTokenException")
                .replace("User", &token),
        )
    })
    .await;
    let file = written("expired", "jwt-0123456789-of-a-pod");
    let error = failure(&signed(&mock.url, &mock.url, web_identity(file), None)).await;
    assert_eq!(error.hint(), Some(Hint::AwsWebIdentity), "{error}");
    assert!(error.message.contains("ExpiredTokenException"), "{error}");
    assert!(
        !error.message.contains("jwt-0123456789-of-a-pod"),
        "{error}"
    );
    let empty = written("empty", "\n");
    for (file, why) in [
        (empty, "is empty"),
        ("/nowhere/token".into(), "cannot be read"),
    ] {
        let error = failure(&signed(
            &mock.url,
            &mock.url,
            web_identity(file.clone()),
            None,
        ))
        .await;
        assert_eq!(error.hint(), Some(Hint::AwsTokenFile), "{error}");
        let name = file.display().to_string();
        assert!(
            error.message.contains(&name) && error.message.contains(why),
            "{error}"
        );
    }
    assert_eq!(mock.seen().len(), 1);
}

pub(crate) fn written(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("aws-{name}"));
    fs::write(&path, text).unwrap();
    path
}
