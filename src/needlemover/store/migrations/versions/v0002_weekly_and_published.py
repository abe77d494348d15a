"""The published day."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
    CREATE TABLE published (
        id INTEGER NOT NULL,
        day DATE NOT NULL,
        facts VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT published_only_one CHECK (id = 1)
    )
    """,
    # What was kept by version 1 is worked out anew.
    """
    DELETE FROM kept_past
    """,
)


def upgrade() -> None:
    """From version 1."""
    for statement in STATEMENTS:
        op.execute(statement)
