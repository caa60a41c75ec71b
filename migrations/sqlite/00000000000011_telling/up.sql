-- Which agreement somebody is told of.
ALTER TABLE notifications ADD COLUMN agreement_id BLOB;
-- What somebody reported, whose account is deleted.
CREATE INDEX reports_reporter_idx ON reports (reporter_id);
