//! The calls as a table for people: `docs/api.md`.

use crate::resources::resources;
use std::fmt::Write;

/// The whole page, in Markdown.
pub fn guide() -> String {
    let mut page = String::from(
        "# The API\n\n\
         Every call, who may make it, and what it does. Made from `workers/openapi`; `UPDATE_DOCS=1 cargo test -p captain-openapi` writes it\n\
         anew. The whole description, with types, examples and every way to fail, is the OpenAPI document at `/api/openapi.json`, to be\n\
         read at `/api/docs`.\n\n\
         Within what a role may call, everybody sees only their own tenant: what belongs to another company, or to a team that one does\n\
         not lead where that matters, does not exist (404).\n",
    );
    for resource in resources() {
        // Writing to a string can't fail.
        let _ = write!(
            page,
            "\n## {}\n{}\n\n| call | who | what it does |\n|---|---|---|\n",
            resource.name, resource.about
        );
        for operation in resource.operations {
            let _ = writeln!(
                page,
                "| `{} {}` | {} | {} |",
                operation.method,
                operation.path,
                operation.who(),
                operation.summary
            );
        }
    }
    page
}
