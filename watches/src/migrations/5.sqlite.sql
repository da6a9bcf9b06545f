CREATE TABLE outbox (
    id TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    watch TEXT NOT NULL REFERENCES watches (id),
    decision INTEGER REFERENCES decisions (id),
    body TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    answer TEXT,
    made_at REAL NOT NULL,
    due_at REAL NOT NULL,
    sent_at REAL,
    given_up_at REAL
) STRICT;
CREATE UNIQUE INDEX outbox_one_of_a_decision ON outbox (decision) WHERE decision IS NOT NULL;
CREATE UNIQUE INDEX outbox_one_end ON outbox (watch) WHERE decision IS NULL;
CREATE INDEX outbox_due ON outbox (scope, due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX outbox_of_a_watch ON outbox (watch);
ALTER TABLE watches ADD COLUMN woken_at REAL;
CREATE TABLE heard (id TEXT NOT NULL PRIMARY KEY, at REAL NOT NULL) STRICT;
