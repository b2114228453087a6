//! Acts on many records: what they would do, and a second person's approval of them.

pub mod approve;
pub mod ask;
pub mod decline;
pub mod list;
pub mod preview;
pub mod put_rules;
pub mod read;
pub mod rules;
pub mod withdraw;

use crate::refusal::Refusal;
use crate::routes::records::{bulk, entity, export_file, record};
use identity::ApprovalRules;
use kernel::{ApprovalId, Fault, RecordId, RoleId, TeamId, UserId};
use records::{BulkChange, BulkOrder, BulkSelect, Caller, CoverInput, Exact, ManyAct, RoleInput, TeamInput};
use serde::Deserialize;

/// An act as it is asked for: as the body of the request that would do it, with what stands in its address.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ActInput {
    Bulk(On<bulk::Input>),
    HandOver(HandOver),
    Export(On<export_file::Input>),
    Erase(Erase),
    Cover(CoverInput),
    Role(Box<Role>),
    UserRoles(UserRoles),
    Team(Team),
    Rules(Rules),
}

/// On which entity.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct On<T> {
    entities: String,
    #[serde(rename = "request")]
    request: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    user: UserId,
    to: Vec<UserId>,
    entity: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erase {
    entities: String,
    id: RecordId,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    id: Option<RoleId>,
    version: Option<u64>,
    role: RoleInput,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserRoles {
    user: UserId,
    version: u64,
    roles: Vec<RoleId>,
    team: Option<TeamId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    id: TeamId,
    version: u64,
    team: TeamInput,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    version: u64,
    rules: ApprovalRules,
}

impl ActInput {
    /// The act, as the engine takes it.
    async fn act(self, app: &crate::app::App, caller: &Caller) -> Result<ManyAct, Refusal> {
        Ok(match self {
            Self::Bulk(On { entities, request }) => {
                ManyAct::Bulk(request.order(entity(caller, &entities)?.name.clone())?)
            }
            Self::HandOver(HandOver { user, to, entity }) => {
                let (select, change) = (BulkSelect::OwnedBy(user), BulkChange::HandOver(to));
                ManyAct::HandOver(BulkOrder { entity, select, change, exactly: None })
            }
            Self::Export(On { entities, request }) => {
                let of = entity(caller, &entities)?;
                let (format, request) = request.checked(app, caller, of).await?;
                let (entity, format) = (of.name.clone(), format.ending().to_owned());
                ManyAct::Export { entity, format, request: Box::new(request) }
            }
            Self::Erase(Erase { entities, id, reason }) => {
                let (entity, id) = (entity(caller, &entities)?.name.clone(), record(&id.to_string())?);
                ManyAct::Erase { entity, id, reason, exactly: Exact::default() }
            }
            Self::Cover(input) => ManyAct::Cover(input),
            Self::Role(one) => ManyAct::Role { id: one.id.zip(one.version.or(Some(0))), role: one.role },
            Self::UserRoles(UserRoles { user, version, roles, team }) => {
                ManyAct::UserRoles { user, version, roles, team }
            }
            Self::Team(Team { id, version, team }) => ManyAct::Team { id: (id, version), team },
            Self::Rules(Rules { version, rules }) => ManyAct::Rules { version, rules },
        })
    }
}

/// The id in an address.
fn approval(id: &str) -> Result<ApprovalId, Refusal> {
    id.parse().map_err(|()| Refusal(Fault::not_found()))
}
