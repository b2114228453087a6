//! The keys that a provider signs with.

use crate::refused::{Refused, Why};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Keys that are looked at.
const MOST: usize = 64;
/// Bytes of a token.
const TOKEN: usize = 64 << 10;
/// Signatures by a private key that only the provider has. Neither `none` nor an HMAC, which whoever checks could make.
const ACCEPTED: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// What a provider publishes (RFC 7517). A key of a kind that is not known is none of ours.
#[derive(Deserialize)]
pub struct Published {
    keys: Vec<serde_json::Value>,
}

/// Keys that can be used.
#[derive(Clone, Default)]
pub struct Keys(Vec<Jwk>);

impl From<Published> for Keys {
    fn from(published: Published) -> Self {
        let keys = published.keys.into_iter().take(MOST);
        let usable = |jwk: &Jwk| !matches!(&jwk.common.public_key_use, Some(usage) if *usage != PublicKeyUse::Signature);
        Self(keys.filter_map(|key| serde_json::from_value(key).ok()).filter(usable).collect())
    }
}

/// What a token says of its own signature.
pub fn header(token: &str) -> Result<Header, Refused> {
    if token.len() > TOKEN {
        return Err(Refused::new(Why::TooLarge, "a token of more than 64 KiB"));
    }
    let header = decode_header(token).map_err(|e| Refused::new(Why::Algorithm, e))?;
    if ACCEPTED.contains(&header.alg) {
        return Ok(header);
    }
    Err(Refused::new(Why::Algorithm, format!("{:?}", header.alg)))
}

impl Keys {
    /// Whether there is none that can be used.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key that a token says it was signed with, or the only one that it can be.
    pub fn of(&self, header: &Header) -> Option<&Jwk> {
        let fits = |jwk: &&Jwk| {
            let named =
                jwk.common.key_algorithm.is_none_or(|alg| alg.to_string() == format!("{:?}", header.alg));
            named && (header.kid.is_none() || jwk.common.key_id == header.kid)
        };
        let mut found = self.0.iter().filter(fits);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

/// The content of a token whose signature is that of the key. Nothing else of it is checked.
pub fn open<T: DeserializeOwned>(token: &str, header: &Header, key: &Jwk) -> Result<T, Refused> {
    let key = DecodingKey::from_jwk(key).map_err(|e| Refused::new(Why::Signature, e))?;
    let mut only = Validation::new(header.alg);
    // Who and when is checked by whoever asks, against a clock that is a parameter.
    (only.validate_exp, only.validate_aud) = (false, false);
    only.required_spec_claims.clear();
    match decode::<T>(token, &key, &only) {
        Ok(token) => Ok(token.claims),
        Err(e) if matches!(e.kind(), jsonwebtoken::errors::ErrorKind::Json(_)) => {
            Err(Refused::new(Why::Claims, "claims of another shape"))
        }
        Err(e) => Err(Refused::new(Why::Signature, e)),
    }
}
