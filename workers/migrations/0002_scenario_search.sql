-- Scenarios are found by their words.

-- What scenarios are found by: those words of every version that a rep may know beforehand, so no ideal answers. Two columns
-- are for the machine: the version's id, by which the triggers find its row without reading all, and the library it belongs to
-- (a company's id, or 'stock'), so that one company's search does not read what the others wrote.
CREATE VIRTUAL TABLE scenario_search USING fts5 (
    version_id, library, theme, description, customers,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'",
    prefix = '2 3 4'
);

CREATE TRIGGER scenario_search_insert AFTER INSERT ON scenario_versions BEGIN
    INSERT INTO scenario_search (version_id, library, theme, description, customers)
    VALUES (new.id, coalesce((SELECT company_id FROM scenarios WHERE id = new.scenario_id), 'stock'), new.theme, new.description,
        (SELECT group_concat((d.value ->> '$.title') || ' ' || (d.value ->> '$.customer.name') || ' '
             || (d.value ->> '$.customer.business') || ' ' || (d.value ->> '$.customer_message'), ' ')
         FROM json_each(new.text, '$.drills') d));
END;

CREATE TRIGGER scenario_search_delete AFTER DELETE ON scenario_versions BEGIN
    DELETE FROM scenario_search WHERE scenario_search MATCH 'version_id : "' || old.id || '"';
END;

CREATE TRIGGER scenario_search_update AFTER UPDATE OF theme, description, text ON scenario_versions BEGIN
    DELETE FROM scenario_search WHERE scenario_search MATCH 'version_id : "' || old.id || '"';
    INSERT INTO scenario_search (version_id, library, theme, description, customers)
    VALUES (new.id, coalesce((SELECT company_id FROM scenarios WHERE id = new.scenario_id), 'stock'), new.theme, new.description,
        (SELECT group_concat((d.value ->> '$.title') || ' ' || (d.value ->> '$.customer.name') || ' '
             || (d.value ->> '$.customer.business') || ' ' || (d.value ->> '$.customer_message'), ' ')
         FROM json_each(new.text, '$.drills') d));
END;

INSERT INTO scenario_search (version_id, library, theme, description, customers)
SELECT v.id, coalesce((SELECT company_id FROM scenarios WHERE id = v.scenario_id), 'stock'), v.theme, v.description,
    (SELECT group_concat((d.value ->> '$.title') || ' ' || (d.value ->> '$.customer.name') || ' '
         || (d.value ->> '$.customer.business') || ' ' || (d.value ->> '$.customer_message'), ' ')
     FROM json_each(v.text, '$.drills') d)
FROM scenario_versions v;
