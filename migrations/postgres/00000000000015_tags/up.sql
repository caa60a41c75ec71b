-- What listings are marked with; the page of a tag walks the primary key, for ids grow with time.
CREATE TABLE listing_tags (
  listing_id BYTEA NOT NULL CONSTRAINT listing_tags_listing_id_fkey REFERENCES listings (id),
  word TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  CONSTRAINT listing_tags_pkey PRIMARY KEY (word, listing_id)
);
CREATE INDEX listing_tags_listing_idx ON listing_tags (listing_id);
COMMENT ON TABLE listing_tags IS 'What listings are marked with: the words after # in ours, the hashtags of others.';
COMMENT ON COLUMN listing_tags.word IS 'As tags are compared: in lower case.';
COMMENT ON COLUMN listing_tags.name IS 'As its author wrote it, without #.';
COMMENT ON COLUMN listing_tags.position IS 'Which one of the listing it is, from 0.';
