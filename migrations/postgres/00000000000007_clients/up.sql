-- Accounts: how somebody got in, what proves who they are, and what they may still do.
ALTER TABLE accounts ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE accounts ADD COLUMN application TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN unsponsored_at BIGINT;
ALTER TABLE accounts ADD COLUMN totp_secret BYTEA;
ALTER TABLE accounts ADD COLUMN totp_confirmed_at BIGINT;
ALTER TABLE accounts ADD COLUMN totp_step BIGINT;
ALTER TABLE accounts ADD COLUMN deleted_at BIGINT;
CREATE INDEX accounts_sponsor_idx ON accounts (sponsor_id, id) WHERE sponsor_id IS NOT NULL;
CREATE INDEX accounts_state_idx ON accounts (state, id);

ALTER TABLE sessions ADD COLUMN id BYTEA;
ALTER TABLE sessions ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN used_at BIGINT;
UPDATE sessions SET id = decode(md5(random()::text || encode(digest, 'hex')), 'hex');
CREATE UNIQUE INDEX sessions_id_key ON sessions (id);

ALTER TABLE tokens ADD COLUMN id BYTEA;
ALTER TABLE tokens ADD COLUMN app_id BYTEA;
ALTER TABLE tokens ADD COLUMN grant_id BYTEA;
ALTER TABLE tokens ADD COLUMN used_at BIGINT;
UPDATE tokens SET id = decode(md5(random()::text || encode(digest, 'hex')), 'hex');
CREATE UNIQUE INDEX tokens_id_key ON tokens (id);
CREATE INDEX tokens_grant_idx ON tokens (grant_id) WHERE grant_id IS NOT NULL;

