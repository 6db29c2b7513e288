//! Keys of a provider, and what it signs with them. Made by another library than the one that verifies.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as URL_SAFE},
};
use ring::{
    hmac,
    rand::SystemRandom,
    rsa::{KeyPair as RsaPair, PublicKeyComponents},
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
        RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaEncoding,
    },
};
use serde_json::{Value, json};

/// Takes seconds to make, so it is kept. Signs nothing but what is made here.
const RSA: &str = include_str!("rsa.pem");

pub struct Keys {
    rsa: RsaPair,
    elliptic: EcdsaKeyPair,
    edwards: Ed25519KeyPair,
    random: SystemRandom,
}

pub fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE.encode(bytes)
}

impl Keys {
    pub fn new() -> Self {
        let random = SystemRandom::new();
        let body: String = RSA.lines().filter(|line| !line.starts_with('-')).collect();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let elliptic = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let edwards = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
        Self {
            rsa: RsaPair::from_pkcs8(&BASE64_STANDARD.decode(body).unwrap()).unwrap(),
            elliptic: EcdsaKeyPair::from_pkcs8(algorithm, elliptic.as_ref(), &random).unwrap(),
            edwards: Ed25519KeyPair::from_pkcs8(edwards.as_ref()).unwrap(),
            random,
        }
    }

    /// What a provider says of them.
    pub fn published(&self) -> Value {
        let rsa = self.modulus();
        let point = self.elliptic.public_key().as_ref();
        let edwards = encoded(self.edwards.public_key());
        json!({ "keys": [
            // One that nobody here knows.
            { "kty": "OKP", "crv": "X9999", "kid": "new", "x": "AAAA" },
            { "kty": "RSA", "kid": "rsa", "use": "sig", "n": encoded(&rsa.n), "e": encoded(&rsa.e) },
            { "kty": "EC", "kid": "elliptic", "use": "sig", "crv": "P-256",
              "x": encoded(&point[1..33]), "y": encoded(&point[33..]) },
            { "kty": "OKP", "kid": "edwards", "use": "sig", "crv": "Ed25519", "x": edwards },
        ] })
    }

    pub fn modulus(&self) -> PublicKeyComponents<Vec<u8>> {
        PublicKeyComponents::from(self.rsa.public())
    }

    /// A token of these claims, signed with the key of the algorithm.
    pub fn token(&self, algorithm: &str, claims: &Value) -> String {
        let kid = match algorithm {
            "ES256" => "elliptic",
            "EdDSA" => "edwards",
            _ => "rsa",
        };
        self.token_with(
            &json!({ "alg": algorithm, "typ": "JWT", "kid": kid }),
            claims,
        )
    }

    /// A token with this header. A name of a key that is not there is signed by the one of the algorithm.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        let signed = format!(
            "{}.{}",
            encoded(header.to_string()),
            encoded(claims.to_string())
        );
        let message = signed.as_bytes();
        let signature = match header["alg"].as_str().unwrap() {
            "RS256" => self.by_rsa(&RSA_PKCS1_SHA256, message),
            "RS512" => self.by_rsa(&RSA_PKCS1_SHA512, message),
            "PS256" => self.by_rsa(&RSA_PSS_SHA256, message),
            "ES256" => self
                .elliptic
                .sign(&self.random, message)
                .unwrap()
                .as_ref()
                .to_vec(),
            "EdDSA" => self.edwards.sign(message).as_ref().to_vec(),
            _ => Vec::new(),
        };
        format!("{signed}.{}", encoded(signature))
    }

    fn by_rsa(&self, padding: &'static dyn RsaEncoding, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.rsa.public().modulus_len()];
        self.rsa
            .sign(padding, &self.random, message, &mut signature)
            .unwrap();
        signature
    }
}

/// A token that is signed with a secret.
pub fn by_secret(kid: Option<&str>, secret: &[u8], claims: &Value) -> String {
    let header = json!({ "alg": "HS256", "typ": "JWT", "kid": kid });
    let signed = format!(
        "{}.{}",
        encoded(header.to_string()),
        encoded(claims.to_string())
    );
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let signature = hmac::sign(&key, signed.as_bytes());
    format!("{signed}.{}", encoded(signature))
}
