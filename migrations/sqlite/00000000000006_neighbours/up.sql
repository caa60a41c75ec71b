ALTER TABLE instances ADD COLUMN open_actors BOOLEAN;
ALTER TABLE instances ADD COLUMN probed_at BIGINT;
ALTER TABLE collectives ADD COLUMN public_log BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE keys ADD COLUMN retired_at BIGINT;
ALTER TABLE activities ADD COLUMN key_id TEXT;

ALTER TABLE replies ADD COLUMN group_id BLOB CONSTRAINT replies_group_id_fkey REFERENCES actors (id);
ALTER TABLE replies ADD COLUMN title TEXT;
CREATE INDEX replies_group_idx ON replies (group_id, id) WHERE group_id IS NOT NULL;

CREATE TABLE guests (
  author_id BLOB NOT NULL PRIMARY KEY CONSTRAINT guests_author_id_fkey REFERENCES actors (id),
  actor_id BLOB NOT NULL CONSTRAINT guests_actor_id_key UNIQUE CONSTRAINT guests_actor_id_fkey REFERENCES actors (id)
) WITHOUT ROWID;

CREATE TABLE relays (
  reply_id BLOB NOT NULL PRIMARY KEY CONSTRAINT relays_reply_id_fkey REFERENCES replies (id),
  ap_id TEXT NOT NULL CONSTRAINT relays_ap_id_key UNIQUE,
  actor_id BLOB NOT NULL CONSTRAINT relays_actor_id_fkey REFERENCES actors (id),
  created_at BIGINT NOT NULL
);

