//! Which column of a file feeds which field.

use crate::vcard;
use kernel::{Fault, Result, Text};
use schema::{Entity, Field, FieldKind, currency_heading, fold, heading_of, map_headings};
use serde::{Deserialize, Serialize};

/// What a column is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "target", content = "field")]
pub enum Target {
    /// Nobody knows: its cells are not read.
    Unused,
    /// The person who imports does not want it.
    Skipped,
    /// A field, by name.
    Field(String),
    /// The whole name of a person, to be taken apart where first and last name are empty.
    WholeName,
    /// The currency of this money field.
    Currency(String),
    /// The user who shall own the record.
    Owner,
}

/// The targets of all columns of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mapping {
    columns: Vec<(String, Target)>,
}

/// Headings that mean the owner, squashed.
const OWNER: [&str; 23] = [
    "owner",
    "contactowner",
    "companyowner",
    "dealowner",
    "leadowner",
    "accountowner",
    "opportunityowner",
    "personowner",
    "organizationowner",
    "ownername",
    "owneremail",
    "owneralias",
    "assignedto",
    "responsible",
    "opiekun",
    "wlasciciel",
    "wlascicielkontaktu",
    "handlowiec",
    "opiekunklienta",
    "przypisanydo",
    "odpowiedzialny",
    "vlastnik",
    "opiekunhandlowy",
];

/// Fields of the columns of a card, the first that the entity has.
const CARD: [(&str, &[&str]); 16] = [
    ("N (given)", &["first_name"]),
    ("N (family)", &["last_name"]),
    ("FN", &["name"]),
    ("ORG", &["company", "company_name", "name"]),
    ("TITLE", &["job_title"]),
    ("EMAIL", &["email"]),
    ("EMAIL 2", &["email2", "email"]),
    ("TEL", &["phone"]),
    ("TEL (CELL)", &["mobile", "phone"]),
    ("ADR (street)", &["street"]),
    ("ADR (city)", &["city"]),
    ("ADR (code)", &["postal_code"]),
    ("ADR (country)", &["country"]),
    ("BDAY", &["birthday"]),
    ("URL", &["website"]),
    ("CATEGORIES", &["tags"]),
];

impl Mapping {
    /// What the headings say by themselves.
    #[must_use]
    pub fn guess(entity: &Entity, headings: &[String]) -> Self {
        let targets = if headings == vcard::HEADINGS { card(entity) } else { table(entity, headings) };
        Self { columns: headings.iter().cloned().zip(targets).collect() }
    }

    /// This mapping with some columns told by hand: `Heading=field`, `Heading=owner`, and `Heading=-`
    /// for a column that is not wanted. `#3` is the third column, whatever its heading.
    ///
    /// # Errors
    /// No such heading (all are listed), no such field (the nearest is suggested), or a field that
    /// the system fills in.
    pub fn with<S: AsRef<str>>(mut self, entity: &Entity, pairs: &[S]) -> Result<Self> {
        let mut told = Vec::new();
        for pair in pairs {
            let (heading, field) = pair.as_ref().rsplit_once('=').ok_or_else(bad_pair)?;
            let target = target_named(entity, field.trim())?;
            let at = self.position(heading.trim()).ok_or_else(|| self.no_heading(heading.trim()))?;
            told.push(at);
            // What is said by hand displaces what was guessed for the same field.
            if let Target::Field(name) = &target
                && !entity.field(name).is_some_and(|f| gathers(&f.kind))
            {
                let guessed = self.columns.iter_mut().enumerate().filter(|(i, _)| !told.contains(i));
                for (_, (_, other)) in guessed.filter(|(_, (_, t))| *t == target) {
                    *other = Target::Unused;
                }
            }
            self.columns[at].1 = target;
        }
        Ok(self)
    }

    /// Names of the fields that a column can feed.
    #[must_use]
    pub fn fields(entity: &Entity) -> Vec<String> {
        let fed = |f: &&Field| target_of(entity, f) != Target::Unused;
        entity.fields.iter().filter(fed).map(|f| f.name.clone()).collect()
    }

    /// Every column with its target, in the order of the file.
    #[must_use]
    pub fn columns(&self) -> &[(String, Target)] {
        &self.columns
    }

    /// Headings of the columns that feed nothing although nobody said so.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|(_, t)| *t == Target::Unused).map(|(h, _)| h.as_str())
    }

    /// Whether no column feeds a field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.columns.iter().any(|(_, t)| matches!(t, Target::Field(_) | Target::WholeName))
    }

    fn position(&self, heading: &str) -> Option<usize> {
        if let Some(number) = heading.strip_prefix('#').and_then(|n| n.parse::<usize>().ok()) {
            return number.checked_sub(1).filter(|at| *at < self.columns.len());
        }
        let exact = self.columns.iter().position(|(h, _)| h == heading);
        exact.or_else(|| {
            let wanted = squash(heading);
            self.columns.iter().position(|(h, _)| !wanted.is_empty() && squash(h) == wanted)
        })
    }

    fn no_heading(&self, heading: &str) -> Fault {
        let known = self.columns.iter().map(|(h, _)| h.as_str()).collect::<Vec<_>>().join(", ");
        Fault::invalid(Text::new(
            format!("W pliku nie ma kolumny „{heading}”. Są: {known}."),
            format!("The file has no column “{heading}”. It has: {known}."),
        ))
    }
}

