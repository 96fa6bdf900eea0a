-- What is published for a part of a school: the newest pack of each. Unlike bundles, packs are signed
-- and not sealed: campaign, criteria, questions. Nothing about a person is in them, and none is secret.

CREATE TABLE pack (
    school BYTEA NOT NULL,
    unit BYTEA NOT NULL,
    version BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    device BYTEA NOT NULL,
    stored_at BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (school, unit)
);
