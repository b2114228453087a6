//! The roles that come with Klucznik.

use crate::{Action, EntityRights, Level, Role, Scope, Thing, Verb};
use kernel::{RoleId, Text};
use std::collections::BTreeMap;

/// Ids of the built-in roles: the same in every instance, so that a policy can name them.
pub mod role_ids {
    use kernel::RoleId;

    /// A UUID version 8 (RFC 9562 §5.8): `klucznik` in two halves, a number.
    const fn id(number: u8) -> RoleId {
        RoleId::from_bytes([
            b'k', b'l', b'u', b'c', 0, 0, 0x80, 0, 0x80, 0, b'z', b'n', b'i', b'k', 0, number,
        ])
    }

    /// Seller.
    pub const SELLER: RoleId = id(1);
    /// Head of a team of sellers.
    pub const TEAM_LEAD: RoleId = id(2);
    /// Marketing.
    pub const MARKETING: RoleId = id(3);
    /// Management.
    pub const MANAGEMENT: RoleId = id(4);
    /// Data-protection officer.
    pub const DPO: RoleId = id(5);
    /// Administrator.
    pub const ADMINISTRATOR: RoleId = id(6);
    /// Auditor.
    pub const AUDITOR: RoleId = id(7);
    /// Sees a record that is shared.
    pub const VIEWER: RoleId = id(8);
    /// Works on a record that is shared.
    pub const CONTRIBUTOR: RoleId = id(9);
}

/// Whom data are about.
const PARTIES: [&str; 3] = ["person", "company", "lead"];
/// What hangs on others.
const CHILDREN: [&str; 2] = ["activity", "note"];
/// What marketing may change of a party: where it came from and how it is grouped.
const MARKETING_FIELDS: [&str; 3] = ["tags", "source", "language"];
/// What no campaign needs. In a description sellers write what was offered.
const NOT_FOR_MARKETING: [&str; 2] = ["description", "birthday"];

/// The built-in roles. Entities that a role does not name are not allowed to it at all.
#[must_use]
pub fn builtin_roles() -> Vec<Role> {
    vec![
        seller(),
        team_lead(),
        marketing(),
        management(),
        dpo(),
        with_things(
            role(role_ids::ADMINISTRATOR, "administrator", Text::of("Administrator", "Administrator")),
            &[
                (Thing::Users, Verb::Manage),
                (Thing::Teams, Verb::Manage),
                (Thing::Roles, Verb::Manage),
                (Thing::Fields, Verb::Manage),
                (Thing::Keys, Verb::Manage),
                (Thing::Sessions, Verb::Manage),
                (Thing::System, Verb::Manage),
                // Nobody writes the ledger; to manage it means nothing.
                (Thing::Ledger, Verb::Read),
            ],
        ),
        with_things(
            role(role_ids::AUDITOR, "auditor", Text::of("Audytor", "Auditor")),
            &[(Thing::Ledger, Verb::Read)],
        ),
        viewer(),
        contributor(),
    ]
}

fn role(id: RoleId, name: &str, label: Text) -> Role {
    Role {
        id,
        name: name.to_owned(),
        label,
        built_in: true,
        entities: BTreeMap::new(),
        denials: BTreeMap::new(),
        things: BTreeMap::new(),
    }
}

fn with_things(mut role: Role, things: &[(Thing, Verb)]) -> Role {
    role.things.extend(things.iter().copied());
    role
}

fn rights(level: Level, scope: Scope, actions: &[Action]) -> EntityRights {
    EntityRights { scopes: actions.iter().map(|a| (*a, scope)).collect(), level, ..EntityRights::default() }
}

/// What both sellers and heads of teams do, within `scope`.
fn selling(role: &mut Role, scope: Scope, more: &[Action]) {
    let daily = [Action::Read, Action::Create, Action::Update, Action::Delete];
    let actions = |extra: &[Action]| [&daily[..], extra].concat();
    let importing = [&[Action::Import], more].concat();
    for entity in PARTIES.into_iter().chain(["deal"]) {
        let special = Some(Level::Masked);
        role.entities.insert(
            entity.into(),
            EntityRights { special, ..rights(Level::Write, scope, &actions(&importing)) },
        );
    }
    for entity in CHILDREN {
        let special = Some(Level::Masked);
        role.entities
            .insert(entity.into(), EntityRights { special, ..rights(Level::Write, scope, &actions(more)) });
    }
}

