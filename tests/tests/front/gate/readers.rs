//! Every way to the data, and what comes out of it held against the reference.

use super::reference::{READS, Record, User};
use super::stage::{ENTITIES, LONG, Stage, wordy};
use crate::front::help::{Made, api, ask, ids, list};
use crate::front::jobs::ended;
use crate::front::stream::Stream;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use testkit::{Answer, Client};

/// One user at one moment.
pub struct Asker<'a> {
    pub stage: &'a Stage,
    pub user: &'a User,
    pub client: &'a Client,
    /// Keeps one question in so many for the routes that are asked record by record.
    pub turn: usize,
}

/// Words of records in a text.
fn words_in(text: &str) -> BTreeSet<String> {
    let bytes = text.as_bytes();
    let word = |at: usize| {
        let part = bytes.get(at..at + 5)?;
        let is = part[..2] == *b"qz" && part[2].is_ascii_digit() && part[3].is_ascii_digit();
        (is && part[4].is_ascii_lowercase()).then(|| String::from_utf8_lossy(part).into_owned())
    };
    (0..bytes.len()).filter_map(word).collect()
}

impl Asker<'_> {
    fn records<'a>(&'a self, entity: &'a str) -> impl Iterator<Item = &'a Record> {
        self.stage.model.records.iter().filter(move |r| r.entity == entity)
    }

    fn sees(&self, record: &Record) -> bool {
        self.stage.model.sees(self.user, record, "read")
    }

    fn reads(&self, record: &Record, field: &str) -> bool {
        self.stage.model.reads(self.user, record, field)
    }

    pub fn is_guest(&self) -> bool {
        self.user.partner.is_some()
    }

    pub fn is_token(&self) -> bool {
        self.user.limits.is_some()
    }

    fn visible(&self, entity: &str) -> BTreeSet<String> {
        self.records(entity).filter(|r| self.sees(r)).map(|r| r.id.clone()).collect()
    }

    /// Nothing in an answer that its reader may not see.
    pub fn leaks_nothing(&self, answer: &Answer, what: &str) {
        self.allows(&answer.text, "read", what);
    }

    fn allows(&self, text: &str, action: &str, what: &str) {
        let mut allowed = self.stage.model.words(self.user, action);
        // A deal in a file names its company as the deal's page does: by what is read.
        let named =
            self.records("company").filter(|r| self.reads(r, "name")).map(|r| r.words["name"].clone());
        allowed.extend(named);
        let found = words_in(text);
        let leaked: Vec<_> = found.difference(&allowed).collect();
        assert!(leaked.is_empty(), "{} {what} shows {leaked:?}: {text}", self.user.login);
    }

    /// All words of these records that are to be seen, but for these fields.
    fn wanted<'a>(
        &self,
        records: impl Iterator<Item = &'a Record>,
        action: &str,
        but: &[&str],
    ) -> BTreeSet<String> {
        let level = |r: &Record, f: &str| self.stage.model.level(self.user, r, action, f);
        let of = |r: &'a Record| {
            let seen = r.words.iter().filter(|(f, _)| !but.contains(*f) && level(r, f) >= READS);
            seen.map(|(_, word)| word.clone()).collect::<Vec<_>>()
        };
        records.flat_map(of).collect()
    }

    fn shows(&self, text: &str, wanted: &BTreeSet<String>, what: &str) {
        let found = words_in(text);
        let missing: Vec<_> = wanted.difference(&found).collect();
        assert!(missing.is_empty(), "{} {what} lacks {missing:?}: {text}", self.user.login);
    }

    /// Whether lists are asked with a body this time, or with parameters.
    const fn by_body(&self) -> bool {
        self.turn / 2 % 2 == 1
    }

    /// A page, unless the reference lets nothing of the kind be seen.
    async fn page(&self, (entity, plural): (&str, &str), with: &[(&str, &str)]) -> Option<Value> {
        let mut all = vec![("limit", "200")];
        all.extend(with);
        let answer = if self.by_body() {
            ask(self.client, plural, &all).await
        } else {
            list(self.client, plural, &all).await
        };
        self.leaks_nothing(&answer, &format!("{plural} {with:?}"));
        match answer.status.as_u16() {
            200 => Some(answer.json()),
            403 | 404 | 422 => {
                let refused = answer.status.as_u16();
                assert!(refused == 422 || self.visible(entity).is_empty(), "{plural}: {}", answer.text);
                None
            }
            other => panic!("{other}: {}", answer.text),
        }
    }

    pub async fn lists(&self) {
        for (entity, plural) in ENTITIES {
            let who = &self.user.login;
            let visible = self.visible(entity);
            let Some(page) = self.page((entity, plural), &[("count", "true")]).await else { continue };
            let found: BTreeSet<String> = ids(&page).into_iter().collect();
            assert_eq!(found, visible, "{who} {plural}");
            assert_eq!(page["count"], visible.len(), "{who} {plural}");
            self.shows(&page.to_string(), &self.wanted(self.records(entity), "read", &LONG), plural);
            let beside = [("refs", "true"), ("next_activity", "true")];
            let _ = self.page((entity, plural), &beside[..usize::from(!self.is_guest())]).await;
            let asked = wordy(entity).iter().filter(|f| !LONG.contains(f)).enumerate();
            for (_, field) in asked.filter(|(n, _)| n % 2 == self.turn % 2) {
                self.filtered((entity, plural), field).await;
                self.sorted((entity, plural), field).await;
                if let Some(page) = self.page((entity, plural), &[("fields", field)]).await {
                    let but: Vec<&str> = wordy(entity).iter().copied().filter(|f| f != field).collect();
                    self.shows(&page.to_string(), &self.wanted(self.records(entity), "read", &but), field);
                }
            }
            if entity == "note" {
                self.related().await;
            }
        }
    }

    /// What is asked about by a field is found on those records alone on which it is read.
    async fn filtered(&self, kind: (&str, &str), field: &str) {
        let all: Vec<&Record> = self.records(kind.0).collect();
        let record = all[self.turn % all.len()];
        let value = match field {
            "email" => format!("{}@proba.example", record.words[field]),
            _ => record.words[field].clone(),
        };
        let answer = self.page(kind, &[("filter", &format!("{field}:eq:{value}"))]).await;
        let reads = self.reads(record, field);
        match answer {
            Some(page) => {
                let expected: Vec<&str> = if reads { vec![&record.id] } else { vec![] };
                assert_eq!(ids(&page), expected, "{} {field} of {record:?}", self.user.login);
            }
            None => assert!(!reads, "{} {field} of {record:?}", self.user.login),
        }
        let without = self.page(kind, &[("filter", &format!("{field}:filled"))]).await;
        let expected: BTreeSet<&str> =
            self.records(kind.0).filter(|r| self.reads(r, field)).map(|r| r.id.as_str()).collect();
        let found = without.map(|page| ids(&page)).unwrap_or_default();
        assert_eq!(
            found.iter().map(String::as_str).collect::<BTreeSet<_>>(),
            expected,
            "{} {kind:?} {field}:filled",
            self.user.login
        );
    }

    /// By a field, those records alone are put in order on which it is read: a place in the order is worth a value.
    async fn sorted(&self, kind: (&str, &str), field: &str) {
        let mut readable: Vec<&Record> = self.records(kind.0).filter(|r| self.reads(r, field)).collect();
        readable.sort_by_key(|r| &r.words[field]);
        let expected: Vec<&str> = readable.iter().map(|r| r.id.as_str()).collect();
        let found = self.page(kind, &[("sort", field)]).await.map(|page| ids(&page)).unwrap_or_default();
        assert_eq!(found, expected, "{} {kind:?} by {field}", self.user.login);
    }

    /// Of what hangs on a record, what is seen; on one that is not seen, or is not there, nothing.
    async fn related(&self) {
        let model = &self.stage.model;
        let parents = model.records.iter().enumerate().filter(|(_, r)| r.entity != "note");
        for (n, above) in parents.filter(|(n, _)| n % 3 == self.turn % 3) {
            let Some(page) = self.page(("note", "notes"), &[("parent", &above.id)]).await else { continue };
            let notes = self.records("note").filter(|r| r.parent == Some(n) && self.sees(r));
            let expected: BTreeSet<String> = notes.map(|r| r.id.clone()).collect();
            assert_eq!(ids(&page).into_iter().collect::<BTreeSet<_>>(), expected, "{}", self.user.login);
        }
    }

    /// One record: it is there if it is seen, and shows what is to be read.
    pub async fn one_by_one(&self) {
        for (n, record) in self.stage.model.records.iter().enumerate().filter(|(n, _)| n % 2 == self.turn % 2)
        {
            let at = api(&format!("{}/{}", record.plural, record.id));
            let answer = self.client.get(&at).await;
            let what = format!("{} {} {record:?}", self.user.login, record.plural);
            assert_eq!(answer.status.as_u16(), if self.sees(record) { 200 } else { 404 }, "{what}");
            self.leaks_nothing(&answer, &what);
            self.shows(&answer.text, &self.wanted([record].into_iter(), "read", &[]), &what);
            if n % 9 == self.turn % 9 {
                self.behind(record, &at).await;
                self.changed(record, &at).await;
            }
        }
    }

    /// What lies behind a record's address.
    async fn behind(&self, record: &Record, at: &str) {
        for path in ["changes", "events", "grants", "grantable-roles", "access"] {
            let answer = self.client.get(&format!("{at}/{path}")).await;
            self.leaks_nothing(&answer, path);
            let seen = self.sees(record) && !self.is_guest();
            let status = answer.status.as_u16();
            assert_eq!(status == 404, !seen, "{} {path}: {}", self.user.login, answer.text);
            if path == "access" && status == 200 {
                let page = answer.json();
                let told: BTreeSet<&str> = page["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|i| i["user"]["id"].as_str().unwrap())
                    .collect();
                for user in self.stage.model.users.iter().filter(|u| u.limits.is_none()) {
                    let sees = self.stage.model.sees(user, record, "read");
                    assert_eq!(told.contains(user.id.as_str()), sees, "{} {record:?}", user.login);
                }
            }
        }
        let asked = format!("explain?entity={}&record={}&action=read", record.entity, record.id);
        let answer = self.client.get(&api(&asked)).await;
        self.leaks_nothing(&answer, "explain");
        if answer.status.as_u16() == 200 {
            assert_eq!(answer.json()["allow"], true);
        }
        let answer = self.client.get(&api(&format!("subjects/{}/events", record.id))).await;
        self.leaks_nothing(&answer, "subjects");
    }

    /// A change of the record as it is at that moment: others change it meanwhile.
    async fn change(&self, at: &str, body: &Value) -> Answer {
        for _ in 0..20 {
            let version = self.client.get(at).await.json()["version"].as_u64().unwrap_or(1);
            let answer = self.client.patch(at, version, body).await;
            if answer.status.as_u16() != 412 {
                return answer;
            }
        }
        panic!("{at} changes all the time");
    }

    /// A change answers with the record as it is seen. What is not to be seen is not to be written: it is as a field
    /// that does not exist.
    async fn changed(&self, record: &Record, at: &str) {
        let answer = self.change(at, &json!({ "fields": {} })).await;
        self.leaks_nothing(&answer, "a change");
        assert_eq!(answer.status.as_u16() == 404, !self.sees(record) || self.is_guest(), "{}", answer.text);
        let hidden = |field: &&&str| self.sees(record) && !self.reads(record, field);
        for field in wordy(record.entity).iter().filter(hidden) {
            let answer = self.change(at, &json!({ "fields": { *field: "podrzucone" } })).await;
            let refused = matches!(answer.status.as_u16(), 403 | 404 | 422);
            assert!(refused, "{} {field} {}", self.user.login, answer.text);
        }
    }

    async fn total(&self, plural: &str, with: &[(&str, &str)]) -> Answer {
        let at = format!("{plural}/totals");
        if !self.by_body() {
            return list(self.client, &at, with).await;
        }
        let body: BTreeMap<_, _> = with.iter().copied().collect();
        self.client.post(&api(&at), &json!(body)).await
    }

    pub async fn totals(&self) {
        for (entity, plural) in ENTITIES {
            let answer = self.total(plural, &[("group", "owner")]).await;
            if answer.status.as_u16() != 200 {
                assert!(self.visible(entity).is_empty() || self.is_guest(), "{plural}: {}", answer.text);
                continue;
            }
            let mut expected: BTreeMap<String, u64> = BTreeMap::new();
            for record in self.records(entity).filter(|r| self.sees(r)) {
                *expected.entry(record.owner.clone()).or_default() += 1;
            }
            assert_eq!(by_group(&answer, |t| t["count"].as_u64().unwrap()), expected, "{plural}");
        }
        let answer = self.total("deals", &[("group", "owner"), ("sum", "value")]).await;
        let readable: Vec<&Record> = self.records("deal").filter(|r| self.reads(r, "value")).collect();
        if answer.status.as_u16() != 200 {
            return assert!(readable.is_empty() || self.is_guest(), "{}", answer.text);
        }
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for record in readable {
            *expected.entry(record.owner.clone()).or_default() += u64::try_from(record.value).unwrap();
        }
        let mut found = by_group(&answer, |t| t["sum"].as_str().unwrap_or("0").parse().unwrap());
        found.retain(|_, sum| *sum > 0);
        assert_eq!(found, expected, "{}", self.user.login);
    }

    /// What is typed is found where it may be read, by whichever way.
    pub async fn searches(&self) {
        for (n, record) in self.stage.model.records.iter().enumerate() {
            let field = match record.entity {
                "person" => "email",
                "note" => "body",
                _ => "name",
            };
            if n % 4 != self.turn % 4 {
                continue;
            }
            let word = &record.words[field];
            let reads = self.reads(record, field);
            let answer = if self.by_body() {
                self.client.post(&api("search"), &json!({ "q": word })).await
            } else {
                self.client.get(&api(&format!("search?q={word}"))).await
            };
            let found = answer.status.as_u16() == 200 && answer.text.contains(&record.id);
            assert_eq!(found, reads && !self.is_guest(), "{} {word} {record:?}", self.user.login);
            self.leaks_nothing(&answer, "search");
            let page = self.page((record.entity, record.plural), &[("q", word)]).await;
            let found = page.map(|page| ids(&page)).unwrap_or_default();
            assert_eq!(found.contains(&record.id), reads, "{} q={word} {record:?}", self.user.login);
            if record.entity == "person" {
                let email = format!("{word}@proba.example");
                let body = json!({ "fields": { "email": email } });
                let answer = self.client.post(&api("people/duplicates"), &body).await;
                self.leaks_nothing(&answer, "duplicates");
                let found = answer.text.contains(&record.id);
                assert_eq!(found, reads && !self.is_guest(), "{} duplicates {email}", self.user.login);
            }
        }
    }

    /// Files, made at once and by a job.
    pub async fn exports(&self) {
        for (n, (entity, plural)) in ENTITIES.iter().enumerate() {
            let sees = |r: &&Record| self.stage.model.sees(self.user, r, "export");
            let visible: BTreeSet<&str> = self.records(entity).filter(sees).map(|r| r.id.as_str()).collect();
            let wanted = self.wanted(self.records(entity), "export", &[]);
            let mut files = Vec::new();
            let now = self.client.get(&api(&format!("{plural}/export"))).await;
            match now.status.as_u16() {
                200 => files.push(now.text),
                _ => assert!(visible.is_empty() || self.is_token(), "{plural}: {}", now.text),
            }
            if n == self.turn % 4 && !self.is_guest() {
                let body = json!({ "format": "csv" });
                let job = self.client.post(&api(&format!("{plural}/export")), &body).await;
                if job.status.as_u16() == 202 {
                    let job = ended(self.client, &job.json()).await;
                    assert_eq!(job["result"]["records"], visible.len(), "{job}");
                    let file = api(&format!("jobs/{}/file", job["id"].as_str().unwrap()));
                    files.push(self.client.get(&file).await.expect(200).text);
                } else {
                    assert!(visible.is_empty() || self.is_token(), "{plural}: {}", job.text);
                }
            }
            for file in files {
                self.allows(&file, "export", plural);
                self.shows(&file, &wanted, plural);
                for record in self.records(entity) {
                    let there = file.contains(&record.id);
                    assert_eq!(there, visible.contains(record.id.as_str()), "{} {record:?}", self.user.login);
                }
            }
        }
    }

    /// A file that is held against what is there finds only what its user may find.
    pub async fn imports(&self) {
        let people: Vec<&Record> = self.records("person").collect();
        let record = people[self.turn % people.len()];
        let email = format!("{}@proba.example", record.words["email"]);
        let file = format!("last_name;email\nNowa;{email}\n");
        let at = api("imports/people?dry_run=true&on_duplicate=update");
        let answer =
            self.client.send(self.client.request(reqwest::Method::POST, &at).body(file.clone())).await;
        self.leaks_nothing(&answer, "import");
        if answer.status.as_u16() == 200 {
            let told = answer.text.contains(&record.id) || answer.json()["updated"] == 1;
            assert!(!told || self.reads(record, "email"), "{}: {}", self.user.login, answer.text);
        }
        // One that is kept: nothing comes of it where its only row is there already.
        let known = people.iter().find(|r| self.reads(r, "email")).filter(|_| !self.is_token());
        if let Some(known) = known {
            let file = format!("last_name;email\nNowa;{}@proba.example\n", known.words["email"]);
            let at = api("imports/people?on_duplicate=skip");
            let answer = self.client.send(self.client.request(reqwest::Method::POST, &at).body(file)).await;
            self.leaks_nothing(&answer, "import");
            let made = answer.status.as_u16() == 200 && answer.json()["made"] != 0;
            assert!(!made, "{}: {}", self.user.login, answer.text);
        }
    }

    /// What is watched is gone at once, if it is not to be seen.
    pub async fn stream(&self) {
        if self.is_guest() || self.is_token() {
            let answer = self.client.get(&api("stream")).await;
            return assert!(matches!(answer.status.as_u16(), 403 | 404), "{}", answer.text);
        }
        let watched: Vec<Made> = self
            .records("person")
            .map(|r| Made { id: r.id.clone(), at: String::new(), view: Value::Null })
            .collect();
        let mut stream = Stream::open(self.client, &watched.iter().collect::<Vec<_>>()).await;
        let all: BTreeSet<String> = watched.into_iter().map(|m| m.id).collect();
        let expected: BTreeSet<String> = all.difference(&self.visible("person")).cloned().collect();
        let mut gone = BTreeSet::new();
        // What must be told is waited for, and then what must not be.
        let patience = |told: usize| if told < expected.len() { 15_000 } else { 300 };
        while let Ok(Some((name, data))) =
            tokio::time::timeout(Duration::from_millis(patience(gone.len())), stream.next()).await
        {
            if name == "gone" {
                gone.insert(data["id"].as_str().unwrap().to_owned());
            }
        }
        assert_eq!(gone, expected, "{}", self.user.login);
    }

    /// Numbers of what one sees.
    pub async fn view(&self) {
        let answer = self.client.get(&api(&format!("users/{}/view", self.user.id))).await;
        self.leaks_nothing(&answer, "view");
        if self.is_guest() || self.is_token() {
            return assert!(matches!(answer.status.as_u16(), 403 | 404), "{}", answer.text);
        }
        let view = answer.expect(200).json();
        for (entity, _) in ENTITIES {
            let shown = view["entities"].as_array().unwrap().iter().find(|e| e["entity"] == entity).unwrap();
            let seen = self.visible(entity).len();
            assert_eq!(shown["count"].as_u64().unwrap_or_default() as usize, seen, "{}", self.user.login);
        }
    }
}

fn by_group(answer: &Answer, value: impl Fn(&Value) -> u64) -> BTreeMap<String, u64> {
    let page = answer.json();
    let items = page["items"].as_array().unwrap_or_else(|| panic!("{page}"));
    let group = |t: &Value| t["group"].as_str().unwrap_or_default().to_owned();
    items.iter().map(|t| (group(t), value(t))).collect()
}
