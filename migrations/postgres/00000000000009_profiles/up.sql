-- What a collective says of itself beyond its summary, where it is, and who agreed to be named on its page.
CREATE TABLE collective_sections (
  collective_id BYTEA NOT NULL CONSTRAINT collective_sections_collective_id_fkey REFERENCES collectives (id),
  section TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (collective_id, section)
);

ALTER TABLE collectives ADD COLUMN place TEXT;
ALTER TABLE collectives ADD COLUMN public_latitude DOUBLE PRECISION;
ALTER TABLE collectives ADD COLUMN public_longitude DOUBLE PRECISION;
CREATE INDEX collectives_point_idx ON collectives (public_latitude) WHERE public_latitude IS NOT NULL;

ALTER TABLE memberships ADD COLUMN shown BOOLEAN NOT NULL DEFAULT FALSE;
COMMENT ON TABLE collective_sections IS 'What collectives say of themselves, one row for each heading.';
COMMENT ON COLUMN memberships.shown IS 'Whether the member agreed to be named on the page of the collective.';
