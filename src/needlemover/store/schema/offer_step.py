"""The step that makes the amounts of asks offers, which are no money received."""

from .trigger_steps import OF_ITS_ANSWERS, entry_triggers

# A win without an amount takes that of the ask it settles, which was the money of both.
_TAKES = """win.outcome = 'won' AND win.amount IS NULL AND NOT EXISTS (
    SELECT 1 FROM entry AS later WHERE later.follows = win.follows
    AND later.outcome IN ('lost', 'won') AND (later.day, later.id) > (win.day, win.id)
)"""
_OFFERED = "SELECT amount FROM entry AS ask WHERE ask.outcome = 'asked' AND ask.amount > 0"
_LISTED = f"""INSERT INTO old_offer SELECT id, 0 FROM entry AS ask
    WHERE outcome = 'asked' AND amount > 0 AND {{which}}
    AND NOT EXISTS (SELECT 1 FROM entry AS win WHERE win.follows = ask.id AND {_TAKES})"""
_TAKEN = f"""UPDATE entry AS win SET amount = ({_OFFERED} AND ask.id = win.follows)
    WHERE {_TAKES} AND {{which}} AND EXISTS ({_OFFERED} AND ask.id = win.follows)"""
OFFERS_SINCE = tuple(part.format(which="id > :newest") for part in (_LISTED, _TAKEN))
"""Take the amounts on asks among the entries behind one, which were money received, for offers."""

# Also those that undo or redo may bring back.
_IN_HISTORY = "".join(
    f"""UPDATE changed_row SET "{image}" = json_set("{image}", '$.amount',
        ({_OFFERED} AND ask.id = json_extract("{image}", '$.follows')))
    WHERE table_name = 'entry' AND json_extract("{image}", '$.outcome') = 'won'
    AND json_extract("{image}", '$.amount') IS NULL
    AND EXISTS ({_OFFERED} AND ask.id = json_extract("{image}", '$.follows'));
    """
    for image in ("before", "after")
)
_LIST, _TAKE = _LISTED.format(which="TRUE"), _TAKEN.format(which="TRUE")
OFFERS = f"""
-- The asks whose amount was money received before; they go when the app has told of them.
CREATE TABLE old_offer (
    id INTEGER NOT NULL, is_said BOOLEAN NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES entry (id) ON DELETE CASCADE
);
CREATE INDEX entry_answer ON entry (contact_key, day)
    WHERE contact_key IS NOT NULL AND follows IS NULL AND outcome IN ('lost', 'won');
{_LIST};
{_TAKE};
{_TAKE.replace("entry AS", "undone_entry AS")};
{_IN_HISTORY}
{entry_triggers(OF_ITS_ANSWERS)}
"""
