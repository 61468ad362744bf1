CREATE INDEX case_incident ON case_ (started_at, id) WHERE status = 'incident';
