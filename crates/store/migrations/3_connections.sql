-- Connections that were made in a browser. What is secret of one is sealed; the row is bound as a whole, so that who has
-- the database alone sends no secret elsewhere.

CREATE TABLE connections (
    name TEXT PRIMARY KEY,
    place BIGINT NOT NULL,
    settings TEXT NOT NULL,
    sealed TEXT NOT NULL,
    disabled BIGINT NOT NULL,
    version BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    bound TEXT NOT NULL
);
