DROP TABLE listing_tags;
