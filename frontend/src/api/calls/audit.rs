//! Who changed what.

use crate::api::{Api, Failure};
use contract::audit::{AuditEntry, AuditQuery};
use contract::page::Page;

impl Api {
    /// Changes in a company, newest first.
    pub async fn audit(&self, query: &AuditQuery) -> Result<Page<AuditEntry>, Failure> {
        self.list_inside("/api/audit", query).await
    }
}
