//! Leads, deals, activities and notes.

use crate::body::Body;
use crate::numbers::push_number;
use crate::person::{any_town, mobile};
use crate::refs::entity;
use crate::words::firms::{CORES, FORMS, TRADES};
use crate::words::names::JOBS;
use crate::words::phrases::{
    ABOUT, CALLS, CLOSINGS, EVENTS, LETTERS, LOSSES, MEETINGS, MIDDLES, OPENINGS, PLACES, PRODUCTS, SOURCES,
    TASKS,
};
use crate::{Draw, Sample, SampleRecord, Table};

/// Open stages of the pipeline, in order.
const OPEN: [&str; 4] = ["lead_in", "contact", "offer", "negotiation"];
const WON: &str = "won";
const LOST: &str = "lost";
const LEAD_STATUS: [&str; 4] = ["new", "contacted", "qualified", "disqualified"];
const RATINGS: [&str; 3] = ["hot", "warm", "cold"];

/// `pattern` with its `{}` replaced by what it is about.
fn about(draw: &mut Draw, patterns: &[&str]) -> String {
    let (pattern, word) = (draw.pick(patterns), draw.pick(ABOUT));
    let (before, after) = pattern.split_once("{}").unwrap_or((pattern, ""));
    [before, word, after].concat()
}

/// A text of one to four sentences.
fn note_text(draw: &mut Draw) -> String {
    let mut out = about(draw, OPENINGS);
    let sentences = 1 + draw.index(4);
    let mut at = draw.index(MIDDLES.len());
    for _ in 2..sentences {
        out.push(' ');
        out.push_str(MIDDLES[at]);
        at = (at + 5) % MIDDLES.len();
    }
    if sentences > 1 {
        out.push(' ');
        out.push_str(draw.pick(CLOSINGS));
    }
    out
}

/// A value in whole złoty: 1,000 to 990,000 with two significant digits, most in the tens of thousands.
fn value(draw: &mut Draw) -> u64 {
    let scale = [100, 100, 1_000, 1_000, 1_000, 10_000][draw.index(6)];
    u64::from(10 + draw.below(90)) * scale
}

/// Where a deal is.
struct Progress {
    stage: &'static str,
    lost: bool,
    /// Expected or actual end, in days from today.
    end: i64,
    /// Percent of its life in which nothing has happened.
    untouched: u32,
}

/// Deals take 14 to 200 days; a tenth of those that should have ended lies idle.
fn progress(draw: &mut Draw, age: i64) -> Progress {
    let takes = 14 + i64::from(draw.early(187) as u32);
    let ended = age > takes;
    let idle = draw.chance(10);
    let won = draw.chance(42);
    let near = draw.index(2);
    let quiet = |percent: i64| u32::try_from(percent.clamp(0, 100)).unwrap_or(0);
    if ended && !idle {
        let stage = if won { WON } else { LOST };
        return Progress {
            stage,
            lost: !won,
            end: takes - age,
            untouched: quiet(100 - takes * 100 / age.max(1)),
        };
    }
    let reached = usize::try_from(age.min(takes) * 4 / (takes + 1)).unwrap_or(0);
    let stage = OPEN[reached.saturating_sub(near).min(OPEN.len() - 1)];
    let untouched = if idle { 80 } else { draw.below(40) };
    Progress { stage, lost: false, end: takes - age, untouched }
}

/// When an activity is due, in days from today, and whether it is done. Of the latest tenth a half falls
/// about today, so that everybody has something to do.
fn due(draw: &mut Draw, made: i64, latest: bool) -> (i64, bool) {
    let after = i64::from(draw.early(30) as u32);
    let about_today = i64::from(draw.below(26)) - 5;
    let days = if latest && draw.chance(50) { about_today.max(made) } else { made + after };
    let done = match days {
        ..-60 => draw.chance(99),
        -60..0 => draw.chance(88),
        0 => draw.chance(40),
        _ => draw.chance(3),
    };
    (days, done)
}

impl Sample {
    pub(crate) fn lead(&self, i: u64) -> SampleRecord {
        let mut draw = self.source.draw(Table::Lead, i);
        let name = self.names.choose(&mut draw);
        let core = draw.index(CORES.len());
        let mut body = Body::new();
        body.set("first_name", name.first.plain.as_str());
        body.set("last_name", name.surname());
        body.set(
            "company_name",
            format!("{} {} {}", CORES[core], draw.pick(TRADES), FORMS[draw.early(FORMS.len())]),
        );
        let (man, woman) = JOBS[draw.early(JOBS.len())];
        body.set("job_title", if name.woman { woman } else { man });
        let mut email = [name.first.ascii.as_str(), ".", &name.last.ascii, "@"].concat();
        email.push_str(&self.cores[core]);
        // Its own number, after a letter: no company has such a domain.
        email.push('n');
        push_number(&mut email, i + 1, 1);
        email.push_str(".example");
        body.set("email", email);
        if draw.chance(70) {
            body.set("mobile", mobile(&mut draw));
        }
        body.set("city", any_town(&mut draw).name);
        body.set("source", draw.pick(SOURCES));
        if draw.chance(60) {
            body.set("rating", draw.pick(&RATINGS));
        }
        let age = -self.refs.timeline.days(self.refs.created(Table::Lead, i));
        let status = if age < 7 { draw.index(2) } else { 1 + draw.index(3) };
        body.set("status", LEAD_STATUS[status]);
        if draw.chance(40) {
            body.money("estimated_value", value(&mut draw));
        }
        if draw.chance(50) {
            body.set("description", note_text(&mut draw));
        }
        let untouched = draw.below(101);
        self.record(Table::Lead, i, self.owner_of_lead(i), untouched, body.done())
    }

