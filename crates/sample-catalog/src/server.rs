//! One server in one dialect: from a request to an answer.

use std::sync::{Mutex, PoisonError};

use axum::{body::to_bytes, extract::Request, http::Method, response::Response};

use crate::{
    Options,
    ask::Ask,
    dialect::Dialect,
    dialects,
    faults::{self, Fault},
    objects,
    operation::{self, Call, Unrouted},
    polaris::Realm,
    problem::Problem,
    repeats, reply,
    routes::{self, Job},
    state::State,
    stock::Stock,
    vendor::Vendor,
};

/// Larger request bodies are refused.
const BODY_LIMIT_BYTES: usize = 32 << 20;

pub(crate) struct Server {
    pub options: Options,
    pub vendor: &'static dyn Vendor,
    /// Seeded by the first request.
    state: Mutex<Option<State>>,
}

impl Server {
    pub fn new(options: Options) -> Self {
        Self {
            vendor: dialects::of(options.dialect),
            options,
            state: Mutex::new(None),
        }
    }

    pub fn with_stock(options: Options, stock: Vec<Stock>) -> Self {
        let server = Self::new(options);
        let held = server
            .vendor
            .shelve(stock.into_iter().map(Stock::warehouse).collect());
        let realm = Realm::bare(held.values());
        let state = State::new(&server.options, held, realm);
        Self {
            state: Mutex::new(Some(state)),
            ..server
        }
    }

    /// The ordinary seed.
    fn seeded(&self) -> State {
        let held = self.vendor.stock(&self.options);
        let realm = match self.options.dialect {
            Dialect::Polaris => Realm::seeded(&self.options, &held),
            _ => Realm::bare([].iter()),
        };
        State::new(&self.options, held, realm)
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
        self.answer(&ask).await
    }

    async fn answer(&self, ask: &Ask) -> Response {
        if let Some(object) = objects::answer(ask).await {
            return object;
        }
        let (response, fault) = self.step(ask).unwrap_or_else(|refusal| (refusal, None));
        match fault {
            Some(fault) => fault.spoil(response).await,
            None => response,
        }
    }

    /// From the question to the answer with nobody else in between, and what is to go wrong with the answer.
    fn step(&self, ask: &Ask) -> Result<(Response, Option<Fault>), Response> {
        // A panic on the way leaves whole values behind: metadata is replaced, never edited.
        let mut held = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = held.get_or_insert_with(|| self.seeded());
        let vendor = self.vendor;
        let rest = vendor.rest(&ask.path);
        if rest == Some("oauth/tokens") && ask.method == Method::POST {
            let answer = vendor.tokens(state, ask);
            return Ok((
                answer.ok_or_else(|| vendor.unrouted(ask, &Unrouted::Path))?,
                None,
            ));
        }
        let caller = vendor.authenticate(state, ask)?;
        let Some(rest) = rest else {
            let fault = faults::native(ask)?;
            let answer = match fault {
                Some(fault) if fault.forestalls() => reply::empty(204),
                _ => vendor
                    .native(state, ask, &caller)
                    .ok_or_else(|| vendor.unrouted(ask, &Unrouted::Path))?,
            };
            return Ok((answer, fault));
        };
        if rest == "config" {
            if !ask.reads() {
                return Err(vendor.unrouted(ask, &Unrouted::Method));
            }
            let config = vendor
                .config(state, ask)
                .map_err(|problem| vendor.problem(&problem))?;
            return Ok((reply::json(200, &config), None));
        }
        let segments: Vec<&str> = rest.split('/').collect();
        let (key, call) = self.find(state, ask, &segments)?;
        vendor.authorize(state, ask, &caller, &key, &call)?;
        let repeat = repeats::key(ask).zip(vendor.repeats());
        if let Some((id, lifetime)) = repeat
            && let Some(given) = state.repeats.find(id, call.operation, lifetime)
        {
            let given = given.map_err(|problem| vendor.problem(&problem))?;
            return Ok((given, None));
        }
        let fault = Fault::of(ask, &call);
        if fault.is_some_and(Fault::forestalls) {
            return Ok((reply::empty(204), fault));
        }
        let mut done = self
            .carry_out(state, ask, &key, &call, fault)
            .unwrap_or_else(|problem| vendor.problem(&problem));
        if let Some((id, _)) = repeat {
            done = state.repeats.keep(id, call.operation, done);
        }
        Ok((done, fault))
    }

    fn carry_out(
        &self,
        state: &mut State,
        ask: &Ask,
        key: &str,
        call: &Call,
        fault: Option<Fault>,
    ) -> Result<Response, Problem> {
        if fault == Some(Fault::REFUSED_ONCE)
            && state.refused.insert((key.to_owned(), call.ident()))
        {
            return Err(Problem::CommitConflict(
                "Requirement failed: somebody else committed first".into(),
            ));
        }
        let done = routes::carry_out(&mut Job {
            vendor: self.vendor,
            warehouse: state.warehouse(key)?,
            ask,
            call,
        })?;
        self.vendor.settle(state, ask, key, call);
        Ok(done)
    }

    fn find(
        &self,
        state: &State,
        ask: &Ask,
        segments: &[&str],
    ) -> Result<(String, Call), Response> {
        let vendor = self.vendor;
        let (key, rest) = vendor.locate(&state.warehouses, ask, segments)?;
        let served = |operation| vendor.serves(operation);
        let call = operation::route(ask.method.as_str(), rest, served)
            .map_err(|why| vendor.unrouted(ask, &why))?;
        let call = match state.warehouses.get(&key) {
            Some(warehouse) => vendor.understand(warehouse, call),
            None => call,
        };
        Ok((key, call))
    }
}
