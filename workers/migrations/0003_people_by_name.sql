-- People are listed by name.

CREATE INDEX users_by_name ON users (company_id, first_name COLLATE NOCASE, last_name COLLATE NOCASE, id);
