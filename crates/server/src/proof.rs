//! What is shown in a body to prove that somebody is there.

use crate::refusal::Refusal;
use identity::Proof;
use kernel::{Fault, FieldIssue, Text};
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

/// One of these.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// A code of an application.
    pub totp: Option<Zeroizing<String>>,
    /// A recovery code.
    pub recovery: Option<Zeroizing<String>>,
    /// The password.
    pub password: Option<Zeroizing<String>>,
    /// What the browser gave of a passkey.
    pub passkey: Option<Value>,
}

impl Shown {
    /// What is shown.
    ///
    /// # Errors
    /// None, or more than one.
    pub fn proof(self) -> Result<Proof, Refusal> {
        let Self { totp, recovery, password, passkey } = self;
        let all = [
            totp.map(Proof::Totp),
            recovery.map(Proof::Recovery),
            password.map(Proof::Password),
            passkey.map(Proof::Passkey),
        ];
        let mut shown = all.into_iter().flatten();
        match (shown.next(), shown.next()) {
            (Some(proof), None) => Ok(proof),
            _ => Err(Refusal(Fault::fields(vec![FieldIssue {
                field: "totp".to_owned(),
                code: "not-one".to_owned(),
                reason: Text::of(
                    "Podaj dokładnie jeden sposób potwierdzenia.",
                    "Give exactly one way of confirming.",
                ),
                example: Some("123456".to_owned()),
            }]))),
        }
    }
}
