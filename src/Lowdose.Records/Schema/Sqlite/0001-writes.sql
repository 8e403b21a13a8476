-- Version 1: people, their writes, and the key that seals them where there is a passphrase.

CREATE TABLE people (
    id          TEXT NOT NULL PRIMARY KEY,
    created_at  TEXT NOT NULL
) STRICT;

CREATE TABLE writes (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL,
    person      TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    subject     TEXT NOT NULL,
    base        TEXT,
    written_at  TEXT NOT NULL,
    zone        TEXT NOT NULL,
    actor       TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('accepted', 'conflict')),
    content     BLOB NOT NULL,
    UNIQUE (person, id)
) STRICT;

-- Nothing is ever taken back. A person's writes go only with the person.
CREATE TRIGGER writes_stay BEFORE DELETE ON writes
WHEN EXISTS (SELECT 1 FROM people WHERE id = OLD.person)
BEGIN SELECT RAISE(ABORT, 'a write is never deleted'); END;

CREATE TRIGGER writes_hold BEFORE UPDATE ON writes
BEGIN SELECT RAISE(ABORT, 'a write is never changed'); END;

CREATE TABLE keys (
    person      TEXT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    derivation  TEXT NOT NULL,
    rounds      INTEGER NOT NULL,
    salt        BLOB NOT NULL,
    wrapped     BLOB NOT NULL
) STRICT;
