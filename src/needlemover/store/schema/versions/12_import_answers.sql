-- How the tables with these columns were read before: the options that say so, as JSON.
CREATE TABLE import_answer (
    id INTEGER NOT NULL, header VARCHAR NOT NULL, options VARCHAR NOT NULL,
    answered_on DATE NOT NULL, PRIMARY KEY (id), UNIQUE (header)
);
-- The keys of rows that were left out: an entry that was here began when they did and lasted as
-- long, and somebody said that it is the same.
CREATE TABLE double_key (
    id INTEGER NOT NULL, source VARCHAR NOT NULL, source_key VARCHAR NOT NULL,
    PRIMARY KEY (id), UNIQUE (source, source_key)
);
