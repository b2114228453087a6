//! The whole route table.

pub mod access_requests;
pub mod access_reviews;
pub mod accounts;
pub mod approvals;
pub mod covers;
pub mod disclosures;
pub mod entities;
pub mod explain;
pub mod factors;
pub mod findings;
pub mod grants;
pub mod health;
pub mod imports;
pub mod index;
pub mod jobs;
pub mod keys;
pub mod leads;
pub mod ledger;
pub mod links;
pub mod me;
pub mod notices;
pub mod openapi;
pub mod partners;
pub mod records;
pub mod registrations;
pub mod reports;
pub mod role_conflicts;
pub mod roles;
pub mod search;
pub mod service_accounts;
pub mod sessions;
pub mod sign_on;
pub mod step_up;
pub mod stream;
pub mod subjects;
pub mod system;
pub mod teams;
pub mod tokens;
pub mod users;
pub mod views;

use crate::app::App;
use crate::refusal::Refusal;
use crate::{headers, interface, origin, refusal, renewed, trace};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, patch, post, put};
use kernel::{Fault, limits};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// A client that sends nothing of its body for this long is let go.
const BODY_PAUSE: Duration = Duration::from_secs(20);
/// Largest file sent to an import.
pub const IMPORT_BODY: usize = 64 << 20;

/// Every path the server answers, with what answers it.
pub fn router(app: App) -> Router {
    Router::new()
        .nest(
            "/api/v1",
            of_users()
                .merge(of_policy())
                .merge(of_programs())
                .merge(of_factors())
                .merge(of_sign_on())
                .merge(of_system())
                .merge(of_partners())
                .merge(of_jobs())
                .merge(of_records()),
        )
        .route("/health/live", get(health::live::handle))
        .route("/health/ready", get(health::ready::handle))
        .fallback(interface::handle)
        .method_not_allowed_fallback(nothing)
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(from_fn_with_state(app.clone(), origin::check))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(app.clone(), refusal::tell))
        // Refusals bring it too: the words of one replace the answer.
        .layer(from_fn(renewed::give))
        .layer(from_fn(headers::add))
        .layer(from_fn_with_state(app.clone(), trace::follow))
        .with_state(app)
}

/// Signing in, users and their rights, and what users have of their own.
fn of_users() -> Router<App> {
    Router::new()
        .route(
            "/sessions",
            post(sessions::create::handle).get(sessions::list::handle).delete(sessions::end_others::handle),
        )
        .route("/sessions/{id}", delete(sessions::end::handle))
        .route("/sessions/current", delete(sessions::sign_out::handle))
        .route("/sessions/rules", get(sessions::rules::handle).put(sessions::put_rules::handle))
        .route("/sessions/all", delete(sessions::end_all::handle))
        .route("/sessions/factor", post(sessions::factor::handle))
        .route("/sign-in", get(sessions::ways::handle))
        .route("/tokens", post(tokens::create::handle))
        .route("/me", get(me::read::handle))
        .route("/me/events", get(me::events::handle))
        .route("/me/preferences", get(me::preferences::handle).put(me::put_preferences::handle))
        .route("/me/password", put(me::password::handle))
        .route(
            "/me/email",
            get(me::email::handle).put(me::put_email::handle).delete(me::withdraw_email::handle),
        )
        .route("/me/email/lost", post(me::lost_email::handle))
        .route("/colleagues", get(users::colleagues::handle))
        .route("/users", get(users::list::handle).post(users::create::handle))
        .route("/users/{id}", get(users::read::handle).patch(users::update::handle))
        .route("/users/{id}/email-change", post(users::email_change::handle))
        .route("/users/{id}/events", get(users::events::handle))
        .route("/users/{id}/view", get(users::view::handle))
        .route("/users/{id}/records", get(users::records::handle))
        .route("/users/{id}/hand-over", post(users::hand_over::handle))
        .route("/users/{id}/hand-over/ask", post(users::ask_hand_over::handle))
        .route("/users/{id}/password", delete(users::password::handle))
        .route("/users/{id}/invitation", post(users::invite::handle).delete(users::withdraw::handle))
        .route("/links/look", post(links::look::handle))
        .route("/links/password", post(links::password::handle))
        .route("/links/email", post(links::email::handle))
        .route("/links/refuse-email", post(links::refuse_email::handle))
        .route("/password-resets", post(links::reset::handle))
        .route("/users/{id}/sessions", get(users::sessions::handle).delete(users::end_sessions::handle))
        .route("/users/{id}/sessions/{session}", delete(users::end_session::handle))
        .route("/teams", get(teams::list::handle).post(teams::create::handle))
        .route("/teams/{id}", put(teams::update::handle))
        .route("/teams/{id}/preview", post(teams::preview::handle))
        .route("/roles", get(roles::list::handle).post(roles::create::handle))
        .route("/roles/{id}", put(roles::update::handle).delete(roles::remove::handle))
        .route("/stream", get(stream::handle))
        .route("/views", get(views::list::handle).post(views::create::handle))
        .route("/views/{id}", patch(views::update::handle).delete(views::remove::handle))
        .route("/views/{id}/default", put(views::set_default::handle).delete(views::unset_default::handle))
}

