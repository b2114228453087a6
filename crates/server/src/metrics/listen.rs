//! The listener of its own for metrics: in clear, so for this machine alone.

use crate::app::App;
use crate::refusal::Refusal;
use crate::routes::health;
use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use http::header;
use kernel::{Fault, FaultKind, Result, Text};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower::limit::GlobalConcurrencyLimitLayer;

/// Requests that are answered at a time.
const AT_ONCE: usize = 4;
/// OpenMetrics 1.0.
const TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The listener, until it is dropped.
pub struct Listening {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens for whoever collects metrics: `/metrics`, and `/health/…` as on the server's own address.
///
/// # Errors
/// Invalid if others could reach the address; unavailable if it is taken.
pub async fn listen(app: App, at: SocketAddr) -> Result<Listening> {
    if !at.ip().is_loopback() {
        return Err(Fault::invalid(Text::new(
            format!(
                "Metryki są wysyłane bez szyfrowania, więc listen w [metrics] musi być adresem tego komputera, np. 127.0.0.1:9464, a nie {at}."
            ),
            format!(
                "Metrics are sent in clear, so listen under [metrics] has to be an address of this machine, such as 127.0.0.1:9464, and not {at}."
            ),
        )));
    }
    let taken = |e: std::io::Error| {
        Fault::new(
            FaultKind::Unavailable,
            Text::new(
                format!("Nie można nasłuchiwać pod {at}: {e}. Zmień listen w [metrics]."),
                format!("Cannot listen at {at}: {e}. Change listen under [metrics]."),
            ),
        )
    };
    let listener = TcpListener::bind(at).await.map_err(taken)?;
    let address = listener.local_addr().map_err(Fault::bug)?;
    let service = Router::new()
        .route("/metrics", get(handle))
        .route("/health/live", get(health::live::handle))
        .route("/health/ready", get(health::ready::handle))
        .layer(GlobalConcurrencyLimitLayer::new(AT_ONCE))
        .with_state(app);
    let task = tokio::spawn(async move {
        if let Err(e) = axum::serve(listener, service).await {
            tracing::warn!(error = %e, "metrics are not served any more");
        }
    });
    Ok(Listening { address, task })
}

async fn handle(State(app): State<App>) -> std::result::Result<impl IntoResponse, Refusal> {
    Ok(([(header::CONTENT_TYPE, TYPE)], app.metrics().text(&app).await?))
}
