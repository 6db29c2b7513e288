use std::time::Duration;

use axum::http::Method;
use prometheus::{
    HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder, exponential_buckets,
    process_collector::ProcessCollector,
};

/// What is counted, and the process's own memory, CPU time and start.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Metrics {
    pub fn new() -> Self {
        Self::register().expect("the names are constants, valid and distinct")
    }

    fn register() -> Result<Self, prometheus::Error> {
        let requests = IntCounterVec::new(
            Opts::new("crowsnest_http_requests_total", "Answered requests"),
            &["method", "route", "status"],
        )?;
        let seconds = HistogramVec::new(
            HistogramOpts::new(
                "crowsnest_http_request_duration_seconds",
                "Time until an answer began",
            )
            // 1 ms to 16 s.
            .buckets(exponential_buckets(0.001, 2.0, 15)?),
            &["route"],
        )?;
        let registry = Registry::new();
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        registry.register(Box::new(ProcessCollector::for_self()))?;
        Ok(Self {
            registry,
            requests,
            seconds,
        })
    }

    /// Counts one answer. `route` is a pattern, never an address: patterns are few.
    pub fn count(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            _ => "other",
        };
        self.requests
            .with_label_values(&[method, route, &status.to_string()])
            .inc();
        self.seconds
            .with_label_values(&[route])
            .observe(took.as_secs_f64());
    }

    pub fn text(&self) -> String {
        TextEncoder::new()
            .encode_to_string(&self.registry.gather())
            .unwrap_or_else(|error| format!("# {error}\n"))
    }
}