/// Campaigns in which rights are looked through.
fn of_reviews() -> Router<App> {
    Router::new()
        .route("/access-reviews", get(access_reviews::list::handle).post(access_reviews::create::handle))
        .route("/access-reviews/{id}", get(access_reviews::read::handle))
        .route("/access-reviews/{id}/cancel", post(access_reviews::cancel::handle))
        .route("/access-reviews/{id}/confirm", post(access_reviews::confirm::handle))
        .route("/access-reviews/{id}/export", get(access_reviews::export::handle))
        .route("/access-reviews/{id}/items", get(access_reviews::items::handle))
        .route("/access-reviews/{id}/replace", post(access_reviews::replace::handle))
        .route("/access-reviews/{id}/report", get(access_reviews::report::handle))
        .route("/access-reviews/{id}/withdraw", post(access_reviews::withdraw::handle))
}

/// What rights were, would be, and why they are.
fn of_policy() -> Router<App> {
    Router::new()
        .route("/explain", get(explain::handle))
        .route("/findings", get(findings::list::handle))
        .merge(of_reviews())
        .route("/role-conflicts", get(role_conflicts::read::handle).put(role_conflicts::put::handle))
        .route("/roles/export", get(roles::export::handle))
        .route("/roles/import", post(roles::import::handle))
        .route("/roles/{id}/versions", get(roles::versions::handle))
        .route("/roles/{id}/preview", post(roles::preview::handle))
        .route("/roles/{id}/rollback", post(roles::roll_back::handle))
        .route("/users/{id}/grants", get(users::grants::handle))
        .route("/users/{id}/preview", post(users::preview::handle))
}

/// Programs that act by themselves.
fn of_programs() -> Router<App> {
    Router::new()
        .route(
            "/service-accounts",
            get(service_accounts::list::handle).post(service_accounts::create::handle),
        )
        .route(
            "/service-accounts/{id}",
            get(service_accounts::read::handle).patch(service_accounts::update::handle),
        )
        .route("/service-accounts/{id}/owner", post(service_accounts::hand_over::handle))
        .route(
            "/service-accounts/{id}/tokens",
            get(service_accounts::tokens::handle).post(service_accounts::create_token::handle),
        )
        .route("/service-accounts/{id}/tokens/{token}", delete(service_accounts::end_token::handle))
        .route("/me/service-accounts", get(service_accounts::own::handle))
}

/// Second factors.
fn of_factors() -> Router<App> {
    Router::new()
        .route("/me/factors", get(factors::list::handle).post(factors::add::handle))
        .route("/me/factors/totp", post(factors::begin_totp::handle))
        .route("/me/factors/recovery", post(factors::codes::handle))
        .route("/me/factors/{id}", patch(factors::rename::handle).delete(factors::remove::handle))
        .route("/me/factors/passkey", post(factors::begin_passkey::handle))
        .route("/sessions/passkey", post(sessions::passkey::handle))
        .route("/me/step-up", post(step_up::begin::handle))
        .route("/me/step-up/finish", post(step_up::finish::handle))
        .route(
            "/factors/requirement",
            get(factors::requirement::handle).put(factors::put_requirement::handle),
        )
        .route("/users/{id}/factors", get(factors::of_user::handle))
        .route(
            "/users/{id}/factors/reset",
            post(factors::ask_reset::handle).delete(factors::withdraw_reset::handle),
        )
        .route("/users/{id}/factors/reset/confirm", post(factors::confirm_reset::handle))
}

/// Single sign-on.
fn of_sign_on() -> Router<App> {
    Router::new()
        .route("/sign-on", get(sign_on::list::handle).post(sign_on::begin::handle))
        .route("/sign-on/finish", post(sign_on::finish::handle))
        .route("/sign-on/settings", get(sign_on::settings::handle))
        .route("/sign-on/back-channel/{provider}", post(sign_on::back_channel::handle))
        .route("/sign-on/front-channel/{provider}", get(sign_on::front_channel::handle))
        .route("/me/accounts", get(accounts::own::handle))
        .route("/users/{id}/accounts", get(accounts::list::handle).post(accounts::link::handle))
        .route("/users/{id}/accounts/{account}", delete(accounts::unlink::handle))
}

