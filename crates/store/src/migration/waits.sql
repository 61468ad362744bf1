CREATE TABLE event_wait (
    event TEXT NOT NULL,
    case_id {uuid} NOT NULL,
    run {uuid} NOT NULL,
    PRIMARY KEY (event, case_id, run)
) {clustered};
CREATE INDEX event_wait_run ON event_wait (run);
