//! Teams and users of the invented organisation.

use crate::words::names;
use crate::{Draw, Sizes, Source, Table, text};
use kernel::Lang;

/// A team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Team {
    /// Name.
    pub name: String,
    /// Index of the team it belongs to; always a lower one.
    pub parent: Option<usize>,
    /// Index of the user who leads it.
    pub lead: Option<usize>,
}

/// A user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    /// Log-in name, ASCII.
    pub login: String,
    /// First name and surname.
    pub name: String,
    /// Address at a reserved domain.
    pub email: String,
    /// Index of the team.
    pub team: usize,
    /// Built-in roles.
    pub roles: Vec<&'static str>,
    /// Language of the interface.
    pub lang: Lang,
}

/// Users, teams, and who owns records.
pub struct Organisation {
    pub teams: Vec<Team>,
    pub users: Vec<User>,
    /// Sellers among whom records are spread evenly.
    even: Vec<usize>,
    /// The same by team.
    mates: Vec<Vec<usize>>,
    pub few: Option<usize>,
    pub many: Option<usize>,
}

/// Log-in, name, team, role, leads the team.
const NAMED: [(&str, &str, usize, &str, bool); 15] = [
    ("anna.kowalska", "Anna Kowalska", 1, "seller", true),
    ("piotr.zielinski", "Piotr Zieliński", 1, "seller", false),
    ("magdalena.wojcik", "Magdalena Wójcik", 1, "seller", false),
    ("tomasz.lewandowski", "Tomasz Lewandowski", 2, "seller", true),
    ("katarzyna.kaczmarek", "Katarzyna Kaczmarek", 2, "seller", false),
    ("pawel.zak", "Paweł Żak", 2, "seller", false),
    ("joanna.krawczyk", "Joanna Krawczyk", 3, "seller", true),
    ("michal.grabowski", "Michał Grabowski", 3, "seller", false),
    ("ewa.swiatek", "Ewa Świątek", 3, "seller", false),
    ("barbara.dabrowska", "Barbara Dąbrowska", 0, "management", true),
    ("krzysztof.wisniewski", "Krzysztof Wiśniewski", 5, "management", true),
    ("marta.nowak", "Marta Nowak", 4, "marketing", true),
    ("zofia.jablonska", "Zofia Jabłońska", 6, "dpo", true),
    ("robert.szymanski", "Robert Szymański", 7, "administrator", true),
    ("danuta.krol", "Danuta Król", 7, "auditor", false),
];

const REGIONS: [&str; 5] = ["Północ", "Południe", "Wschód", "Zachód", "Centrum"];
const STAFF: [(&str, &str); 5] = [
    ("management", "Zarząd"),
    ("marketing", "Marketing"),
    ("dpo", "Ochrona danych"),
    ("administrator", "Administracja"),
    ("auditor", "Audyt"),
];

impl Organisation {
    pub fn new(source: &Source, sizes: &Sizes) -> Self {
        let (teams, users) = if sizes.teams <= 3 { named() } else { numbered(source, sizes) };
        let sellers: Vec<usize> = (0..users.len()).filter(|&u| users[u].roles.contains(&"seller")).collect();
        let uneven = sizes.teams > 3 && sellers.len() >= 10;
        let few = uneven.then(|| sellers[0]);
        let many = uneven.then(|| sellers[1]);
        let even: Vec<usize> = sellers.into_iter().filter(|u| Some(*u) != few && Some(*u) != many).collect();
        let mut mates = vec![Vec::new(); teams.len()];
        for &u in &even {
            mates[users[u].team].push(u);
        }
        Self { teams, users, even, mates, few, many }
    }

