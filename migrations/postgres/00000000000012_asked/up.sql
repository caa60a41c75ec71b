-- Who asks to follow a collective waits for its stewards like all else; whoever asked before is put there too.
INSERT INTO incoming (id, collective_id, kind, subject_id, created_at)
  SELECT follows.id, follows.followed_id, 'follow_request', follows.id, follows.created_at
  FROM follows JOIN collectives ON collectives.id = follows.followed_id
  WHERE follows.state = 'pending';
