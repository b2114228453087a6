//! `klucznik serve`

use crate::context::{Code, Context, Outcome};
use crate::open;
use crate::settings::{KeyArgs, Settings};
use clap::Args;
use kernel::{Fault, Result, Text};
use serde_json::json;
use server::{Config, Layout, Running};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Serves the instance over TLS.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    settings: Settings,
}

pub async fn run(context: &Context, args: Serve) -> Outcome {
    let layout = context.layout();
    let config = args.settings.apply(open::config(&layout, &args.key)?)?;
    let telemetry = context.follow(&config.telemetry)?;
    let running = start(context, &layout, config).await?.followed_by(telemetry);
    let stop = Stop::listen()?;
    announce(context, &running)?;
    stop.wait(context, running).await?;
    Ok(Code::Done)
}

/// Opens the instance and listens.
///
/// # Errors
/// As opening; the address is taken.
pub async fn start(context: &Context, layout: &Layout, config: Config) -> Result<Running> {
    let instance = open::instance(context, layout, config).await?;
    server::serve(instance, layout).await
}

/// The address that people type.
pub fn url(running: &Running) -> String {
    let config = running.app().config();
    let host = config.hosts.first().map_or("localhost", String::as_str);
    match running.address().port() {
        443 => format!("https://{host}"),
        port => format!("https://{host}:{port}"),
    }
}

fn announce(context: &Context, running: &Running) -> Result<()> {
    let (url, at) = (url(running), running.address());
    if context.ui.json {
        return context.ui.answer(&json!({ "url": url, "listen": at }));
    }
    context.ui.say(&Text::new(
        format!("Klucznik działa: {url} (nasłuchuje pod {at}). Ctrl-C zatrzymuje."),
        format!("Klucznik serves {url} (listening at {at}). Ctrl-C stops it."),
    ));
    Ok(())
}

/// SIGTERM and Ctrl-C, heard from when this is made: before anybody is told that the server is there.
pub struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    /// Has them not end the program any more.
    ///
    /// # Errors
    /// Signals cannot be awaited.
    pub fn listen() -> Result<Self> {
        let heard = |kind| signal(kind).map_err(Fault::bug);
        Ok(Self { terminate: heard(SignalKind::terminate())?, interrupt: heard(SignalKind::interrupt())? })
    }

    /// Waits for one, then stops in order.
    ///
    /// # Errors
    /// Stopping failed.
    pub async fn wait(mut self, context: &Context, running: Running) -> Result<()> {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        context.ui.note(&Text::of("Zatrzymuję…", "Stopping…"));
        running.stop().await
    }
}
