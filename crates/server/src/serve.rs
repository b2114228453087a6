//! Listening, and stopping in order.

use crate::app::App;
use crate::instance::{Instance, Layout};
use crate::jobs::PostOffice;
use crate::metrics::{self, Listening};
use crate::telemetry::Telemetry;
use crate::{backup, operator, router, sign_on_check, tls};
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use kernel::{Fault, FaultKind, Result, Text};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tokio::task::JoinHandle;

/// What was accepted has this long to finish when the server stops.
const GRACE: Duration = Duration::from_secs(15);
/// A client has this long to send its headers.
const HEADERS: Duration = Duration::from_secs(10);
/// Time between two rounds of upkeep.
const UPKEEP: Duration = Duration::from_secs(60);
/// Of how many of these one tells of requests for access that are over.
const LAPSES_EVERY: u64 = 15;

/// A server that runs.
pub struct Running {
    address: SocketAddr,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
    upkeep: Vec<JoinHandle<()>>,
    /// Hands over letters.
    post: JoinHandle<()>,
    metrics: Option<Listening>,
    telemetry: Option<Telemetry>,
    instance: Instance,
}

/// What a server is begun with once nothing can refuse it any more.
struct Bound {
    server: axum_server::Server<SocketAddr, RustlsAcceptor<NoDelayAcceptor>>,
    address: SocketAddr,
    handle: Handle<SocketAddr>,
    metrics: Option<Listening>,
    post: PostOffice,
}

/// Serves `instance` over TLS at the address of its settings; port 0 takes a free one. An instance that cannot be
/// served is closed, so that it can be opened again at once.
///
/// # Errors
/// The address is taken; the certificate cannot be used; the emergency account cannot help.
pub async fn serve(instance: Instance, layout: &Layout) -> Result<Running> {
    let app = instance.app.clone();
    let Bound { server, address, handle, metrics, post } = match bind(&app, layout).await {
        Ok(bound) => bound,
        Err(fault) => {
            if let Err(e) = instance.close().await {
                tracing::warn!(fault = %e, "closing what could not be served");
            }
            return Err(fault);
        }
    };
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let task = tokio::spawn(server.serve(service));
    let mut upkeep = vec![
        tokio::spawn(keep_up(app.clone())),
        tokio::spawn(back_up(app.clone())),
        tokio::spawn(app.jobs().clone().work()),
        tokio::spawn(app.jobs().clone().route_access_requests()),
    ];
    let post = tokio::spawn(app.jobs().clone().deliver(post));
    match operator::listen(&app) {
        Ok(answering) => upkeep.push(tokio::spawn(answering)),
        Err(e) => tracing::warn!(error = %e, "the operator cannot ask this server for backups"),
    }
    Ok(Running { address, handle, task, upkeep, post, metrics, telemetry: None, instance })
}

async fn bind(app: &App, layout: &Layout) -> Result<Bound> {
    app.identity().check_emergency(&app.engine().directory())?;
    sign_on_check::warn(&app.config().sign_on, &app.engine().directory());
    sign_on_check::warn_of_nobody(&app.config().sign_on, app.engine()).await?;
    let ended = app.identity().end_uncounted().await?;
    if ended > 0 {
        tracing::info!(ended, "sessions begun by what [sign_on] does not name any more were ended");
    }
    let config = app.config();
    let own = layout.tls();
    if config.certificate.is_none() && tls::renew_own(&own, &config.hosts, app.engine().clock())? {
        tracing::info!("the server's certificate was made anew");
    }
    let certificate = config.certificate.clone().unwrap_or_else(|| own.join("server.pem"));
    let key = config.certificate_key.clone().unwrap_or_else(|| own.join("server.key"));
    let tls = tls::server_config(&certificate, &key, config.tls12)?;
    let listener = TcpListener::bind(config.listen).map_err(|e| cannot_listen(config.listen, &e))?;
    listener.set_nonblocking(true).map_err(Fault::bug)?;
    let address = listener.local_addr().map_err(Fault::bug)?;
    let handle = Handle::new();
    let mut server = axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(tls))
        .map_err(|e| cannot_listen(address, &e))?
        // The end of an answer does not wait for the client to acknowledge its beginning, often 40 ms.
        .map(|acceptor| acceptor.acceptor(NoDelayAcceptor))
        .handle(handle.clone());
    server.http_builder().http1().timer(hyper_util::rt::TokioTimer::new()).header_read_timeout(HEADERS);
    server
        .http_builder()
        .http2()
        .timer(hyper_util::rt::TokioTimer::new())
        .max_concurrent_streams(128)
        .keep_alive_interval(Some(GRACE));
    let metrics = match config.metrics.listen {
        Some(at) => Some(metrics::listen(app.clone(), at).await?),
        None => None,
    };
    let post = PostOffice::new(config)?;
    Ok(Bound { server, address, handle, metrics, post })
}

