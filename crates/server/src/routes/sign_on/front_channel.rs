//! `GET /api/v1/sign-on/front-channel/{provider}`

use crate::app::App;
use crate::auth::From;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use http::StatusCode;

/// Ends the sessions that were begun in one session at the provider, which opens this in a frame where somebody signs
/// out there (OpenID Connect Front-Channel Logout 1.0). Only who knows the name of that session can do so.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    Path(provider): Path<String>,
    Params(params): Params,
) -> Result<StatusCode, Refusal> {
    app.rates().report(client.network)?;
    app.engine().refresh().await?;
    let settings = app.sign_on().named(&provider)?.settings();
    let of = |name: &str| params.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    if let (Some(iss), Some(sid)) = (of("iss"), of("sid"))
        && iss == settings.issuer
    {
        let now = app.engine().now();
        app.identity().end_by_provider(&settings.issuer, (Some(sid), None), now).await?;
        app.jobs().drop_stale().await;
    }
    Ok(StatusCode::NO_CONTENT)
}
