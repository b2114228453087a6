//! Records as data: what an entity is, field by field. Validation, index tables, the OpenAPI
//! document, import headings, forms and export all read the same [`Catalog`].

mod builtin;
mod catalog;
mod cell;
mod check;
mod contact;
mod derive;
mod entity;
mod fold;
mod headings;
mod money;
mod name;
mod numbers;
mod places;
mod value;
mod words;

pub use builtin::builtin;
pub use catalog::Catalog;
pub use cell::parse_cell;
pub use check::{check_content, check_patch};
pub use contact::{email, phone, postal_code, url};
pub use derive::{default_of, derive, sources_of, split_name};
pub use entity::{
    Choice, Column, Content, Entity, EntityCode, Field, FieldKind, Flags, Outcome, SubjectRule,
};
pub use fold::fold;
pub use headings::{currency_heading, heading_of, map_headings};
pub use name::name;
pub use numbers::{Reason, iban, krs, nip, pesel, regon};
pub use value::example_of;
