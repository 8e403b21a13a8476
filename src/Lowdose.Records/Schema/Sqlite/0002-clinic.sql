-- Version 2: the clinic. Who may come in and how, what each may do and since when, and who did what.
-- Times are ISO 8601 instants in UTC. On a person's own computer these tables stay empty.

CREATE TABLE organisations (
    id          TEXT NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;

-- Null: the records of a person's own computer.
ALTER TABLE people ADD COLUMN organisation TEXT REFERENCES organisations (id);

CREATE TABLE accounts (
    id              TEXT NOT NULL PRIMARY KEY,
    organisation    TEXT NOT NULL REFERENCES organisations (id),
    roles           TEXT NOT NULL,
    record          TEXT UNIQUE REFERENCES people (id) ON DELETE SET NULL,
    sign_in_name    TEXT NOT NULL UNIQUE,
    shown_name      TEXT NOT NULL,
    password_hash   TEXT,
    security_stamp  TEXT NOT NULL,
    version         TEXT NOT NULL,
    two_factor      INTEGER NOT NULL,
    totp_key        BLOB,
    created_at      TEXT NOT NULL,
    closed_at       TEXT
) STRICT;

CREATE TABLE passkeys (
    credential  BLOB NOT NULL PRIMARY KEY,
    account     TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    content     TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;

-- The key is the SHA-256 of what the browser holds.
CREATE TABLE sessions (
    key          TEXT NOT NULL PRIMARY KEY,
    account      TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    device       TEXT NOT NULL,
    way          TEXT NOT NULL,
    began_at     TEXT NOT NULL,
    seen_at      TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    ended_at     TEXT
) STRICT;

-- The key is the SHA-256 of the code. To join an organisation, or, where an account is named, to come back to it.
-- A grant that comes with it: record, what, until.
CREATE TABLE invitations (
    key          TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    role         TEXT,
    account      TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    record       TEXT REFERENCES people (id) ON DELETE CASCADE,
    may          TEXT,
    may_until    TEXT,
    made_by      TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    made_at      TEXT NOT NULL,
    expires_at   TEXT NOT NULL,
    redeemed_by  TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    redeemed_at  TEXT
) STRICT;

-- Printed codes for whoever lost a device. The key is made of the code with the clinic's key; a code that was used is taken out.
CREATE TABLE recovery_codes (
    key     TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
) STRICT;

-- How often somebody guessed wrong, and since when; of names and addresses only a digest made with the clinic's key.
CREATE TABLE guesses (
    key    TEXT NOT NULL PRIMARY KEY,
    wrong  INTEGER NOT NULL,
    since  TEXT NOT NULL
) STRICT;

-- What is good once and was used: a passkey's challenge, a code of six digits. Forgotten when it would be too old anyway.
CREATE TABLE spent (
    key   TEXT NOT NULL PRIMARY KEY,
    until TEXT NOT NULL
) STRICT;

-- Consent: whose record, to whom (null: research in the organisation), to do what. Nothing is taken out; withdrawing adds a time.
CREATE TABLE grants (
    id           TEXT NOT NULL PRIMARY KEY,
    record       TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    account      TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    may          TEXT NOT NULL CHECK (may IN ('see', 'write', 'prescribe', 'prepare', 'research')),
    given_by     TEXT NOT NULL,
    given_at     TEXT NOT NULL,
    ends_at      TEXT,
    withdrawn_by TEXT,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX grants_of_a_record ON grants (record);
CREATE INDEX grants_to_an_account ON grants (account);

-- Numbered without a gap from 1; each row's hash covers the row and the hash before it.
CREATE TABLE audit (
    sequence     INTEGER NOT NULL PRIMARY KEY,
    at           TEXT NOT NULL,
    organisation TEXT,
    actor        TEXT NOT NULL,
    act          TEXT NOT NULL,
    record       TEXT,
    detail       TEXT NOT NULL,
    previous     BLOB NOT NULL,
    hash         BLOB NOT NULL
) STRICT;
CREATE INDEX audit_of_a_record ON audit (record, sequence);

CREATE TRIGGER audit_grows BEFORE INSERT ON audit
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit trail goes on from its end'); END;

CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END;

CREATE TRIGGER audit_holds BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;

-- What protects cookies; several web nodes share it.
CREATE TABLE key_ring (
    id      TEXT NOT NULL PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE reminders (
    record  TEXT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    content BLOB NOT NULL
) STRICT;

-- A reminder is noted here before it is sent, by whichever node comes first.
CREATE TABLE reminders_given (
    record  TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    browser TEXT NOT NULL,
    due_at  TEXT NOT NULL,
    PRIMARY KEY (record, browser, due_at)
) STRICT;

-- One person's writes in their order, without looking through anybody else's.
CREATE INDEX writes_in_order ON writes (person, sequence);
