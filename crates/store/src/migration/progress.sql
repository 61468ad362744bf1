-- How many records an effect has written so far, and under which lease: whoever begins anew begins at nothing.
ALTER TABLE outbox ADD COLUMN written {int} NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN written_fence {int} NOT NULL DEFAULT 0;
