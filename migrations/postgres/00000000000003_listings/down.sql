DROP TABLE reactions;
DROP TABLE replies;
DROP TABLE exact_points;
DROP TABLE listings;
