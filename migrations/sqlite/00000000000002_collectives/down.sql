DROP TABLE memberships;
DROP TABLE collectives;
