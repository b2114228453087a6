//! The one engine that reads, writes, links, converts, erases, imports and lists records of every
//! entity. Each public act follows the same way: decide, do, leave a receipt, release what may be seen.

mod admin;
mod admin_fields;
mod admin_users;
mod caller;
mod content;
mod convert;
mod engine;
mod erase;
mod export;
mod follow;
mod history;
mod import;
mod list;
mod load;
mod masked;
mod notices;
mod operator;
mod page;
mod prepare;
mod query;
mod read;
mod repeat;
mod totals;
mod view;
mod write;

pub use admin::{RoleInput, TeamInput, Versioned};
pub use admin_fields::FieldInput;
pub use admin_users::{Colleague, Me};
pub use caller::Caller;
pub use convert::{ConvertInput, Converted};
pub use engine::{Engine, Parts};
pub use erase::Erased;
pub use export::{EXPORT_MAX, Table};
pub use follow::Progress;
pub use history::{ChangeView, EventView, HistoryPage};
pub use import::{ImportList, ImportMode, ImportOptions, ImportReport, RefusedRow, Undone};
pub use list::ListRequest;
pub use load::Loaded;
pub use masked::{Masked, Released};
pub use notices::NoticeView;
pub use page::{ListPage, RowView};
pub use query::parse_filter;
pub use totals::Total;
pub use view::{AccessBlock, RecordView};
pub use write::{CreateInput, ParentInput, UpdateInput};
