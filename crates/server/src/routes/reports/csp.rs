//! `POST /api/v1/reports/csp`

use crate::app::App;
use crate::auth::From;
use crate::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode, header};
use kernel::{Fault, FaultKind, Text};
use serde_json::Value;
use std::sync::atomic::Ordering;

/// Largest report.
pub const BODY: usize = 16 << 10;
/// Reports of one request that are looked at.
const REPORTS: usize = 20;
/// Characters of a directive's name.
const NAME: usize = 40;

/// Takes a report that the policy of a page stopped something. Only which rule it was and what kind of
/// thing is written to the log: addresses can hold what somebody searched for.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().report(client.network)?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind != "application/csp-report" && kind != "application/reports+json" {
        let text = Text::of(
            "Wyślij raport typu application/csp-report albo application/reports+json.",
            "Send a report of type application/csp-report or application/reports+json.",
        );
        return Err(Refusal(Fault::new(FaultKind::Unsupported, text)));
    }
    let report: Value = serde_json::from_slice(&body)
        .map_err(|_| Fault::invalid(Text::of("To nie jest raport.", "This is no report.")))?;
    for (directive, blocked) in breaches(&report) {
        app.csp_reports().fetch_add(1, Ordering::Relaxed);
        tracing::warn!(directive, blocked, "the policy of a page stopped something");
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Directive and kind of what was stopped, of each report (CSP 3 §5, Reporting API).
fn breaches(report: &Value) -> Vec<(String, &'static str)> {
    let old = report
        .get("csp-report")
        .into_iter()
        .map(|r| (&r["effective-directive"], &r["violated-directive"], &r["blocked-uri"]));
    let listed = report.as_array().into_iter().flatten().filter(|r| r["type"] == "csp-violation");
    let new = listed.map(|r| &r["body"]).map(|b| (&b["effectiveDirective"], &Value::Null, &b["blockedURL"]));
    old.chain(new).take(REPORTS).map(|(name, older, what)| (named(name, older), blocked(what))).collect()
}

fn named(name: &Value, older: &Value) -> String {
    let text = name.as_str().or_else(|| older.as_str()).unwrap_or_default();
    let word = text.split_whitespace().next().unwrap_or_default();
    let shaped =
        !word.is_empty() && word.len() <= NAME && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if shaped { word.to_owned() } else { "unknown".to_owned() }
}

/// What kind of thing it was; of an address not even the host.
fn blocked(what: &Value) -> &'static str {
    const KINDS: [&str; 9] = [
        "inline",
        "eval",
        "wasm-eval",
        "self",
        "data",
        "blob",
        "trusted-types-policy",
        "trusted-types-sink",
        "about",
    ];
    let text = what.as_str().unwrap_or_default();
    let word = text.split(':').next().unwrap_or_default();
    if let Some(kind) = KINDS.iter().find(|k| **k == word) {
        return kind;
    }
    match word {
        "http" | "https" | "ws" | "wss" => "address",
        "chrome-extension" | "moz-extension" | "safari-web-extension" => "extension",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::breaches;
    use serde_json::json;

    #[test]
    fn of_a_report_rule_and_kind_remain() {
        let old = json!({ "csp-report": {
            "document-uri": "https://crm/people?q=Kowalska", "violated-directive": "script-src-elem", "blocked-uri": "https://evil/x?y",
        } });
        assert_eq!(breaches(&old), [("script-src-elem".to_owned(), "address")]);
        let new = json!([
            { "type": "csp-violation", "body": { "effectiveDirective": "style-src", "blockedURL": "inline" } },
            { "type": "deprecation", "body": {} },
            { "type": "csp-violation", "body": { "effectiveDirective": "Kowalska\nx", "blockedURL": "kowalska" } },
        ]);
        assert_eq!(breaches(&new), [("style-src".to_owned(), "inline"), ("unknown".to_owned(), "other")]);
        for none in [json!(null), json!({}), json!([1, "x"]), json!({ "csp-report": null })] {
            assert!(breaches(&none).iter().all(|b| b.0 == "unknown"), "{none}");
        }
    }
}
