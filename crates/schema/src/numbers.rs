//! Numbers with check digits. Each function takes what people type and gives the one form that is
//! kept, so that equal numbers are equal texts.

use kernel::{FieldIssue, Text};
use std::borrow::Cow;

/// Why a value is refused, before it is known which field it was for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// A stable code in kebab case.
    pub code: &'static str,
    /// What is wrong; never repeats the value, which may be personal.
    pub reason: Text,
    /// A value that would be right.
    pub example: Option<Cow<'static, str>>,
}

impl Reason {
    /// A reason known when the program is built.
    #[must_use]
    pub const fn of(code: &'static str, pl: &'static str, en: &'static str) -> Self {
        Self { code, reason: Text::of(pl, en), example: None }
    }

    /// A reason put together at run time.
    #[must_use]
    pub const fn new(code: &'static str, reason: Text) -> Self {
        Self { code, reason, example: None }
    }

    /// The same reason with a value that would be right.
    #[must_use]
    pub fn example(mut self, value: impl Into<Cow<'static, str>>) -> Self {
        self.example = Some(value.into());
        self
    }

    /// The reason as an issue of this field.
    #[must_use]
    pub fn at(self, field: &str) -> FieldIssue {
        FieldIssue {
            field: field.to_owned(),
            code: self.code.to_owned(),
            reason: self.reason,
            example: self.example.map(Cow::into_owned),
        }
    }
}

/// Longest text that is looked at as a number, in bytes: real ones with all their spaces are shorter.
const LONGEST: usize = 120;

/// Whether people put `c` between digits only for the eye.
pub(crate) fn is_separator(c: char) -> bool {
    c.is_whitespace() || crate::fold::is_invisible(c) || is_dash(c)
}

/// Whether `c` is one of the dashes that word processors make of `-`.
pub(crate) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The text without separators; empty when it is too long to be a number.
fn compact(text: &str) -> String {
    if text.len() > LONGEST {
        return String::new();
    }
    text.chars().filter(|&c| !is_separator(c)).collect()
}

/// `text` without `prefix`, in whatever case.
pub(crate) fn without_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(head) if head.eq_ignore_ascii_case(prefix) => &text[prefix.len()..],
        _ => text,
    }
}

fn digits<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes: [u8; N] = text.as_bytes().try_into().ok()?;
    bytes.iter().all(u8::is_ascii_digit).then(|| bytes.map(|b| b - b'0'))
}

fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    digits.iter().zip(weights).map(|(&d, &w)| u32::from(d) * u32::from(w)).sum()
}

const fn wrong_check(pl: &'static str, en: &'static str) -> Reason {
    Reason::of("wrong-check-digit", pl, en)
}

