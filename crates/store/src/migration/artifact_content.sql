CREATE TABLE artifact_content (
    artifact_id {uuid} NOT NULL PRIMARY KEY,
    sealed {bytes} NOT NULL
) {clustered};
