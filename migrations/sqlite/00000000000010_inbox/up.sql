-- What waits for the stewards of a collective: any of them takes it, all of them see who has.
CREATE TABLE incoming (
  id BLOB NOT NULL PRIMARY KEY,
  collective_id BLOB NOT NULL CONSTRAINT incoming_collective_id_fkey REFERENCES actors (id),
  kind TEXT NOT NULL,
  subject_id BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  taken_by BLOB CONSTRAINT incoming_taken_by_fkey REFERENCES actors (id),
  taken_at BIGINT,
  done_by BLOB CONSTRAINT incoming_done_by_fkey REFERENCES actors (id),
  done_at BIGINT,
  CONSTRAINT incoming_subject_key UNIQUE (collective_id, kind, subject_id)
);
CREATE INDEX incoming_open_idx ON incoming (collective_id, id) WHERE done_at IS NULL;
CREATE INDEX incoming_done_idx ON incoming (collective_id, done_at, id) WHERE done_at IS NOT NULL;
CREATE INDEX incoming_subject_idx ON incoming (subject_id);
INSERT INTO incoming (id, collective_id, kind, subject_id, created_at)
  SELECT agreements.id, listings.collective_id, 'agreement', agreements.id, agreements.created_at
  FROM agreements JOIN listings ON listings.id = agreements.listing_id
  JOIN collectives ON collectives.id = listings.collective_id
  WHERE agreements.state = 'offered' AND listings.deleted_at IS NULL;
INSERT INTO incoming (id, collective_id, kind, subject_id, created_at)
  SELECT id, collective_id, 'report', id, created_at FROM reports
  WHERE open AND collective_id IS NOT NULL;
INSERT INTO incoming (id, collective_id, kind, subject_id, created_at)
  SELECT randomblob(16), collective_id, 'join_request', person_id, created_at FROM memberships
  WHERE state = 'requested';
INSERT INTO incoming (id, collective_id, kind, subject_id, created_at)
  SELECT randomblob(16), collective_id, 'mention', reply_id, created_at FROM mentions WHERE state = 'new';

-- Letters: how often, since when, and the word that stops them without a password.
ALTER TABLE accounts ADD COLUMN digest TEXT NOT NULL DEFAULT 'weekly';
ALTER TABLE accounts ADD COLUMN digest_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN letters BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE accounts ADD COLUMN letter_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN stop_word TEXT;
UPDATE accounts SET digest_at = created_at;
CREATE INDEX accounts_digest_idx ON accounts (digest, digest_at);
CREATE UNIQUE INDEX accounts_stop_word_key ON accounts (stop_word) WHERE stop_word IS NOT NULL;
-- What nobody was written of yet; of what was there before, nobody is.
ALTER TABLE notifications ADD COLUMN mailed BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE notifications SET mailed = TRUE;
CREATE INDEX notifications_unmailed_idx ON notifications (person_id, id)
  WHERE mailed = FALSE AND read_at IS NULL;
