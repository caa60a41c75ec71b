CREATE TABLE listings (
  id BLOB NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT listings_ap_id_key UNIQUE,
  collective_id BLOB NOT NULL CONSTRAINT listings_collective_id_fkey REFERENCES actors (id),
  author_id BLOB CONSTRAINT listings_author_id_fkey REFERENCES actors (id),
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
  public_latitude DOUBLE,
  public_longitude DOUBLE,
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
  listing_id BLOB NOT NULL PRIMARY KEY CONSTRAINT exact_points_listing_id_fkey REFERENCES listings (id),
  latitude DOUBLE NOT NULL,
  longitude DOUBLE NOT NULL
);

CREATE TABLE replies (
  id BLOB NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT replies_ap_id_key UNIQUE,
  author_id BLOB NOT NULL CONSTRAINT replies_author_id_fkey REFERENCES actors (id),
  written_by BLOB CONSTRAINT replies_written_by_fkey REFERENCES actors (id),
  listing_id BLOB CONSTRAINT replies_listing_id_fkey REFERENCES listings (id),
  parent_id BLOB CONSTRAINT replies_parent_id_fkey REFERENCES replies (id),
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
  actor_id BLOB NOT NULL CONSTRAINT reactions_actor_id_fkey REFERENCES actors (id),
  kind TEXT NOT NULL,
  object_id BLOB NOT NULL,
  ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (object_id, kind, actor_id)
) WITHOUT ROWID;
CREATE INDEX reactions_ap_id_idx ON reactions (ap_id);
CREATE INDEX reactions_actor_idx ON reactions (actor_id);
