//! Who changed what.

use crate::operation::{Operation, get};
use contract::audit::{AuditEntry, AuditQuery};
use contract::page::Page;
use domain::policy::Access::Managers;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get(
            "/api/audit",
            Managers,
            "Who changed what in a company, newest first",
        )
        .query::<AuditQuery>()
        .ok::<Page<AuditEntry>>("A page of changes."),
    ]
}
