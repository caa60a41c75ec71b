ALTER TABLE memberships DROP COLUMN shown;
DROP INDEX collectives_point_idx;
ALTER TABLE collectives DROP COLUMN public_longitude;
ALTER TABLE collectives DROP COLUMN public_latitude;
ALTER TABLE collectives DROP COLUMN place;
DROP TABLE collective_sections;
