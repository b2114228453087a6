//! All routes.

mod access_reviews;
mod approvals;
mod factors;
mod identity;
mod interface;
mod jobs;
mod partners;
mod policy;
mod records;
mod review;
mod service_accounts;
mod sharing;
mod sign_on;
mod system;

use super::route::Route;

/// Every route, once; those of records stand for all entities.
pub fn all() -> impl Iterator<Item = &'static Route> {
    [
        records::ROUTES,
        sharing::ROUTES,
        approvals::ROUTES,
        access_reviews::ROUTES,
        jobs::ROUTES,
        partners::ROUTES,
        identity::ROUTES,
        policy::ROUTES,
        review::ROUTES,
        service_accounts::ROUTES,
        factors::ROUTES,
        sign_on::ROUTES,
        interface::ROUTES,
        system::ROUTES,
    ]
    .into_iter()
    .flatten()
}
