use crate::{
    dialect::Dialect,
    error::{Details, Shape},
};

/// The server's own words, in lower case; empty where it said nothing.
pub(super) struct Said {
    words: String,
    type_on_wire: String,
}

const MISSING: &[&str] = &[
    "not found",
    "not exist",
    "doesn't exist",
    "not known",
    "unknown",
    "no such",
    "unable to find",
    "cannot find",
    "could not find",
    "not configured",
    "not registered",
];

impl Said {
    pub fn by(error: &Details) -> Self {
        let lower = |text: Option<&str>| text.unwrap_or_default().to_ascii_lowercase();
        Self {
            words: lower(error.said.then_some(&*error.message)),
            type_on_wire: lower(error.type_on_wire.as_deref()),
        }
    }

    /// Whether one of them stands in the words or in the type.
    pub fn any(&self, parts: &[&str]) -> bool {
        let holds = |part: &&str| self.words.contains(part) || self.type_on_wire.contains(part);
        parts.iter().any(holds)
    }

    fn is_missing(&self) -> bool {
        self.any(MISSING)
    }

    /// Of a signature or a token that is out of its time though it was made just now.
    pub fn of_the_clock(&self) -> bool {
        self.any(&[
            "signature expired",
            "signature not yet current",
            "requesttimetooskewed",
            "requestexpired",
            "too skewed",
            "too large a time skew",
            "clock skew",
            "clockskew",
            "clock is",
            "is now earlier than",
            "is now later than",
            "used before issued",
            "issued in the future",
            "not yet valid",
        ])
    }

    pub fn of_expired_keys(&self) -> bool {
        self.any(&[
            "expiredtoken",
            "token included in the request is expired",
            "token has expired",
            "token is expired",
        ])
    }

    /// Of a token, or of keys, that are over or that the server does not know.
    #[cfg(feature = "client")]
    pub fn that_the_token_is_over(&self) -> bool {
        self.any(&["token"]) && self.any(&["expired"])
            || self.of_unknown_keys()
            || self.any(&["invalid access token", "invalid_token", "invalid bearer"])
    }

    pub fn of_unknown_keys(&self) -> bool {
        self.any(&[
            "token included in the request is invalid",
            "unrecognizedclient",
            "invalidclienttokenid",
            "invalidaccesskeyid",
            "access key id you provided does not exist",
        ])
    }

    /// Of the region or the service that stands in a signature.
    pub fn of_what_is_signed_for(&self) -> bool {
        self.any(&[
            "credential should be scoped to",
            "authorizationheadermalformed",
        ])
    }

    /// Of a request that is not signed as AWS wants it.
    pub fn of_a_signature(&self) -> bool {
        self.any(&[
            "incompletesignature",
            "authorization header requires 'credential'",
            "aws4-hmac-sha256",
        ])
    }

    /// Polaris: neither the token nor the grants hold a role.
    pub fn of_no_roles(&self) -> bool {
        let held = |list: &str| match self.words.split_once(list) {
            Some((_, rest)) => !rest
                .trim_start_matches([' ', '\'', '"', '['])
                .starts_with(']'),
            None => true,
        };
        let asked = "activated principalroles";
        let granted = ["activated grants via", "activated ids"];
        self.words.contains(asked) && !held(asked) && granted.into_iter().any(|list| !held(list))
    }

    /// Polaris: the realm is not there. Others mean something else by the word, and objects may be called so.
    pub fn of_the_realm(&self, error: &Details) -> bool {
        let mut words = self.words.split_whitespace();
        self.type_on_wire.contains("invalidrealm")
            || error.asked.dialect == Some(Dialect::Polaris)
                && error.shape == Some(Shape::Iceberg)
                && words.any(|word| word.trim_end_matches([':', '.', ',']) == "realm")
                && !self.that_it_is_missing()
    }

    /// Whether Nessie has no such branch or tag.
    pub fn of_the_reference(&self) -> bool {
        self.type_on_wire == "nosuchreferenceexception"
    }

