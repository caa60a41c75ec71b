CREATE TABLE media (
  id BYTEA NOT NULL PRIMARY KEY,
  owner_id BYTEA NOT NULL CONSTRAINT media_owner_id_fkey REFERENCES actors (id),
  listing_id BYTEA CONSTRAINT media_listing_id_fkey REFERENCES listings (id),
  digest BYTEA NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  alt TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX media_listing_idx ON media (listing_id) WHERE listing_id IS NOT NULL;
CREATE INDEX media_digest_idx ON media (digest);

CREATE TABLE audit (
  id BYTEA NOT NULL PRIMARY KEY,
  actor_id BYTEA CONSTRAINT audit_actor_id_fkey REFERENCES actors (id),
  collective_id BYTEA CONSTRAINT audit_collective_id_fkey REFERENCES actors (id),
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  happened_at BIGINT NOT NULL
);
CREATE INDEX audit_collective_idx ON audit (collective_id, id) WHERE collective_id IS NOT NULL;

COMMENT ON TABLE media IS 'Uploaded files by their SHA-256.';
COMMENT ON TABLE audit IS 'What moderators and admins did; only ever appended to.';
