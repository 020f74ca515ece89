-- A company's log, by who did it.
CREATE INDEX audit_log_by_actor ON audit_log (company_id, actor_id, created_at);
