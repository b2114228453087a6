//! The bare engine: the same rows with the same indexes in a file that is not encrypted, asked on one
//! thread by statements prepared once. Of several ways to ask, the cheapest counts.

use crate::Result;
use crate::fixture::Seen;
use kernel::{Id, RecordId, SystemRandom, UserId};
use rusqlite::{Connection, params};
use schema::fold;
use server::{Config, Layout};
use std::path::Path;
use std::sync::Arc;
use vault::RootKey;

/// What a list reads of each row.
const ROW: &str = "e.rid, e.id, e.subject, e.owner, e.team, e.parent, e.version, e.created, e.updated, \
     e.created_by, e.updated_by, e.archived, e.body";
/// Rows of a page, and one more to know whether there is another.
const PAGE: u32 = 51;
/// Processor seconds for one figure.
const BUDGET_S: f64 = 0.25;
/// Rows in one transaction of a bare import.
const CHUNK: u64 = 1_000;

/// The plain file.
pub struct Plain {
    connection: Connection,
    columns: Vec<String>,
}

/// What a list is narrowed to.
pub enum Narrow<'a> {
    /// Nothing.
    All,
    /// A town.
    City(&'a str),
    /// Words.
    Words(&'a str),
}

/// Processor time of this thread, in seconds (`/proc/thread-self/schedstat`, in nanoseconds).
fn cpu_s() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let first = stat.split(' ').next().ok_or("no schedstat")?;
    Ok(first.trim().parse::<f64>()? / 1e9)
}

/// Microseconds of processor time for one of `work`, which gets its number.
pub fn each_us(mut work: impl FnMut(u64) -> Result<()>) -> Result<f64> {
    for n in 0..3 {
        work(n)?;
    }
    let (start, mut done) = (cpu_s()?, 0);
    loop {
        for _ in 0..10 {
            work(done)?;
            done += 1;
        }
        let spent = cpu_s()? - start;
        if spent > BUDGET_S {
            return Ok(spent * 1e6 / done as f64);
        }
    }
}

/// A record and whose it is.
pub struct Owned {
    /// Id.
    pub id: RecordId,
    /// Its owner.
    pub owner: UserId,
}

/// The index of an instance that is closed.
fn index(instance: &Path) -> Result<Connection> {
    let layout = Layout::new(instance);
    let root = RootKey::from_file(&layout.root_key())?;
    let vault = server::open_vault(&layout, &Config::load(instance)?, &root, Arc::new(SystemRandom), true)?;
    let from = Connection::open(layout.index())?;
    from.execute_batch(&vault.page_key("index.db")?.pragma())?;
    from.execute_batch("PRAGMA cipher_hmac_algorithm = HMAC_SHA256;")?;
    Ok(from)
}

/// All records of an entity, of an instance that is closed.
pub fn owned(instance: &Path, entity: &str) -> Result<Vec<Owned>> {
    let from = index(instance)?;
    let mut find =
        from.prepare(&format!("SELECT id, owner FROM e_{entity} WHERE archived=0 ORDER BY rid"))?;
    let owned =
        |r: &rusqlite::Row<'_>| Ok(Owned { id: Id::from_bytes(r.get(0)?), owner: Id::from_bytes(r.get(1)?) });
    Ok(find.query_map([], owned)?.collect::<rusqlite::Result<_>>()?)
}

