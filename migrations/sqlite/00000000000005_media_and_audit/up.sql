CREATE TABLE media (
  id BLOB NOT NULL PRIMARY KEY,
  owner_id BLOB NOT NULL CONSTRAINT media_owner_id_fkey REFERENCES actors (id),
  listing_id BLOB CONSTRAINT media_listing_id_fkey REFERENCES listings (id),
  digest BLOB NOT NULL,
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
  id BLOB NOT NULL PRIMARY KEY,
  actor_id BLOB CONSTRAINT audit_actor_id_fkey REFERENCES actors (id),
  collective_id BLOB CONSTRAINT audit_collective_id_fkey REFERENCES actors (id),
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  happened_at BIGINT NOT NULL
);
CREATE INDEX audit_collective_idx ON audit (collective_id, id) WHERE collective_id IS NOT NULL;