/// What is configured, watched and kept in order.
fn of_system() -> Router<App> {
    Router::new()
        .route("/entities", get(entities::list::handle))
        .route("/entities/{entity}/fields", post(entities::add_field::handle))
        .route("/notices", get(notices::list::handle))
        .route("/notices/read", post(notices::read_many::handle))
        .route("/notices/{id}/read", post(notices::read::handle))
        .route("/ledger/checkpoint", get(ledger::checkpoint::handle))
        .route("/ledger/events", get(ledger::events::handle))
        .route("/ledger/events/{id}/proof", get(ledger::proof::handle))
        .route("/subjects/{id}/events", get(subjects::events::handle))
        .route("/imports", get(imports::list::handle))
        // A file goes to the plural of an entity; an act is an id: the two cannot be confused.
        .route(
            "/imports/{id}",
            get(imports::read::handle)
                .post(imports::create::handle)
                .layer(DefaultBodyLimit::max(IMPORT_BODY)),
        )
        .route("/imports/{id}/undo", post(imports::undo::handle))
        .route("/system", get(system::handle))
        .route("/reports/csp", post(reports::csp::handle).layer(DefaultBodyLimit::max(reports::csp::BODY)))
        .route("/keys", get(keys::status::handle))
        .route("/keys/rotate", post(keys::rotate::handle))
        .route("/index/rebuild", post(index::rebuild::handle))
        .route("/openapi.json", get(openapi::handle))
        .route("/search", get(search::all::handle).post(search::words::handle))
}

/// Partner organisations.
fn of_partners() -> Router<App> {
    Router::new()
        .route("/partners", get(partners::list::handle).post(partners::create::handle))
        .route("/partners/{id}", get(partners::read::handle).patch(partners::update::handle))
        .route("/partners/{id}/grants", get(partners::grants::handle))
        .route("/partners/{id}/registrations", get(partners::registrations::handle))
        .route("/registrations", get(registrations::list::handle).post(registrations::create::handle))
        .route("/disclosures", get(disclosures::list::handle))
        .route("/disclosures/export", get(disclosures::export::handle))
}

/// Long works.
fn of_jobs() -> Router<App> {
    Router::new()
        .route(
            "/imports/{id}/preview",
            post(imports::preview::handle).layer(DefaultBodyLimit::max(IMPORT_BODY)),
        )
        .route("/ledger/verify", post(ledger::verify::handle))
        .route("/jobs", get(jobs::list::handle))
        .route("/jobs/dead", get(jobs::dead::handle))
        .route("/jobs/dead/{id}", delete(jobs::discard::handle))
        .route("/jobs/dead/{id}/retry", post(jobs::retry::handle))
        .route("/jobs/{id}", get(jobs::read::handle))
        .route("/jobs/{id}/cancel", post(jobs::cancel::handle))
        .route("/jobs/{id}/file", get(jobs::file::handle))
        .route("/jobs/{id}/undo", post(jobs::undo::handle))
}

/// Records of every entity.
fn of_records() -> Router<App> {
    Router::new()
        .route("/leads/{id}/convert", post(leads::convert::handle))
        .route("/{entities}", get(records::list::handle).post(records::create::handle))
        .route(
            "/{entities}/{id}",
            get(records::read::handle).merge(patch(records::update::handle)).delete(records::bin::handle),
        )
        .route("/{entities}/bulk", post(records::bulk::handle))
        .route("/{entities}/export", get(records::export::handle).post(records::export_file::handle))
        .route("/{entities}/query", post(records::query::handle))
        .route("/{entities}/totals", get(records::totals::handle).post(records::totals_of::handle))
        .route("/{entities}/duplicates", post(records::duplicates::handle))
        .route("/{entities}/{id}/restore", post(records::restore::handle))
        .route("/{entities}/{id}/reveal", post(records::reveal::handle))
        .route("/{entities}/{id}/erase", post(records::erase::handle))
        .route("/{entities}/{id}/access", get(records::access::handle))
        .route("/{entities}/{id}/grants", get(records::grants::handle).post(records::grant::handle))
        .route("/{entities}/{id}/grantable-roles", get(records::grantable_roles::handle))
        .route("/grants", get(grants::list::handle))
        .route("/grants/{id}", delete(grants::end::handle))
        .route("/grants/{id}/renewal", post(grants::renew::handle))
        .route("/{entities}/{id}/access-requests", post(access_requests::ask::handle))
        .route("/covers", get(covers::list::handle).post(covers::create::handle))
        .route("/approvals", get(approvals::list::handle).post(approvals::ask::handle))
        .route("/approvals/preview", post(approvals::preview::handle))
        .route("/approvals/rules", get(approvals::rules::handle).put(approvals::put_rules::handle))
        .route("/approvals/{id}", get(approvals::read::handle))
        .route("/approvals/{id}/approve", post(approvals::approve::handle))
        .route("/approvals/{id}/decline", post(approvals::decline::handle))
        .route("/approvals/{id}/withdraw", post(approvals::withdraw::handle))
        .route("/access-requests", get(access_requests::list::handle))
        .route("/access-requests/{id}/approve", post(access_requests::approve::handle))
        .route("/access-requests/{id}/decline", post(access_requests::decline::handle))
        .route("/{entities}/{id}/changes", get(records::changes::handle))
        .route("/{entities}/{id}/events", get(records::events::handle))
}

async fn nothing() -> Refusal {
    interface::nothing()
}

#[allow(clippy::needless_pass_by_value, reason = "the layer calls it so")]
fn panicked(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    axum::response::IntoResponse::into_response(Refusal(Fault::bug("a handler panicked")))
}
