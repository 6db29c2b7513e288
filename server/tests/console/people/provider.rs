//! A provider on loopback that gives each refresh token once, and somebody's sign-in at it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    body::to_bytes,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE};
use ring::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair},
};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::{Store, now};
use tokio::{net::TcpListener, sync::Semaphore};
use url::{Url, form_urlencoded};

use super::Browser;

type Form = HashMap<String, String>;
/// What is answered to a form in the place of tokens.
type Instead = Arc<dyn Fn(&Form) -> Option<(u16, Value)> + Send + Sync>;

#[derive(Clone)]
pub struct Provider {
    pub url: String,
    world: Arc<Mutex<World>>,
    /// Answers to refreshes go out one for each of these, where they are held.
    pub gate: Arc<Semaphore>,
    /// One for each refresh that has come.
    pub came: Arc<Semaphore>,
}

#[derive(Default)]
struct World {
    /// Tokens given to each person.
    given: HashMap<String, usize>,
    held: bool,
    instead: Option<Instead>,
    /// With their path.
    forms: Vec<(String, Form)>,
}

impl Provider {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            world: Arc::default(),
            gate: Arc::new(Semaphore::new(0)),
            came: Arc::new(Semaphore::new(0)),
        };
        let serving = provider.clone();
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let key = Arc::new(Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap());
        let router = Router::new().fallback(move |request: Request| {
            let (provider, key) = (serving.clone(), key.clone());
            async move { provider.answer(&key, request).await }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// Lines of a console that people sign in to at it.
    pub fn settings(&self) -> String {
        format!(
            "sign_in = \"oidc\"\nviewers = [\"*\"]\n[[provider]]\nname = \"corp\"\nissuer = \"{}\"\nclient_id = \"crowsnest\"\nclient_secret = \"CANARY-client\"\n",
            self.url
        )
    }

    /// Holds answers to refreshes back until `gate` lets them through.
    pub fn hold(&self, held: bool) {
        self.world.lock().unwrap().held = held;
    }

    pub fn instead(&self, instead: impl Fn(&Form) -> Option<(u16, Value)> + Send + Sync + 'static) {
        self.world.lock().unwrap().instead = Some(Arc::new(instead));
    }

    pub fn behave(&self) {
        self.world.lock().unwrap().instead = None;
    }

    /// Forms that were sent to a path.
    pub fn forms(&self, path: &str) -> Vec<Form> {
        let world = self.world.lock().unwrap();
        let of = world.forms.iter().filter(|(its, _)| its == path);
        of.map(|(_, form)| form.clone()).collect()
    }

    /// How often a token was asked for by this grant.
    pub fn asked(&self, grant: &str) -> usize {
        let forms = self.forms("/token");
        forms
            .iter()
            .filter(|form| form["grant_type"].ends_with(grant))
            .count()
    }

    async fn answer(&self, key: &Ed25519KeyPair, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        let form: Form = form_urlencoded::parse(&body).into_owned().collect();
        let (url, path) = (&self.url, parts.uri.path());
        match path {
            "/.well-known/openid-configuration" => Json(json!({
                "issuer": url,
                "authorization_endpoint": format!("{url}/authorize"),
                "token_endpoint": format!("{url}/token"),
                "jwks_uri": format!("{url}/keys"),
                "revocation_endpoint": format!("{url}/revoke"),
            }))
            .into_response(),
            "/keys" => Json(json!({ "keys": [{
                "kty": "OKP", "crv": "Ed25519", "kid": "k", "use": "sig",
                "x": URL_SAFE.encode(key.public_key()),
            }]}))
            .into_response(),
            _ => {
                let (instead, held) = {
                    let mut world = self.world.lock().unwrap();
                    world.forms.push((path.to_owned(), form.clone()));
                    (world.instead.clone(), world.held)
                };
                if form.contains_key("refresh_token") {
                    self.came.add_permits(1);
                    if held {
                        self.gate.acquire().await.unwrap().forget();
                    }
                }
                let (status, body) = instead
                    .and_then(|instead| instead(&form))
                    .unwrap_or_else(|| self.tokens(key, &form));
                (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
            }
        }
    }

    fn tokens(&self, key: &Ed25519KeyPair, form: &Form) -> (u16, Value) {
        let mut world = self.world.lock().unwrap();
        let mut given = |person: &str| {
            let number = world.given.entry(person.to_owned()).or_default();
            *number += 1;
            *number
        };
        let (person, number, nonce) = match form.get("grant_type").map(String::as_str) {
            Some("authorization_code") => {
                let (person, nonce) = form["code"].split_once('.').unwrap();
                (person.to_owned(), given(person), Some(nonce.to_owned()))
            }
            Some("refresh_token") => {
                let (person, number) = form["refresh_token"].split_once('-').unwrap();
                // Each is good for once.
                let last = world.given.get(person).map(usize::to_string);
                if last.as_deref() != Some(number) {
                    return (400, json!({ "error": "invalid_grant" }));
                }
                let mut given = |person: &str| {
                    let number = world.given.entry(person.to_owned()).or_default();
                    *number += 1;
                    *number
                };
                (person.to_owned(), given(person), None)
            }
            // An exchange: whose, and for what.
            Some(_) => {
                let number = given("exchanges");
                let whose = form["subject_token"].split('-').nth(1).unwrap();
                let token = format!("exchanged-{whose}-{}-{number}", form["audience"]);
                let answer = json!({
                    "access_token": token, "expires_in": "3600", "token_type": "N_A",
                    "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
                });
                return (200, answer);
            }
            None => return (200, json!({})),
        };
        let at = now() / 1000;
        let mut claims = json!({
            "iss": self.url, "sub": person, "aud": "crowsnest", "iat": at, "exp": at + 300, "name": person,
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        let part = |value: &Value| URL_SAFE.encode(value.to_string());
        let header = json!({ "alg": "EdDSA", "kid": "k" });
        let signed = format!("{}.{}", part(&header), part(&claims));
        let signature = URL_SAFE.encode(key.sign(signed.as_bytes()));
        (
            200,
            json!({
                "access_token": format!("access-{person}-{number}"), "token_type": "Bearer",
                "refresh_token": format!("{person}-{number}"), "expires_in": 3600,
                "id_token": format!("{signed}.{signature}"),
            }),
        )
    }
}

impl Browser<'_> {
    /// Signs in at the provider as this person.
    pub async fn sign_in_at_provider(&mut self, person: &str) {
        let led = self.get("/sign-in/at/corp").await;
        let url = Url::parse(led.header("location")).unwrap_or_else(|_| panic!("{}", led.body));
        let asked: Form = url.query_pairs().into_owned().collect();
        let cookie = |answer: &crate::support::Answer| {
            let set = answer.header("set-cookie");
            set.split(';').next().unwrap().to_owned()
        };
        self.cookie = cookie(&led);
        let back = format!(
            "/sign-in/back/corp?state={}&code={person}.{}",
            asked["state"], asked["nonce"]
        );
        let back = self.get(&back).await;
        assert!(back.status.is_redirection(), "{}", back.body);
        self.cookie = cookie(&back);
    }

    /// What opens its session.
    pub fn secret(&self) -> SecretString {
        self.cookie.split_once('=').unwrap().1.into()
    }
}

/// What a session keeps.
pub async fn kept(store: &Store, browser: &Browser<'_>) -> Value {
    use secrecy::ExposeSecret;
    let kept = store.kept(&browser.secret()).await.unwrap().unwrap();
    serde_json::from_str(kept.expose_secret()).unwrap()
}

/// Has the access token of a session end in so many ms, and forgets what failed.
pub async fn ends_in(store: &Store, browser: &Browser<'_>, ms: i64) {
    let mut changed = kept(store, browser).await;
    changed["expires"] = (now() + ms).into();
    (changed["asked"], changed["given"]) = ((now() - 600_000).into(), (now() - 600_000).into());
    changed["failed"] = 0.into();
    let version = store.kept_now(&browser.secret()).await.unwrap().unwrap();
    let text = changed.to_string().into();
    let done = store.keep(&browser.secret(), version.version, &text).await;
    assert!(done.unwrap(), "somebody changed it meanwhile");
}
