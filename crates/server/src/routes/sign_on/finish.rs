//! `POST /api/v1/sign-on/finish`

use crate::app::App;
use crate::auth::{Browser, From, Present, Returning, nothing_returning};
use crate::body::Body;
use crate::refusal::Refusal;
use crate::routes::sessions::create::answer;
use axum::extract::State;
use axum::response::Response;
use http::header;
use identity::{Client, Origin, SignIn, SignOn, Strength};
use kernel::{Fault, FaultKind, SessionId, Text};
use oidc::{Claims, Provider, Refused, Returned, Settings, Why};
use records::Vouched;
use serde::Deserialize;
use zeroize::Zeroizing;

/// Characters of a code, an issuer or an error.
const LONGEST: usize = 4_096;

/// What the provider put into the address of the page, and whose page it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    provider: String,
    state: Zeroizing<String>,
    code: Option<Zeroizing<String>>,
    iss: Option<String>,
    error: Option<String>,
}

/// Finishes signing in: a session, or the second step for whoever has a factor; or the session goes on that was confirmed.
pub async fn handle(
    State(app): State<App>,
    From(mut client): From,
    Browser(token): Browser,
    Returning(secret): Returning,
    present: Present,
    body: Body<Input>,
) -> Result<Response, Refusal> {
    client.known = app.identity().recognise_anybody(token.as_deref().map(String::as_str)).await?;
    // Whoever comes back knocked when going there.
    if !app.identity().awaits_sign_on(&secret, &body.value.state).await? {
        app.rates().sign_on(&client)?;
    }
    app.engine().refresh().await?;
    client.session = present.id(&app);
    let kept = app.identity().take_sign_on(&secret, &body.value.state, &client).await?;
    let provider = app.sign_on().named(&kept.provider)?;
    let settings = provider.settings();
    let claims = match vouched(&app, provider, &kept, &body.value).await {
        Ok(claims) => claims,
        Err(refused) => {
            let (whom, why) = (Vouched::default(), refused.why.code());
            app.engine().sign_on_refused(&settings.name, why, whom, &client).await?;
            return Err(Refusal(refused.fault(&settings.label)));
        }
    };
    let outcome = match kept.confirms {
        Some(session) => confirm(&app, settings, session, claims, &client).await?,
        None => {
            let invitation = kept.invitation.as_deref().map(String::as_str);
            let user = app.engine().vouched_user(settings, &claims, invitation, &client).await?;
            let origin = origin(settings, claims);
            app.identity().sign_on(app.engine().directory(), user, origin, &client).await?
        }
    };
    let mut response = answer(&app, &outcome, Some(kept.back)).await?;
    response.headers_mut().append(header::SET_COOKIE, nothing_returning());
    Ok(response)
}

/// The session goes on, whose user proved to be there; nobody else comes in by that, whoever it was.
async fn confirm(
    app: &App,
    settings: &Settings,
    session: SessionId,
    claims: Claims,
    client: &Client,
) -> Result<SignIn, Refusal> {
    let user = app.identity().user_in(session).filter(|_| client.session == Some(session));
    let Some(user) = user else {
        let text = Text::of(
            "Sesja, w której zaczęto, już się skończyła. Zaloguj się.",
            "The session in which this was begun is over. Sign in.",
        );
        return Err(Refusal(Fault::new(FaultKind::Unauthenticated, text)));
    };
    app.engine().vouched_again(settings, &claims, user, client).await?;
    let (directory, origin) = (app.engine().directory(), origin(settings, claims));
    let new = app.identity().step_up_at_provider(directory, session, origin, client).await?;
    Ok(SignIn::Done(new))
}

fn origin(settings: &Settings, claims: Claims) -> Origin {
    Origin {
        provider: settings.name.clone(),
        issuer: settings.issuer.clone(),
        subject: claims.subject,
        sid: claims.sid,
        strength: Strength { acr: claims.acr.into_iter().collect(), amr: claims.amr },
        at: claims.auth_time,
    }
}

/// Whom the provider vouches for in its answer to what was kept.
async fn vouched(app: &App, provider: &Provider, kept: &SignOn, input: &Input) -> Result<Claims, Refused> {
    let now = app.engine().now();
    let iss = input.iss.as_deref();
    // Each provider has an address of its own to send browsers back to: what comes to another's was mixed up, also where
    // the answer names no issuer (RFC 9700, 4.4.2).
    if input.provider != kept.provider {
        return Err(Refused { why: Why::Issuer, internal: "at another provider's address".to_owned() });
    }
    if input.error.is_some() {
        // Also a refusal must be the provider's own.
        provider.check_sender(iss, now).await?;
        return Err(Refused { why: Why::Denied, internal: "an error came back".to_owned() });
    }
    let code = input.code.as_deref().filter(|code| code.len() <= LONGEST);
    let Some(code) = code else {
        return Err(Refused { why: Why::Answer, internal: "no code".to_owned() });
    };
    let returned =
        Returned { code, iss, nonce: &kept.nonce, verifier: &kept.verifier, anew_since: kept.anew_since };
    provider.redeem(&returned, now).await
}
