CREATE TABLE watches (
    place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    job TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('watching', 'acting', 'resting', 'ended')),
    reason TEXT,
    rules TEXT NOT NULL,
    pace TEXT NOT NULL,
    after_resume TEXT NOT NULL,
    arming BIGINT NOT NULL,
    since TEXT NOT NULL,
    memory TEXT NOT NULL,
    progress_at DOUBLE PRECISION NOT NULL,
    created_at DOUBLE PRECISION NOT NULL,
    looked_at DOUBLE PRECISION,
    due_at DOUBLE PRECISION NOT NULL,
    owner TEXT,
    lease_until DOUBLE PRECISION,
    fence BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX watches_one_of_a_job ON watches (scope, job) WHERE state <> 'ended';
CREATE INDEX watches_due ON watches (scope, due_at) WHERE state <> 'ended';
CREATE TABLE decisions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    watch TEXT NOT NULL REFERENCES watches (id),
    arming BIGINT NOT NULL,
    rule TEXT NOT NULL,
    action TEXT NOT NULL,
    decision TEXT NOT NULL,
    seen TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('open', 'done', 'moot')),
    attempts BIGINT NOT NULL,
    answer TEXT,
    decided_at DOUBLE PRECISION NOT NULL,
    settled_at DOUBLE PRECISION
);
CREATE INDEX decisions_of_a_watch ON decisions (watch, id);
CREATE UNIQUE INDEX decisions_one_act ON decisions (watch, arming) WHERE action <> '"notify"';
CREATE UNIQUE INDEX decisions_one_notice ON decisions (watch, arming, rule) WHERE action = '"notify"';
CREATE TABLE scopes (scope TEXT PRIMARY KEY, next_at DOUBLE PRECISION NOT NULL DEFAULT 0, quiet_until DOUBLE PRECISION NOT NULL DEFAULT 0);
