"""Adds what is new of exported data to a file that has data of its own, which stay as they are.

A row of the file is the one here that has its uid; else one that says the same, made apart from it;
else it is new. What was deleted here stays away.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from typing import Any

from ...domain.buyers.contact import LET_GO, phone_key
from ...domain.calls.entry import contact_key, count_alone
from ...domain.day import days_without
from ...domain.errors import NeedleError
from ...text.format import quoted
from ...text.settings import typed_settings
from ..buyer_rows import other_names
from ..buyers.next_steps import DROPPED, end_promise, last_position
from ..care.sections import SECTIONS, SOURCE, Data, Row, Value, derived_columns, settings_in
from ..derived import newest_entry
from ..imports.content import ImportResult
from ..imports.import_rows import add_batch, add_entries, record_batch, with_what_follows
from ..promises.activity_rows import must_be_few, name_key, rank_put_away_last
from ..schema.tables import CONTACT
from ..session import Step, row_of
from .identity import find_entry, following_uid, own_uid

_OPEN = ("parked", "delegated")


def merge(step: Step, data: Data, file_name: str) -> ImportResult:
    """Add what is new, in a change under way, unless activities or money differ (`NeedleError`)."""
    batch_id = add_batch(step, SOURCE, file_name)
    result = _Merge(step, data, batch_id).run()
    record_batch(step, batch_id, added=result.added, changed_anything=result.changed_anything)
    return result


class _Merge:
    def __init__(self, step: Step, data: Data, batch_id: int) -> None:
        self._step = step
        self._data = data
        self._batch_id = batch_id
        self._made: Counter[str] = Counter()
        self._known = 0
        self._same: list[str] = []
        # What is here of each id of the file; None: it was deleted here.
        self._activities: dict[Value, Value] = {None: None}
        self._problems: dict[Value, Value] = {None: None}
        self._contacts: dict[Value, Value] = {}
        self._names = other_names(step.driver)
        self._entries: dict[Value, Value] = {}
        self._sales: set[Value] = set()
        self._settings = settings_in(data.sections["settings"])

    def run(self) -> ImportResult:
        self._add_activities()
        self._add_problems()
        self._add_contacts()
        added = add_entries(self._step.driver, self._new_entries())
        self._add_next_steps()
        self._add_days_off()
        self._add_missing("missed_reasons", _REASONS)
        self._add_missing("skipped_days", "SELECT day FROM skipped_day")
        blocks = [row for row in self._new("call_blocks") if row["ended_at"] is not None]
        self._add_missing("call_blocks", "SELECT started_at FROM call_block", blocks)
        self._add_missing("forgotten_keys", _KNOWN_KEYS)
        here, there = typed_settings(self._step.moment.settings), typed_settings(self._settings)
        return ImportResult(
            is_whole=False,
            added=added,
            made=self._made,
            known=self._known,
            same_activities=tuple(self._same),
            other_settings=tuple(key for key in here if here[key] != there[key]),
            left_timer=bool(self._data.sections["timer"]),
        )

    def _finder(self, section: str, said: Callable[[Row], Hashable]) -> Callable[[Row], Row | None]:
        """Finds what is here of a row of the file; `said` is what two made apart have in common."""
        cursor = self._step.driver.execute(f'SELECT * FROM "{SECTIONS[section].table}" ORDER BY id')
        here = {}
        alike: dict[Hashable, list[Row]] = defaultdict(list)
        there = {row["uid"] for row in self._data.sections[section]}
        while row := row_of(cursor):
            uid = row["uid"] or row.get("name_key")
            here[uid] = row
            if uid not in there:
                alike[said(row)].append(row)

        def find(row: Row) -> Row | None:
            found = here.get(row["uid"])
            if found is None and (others := alike[said(row)]):
                found = others.pop(0)  # each stands for one
            return found

        return find

    def _new(self, section: str) -> list[Row]:
        """The rows of a section that are not here by their uid, and were not deleted here."""
        name = SECTIONS[section].table.name
        known = f"SELECT uid FROM {name} UNION SELECT uid FROM gone WHERE tbl = '{name}'"
        uids = {uid for (uid,) in self._step.driver.execute(known)}
        return [row for row in self._data.sections[section] if row["uid"] not in uids]

    def _add_activities(self) -> None:
        find = self._finder("activities", lambda row: name_key(str(row["name"])))
        new = []
        for row in self._data.sections["activities"]:
            found, name, is_sales = find(row), str(row["name"]), bool(row["is_sales"])
            if found is None:
                new.append(row)
            elif found["is_sales"] != is_sales:
                where = "in the file and not here" if is_sales else "here and not in the file"
                raise NeedleError(
                    f"{quoted(name)} is a sales activity {where}. Nothing was changed: give the "
                    "one here another name and import again.",
                    "rename activity",
                )
            else:
                self._activities[row["id"]] = found["id"]
                self._same.append(str(found["name"]))
        last = len(self._step.facts.activities)
        must_be_few(last + len(new))
        for row in sorted(new, key=lambda row: int(row["rank"] or 0)):
            last += 1
            derived = derived_columns(SECTIONS["activities"], row)
            self._activities[row["id"]] = self._bring("activities", row, rank=last, **derived)
        added = {row["id"] for row in new}
        for row in self._data.sections["commitments"]:
            if row["activity_id"] in added:
                self._bring("commitments", row, activity_id=self._activities[row["activity_id"]])
        if new:
            rank_put_away_last(self._step)
        self._sales = {item.id for item in self._step.facts.activities if item.is_sales}

    def _add_problems(self) -> None:
        find = self._finder("problems", lambda it: (contact_key(str(it["title"])), it["parked_on"]))
        weighed = dict(self._step.driver.execute(_WEIGHED))
        for item in self._data.sections["problems"]:
            activity_id = self._activities[item["activity_id"]]
            here = find(item)
            found = None if here is None else here["id"]
            if found is None and item["state"] in _OPEN:
                found = weighed.get(activity_id)
            if found is None:
                if item["cost"] or item["real_cost"]:
                    self._must_be_same_currency()
                found = self._bring("problems", item, activity_id=activity_id)
            self._problems[item["id"]] = found

    def _name_of(self, contact: Value) -> str:
        """The name by which a contact of the file goes here."""
        return self._names.get(contact_key(str(contact)), str(contact))

    def _add_contacts(self) -> None:
        """Add the contacts that are not here; of those that are, what is not known here."""
        rows = self._step.driver.execute("SELECT * FROM contact")
        here = {}
        while row := row_of(rows):
            here[row["name_key"]] = row
        keys = {row["uid"] or key: key for key, row in here.items()}
        last = last_position(self._step)
        contacts = self._data.sections["contacts"]
        for item in sorted(contacts, key=lambda row: int(row["position"] or 0)):
            if item["position"] not in (None, LET_GO):
                last += 1
                item["position"] = last
            name = str(item["name"])
            found = here.get(contact_key(self._name_of(keys.get(item["uid"], name))))
            if found is None:
                derived = derived_columns(SECTIONS["contacts"], item)
                self._contacts[item["id"]] = self._bring("contacts", item, **derived)
                continue
            self._contacts[item["id"]] = found["id"]
            self._names.setdefault(contact_key(name), found["name"])
            told = item.keys() - {"uid", "same_as"}
            new: dict[str, Any] = {name: item[name] for name in told if found[name] is None}
            if "phone" in new:
                new["phone_key"] = phone_key(str(new["phone"] or ""))
            if new.get("never_since"):
                new["never_since"] = date.fromisoformat(str(new["never_since"]))
                end_promise(self._step, found["id"], DROPPED)
            before = len(self._step.changed)
            self._step.update(CONTACT, found["id"], **new)
            self._made["completed"] += len(self._step.changed) - before

    def _add_next_steps(self) -> None:
        """Add what was promised; what is open only where the contact may have one more."""
        full = {contact for (contact,) in self._step.driver.execute(_WITHOUT_ANOTHER)}
        for row in self._data.sections["next_steps"]:
            row["contact_id"] = self._contacts[row["contact_id"]]
        rows = self._new("next_steps")
        rows = [row for row in rows if row["ended_on"] or row["contact_id"] not in full]
        self._add_missing("next_steps", _STEPS, rows)

    def _new_entries(self) -> Iterator[Row]:
        """The entries of the file that are not known, as they are here."""
        newest = newest_entry(self._step.driver)
        for row in self._data.entries:
            uid = str(row["uid"] or following_uid(row))
            if (here := find_entry(self._step.driver, row, uid)) is not None:
                self._known += 1
                self._entries[row["id"]] = here[0]
                continue
            if row["amount"] is not None:
                self._must_be_same_currency()
            newest += 1
            self._entries[row["id"]] = newest
            follows = self._entries.get(row["follows"])
            if follows is None and row["follows"] is not None:
                outcome = None if row["outcome"] is None else str(row["outcome"])
                row["count"] = count_alone(outcome, int(row["count"] or 0))
            activity_id = self._activities[row["activity_id"]]
            if row["contact"] is not None:
                row["contact"] = self._name_of(row["contact"])
            row |= {
                "uid": uid,
                "id": newest,
                "activity_id": activity_id,
                "came_from": self._activities[row["came_from"]],
                "problem_id": self._problems[row["problem_id"]],
                "follows": follows,
                "batch_id": self._batch_id,
            }
            yield with_what_follows(own_uid(row), is_sales=activity_id in self._sales)

    def _must_be_same_currency(self) -> None:
        here, there = self._step.moment.settings.currency, self._settings.currency
        if here != there:
            raise NeedleError(
                f"The file has money in {there}, here it is in {here}, and one cannot be added to "
                "the other. Nothing was changed: import it into a file of its own, or, if it is "
                f"the same currency after all, choose {there} here.",
                "same currency",
                currency=there,
            )

    def _add_days_off(self) -> None:
        known: dict[Value, list[tuple[date, date]]] = defaultdict(list)
        for item in self._step.facts.days_off:
            known[item.activity_id].append((item.start, item.end))
        for row in self._new("days_off"):
            activity_id = self._activities[row["activity_id"]]
            start, end = (date.fromisoformat(str(row[name])) for name in ("start", "end"))
            of_all = known[None] if activity_id is not None else []
            for first, last in days_without(start, end, [*of_all, *known[activity_id]]):
                new: Row = {"start": first.isoformat(), "end": last.isoformat()}
                if (first, last) != (start, end):
                    new["uid"] = None
                self._bring("days_off", row, activity_id=activity_id, **new)
                known[activity_id].append((first, last))

    def _add_missing(self, section: str, here: str, rows: Sequence[Row] | None = None) -> None:
        """Add the rows of a section that a statement does not find, by the fields it names."""
        found = self._step.driver.execute(here)
        names, known = [column for column, *_ in found.description], set(found)
        for row in self._data.sections[section] if rows is None else rows:
            if tuple(row[name] for name in names) not in known:
                self._bring(section, row)

    def _bring(self, section: str, row: Row, **here: Value) -> int:
        """Add a row of the file under an id of its own; `here` is what is other here."""
        new = {name: value for name, value in (row | here).items() if name != "id"}
        self._made[section] += 1
        return self._step.bring(SECTIONS[section].table, new)


_KNOWN_KEYS = """
    SELECT source, source_key FROM forgotten_key UNION SELECT source, source_key FROM entry
"""
_REASONS = "SELECT day FROM missed_reason UNION SELECT uid FROM gone WHERE tbl = 'missed_reason'"
_WEIGHED = f"SELECT activity_id, id FROM problem WHERE activity_id > 0 AND state IN {_OPEN}"
_STEPS = "SELECT contact_id, set_on, kind, day, at FROM next_step"
_WITHOUT_ANOTHER = """
    SELECT contact_id FROM next_step WHERE ended_on IS NULL
    UNION SELECT id FROM contact WHERE never_since IS NOT NULL
"""
