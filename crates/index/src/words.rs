//! The words of a search, held against the lines that the caller may read on each row.

use crate::arms::{Sql, reads};
use crate::plan::Scope;
use crate::terms::{Term, Terms};
use access::{Predicate, Within};

impl Scope<'_> {
    /// The condition that all words occur in what the caller may read; `None` if nothing can match.
    pub fn verify(&self, sql: &mut Sql, terms: &Terms) -> Option<String> {
        let table = self.table;
        // Marks of the lines that may be read, by the records on which they may.
        let mut lines: Vec<(Within, String)> = Vec::new();
        for col in table.cols.iter().filter(|c| c.is_searched()) {
            let within = self.permit.reads(&col.field.name);
            match lines.iter_mut().find(|(known, _)| *known == within) {
                Some((_, tags)) => tags.push(col.tag),
                None => lines.push((within, col.tag.to_string())),
            }
        }
        lines.retain(
            |(within, _)| !matches!(within, Within::Each(all) if all.iter().any(Predicate::is_nothing)),
        );
        let hidden = table.cols.iter().filter(|c| c.is_searched()).count()
            > lines.iter().map(|(_, tags)| tags.chars().count()).sum();
        if terms.is_empty() || lines.is_empty() {
            return None;
        }
        let everywhere = matches!(&lines[..], [(Within::All, _)]) && !hidden;
        let allowed = (!everywhere).then(|| {
            let of = |(within, tags): &(Within, String)| {
                let tags = sql.bind(tags.clone());
                match reads(sql, table, within, "e") {
                    None => tags,
                    Some(condition) => format!("CASE WHEN {condition} THEN {tags} ELSE '' END"),
                }
            };
            format!("({})", lines.iter().map(of).collect::<Vec<_>>().join("||"))
        });
        let occurs = |text: &str, mark: String| match &allowed {
            Some(tags) => format!("line_contains({text},{tags},{mark})"),
            None => format!("instr({text},{mark})>0"),
        };
        let mut term = |t: &Term| {
            let short = occurs("e.search", sql.bind(t.fragment()));
            if !table.has_long {
                return short;
            }
            let long: Vec<String> = t.prefixes().map(|p| occurs("l.words", sql.bind(p))).collect();
            format!(
                "({short} OR EXISTS (SELECT 1 FROM {} AS l WHERE l.rid=e.rid AND {}))",
                table.words,
                long.join(" AND ")
            )
        };
        let mut ways = Vec::new();
        for way in terms {
            ways.push(way.iter().map(&mut term).collect::<Vec<_>>().join(" AND "));
        }
        Some(format!("({})", ways.join(" OR ")))
    }
}
