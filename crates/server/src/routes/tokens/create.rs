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
use identity::{NewSession, NewToken, SessionView};
use kernel::{Fault, FieldIssue, Result as Checked, Text, Time};
use records::Caller;
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

impl Input {
    /// The token that is to be made.
    ///
    /// # Errors
    /// Invalid, if the end is no time.
    pub fn token(self) -> Checked<NewToken> {
        let Self { label, scope, networks, ends_at } = self;
        let ends_at = Time::parse(&ends_at).ok_or_else(|| {
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
        Ok(NewToken { label, scope, networks, ends_at })
    }
}

/// The token, and its secret this once.
#[derive(Serialize)]
pub struct Answer {
    token: String,
    session: SessionView,
}

impl Answer {
    /// What the caller gets who made it.
    pub fn of(app: &App, caller: &Caller, new: NewSession) -> Self {
        let session = app.identity().view(&new.session, caller.actor.session);
        Self { token: new.secret.as_str().to_owned(), session }
    }
}

/// Makes a token; the secret is shown this once.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().not_by_token(&caller).await?;
    let new = app.identity().create_token(&caller.actor, body.value.token()?).await?;
    Ok((StatusCode::CREATED, Json(Answer::of(&app, &caller, new))))
}
