-- What reps ask about completed sessions, so that an answer outlives the line it was read on.

CREATE TABLE assistant_exchanges (
    company_id       TEXT    NOT NULL,
    session_id       TEXT    NOT NULL,
    request_id       TEXT    NOT NULL CHECK (length(request_id) BETWEEN 1 AND 64),
    question         TEXT    NOT NULL,
    answer           TEXT    NOT NULL DEFAULT '',
    voiced_by        TEXT    CHECK (json_valid(voiced_by)),
    status           TEXT    NOT NULL CHECK (status IN ('running', 'complete', 'interrupted')),
    answering_until  INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    PRIMARY KEY (company_id, session_id, request_id),
    FOREIGN KEY (company_id, session_id) REFERENCES sessions (company_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX assistant_exchanges_of_session ON assistant_exchanges (company_id, session_id, created_at);
