-- Processes that work on this database; each says again and again that it is alive.
CREATE TABLE processes (
  id BLOB NOT NULL PRIMARY KEY,
  beats BIGINT NOT NULL
) WITHOUT ROWID;
-- Which process is at a job.
ALTER TABLE jobs ADD COLUMN taken_by BLOB;
