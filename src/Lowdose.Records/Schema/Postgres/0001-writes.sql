-- Version 1: people, their writes, and the key that seals them where there is a passphrase.

CREATE TABLE people (
    id          TEXT NOT NULL PRIMARY KEY,
    created_at  TEXT NOT NULL
);

CREATE TABLE writes (
    sequence    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          UUID NOT NULL,
    person      TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    subject     TEXT NOT NULL,
    base        UUID,
    written_at  TEXT NOT NULL,
    zone        TEXT NOT NULL,
    actor       TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('accepted', 'conflict')),
    content     BYTEA NOT NULL,
    UNIQUE (person, id)
);

-- Nothing is ever taken back. A person's writes go only with the person.
CREATE FUNCTION a_write_is_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people WHERE id = OLD.person) THEN RAISE EXCEPTION 'a write is never deleted'; END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER writes_stay BEFORE DELETE ON writes FOR EACH ROW EXECUTE FUNCTION a_write_is_never_deleted();

CREATE FUNCTION a_write_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a write is never changed'; END $$;
CREATE TRIGGER writes_hold BEFORE UPDATE ON writes FOR EACH ROW EXECUTE FUNCTION a_write_is_never_changed();
CREATE TRIGGER writes_are_not_emptied BEFORE TRUNCATE ON writes FOR EACH STATEMENT EXECUTE FUNCTION a_write_is_never_changed();

CREATE TABLE keys (
    person      TEXT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    derivation  TEXT NOT NULL,
    rounds      INTEGER NOT NULL,
    salt        BYTEA NOT NULL,
    wrapped     BYTEA NOT NULL
);
