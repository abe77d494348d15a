"""Promises by the week, reasons for missed days, the published day."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    # Made anew rather than given a column, so that an old file has the same table as a new one.
    """
    CREATE TABLE commitment_with_weeks (
        id INTEGER NOT NULL,
        activity_id INTEGER NOT NULL,
        start DATE NOT NULL,
        weekdays INTEGER,
        seconds INTEGER,
        count INTEGER,
        rule VARCHAR NOT NULL,
        set_on DATE NOT NULL,
        weekly BOOLEAN DEFAULT 0 NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(activity_id) REFERENCES activity (id)
    )
    """,
    """
    INSERT INTO commitment_with_weeks
        (id, activity_id, start, weekdays, seconds, count, rule, set_on, weekly)
    SELECT id, activity_id, start, weekdays, seconds, count, rule, set_on, 0 FROM commitment
    """,
    """
    DROP TABLE commitment
    """,
    """
    ALTER TABLE commitment_with_weeks RENAME TO commitment
    """,
    """
    CREATE UNIQUE INDEX commitment_of ON commitment (activity_id, start, set_on)
    """,
    """
    CREATE TABLE missed_reason (
        id INTEGER NOT NULL,
        day DATE NOT NULL,
        reason VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (day)
    )
    """,
    """
    CREATE INDEX entry_late ON entry (activity_id, day)
    WHERE source = 'hand' AND logged_on > day
    """,
    """
    CREATE TABLE published (
        id INTEGER NOT NULL,
        day DATE NOT NULL,
        facts VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT published_only_one CHECK (id = 1)
    )
    """,
    # It is worked out anew at the next opening.
    """
    DELETE FROM kept_past
    """,
)


def upgrade() -> None:
    """From version 1."""
    for statement in STATEMENTS:
        op.execute(statement)