fn seller() -> Role {
    let mut role = role(role_ids::SELLER, "seller", Text::of("Handlowiec", "Seller"));
    selling(&mut role, Scope::Team, &[]);
    // What belongs to others of the team, they share themselves, or who leads it.
    for rights in role.entities.values_mut() {
        rights.scopes.insert(Action::Share, Scope::Own);
    }
    role
}

fn team_lead() -> Role {
    let mut role = role(role_ids::TEAM_LEAD, "team_lead", Text::of("Kierownik zespołu", "Team lead"));
    selling(&mut role, Scope::Below, &[Action::Export, Action::Share]);
    for entity in PARTIES {
        if let Some(rights) = role.entities.get_mut(entity) {
            rights.scopes.insert(Action::Merge, Scope::Below);
        }
    }
    role
}

/// No deals, no notes, and no activities either: leave for any activity is leave for all that hang on
/// a party within reach, and sellers write down there what was offered.
fn marketing() -> Role {
    let mut role = role(role_ids::MARKETING, "marketing", Text::of("Marketing", "Marketing"));
    let levels = MARKETING_FIELDS
        .map(|f| (f, Level::Write))
        .into_iter()
        .chain(NOT_FOR_MARKETING.map(|f| (f, Level::Hidden)));
    for entity in schema::builtin().iter().filter(|e| PARTIES.contains(&e.name.as_str())) {
        // Not every party has every one of them, and a role names no field that is not there.
        let fields = levels.clone().filter(|(f, _)| entity.field(f).is_some());
        role.entities.insert(
            entity.name.clone(),
            EntityRights {
                trade: Some(Level::Hidden),
                fields: fields.map(|(f, level)| (f.to_owned(), level)).collect(),
                ..rights(Level::Read, Scope::All, &[Action::Read, Action::Update])
            },
        );
    }
    role
}

/// To be granted on single records: whoever holds it sees own ones only.
fn viewer() -> Role {
    let mut role = role(role_ids::VIEWER, "viewer", Text::of("Wgląd", "Viewer"));
    for entity in PARTIES.into_iter().chain(["deal"]).chain(CHILDREN) {
        role.entities.insert(entity.into(), rights(Level::Read, Scope::Own, &[Action::Read]));
    }
    role
}

/// To be granted as [`viewer`].
fn contributor() -> Role {
    let label = Text::of("Współpraca", "Contributor");
    let mut role = role(role_ids::CONTRIBUTOR, "contributor", label);
    for entity in PARTIES.into_iter().chain(["deal"]) {
        let actions = [Action::Read, Action::Update];
        role.entities.insert(entity.into(), rights(Level::Write, Scope::Own, &actions));
    }
    for entity in CHILDREN {
        let actions = [Action::Read, Action::Create, Action::Update];
        role.entities.insert(entity.into(), rights(Level::Write, Scope::Own, &actions));
    }
    role
}

fn management() -> Role {
    let mut role = role(role_ids::MANAGEMENT, "management", Text::of("Zarząd", "Management"));
    for entity in PARTIES.into_iter().chain(["deal"]) {
        role.entities.insert(entity.into(), rights(Level::Read, Scope::All, &[Action::Read, Action::Export]));
    }
    for entity in CHILDREN {
        let mut rights = rights(Level::Write, Scope::All, &[Action::Read, Action::Export]);
        rights.scopes.extend([Action::Create, Action::Update, Action::Delete].map(|a| (a, Scope::Own)));
        role.entities.insert(entity.into(), rights);
    }
    role
}

fn dpo() -> Role {
    let label = Text::of("Inspektor ochrony danych", "Data protection officer");
    let mut role = with_things(role(role_ids::DPO, "dpo", label), &[(Thing::Ledger, Verb::Read)]);
    for entity in PARTIES {
        let special = Some(Level::Read);
        let rights = rights(Level::Read, Scope::All, &[Action::Read, Action::Erase]);
        role.entities.insert(entity.into(), EntityRights { special, ..rights });
    }
    for entity in CHILDREN {
        let special = Some(Level::Read);
        role.entities.insert(
            entity.into(),
            EntityRights { special, ..rights(Level::Read, Scope::All, &[Action::Read]) },
        );
    }
    // That a deal exists says something of the person; what it is worth does not.
    let deal =
        EntityRights { trade: Some(Level::Hidden), ..rights(Level::Read, Scope::All, &[Action::Read]) };
    role.entities.insert("deal".into(), deal);
    role
}