/// Polish tax number (NIP), as ten digits. Spaces, dashes and a leading `PL` are dropped.
///
/// # Errors
/// Not ten digits, all zero, or a wrong check digit.
pub fn nip(text: &str) -> Result<String, Reason> {
    const EXAMPLE: &str = "5261040828";
    let text = compact(text);
    let text = without_prefix(&text, "PL");
    let Some(d) = digits::<10>(text) else {
        return Err(Reason::of(
            "not-nip",
            "NIP ma 10 cyfr. Numer zagraniczny wpisz w polu numeru VAT UE.",
            "A NIP has 10 digits. A foreign number belongs in the EU VAT number field.",
        )
        .example(EXAMPLE));
    };
    // A remainder of 10 is never equal to a digit, so such numbers are refused as the law has it.
    let check = weighted(&d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    if d == [0; 10] || check != u32::from(d[9]) {
        return Err(wrong_check(
            "To nie jest poprawny NIP: cyfra kontrolna się nie zgadza.",
            "This is not a valid NIP: its check digit is wrong.",
        )
        .example(EXAMPLE));
    }
    Ok(text.to_owned())
}

/// Polish statistical number (REGON), as 9 or 14 digits. Numbers of 7 and 8 digits are padded: old
/// ones were so short, and spreadsheets drop leading zeros.
///
/// # Errors
/// Another length, all zero, or a wrong check digit (of 14 digits, either one).
pub fn regon(text: &str) -> Result<String, Reason> {
    const EXAMPLE: &str = "000331501";
    let mut text = compact(text);
    if matches!(text.len(), 7 | 8) && text.bytes().all(|b| b.is_ascii_digit()) {
        text = format!("{text:0>9}");
    }
    let short = |d: &[u8]| {
        weighted(d, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == u32::from(d[8]) && d.iter().any(|&x| x != 0)
    };
    let right = match text.len() {
        9 => digits::<9>(&text).map(|d| short(&d)),
        14 => digits::<14>(&text).map(|d| {
            let long = weighted(&d, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10;
            short(&d[..9]) && long == u32::from(d[13])
        }),
        _ => None,
    };
    match right {
        Some(true) => Ok(text),
        Some(false) => Err(wrong_check(
            "To nie jest poprawny REGON: cyfra kontrolna się nie zgadza.",
            "This is not a valid REGON: its check digit is wrong.",
        )
        .example(EXAMPLE)),
        None => Err(Reason::of("not-regon", "REGON ma 9 albo 14 cyfr.", "A REGON has 9 or 14 digits.")
            .example(EXAMPLE)),
    }
}

/// Number in the Polish court register (KRS), as ten digits with leading zeros. It has no check
/// digit.
///
/// # Errors
/// Not one to ten digits, or all zero.
pub fn krs(text: &str) -> Result<String, Reason> {
    let text = compact(text);
    let text = without_prefix(&text, "KRS").trim_start_matches(':');
    let shaped = (1..=10).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
        && text.bytes().any(|b| b != b'0');
    if !shaped {
        return Err(Reason::of("not-krs", "Numer KRS ma 10 cyfr.", "A KRS number has 10 digits.")
            .example("0000028860"));
    }
    Ok(format!("{text:0>10}"))
}

/// Polish number of a person (PESEL), as eleven digits.
///
/// # Errors
/// Not eleven digits, no real day of birth, or a wrong check digit.
pub fn pesel(text: &str) -> Result<String, Reason> {
    const EXAMPLE: &str = "44051401359";
    let text = compact(text);
    let Some(d) = digits::<11>(&text) else {
        return Err(Reason::of("not-pesel", "PESEL ma 11 cyfr.", "A PESEL has 11 digits.").example(EXAMPLE));
    };
    let two = |i: usize| i16::from(d[i]) * 10 + i16::from(d[i + 1]);
    // The century is in the month: +80 for 18xx, +20 for 20xx and so on.
    let month = two(2);
    let year = two(0) + [1900, 2000, 2100, 2200, 1800][usize::from(d[2] / 2)];
    let (month, day) = (month % 20, two(4));
    let born =
        i8::try_from(month).and_then(|m| i8::try_from(day).map(|day| jiff::civil::Date::new(year, m, day)));
    if !matches!(born, Ok(Ok(_))) {
        return Err(Reason::of(
            "pesel-date",
            "To nie jest poprawny PESEL: nie zawiera prawdziwej daty urodzenia.",
            "This is not a valid PESEL: it holds no real date of birth.",
        )
        .example(EXAMPLE));
    }
    let sum = weighted(&d, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    if (10 - sum % 10) % 10 != u32::from(d[10]) {
        return Err(wrong_check(
            "To nie jest poprawny PESEL: cyfra kontrolna się nie zgadza.",
            "This is not a valid PESEL: its check digit is wrong.",
        )
        .example(EXAMPLE));
    }
    Ok(text)
}

/// International bank account number (ISO 13616), upper case, without spaces. 26 digits are read as
/// a Polish account.
///
/// # Errors
/// Wrong shape or length (15 to 34 characters; 28 for Poland), or wrong check digits (ISO 7064).
pub fn iban(text: &str) -> Result<String, Reason> {
    const EXAMPLE: &str = "PL61109010140000071219812874";
    let mut text = compact(text);
    text.make_ascii_uppercase();
    if text.len() == 26 && text.bytes().all(|b| b.is_ascii_digit()) {
        text.insert_str(0, "PL");
    }
    let b = text.as_bytes();
    let shaped = (15..=34).contains(&b.len())
        && b[..2].iter().all(u8::is_ascii_uppercase)
        && b[2..4].iter().all(u8::is_ascii_digit)
        && b[4..].iter().all(u8::is_ascii_alphanumeric)
        && (!b.starts_with(b"PL") || (b.len() == 28 && b[2..].iter().all(u8::is_ascii_digit)));
    if !shaped {
        return Err(Reason::of(
            "not-iban",
            "Numer rachunku (IBAN) to kod kraju, dwie cyfry kontrolne i numer: razem od 15 do 34 znaków, dla Polski 28.",
            "An IBAN is a country code, two check digits and the account: 15 to 34 characters, 28 for Poland.",
        )
        .example(EXAMPLE));
    }
    let remainder = b[4..].iter().chain(&b[..4]).fold(0u32, |r, &c| match c {
        b'0'..=b'9' => (r * 10 + u32::from(c - b'0')) % 97,
        _ => (r * 100 + u32::from(c - b'A') + 10) % 97,
    });
    // 00, 01 and 99 would pass the sum, but are never given out.
    let check = (b[2] - b'0') * 10 + (b[3] - b'0');
    if remainder != 1 || !(2..=98).contains(&check) {
        return Err(wrong_check(
            "To nie jest poprawny numer rachunku: cyfry kontrolne się nie zgadzają.",
            "This is not a valid account number: its check digits are wrong.",
        )
        .example(EXAMPLE));
    }
    Ok(text)
}
