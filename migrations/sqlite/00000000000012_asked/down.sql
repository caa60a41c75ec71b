DELETE FROM incoming WHERE kind = 'follow_request';
