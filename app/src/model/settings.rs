use serde::{Deserialize, Serialize};

/// A property or setting of a catalog, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    pub key: String,
    /// `None`: withheld, since such a key may hold a secret.
    pub value: Option<String>,
}

#[cfg(feature = "ssr")]
pub fn settings(map: &std::collections::BTreeMap<String, String>) -> Vec<Setting> {
    map.iter()
        .map(|(key, value)| Setting {
            key: key.clone(),
            value: (!iceberg_rest::types::is_secret_key(key)).then(|| value.clone()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secret_keys_stay_on_the_server() {
        let keys = [
            "s3.secret-access-key",
            "s3.access-key-id",
            "s3.session-token",
            "gcs.oauth2.token",
            "adls.sas-token.account",
            "adls.connection-string.account",
            "token",
            "urn:ietf:params:oauth:token-type:access_token",
            "header.Authorization",
        ];
        let map = keys
            .iter()
            .map(|key| ((*key).to_owned(), "CANARY".to_owned()))
            .collect();
        assert!(settings(&map).iter().all(|setting| setting.value.is_none()));
    }

    #[test]
    fn other_values_are_shown() {
        let map = [("s3.endpoint".to_owned(), "https://s3".to_owned())].into();
        assert_eq!(settings(&map)[0].value.as_deref(), Some("https://s3"));
    }
}
