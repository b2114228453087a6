//! Prints the OpenAPI document of the built-in entities: `cargo xtask openapi`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let document = server::openapi_document(&schema::Catalog::new(1, schema::builtin()));
    let text = serde_json::to_string_pretty(&document).map_err(io::Error::other)?;
    writeln!(io::stdout().lock(), "{text}")
}
