use destination::{Auth, Destination, Kind, Target, derive, keys};
use iceberg_rest::{Auth as Identity, Dialect};

use super::Catalog;

impl Catalog {
    /// The settings that OLake needs for this catalog, as far as they are no secret.
    pub fn destination(&self, warehouse: Option<&str>) -> Destination {
        let kind = kind(self.known_dialect());
        let auth = match self.spec.auth {
            Identity::None => Auth::None,
            Identity::Bearer(_) | Identity::Lent { .. } => Auth::Token,
            Identity::OAuth2 { .. } => Auth::OAuth2,
            Identity::SigV4 { .. } => Auth::SigV4,
        };
        let mut file = Destination::new(kind, auth, Target::Classic);
        file.set(keys::URL, &self.spec.url);
        let told = self.told(warehouse);
        let told = |key: &str| Some(told.as_ref()?.config().get(key)?.to_owned());
        let warehouse = warehouse.or(self.spec.warehouse.as_deref());
        let warehouse = warehouse.map(str::to_owned).or_else(|| told("warehouse"));
        file.set(keys::WAREHOUSE, &warehouse.unwrap_or_default());
        let region = told("s3.region").or_else(|| told("client.region"));
        file.set(keys::REGION, &region.unwrap_or_default());
        match &self.spec.auth {
            Identity::OAuth2 {
                client_id,
                token_url,
                asks,
                ..
            } => {
                file.set(keys::OAUTH_URL, token_url);
                file.set(keys::SCOPE, asks.scope.as_deref().unwrap_or_default());
                file.set(keys::CREDENTIAL, &derive::credential(client_id, ""));
            }
            Identity::SigV4 {
                region,
                signing_name,
                ..
            } => {
                file.set(keys::SIGNING_NAME, signing_name);
                file.set(keys::SIGNING_REGION, region);
                file.set(keys::REGION, region);
            }
            Identity::None | Identity::Bearer(_) | Identity::Lent { .. } => {}
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
