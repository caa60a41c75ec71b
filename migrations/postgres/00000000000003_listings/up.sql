CREATE TABLE listings (
  id BYTEA NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT listings_ap_id_key UNIQUE,
  collective_id BYTEA NOT NULL CONSTRAINT listings_collective_id_fkey REFERENCES actors (id),
  author_id BYTEA CONSTRAINT listings_author_id_fkey REFERENCES actors (id),
  signed_by TEXT NOT NULL,
  purpose TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  quantity BIGINT,
  remaining BIGINT,
  unit TEXT,
  category TEXT,
  terms TEXT NOT NULL,
  place TEXT,
  public_latitude DOUBLE PRECISION,
  public_longitude DOUBLE PRECISION,
  radius INTEGER NOT NULL,
  starts_at BIGINT,
  ends_at BIGINT,
  expires_at BIGINT,
  language TEXT NOT NULL,
  urgency TEXT,
  licence TEXT NOT NULL,
  state TEXT NOT NULL,
  open BOOLEAN NOT NULL,
  url TEXT,
  published_at BIGINT,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX listings_open_idx ON listings (open, id);
CREATE INDEX listings_board_idx ON listings (collective_id, open, id);
CREATE INDEX listings_published_idx ON listings (collective_id, id) WHERE published_at IS NOT NULL;
CREATE INDEX listings_expiry_idx ON listings (expires_at) WHERE open;

CREATE TABLE exact_points (
  listing_id BYTEA NOT NULL PRIMARY KEY CONSTRAINT exact_points_listing_id_fkey REFERENCES listings (id),
  latitude DOUBLE PRECISION NOT NULL,
  longitude DOUBLE PRECISION NOT NULL
);

CREATE TABLE replies (
  id BYTEA NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT replies_ap_id_key UNIQUE,
  author_id BYTEA NOT NULL CONSTRAINT replies_author_id_fkey REFERENCES actors (id),
  written_by BYTEA CONSTRAINT replies_written_by_fkey REFERENCES actors (id),
  listing_id BYTEA CONSTRAINT replies_listing_id_fkey REFERENCES listings (id),
  parent_id BYTEA CONSTRAINT replies_parent_id_fkey REFERENCES replies (id),
  in_reply_to TEXT,
  depth INTEGER NOT NULL,
  visibility TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  language TEXT,
  url TEXT,
  published_at BIGINT NOT NULL,
  updated_at BIGINT,
  deleted_at BIGINT,
  hidden_at BIGINT
);
CREATE INDEX replies_thread_idx ON replies (listing_id, id) WHERE listing_id IS NOT NULL;
CREATE INDEX replies_author_idx ON replies (author_id, id);

CREATE TABLE reactions (
  actor_id BYTEA NOT NULL CONSTRAINT reactions_actor_id_fkey REFERENCES actors (id),
  kind TEXT NOT NULL,
  object_id BYTEA NOT NULL,
  ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (object_id, kind, actor_id)
);
CREATE INDEX reactions_ap_id_idx ON reactions (ap_id);
CREATE INDEX reactions_actor_idx ON reactions (actor_id);

COMMENT ON TABLE listings IS 'Needs and offers, ours and those we follow.';
COMMENT ON COLUMN listings.author_id IS 'The local person who wrote it; shown only where signed_by is member.';
COMMENT ON COLUMN listings.quantity IS 'Thousandths of the unit.';
COMMENT ON COLUMN listings.remaining IS 'Thousandths of the unit that are still open.';
COMMENT ON COLUMN listings.public_latitude IS 'Blurred before it is stored; the exact point is in exact_points.';
COMMENT ON COLUMN listings.open IS 'Whether the state is open or partly and the listing is not deleted.';
COMMENT ON COLUMN listings.version IS 'Grows by one with every change.';
COMMENT ON TABLE exact_points IS 'Where exactly; never leaves this server.';
COMMENT ON TABLE replies IS 'What people write: answers under a listing, or posts of their own (no listing).';
COMMENT ON COLUMN replies.written_by IS 'The member behind an answer given as the voice; never shown to others.';
COMMENT ON COLUMN replies.hidden_at IS 'When a moderator took it out of sight.';
COMMENT ON TABLE reactions IS 'Likes and boosts; object_id is a listing or a reply.';
