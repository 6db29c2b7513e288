//! A machine's own AWS identity, in processes with variables of their own.

use std::env;

use iceberg_rest::{
    ErrorKind, Hint,
    auth::{AwsKeys, AwsSource},
};
use tokio::process::Command;

use crate::{
    auth::failure,
    aws::{ROLE, key_of, keys, role, signed, sts, sts_calls, try_signed, written},
    server::{serve, status},
};

fn ambient(profile: Option<&str>) -> AwsSource {
    AwsSource::Ambient {
        profile: profile.map(str::to_owned),
    }
}

#[tokio::test]
async fn the_environment_is_left_alone_unless_a_connection_is_told_to_use_it() {
    if !is_child() {
        let token = written("env-web-identity", "token").display().to_string();
        return child(
            "the_environment_is_left_alone_unless_a_connection_is_told_to_use_it",
            &[
                ("AWS_ACCESS_KEY_ID", "AKENV"),
                ("AWS_SECRET_ACCESS_KEY", "secret-of-env"),
                ("AWS_SESSION_TOKEN", "token-of-env"),
                ("AWS_ROLE_ARN", ROLE),
                ("AWS_WEB_IDENTITY_TOKEN_FILE", &token),
                ("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9"),
                ("AWS_REGION", "eu-west-9"),
            ],
        )
        .await;
    }
    let mock = sts(|_| 3600).await;
    let server = signed(&mock.url, &mock.url, keys(), Some(role()));
    server.connect(None, None).await.unwrap();
    let server = signed(&mock.url, &mock.url, keys(), None);
    server.connect(None, None).await.unwrap();
    let used: Vec<_> = mock.seen().iter().map(key_of).collect();
    assert_eq!(used, ["AKID", "ASIA1", "AKID"]);
    assert_eq!(mock.seen()[2].header("x-amz-security-token"), None);
    for (id, secret) in [("", ""), ("AKID", ""), ("", "secret")] {
        let blank = AwsSource::Keys(AwsKeys {
            access_key_id: id.to_owned(),
            secret_access_key: secret.into(),
            session_token: None,
        });
        for role in [None, Some(role())] {
            let refused = try_signed(&mock.url, &mock.url, blank.clone(), role);
            assert_eq!(refused.err().unwrap().kind, ErrorKind::Invalid);
        }
    }
    assert_eq!(mock.seen().len(), 3, "nothing was signed");
    let server = signed(&mock.url, &mock.url, ambient(None), None);
    server.connect(None, None).await.unwrap();
    let told = mock.seen().pop().unwrap();
    assert_eq!(key_of(&told), "AKENV");
    assert_eq!(told.header("x-amz-security-token"), Some("token-of-env"));
    let server = signed(&mock.url, &mock.url, ambient(None), Some(role()));
    server.connect(None, None).await.unwrap();
    assert_eq!(key_of(&sts_calls(&mock)[1]), "AKENV");
}

#[tokio::test]
async fn a_profile_that_is_named_goes_before_the_variables() {
    if !is_child() {
        let file = written(
            "profiles",
            "[reader]\naws_access_key_id = AKPROFILE\naws_secret_access_key = secret-of-profile\n",
        );
        return child(
            "a_profile_that_is_named_goes_before_the_variables",
            &[
                ("AWS_SHARED_CREDENTIALS_FILE", &file.display().to_string()),
                ("AWS_CONFIG_FILE", "/nowhere"),
                ("AWS_ACCESS_KEY_ID", "AKENV"),
                ("AWS_SECRET_ACCESS_KEY", "secret-of-env"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
            ],
        )
        .await;
    }
    let mock = sts(|_| 3600).await;
    let server = signed(&mock.url, &mock.url, ambient(Some("reader")), None);
    server.connect(None, None).await.unwrap();
    assert_eq!(key_of(&mock.seen()[0]), "AKPROFILE");
    let error = failure(&signed(&mock.url, &mock.url, ambient(Some("other")), None)).await;
    assert_eq!(error.hint(), Some(Hint::AwsAmbient), "{error}");
    assert!(error.message.contains("profile other"), "{error}");
    assert_eq!(mock.seen().len(), 1);
}

#[tokio::test]
async fn a_machine_without_an_identity_says_so() {
    if !is_child() {
        return child(
            "a_machine_without_an_identity_says_so",
            &[
                ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere"),
                ("AWS_CONFIG_FILE", "/nowhere"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
            ],
        )
        .await;
    }
    let mock = sts(|_| 3600).await;
    let error = failure(&signed(&mock.url, &mock.url, ambient(None), None)).await;
    assert_eq!(error.kind, ErrorKind::Unauthenticated);
    assert_eq!(error.hint(), Some(Hint::AwsAmbient), "{error}");
    assert!(mock.seen().is_empty());
}

#[tokio::test]
async fn the_role_of_an_instance_is_asked_for() {
    if !is_child() {
        let mock = serve(|seen| match (&*seen.method, &*seen.target) {
            ("PUT", "/latest/api/token") => {
                let mut token = status(200, "imds");
                let life = "x-aws-ec2-metadata-token-ttl-seconds";
                token.headers_mut().insert(life, "21600".parse().unwrap());
                token
            }
            (_, path) if path.ends_with("/reader") => status(
                200,
                r#"{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"ASIAINSTANCE","SecretAccessKey":"secret-of-instance","Token":"t","AccountId":"1","LastUpdated":"2026-01-01T00:00:00Z","Expiration":"2126-01-01T00:00:00Z"}"#,
            ),
            (_, path) if path.contains("/iam/") => status(200, "reader"),
            _ => status(404, ""),
        })
        .await;
        return child(
            "the_role_of_an_instance_is_asked_for",
            &[
                ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere"),
                ("AWS_CONFIG_FILE", "/nowhere"),
                ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &mock.url),
            ],
        )
        .await;
    }
    let mock = sts(|_| 3600).await;
    let server = signed(&mock.url, &mock.url, ambient(None), None);
    server.connect(None, None).await.unwrap();
    assert_eq!(key_of(&mock.seen()[0]), "ASIAINSTANCE");
}

const CHILD: &str = "ICEBERG_REST_TEST_CHILD";

#[expect(clippy::disallowed_methods, reason = "tells a test where it runs")]
fn is_child() -> bool {
    env::var_os(CHILD).is_some()
}

/// Runs a test in a process with these variables and no others of AWS: those of this one are everybody's.
async fn child(test: &str, variables: &[(&str, &str)]) {
    let of_aws = env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_"));
    let mut command = Command::new(env::current_exe().unwrap());
    for (name, _) in of_aws {
        command.env_remove(name);
    }
    let output = command
        .args(["--exact", &format!("aws_ambient::{test}")])
        .envs(variables.iter().copied())
        .env(CHILD, "1")
        .output()
        .await
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{told}"
    );
}
