CREATE TABLE collectives (
  id BLOB NOT NULL PRIMARY KEY CONSTRAINT collectives_id_fkey REFERENCES actors (id),
  voice_id BLOB NOT NULL CONSTRAINT collectives_voice_id_key UNIQUE CONSTRAINT collectives_voice_id_fkey REFERENCES actors (id),
  language TEXT NOT NULL,
  follow_policy TEXT NOT NULL,
  board_open BOOLEAN NOT NULL,
  members_publish BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  dissolved_at BIGINT,
  version BIGINT NOT NULL
);

CREATE TABLE memberships (
  collective_id BLOB NOT NULL CONSTRAINT memberships_collective_id_fkey REFERENCES collectives (id),
  person_id BLOB NOT NULL CONSTRAINT memberships_person_id_fkey REFERENCES actors (id),
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  invited_by BLOB CONSTRAINT memberships_invited_by_fkey REFERENCES actors (id),
  created_at BIGINT NOT NULL,
  joined_at BIGINT,
  PRIMARY KEY (collective_id, person_id)
) WITHOUT ROWID;
CREATE INDEX memberships_person_idx ON memberships (person_id, state);
