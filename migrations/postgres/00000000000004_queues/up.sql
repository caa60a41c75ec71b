CREATE TABLE seen_activities (
  digest BYTEA NOT NULL PRIMARY KEY,
  seen_at BIGINT NOT NULL
);
CREATE INDEX seen_activities_age_idx ON seen_activities (seen_at);

CREATE TABLE inbound_activities (
  id BYTEA NOT NULL PRIMARY KEY,
  digest BYTEA NOT NULL CONSTRAINT inbound_activities_digest_key UNIQUE,
  ap_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  host TEXT NOT NULL CONSTRAINT inbound_activities_host_fkey REFERENCES instances (host),
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  parked TEXT,
  outcome TEXT,
  reason TEXT,
  attempts INTEGER NOT NULL,
  received_at BIGINT NOT NULL,
  due_at BIGINT,
  done_at BIGINT
);
CREATE INDEX inbound_activities_due_idx ON inbound_activities (host, id) WHERE due_at IS NOT NULL;
CREATE INDEX inbound_activities_done_idx ON inbound_activities (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE events (
  id BYTEA NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  pending BOOLEAN NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL,
  error TEXT,
  occurred_at BIGINT NOT NULL
);
CREATE INDEX events_pending_idx ON events (due_at, id) WHERE pending;

CREATE TABLE jobs (
  id BYTEA NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  payload TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at BIGINT NOT NULL,
  dead BOOLEAN NOT NULL,
  error TEXT,
  created_at BIGINT NOT NULL,
  CONSTRAINT jobs_name_key UNIQUE (kind, name)
);
CREATE INDEX jobs_due_idx ON jobs (dead, due_at);

CREATE TABLE activities (
  id BYTEA NOT NULL PRIMARY KEY,
  actor_id BYTEA NOT NULL CONSTRAINT activities_actor_id_fkey REFERENCES actors (id),
  kind TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE deliveries (
  activity_id BYTEA NOT NULL CONSTRAINT deliveries_activity_id_fkey REFERENCES activities (id),
  inbox TEXT NOT NULL,
  host TEXT NOT NULL CONSTRAINT deliveries_host_fkey REFERENCES instances (host),
  dead BOOLEAN NOT NULL,
  attempts INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  reason TEXT,
  PRIMARY KEY (activity_id, inbox)
);
CREATE INDEX deliveries_host_idx ON deliveries (host, dead, activity_id);

COMMENT ON TABLE seen_activities IS 'SHA-256 of every activity that took effect, so that it does so once.';
COMMENT ON TABLE inbound_activities IS 'Activities as received; answered 202 once they are here.';
COMMENT ON COLUMN inbound_activities.parked IS 'A signature that could not be checked yet, because its key could not be fetched in time.';
COMMENT ON COLUMN inbound_activities.due_at IS 'When to process it; null when it is done.';
COMMENT ON TABLE events IS 'What has happened and must be told; ids only.';
COMMENT ON TABLE jobs IS 'Work to be done after a commit; name keeps one of a kind.';
COMMENT ON TABLE activities IS 'What we send, as sent.';
COMMENT ON TABLE deliveries IS 'One row per activity and inbox; gone when delivered, dead when given up.';
