ALTER TABLE instances ADD COLUMN open_actors BOOLEAN;
ALTER TABLE instances ADD COLUMN probed_at BIGINT;
ALTER TABLE collectives ADD COLUMN public_log BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE keys ADD COLUMN retired_at BIGINT;
ALTER TABLE activities ADD COLUMN key_id TEXT;

ALTER TABLE replies ADD COLUMN group_id BYTEA CONSTRAINT replies_group_id_fkey REFERENCES actors (id);
ALTER TABLE replies ADD COLUMN title TEXT;
CREATE INDEX replies_group_idx ON replies (group_id, id) WHERE group_id IS NOT NULL;

CREATE TABLE guests (
  author_id BYTEA NOT NULL PRIMARY KEY CONSTRAINT guests_author_id_fkey REFERENCES actors (id),
  actor_id BYTEA NOT NULL CONSTRAINT guests_actor_id_key UNIQUE CONSTRAINT guests_actor_id_fkey REFERENCES actors (id)
);

CREATE TABLE relays (
  reply_id BYTEA NOT NULL PRIMARY KEY CONSTRAINT relays_reply_id_fkey REFERENCES replies (id),
  ap_id TEXT NOT NULL CONSTRAINT relays_ap_id_key UNIQUE,
  actor_id BYTEA NOT NULL CONSTRAINT relays_actor_id_fkey REFERENCES actors (id),
  created_at BIGINT NOT NULL
);

CREATE TABLE locks (
  listing_id BYTEA NOT NULL PRIMARY KEY CONSTRAINT locks_listing_id_fkey REFERENCES listings (id),
  actor_id BYTEA CONSTRAINT locks_actor_id_fkey REFERENCES actors (id),
  locked_at BIGINT NOT NULL
);

CREATE TABLE mentions (
  collective_id BYTEA NOT NULL CONSTRAINT mentions_collective_id_fkey REFERENCES actors (id),
  reply_id BYTEA NOT NULL CONSTRAINT mentions_reply_id_fkey REFERENCES replies (id),
  state TEXT NOT NULL,
  announce_id TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (collective_id, reply_id)
);
CREATE INDEX mentions_reply_idx ON mentions (reply_id);

CREATE TABLE domain_rules (
  domain TEXT NOT NULL PRIMARY KEY,
  severity TEXT NOT NULL,
  reject_media BOOLEAN NOT NULL,
  reject_reports BOOLEAN NOT NULL,
  obfuscate BOOLEAN NOT NULL,
  public_comment TEXT NOT NULL,
  private_comment TEXT NOT NULL,
  created_by BYTEA CONSTRAINT domain_rules_created_by_fkey REFERENCES actors (id),
  created_at BIGINT NOT NULL
);

CREATE TABLE reports (
  id BYTEA NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT reports_ap_id_key UNIQUE,
  reporter_id BYTEA NOT NULL CONSTRAINT reports_reporter_id_fkey REFERENCES actors (id),
  collective_id BYTEA CONSTRAINT reports_collective_id_fkey REFERENCES actors (id),
  actor_id BYTEA NOT NULL CONSTRAINT reports_actor_id_fkey REFERENCES actors (id),
  listing_id BYTEA CONSTRAINT reports_listing_id_fkey REFERENCES listings (id),
  reply_id BYTEA CONSTRAINT reports_reply_id_fkey REFERENCES replies (id),
  text TEXT NOT NULL,
  forwarded BOOLEAN NOT NULL,
  open BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  resolved_at BIGINT,
  resolved_by BYTEA CONSTRAINT reports_resolved_by_fkey REFERENCES actors (id)
);
CREATE INDEX reports_collective_idx ON reports (collective_id, open, id) WHERE collective_id IS NOT NULL;
CREATE INDEX reports_open_idx ON reports (open, id);

CREATE TABLE agreements (
  id BYTEA NOT NULL PRIMARY KEY,
  ap_id TEXT NOT NULL CONSTRAINT agreements_ap_id_key UNIQUE,
  offer_id TEXT NOT NULL CONSTRAINT agreements_offer_id_key UNIQUE,
  listing_id BYTEA NOT NULL CONSTRAINT agreements_listing_id_fkey REFERENCES listings (id),
  responder_id BYTEA NOT NULL CONSTRAINT agreements_responder_id_fkey REFERENCES actors (id),
  quantity BIGINT,
  unit TEXT,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  answered_at BIGINT,
  answered_by BYTEA CONSTRAINT agreements_answered_by_fkey REFERENCES actors (id)
);
CREATE INDEX agreements_listing_idx ON agreements (listing_id, state, id);
CREATE INDEX agreements_responder_idx ON agreements (responder_id, id);

COMMENT ON COLUMN instances.open_actors IS 'Whether its actors are read without a signature; NULL is not probed yet.';
COMMENT ON COLUMN activities.key_id IS 'The key it is signed with, where that is not the newest of its actor.';
COMMENT ON TABLE guests IS 'Local stand-ins for authors whose own server shows them to nobody unsigned.';
COMMENT ON TABLE relays IS 'The address under which a message is said again to those who cannot read the original.';
COMMENT ON TABLE locks IS 'Listings that take no more answers.';
COMMENT ON TABLE mentions IS 'Posts that call a collective, in the queue of its stewards.';
COMMENT ON TABLE domain_rules IS 'What the admins decided about domains; instances.state follows from it.';
COMMENT ON TABLE reports IS 'What was reported to moderators, here and from elsewhere.';
COMMENT ON TABLE agreements IS 'Answers to listings as FEP-0837 negotiates them.';

