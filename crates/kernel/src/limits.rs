//! Limits on everything that comes from outside. Sizes are bytes unless said otherwise.

/// Body of an API request.
pub const BODY: usize = 1 << 20;
/// Nesting of a JSON body.
pub const JSON_DEPTH: usize = 16;
/// Rows of one page.
pub const PAGE_MAX: u32 = 200;
/// Rows of one page when nothing is asked.
pub const PAGE_DEFAULT: u32 = 50;
/// Counts stop here.
pub const COUNT: u32 = 10_000;
/// Conditions in one list's filter.
pub const FILTERS: usize = 16;
/// Values in one `in` condition.
pub const FILTER_VALUES: usize = 100;
/// Characters of a search.
pub const SEARCH_CHARS: usize = 200;
/// Words of a search that are looked at.
pub const SEARCH_WORDS: usize = 8;
/// Characters of a single-line text field unless its descriptor says otherwise.
pub const TEXT_CHARS: usize = 250;
/// Characters of a long text field.
pub const LONG_TEXT_CHARS: usize = 20_000;
/// Sealed content of one record.
pub const RECORD: usize = 256 << 10;
/// Fields of one entity, custom ones included.
pub const FIELDS: usize = 300;
/// A file to be imported.
pub const IMPORT_FILE: u64 = 512 << 20;
/// A stored object.
pub const OBJECT: u64 = 4 << 30;
/// Rows of a file to be imported.
pub const IMPORT_ROWS: usize = 2_000_000;
/// Columns of a file to be imported.
pub const IMPORT_COLUMNS: usize = 500;
/// Characters of one cell of a file to be imported.
pub const IMPORT_CELL_CHARS: usize = 32_768;
/// Characters of a password that may be the only factor (NIST SP 800-63B-4 §3.1.1.2).
pub const PASSWORD_MIN_CHARS: usize = 15;
/// Characters of a password.
pub const PASSWORD_MAX_CHARS: usize = 256;
/// An `Idempotency-Key`.
pub const IDEMPOTENCY_KEY: usize = 200;
