CREATE TABLE trails (watch TEXT PRIMARY KEY REFERENCES watches (id), trail TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX watches_looked ON watches (scope, looked_at) WHERE state <> 'ended';
CREATE INDEX watches_of_a_job ON watches (scope, job);
