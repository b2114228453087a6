//! What may be told to whoever follows the server's work span by span.

/// The target of the `tracing` spans that leave for a collector, and of nothing else. Such a span holds templates of
/// routes, codes, counts and the ids of requests alone: nothing of records, users or addresses.
pub const SPANS: &str = "klucznik::spans";
