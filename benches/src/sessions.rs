//! What every request begins with: finding out who asks, among many who are signed in. Asked of the server's own
//! extractor in this process, without TLS and HTTP.

use crate::bare::each_us;
use crate::fixture::{COST, PASSWORD};
use crate::wire::{Wire, trust};
use crate::{Result, report::Sessions};
use axum::extract::FromRequestParts;
use http::Request;
use identity::Limits;
use kernel::{SystemClock, SystemRandom};
use serde_json::json;
use server::{App, Auth, Config, Instance, Layout, Running};
use std::path::Path;
use std::sync::Arc;
use vault::RootKey;

/// Signs in so often, as many users as that takes, and measures.
pub fn measure(dir: &Path, count: usize) -> Result<Sessions> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (app, running) = runtime.block_on(start(dir))?;
    let cookies = sign_in(&running, dir, count)?;
    let ask = |cookie: &str| -> Result<Auth> {
        let (mut parts, ()) = Request::get("/api/v1/me").header("cookie", cookie).body(())?.into_parts();
        let found = runtime.block_on(Auth::from_request_parts(&mut parts, &app));
        found.map_err(|_| "a session that was just begun is refused".into())
    };
    let among = app.identity().session_count();
    let check_us = each_us(|n| ask(&cookies[n as usize % cookies.len()]).map(drop))?;
    let Auth(caller) = ask(&cookies[0])?;
    let stands_us = each_us(|_| match app.identity().stands(caller.actor.session) {
        true => Ok(()),
        false => Err("a session that was just begun does not stand".into()),
    })?;
    runtime.block_on(running.stop())?;
    Ok(Sessions { among, check_us, stands_us })
}

async fn start(dir: &Path) -> Result<(App, Running)> {
    let layout = Layout::new(dir);
    let root = RootKey::from_file(&layout.root_key())?;
    let (clock, random) = (Arc::new(SystemClock), Arc::new(SystemRandom));
    let instance = Instance::open(dir, &root, Config::load(dir)?, COST, clock, random, &|_, _| {}).await?;
    let app = instance.app.clone();
    Ok((app, server::serve(instance, &layout).await?))
}

/// The cookies of so many sessions.
fn sign_in(running: &Running, dir: &Path, count: usize) -> Result<Vec<String>> {
    let trust = trust(&Layout::new(dir).tls().join("ca.pem"))?;
    let mut admin = Wire::open(running.address(), &trust)?;
    let cookie = admin.sign_in("admin", PASSWORD)?;
    let mut admin = admin.with(&cookie);
    let mut cookies = vec![cookie];
    let mut caller = Wire::open(running.address(), &trust)?;
    // One more of a user would end that user's oldest.
    let each = Limits::default().sessions;
    while cookies.len() < count {
        let login = format!("signed.in.{}", cookies.len());
        make_user(&mut admin, &login)?;
        for _ in 0..each.min(count - cookies.len()) {
            cookies.push(caller.sign_in(&login, PASSWORD)?);
        }
    }
    Ok(cookies)
}

/// Makes somebody who can sign in.
pub fn make_user(admin: &mut Wire, login: &str) -> Result<()> {
    let teams = admin.ask("GET", "/api/v1/teams", "", b"")?.json();
    let user = json!({
        "login": login, "name": "Signed In", "email": "signed.in@klucznik.example",
        "team": teams["items"][0]["id"], "invite": {},
    });
    let made = admin.ask("POST", "/api/v1/users", "", user.to_string().as_bytes())?;
    if made.status != 201 {
        return Err(format!("no user to sign in as: {}", made.status).into());
    }
    let made = made.json();
    let link = made["invitation"]["link"].as_str().and_then(|link| link.split_once('#'));
    let chosen = json!({ "link": link.ok_or("no link for a password")?.1, "new": PASSWORD });
    let chosen = admin.ask("POST", "/api/v1/links/password", "", chosen.to_string().as_bytes())?;
    if chosen.status == 200 { Ok(()) } else { Err(format!("no password: {}", chosen.status).into()) }
}