fn cannot_listen(address: SocketAddr, e: &std::io::Error) -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        Text::new(
            format!("Nie można nasłuchiwać pod {address}: {e}. Zmień listen w klucznik.toml albo --listen."),
            format!("Cannot listen at {address}: {e}. Change listen in klucznik.toml, or --listen."),
        ),
    )
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where metrics are told, if they are.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|m| m.address)
    }

    /// The server's state.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.instance.app
    }

    /// Tells in its metrics of the spans that go to this collector, and has what waits sent when it stops.
    #[must_use]
    pub fn followed_by(mut self, telemetry: Option<Telemetry>) -> Self {
        if let Some(telemetry) = &telemetry {
            self.instance.app.metrics().tell_spans(telemetry.counts());
        }
        self.telemetry = telemetry;
        self
    }

    /// Takes no more connections, finishes what was accepted, closes the instance.
    ///
    /// # Errors
    /// Storage.
    pub async fn stop(self) -> Result<()> {
        self.instance.app.set_ready(false);
        self.instance.app.streams().close();
        self.handle.graceful_shutdown(Some(GRACE));
        self.instance.app.jobs().stop(GRACE).await;
        let served = self.task.await.map_err(Fault::bug)?;
        self.instance.app.jobs().stop_delivering(self.post).await;
        self.upkeep.iter().for_each(JoinHandle::abort);
        let closed = self.instance.close().await;
        if let Some(telemetry) = self.telemetry {
            telemetry.stop().await;
        }
        closed?;
        served.map_err(Fault::bug)
    }
}

/// Sweeps what is over, finishes erasures that failed on their way, and brings the index up to the store should it have missed a change.
async fn keep_up(app: App) {
    let mut every = tokio::time::interval(UPKEEP);
    every.tick().await;
    for minute in 0_u64.. {
        every.tick().await;
        app.rates().shrink();
        let engine = app.engine();
        // Whoever left has nothing running any more.
        let left = engine.end_leavers().await;
        // That they are over is judged when they are used: telling so has time.
        let lapsed = match minute % LAPSES_EVERY {
            0 => engine
                .end_access_requests()
                .await
                .and(engine.end_approvals().await)
                .and(engine.end_access_reviews().await)
                .and(engine.clear_done_alone().await),
            _ => Ok(()),
        };
        app.jobs().drop_stale().await;
        // Keys first: of what is no longer there, nobody knows which they were.
        let now = engine.now();
        let swept = match app.jobs().sweep(now).await {
            Ok(()) => engine.store().sweep(now).await.map(drop),
            failed => failed,
        };
        let caught_up = engine.catch_up(&|_, _| {}).await.map(drop);
        let erased = engine.finish_erasures().await.map(drop);
        let seen = engine.note_seen().await;
        let granted = engine.keep_grants().await;
        let tried = engine.write_attempts(false).await;
        let used = engine.note_use().await;
        let half_way = app.identity().end_half_way().await;
        for fault in [left, lapsed, swept, caught_up, erased, seen, granted, tried, used, half_way]
            .into_iter()
            .filter_map(Result::err)
        {
            tracing::warn!(%fault, "upkeep");
        }
    }
}

/// Makes the backups that are due.
async fn back_up(app: App) {
    let mut every = tokio::time::interval(UPKEEP);
    let mut schedule = backup::Schedule::default();
    loop {
        every.tick().await;
        if let Err(fault) = schedule.look(&app).await {
            tracing::warn!(%fault, "the schedule of backups");
        }
    }
}
