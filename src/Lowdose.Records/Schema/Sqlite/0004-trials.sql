-- Version 4: trials. What happened in each, in its order; who has which place; and, sealed and in a table of its own, who gets what.

CREATE TABLE trials (
    id           TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    name         TEXT NOT NULL,
    design       BLOB NOT NULL,
    made_by      TEXT NOT NULL,
    made_at      TEXT NOT NULL,
    UNIQUE (organisation, name)
) STRICT;

-- Numbered without a gap from 1; nothing is ever taken back. None of them holds an arm.
CREATE TABLE trial_records (
    trial   TEXT NOT NULL REFERENCES trials (id),
    number  INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (trial, number)
) STRICT;

CREATE TRIGGER trial_records_grow BEFORE INSERT ON trial_records
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM trial_records WHERE trial = NEW.trial)
BEGIN SELECT RAISE(ABORT, 'a trial goes on from its end'); END;

CREATE TRIGGER trial_records_stay BEFORE DELETE ON trial_records
BEGIN SELECT RAISE(ABORT, 'what happened in a trial is never deleted'); END;

CREATE TRIGGER trial_records_hold BEFORE UPDATE ON trial_records
BEGIN SELECT RAISE(ABORT, 'what happened in a trial is never changed'); END;

-- Whose a place is. Where a person's record is deleted, the place stays and is nobody's.
CREATE TABLE trial_places (
    trial   TEXT NOT NULL REFERENCES trials (id),
    subject TEXT NOT NULL,
    record  TEXT REFERENCES people (id) ON DELETE SET NULL,
    PRIMARY KEY (trial, subject)
) STRICT;
CREATE INDEX trial_places_of_a_record ON trial_places (record);

-- Closed with a key that is not in the database. Only the pharmacist's sheet, the opening of one person and the reveal read it.
CREATE TABLE sealed_allocations (
    trial  TEXT NOT NULL PRIMARY KEY REFERENCES trials (id),
    nonce  BLOB NOT NULL,
    closed BLOB NOT NULL
) STRICT;

CREATE TRIGGER sealed_allocations_stay BEFORE DELETE ON sealed_allocations
BEGIN SELECT RAISE(ABORT, 'a sealed allocation is never deleted'); END;

CREATE TRIGGER sealed_allocations_hold BEFORE UPDATE ON sealed_allocations
BEGIN SELECT RAISE(ABORT, 'a sealed allocation is never changed'); END;
