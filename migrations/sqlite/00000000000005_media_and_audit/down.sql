DROP TABLE audit;
DROP TABLE media;
