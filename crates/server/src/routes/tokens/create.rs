//! `POST /api/v1/tokens`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use access::TokenScope;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use identity::{NewToken, SessionView};
use kernel::{Fault, FieldIssue, Text, Time};
use serde::{Deserialize, Serialize};

/// What the token is for, what it may, and until when.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    label: String,
    #[serde(default)]
    scope: TokenScope,
    #[serde(default)]
    networks: Vec<String>,
    ends_at: String,
}

#[derive(Serialize)]
struct Answer {
    token: String,
    session: SessionView,
}

/// Makes a token; the secret is shown this once.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().not_by_token(&caller).await?;
    let ends_at = Time::parse(&body.value.ends_at).ok_or_else(|| {
        Fault::fields(vec![FieldIssue {
            field: "ends_at".to_owned(),
            code: "not-a-time".to_owned(),
            reason: Text::of(
                "To nie jest data z godziną według RFC 3339.",
                "This is not a time of RFC 3339.",
            ),
            example: Some("2027-01-31T12:00:00Z".to_owned()),
        }])
    })?;
    let Input { label, scope, networks, .. } = body.value;
    let input = NewToken { label, scope, networks, ends_at };
    let new = app.identity().create_token(&caller.actor, input).await?;
    let answer = Answer {
        token: new.secret.as_str().to_owned(),
        session: new.session.view(caller.actor.session, &app.identity().limits_of(caller.actor.user)),
    };
    Ok((StatusCode::CREATED, Json(answer)))
}
