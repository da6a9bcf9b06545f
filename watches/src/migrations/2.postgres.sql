ALTER TABLE watches ADD COLUMN ended_at DOUBLE PRECISION;
CREATE INDEX watches_ended ON watches (scope, ended_at) WHERE state = 'ended';
