//! Signing in and staying so, with a real vault and a real store, a clock that is moved by hand, and
//! hashes that cost next to nothing.

mod attacks;
mod browsers;
mod house;
mod sessions;
mod sign_in;
mod sign_on;
mod timing;
mod users;
