-- Version 4: trials. What happened in each, in its order; who has which place; and, sealed and in a table of its own, who gets what.

CREATE TABLE trials (
    id           TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    name         TEXT NOT NULL,
    design       BYTEA NOT NULL,
    made_by      TEXT NOT NULL,
    made_at      TEXT NOT NULL,
    UNIQUE (organisation, name)
);

-- Numbered without a gap from 1; nothing is ever taken back. None of them holds an arm.
CREATE TABLE trial_records (
    trial   TEXT NOT NULL REFERENCES trials (id),
    number  INTEGER NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (trial, number)
);

CREATE FUNCTION a_trial_goes_on_from_its_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM trial_records WHERE trial = NEW.trial) THEN RAISE EXCEPTION 'a trial goes on from its end'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trial_records_grow BEFORE INSERT ON trial_records FOR EACH ROW EXECUTE FUNCTION a_trial_goes_on_from_its_end();

CREATE FUNCTION what_happened_in_a_trial_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what happened in a trial is never changed'; END $$;
CREATE TRIGGER trial_records_hold BEFORE UPDATE OR DELETE ON trial_records FOR EACH ROW EXECUTE FUNCTION what_happened_in_a_trial_stays();
CREATE TRIGGER trial_records_are_not_emptied BEFORE TRUNCATE ON trial_records FOR EACH STATEMENT EXECUTE FUNCTION what_happened_in_a_trial_stays();

-- Whose a place is. Where a person's record is deleted, the place stays and is nobody's.
CREATE TABLE trial_places (
    trial   TEXT NOT NULL REFERENCES trials (id),
    subject TEXT NOT NULL,
    record  TEXT REFERENCES people (id) ON DELETE SET NULL,
    PRIMARY KEY (trial, subject)
);
CREATE INDEX trial_places_of_a_record ON trial_places (record);

-- Closed with a key that is not in the database. Only the pharmacist's sheet, the opening of one person and the reveal read it.
CREATE TABLE sealed_allocations (
    trial  TEXT NOT NULL PRIMARY KEY REFERENCES trials (id),
    nonce  BYTEA NOT NULL,
    closed BYTEA NOT NULL
);
CREATE TRIGGER sealed_allocations_hold BEFORE UPDATE OR DELETE ON sealed_allocations FOR EACH ROW EXECUTE FUNCTION what_happened_in_a_trial_stays();
CREATE TRIGGER sealed_allocations_are_not_emptied BEFORE TRUNCATE ON sealed_allocations FOR EACH STATEMENT EXECUTE FUNCTION what_happened_in_a_trial_stays();