    /// Who owns record `i` of `n`. The seller with few records gets `share` of them, evenly spread.
    pub fn owner(&self, source: &Source, table: Table, i: u64, n: u64, share: u64) -> usize {
        let step = (n / share.max(1)).max(2);
        if let Some(few) = self.few
            && i % step == step / 2
            && i / step < share
        {
            return few;
        }
        let at = source.below(table, i, OWNER, 100);
        match self.many {
            Some(many) if at < 8 => many,
            _ => pick(&self.even, source.mix(table, i, OWNER + 1)),
        }
    }

    /// `owner`, or now and then somebody else of the same team.
    pub fn colleague(&self, source: &Source, table: Table, i: u64, owner: usize) -> usize {
        let mates = &self.mates[self.users[owner].team];
        if Some(owner) == self.few || mates.is_empty() || source.below(table, i, COLLEAGUE, 100) >= 8 {
            return owner;
        }
        pick(mates, source.mix(table, i, COLLEAGUE + 1))
    }
}

const OWNER: u64 = 16;
const COLLEAGUE: u64 = 18;

fn pick(list: &[usize], bits: u64) -> usize {
    let n = u64::try_from(list.len()).unwrap_or(1).max(1);
    usize::try_from(bits % n).ok().and_then(|i| list.get(i)).copied().unwrap_or_default()
}

fn team(name: &str, parent: Option<usize>) -> Team {
    Team { name: name.to_owned(), parent, lead: None }
}

fn named() -> (Vec<Team>, Vec<User>) {
    let mut teams = vec![
        team("Sprzedaż", None),
        team("Zespół Północ", Some(0)),
        team("Zespół Południe", Some(0)),
        team("Zespół Zachód", Some(0)),
        team("Marketing", None),
        team("Zarząd", None),
        team("Ochrona danych", None),
        team("Administracja", None),
    ];
    let users = NAMED.iter().enumerate().map(|(u, &(login, name, t, role, leads))| {
        if leads {
            teams[t].lead = Some(u);
        }
        User {
            login: login.to_owned(),
            name: name.to_owned(),
            email: format!("{login}@klucznik.example"),
            team: t,
            roles: vec![role],
            // One reads English, so that both languages are seen.
            lang: if login == "michal.grabowski" { Lang::En } else { Lang::Pl },
        }
    });
    let users = users.collect();
    (teams, users)
}

fn numbered(source: &Source, sizes: &Sizes) -> (Vec<Team>, Vec<User>) {
    let mut teams = vec![team("Sprzedaż", None)];
    teams.extend(REGIONS.iter().map(|r| team(&format!("Region {r}"), Some(0))));
    let first = teams.len();
    teams
        .extend((0..sizes.teams).map(|t| team(&format!("Zespół {:02}", t + 1), Some(1 + t % REGIONS.len()))));
    let staff = teams.len();
    teams.extend(STAFF.iter().map(|(_, name)| team(name, None)));
    let sellers = sizes.users.saturating_sub(STAFF.len()).max(sizes.teams);
    let mut users = Vec::with_capacity(sellers + STAFF.len());
    for s in 0..sellers {
        let t = first + s % sizes.teams;
        teams[t].lead.get_or_insert(s);
        users.push(user(source, s, format!("seller{:03}", s + 1), t, "seller"));
    }
    for (k, (role, _)) in STAFF.iter().enumerate() {
        teams[staff + k].lead = Some(users.len());
        users.push(user(source, users.len(), (*role).to_owned(), staff + k, role));
    }
    (teams, users)
}

fn user(source: &Source, n: usize, login: String, team: usize, role: &'static str) -> User {
    let mut draw: Draw = source.draw(Table::User, n as u64);
    let woman = draw.chance(50);
    let first = draw.pick(if woman { names::WOMEN } else { names::MEN });
    let surname = draw.pick(names::SURNAMES);
    let surname = if woman { text::feminine(surname) } else { surname.to_owned() };
    let email = format!("{login}@klucznik.example");
    let lang = if n % 10 == 9 { Lang::En } else { Lang::Pl };
    User { login, name: format!("{first} {surname}"), email, team, roles: vec![role], lang }
}
