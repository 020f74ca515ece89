-- What cron has to know to run the programme: which sessions are its own plans, which slots managers took back, whom the
-- digest is due to, which company's transcripts are due to go, and whose plans are to be made anew.

ALTER TABLE sessions ADD COLUMN planned INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1));
ALTER TABLE companies ADD COLUMN purge_due_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN digest_due_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN unsubscribe TEXT;

CREATE TABLE waived_slots (
    company_id  TEXT    NOT NULL,
    user_id     TEXT    NOT NULL,
    slot_at     INTEGER NOT NULL,
    PRIMARY KEY (company_id, user_id, slot_at),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX waived_slots_over ON waived_slots (slot_at);

DROP INDEX groups_to_plan;
CREATE INDEX groups_to_plan ON groups (plan_due_at);
-- A plan that ended is asked of by time.
DROP INDEX companies_ending;
CREATE INDEX companies_to_purge ON companies (purge_due_at) WHERE transcript_retention_days IS NOT NULL;
CREATE INDEX users_to_digest ON users (digest_due_at) WHERE role = 'manager' AND is_active = 1 AND mail_digest = 1;

CREATE TRIGGER groups_replan_joined AFTER INSERT ON group_members BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1 WHERE id = new.group_id;
END;

CREATE TRIGGER groups_replan_left AFTER DELETE ON group_members BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1 WHERE id = old.group_id;
END;

CREATE TRIGGER groups_replan_moved AFTER UPDATE OF group_id ON group_members BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1 WHERE id IN (old.group_id, new.group_id);
END;

CREATE TRIGGER groups_replan_person AFTER UPDATE OF is_active, role ON users
WHEN (new.is_active, new.role) <> (old.is_active, old.role) BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1
    WHERE id = (SELECT group_id FROM group_members WHERE user_id = new.id);
END;

CREATE TRIGGER groups_replan_practice AFTER UPDATE OF status ON sessions
WHEN new.status <> old.status AND new.status IN ('completed', 'missed') BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1
    WHERE id = (SELECT group_id FROM group_members WHERE user_id = new.user_id);
END;

CREATE TRIGGER groups_replan_leave AFTER INSERT ON leave_days BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1
    WHERE id = (SELECT group_id FROM group_members WHERE user_id = new.user_id);
END;

CREATE TRIGGER groups_replan_back AFTER DELETE ON leave_days BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1
    WHERE id = (SELECT group_id FROM group_members WHERE user_id = old.user_id);
END;

CREATE TRIGGER groups_replan_company AFTER UPDATE OF training_days, grace_minutes, plan_ends_at, is_active ON companies
WHEN (new.training_days, new.grace_minutes, new.is_active) <> (old.training_days, old.grace_minutes, old.is_active)
    OR new.plan_ends_at IS NOT old.plan_ends_at BEGIN
    UPDATE groups SET plan_due_at = min(plan_due_at, 1) - 1 WHERE company_id = new.id;
END;

CREATE TRIGGER companies_repurge AFTER UPDATE OF transcript_retention_days ON companies
WHEN new.transcript_retention_days IS NOT old.transcript_retention_days BEGIN
    UPDATE companies SET purge_due_at = 0 WHERE id = new.id;
END;
