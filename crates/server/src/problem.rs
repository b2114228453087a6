//! The only mapping from failures to HTTP: problem documents (RFC 9457) in the caller's language.

use crate::trace::RequestId;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kernel::{Fault, FaultKind, Lack, Lang, Named, Taken, UserId};
use serde::Serialize;

/// A failure on its way to a caller.
#[derive(Debug)]
pub struct Problem {
    fault: Fault,
    lang: Lang,
    request: Option<RequestId>,
}

#[derive(Clone, Debug, Serialize)]
struct Issue {
    field: String,
    code: String,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<String>,
}

/// A problem as it is told.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    issues: Vec<Issue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Lack>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ask: Vec<Named<UserId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate: Option<Taken>,
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    factors: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Problem {
    /// `fault` told in `lang`, in answer to this request.
    #[must_use]
    pub const fn new(fault: Fault, lang: Lang, request: Option<RequestId>) -> Self {
        Self { fault, lang, request }
    }
}

const fn status(kind: FaultKind) -> StatusCode {
    match kind {
        FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        FaultKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        FaultKind::Forbidden
        | FaultKind::OutsideHours
        | FaultKind::FactorRequired
        | FaultKind::StepUpRequired
        | FaultKind::ApprovalRequired => StatusCode::FORBIDDEN,
        FaultKind::NotFound => StatusCode::NOT_FOUND,
        FaultKind::Stale => StatusCode::PRECONDITION_FAILED,
        FaultKind::Conflict => StatusCode::CONFLICT,
        FaultKind::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        FaultKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        FaultKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        FaultKind::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        FaultKind::Full => StatusCode::INSUFFICIENT_STORAGE,
        FaultKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

const fn title(kind: FaultKind, lang: Lang) -> &'static str {
    let (pl, en) = match kind {
        FaultKind::Invalid => ("Nieprawidłowe dane", "Invalid data"),
        FaultKind::Unauthenticated => ("Wymagane zalogowanie", "Sign-in required"),
        FaultKind::Forbidden => ("Brak uprawnień", "Not allowed"),
        FaultKind::OutsideHours => ("Poza godzinami pracy", "Outside working hours"),
        FaultKind::FactorRequired => ("Wymagany składnik logowania", "Sign-in factor required"),
        FaultKind::StepUpRequired => ("Wymagane ponowne potwierdzenie", "Confirmation required"),
        FaultKind::ApprovalRequired => ("Wymagana zgoda drugiej osoby", "Approval required"),
        FaultKind::NotFound => ("Nie znaleziono", "Not found"),
        FaultKind::Stale => ("Nieaktualna wersja", "Outdated version"),
        FaultKind::Conflict => ("Konflikt z obecnym stanem", "Conflict with the current state"),
        FaultKind::PreconditionRequired => ("Brak nagłówka If-Match", "If-Match is missing"),
        FaultKind::TooMany => ("Zbyt wiele prób", "Too many attempts"),
        FaultKind::TooLarge => ("Zbyt dużo danych", "Too much data"),
        FaultKind::Unsupported => ("Nieobsługiwany rodzaj treści", "Unsupported content type"),
        FaultKind::Full => ("Brak miejsca", "Storage is full"),
        FaultKind::Unavailable => ("Chwilowo niedostępne", "Temporarily unavailable"),
        FaultKind::Corrupt => ("Uszkodzone dane", "Damaged data"),
        _ => ("Błąd serwera", "Server error"),
    };
    match lang {
        Lang::Pl => pl,
        Lang::En => en,
    }
}

impl Document {
    /// `fault` told in `lang`.
    #[must_use]
    pub fn of(fault: &Fault, lang: Lang) -> Self {
        let issue = |i: &kernel::FieldIssue| Issue {
            field: i.field.clone(),
            code: i.code.clone(),
            reason: i.reason.get(lang).to_owned(),
            example: i.example.clone(),
        };
        let refusal = fault.refusal.as_deref().cloned().unwrap_or_default();
        Self {
            r#type: format!("urn:klucznik:problem:{}", fault.kind.code()),
            title: title(fault.kind, lang),
            status: status(fault.kind).as_u16(),
            detail: fault.message.get(lang).to_owned(),
            issues: fault.issues.iter().map(issue).collect(),
            missing: (refusal.lack != Lack::default()).then_some(refusal.lack),
            ask: refusal.ask,
            duplicate: refusal.duplicate,
            need: refusal.need,
            factors: refusal.factors,
            request_id: None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { fault, lang, request } = self;
        let status = status(fault.kind);
        if status.is_server_error() {
            tracing::error!(
                kind = fault.kind.code(),
                note = fault.internal.as_deref().unwrap_or(""),
                "request failed"
            );
        }
        let request_id = request.map(|id| id.text().to_owned());
        let document = Document { request_id, ..Document::of(&fault, lang) };
        let mut response = (status, Json(document)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = fault.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
