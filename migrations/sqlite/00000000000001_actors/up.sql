CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE instances (
  host TEXT NOT NULL PRIMARY KEY,
  software TEXT,
  version TEXT,
  dialect TEXT NOT NULL,
  state TEXT NOT NULL,
  first_seen_at BIGINT NOT NULL,
  checked_at BIGINT,
  last_success_at BIGINT,
  last_failure_at BIGINT,
  last_failure TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  delivery_due_at BIGINT,
  delivery_lease_until BIGINT NOT NULL DEFAULT 0,
  delivery_lease_by BLOB,
  inbound_lease_until BIGINT NOT NULL DEFAULT 0,
  inbound_lease_by BLOB
);
CREATE INDEX instances_delivery_due_idx ON instances (delivery_due_at) WHERE delivery_due_at IS NOT NULL;

CREATE TABLE actors (
  id BLOB NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT actors_ap_id_key UNIQUE,
  kind TEXT NOT NULL,
  handle TEXT NOT NULL,
  handle_key TEXT NOT NULL,
  host TEXT NOT NULL CONSTRAINT actors_host_fkey REFERENCES instances (host),
  local BOOLEAN NOT NULL,
  name TEXT NOT NULL,
  summary TEXT NOT NULL,
  url TEXT,
  inbox TEXT NOT NULL,
  shared_inbox TEXT,
  outbox TEXT,
  followers TEXT,
  following TEXT,
  featured TEXT,
  moderators TEXT,
  icon TEXT,
  approves_followers BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  fetched_at BIGINT,
  suspended_at BIGINT,
  deleted_at BIGINT,
  moved_to TEXT
);
CREATE UNIQUE INDEX actors_local_handle_key ON actors (handle_key) WHERE local;
CREATE INDEX actors_handle_idx ON actors (handle_key, host);
CREATE INDEX actors_host_idx ON actors (host);

CREATE TABLE keys (
  key_id TEXT NOT NULL PRIMARY KEY,
  actor_id BLOB NOT NULL CONSTRAINT keys_actor_id_fkey REFERENCES actors (id),
  public_pem TEXT NOT NULL,
  private_pem TEXT,
  created_at BIGINT NOT NULL,
  refetched_at BIGINT
);
CREATE INDEX keys_actor_idx ON keys (actor_id);

CREATE TABLE accounts (
  id BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL CONSTRAINT accounts_person_id_key UNIQUE CONSTRAINT accounts_person_id_fkey REFERENCES actors (id),
  email TEXT CONSTRAINT accounts_email_key UNIQUE,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL,
  sponsor_id BLOB CONSTRAINT accounts_sponsor_id_fkey REFERENCES actors (id),
  locale TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  suspended_at BIGINT
);

CREATE TABLE sessions (
  digest BLOB NOT NULL PRIMARY KEY,
  account_id BLOB NOT NULL CONSTRAINT sessions_account_id_fkey REFERENCES accounts (id),
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_account_idx ON sessions (account_id);

CREATE TABLE tokens (
  digest BLOB NOT NULL PRIMARY KEY,
  account_id BLOB NOT NULL CONSTRAINT tokens_account_id_fkey REFERENCES accounts (id),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT
);
CREATE INDEX tokens_account_idx ON tokens (account_id);

CREATE TABLE follows (
  id BLOB NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL,
  follower_id BLOB NOT NULL CONSTRAINT follows_follower_id_fkey REFERENCES actors (id),
  followed_id BLOB NOT NULL CONSTRAINT follows_followed_id_fkey REFERENCES actors (id),
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  accepted_at BIGINT,
  CONSTRAINT follows_pair_key UNIQUE (follower_id, followed_id)
);
CREATE INDEX follows_followed_idx ON follows (followed_id, state, id);
CREATE INDEX follows_ap_id_idx ON follows (ap_id);

CREATE TABLE blocks (
  blocker_id BLOB NOT NULL CONSTRAINT blocks_blocker_id_fkey REFERENCES actors (id),
  blocked_id BLOB NOT NULL CONSTRAINT blocks_blocked_id_fkey REFERENCES actors (id),
  ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (blocker_id, blocked_id)
) WITHOUT ROWID;
CREATE INDEX blocks_blocked_idx ON blocks (blocked_id);
