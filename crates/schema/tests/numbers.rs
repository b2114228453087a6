//! Laws of the check digits and of the forms that are kept.

use proptest::prelude::*;
use schema::{email, fold, iban, krs, nip, pesel, phone, postal_code, regon, url};

#[test]
fn known_right_values() {
    for v in ["8567346215", "5261040828", "1111111111"] {
        assert_eq!(nip(v).as_deref(), Ok(v));
    }
    assert_eq!(nip(" pl 856-734-62-15 ").as_deref(), Ok("8567346215"));
    for v in ["192598184", "123456785", "000331501", "12345678512347", "00033150100000", "23511332857188"] {
        assert_eq!(regon(v).as_deref(), Ok(v));
    }
    assert_eq!(regon("331501").map_err(|r| r.code), Err("not-regon"));
    assert_eq!(regon("0331501").as_deref(), Ok("000331501"));
    for v in ["44051401359", "02211307589", "02122401358"] {
        assert_eq!(pesel(v).as_deref(), Ok(v));
    }
    assert_eq!(krs("KRS: 28860").as_deref(), Ok("0000028860"));
    assert_eq!(iban("61 1090 1014 0000 0712 1981 2874").as_deref(), Ok("PL61109010140000071219812874"));
    assert_eq!(iban("gb82 west 1234 5698 7654 32").as_deref(), Ok("GB82WEST12345698765432"));
}

#[test]
fn known_traps() {
    assert!(nip("0000000000").is_err());
    assert!(nip("1112223344").is_err());
    assert!(nip("٥٢٦١٠٤٠٨٢٨").is_err(), "only ASCII digits");
    assert!(regon("000000000").is_err());
    assert!(regon("00000000000000").is_err());
    assert!(regon("19259818400000").is_err(), "first nine right, the whole wrong");
    assert!(pesel("00000000000").is_err());
    assert!(pesel("44023001358").is_err(), "30 February");
    assert!(krs("0000000000").is_err());
    assert!(krs("12345678901").is_err());
    assert!(iban("PL6110901014000007121981287").is_err());
    assert!(iban("PL62109010140000071219812874").is_err());
}

