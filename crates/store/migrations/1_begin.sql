-- Both databases read this: TEXT and BIGINT alone. Times are milliseconds since 1970, UTC.
-- What is sealed is never read by the database, and ids that open something are kept as hashes.

CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    sealed TEXT NOT NULL
);

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT,
    disabled BIGINT NOT NULL,
    made BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    UNIQUE (issuer, subject)
);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    made BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL,
    sealed TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 0,
    lease BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX sessions_of_person ON sessions (person);
CREATE INDEX sessions_end ON sessions (ends);

CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    made BIGINT NOT NULL,
    sealed TEXT NOT NULL
);
CREATE INDEX attempts_made ON attempts (made);

CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    made BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    ends BIGINT NOT NULL
);
CREATE INDEX tokens_of_person ON tokens (person);

-- `sought` is the object in small letters, made by the program: databases know those of ASCII alone, or not.
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    change TEXT NOT NULL,
    event TEXT NOT NULL,
    person TEXT NOT NULL,
    connection TEXT NOT NULL,
    object TEXT NOT NULL,
    outcome TEXT NOT NULL,
    record TEXT NOT NULL,
    hash TEXT NOT NULL,
    sought TEXT NOT NULL
);
CREATE INDEX audit_of_change ON audit (change);
CREATE INDEX audit_of_person ON audit (person, seq);
CREATE INDEX audit_at ON audit (at);

-- Where the chain of the record begins (what was before is gone by retention) and where it ends.
CREATE TABLE chain (
    id BIGINT PRIMARY KEY,
    first_seq BIGINT NOT NULL,
    first_hash TEXT NOT NULL,
    first_seal TEXT NOT NULL,
    last_seq BIGINT NOT NULL,
    last_hash TEXT NOT NULL,
    last_seal TEXT NOT NULL
);
