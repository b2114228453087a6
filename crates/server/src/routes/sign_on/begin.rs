//! `POST /api/v1/sign-on`

use crate::app::App;
use crate::auth::{Browser, From, Present, sign_on_cookie};
use crate::body::Body;
use crate::refusal::Refusal;
use crate::sign_on::way_back;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use identity::SignOn;
use kernel::{Fault, FaultKind, Text};
use records::Vouched;
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

/// Through whom, and what then.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    provider: String,
    back: Option<String>,
    invitation: Option<Zeroizing<String>>,
    #[serde(default)]
    anew: bool,
    #[serde(default)]
    confirm: bool,
}

/// Says where the browser is to go, and keeps what is needed when it comes back.
pub async fn handle(
    State(app): State<App>,
    From(mut client): From,
    Browser(token): Browser,
    present: Present,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    client.known = app.identity().recognise_anybody(token.as_deref().map(String::as_str)).await?;
    app.rates().sign_on(&client)?;
    let Input { provider, back, invitation, anew, confirm } = body.value;
    let confirms = confirm.then(|| present.id(&app).ok_or_else(nobody)).transpose()?;
    let anew = anew || confirm;
    let provider = app.sign_on().named(&provider)?;
    let (name, now) = (&provider.settings().name, app.engine().now());
    let asked = match provider.ask(app.engine().random(), anew, now).await {
        Ok(asked) => asked,
        Err(refused) => {
            app.engine().sign_on_refused(name, refused.why.code(), Vouched::default(), &client).await?;
            return Err(Refusal(refused.fault(&provider.settings().label)));
        }
    };
    let kept = SignOn {
        provider: name.clone(),
        state: asked.state,
        nonce: asked.nonce,
        verifier: asked.verifier,
        back: way_back(back.as_deref()),
        // Longer than any secret of a link: it would only take room.
        invitation: invitation.filter(|secret| secret.len() <= 64),
        anew_since: anew.then_some(now),
        confirms,
    };
    let secret = app.identity().begin_sign_on(kept).await?;
    let cookie = [(header::SET_COOKIE, sign_on_cookie(&secret))];
    Ok((StatusCode::CREATED, cookie, Json(json!({ "address": asked.address }))))
}

const fn nobody() -> Refusal {
    let text = Text::of("Zaloguj się, aby kontynuować.", "Sign in to continue.");
    Refusal(Fault::new(FaultKind::Unauthenticated, text))
}
