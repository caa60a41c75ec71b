-- What a collective says of itself beyond its summary, where it is, and who agreed to be named on its page.
CREATE TABLE collective_sections (
  collective_id BLOB NOT NULL CONSTRAINT collective_sections_collective_id_fkey REFERENCES collectives (id),
  section TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (collective_id, section)
) WITHOUT ROWID;

ALTER TABLE collectives ADD COLUMN place TEXT;
ALTER TABLE collectives ADD COLUMN public_latitude DOUBLE;
ALTER TABLE collectives ADD COLUMN public_longitude DOUBLE;
CREATE INDEX collectives_point_idx ON collectives (public_latitude) WHERE public_latitude IS NOT NULL;

ALTER TABLE memberships ADD COLUMN shown BOOLEAN NOT NULL DEFAULT FALSE;
