//! One server in one dialect: from a request to an answer.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::{body::to_bytes, extract::Request, http::Method, response::Response};
use indexmap::IndexMap;

use crate::{
    Options,
    ask::Ask,
    faults, objects,
    operation::{self, Call, Operation, Unrouted},
    polaris::Realm,
    problem::Problem,
    reply, routes,
    stock::Stock,
    store::Warehouse,
    vendor::{self, Vendor},
};

/// Larger request bodies are refused.
const BODY_LIMIT_BYTES: usize = 32 << 20;

/// Warehouses by the key that `Vendor::locate` finds.
pub(crate) type Warehouses = IndexMap<String, Warehouse>;

pub(crate) struct Server {
    pub options: Options,
    pub vendor: &'static dyn Vendor,
    /// Seeded by the first request.
    warehouses: Mutex<Option<Warehouses>>,
    /// Polaris only. Locked after `warehouses`, when both are.
    realm: Mutex<Option<Realm>>,
}

impl Server {
    pub fn new(options: Options) -> Self {
        Self {
            vendor: vendor::of(options.dialect),
            options,
            warehouses: Mutex::new(None),
            realm: Mutex::new(None),
        }
    }

    pub fn with_stock(options: Options, stock: Vec<Stock>) -> Self {
        let server = Self::new(options);
        let stocked = server
            .vendor
            .shelve(stock.into_iter().map(Stock::warehouse).collect());
        Self {
            realm: Mutex::new(Some(Realm::bare(stocked.values()))),
            warehouses: Mutex::new(Some(stocked)),
            ..server
        }
    }

    /// Runs `work` on the warehouses, nobody else at the same time.
    pub fn with<T>(&self, work: impl FnOnce(&mut Warehouses) -> T) -> T {
        // A panic while seeding or committing leaves whole values behind: metadata is replaced, never edited.
        let mut held: MutexGuard<Option<Warehouses>> = self
            .warehouses
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        work(held.get_or_insert_with(|| self.vendor.stock(&self.options)))
    }

    /// Runs `work` on Polaris' principals, roles and catalogs, and on the warehouses beside them.
    pub fn realm<T>(&self, work: impl FnOnce(&mut Realm, &mut Warehouses) -> T) -> T {
        self.with(|held| {
            // A panic in between leaves whole entities behind.
            let mut realm = self.realm.lock().unwrap_or_else(PoisonError::into_inner);
            let realm = realm.get_or_insert_with(|| Realm::seeded(&self.options, held));
            work(realm, held)
        })
    }

    pub async fn handle(&self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let Some(path) = parts
            .uri
            .path()
            .strip_prefix(self.options.mount.as_str())
            .map(str::to_owned)
        else {
            return reply::empty(404);
        };
        let Ok(body) = to_bytes(body, BODY_LIMIT_BYTES).await else {
            return reply::error(
                413,
                "BadRequestException",
                "The request body is larger than 32 MiB",
            );
        };
        let ask = Ask::new(parts, path, body);
        self.answer(&ask).await.unwrap_or_else(|response| response)
    }

    async fn answer(&self, ask: &Ask) -> Result<Response, Response> {
        let vendor = self.vendor;
        let rest = vendor.rest(&ask.path);
        if rest == Some("oauth/tokens") && ask.method == Method::POST {
            return vendor
                .tokens(self, ask)
                .ok_or_else(|| vendor.unrouted(ask, &Unrouted::Path));
        }
        if let Some(object) = objects::answer(ask).await {
            return Ok(object);
        }
        let caller = vendor.authenticate(self, ask)?;
        let Some(rest) = rest else {
            let mut names = ask.path.split('/');
            if ask.method == Method::DELETE
                && let Some(response) = faults::keep(names.clone())
            {
                return Ok(response);
            }
            if let Some(name) = names.find(|name| faults::NAMES.contains(name))
                && let Some(response) = faults::inject(name).await
            {
                return Ok(response);
            }
            return vendor
                .native(self, ask, &caller)
                .ok_or_else(|| vendor.unrouted(ask, &Unrouted::Path));
        };
        if rest == "config" {
            if ask.method != Method::GET && ask.method != Method::HEAD {
                return Err(vendor.unrouted(ask, &Unrouted::Method));
            }
            let config = vendor
                .config(self, ask)
                .map_err(|problem| vendor.problem(&problem))?;
            return Ok(reply::json(200, &config));
        }
        let segments: Vec<&str> = rest.split('/').collect();
        let (key, call) = self.find(ask, &segments)?;
        vendor.authorize(self, ask, &caller, &key, &call)?;
        if let Some(name) = sentinel(&call)
            && let Some(response) = faults::inject(name).await
        {
            return Ok(response);
        }
        let done = routes::carry_out(self, ask, &key, &call)
            .map_err(|problem| vendor.problem(&problem))?;
        vendor.settle(self, ask, &key, &call);
        Ok(done)
    }

    fn find(&self, ask: &Ask, segments: &[&str]) -> Result<(String, Call), Response> {
        let vendor = self.vendor;
        let route = |rest: &[&str]| {
            operation::route(ask.method.as_str(), rest, |operation| {
                vendor.serves(operation)
            })
        };
        self.with(|held| {
            let (key, rest) = vendor.locate(held, ask, segments)?;
            let call = route(rest).map_err(|why| vendor.unrouted(ask, &why))?;
            let call = match held.get(&key) {
                Some(warehouse) => vendor.understand(warehouse, call),
                None => call,
            };
            Ok((key, call))
        })
    }

    /// The warehouse under `key`.
    pub fn warehouse<T>(
        &self,
        key: &str,
        work: impl FnOnce(&mut Warehouse) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.with(|held| match held.get_mut(key) {
            Some(warehouse) => work(warehouse),
            None => Err(Problem::NoSuchWarehouse(key.to_owned())),
        })
    }
}

/// The name that decides about an error state: of the table or view loaded, of the namespace listed.
fn sentinel(call: &Call) -> Option<&str> {
    match call.operation {
        Operation::LoadTable | Operation::LoadView => Some(&call.name),
        Operation::ListNamespaces | Operation::ListTables | Operation::ListViews => {
            call.namespace.last().map(String::as_str)
        }
        _ => None,
    }
}
