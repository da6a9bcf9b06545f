CREATE TABLE outbox (
    id TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    watch TEXT NOT NULL REFERENCES watches (id),
    decision BIGINT REFERENCES decisions (id),
    body TEXT,
    attempts BIGINT NOT NULL DEFAULT 0,
    answer TEXT,
    made_at DOUBLE PRECISION NOT NULL,
    due_at DOUBLE PRECISION NOT NULL,
    sent_at DOUBLE PRECISION,
    given_up_at DOUBLE PRECISION
);
CREATE UNIQUE INDEX outbox_one_of_a_decision ON outbox (decision) WHERE decision IS NOT NULL;
CREATE UNIQUE INDEX outbox_one_end ON outbox (watch) WHERE decision IS NULL;
CREATE INDEX outbox_due ON outbox (scope, due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX outbox_of_a_watch ON outbox (watch);
ALTER TABLE watches ADD COLUMN woken_at DOUBLE PRECISION;
CREATE TABLE heard (id TEXT NOT NULL PRIMARY KEY, at DOUBLE PRECISION NOT NULL);
