-- Processes that work on this database; each says again and again that it is alive.
CREATE TABLE processes (
  id BYTEA NOT NULL CONSTRAINT processes_pkey PRIMARY KEY,
  beats BIGINT NOT NULL
);
COMMENT ON TABLE processes IS 'Processes that work on this database; the leases of one that has fallen silent are free.';
COMMENT ON COLUMN processes.id IS 'As leases name it.';
COMMENT ON COLUMN processes.beats IS 'Counted up every second by the process itself.';
-- Which process is at a job.
ALTER TABLE jobs ADD COLUMN taken_by BYTEA;
COMMENT ON COLUMN jobs.taken_by IS 'The process that is at it; free again when that falls silent.';
