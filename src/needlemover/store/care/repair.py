"""Makes a file of which rows were lost whole again, so that what was saved is not lost again."""

import sqlite3

from ...domain.calls.entry import contact_key, count_alone, fills_quota


def repair(new: sqlite3.Connection) -> None:
    """Make what refers to lost rows refer to something, in a file of any version."""
    tables = {row[0] for row in new.execute("SELECT name FROM sqlite_master")}
    new.execute("BEGIN")
    if "problem" in tables:
        _name_lost_problems(new)
    _name_lost_activities(new, has_problems="problem" in tables)
    new.execute("UPDATE entry SET batch_id = NULL WHERE batch_id NOT IN (SELECT id FROM batch)")
    _free_answers(new)
    if "next_step" in tables:
        new.execute("DELETE FROM next_step WHERE contact_id NOT IN (SELECT id FROM contact)")
    new.execute("COMMIT")


def _name_lost_problems(new: sqlite3.Connection) -> None:
    new.execute(
        """
        INSERT INTO problem (id, title, parked_on, state, state_on)
        SELECT problem_id, 'Lost problem ' || problem_id, day, 'parked', day
        FROM (
            SELECT problem_id, min(day) AS day
            FROM (SELECT problem_id, day FROM entry UNION ALL SELECT problem_id, day FROM timer)
            WHERE problem_id IS NOT NULL AND problem_id NOT IN (SELECT id FROM problem)
            GROUP BY problem_id
        )
        """
    )


def _name_lost_activities(new: sqlite3.Connection, *, has_problems: bool) -> None:
    weighed = "UNION SELECT activity_id FROM problem" if has_problems else ""
    lost = new.execute(
        "SELECT activity_id FROM entry UNION SELECT activity_id FROM commitment "
        "UNION SELECT activity_id FROM timer UNION SELECT came_from FROM entry "
        f"UNION SELECT activity_id FROM day_off {weighed} EXCEPT SELECT id FROM activity"
    ).fetchall()
    for (activity,) in lost:
        if activity is not None:
            name = f"Lost activity {activity}"
            new.execute(
                "INSERT INTO activity (id, name, name_key, is_sales, rank) VALUES (?, ?, ?, "
                "EXISTS (SELECT 1 FROM entry WHERE activity_id = ? AND outcome IS NOT NULL), 0)",
                (activity, name, contact_key(name), activity),
            )
    places = new.execute("SELECT id FROM activity ORDER BY rank = 0, rank, id").fetchall()
    for place, (activity,) in enumerate(places, start=1):
        new.execute("UPDATE activity SET rank = ? WHERE id = ?", (place, activity))


def _free_answers(new: sqlite3.Connection) -> None:
    """An answer to an ask that is lost becomes a call of its own, as when the ask is deleted."""
    answers = new.execute(
        """
        SELECT entry.id, is_sales, outcome, seconds, count FROM entry
        LEFT JOIN activity ON activity.id = activity_id
        WHERE follows IS NOT NULL AND follows NOT IN (SELECT id FROM entry)
        """
    ).fetchall()
    for answer, is_sales, outcome, seconds, count in answers:
        count = count_alone(outcome, count)
        fills = fills_quota(outcome, seconds, count, is_sales=is_sales)
        new.execute(
            "UPDATE entry SET follows = NULL, count = ?, fills_quota = ? WHERE id = ?",
            (count, fills, answer),
        )