    fn owner_of_lead(&self, i: u64) -> usize {
        self.org.owner(&self.source, Table::Lead, i, self.sizes.leads, 5)
    }

    fn owner_of_deal(&self, i: u64) -> usize {
        let owner = match self.refs.customer(i) {
            (_, Some(company)) => self.owner_of_company(company),
            (Some(person), None) => self.owner_of_person(person),
            (None, None) => self.org.owner(&self.source, Table::Deal, i, self.sizes.deals, 10),
        };
        self.org.colleague(&self.source, Table::Deal, i, owner)
    }

    pub(crate) fn deal(&self, i: u64) -> SampleRecord {
        let mut draw = self.source.draw(Table::Deal, i);
        let (person, company) = self.refs.customer(i);
        let mut body = Body::new();
        let mut name = draw.pick(PRODUCTS).to_owned();
        if let Some(company) = company {
            name.push_str(" – ");
            name.push_str(&self.short_name(company));
            body.set("company", self.refs.id(Table::Company, company).to_string());
        }
        body.set("name", name);
        if let Some(person) = person {
            body.set("person", self.refs.id(Table::Person, person).to_string());
        }
        let line = &self.refs.timeline;
        let age = -line.days(self.refs.created(Table::Deal, i));
        let state = progress(&mut draw, age);
        body.set("stage", state.stage);
        body.money("value", value(&mut draw));
        body.set("expected_close", line.date(line.workday(state.end)));
        if state.lost {
            body.set("lost_reason", draw.pick(LOSSES));
        } else if state.stage != WON && draw.chance(40) {
            body.set("next_step", about(&mut draw, TASKS));
        }
        self.record(Table::Deal, i, self.owner_of_deal(i), state.untouched, body.done())
    }

    fn owner_of(&self, table: Table, i: u64) -> usize {
        match table {
            Table::Company => self.owner_of_company(i),
            Table::Person => self.owner_of_person(i),
            Table::Lead => self.owner_of_lead(i),
            _ => self.owner_of_deal(i),
        }
    }

    /// A record that hangs on another and has the same owner.
    fn child(&self, table: Table, i: u64, untouched: u32, body: Body) -> SampleRecord {
        let parent = self.refs.parent(table, i);
        let owner = parent.map_or_else(
            || self.org.owner(&self.source, table, i, self.refs.count(table), 0),
            |(of, number)| self.owner_of(of, number),
        );
        let mut record = self.record(table, i, owner, untouched, body.done());
        record.parent = parent.map(|(of, number)| (entity(of), self.refs.id(of, number)));
        record
    }

    pub(crate) fn activity(&self, i: u64) -> SampleRecord {
        let mut draw = self.source.draw(Table::Activity, i);
        let (kind, patterns) = match draw.below(100) {
            0..40 => ("call", CALLS),
            40..60 => ("meeting", MEETINGS),
            60..90 => ("task", TASKS),
            90..94 => ("event", EVENTS),
            _ => ("letter", LETTERS),
        };
        let line = &self.refs.timeline;
        let mut body = Body::new();
        body.set("kind", kind);
        body.set("title", about(&mut draw, patterns));
        let made = line.days(self.refs.created(Table::Activity, i));
        let (days, done) = due(&mut draw, made, i >= self.sizes.activities / 10 * 9);
        let (day, quarter) = (line.workday(days), draw.below(32));
        body.set("due", line.moment(day, quarter));
        if matches!(kind, "meeting" | "event") {
            body.set("until", line.moment(day, quarter + 1 + draw.below(4)));
            if draw.chance(60) {
                body.set("place", draw.pick(PLACES));
            }
        }
        body.set("done", done);
        if draw.chance(15) {
            body.set("priority", if draw.chance(70) { "high" } else { "low" });
        }
        if draw.chance(15) {
            body.set("description", note_text(&mut draw));
        }
        let untouched = if done { draw.below(100) } else { 100 };
        self.child(Table::Activity, i, untouched, body)
    }

    pub(crate) fn note(&self, i: u64) -> SampleRecord {
        let mut draw = self.source.draw(Table::Note, i);
        let mut body = Body::new();
        body.set("body", note_text(&mut draw));
        let untouched = if draw.chance(90) { 100 } else { draw.below(100) };
        self.child(Table::Note, i, untouched, body)
    }
}
