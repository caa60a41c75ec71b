DROP INDEX reports_reporter_idx;
ALTER TABLE notifications DROP COLUMN agreement_id;
