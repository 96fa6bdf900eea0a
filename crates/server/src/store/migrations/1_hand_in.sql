-- One schema for SQLite and PostgreSQL: numbers are BIGINT, everything else is bytes. PostgreSQL
-- calls the type BYTEA; for SQLite the word is replaced by BLOB (store/mod.rs).
--
-- Every key begins with the school, so that the tables can be spread over machines by school.
-- Times are milliseconds since 1970 UTC. No table has a column for a name, a student number or
-- anything that a person wrote: bodies are sealed for keys that the server does not have.

CREATE TABLE school (
    school BYTEA NOT NULL PRIMARY KEY,
    server_key BYTEA NOT NULL UNIQUE,
    recovery BYTEA NOT NULL,
    url BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- unit: one byte for the kind (0 school, 1 department, 2 class), then its id, or zeros.
-- The number that the last bundle of this part of the school got.
CREATE TABLE scope (
    school BYTEA NOT NULL,
    unit BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (school, unit)
);

CREATE TABLE class (
    school BYTEA NOT NULL,
    class BYTEA NOT NULL,
    department BYTEA,
    stored_bytes BIGINT NOT NULL,
    PRIMARY KEY (school, class)
);

-- An invitation, and once it is claimed the membership that it gave.
CREATE TABLE invitation (
    school BYTEA NOT NULL,
    serial BYTEA NOT NULL,
    secret_sha256 BYTEA NOT NULL,
    role BIGINT NOT NULL,
    unit BYTEA NOT NULL,
    department BYTEA,
    issuer BYTEA,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    member_until BIGINT,
    device BYTEA,
    device_key BYTEA,
    claimed_at BIGINT,
    refused_claims BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (school, serial)
);
CREATE INDEX invitation_by_device ON invitation (school, device);
CREATE INDEX invitation_by_issuer ON invitation (school, issuer);

-- body is emptied after retain_until; the row, and so the id, stays.
CREATE TABLE bundle (
    school BYTEA NOT NULL,
    id BYTEA NOT NULL,
    class BYTEA NOT NULL,
    device BYTEA NOT NULL,
    dev_seq BIGINT NOT NULL,
    previous BYTEA,
    bytes BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    retain_until BIGINT NOT NULL,
    receipt BYTEA NOT NULL,
    body BYTEA,
    PRIMARY KEY (school, id),
    UNIQUE (school, device, dev_seq)
);
CREATE INDEX bundle_by_retention ON bundle (school, retain_until);

-- A bundle is listed in the order of its class, of its department and of the school.
CREATE TABLE log (
    school BYTEA NOT NULL,
    unit BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    id BYTEA NOT NULL,
    bytes BIGINT NOT NULL,
    head BYTEA NOT NULL,
    PRIMARY KEY (school, unit, seq)
);

CREATE TABLE opened (
    school BYTEA NOT NULL,
    id BYTEA NOT NULL,
    device BYTEA NOT NULL,
    note BYTEA NOT NULL,
    PRIMARY KEY (school, id, device)
);
