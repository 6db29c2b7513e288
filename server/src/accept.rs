use std::{io, pin::pin, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};

/// A client that sends its header slower than this is let go.
const HEADER: Duration = Duration::from_secs(10);
/// What is under way at the end may take this long.
const DRAIN: Duration = Duration::from_secs(25);

/// Accepts connections until `stop`, then finishes what is under way. Used instead of
/// `axum::serve`, which waits for ever for the rest of a header.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    let graceful = GracefulShutdown::new();
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => answer(stream, router.clone(), &graceful),
                Err(error) => pause_after(error).await,
            },
        }
    }
    drop(listener);
    tracing::info!("stopping: no new connections, finishing what is under way");
    if timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!(
            seconds = DRAIN.as_secs(),
            "some requests did not finish in time"
        );
    }
}

fn answer(stream: TcpStream, router: Router, graceful: &GracefulShutdown) {
    // Answers are written whole: waiting to fill a packet only adds delay.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "connection ended early");
        }
    });
}

/// A client that left before it was accepted is no reason to wait; a full file table is.
async fn pause_after(error: io::Error) {
    if !matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    ) {
        tracing::warn!(%error, "cannot accept a connection");
        sleep(Duration::from_millis(100)).await;
    }
}
