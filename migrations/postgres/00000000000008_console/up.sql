-- The console of those who run the instance.

-- How many letters to a server have arrived, and how many tries have not.
ALTER TABLE instances ADD COLUMN delivered BIGINT NOT NULL DEFAULT 0;
ALTER TABLE instances ADD COLUMN failed BIGINT NOT NULL DEFAULT 0;

-- What was counted on a day, of what is not kept for long; days are counted from 1970.
CREATE TABLE days (
  name TEXT NOT NULL,
  day BIGINT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (name, day)
);

-- What is reported about somebody, as one case; what was decided; and what they say to that.
CREATE TABLE cases (
  id BYTEA NOT NULL PRIMARY KEY,
  actor_id BYTEA NOT NULL CONSTRAINT cases_actor_id_fkey REFERENCES actors (id),
  state TEXT NOT NULL,
  opened_by BYTEA CONSTRAINT cases_opened_by_fkey REFERENCES actors (id),
  opened_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX cases_state_idx ON cases (state, id);
CREATE INDEX cases_actor_idx ON cases (actor_id, id);
ALTER TABLE reports ADD COLUMN case_id BYTEA;
CREATE INDEX reports_case_idx ON reports (case_id, id) WHERE case_id IS NOT NULL;

CREATE TABLE decisions (
  id BYTEA NOT NULL PRIMARY KEY,
  case_id BYTEA NOT NULL CONSTRAINT decisions_case_id_fkey REFERENCES cases (id),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  follow_up_at BIGINT,
  followed_up_at BIGINT,
  decided_by BYTEA CONSTRAINT decisions_decided_by_fkey REFERENCES actors (id),
  decided_at BIGINT NOT NULL,
  digest BYTEA CONSTRAINT decisions_digest_key UNIQUE
);
CREATE INDEX decisions_case_idx ON decisions (case_id, id);
CREATE INDEX decisions_follow_up_idx ON decisions (follow_up_at)
  WHERE follow_up_at IS NOT NULL AND followed_up_at IS NULL;

CREATE TABLE appeals (
  decision_id BYTEA NOT NULL PRIMARY KEY CONSTRAINT appeals_decision_id_fkey REFERENCES decisions (id),
  text TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  upheld BOOLEAN,
  answer TEXT NOT NULL,
  answered_by BYTEA CONSTRAINT appeals_answered_by_fkey REFERENCES actors (id),
  answered_at BIGINT
);
CREATE INDEX appeals_open_idx ON appeals (made_at) WHERE answered_at IS NULL;

-- What is said on top of every page, for a while; the text is JSON, by language.
CREATE TABLE announcements (
  id BYTEA NOT NULL PRIMARY KEY,
  text TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT,
  created_by BYTEA CONSTRAINT announcements_created_by_fkey REFERENCES actors (id),
  created_at BIGINT NOT NULL
);

-- What one admin has proposed and another one has to agree to.
CREATE TABLE proposals (
  id BYTEA NOT NULL PRIMARY KEY,
  act TEXT NOT NULL,
  target TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  proposed_by BYTEA NOT NULL CONSTRAINT proposals_proposed_by_fkey REFERENCES actors (id),
  proposed_at BIGINT NOT NULL,
  answered_by BYTEA CONSTRAINT proposals_answered_by_fkey REFERENCES actors (id),
  answered_at BIGINT
);
CREATE INDEX proposals_state_idx ON proposals (state, id);

-- What the console looks through.
CREATE INDEX accounts_created_idx ON accounts (created_at);
CREATE INDEX sessions_used_idx ON sessions (used_at);
CREATE INDEX tokens_used_idx ON tokens (used_at);
CREATE INDEX inbound_activities_host_idx ON inbound_activities (host, id);
CREATE INDEX inbound_activities_outcome_idx ON inbound_activities (outcome, id);
CREATE INDEX audit_actor_idx ON audit (actor_id, id);
CREATE INDEX audit_action_idx ON audit (action, id);

-- The log only grows. Names of those who are gone leave it, and nothing else does.
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_is_not_changed
BEFORE UPDATE OF id, actor_id, collective_id, action, detail, happened_at ON audit
FOR EACH ROW EXECUTE FUNCTION audit_only_grows();
