-- A recording tells which drill it is of, and whether its length is known or only said.

ALTER TABLE voice_recordings ADD COLUMN drill TEXT;
ALTER TABLE voice_recordings ADD COLUMN duration_said INTEGER NOT NULL DEFAULT 0 CHECK (duration_said IN (0, 1));