impl Plain {
    /// Copies the people of an instance's index, which must be closed.
    pub fn make(instance: &Path, to: &Path, cache_mib: u32) -> Result<Self> {
        let from = index(instance)?;
        from.execute("ATTACH ?1 AS plain KEY ''", [to.to_string_lossy()])?;
        let sql =
            "SELECT sql FROM sqlite_schema WHERE tbl_name IN ('e_person', 's_person') AND sql IS NOT NULL
            ORDER BY type DESC";
        let made: Vec<String> =
            from.prepare(sql)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let (tables, indexes): (Vec<_>, Vec<_>) = made.iter().partition(|sql| sql.contains(" TABLE "));
        for table in tables {
            from.execute_batch(&table.replacen(" TABLE ", " TABLE plain.", 1))?;
        }
        from.execute_batch(
            "INSERT INTO plain.e_person SELECT * FROM main.e_person;
             DELETE FROM plain.s_person_data; INSERT INTO plain.s_person_data SELECT * FROM main.s_person_data;
             DELETE FROM plain.s_person_idx; INSERT INTO plain.s_person_idx SELECT * FROM main.s_person_idx;",
        )?;
        for index in indexes {
            from.execute_batch(&index.replacen(" INDEX ", " INDEX plain.", 1))?;
        }
        drop(from);
        let connection = Connection::open(to)?;
        connection.execute_batch(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -{};",
            cache_mib << 10
        ))?;
        let sql = "SELECT name FROM pragma_table_info('e_person') WHERE name NOT IN ('rid', 'id', 'updated')";
        let columns =
            connection.prepare(sql)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Self { connection, columns })
    }

    /// A page of a list.
    pub fn list(&self, seen: &Seen, narrow: &Narrow<'_>) -> Result<f64> {
        let (mut values, mut conditions) = (Vec::new(), String::from("e.archived=0"));
        match narrow {
            Narrow::All => {}
            Narrow::City(city) => {
                values.push(fold(city));
                conditions.push_str(" AND e.f_city=?1");
            }
            Narrow::Words(words) => {
                for word in fold(words).split(' ') {
                    values.push(word.to_owned());
                    conditions.push_str(&format!(" AND instr(e.search,?{})>0", values.len()));
                }
            }
        }
        let mut best = self.rows_us(&ordered(&arms(seen, &conditions)), &values)?;
        if let Narrow::Words(words) = narrow {
            values.push(trigrams(words));
            let hits = format!(
                "SELECT e.updated AS s, e.rid AS rid FROM
                 (SELECT rowid AS hit FROM s_person WHERE s_person MATCH ?{}) AS m
                 CROSS JOIN e_person AS e ON e.rid=m.hit WHERE ({}) AND {conditions}
                 ORDER BY s DESC, rid DESC LIMIT {PAGE}",
                values.len(),
                visible(seen).join(" OR ")
            );
            best = best.min(self.rows_us(&ordered(&hits), &values)?);
        }
        Ok(best)
    }

    /// One record by its id.
    pub fn record(&self, seen: &Seen) -> Result<f64> {
        let ids: Vec<String> = seen.people.iter().map(|p| p.replace('-', "")).collect();
        let mut statement =
            self.connection.prepare(&format!("SELECT {ROW} FROM e_person AS e WHERE e.id=unhex(?1)"))?;
        each_us(|n| {
            let id = &ids[usize::try_from(n)? % ids.len()];
            statement.query_row([id], |r| r.get::<_, String>(12)).map(drop)?;
            Ok(())
        })
    }

    /// One new row, with its tokens, in a transaction of its own.
    pub fn create(&self) -> Result<f64> {
        each_us(|_| {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
            self.insert()?;
            Ok(self.connection.execute_batch("COMMIT")?)
        })
    }

    fn insert(&self) -> Result<()> {
        let columns = self.columns.join(",");
        let sql = format!(
            "INSERT INTO e_person (id, updated, {columns}) SELECT randomblob(16), updated+1, {columns}
             FROM e_person WHERE rid=(SELECT max(rid) FROM e_person) RETURNING rid, search"
        );
        let (rid, search): (i64, String) =
            self.connection.prepare_cached(&sql)?.query_row([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let sql = "INSERT INTO s_person (rowid, t) VALUES (?1, ?2)";
        self.connection.prepare_cached(sql)?.execute(params![rid, trigrams_of_text(&search)])?;
        Ok(())
    }

    /// One changed row, in a transaction of its own.
    pub fn update(&self) -> Result<f64> {
        let sql = "UPDATE e_person SET version=version+1, updated=updated+1, f_city=?1
            WHERE rid=(SELECT max(rid) FROM e_person)";
        each_us(|n| {
            self.connection.prepare_cached(sql)?.execute([n.to_string()])?;
            Ok(())
        })
    }

    /// Rows a second of processor time, in transactions of many.
    pub fn import(&self, rows: u64) -> Result<f64> {
        let start = cpu_s()?;
        for _ in 0..rows.div_ceil(CHUNK) {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
            for _ in 0..CHUNK {
                self.insert()?;
            }
            self.connection.execute_batch("COMMIT")?;
        }
        Ok((rows.div_ceil(CHUNK) * CHUNK) as f64 / (cpu_s()? - start))
    }

    fn rows_us(&self, sql: &str, values: &[String]) -> Result<f64> {
        let mut statement = self.connection.prepare(sql)?;
        each_us(|_| {
            let mut rows = statement.query(rusqlite::params_from_iter(values))?;
            let mut bytes = 0;
            while let Some(row) = rows.next()? {
                for column in 0..12 {
                    std::hint::black_box(row.get_ref(column)?);
                }
                bytes += row.get::<_, String>(12)?.len();
            }
            std::hint::black_box(bytes);
            Ok(())
        })
    }
}

fn visible(seen: &Seen) -> Vec<String> {
    if seen.name == "management" {
        return vec!["e.p_entity=0".to_owned()];
    }
    let blob = |id: &str| format!("x'{}'", id.replace('-', ""));
    let arm = |column: &str, id: &str| format!("e.p_entity=0 AND e.{column}={}", blob(id));
    vec![arm("owner", &seen.user), arm("team", &seen.team)]
}

/// The latest rows of each way to be visible, and of these the latest.
fn arms(seen: &Seen, conditions: &str) -> String {
    let ways = visible(seen);
    let indexes: &[&str] = if ways.len() == 1 { &["all"] } else { &["own", "team"] };
    let arms: Vec<String> = ways
        .iter()
        .zip(indexes)
        .map(|(way, index)| {
            format!(
                "SELECT * FROM (SELECT e.updated AS s, e.rid AS rid FROM e_person AS e INDEXED BY e_person_{index}
                 WHERE {way} AND {conditions} ORDER BY e.updated DESC, e.rid DESC LIMIT {PAGE})"
            )
        })
        .collect();
    format!("{} ORDER BY s DESC, rid DESC LIMIT {PAGE}", arms.join(" UNION "))
}

fn ordered(inner: &str) -> String {
    format!(
        "SELECT {ROW}, u.s FROM ({inner}) AS u CROSS JOIN e_person AS e ON e.rid=u.rid
         ORDER BY u.s DESC, u.rid DESC"
    )
}

/// Three characters in a row, as a match expression.
fn trigrams(words: &str) -> String {
    let folded = fold(words);
    let all: Vec<String> = folded
        .split(' ')
        .flat_map(|word| {
            let chars: Vec<char> = word.chars().collect();
            chars.windows(3).map(|w| format!("\"{}\"", w.iter().collect::<String>())).collect::<Vec<_>>()
        })
        .collect();
    all.join(" AND ")
}

/// Three characters in a row, as tokens.
fn trigrams_of_text(search: &str) -> String {
    let mut all: Vec<String> = search
        .split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| {
            let chars: Vec<char> = word.chars().collect();
            chars.windows(3).map(|w| w.iter().collect::<String>()).collect::<Vec<_>>()
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all.join(" ")
}
