//! From when on somebody who leaves may do nothing.

use kernel::{Text, Time};

/// What is wrong with a date of leaving: no time at all, or one that is over.
const NOT_A_TIME: Text = Text::of(
    "To nie jest data z godziną i strefą według RFC 3339, najpóźniej z roku 9998.",
    "This is no time with an offset (RFC 3339), of the year 9998 at the latest.",
);
const NOT_AHEAD: Text =
    Text::of("Ta chwila już minęła. Podaj przyszłą.", "This time is over. Give one that is still ahead.");
/// Who is suspended now does not leave later.
const CONTRADICTS: Text = Text::of(
    "Kto jest od razu zawieszany, nie ma daty odejścia. Podaj jedno z dwojga.",
    "Whoever is suspended at once has no date of leaving. Give one of the two.",
);
/// The beginning of the year 9999.
const LATEST: Time = Time(253_370_764_800_000);

/// A date of leaving, or a code and a reason why it is none.
pub fn leaves_at(
    text: &str,
    active: Option<bool>,
    now: Time,
) -> std::result::Result<Time, (&'static str, Text)> {
    if active == Some(false) {
        return Err(("contradicts-active", CONTRADICTS));
    }
    // Later ones are not times everywhere: an offset may take them past the last year that can be written.
    let end = Time::parse(text).filter(|end| *end < LATEST).ok_or(("not-a-time", NOT_A_TIME))?;
    if now < end { Ok(end) } else { Err(("not-ahead", NOT_AHEAD)) }
}
