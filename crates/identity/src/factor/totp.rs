//! Codes by time (RFC 6238): SHA-1, 6 digits, 30 seconds, which is what applications know.

use kernel::{Fault, Random, Result, Time};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;
use std::fmt::Write as _;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

/// Bytes of a secret (RFC 4226 §4, R6).
const SECRET: usize = 20;
/// Characters of the organisation's name in an application.
const ISSUER_CHARS: usize = 60;
/// What stands there if the organisation has no name.
const PRODUCT: &str = "Klucznik";

/// What an application is given, in each way that it may take it.
#[derive(Serialize)]
pub struct NewTotp {
    /// The secret in base 32, to be typed.
    pub secret: Zeroizing<String>,
    /// As an address.
    pub uri: Zeroizing<String>,
    /// As a picture of the address.
    pub qr: Qr,
}

/// A QR code: `path` is the `d` of an SVG path of its dark squares, in a square of `size` units without margin.
#[derive(Serialize)]
pub struct Qr {
    size: i32,
    path: Zeroizing<String>,
}

/// A new secret in hexadecimal, as it is kept.
pub fn new_secret(random: &dyn Random) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; SECRET]);
    random.fill(&mut *bytes);
    Zeroizing::new(hex::encode(*bytes))
}

fn of(secret: &str, issuer: &str, account: &str) -> Result<Totp> {
    let bytes = hex::decode(secret).map_err(|_| Fault::corrupt("the secret of a factor"))?;
    let issuer: String = issuer.chars().filter(|c| *c != ':' && !c.is_control()).take(ISSUER_CHARS).collect();
    let issuer = if issuer.trim().is_empty() { PRODUCT.to_owned() } else { issuer };
    let builder = Builder::new().with_secret(bytes).with_account_name(account.to_owned());
    builder.with_issuer(Some(issuer)).build().map_err(|e| Fault::bug(format!("a factor's parameters: {e}")))
}

/// What the application of `account` is to be given.
///
/// # Errors
/// An address that is too long for a picture.
pub fn shown(secret: &str, issuer: &str, account: &str) -> Result<NewTotp> {
    let totp = of(secret, issuer, account)?;
    let uri = Zeroizing::new(totp.to_url().map_err(|e| Fault::bug(format!("otpauth: {e}")))?);
    let code = QrCode::encode_text(&uri, QrCodeEcc::Medium).map_err(Fault::bug)?;
    let mut path = Zeroizing::new(String::new());
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let dark = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let dark = i32::try_from(dark).map_err(Fault::bug)?;
            if dark > 0 {
                // Writing to a string does not fail.
                let _ = write!(path, "M{x} {y}h{dark}v1h-{dark}z");
            }
            x += dark.max(1);
        }
    }
    let secret = Zeroizing::new(totp.secret().to_base32());
    Ok(NewTotp { secret, uri, qr: Qr { size: code.size(), path } })
}

/// The step whose code this is, if it is one of now, one step before or after, and later than `used`.
///
/// # Errors
/// Corrupt if `secret` is none.
pub fn check(secret: &str, code: &str, used: u64, now: Time) -> Result<Option<u64>> {
    let digits: Zeroizing<String> =
        Zeroizing::new(code.chars().take(20).filter(|c| !c.is_whitespace()).collect());
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(now.0 / 1_000).unwrap_or_default();
    let step = of(secret, PRODUCT, "user")?.check(&digits, seconds);
    Ok(step.filter(|step| *step > used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::SeededRandom;
    use totp_rs::Secret;

    /// A secret in base 32 as an application has it.
    fn typed(secret: &str) -> Secret {
        Secret::try_from_base32(secret).unwrap()
    }

    /// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = hex::encode("12345678901234567890");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let found = check(&secret, code, 0, Time(seconds * 1_000)).unwrap();
            assert_eq!(found, Some(u64::try_from(seconds).unwrap() / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_once_and_for_a_step_around_its_own() {
        let secret = new_secret(&SeededRandom::new(7));
        let now = Time(1_795_420_800_000);
        let step = u64::try_from(now.0).unwrap() / 30_000;
        let code = |at: i64| {
            let shown = shown(&secret, "Firma", "anna").unwrap();
            let totp = Builder::new().with_secret(typed(&shown.secret)).build_noncompliant();
            totp.generate(u64::try_from(now.0 / 1_000 + at).unwrap()).to_string()
        };
        assert_eq!(check(&secret, &code(0), 0, now).unwrap(), Some(step));
        assert_eq!(check(&secret, &code(0), step, now).unwrap(), None, "used");
        assert_eq!(check(&secret, &code(-30), step, now).unwrap(), None, "nor any before it");
        assert_eq!(check(&secret, &code(30), step, now).unwrap(), Some(step + 1));
        for far in [-60, 60] {
            assert_eq!(check(&secret, &code(far), 0, now).unwrap(), None, "{far}");
        }
        let spaced = format!("{} {}", &code(0)[..3], &code(0)[3..]);
        assert_eq!(check(&secret, &spaced, 0, now).unwrap(), Some(step));
        for wrong in ["", "12345", "+12345", "1234567", "１２３４５６", "abcdef"] {
            assert_eq!(check(&secret, wrong, 0, now).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn the_picture_is_square_and_the_address_names_whose_it_is() {
        let new = shown(&new_secret(&SeededRandom::new(7)), "Firma: Żółta", "anna.kowalska").unwrap();
        assert!(new.uri.starts_with("otpauth://totp/"), "{}", *new.uri);
        assert!(new.uri.contains("anna.kowalska") && new.uri.contains(&format!("secret={}", *new.secret)));
        assert!(!new.uri.contains("Firma%3A"), "a colon would end the issuer: {}", *new.uri);
        // The corner that every QR code has.
        assert!(new.qr.path.starts_with("M0 0h7v1h-7z") && new.qr.size >= 21);
    }
}
