use destination::{Auth, Destination, Kind, Target, derive, keys};
use iceberg_rest::Dialect;

use super::Catalog;

impl Catalog {
    /// The settings that OLake needs for this catalog, as far as they are no secret.
    pub fn destination(&self, warehouse: Option<&str>) -> Destination {
        let kind = kind(self.known_dialect());
        let auth = match self.auth {
            "bearer" => Auth::Token,
            "oauth2" => Auth::OAuth2,
            "sigv4" => Auth::SigV4,
            _ => Auth::None,
        };
        let mut file = Destination::new(kind, auth, Target::Classic);
        file.set(keys::URL, &self.url);
        file.set(
            keys::WAREHOUSE,
            warehouse.or(self.warehouse.as_deref()).unwrap_or_default(),
        );
        for (key, value) in &self.sign_in {
            file.set(key, value);
        }
        if let (Auth::OAuth2, Some(client_id)) = (auth, &self.identity) {
            file.set(keys::CREDENTIAL, &derive::credential(client_id, ""));
        }
        file.derive();
        file
    }
}

fn kind(dialect: Option<Dialect>) -> Kind {
    match dialect {
        Some(Dialect::Lakekeeper) => Kind::Lakekeeper,
        Some(Dialect::Nessie) => Kind::Nessie,
        Some(Dialect::S3Tables) => Kind::S3Tables,
        Some(Dialect::Unity) => Kind::Unity,
        Some(Dialect::Polaris) => Kind::Polaris,
        Some(Dialect::Generic) | None => Kind::Generic,
    }
}
