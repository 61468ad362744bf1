CREATE TABLE pending_start (
    id {uuid} NOT NULL PRIMARY KEY,
    not_before {int} NOT NULL,
    leased_until {int},
    body TEXT NOT NULL
) {heap};
CREATE INDEX pending_start_due ON pending_start (not_before);
