"""The presets of the reader of tables, from what each program says of its export.

Toggl Track: the detailed report (support.toggl.com, "Editing and uploading a CSV file"). Clockify:
the detailed report (clockify.me/help/reports). HubSpot: the properties of calls, by their own
names and their labels (developers.hubspot.com, "Calls"). Aircall: call attributes
(support.aircall.io, "Analytics: Call attributes"). Salesforce: the object Task, by its own names
and its labels (developer.salesforce.com, "Task").
"""

from msgspec.structs import replace

from .preset import OWN, LeftOut, Preset

_OUTCOMES = {
    **dict.fromkeys(("busy", "no answer", "wrong number"), "no_answer"),
    **dict.fromkeys(("left voicemail", "left voice mail"), "voicemail"),
    **dict.fromkeys(("left live message", "left message"), "gatekeeper"),
    **dict.fromkeys(("meeting booked", "meeting scheduled"), "meeting_set"),
    "connected": "talked",
    "not interested": "lost",
}

_HUBSPOT_IDS = {
    "9d9162e7-6cf3-4944-bf63-4dff82258764": "no_answer",  # busy
    "f240bbac-87c9-4f6e-bf70-924b57d47db7": "talked",  # connected
    "a4c4c377-d246-4b32-a13b-75a56a4cd0ff": "gatekeeper",  # left live message
    "b2cf5968-551e-4856-9783-52b3da59a7d0": "voicemail",  # left voicemail
    "73a0d17f-1163-4015-bdd5-ec830791da20": "no_answer",
    "17b47fee-58de-441e-a44c-c6300d46f273": "no_answer",  # wrong number
}

_ANSWERED = {"yes": "gatekeeper", "no": "no_answer"}
_TIMES = ("project", "start date", "start time", "end date", "end time")
_MISSED = "incoming calls that were missed, which you did not dial"

TOGGL = Preset(
    name="toggl",
    title="Toggl Track, detailed report",
    known_by=((*_TIMES, "duration", "tags"),),
    columns={
        "activity": ("project",),
        "day": ("start date",),
        "time": ("start time",),
        "end_day": ("end date",),
        "end_time": ("end time",),
        "note": ("description",),
        "person": ("email", "user"),
    },
    values={"activity": {"": "Time without a project"}},
    said=("A project becomes an activity, and the length of an entry is its end minus its start.",),
)

CLOCKIFY = replace(
    TOGGL, name="clockify", title="Clockify, detailed report", known_by=((*_TIMES, "duration (h)"),)
)

HUBSPOT = Preset(
    name="hubspot",
    title="HubSpot calls",
    known_by=(
        ("hs_timestamp", "hs_call_duration"),
        ("hs_timestamp", "hs_call_disposition"),
        ("activity date", "call duration", "call outcome"),
        ("activity date", "call outcome", "call direction"),
    ),
    columns={
        "started_at": ("hs_timestamp", "activity date"),
        "milliseconds": ("hs_call_duration", "call duration"),
        "outcome": ("hs_call_disposition", "call outcome"),
        "contact": ("associated contact", "contact"),
        "note": ("hs_call_body", "call notes", "hs_call_title", "call title"),
        "id": ("hs_object_id", "record id", "id"),
        "direction": ("hs_call_direction", "call direction"),
        "status": ("hs_call_status", "call status"),
        "person": ("hubspot_owner_id", "activity assigned to"),
    },
    values={"outcome": {**_OUTCOMES, **_HUBSPOT_IDS}},
    otherwise={
        "status": dict.fromkeys(("busy", "canceled", "failed", "missed", "no_answer"), "no_answer")
    },
    left_out=(
        LeftOut(_MISSED, when={"direction": ("inbound",), "status": ("missed",)}),
        LeftOut(
            "calls that were queued or scheduled and not made",
            when={"status": ("queued", "scheduled")},
        ),
    ),
    said=("HubSpot counts a call in milliseconds.",),
)

AIRCALL = Preset(
    name="aircall",
    title="Aircall calls",
    known_by=(
        ("answered", "direction", "duration (in call)"),
        ("answered", "direction", "in-call duration"),
    ),
    columns={
        "started_at": ("datetime (utc)",),
        "day": ("date (tz offset incl.)",),
        "time": ("time (tz offset incl.)",),
        "seconds": ("duration (in call)", "in-call duration"),
        "outcome": ("answered",),
        "contact": ("customer number", "to"),
        "note": ("comments",),
        "id": ("call id (internal)", "call id"),
        "direction": ("direction",),
        "answered": ("answered",),
        "incoming_contact": ("customer number", "from"),
        "person": ("user",),
    },
    values={"outcome": _ANSWERED},
    otherwise={"answered": _ANSWERED},
    left_out=(LeftOut(_MISSED, when={"direction": ("inbound",), "answered": ("no",)}),),
    utc_columns=("datetime (utc)",),
    said=(
        "The length is the time in the call, without ringing and waiting.",
        "Answered is not yet a conversation, because a machine answers too: such a call comes in "
        "as gatekeeper and counts as a dial only.",
    ),
    hints=("answered calls",),
)

SALESFORCE = Preset(
    name="salesforce",
    title="Salesforce tasks",
    known_by=(
        ("activitydate", "calldurationinseconds"),
        ("activitydate", "calldisposition"),
        ("date", "call duration", "call result"),
        ("due date", "call duration", "call result"),
        ("date", "call duration", "call type", "subject"),
    ),
    columns={
        "day": ("activitydate", "date", "due date"),
        "seconds": ("calldurationinseconds", "call duration"),
        "outcome": ("calldisposition", "call result"),
        "contact": ("who.name", "name", "contact", "lead", "company / account", "whoid"),
        "note": ("subject",),
        "id": ("id", "activity id"),
        "kind": ("tasksubtype", "task subtype"),
        "status": ("status",),
        "person": ("owner.name", "assigned", "assigned to", "ownerid"),
    },
    values={"outcome": _OUTCOMES},
    left_out=(
        LeftOut("tasks that are not calls", unless={"kind": ("call", "")}),
        LeftOut("tasks that are still to be done", unless={"status": ("completed", "")}),
    ),
    said=("Salesforce keeps the day of a call and not its time.",),
)

PRESETS = {item.name: item for item in (TOGGL, CLOCKIFY, HUBSPOT, AIRCALL, SALESFORCE)}
COLUMNS = frozenset(
    column
    for item in (OWN, *PRESETS.values())
    for names in item.columns.values()
    for column in names
)
"""All that any of them expects."""


def preset_of(columns: list[str]) -> Preset:
    """The preset of a table with these columns; `OWN`: it is of no program that is known."""
    return next((item for item in PRESETS.values() if item.is_of(columns)), OWN)
