-- What listings are marked with; the page of a tag walks the primary key, for ids grow with time.
CREATE TABLE listing_tags (
  listing_id BLOB NOT NULL CONSTRAINT listing_tags_listing_id_fkey REFERENCES listings (id),
  word TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (word, listing_id)
) WITHOUT ROWID;
CREATE INDEX listing_tags_listing_idx ON listing_tags (listing_id);
