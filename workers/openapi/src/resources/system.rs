//! Is it up, and what only a developer sees.

use crate::operation::{Operation, get};
use contract::health::Health;
use contract::outbox::DevMail;
use contract::page::Page;
use contract::problem::Code;
use domain::policy::Access::Public;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get(
            "/api/health",
            Public,
            "Tells that the Worker is up, and which one it is",
        )
        .ok::<Health>("It is up."),
        get(
            "/api/dev/outbox",
            Public,
            "The latest mails, on a developer's own machine",
        )
        .note("In production there is no such path.")
        .ok::<Page<DevMail>>("The latest mails, newest first; always one page.")
        .refuses(&[Code::NotFound]),
    ]
}
