-- So that of two who change what somebody signs in with at once, the later is told.
ALTER TABLE credential ADD COLUMN revision {int} NOT NULL DEFAULT 1;
