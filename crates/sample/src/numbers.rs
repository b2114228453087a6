//! Numbers with right check digits that belong to nobody, as far as the official rules let one say so.

/// The `i`-th NIP, different for each `i` below 8,000,000. Its office code is 100, 200, … 900: the
/// Ministry's own schema (`TNrNIP`: `[1-9]((\d[1-9])|([1-9]\d))\d{7}`) admits none of them.
pub fn nip(i: u64) -> String {
    // 1,000,003 is prime to 900,000, so this permutes the numbers of a round.
    let (round, n) = (i / 900_000, ((i % 900_000) * 541_207 + 617_283) % 900_000);
    let mut digits = [0u8; 10];
    digits[0] = byte(1 + n / 100_000);
    write_digits(&mut digits[3..8], n % 100_000);
    let mut skip = round;
    for last in 0..10u8 {
        digits[8] = (last + byte(n % 10)) % 10;
        let check = weighted(&digits[..9], &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
        if check == 10 {
            continue;
        }
        digits[9] = byte(u64::from(check));
        if skip == 0 {
            break;
        }
        skip -= 1;
    }
    text(&digits)
}

/// The `i`-th REGON of 9 digits, different for each `i` below 10,000,000; it begins with 9, as no
/// number given out so far.
pub fn regon(i: u64) -> String {
    let mut digits = [0u8; 9];
    digits[0] = 9;
    write_digits(&mut digits[1..8], (i * 7_654_321 + 3_141_592) % 10_000_000);
    digits[8] = byte(u64::from(weighted(&digits[..8], &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10));
    text(&digits)
}

/// The `i`-th KRS number: above all given out so far.
pub fn krs(i: u64) -> String {
    let mut digits = [0u8; 10];
    digits[3] = 9;
    write_digits(&mut digits[4..], (i * 654_321 + 271_828) % 1_000_000);
    text(&digits)
}

fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(&d, w)| u32::from(d) * w).sum()
}

fn byte(n: u64) -> u8 {
    u8::try_from(n).unwrap_or_default()
}

fn write_digits(into: &mut [u8], mut n: u64) {
    for d in into.iter_mut().rev() {
        *d = byte(n % 10);
        n /= 10;
    }
}

fn text(digits: &[u8]) -> String {
    digits.iter().map(|&d| char::from(b'0' + d)).collect()
}

/// Appends `n` with at least `width` digits.
pub fn push_number(out: &mut String, n: u64, width: usize) {
    let mut digits = [0u8; 20];
    write_digits(&mut digits, n);
    let first = digits.iter().position(|&d| d != 0).unwrap_or(20).min(20 - width);
    out.extend(digits[first..].iter().map(|&d| char::from(b'0' + d)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn check_digits_are_right_and_numbers_differ() {
        let mut seen = HashSet::new();
        for i in (0..3_000).chain(899_900..902_000).chain(7_999_900..8_000_000) {
            let nip = nip(i);
            let d: Vec<u32> = nip.chars().map(|c| c.to_digit(10).unwrap()).collect();
            let sum: u32 = [6, 5, 7, 2, 3, 4, 5, 6, 7].iter().zip(&d).map(|(w, d)| w * d).sum();
            assert_eq!(sum % 11, d[9], "{nip}");
            assert!(seen.insert(nip));
        }
        let regons: HashSet<String> = (0..20_000).map(regon).collect();
        assert_eq!(regons.len(), 20_000);
        assert!(regons.iter().all(|r| schema::regon(r).as_ref() == Ok(r)));
        assert!(regon(0).starts_with("93141592"));
        assert_eq!(krs(1), "0009926149");
    }

    #[test]
    fn numbers_are_padded() {
        let mut out = String::new();
        push_number(&mut out, 7, 3);
        push_number(&mut out, 1234, 2);
        push_number(&mut out, 0, 1);
        assert_eq!(out, "00712340");
    }
}
