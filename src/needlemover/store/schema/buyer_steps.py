"""The step that brings buyers: what is known of each, what comes next, and the tries so far."""

SAID = """(
    coalesce(contact.phone, contact.note, contact.never_since, contact.position) IS NOT NULL
    OR EXISTS (SELECT 1 FROM next_step WHERE contact_id = contact.id)
)"""
"""The condition of a contact of whom more is known than what the log says."""

COUNTED = "touched_on, talked_on, tries"
"""What follows from a contact's entries: the days of the last one and of the last conversation,
and the dials since that."""

SUMS = """(
    SELECT substr(max(place), 1, 10), substr(max(talked_at), 1, 10),
        coalesce(sum(is_dial AND place > coalesce(talked_at, '')), 0)
    FROM (
        SELECT is_dial, place, max(iif(is_talk, place, NULL)) OVER () AS talked_at FROM (
            SELECT outcome IS NOT NULL AND follows IS NULL AS is_dial,
                outcome IS NOT NULL AND follows IS NULL AND fills_quota AS is_talk,
                day || coalesce(started_at, logged_at) || printf('%020d', id) AS place
            FROM entry WHERE contact_key = contact.name_key
        )
    )
)"""
_NAME = """INSERT OR IGNORE INTO contact (name, name_key, tries)
    SELECT contact, contact_key, 0 FROM entry WHERE contact_key IS NOT NULL AND {which}
    GROUP BY contact_key ORDER BY min(id)"""
_SUM_UP = f"UPDATE contact SET ({COUNTED}) = {SUMS} WHERE {{which}}"
NAMED_SINCE = (
    _NAME.format(which="id > :newest"),
    _SUM_UP.format(which="name_key IN (SELECT contact_key FROM entry WHERE id > :newest)"),
)
"""Make and count the contacts whom the entries behind one name."""
COUNTED_ANEW = (_NAME.format(which="TRUE"), _SUM_UP.format(which="TRUE"))  # the same of all

_NEW = f"""
    {_NAME.format(which="id = NEW.id")};
    {_SUM_UP.format(which="name_key = NEW.contact_key")};
"""
# The contact stays when its last entry goes, so that undo finds it; then nobody sees it any more.
_OLD = _SUM_UP.format(which="name_key = OLD.contact_key") + ";"
IS_THERE = f"(contact.touched_on IS NOT NULL OR {SAID})"  # the condition of a contact that is shown

_ALL = ";\n".join(COUNTED_ANEW)
BUYERS = f"""
CREATE TABLE contact (
    id INTEGER NOT NULL, name VARCHAR NOT NULL, name_key VARCHAR NOT NULL, phone VARCHAR,
    phone_key VARCHAR, note VARCHAR, never_since DATE, position INTEGER, touched_on DATE,
    talked_on DATE, tries INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (name_key)
);
CREATE INDEX contact_phone ON contact (phone_key) WHERE phone_key IS NOT NULL;
-- The list, in the order in which it is called.
CREATE INDEX contact_listed ON contact (tries, position)
    WHERE position IS NOT NULL AND never_since IS NULL;
CREATE INDEX contact_touched ON contact (touched_on);
CREATE INDEX entry_asked_of ON entry (contact_key, day) WHERE outcome = 'asked';
CREATE TABLE next_step (
    id INTEGER NOT NULL, contact_id INTEGER NOT NULL, kind VARCHAR NOT NULL, day DATE NOT NULL,
    at VARCHAR, note VARCHAR, set_on DATE NOT NULL, ended_on DATE, ended_by VARCHAR,
    PRIMARY KEY (id), FOREIGN KEY(contact_id) REFERENCES contact (id)
);
ALTER TABLE settings ADD COLUMN retry_days VARCHAR;
CREATE UNIQUE INDEX next_step_open ON next_step (contact_id) WHERE ended_on IS NULL;
CREATE INDEX next_step_due ON next_step (day) WHERE ended_on IS NULL;
{_ALL};
CREATE TRIGGER contact_comes AFTER INSERT ON entry WHEN NEW.contact_key IS NOT NULL BEGIN
    {_NEW} END;
CREATE TRIGGER contact_leaves AFTER DELETE ON entry WHEN OLD.contact_key IS NOT NULL BEGIN
    {_OLD} END;
CREATE TRIGGER contact_becomes
    AFTER UPDATE OF contact_key, day, started_at, outcome, follows, fills_quota ON entry
    WHEN OLD.contact_key IS NOT NULL OR NEW.contact_key IS NOT NULL BEGIN
    {_NEW} {_OLD} END;
"""

OTHER_NAMES = """
-- What a name that nobody has any more was joined into, or came to be: the key of that name.
ALTER TABLE contact ADD COLUMN same_as VARCHAR;
CREATE INDEX next_step_of ON next_step (contact_id);
"""
