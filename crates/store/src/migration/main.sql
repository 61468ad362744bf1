CREATE TABLE workspace_state (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) {clustered};

CREATE TABLE definition_version (
    digest {bytes} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    number {int} NOT NULL,
    sources TEXT NOT NULL,
    published_at {int} NOT NULL,
    published_by TEXT NOT NULL,
    live {bool} NOT NULL
) {heap};
CREATE UNIQUE INDEX definition_version_number ON definition_version (kind, name, number);
CREATE INDEX definition_version_live ON definition_version (kind, name) WHERE live;

CREATE TABLE case_ (
    id {uuid} NOT NULL PRIMARY KEY,
    number {int} NOT NULL,
    workflow TEXT NOT NULL,
    version {bytes} NOT NULL,
    requester TEXT,
    status TEXT NOT NULL,
    outcome TEXT,
    revision {int} NOT NULL,
    title TEXT NOT NULL,
    submission {bytes},
    started_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    ended_at {int},
    snapshot TEXT NOT NULL
) {heap};
CREATE UNIQUE INDEX case_number ON case_ (number);
CREATE INDEX case_requester ON case_ (requester, started_at, id);
CREATE INDEX case_running ON case_ (started_at, id) WHERE ended_at IS NULL;

CREATE TABLE case_event (
    case_id {uuid} NOT NULL,
    number {int} NOT NULL,
    at {int} NOT NULL,
    actor TEXT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
) {clustered};

CREATE TABLE payload (
    case_id {uuid} NOT NULL,
    digest {bytes} NOT NULL,
    key_id {uuid} NOT NULL,
    level {int} NOT NULL,
    created_at {int} NOT NULL,
    ciphertext {bytes} NOT NULL,
    PRIMARY KEY (case_id, digest)
) {clustered};

CREATE TABLE task (
    id {uuid} NOT NULL PRIMARY KEY,
    case_id {uuid} NOT NULL,
    step TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    assignee TEXT,
    pool {bool} NOT NULL,
    opened_at {int} NOT NULL,
    due_at {int},
    completed_at {int},
    completed_by TEXT,
    outcome TEXT
) {heap};
CREATE INDEX task_case ON task (case_id, opened_at, id);
CREATE INDEX task_done ON task (completed_by, completed_at, id) WHERE completed_by IS NOT NULL;

CREATE TABLE task_candidate (
    person TEXT NOT NULL,
    due_at {int} NOT NULL,
    task_id {uuid} NOT NULL,
    PRIMARY KEY (person, due_at, task_id)
) {clustered};
CREATE INDEX task_candidate_task ON task_candidate (task_id);

CREATE TABLE inbox_count (
    person TEXT NOT NULL PRIMARY KEY,
    open_tasks {int} NOT NULL,
    unread {int} NOT NULL
) {clustered};

CREATE TABLE timer (
    due {int} NOT NULL,
    case_number {int} NOT NULL,
    event {int} NOT NULL,
    ordinal {int} NOT NULL,
    leased_until {int},
    PRIMARY KEY (due, case_number, event, ordinal)
) {clustered};

CREATE TABLE outbox (
    id {uuid} NOT NULL PRIMARY KEY,
    case_id {uuid} NOT NULL,
    kind TEXT NOT NULL,
    not_before {int} NOT NULL,
    attempts {int} NOT NULL,
    fence {int} NOT NULL,
    leased_until {int},
    body TEXT NOT NULL
) {heap};
CREATE INDEX outbox_due ON outbox (not_before, id);
CREATE INDEX outbox_case ON outbox (case_id);

CREATE TABLE notification (
    id {uuid} NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_id {uuid},
    at {int} NOT NULL,
    read_at {int},
    body TEXT NOT NULL
) {heap};
CREATE INDEX notification_person ON notification (person, at, id);
CREATE INDEX notification_unread ON notification (person, at, id) WHERE read_at IS NULL;
CREATE INDEX notification_copied ON notification (person, at, id) WHERE kind = 'copied';

CREATE TABLE department (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    head TEXT,
    parent TEXT
) {clustered};

CREATE TABLE person (
    login TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    department TEXT,
    manager TEXT,
    status TEXT NOT NULL,
    locale TEXT,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL
) {clustered};

CREATE TABLE person_role (
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (person, role)
) {clustered};

CREATE TABLE credential (
    person TEXT NOT NULL PRIMARY KEY,
    password_hash TEXT,
    totp_sealed {bytes},
    totp_confirmed_at {int},
    totp_last_step {int},
    failed_attempts {int} NOT NULL,
    locked_until {int},
    updated_at {int} NOT NULL
) {clustered};

