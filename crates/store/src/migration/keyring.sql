CREATE TABLE root_check (
    id {int} NOT NULL PRIMARY KEY,
    value {bytes} NOT NULL
) {heap};

CREATE TABLE kek (
    id {uuid} NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    epoch {int} NOT NULL,
    wrapped {bytes} NOT NULL,
    created_at {int} NOT NULL
) {heap};
CREATE UNIQUE INDEX kek_purpose ON kek (purpose, epoch);

CREATE TABLE data_key (
    id {uuid} NOT NULL PRIMARY KEY,
    scope {uuid} NOT NULL,
    level {int} NOT NULL,
    kek_id {uuid} NOT NULL,
    wrapped {bytes} NOT NULL
) {heap};
CREATE UNIQUE INDEX data_key_scope ON data_key (scope, level);
