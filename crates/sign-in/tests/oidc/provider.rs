//! A provider on loopback, the settings of it, and a sign-in there from beginning to end.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::Response,
};
use iceberg_rest::{HttpOptions, http_client};
use serde_json::{Value, json};
use sign_in::{
    oidc::{Attempt, Callback, Failure, Provider, Settings, SignedIn},
    roles::Table,
};
use tokio::net::TcpListener;
use url::Url;

use crate::keys::Keys;

pub static KEYS: LazyLock<Keys> = LazyLock::new(Keys::new);

/// What it is in these tests, in seconds since 1970.
pub const NOW: u64 = 1_800_000_000;

/// Answers in place of the provider's own.
type Instead = Box<dyn Fn(&str) -> Option<Response<Body>> + Send>;

#[derive(Default)]
struct World {
    document: Value,
    keys: Value,
    tokens: Value,
    instead: Option<Instead>,
    asked: Vec<Asked>,
}

/// A request as it came.
#[derive(Clone)]
pub struct Asked {
    pub path: String,
    pub authorization: Option<String>,
    pub form: HashMap<String, String>,
}

#[derive(Clone)]
pub struct Mock {
    pub url: String,
    world: Arc<Mutex<World>>,
}

impl Mock {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let world = World {
            document: json!({
                "issuer": url,
                "authorization_endpoint": format!("{url}/authorize?tenant=a"),
                "token_endpoint": format!("{url}/token"),
                "jwks_uri": format!("{url}/keys"),
                "end_session_endpoint": format!("{url}/logout"),
            }),
            keys: KEYS.published(),
            ..World::default()
        };
        let mock = Self {
            url,
            world: Arc::new(Mutex::new(world)),
        };
        let serving = mock.clone();
        let router = Router::new().fallback(move |request| {
            let mock = serving.clone();
            async move { mock.answer(request).await }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        mock
    }

    async fn answer(&self, request: Request) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let path = parts.uri.path().to_owned();
        let authorization = parts.headers.get("authorization");
        let mut world = self.world.lock().unwrap();
        world.asked.push(Asked {
            path: path.clone(),
            authorization: authorization.map(|value| value.to_str().unwrap().to_owned()),
            form: url::form_urlencoded::parse(&body).into_owned().collect(),
        });
        if let Some(answer) = world.instead.as_ref().and_then(|instead| instead(&path)) {
            return answer;
        }
        match &*path {
            "/.well-known/openid-configuration" => as_json(200, &world.document),
            "/keys" => as_json(200, &world.keys),
            "/token" => as_json(200, &world.tokens),
            _ => as_json(404, &json!({})),
        }
    }

    /// Changes what the provider says of itself.
    pub fn describe(&self, change: impl FnOnce(&mut Value)) {
        change(&mut self.world.lock().unwrap().document);
    }

    pub fn publish(&self, keys: Value) {
        self.world.lock().unwrap().keys = keys;
    }

    /// What the token endpoint answers.
    pub fn give(&self, tokens: Value) {
        self.world.lock().unwrap().tokens = tokens;
    }

    /// Answers by `instead` where it has an answer.
    pub fn instead(&self, instead: impl Fn(&str) -> Option<Response<Body>> + Send + 'static) {
        self.world.lock().unwrap().instead = Some(Box::new(instead));
    }

    pub fn behave(&self) {
        self.world.lock().unwrap().instead = None;
    }

    pub fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.world.lock().unwrap().asked.clone();
        asked
            .into_iter()
            .filter(|asked| asked.path == path)
            .collect()
    }

    pub fn settings(&self) -> Settings {
        Settings {
            id: "acme".to_owned(),
            label: "Acme".to_owned(),
            issuer: self.url.clone(),
            client_id: "console".to_owned(),
            client_secret: Some("canary-client-secret".into()),
            scopes: vec!["profile".to_owned()],
            roles_claim: "roles".to_owned(),
            name_claim: None,
            roles: Table {
                admins: vec!["root".to_owned()],
                editors: vec!["write".to_owned()],
                viewers: vec!["read".to_owned()],
            },
            other_audiences: vec!["trusted".to_owned()],
        }
    }

    pub fn provider(&self) -> Provider {
        provider(self.settings())
    }

    /// Claims of a good ID token, with a nonce if there is one.
    pub fn claims(&self, nonce: Option<&str>) -> Value {
        let mut claims = json!({
            "iss": self.url, "sub": "u-1", "aud": "console", "iat": NOW, "exp": NOW + 300,
            "name": "Ada", "email": "ada@example.org", "email_verified": "true", "roles": ["read"],
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        claims
    }

    /// A sign-in whose ID token is what `token` makes of the claims of a good one.
    pub async fn sign_in(
        &self,
        provider: &Provider,
        token: impl FnOnce(Value) -> String,
    ) -> Result<SignedIn, Failure> {
        let (url, attempt) = begin(provider).await;
        let id_token = token(self.claims(Some(&query(&url)["nonce"])));
        self.give(tokens(Some(&id_token)));
        let state = query(&url)["state"].clone();
        provider.finish(attempt, callback(&state)).await
    }

    /// A sign-in with a good token, but for what `change` does to its claims.
    pub async fn sign_in_with(&self, change: impl FnOnce(&mut Value)) -> Result<SignedIn, Failure> {
        let token = |mut claims| {
            change(&mut claims);
            KEYS.token("ES256", &claims)
        };
        self.sign_in(&self.provider(), token).await
    }
}

pub fn provider(settings: Settings) -> Provider {
    let options = HttpOptions {
        guard: iceberg_rest::Guard::Usual,
        ..HttpOptions::default()
    };
    let provider = Provider::new(settings, http_client(options).unwrap()).unwrap();
    provider.with_time(|| at(NOW))
}

pub fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

pub async fn begin(provider: &Provider) -> (Url, Attempt) {
    provider.begin(&back()).await.unwrap()
}

/// Where the browser comes back to.
pub fn back() -> Url {
    Url::parse("https://console.example.org/sign-in/acme/callback").unwrap()
}

pub fn callback(state: &str) -> Callback<'_> {
    Callback {
        state,
        code: Some("canary-code"),
        error: None,
        iss: None,
    }
}

pub fn query(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

/// What a token endpoint answers.
pub fn tokens(id_token: Option<&str>) -> Value {
    json!({
        "access_token": "canary-access", "token_type": "Bearer", "expires_in": 3600,
        "refresh_token": "canary-refresh", "id_token": id_token,
    })
}

pub fn as_json(status: u16, body: &Value) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

pub fn as_html(status: u16) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "text/html")
        .body(Body::from("<html>canary-page</html>"))
        .unwrap()
}
