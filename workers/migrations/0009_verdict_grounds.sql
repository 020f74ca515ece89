-- Who voiced a message, and what a verdict was made of: models speak and judge, and their words are kept beside what came of them.

ALTER TABLE messages ADD COLUMN voiced_by TEXT CHECK (json_valid(voiced_by));
ALTER TABLE verdicts ADD COLUMN asked_model TEXT;
ALTER TABLE verdicts ADD COLUMN rejected TEXT CHECK (json_valid(rejected));
ALTER TABLE verdicts ADD COLUMN suspicion TEXT CHECK (json_valid(suspicion));