-- Servers are asked again what they are, those first that were asked the longest ago.
CREATE INDEX instances_checked_idx ON instances (checked_at) WHERE checked_at IS NOT NULL;
ALTER TABLE relays ADD COLUMN ended_at BIGINT;
COMMENT ON COLUMN relays.ended_at IS 'When it was taken back although the message is still here.';
ALTER TABLE reports ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE reports ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reports ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX reports_subject_idx ON reports (actor_id, open, host);
COMMENT ON COLUMN reports.host IS 'The server of whoever reported; reports of one server about one thing are one row.';
COMMENT ON COLUMN reports.times IS 'How often it was reported.';
COMMENT ON COLUMN reports.updated_at IS 'When it was reported last.';
ALTER TABLE replies ADD COLUMN root_id BYTEA CONSTRAINT replies_root_id_fkey REFERENCES replies (id);
CREATE INDEX replies_root_idx ON replies (root_id, id) WHERE root_id IS NOT NULL;
CREATE INDEX mentions_queue_idx ON mentions (collective_id, state, reply_id);
COMMENT ON COLUMN replies.root_id IS 'The post with which its thread begins, where that is no listing.';
-- What was asked before dialects were spoken has told its software already.
UPDATE instances SET dialect = 'threadiverse' WHERE lower(software) IN ('lemmy', 'piefed', 'mbin', 'kbin');
ALTER TABLE agreements ADD COLUMN return_quantity BIGINT;
ALTER TABLE agreements ADD COLUMN return_unit TEXT;
ALTER TABLE agreements ADD COLUMN fulfilled_at BIGINT;
COMMENT ON COLUMN agreements.return_quantity IS 'How much is given in return, in thousandths.';
COMMENT ON COLUMN agreements.return_unit IS 'The unit of what is given in return.';
COMMENT ON COLUMN agreements.fulfilled_at IS 'When what was agreed on was handed over or done.';

-- What was received of a post that a collective passes on: its `Create`, and its newest `Update`.
ALTER TABLE mentions ADD COLUMN create_id BYTEA;
ALTER TABLE mentions ADD COLUMN update_id BYTEA;
-- Content warnings.
ALTER TABLE replies ADD COLUMN summary TEXT;
ALTER TABLE replies ADD COLUMN sensitive BOOLEAN NOT NULL DEFAULT FALSE;
-- A copy that was deleted comes back under another address.
ALTER TABLE relays ADD COLUMN former_id TEXT;
CREATE INDEX relays_former_idx ON relays (former_id) WHERE former_id IS NOT NULL;
-- Votes that a community counts of people whom nobody here has met.
CREATE TABLE tallies (
  object_id BYTEA NOT NULL CONSTRAINT tallies_object_id_fkey REFERENCES replies (id),
  voter TEXT NOT NULL,
  kind TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (object_id, voter)
);
COMMENT ON COLUMN mentions.create_id IS 'The inbound activity by which the post came; it may be forgotten already.';
COMMENT ON COLUMN mentions.update_id IS 'The newest inbound activity that changed the post since.';
COMMENT ON COLUMN replies.summary IS 'What its author warns of, as plain text.';
COMMENT ON COLUMN replies.sensitive IS 'Whether its author wants it folded.';
COMMENT ON COLUMN relays.former_id IS 'The address that it had before it was deleted and put back.';
COMMENT ON TABLE tallies IS 'Votes that a community elsewhere counts of people who are not known here.';

-- Letters about one thing reach an inbox in their order, and hold up no others.
ALTER TABLE instances ADD COLUMN delivery_paused_at BIGINT;
ALTER TABLE activities ADD COLUMN lane BYTEA NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN kept BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX activities_lane_idx ON activities (lane);
CREATE INDEX activities_key_idx ON activities (actor_id, id) WHERE key_id IS NOT NULL;
CREATE INDEX activities_age_idx ON activities (created_at) WHERE NOT kept;
ALTER TABLE deliveries ADD COLUMN lane BYTEA NOT NULL DEFAULT '';
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
);
CREATE INDEX inboxes_host_idx ON inboxes (host);
COMMENT ON COLUMN instances.delivery_paused_at IS 'Since when an admin has nothing sent to it.';
COMMENT ON COLUMN activities.lane IS 'What it is about: letters of one lane reach an inbox in their order.';
COMMENT ON COLUMN activities.kept IS 'Whether it is still to be read at its address, however old it is.';
COMMENT ON COLUMN deliveries.lane IS 'The lane of the activity.';
COMMENT ON COLUMN deliveries.due_at IS 'Not tried before this moment.';
COMMENT ON TABLE inboxes IS 'Inboxes that give trouble; an inbox that takes something has no row.';
COMMENT ON COLUMN inboxes.failures IS 'How many letters it has failed on since it last took one.';
COMMENT ON COLUMN inboxes.due_at IS 'Nothing is sent to it before this moment.';
COMMENT ON COLUMN inboxes.lost IS 'Several shared it, and it was not there.';
CREATE INDEX mentions_announce_idx ON mentions (announce_id) WHERE announce_id IS NOT NULL;
ALTER TABLE mentions ADD COLUMN arrival TEXT NOT NULL DEFAULT 'known';
CREATE INDEX mentions_first_idx ON mentions (collective_id, created_at) WHERE arrival = 'first';
COMMENT ON COLUMN mentions.arrival IS 'How it came in: known, first (of a server nobody knows), held (after too many of those).';
