"""An import that is tried or done, and what it says of how it was read and what it added."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import Hint, NeedleError, WrongUsageError
from ..store.imports.content import ActivitySummary, ImportedEntry, ImportResult, ImportSummary
from ..store.imports.known_rows import DoublesError
from ..store.store import Store
from ..text import format
from ..text.format import counted, exact_length, joined, quoted, shown
from .call_map import Pair, Preview, Question, QuestionsError, call_map
from .formats import LIST, OURS, Opened, format_of, opened_file
from .reading import FIRST_COLUMNS, LISTED, BadRow, Reading, Rejects, Request
from .tables.table import read_leads

Progress = Callable[[Reading], AbstractContextManager[Callable[[], None]]]
"""What shows how far the reading has come; what it gives is called every few hundred rows."""

_ROWS_A_STEP = 500
IS_LIST = ("as", LIST)
ASK = ("ask", "")  # what was answered before is asked again
_ONCE = ("ask", "doubles", "sheet")  # options that are not remembered


class Attempt(Struct, frozen=True):
    """What an import that was tried or done came to."""

    size: int  # how much it adds
    how: Sequence[str]  # sentences: how the file was read, and what is odd about it
    what: Sequence[str]  # sentences: what was added
    changed_anything: bool = False
    refusal: str = ""  # why nothing could be: no row of the file can be read
    preview: Preview | None = None  # of a table


class Import(Request, frozen=True):
    """A file that is to be imported, and how."""

    source: str | None = None  # None: the format
    is_strict: bool = False  # a bad row is an error
    ways: Mapping[Hint, str] = {}  # how what a sentence asks for is done
    progress: Progress = lambda _: nullcontext(lambda: None)  # shows nothing

    def answered(self, *answers: Pair) -> "Import":
        """The same, with what was answered to its questions."""
        if answers == (IS_LIST,):
            return replace(self, format_name=LIST)
        return replace(self, calls=call_map(answers).after(self.calls.options))

    def attempt(self, store: Store, *, trial: bool) -> Attempt:
        """Take the file in, or try to; a `QuestionsError`, and nothing changed, where it asks."""
        name = self.format_name or format_of(self.path)
        if name == LIST:
            return _attempt_list(store, self.path, trial)
        if name in OURS:
            return _attempt_ours(store, self.path, OURS[name], trial)
        try:
            return self._attempt(store, trial)
        except DoublesError as error:
            raise QuestionsError([_same_or_not(error, self.moment.today)]) from None

    def _attempt(self, store: Store, trial: bool) -> Attempt:
        names = tuple(item.name for item in store.activities.all(archived=True))
        request, activity = replace(self, activity_names=names), self.activity
        if ASK not in self.calls.options:
            request = replace(request, remembered=store.imports.answers())
        with (
            opened_file(request) as reading,
            closing(Rejects(reading.columns, reading.delimiter)) as rejects,
            self.progress(reading) as step,
        ):
            if not reading.header and (request.calls.only or request.calls.without):
                why = f"{request.path.name} is no table with named columns to choose rows by."
                raise WrongUsageError(why)
            if activity and reading.activities:
                left_out = "promises and days off of the file are left out."
                reading.said.append(f"As all of it goes to one activity, {left_out}")
            # How files with these columns are read from now on.
            calls = request.calls.after(request.remembered.get(reading.header, ()))
            options = [option for option in calls.options if option[0] not in _ONCE]
            done = store.imports.add(
                self._good(reading, rejects, step),
                source=reading.source if self.source is None else self.source,
                file_name=shown(request.path.name),
                activity=activity,
                activities=reading.activities,
                days_off=() if activity else reading.days_off,
                promised=reading.promised,
                doubles=request.calls.doubles,
                are_rest=tuple(reading.columns[:2]) == FIRST_COLUMNS,
                answers=(reading.header, options) if reading.header and options else None,
                dry_run=trial,
            )
            how = tuple(self._how_it_was_read(reading, done, rejects))
            bad = () if trial else tuple(_where_the_bad_are(reading, rejects, request))
            if rejects.count and not done.holds_anything:
                rows = counted(rejects.count, "bad row")
                why = f"{request.path.name} holds nothing but {rows}."
                return Attempt(0, how, bad, refusal=why, preview=reading.preview)
            size, changed = done.added + done.days_off + done.promised, done.changed_anything
            words = _words_of(done, rejects)
            found = _attempt(size, how, words, *self._figures(done), changed=changed, trial=trial)
            return replace(found, what=(*bad, *found.what), preview=reading.preview)

    def _good(
        self, reading: Reading, rejects: Rejects, step: Callable[[], None]
    ) -> Iterator[ImportedEntry]:
        for number, record in enumerate(reading.records):
            if number % _ROWS_A_STEP == 0:
                step()
            if not isinstance(record, BadRow):
                yield record
            elif self.is_strict:
                why = self._bad_words(reading, record)
                then = "Nothing was changed: correct it, or let bad rows be left out."
                raise NeedleError(f"{why[0].upper()}{why[1:]} {then}")
            else:
                rejects.add(record)

    def _bad_words(self, reading: Reading, bad: BadRow) -> str:
        """As `line 3: “x” is no length of time`, with how to mend it."""
        return NeedleError(f"{reading.row_word} {bad.line}: {bad.why}.", bad.hint).told(self.ways)

    def _how_it_was_read(
        self, reading: Reading, done: ImportSummary, rejects: Rejects
    ) -> Iterator[str]:
        yield from reading.said
        for hint in (hint for hint in reading.hints if hint in self.ways):
            yield f"To have that otherwise: {self.ways[hint]}."
        yield from _activities(done.activities)
        if reading.left_out:
            left = "; ".join(f"{what} ({number:,})" for what, number in reading.left_out.items())
            yield f"Left out: {left}."
        flags = reading.flags()
        for line, what in flags[:LISTED]:
            yield f"{reading.row_word} {line}: {what}. It is kept as it is."
        yield from _more(len(flags), " that look odd")
        for bad in rejects.first:
            yield self._bad_words(reading, bad)
        yield from _more(rejects.count)

    def _figures(self, done: ImportSummary) -> Iterator[str]:
        """What was added, as it can be held against the file."""
        found = done.figures
        if found.calls or found.seconds:
            talks = counted(found.conversations, "conversation")
            what = f"{counted(found.calls, 'call')}, {talks}, " if found.calls else ""
            length = f"{found.seconds:,} seconds ({exact_length(found.seconds)})"
            currency = self.moment.settings.currency
            received = f", {format.money(found.amount, currency)}" if found.amount else ""
            days = f"{counted(found.days, 'day')} from {found.first} to {found.last}"
            yield f"Of them {what}{length}{received}, on {days}."
        if done.repeated:
            rows = counted(done.repeated, "row")
            yield f"The same as one above in start, length and contact, and counted: {rows}."
        if done.without_outcome:
            yield f"Without an outcome, counted as talked: {done.without_outcome:,}."
        for phone in done.unclear_phones[:LISTED]:
            who = f"{quoted(phone)} is the phone of several contacts, so its calls stand under it."
            yield NeedleError(who, "merge contacts").told(self.ways)


def _words_of(done: ImportSummary, rejects: Rejects) -> str:
    words = _entries(done.added)
    if done.days_off:
        words += f" and {counted(done.days_off, 'day')} off"
    if done.promised:
        words += f" and {counted(done.promised, 'promised meeting')}"
    if done.added and done.activity:
        words += f" to {quoted(done.activity)}{', which is new' if done.created_activity else ''}"
    words += f"; {done.known:,} already here, {rejects.count:,} bad"
    return words + (f", {counted(done.doubles, 'double')} left out" if done.doubles else "")


def _attempt_ours(store: Store, path: Path, opened: Opened, trial: bool) -> Attempt:
    now = store.clock.now()
    with opened(path, now) as data:
        names = store.exports.names_here(data)
    with opened(path, now) as data:
        done = store.exports.add(data, file_name=shown(path.name), names=names, dry_run=trial)
    words = done.words
    if not done.is_whole:
        words += f"; {counted(done.known, 'entry is', 'entries are')} here already"
    how = tuple(_meaning(path, done))
    return _attempt(done.size, how, words, changed=done.changed_anything, trial=trial)


def _attempt_list(store: Store, path: Path, trial: bool) -> Attempt:
    said: list[str] = []
    leads = list(read_leads(path, said))
    taken = store.contacts.add_list(leads, shown(path.name), dry_run=trial)
    words = f"{counted(taken.added, 'contact')} to the list"
    if taken.reached:
        words += f"; {taken.reached:,} talked to already, so not on it"
    if left := len(leads) - taken.added - taken.reached:
        words += f"; {left:,} on it already, there twice, let go, or never to be called"
    size = taken.added + taken.reached
    return _attempt(size, said, words, changed=taken.changed_anything, trial=trial)


def _same_or_not(error: DoublesError, today: date) -> Question:
    rows = []
    for entry in error.first:
        day = format.short_day(entry.day, today)
        begins = f"{day} {format.local_time(entry.started_at, entry.utc_offset)}"
        whom = shown(entry.contact or entry.phone)
        rows.append(", ".join(filter(None, (begins, exact_length(entry.seconds), whom))))
    first = joined(rows, most=error.count)
    more = f" and {error.count - len(error.first):,} more" * (error.count > len(error.first))
    words = f"{str(error).rstrip('.')}: {first}{more}. Are they the same?"
    leave_out = {"they are the same, leave them out": ("doubles", "skip")}
    return Question(words, leave_out | {"add them all the same": ("doubles", "add")})


def _activities(activities: Sequence[ActivitySummary]) -> Iterator[str]:
    made = [item for item in activities if item.created]
    for item in made[:LISTED]:
        terms = format.promise(item.terms, is_sales=False)
        yield f"New activity {quoted(item.into)} ({terms}): {_entries(item.added)}."
    yield from _more(len(made), " new activities")
    for item in [item for item in activities if not item.created][:LISTED]:
        same = quoted(item.name)
        if item.name != item.into:
            same = f"{quoted(item.name)} goes to {quoted(item.into)}, which"
        kept = ", and its promise stays as it is" if item.terms else ""
        yield f"{same} is here already{kept}: {_entries(item.added)}."


def _more(number: int, what: str = "") -> Iterator[str]:
    if number > LISTED:
        yield f"… and {number - LISTED:,} more{what}."


def _entries(number: int) -> str:
    return counted(number, "entry", "entries")


def _where_the_bad_are(reading: Reading, rejects: Rejects, request: Request) -> Iterator[str]:
    if not rejects.count:
        return
    kept_in = rejects.save(Path(request.path.name) if request.is_piped else request.path)
    rows = counted(rejects.count, "bad row")
    if kept_in is None:
        yield f"The {rows} could not be kept: import again from a folder that you can write to."
    elif reading.can_be_corrected:
        yield f"The {rows} can be corrected in {kept_in} and imported from there."
    else:
        yield f"The bad rows are listed in {kept_in}."


def _meaning(path: Path, done: ImportResult) -> Iterator[str]:
    yield f"{path.name} is an export of Needlemover."
    if done.is_whole:
        yield "There is no data here yet, so everything comes as it was, settings included."
        return
    yield "What is here stays as it is, settings and promises included; only what is new is added."
    if done.same_activities:
        names = joined([quoted(name) for name in done.same_activities])
        yield f"The same activity here and there: {names}."
    if done.other_settings:
        yield f"Chosen otherwise in the file: {', '.join(done.other_settings)}."
    if done.left_timer:
        yield "The timer that ran when it was exported is left out."


def _attempt(
    size: int, how: Sequence[str], words: str, *more: str, changed: bool, trial: bool
) -> Attempt:
    what = [f"{'Would add' if trial else 'Added'} {words}.", *more]
    if not changed:
        what.append("There was nothing new in it, so nothing was changed.")
    return Attempt(size, how, what, changed and not trial)
