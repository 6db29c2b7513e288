//! Who asked: the recording masks secrets and tokens, so ours are put in their place.

use std::{cell::RefCell, collections::HashMap};

use crate::{exchange::Exchange, run::Request, support::Answer};

pub struct Callers {
    /// Principal and secret by client id.
    clients: RefCell<HashMap<String, (String, String)>>,
    /// The first token of each principal.
    tokens: RefCell<HashMap<String, String>>,
}

impl Callers {
    /// With root's credentials.
    pub fn new(client_id: String, client_secret: String) -> Self {
        let root = ("root".to_owned(), client_secret);
        Self {
            clients: RefCell::new([(client_id, root)].into()),
            tokens: RefCell::default(),
        }
    }

    /// What was refused with 401 had a bad secret, or a bad token.
    pub fn prepare(&self, recorded: &Exchange, request: &mut Request) {
        if recorded.status == Some(401) {
            return;
        }
        if let Some((_, secret)) = self.clients.borrow().get(&client_id(&request.body)) {
            let masked = "client_secret=REDACTED";
            request.body = request
                .body
                .replace(masked, &format!("client_secret={secret}"));
        }
        let caller = caller(recorded);
        let tokens = self.tokens.borrow();
        for (_, value) in request.headers.iter_mut() {
            if value == "Bearer REDACTED" {
                *value = format!("Bearer {}", tokens[&caller]);
            }
        }
    }

    /// Remembers the credentials and tokens of our answers.
    pub fn watch(&self, request: &Request, answer: &Answer) {
        let answer = answer.json();
        let text = |pointer: &str| answer.pointer(pointer).and_then(|value| value.as_str());
        if let (Some(id), Some(secret), Some(name)) = (
            text("/credentials/clientId"),
            text("/credentials/clientSecret"),
            text("/principal/name"),
        ) {
            let client = (name.to_owned(), secret.to_owned());
            self.clients.borrow_mut().insert(id.to_owned(), client);
        }
        if let (Some(token), Some((name, _))) = (
            text("/access_token"),
            self.clients.borrow().get(&client_id(&request.body)),
        ) {
            let mut tokens = self.tokens.borrow_mut();
            tokens
                .entry(name.clone())
                .or_insert_with(|| token.to_owned());
        }
    }
}

fn client_id(form: &str) -> String {
    let mut pairs = form.split('&');
    pairs
        .find_map(|pair| pair.strip_prefix("client_id="))
        .unwrap_or_default()
        .to_owned()
}

/// A refusal names the principal; whoever rotates credentials does so for itself; the rest was root.
fn caller(recorded: &Exchange) -> String {
    let text = recorded.text();
    let named = text
        .split("Principal '")
        .nth(1)
        .and_then(|rest| rest.split('\'').next());
    let path = recorded
        .path
        .strip_suffix("/rotate")
        .filter(|_| recorded.status == Some(200));
    let itself = path.and_then(|path| path.rsplit('/').next());
    named.or(itself).unwrap_or("root").to_owned()
}