#[test]
fn telephone_forms() {
    for (typed, kept) in [
        ("600 100 200", "+48600100200"),
        ("(22) 123-45-67", "+48221234567"),
        ("0 22 123 45 67", "+48221234567"),
        ("0048 600100200", "+48600100200"),
        ("48600100200", "+48600100200"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("tel:+49-30-901820", "+4930901820"),
        ("\u{202a}+48 600 100 200\u{202c}", "+48600100200"),
    ] {
        assert_eq!(phone(typed).as_deref(), Ok(kept), "{typed}");
    }
    for wrong in [
        "",
        "+",
        "112",
        "+48 60010020",
        "+48 0600100200",
        "600100200 w. 5",
        "1234567890123456",
        "+0 12345678",
        "12345678",
    ] {
        assert!(phone(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn email_forms() {
    assert_eq!(email(" Jan.Kowalski@Example.PL ").as_deref(), Ok("Jan.Kowalski@example.pl"));
    assert_eq!(email("mailto:biuro@żółw.pl").as_deref(), Ok("biuro@żółw.pl"));
    assert_eq!(email("a+b@sub.example.co.uk").as_deref(), Ok("a+b@sub.example.co.uk"));
    for wrong in [
        "",
        "@",
        "jan",
        "jan@",
        "@x.pl",
        "jan@x",
        "jan@@x.pl",
        "jan@x..pl",
        ".jan@x.pl",
        "jan.@x.pl",
        "j..n@x.pl",
        "jan@-x.pl",
        "jan@x-.pl",
        "jan kowalski@x.pl",
        "jan@x.pl,ewa@x.pl",
        "jan@1.2.3.4",
        "jan@x.p",
        "jan@x_y.pl",
        "jan\r\nBcc: x@x.pl",
        "<jan@x.pl>",
    ] {
        assert!(email(wrong).is_err(), "{wrong}");
    }
    assert!(email(&format!("{}@x.pl", "a".repeat(65))).is_err());
    assert!(email(&format!("a@{}.pl", "a".repeat(64))).is_err());
}

#[test]
fn web_addresses() {
    assert_eq!(url("WWW.Firma.PL/Oferta?a=1").as_deref(), Ok("https://www.firma.pl/Oferta?a=1"));
    assert_eq!(url("HTTP://firma.pl:8080").as_deref(), Ok("http://firma.pl:8080"));
    assert_eq!(url("firma.pl/?to=https://x.pl").as_deref(), Ok("https://firma.pl/?to=https://x.pl"));
    for wrong in [
        "javascript:alert(1)",
        "javascript://firma.pl/%0aalert(1)",
        "data:text/html,x",
        "ftp://firma.pl",
        "https://user@firma.pl",
        "https://firma.pl@zlo.pl",
        "https://",
        "https://firma",
        "https://fir ma.pl",
        "https://firma.pl:99999",
        "https://firma.pl\\@zlo.pl",
        "https://firma.pl/\"><script>",
    ] {
        assert!(url(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn postal_codes() {
    for typed in ["00-950", "00950", " 00 - 950 ", "00–950"] {
        assert_eq!(postal_code(typed, None).as_deref(), Ok("00-950"), "{typed}");
    }
    assert_eq!(postal_code("10115", Some("DE")).as_deref(), Ok("10115"));
    assert_eq!(postal_code("sw1a 1aa", Some("GB")).as_deref(), Ok("SW1A 1AA"));
    for wrong in ["0-0950", "00-95", "000-950", "00--950", "SW1A 1AA", ""] {
        assert!(postal_code(wrong, Some("PL")).is_err(), "{wrong}");
    }
}

#[test]
fn folding_is_for_polish_and_others() {
    assert_eq!(fold("ZAŻÓŁĆ GĘŚLĄ JAŹŃ"), "zazolc gesla jazn");
    assert_eq!(fold("Đorđe Ærø Straße İstanbul Œuvre ﬁrma"), "dorde aero strasse istanbul oeuvre firma");
    assert_eq!(fold("z\u{307}o\u{301}łw"), fold("żółw"));
}

/// A right NIP from nine digits, if these digits can have one.
fn right_nip(nine: &str) -> Option<String> {
    (0..10).map(|d| format!("{nine}{d}")).find(|n| nip(n).is_ok())
}

fn changed(text: &str, at: usize, by: u8) -> String {
    let mut b = text.as_bytes().to_vec();
    b[at] = b'0' + (b[at] - b'0' + by) % 10;
    String::from_utf8(b).unwrap()
}

proptest! {
    #[test]
    fn every_wrong_digit_of_a_nip_is_seen(nine in "[0-9]{9}", at in 0usize..10, by in 1u8..10) {
        if let Some(right) = right_nip(&nine) {
            prop_assert!(nip(&changed(&right, at, by)).is_err());
        }
    }

    #[test]
    fn every_wrong_digit_of_a_pesel_is_seen(at in 0usize..11, by in 1u8..10) {
        prop_assert!(pesel(&changed("44051401359", at, by)).is_err());
    }

    #[test]
    fn every_wrong_digit_of_an_account_is_seen(at in 2usize..28, by in 1u8..10) {
        prop_assert!(iban(&changed("PL61109010140000071219812874", at, by)).is_err());
    }

    #[test]
    fn what_is_kept_is_kept_again(text in any::<String>(), digits in "[+0-9 ().-]{0,24}", mail in "[a-zA-ZżŁ.+]{1,9}@[a-zA-ZĄß-]{1,9}\\.[a-zA-Z]{1,5}") {
        for text in [&text, &digits, &mail] {
            for f in [nip, regon, krs, pesel, iban, phone, email, url] {
                if let Ok(kept) = f(text) {
                    prop_assert_eq!(f(&kept), Ok(kept));
                }
            }
            for country in [None, Some("PL"), Some("DE")] {
                if let Ok(kept) = postal_code(text, country) {
                    prop_assert_eq!(postal_code(&kept, country), Ok(kept));
                }
            }
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in "\\PC*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folding_ignores_case_and_composition(text in "[a-zA-ZąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüéčřšž ]{0,30}") {
        use unicode_normalization::UnicodeNormalization;
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        prop_assert_eq!(fold(&text.nfd().collect::<String>()), fold(&text));
        prop_assert!(fold(&text).is_ascii());
    }
}
