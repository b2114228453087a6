//! Names that people give to users, programs, teams and the like, and by which others tell them apart.

use crate::numbers::Reason;
use kernel::Text;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A name as it is kept: composed (NFC), with single spaces, empty if nothing was typed. What only says whether the
/// symbol before it is shown in colour (⚙️ is two characters) is left out: with and without it is the same name.
///
/// # Errors
/// It holds a character that nobody sees or that changes the direction of writing: two names that look the same would
/// not be the same; or so many marks on one letter that they cover the lines around. The reason says which it is and
/// where. What is refused in names is only left out of the texts of
/// records ([`crate::check_content`]): those are copied from elsewhere, and nobody is trusted by them.
pub fn name(typed: &str) -> Result<String, Reason> {
    let composed: String = typed.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    let (mut name, mut before) = (String::with_capacity(composed.len()), ' ');
    let mut marked = Marked::default();
    for (at, c) in composed.chars().enumerate() {
        if is_look_of_symbol(c) && is_symbol(before) {
            continue;
        }
        if is_unseen(c) {
            return Err(refused(at + 1, c));
        }
        marked.next(at + 1, c)?;
        name.push(c);
        before = c;
    }
    Ok(name)
}

/// Marks on one letter at most that belong to no script: a letter of a living language that is written with two has one
/// or none of them left once it is composed (Vietnamese ệ, Lithuanian ė̃).
const MARKS: usize = 2;
/// Marks on one letter at most, those of scripts that are written with them counted too (UTS #39, 5.4).
const MARKS_OF_SCRIPTS: usize = 4;

/// A letter and how many marks are on it so far.
#[derive(Default)]
struct Marked {
    at: usize,
    marks: usize,
    of_no_script: usize,
}

impl Marked {
    /// Goes on to the character at this place.
    fn next(&mut self, at: usize, c: char) -> Result<(), Reason> {
        let category = c.general_category();
        if !matches!(category, GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark) {
            *self = Self { at, ..Self::default() };
            return Ok(());
        }
        self.marks += 1;
        self.of_no_script += usize::from(is_of_no_script(c));
        if self.of_no_script <= MARKS && self.marks <= MARKS_OF_SCRIPTS {
            return Ok(());
        }
        // A mark that stands first is on no letter.
        let place = self.at.max(1);
        Err(Reason::new(
            "stacked-marks",
            Text::new(
                format!("Na znaku nr {place} jest za dużo znaków diakrytycznych. Zostaw najwyżej {MARKS}."),
                format!("Character {place} bears too many accents and other marks. Leave {MARKS} at most."),
            ),
        ))
    }
}

