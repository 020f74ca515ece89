-- How many reps of a company may log in, counted as they come and go.

ALTER TABLE companies ADD COLUMN active_reps INTEGER NOT NULL DEFAULT 0;
UPDATE companies SET active_reps =
    (SELECT count(*) FROM users u WHERE u.company_id = companies.id AND u.role = 'sales_rep' AND u.is_active = 1);

CREATE TRIGGER users_insert_active_rep AFTER INSERT ON users WHEN new.role = 'sales_rep' AND new.is_active = 1 BEGIN
    UPDATE companies SET active_reps = active_reps + 1 WHERE id = new.company_id;
END;

CREATE TRIGGER users_delete_active_rep AFTER DELETE ON users WHEN old.role = 'sales_rep' AND old.is_active = 1 BEGIN
    UPDATE companies SET active_reps = active_reps - 1 WHERE id = old.company_id;
END;

CREATE TRIGGER users_update_active_rep AFTER UPDATE OF role, is_active ON users BEGIN
    UPDATE companies SET active_reps = active_reps
        + (new.role = 'sales_rep' AND new.is_active = 1) - (old.role = 'sales_rep' AND old.is_active = 1)
    WHERE id = new.company_id;
END;