    /// By the type of the specification, or in the words of those that send another one.
    pub fn that_it_is_not_empty(&self) -> bool {
        self.type_on_wire == "namespacenotemptyexception" || self.words.contains("not empty")
    }

    /// That a warehouse is missing, of a call that names nothing else.
    pub fn of_a_warehouse(&self) -> bool {
        let names = ["warehouse", "catalog", "bucket"];
        self.any(&names) && (self.is_missing() || self.any(&["specify", "required", "missing"]))
    }

    /// The same of any call: an object may have the word in its name.
    pub fn of_the_warehouse(&self) -> bool {
        const TYPES: [&str; 6] = [
            "nosuchwarehouse",
            "nosuchcatalog",
            "warehousenotfound",
            "catalognotfound",
            "warehousedoesnotexist",
            "catalogdoesnotexist",
        ];
        const STARTS: [&str; 9] = [
            "warehouse ",
            "a warehouse ",
            "the warehouse ",
            "catalog ",
            "the catalog ",
            "unable to find warehouse",
            "no such warehouse",
            "no such catalog",
            "unknown catalog",
        ];
        let type_on_wire = self.type_on_wire.replace('_', "");
        TYPES.iter().any(|name| type_on_wire.contains(name))
            || STARTS.iter().any(|start| self.words.starts_with(start)) && self.is_missing()
    }

    /// That namespaces do not hold namespaces. One that is missing may be called so.
    pub fn of_one_level(&self) -> bool {
        let nested = [
            "multipart namespace",
            "multi-part namespace",
            "multi-level",
            "multilevel",
            "multiple levels",
            "nested",
            "nesting",
            "hierarch",
            "single level",
            "single-level",
            "one level",
            "one-level",
            "sub-namespace",
            "subnamespace",
            "child namespace",
            "parent namespace",
            "namespace depth",
            "only supports one",
        ];
        self.any(&nested) && (!self.is_missing() || self.any(&["support"]))
    }

    /// That the object itself is missing.
    pub fn that_it_is_missing(&self) -> bool {
        let nouns = ["table", "view", "namespace", "schema", "database"];
        let told = |noun: &&str| {
            let starts = self.words.trim_start_matches("the ").starts_with(noun);
            let named = self.words.starts_with(&format!("no such {noun}"));
            let typed = self.type_on_wire.replace('_', "");
            (starts || named) && self.is_missing() && !self.words.contains("://")
                || typed.contains(&format!("nosuch{noun}"))
                || typed.contains(&format!("{noun}notfound"))
                || typed.contains(&format!("{noun}doesnotexist"))
        };
        nouns.iter().any(told)
    }

    /// Of a file of the object, or of where files are.
    pub fn of_a_file(&self) -> bool {
        let files = [
            "metadata",
            "manifest",
            "location",
            "://",
            ".json",
            ".avro",
            "nosuchkey",
            "nosuchbucket",
            "specified key",
            "specified bucket",
            "no such file",
            "filenotfound",
            "failed to read",
            "failed to open",
            "failed to load",
            "inputstream",
            "blob",
            "object store",
        ];
        self.any(&files) || self.of_the_store()
    }

    /// Of the object store, by the way its clients write.
    pub fn of_the_store(&self) -> bool {
        self.any(&[
            "service: s3",
            "s3exception",
            "storageexception",
            "blobstorage",
            "s3://",
            "s3a://",
            "gs://",
            "abfs://",
            "abfss://",
            "wasbs://",
        ])
    }

    /// Of how something is called.
    pub fn of_a_name(&self) -> bool {
        self.any(&[
            "identifier",
            "character",
            "invalid name",
            "illegal name",
            "name must",
            "name is",
            "name cannot",
            "namespace name",
            "table name",
            "view name",
            "malformed",
            "ambiguous",
            "too long",
        ])
    }
}
