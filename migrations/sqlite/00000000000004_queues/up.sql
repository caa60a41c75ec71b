CREATE TABLE seen_activities (
  digest BLOB NOT NULL PRIMARY KEY,
  seen_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX seen_activities_age_idx ON seen_activities (seen_at);

CREATE TABLE inbound_activities (
  id BLOB NOT NULL PRIMARY KEY,
  digest BLOB NOT NULL CONSTRAINT inbound_activities_digest_key UNIQUE,
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
  id BLOB NOT NULL PRIMARY KEY,
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
  id BLOB NOT NULL PRIMARY KEY,
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
  id BLOB NOT NULL PRIMARY KEY,
  actor_id BLOB NOT NULL CONSTRAINT activities_actor_id_fkey REFERENCES actors (id),
  kind TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE deliveries (
  activity_id BLOB NOT NULL CONSTRAINT deliveries_activity_id_fkey REFERENCES activities (id),
  inbox TEXT NOT NULL,
  host TEXT NOT NULL CONSTRAINT deliveries_host_fkey REFERENCES instances (host),
  dead BOOLEAN NOT NULL,
  attempts INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  reason TEXT,
  PRIMARY KEY (activity_id, inbox)
) WITHOUT ROWID;
CREATE INDEX deliveries_host_idx ON deliveries (host, dead, activity_id);
