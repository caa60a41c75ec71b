ALTER TABLE jobs DROP COLUMN taken_by;
DROP TABLE processes;
