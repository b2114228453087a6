//! Ways to reach somebody: e-mail, telephone, web and postal code.

use crate::numbers::{Reason, is_dash, is_separator, without_prefix};
use unicode_normalization::UnicodeNormalization;

/// Telephone number in E.164. Nine digits, also with the old trunk zero or with 48 before them, are
/// Polish; every other number needs its country code, after `+` or `00`.
///
/// # Errors
/// Other characters than digits and usual separators, no country code, or a wrong length.
pub fn phone(text: &str) -> Result<String, Reason> {
    const EXAMPLE: &str = "+48 600 100 200";
    let wrong = || {
        Reason::of(
            "not-phone",
            "To nie jest numer telefonu: ma mieć od 8 do 15 cyfr z kodem kraju albo 9 cyfr polskiego numeru.",
            "This is not a telephone number: 8 to 15 digits with the country code, or the 9 digits of a Polish number.",
        )
        .example(EXAMPLE)
    };
    if text.len() > 100 {
        return Err(wrong());
    }
    let text = without_prefix(text.trim(), "tel:");
    let mut plus = false;
    let mut digits = String::with_capacity(16);
    // The "(0)" of "+44 (0)20 …" is dialled inside the country only.
    for c in text.replacen("(0)", "", usize::from(text.starts_with(['+', '0']))).chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            '(' | ')' | '.' | '/' => {}
            _ if is_separator(c) => {}
            _ => return Err(wrong()),
        }
    }
    if !plus && digits.starts_with("00") {
        digits.drain(..2);
        plus = true;
    }
    if !plus {
        match digits.len() {
            9 => digits.insert_str(0, "48"),
            10 if digits.starts_with('0') => digits.replace_range(..1, "48"),
            11 if digits.starts_with("48") => {}
            _ => return Err(wrong()),
        }
    }
    let right = match digits.strip_prefix("48") {
        Some(polish) => polish.len() == 9 && !polish.starts_with('0'),
        None => (8..=15).contains(&digits.len()) && !digits.starts_with('0'),
    };
    if right { Ok(format!("+{digits}")) } else { Err(wrong()) }
}

/// E-mail address with its domain in lower case. The part before `@` stays as it is (RFC 5321
/// §2.4 lets it matter); international domains and local parts (RFC 6531) are kept readable.
///
/// # Errors
/// Not one `@`, longer than 254 bytes (64 before `@`), or a character or dot that cannot be there.
/// Quoted local parts and addresses of bare machines are refused: real ones are typing mistakes.
pub fn email(text: &str) -> Result<String, Reason> {
    let wrong = || {
        Reason::of("not-email", "To nie jest adres e-mail.", "This is not an e-mail address.")
            .example("jan.kowalski@example.pl")
    };
    let text = without_prefix(text.trim(), "mailto:").trim();
    if text.len() > 254 {
        return Err(wrong());
    }
    let (local, domain) = text.split_once('@').ok_or_else(wrong)?;
    let local: String = local.nfc().collect();
    let domain: String = domain.to_lowercase().nfc().collect();
    let local_right = (1..=64).contains(&local.len())
        && local.split('.').all(|part| !part.is_empty() && part.chars().all(is_local));
    let right = local_right && is_domain(&domain) && local.len() + domain.len() < 254;
    if right { Ok(format!("{local}@{domain}")) } else { Err(wrong()) }
}

/// What RFC 5322 §3.2.3 calls `atext`, with letters and digits of any script.
fn is_local(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

/// Whether this is a host name of at least two labels that does not end in a number.
fn is_domain(domain: &str) -> bool {
    let labelled = domain.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c == '-' || c.is_alphanumeric())
    });
    let last = domain.rsplit_once('.').map(|(_, last)| last);
    labelled
        && domain.len() <= 253
        && last.is_some_and(|l| l.chars().count() >= 2 && !l.bytes().all(|b| b.is_ascii_digit()))
}

/// Web address. One without a scheme gets `https`; scheme and host become lower case.
///
/// # Errors
/// Another scheme than `http` and `https`, no proper host, a user name in it (a way to make a link
/// look like another), spaces or controls, or more than 2000 bytes.
pub fn url(text: &str) -> Result<String, Reason> {
    let wrong = || {
        Reason::of(
            "not-url",
            "To nie jest adres strony: ma zaczynać się od https:// albo http://.",
            "This is not a web address: it starts with https:// or http://.",
        )
        .example("https://www.example.pl")
    };
    let text = text.trim();
    let spaced = text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"\\".contains(c));
    if text.len() > 2000 || spaced {
        return Err(wrong());
    }
    let (scheme, rest) = match text.split_once("://") {
        Some((s, rest)) if s.eq_ignore_ascii_case("https") => ("https", rest),
        Some((s, rest)) if s.eq_ignore_ascii_case("http") => ("http", rest),
        // A scheme has no dot or slash before its colon; without one, "://" is part of a query.
        Some((s, _)) if !s.contains(['.', '/', '?']) => return Err(wrong()),
        _ => ("https", text),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let host: String = host.to_lowercase().nfc().collect();
    let port_right =
        port.is_none_or(|p| p.bytes().all(|b| b.is_ascii_digit()) && p.parse::<u16>().is_ok_and(|n| n > 0));
    if !is_domain(&host) || !port_right {
        return Err(wrong());
    }
    let port = port.map(|p| format!(":{p}")).unwrap_or_default();
    Ok(format!("{scheme}://{host}{port}{tail}"))
}

/// Postal code. For Poland, or when no country is known, `dd-ddd`, also read without the dash; for
/// another country (ISO 3166-1 alpha-2) any code of 2 to 12 letters, digits, spaces and dashes.
///
/// # Errors
/// Another shape.
pub fn postal_code(text: &str, country: Option<&str>) -> Result<String, Reason> {
    if country.is_some_and(|c| c != "PL") {
        return foreign_code(text);
    }
    polish_code(text).ok_or_else(|| {
        Reason::of(
            "not-postal-code",
            "Polski kod pocztowy ma postać 00-950. Dla adresu za granicą podaj też kraj.",
            "A Polish postal code looks like 00-950. For an address abroad, give the country too.",
        )
        .example("00-950")
    })
}

fn polish_code(text: &str) -> Option<String> {
    if text.len() > 40 {
        return None;
    }
    let text = text.trim();
    let digits: String = text.chars().filter(|&c| !is_separator(c)).collect();
    let dash = text.chars().position(is_dash);
    let shaped = digits.len() == 5
        && digits.bytes().all(|b| b.is_ascii_digit())
        && dash.is_none_or(|_| {
            text.chars().take_while(|&c| !is_dash(c)).filter(char::is_ascii_digit).count() == 2
        })
        && text.chars().filter(|&c| is_dash(c)).count() <= 1;
    shaped.then(|| format!("{}-{}", &digits[..2], &digits[2..]))
}

/// A postal code of any country: what can be checked without knowing it.
pub(crate) fn foreign_code(text: &str) -> Result<String, Reason> {
    let text: String = text.trim().chars().map(|c| if is_dash(c) { '-' } else { c }).take(13).collect();
    let text = text.to_ascii_uppercase();
    let shaped = (2..=12).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ' || b == b'-');
    if shaped {
        return Ok(text);
    }
    Err(Reason::of(
        "not-postal-code",
        "To nie jest kod pocztowy: ma mieć od 2 do 12 liter i cyfr.",
        "This is not a postal code: 2 to 12 letters and digits.",
    )
    .example("10115"))
}