/// The blocks of combining marks that are on letters of any script.
const fn is_of_no_script(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Marks of direction, controls, what is shown as nothing, and what no font has: Unicode's general categories Cc, Cf,
/// Co and Cn, and of others what is Default_Ignorable_Code_Point or blank.
fn is_unseen(c: char) -> bool {
    let unseen = matches!(
        c.general_category(),
        GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse
    );
    unseen
        || is_unassigned(c)
        || matches!(
            c,
            '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{16fe4}' | '\u{1d159}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// What this version of Unicode gives no meaning to, the code points that never get one among them.
fn is_unassigned(c: char) -> bool {
    c.general_category() == GeneralCategory::Unassigned
}

/// Says that a symbol is to be shown in colour, or not.
const fn is_look_of_symbol(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}')
}

fn is_symbol(c: char) -> bool {
    matches!(c.general_category(), GeneralCategory::OtherSymbol | GeneralCategory::MathSymbol)
}

fn refused(at: usize, c: char) -> Reason {
    let (pl, en) = match c {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("zmienia kierunek pisma", "changes the direction of writing")
        }
        _ if c.is_control() => ("jest znakiem sterującym", "is a control character"),
        _ if is_unassigned(c) => ("nie ma w Unicode znaczenia", "has no meaning in Unicode"),
        _ => ("jest niewidoczny", "cannot be seen"),
    };
    let code = u32::from(c);
    Reason::new(
        "unseen-character",
        Text::new(
            format!("Znak nr {at} (U+{code:04X}) {pl}. Usuń go: z nim jedna nazwa może udawać inną."),
            format!("Character {at} (U+{code:04X}) {en}. Remove it: with it one name can pass for another."),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_named_with_its_place() {
        for unseen in [
            '\u{202e}',
            '\u{200b}',
            '\u{2066}',
            '\u{200d}',
            '\u{ad}',
            '\u{feff}',
            '\u{61c}',
            '\u{0}',
            '\u{1b}',
            '\u{7f}',
            '\u{34f}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{e0041}',
            '\u{e0101}',
            '\u{2800}',
            '\u{e000}',
            '\u{2065}',
            '\u{fff0}',
            '\u{fff8}',
            '\u{fdd0}',
            '\u{ffff}',
            '\u{10ffff}',
            '\u{1d159}',
            '\u{378}',
            '\u{fe0e}',
            '\u{16fe4}',
        ] {
            let fault = name(&format!("Anna{unseen} Kowalska")).unwrap_err();
            let which = format!("(U+{:04X})", u32::from(unseen));
            for text in [&fault.reason.pl, &fault.reason.en] {
                assert!(text.contains(&which) && text.contains(" 5 "), "{text}");
            }
        }
    }

    #[test]
    fn a_letter_bears_few_marks() {
        let stacked = |letter: &str, mark: &str, n: usize| name(&format!("Anna {letter}{}", mark.repeat(n)));
        // A composed one is part of its letter; then two more may stand there.
        for (letter, mark, most) in
            [("x", "\u{301}", 2), ("a", "\u{301}", 3), ("x", "\u{489}", 4), ("ก", "\u{e49}", 4)]
        {
            assert!(stacked(letter, mark, most).is_ok(), "{letter}");
            let refused = stacked(letter, mark, most + 1).unwrap_err();
            assert_eq!(refused.code, "stacked-marks");
            for text in [&refused.reason.pl, &refused.reason.en] {
                assert!(text.contains(" 6 "), "{text}");
            }
        }
        assert!(stacked("x", "\u{301}", 100_000).is_err(), "however many");
        assert_eq!(name("\u{301}\u{302}\u{303}").unwrap_err().code, "stacked-marks", "on no letter");
        // Marks on several letters are not added up.
        assert!(name(&"x\u{301}\u{302}".repeat(50)).is_ok());
    }

    #[test]
    fn names_of_people_and_teams_are_taken() {
        for (typed, kept) in [
            ("  Żółć\tGęślą  Jaźń ", "Żółć Gęślą Jaźń"),
            ("Zo\u{301}łty", "Zółty"),
            ("O’Neill-Łuć, dr hab.", "O’Neill-Łuć, dr hab."),
            ("Ірина Шевченко", "Ірина Шевченко"),
            ("⚙ Serwis", "⚙ Serwis"),
            ("⚙\u{fe0f} Serwis", "⚙ Serwis"),
            ("⚙\u{fe0e}\u{fe0f} Serwis", "⚙ Serwis"),
            ("★\u{fe0f}", "★"),
            ("↔\u{fe0f} Wymiana", "↔ Wymiana"),
            ("Zespół 🚀", "Zespół 🚀"),
            ("محمد", "محمد"),
            ("Nguyê\u{303}n Thi\u{323} Hê\u{323}", "Nguyễn Thị Hệ"),
            ("Kazimė\u{303}ras", "Kazimė\u{303}ras"),
            ("שִּׂמְחָה", "שִּׂמְחָה"),
            ("ज़ुंबा", "ज़ुंबा"),
            ("ที่รัก", "ที่รัก"),
            ("", ""),
        ] {
            assert_eq!(name(typed).as_deref(), Ok(kept));
        }
    }
}
