use std::time::Duration;

use axum::http::Method;
use prometheus::{
    HistogramOpts, HistogramVec, IntCounterVec, Opts, PullingGauge, Registry, TextEncoder,
    exponential_buckets, process_collector::ProcessCollector,
};
use store::{Store, copies::Copies};

/// What is counted, and the process's own memory, CPU time and start.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Metrics {
    pub fn new(store: Option<&Store>) -> Self {
        Self::register(store.cloned()).expect("the names are constants, valid and distinct")
    }

    fn register(store: Option<Store>) -> Result<Self, prometheus::Error> {
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
        let missed = PullingGauge::new(
            "crowsnest_audit_rows_not_copied",
            "Rows of the record since the start that audit_file or audit_syslog did not take",
            Box::new(move || {
                let copies = store.as_ref().and_then(Store::copies);
                copies
                    .and_then(Copies::missed)
                    .map_or(0.0, |missed| missed.rows as f64)
            }),
        )?;
        let registry = Registry::new();
        registry.register(Box::new(missed))?;
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

#[cfg(test)]
mod tests {
    use backend::audit::export::copied;
    use store::audit::Entry;

    use super::*;

    #[tokio::test]
    async fn rows_that_were_not_copied_are_counted() {
        let copies = Copies::new(copied).file("/dev/full".as_ref()).unwrap();
        let store = Store::memory().await.unwrap().copying(copies);
        let metrics = Metrics::new(Some(&store));
        let counts = |rows| {
            let line = format!("\ncrowsnest_audit_rows_not_copied {rows}\n");
            assert!(metrics.text().contains(&line), "{}", metrics.text());
        };
        counts(0);
        store.note(&Entry::default(), 0).await.unwrap();
        counts(1);
    }
}