CREATE TABLE account_secrets (
  digest BYTEA NOT NULL PRIMARY KEY,
  account_id BYTEA NOT NULL CONSTRAINT account_secrets_account_id_fkey REFERENCES accounts (id),
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX account_secrets_account_idx ON account_secrets (account_id, kind);

CREATE TABLE recovery_codes (
  account_id BYTEA NOT NULL CONSTRAINT recovery_codes_account_id_fkey REFERENCES accounts (id),
  digest BYTEA NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (account_id, digest)
);

CREATE TABLE account_invitations (
  id BYTEA NOT NULL PRIMARY KEY,
  digest BYTEA NOT NULL CONSTRAINT account_invitations_digest_key UNIQUE,
  collective_id BYTEA CONSTRAINT account_invitations_collective_id_fkey REFERENCES actors (id),
  created_by BYTEA CONSTRAINT account_invitations_created_by_fkey REFERENCES actors (id),
  note TEXT NOT NULL,
  uses_left INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX account_invitations_collective_idx ON account_invitations (collective_id, id);

-- OAuth 2: who asks, what was allowed, and what follows from it.
CREATE TABLE apps (
  id BYTEA NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL CONSTRAINT apps_client_id_key UNIQUE,
  secret_digest BYTEA,
  name TEXT NOT NULL,
  website TEXT,
  redirect_uris TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE TABLE oauth_codes (
  digest BYTEA NOT NULL PRIMARY KEY,
  app_id BYTEA NOT NULL CONSTRAINT oauth_codes_app_id_fkey REFERENCES apps (id),
  account_id BYTEA NOT NULL CONSTRAINT oauth_codes_account_id_fkey REFERENCES accounts (id),
  grant_id BYTEA NOT NULL,
  redirect_uri TEXT NOT NULL,
  scopes TEXT NOT NULL,
  challenge TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX oauth_codes_age_idx ON oauth_codes (expires_at);

CREATE TABLE refresh_tokens (
  digest BYTEA NOT NULL PRIMARY KEY,
  app_id BYTEA NOT NULL CONSTRAINT refresh_tokens_app_id_fkey REFERENCES apps (id),
  account_id BYTEA NOT NULL CONSTRAINT refresh_tokens_account_id_fkey REFERENCES accounts (id),
  grant_id BYTEA NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX refresh_tokens_grant_idx ON refresh_tokens (grant_id);

CREATE TABLE app_tokens (
  digest BYTEA NOT NULL PRIMARY KEY,
  app_id BYTEA NOT NULL CONSTRAINT app_tokens_app_id_fkey REFERENCES apps (id),
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX app_tokens_age_idx ON app_tokens (expires_at);

-- Manners of the API.
CREATE TABLE idempotency_keys (
  account_id BYTEA NOT NULL CONSTRAINT idempotency_keys_account_id_fkey REFERENCES accounts (id),
  name TEXT NOT NULL,
  request_digest BYTEA NOT NULL,
  status INTEGER,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, name)
);
CREATE INDEX idempotency_keys_age_idx ON idempotency_keys (created_at);

-- Collectives: what they ask of those who want to join, and how often something comes again.
ALTER TABLE collectives ADD COLUMN join_policy TEXT NOT NULL DEFAULT 'invitation';
ALTER TABLE collectives ADD COLUMN join_questions TEXT NOT NULL DEFAULT '';
ALTER TABLE memberships ADD COLUMN answers TEXT NOT NULL DEFAULT '';

-- A listing that a collective posts for somebody who asked it to.
CREATE TABLE mandates (
  listing_id BYTEA NOT NULL PRIMARY KEY CONSTRAINT mandates_listing_id_fkey REFERENCES listings (id),
  on_behalf_of TEXT NOT NULL,
  consented_at BIGINT NOT NULL
);

CREATE TABLE templates (
  id BYTEA NOT NULL PRIMARY KEY,
  collective_id BYTEA NOT NULL CONSTRAINT templates_collective_id_fkey REFERENCES actors (id),
  created_by BYTEA NOT NULL CONSTRAINT templates_created_by_fkey REFERENCES actors (id),
  name TEXT NOT NULL,
  form TEXT NOT NULL,
  recurs TEXT,
  next_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX templates_collective_idx ON templates (collective_id, id);
CREATE INDEX templates_due_idx ON templates (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE template_uses (
  listing_id BYTEA NOT NULL PRIMARY KEY CONSTRAINT template_uses_listing_id_fkey REFERENCES listings (id),
  template_id BYTEA NOT NULL CONSTRAINT template_uses_template_id_fkey REFERENCES templates (id)
);
CREATE INDEX template_uses_template_idx ON template_uses (template_id);

ALTER TABLE media ADD COLUMN reply_id BYTEA;
ALTER TABLE media ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
CREATE INDEX media_owner_idx ON media (owner_id, id);

-- What somebody here is told, does not want to hear, and waits for.
CREATE TABLE notifications (
  id BYTEA NOT NULL PRIMARY KEY,
  person_id BYTEA NOT NULL CONSTRAINT notifications_person_id_fkey REFERENCES actors (id),
  kind TEXT NOT NULL,
  actor_id BYTEA CONSTRAINT notifications_actor_id_fkey REFERENCES actors (id),
  collective_id BYTEA CONSTRAINT notifications_collective_id_fkey REFERENCES actors (id),
  listing_id BYTEA CONSTRAINT notifications_listing_id_fkey REFERENCES listings (id),
  reply_id BYTEA CONSTRAINT notifications_reply_id_fkey REFERENCES replies (id),
  text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  read_at BIGINT
);
CREATE INDEX notifications_person_idx ON notifications (person_id, id);
CREATE INDEX notifications_age_idx ON notifications (created_at);

CREATE TABLE mutes (
  person_id BYTEA NOT NULL CONSTRAINT mutes_person_id_fkey REFERENCES actors (id),
  muted_id BYTEA NOT NULL CONSTRAINT mutes_muted_id_fkey REFERENCES actors (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, muted_id)
);

CREATE TABLE saved_searches (
  id BYTEA NOT NULL PRIMARY KEY,
  person_id BYTEA NOT NULL CONSTRAINT saved_searches_person_id_fkey REFERENCES actors (id),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  notify BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX saved_searches_person_idx ON saved_searches (person_id, id);

-- Webhooks of collectives, and the letters that go to them.
CREATE TABLE webhooks (
  id BYTEA NOT NULL PRIMARY KEY,
  collective_id BYTEA NOT NULL CONSTRAINT webhooks_collective_id_fkey REFERENCES actors (id),
  created_by BYTEA NOT NULL CONSTRAINT webhooks_created_by_fkey REFERENCES actors (id),
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  events TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  failures INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX webhooks_collective_idx ON webhooks (collective_id, id);

CREATE TABLE webhook_letters (
  id BYTEA NOT NULL PRIMARY KEY,
  webhook_id BYTEA NOT NULL CONSTRAINT webhook_letters_webhook_id_fkey REFERENCES webhooks (id),
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at BIGINT,
  status INTEGER,
  error TEXT,
  created_at BIGINT NOT NULL,
  done_at BIGINT
);
CREATE INDEX webhook_letters_due_idx ON webhook_letters (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_letters_log_idx ON webhook_letters (webhook_id, id);

-- Full text: folded and stemmed words of what the public may find, one row for each thing.
CREATE TABLE searchable (
  id BYTEA NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX searchable_words_idx ON searchable USING gin (to_tsvector('simple', words));

-- Sums over what was published, without a look at the rows.
CREATE INDEX listings_statistics_idx ON listings (collective_id, purpose, kind, state)
  WHERE published_at IS NOT NULL AND deleted_at IS NULL;
-- Accounts: whether somebody has vouched for them, who shut them out, and how much mail an address got.
ALTER TABLE accounts ADD COLUMN approved BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE accounts ADD COLUMN suspended_by TEXT;
CREATE INDEX accounts_unsponsored_idx ON accounts (unsponsored_at) WHERE unsponsored_at IS NOT NULL;
ALTER TABLE account_secrets ADD COLUMN mailbox TEXT NOT NULL DEFAULT '';
CREATE INDEX account_secrets_mailbox_idx ON account_secrets (mailbox, created_at);
CREATE INDEX account_secrets_age_idx ON account_secrets (created_at);
-- What somebody wrote, drafts too.
CREATE INDEX listings_author_idx ON listings (author_id, id) WHERE author_id IS NOT NULL;
-- Searches whose owners want to be told.
CREATE INDEX saved_searches_standing_idx ON saved_searches (notify, id);