CREATE TABLE locks (
  listing_id BLOB NOT NULL PRIMARY KEY CONSTRAINT locks_listing_id_fkey REFERENCES listings (id),
  actor_id BLOB CONSTRAINT locks_actor_id_fkey REFERENCES actors (id),
  locked_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE mentions (
  collective_id BLOB NOT NULL CONSTRAINT mentions_collective_id_fkey REFERENCES actors (id),
  reply_id BLOB NOT NULL CONSTRAINT mentions_reply_id_fkey REFERENCES replies (id),
  state TEXT NOT NULL,
  announce_id TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (collective_id, reply_id)
) WITHOUT ROWID;
CREATE INDEX mentions_reply_idx ON mentions (reply_id);

CREATE TABLE domain_rules (
  domain TEXT NOT NULL PRIMARY KEY,
  severity TEXT NOT NULL,
  reject_media BOOLEAN NOT NULL,
  reject_reports BOOLEAN NOT NULL,
  obfuscate BOOLEAN NOT NULL,
  public_comment TEXT NOT NULL,
  private_comment TEXT NOT NULL,
  created_by BLOB CONSTRAINT domain_rules_created_by_fkey REFERENCES actors (id),
  created_at BIGINT NOT NULL
);

CREATE TABLE reports (
  id BLOB NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT reports_ap_id_key UNIQUE,
  reporter_id BLOB NOT NULL CONSTRAINT reports_reporter_id_fkey REFERENCES actors (id),
  collective_id BLOB CONSTRAINT reports_collective_id_fkey REFERENCES actors (id),
  actor_id BLOB NOT NULL CONSTRAINT reports_actor_id_fkey REFERENCES actors (id),
  listing_id BLOB CONSTRAINT reports_listing_id_fkey REFERENCES listings (id),
  reply_id BLOB CONSTRAINT reports_reply_id_fkey REFERENCES replies (id),
  text TEXT NOT NULL,
  forwarded BOOLEAN NOT NULL,
  open BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  resolved_at BIGINT,
  resolved_by BLOB CONSTRAINT reports_resolved_by_fkey REFERENCES actors (id)
);
CREATE INDEX reports_collective_idx ON reports (collective_id, open, id) WHERE collective_id IS NOT NULL;
CREATE INDEX reports_open_idx ON reports (open, id);

CREATE TABLE agreements (
  id BLOB NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT agreements_ap_id_key UNIQUE,
  offer_id TEXT NOT NULL CONSTRAINT agreements_offer_id_key UNIQUE,
  listing_id BLOB NOT NULL CONSTRAINT agreements_listing_id_fkey REFERENCES listings (id),
  responder_id BLOB NOT NULL CONSTRAINT agreements_responder_id_fkey REFERENCES actors (id),
  quantity BIGINT,
  unit TEXT,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  answered_at BIGINT,
  answered_by BLOB CONSTRAINT agreements_answered_by_fkey REFERENCES actors (id)
);
CREATE INDEX agreements_listing_idx ON agreements (listing_id, state, id);
CREATE INDEX agreements_responder_idx ON agreements (responder_id, id);

-- Servers are asked again what they are, those first that were asked the longest ago.
CREATE INDEX instances_checked_idx ON instances (checked_at) WHERE checked_at IS NOT NULL;
ALTER TABLE relays ADD COLUMN ended_at BIGINT;
ALTER TABLE reports ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE reports ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reports ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX reports_subject_idx ON reports (actor_id, open, host);
ALTER TABLE replies ADD COLUMN root_id BLOB CONSTRAINT replies_root_id_fkey REFERENCES replies (id);
CREATE INDEX replies_root_idx ON replies (root_id, id) WHERE root_id IS NOT NULL;
CREATE INDEX mentions_queue_idx ON mentions (collective_id, state, reply_id);
-- What was asked before dialects were spoken has told its software already.
UPDATE instances SET dialect = 'threadiverse' WHERE lower(software) IN ('lemmy', 'piefed', 'mbin', 'kbin');
ALTER TABLE agreements ADD COLUMN return_quantity BIGINT;
ALTER TABLE agreements ADD COLUMN return_unit TEXT;
ALTER TABLE agreements ADD COLUMN fulfilled_at BIGINT;

-- What was received of a post that a collective passes on: its `Create`, and its newest `Update`.
ALTER TABLE mentions ADD COLUMN create_id BLOB;
ALTER TABLE mentions ADD COLUMN update_id BLOB;
-- Content warnings.
ALTER TABLE replies ADD COLUMN summary TEXT;
ALTER TABLE replies ADD COLUMN sensitive BOOLEAN NOT NULL DEFAULT FALSE;
-- A copy that was deleted comes back under another address.
ALTER TABLE relays ADD COLUMN former_id TEXT;
CREATE INDEX relays_former_idx ON relays (former_id) WHERE former_id IS NOT NULL;
-- Votes that a community counts of people whom nobody here has met.
CREATE TABLE tallies (
  object_id BLOB NOT NULL CONSTRAINT tallies_object_id_fkey REFERENCES replies (id),
  voter TEXT NOT NULL,
  kind TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (object_id, voter)
) WITHOUT ROWID;

-- Letters about one thing reach an inbox in their order, and hold up no others.
ALTER TABLE instances ADD COLUMN delivery_paused_at BIGINT;
ALTER TABLE activities ADD COLUMN lane BLOB NOT NULL DEFAULT x'';
ALTER TABLE activities ADD COLUMN kept BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX activities_lane_idx ON activities (lane);
CREATE INDEX activities_key_idx ON activities (actor_id, id) WHERE key_id IS NOT NULL;
CREATE INDEX activities_age_idx ON activities (created_at) WHERE NOT kept;
ALTER TABLE deliveries ADD COLUMN lane BLOB NOT NULL DEFAULT x'';
ALTER TABLE deliveries ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX deliveries_due_idx ON deliveries (host, due_at, activity_id) WHERE NOT dead;
CREATE INDEX deliveries_lane_idx ON deliveries (inbox, lane, activity_id) WHERE NOT dead;
CREATE INDEX deliveries_dead_idx ON deliveries (activity_id) WHERE dead;
CREATE TABLE inboxes (
  inbox TEXT NOT NULL PRIMARY KEY,
  host TEXT NOT NULL CONSTRAINT inboxes_host_fkey REFERENCES instances (host),
  failures INTEGER NOT NULL,
  due_at BIGINT NOT NULL,
  lost BOOLEAN NOT NULL
) WITHOUT ROWID;
CREATE INDEX inboxes_host_idx ON inboxes (host);
CREATE INDEX mentions_announce_idx ON mentions (announce_id) WHERE announce_id IS NOT NULL;
ALTER TABLE mentions ADD COLUMN arrival TEXT NOT NULL DEFAULT 'known';
CREATE INDEX mentions_first_idx ON mentions (collective_id, created_at) WHERE arrival = 'first';