CREATE TABLE session (
    hash {bytes} NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    created_at {int} NOT NULL,
    seen_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    csrf {bytes} NOT NULL,
    second_factor_at {int},
    from_address TEXT
) {clustered};
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE token (
    id {uuid} NOT NULL PRIMARY KEY,
    hash {bytes} NOT NULL,
    person TEXT NOT NULL,
    title TEXT NOT NULL,
    created_at {int} NOT NULL,
    expires_at {int},
    last_used_at {int},
    revoked_at {int}
) {heap};
CREATE UNIQUE INDEX token_hash ON token (hash);
CREATE INDEX token_person ON token (person, created_at);

CREATE TABLE login_attempt (
    scope TEXT NOT NULL,
    subject {bytes} NOT NULL,
    at {int} NOT NULL,
    id {uuid} NOT NULL,
    PRIMARY KEY (scope, subject, at, id)
) {clustered};
CREATE INDEX login_attempt_at ON login_attempt (at);

CREATE TABLE record (
    id {uuid} NOT NULL PRIMARY KEY,
    register TEXT NOT NULL,
    owner TEXT,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    revision {int} NOT NULL,
    seal {bytes} NOT NULL
) {heap};
CREATE INDEX record_register ON record (register, id);
CREATE INDEX record_owner ON record (register, owner, id);

CREATE TABLE record_value (
    record_id {uuid} NOT NULL,
    field TEXT NOT NULL,
    level {int} NOT NULL,
    key_id {uuid},
    ciphertext {bytes},
    clear TEXT,
    sort_text TEXT,
    sort_number {int},
    PRIMARY KEY (record_id, field)
) {clustered};
CREATE INDEX record_value_text ON record_value (field, sort_text, record_id) WHERE sort_text IS NOT NULL;
CREATE INDEX record_value_number ON record_value (field, sort_number, record_id) WHERE sort_number IS NOT NULL;

CREATE TABLE record_index (
    register TEXT NOT NULL,
    field TEXT NOT NULL,
    kind TEXT NOT NULL,
    blind {bytes} NOT NULL,
    record_id {uuid} NOT NULL,
    PRIMARY KEY (register, field, kind, blind, record_id)
) {clustered};
CREATE INDEX record_index_record ON record_index (record_id);

CREATE TABLE record_set (
    case_id {uuid} NOT NULL,
    digest {bytes} NOT NULL,
    chunk {int} NOT NULL,
    register TEXT NOT NULL,
    size {int} NOT NULL,
    ids {bytes} NOT NULL,
    PRIMARY KEY (case_id, digest, chunk)
) {clustered};

CREATE TABLE artifact (
    id {uuid} NOT NULL PRIMARY KEY,
    case_id {uuid} NOT NULL,
    run_key {uuid} NOT NULL,
    path TEXT NOT NULL,
    size {int} NOT NULL,
    digest {bytes} NOT NULL,
    password_sealed {bytes},
    person TEXT NOT NULL,
    records {int} NOT NULL,
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    downloads_left {int} NOT NULL,
    password_shown_at {int},
    recalled_at {int}
) {heap};
CREATE INDEX artifact_case ON artifact (case_id, created_at);
CREATE UNIQUE INDEX artifact_run ON artifact (run_key);
CREATE INDEX artifact_person ON artifact (person, created_at);
CREATE INDEX artifact_expires ON artifact (expires_at) WHERE recalled_at IS NULL;

CREATE TABLE reveal (
    id {uuid} NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    register TEXT NOT NULL,
    record_id {uuid} NOT NULL,
    field TEXT NOT NULL,
    at {int} NOT NULL,
    expires_at {int} NOT NULL
) {heap};
CREATE INDEX reveal_person ON reveal (person, record_id, expires_at);

CREATE TABLE audit_entry (
    id {uuid} NOT NULL PRIMARY KEY,
    number {int},
    at {int} NOT NULL,
    actor TEXT,
    on_behalf_of TEXT,
    kind TEXT NOT NULL,
    case_id {uuid},
    register TEXT,
    record_count {int} NOT NULL,
    from_address TEXT,
    digest {bytes},
    reason_key {uuid},
    reason_ciphertext {bytes},
    body TEXT NOT NULL
) {heap};
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor, at, id);
CREATE INDEX audit_entry_kind ON audit_entry (kind, at, id);
CREATE INDEX audit_entry_case ON audit_entry (case_id, at, id) WHERE case_id IS NOT NULL;

CREATE TABLE audit_subject (
    register TEXT NOT NULL,
    record_id {uuid} NOT NULL,
    entry_id {uuid} NOT NULL,
    PRIMARY KEY (record_id, entry_id)
) {clustered};
CREATE INDEX audit_subject_entry ON audit_subject (entry_id, record_id);

CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    request {bytes} NOT NULL,
    status {int} NOT NULL,
    response TEXT NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (actor, key)
) {clustered};
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value {int} NOT NULL
) {clustered};
