//! Word forms.

/// The woman's form of a surname: `-ski`, `-cki`, `-dzki` become `-ska`, `-cka`, `-dzka`; others stay.
pub fn feminine(surname: &str) -> String {
    match surname.strip_suffix('i') {
        Some(stem) if stem.ends_with("sk") || stem.ends_with("ck") || stem.ends_with("dzk") => {
            format!("{stem}a")
        }
        _ => surname.to_owned(),
    }
}

/// Lower-case ASCII letters and digits only, Polish letters replaced: for addresses.
pub fn ascii(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| {
            Some(match c {
                'ą' => 'a',
                'ć' => 'c',
                'ę' => 'e',
                'ł' => 'l',
                'ń' => 'n',
                'ó' => 'o',
                'ś' => 's',
                'ź' | 'ż' => 'z',
                'a'..='z' | '0'..='9' => c,
                _ => return None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_rules() {
        assert_eq!(feminine("Kowalski"), "Kowalska");
        assert_eq!(feminine("Zawadzki"), "Zawadzka");
        assert_eq!(feminine("Nowicki"), "Nowicka");
        assert_eq!(feminine("Nowak"), "Nowak");
        assert_eq!(ascii("Źdźbło-Łąki Żółć"), "zdzblolakizolc");
    }
}