/// Folded letters and digits only.
fn squash(text: &str) -> String {
    let mut out = fold(text);
    out.retain(char::is_alphanumeric);
    out
}

/// Several columns may feed a field of this kind at once: further addresses and numbers have a
/// second field to go to, labels and long texts add up.
pub(crate) const fn gathers(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Email | FieldKind::Phone | FieldKind::Tags | FieldKind::LongText { .. })
}

/// Whether this is the computed name of a person, which a file may give as a whole.
fn is_whole_name(entity: &Entity, field: &Field) -> bool {
    field.name == "name" && field.flags.read_only && entity.field("last_name").is_some()
}

fn target_of(entity: &Entity, field: &Field) -> Target {
    if is_whole_name(entity, field) {
        Target::WholeName
    } else if field.flags.read_only {
        Target::Unused
    } else {
        Target::Field(field.name.clone())
    }
}

fn table(entity: &Entity, headings: &[String]) -> Vec<Target> {
    let names = headings.iter().map(|h| bare(h)).collect::<Vec<_>>();
    let surest = map_headings(entity, &names);
    names
        .iter()
        .zip(surest)
        .map(|(heading, sure)| {
            // A less sure heading counts only where nothing can get mixed up by it.
            let field = sure.or_else(|| heading_of(entity, heading).filter(|f| gathers(&f.kind)));
            match field {
                Some(field) => target_of(entity, field),
                None if OWNER.contains(&squash(heading).as_str()) => Target::Owner,
                None => currency_heading(entity, heading)
                    .map_or(Target::Unused, |f| Target::Currency(f.name.clone())),
            }
        })
        .collect()
}

/// The heading without the number that told it from an equal one before it.
fn bare(heading: &str) -> &str {
    let counted = heading.strip_suffix(')').and_then(|h| h.rsplit_once(" ("));
    match counted {
        Some((name, n)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => heading,
    }
}

fn card(entity: &Entity) -> Vec<Target> {
    let field = |heading: &str| {
        let long = (heading == "NOTE").then_some(&["description", "body"][..]);
        let names = long.or_else(|| CARD.iter().find(|(h, _)| *h == heading).map(|(_, names)| *names))?;
        // A person's name is no company's name, and the other way round.
        let names = if heading == "FN" && entity.field("last_name").is_none() { &[] } else { names };
        names.iter().find_map(|n| entity.field(n).filter(|f| !f.flags.read_only || is_whole_name(entity, f)))
    };
    vcard::HEADINGS.iter().map(|h| field(h).map_or(Target::Unused, |f| target_of(entity, f))).collect()
}

fn target_named(entity: &Entity, name: &str) -> Result<Target> {
    if name == "-" {
        return Ok(Target::Skipped);
    }
    let field = entity.field(name).or_else(|| heading_of(entity, name));
    if let Some(field) = field {
        return match target_of(entity, field) {
            Target::Unused => Err(Fault::invalid(Text::new(
                format!("Pole „{}” wypełnia system; nie można go importować.", field.name),
                format!("The system fills in the field “{}”; it cannot be imported.", field.name),
            ))),
            target => Ok(target),
        };
    }
    if OWNER.contains(&squash(name).as_str()) {
        return Ok(Target::Owner);
    }
    if let Some(field) = currency_heading(entity, name) {
        return Ok(Target::Currency(field.name.clone()));
    }
    Err(no_field(entity, name))
}

/// Says what is near, in the words of the schema, and what there is.
fn no_field(entity: &Entity, name: &str) -> Fault {
    let wrong = serde_json::json!({ name: "?" });
    let hint = schema::check_content(entity, &wrong).err();
    let hint = hint.and_then(|f| f.issues.into_iter().find(|i| i.code == "unknown-field"));
    let hint = hint.map_or_else(Text::default, |i| i.reason);
    let names = entity.fields.iter().filter(|f| target_of(entity, f) != Target::Unused);
    let names = names.map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
    Fault::invalid(Text::new(
        format!("„{name}”: {} Pola: {names}, owner; „-” pomija kolumnę.", hint.pl),
        format!("“{name}”: {} Fields: {names}, owner; “-” skips the column.", hint.en),
    ))
}

fn bad_pair() -> Fault {
    Fault::invalid(Text::of(
        "Przypisanie kolumny ma postać „Nagłówek=pole”, np. „Telefon służbowy=phone” albo „Uwagi=-”.",
        "A column is mapped as “Heading=field”, for example “Work phone=phone” or “Notes=-”.",
    ))
}
