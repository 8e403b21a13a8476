-- Version 3: one person's writes in their order, without looking through anybody else's.

CREATE INDEX writes_in_order ON writes (person, sequence);
