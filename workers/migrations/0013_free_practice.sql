-- Free practice: a rep practises a completed day again. It counts in no figure of the programme.

DROP INDEX sessions_finished;
CREATE INDEX sessions_finished ON sessions (company_id, user_id, kind, ended_at) WHERE status = 'completed';

ALTER TABLE rep_scenario_rollups ADD COLUMN practised INTEGER NOT NULL DEFAULT 0;
