CREATE TABLE promises (
    scope TEXT NOT NULL,
    token TEXT NOT NULL,
    rules TEXT NOT NULL,
    pace TEXT NOT NULL,
    after_resume TEXT NOT NULL,
    watch TEXT REFERENCES watches (id),
    looks INTEGER NOT NULL DEFAULT 0,
    made_at REAL NOT NULL,
    due_at REAL NOT NULL,
    PRIMARY KEY (scope, token)
) STRICT;
CREATE INDEX promises_due ON promises (scope, due_at) WHERE watch IS NULL;
CREATE INDEX promises_of_a_watch ON promises (watch) WHERE watch IS NOT NULL;
