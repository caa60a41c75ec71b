DROP TABLE deliveries;
DROP TABLE activities;
DROP TABLE jobs;
DROP TABLE events;
DROP TABLE inbound_activities;
DROP TABLE seen_activities;
