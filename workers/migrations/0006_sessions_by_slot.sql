-- A company's latest sessions, page by page.

CREATE INDEX sessions_by_slot ON sessions (company_id, slot_at, id);
