"""What the sample data tells: the activities, how the days went, the buyers, today so far."""

from datetime import date, time

from ..domain.buyers.contact import StepKind
from ..domain.calls.entry import Outcome
from ..domain.day import ONE_DAY
from ..domain.promises.commitment import MONDAY_TO_FRIDAY, Terms

WEEKS = 50
SEED = 20261125

GOAL = 3_000_000
"""The money wanted in every month, in minor units."""

LATER_WORTH, LATER = 24_000, 21 * ONE_DAY
"""The worth of an hour that is declared, and how long from now it holds."""

FILM, SALES, MASTERMIND, NEWSLETTER, REFERRALS, WEBINAR = 1, 2, 3, 4, 5, 6
"""The activities, by rank."""

PROMISES = {
    FILM: ("Film one video", Terms(MONDAY_TO_FRIDAY)),
    SALES: ("Sales conversations", Terms(MONDAY_TO_FRIDAY, 3600, 10)),
    MASTERMIND: ("Manage the mastermind", Terms(MONDAY_TO_FRIDAY, 1800)),
    NEWSLETTER: ("Newsletter", Terms(frozenset({0, 2}))),
    REFERRALS: ("Ask for referrals", Terms(frozenset({4}), count=3)),
    WEBINAR: ("Invite to the webinar", Terms(count=3).a_week),
}
SLOW_TERMS = Terms(MONDAY_TO_FRIDAY, count=3)
"""What was promised for the calls in the slow months before."""
LENGTHS = {FILM: (2100, 3300), NEWSLETTER: (1800, 2700)}
"""How long some of them take, in seconds: at least, at most."""

ORIGINS = (None, FILM, None, FILM, REFERRALS, None, FILM, None)
"""What brought those who bought, one after the other; None: the calls themselves."""
BROUGHT = {"Foo GmbH": FILM}
"""Of whom it is told."""
SMALL = 5
"""Who comes from a film buys for so many times less."""


def weekdays_near(today: date, weekdays: frozenset[int] = MONDAY_TO_FRIDAY) -> frozenset[int]:
    """Weekdays of the script, moved on until today is not after its Friday.

    Who opens the sample on a Sunday sees a day with something due, and not a rest day.
    """
    return frozenset((day + max(0, today.weekday() - 4)) % 7 for day in weekdays)


INVITATION_DAYS = frozenset({0, 2, 4})
"""The weekdays on which people are invited to the webinar, when it goes well."""
ANSWERED_AFTER = 20 * ONE_DAY
"""Every ask that is older has its answer."""
MASTERMIND_DAYS = 3
"""It was promised only so many working days ago."""

DAYS_OFF = {
    "s": ("Sick", ONE_DAY),
    "f": ("Trade fair", -10 * ONE_DAY),
    "h": ("Holiday", -60 * ONE_DAY),
}
"""The reason, and how long after the day it was said (or, negative, before)."""

# What became of the working days, latest first: won, part, missed, or a day off from above.
KINDS = (
    14 * "w"  # the streak that is alive
    + "mwwmwwspwwwpmmwwpwwwmp"  # a rough month
    + (20 * "w" + "f" + 11 * "w")  # the best streak: a day off does not break it
    + "pwwmpww"
)
_SLOW = "wwwpwwmwwwwwwmwpwwwwwmw"
SLOW_KINDS = 3 * _SLOW + 10 * "h" + 6 * _SLOW
"""Those before them, when little was promised."""

REACHED = {
    Outcome.TALKED: 70,
    Outcome.MEETING_SET: 15,
    Outcome.ASKED: 7,
    Outcome.LOST: 5,
    Outcome.WON: 3,
}
NOT_REACHED = {Outcome.NO_ANSWER: 65, Outcome.VOICEMAIL: 22, Outcome.GATEKEEPER: 13}
"""How often calls end so, of a hundred."""

FIRST_WORDS = (
    "Amber", "Bluebird", "Cedar", "Ember", "Fjord", "Granite", "Harbor", "Iris", "Juniper",
    "Kestrel", "Larkspur", "Lumen", "Maple", "Nordwind", "Orchard", "Pinecrest", "Quarry",
    "Riverbend", "Saffron", "Tidal", "Umbra", "Vesper", "Willow", "Zephyr",
)  # fmt: skip
SECOND_WORDS = (
    "AG", "Labs", "GmbH", "Studio", "Logistics", "Partners", "Foods", "Works", "Ltd", "Media",
    "Supply", "Textiles",
)  # fmt: skip
LISTED = 40
"""So many are on the list of those to call."""
ASKED_NEVER = 3
"""The place on the list of the one that asked not to be called."""
PEOPLE = ("J. Diaz", "M. Sato", "P. Novak", "R. Lindqvist", "T. Okoro")
NOTES = (
    "Wants a quote by Friday.",
    "Decides with the partner; call again next week.",
    "Liked the last video.",
    "Price is the question, not the need.",
    "Budget opens next quarter.",
    "Asked for two references.",
)
ASK_NOTES = ("Sign-off by the board.", "Compares two offers.", "Says yes or no after the holidays.")

# Told of: how many working days ago and when, seconds, outcome, contact, money, note; `{day}` is
# the name of today.
TOLD = (
    (12, time(8, 50), 540, Outcome.MEETING_SET, "Foo GmbH", None, "Saw the videos."),
    (9, time(8, 50), 480, Outcome.ASKED, "Vesper Works", None, "Sign-off by the board."),
    (7, time(8, 50), 360, Outcome.MEETING_SET, "Umbra Foods", None, "Wants to see it live."),
    (8, time(8, 50), 330, Outcome.TALKED, "Cedar Studio", None, "Decides after the fair."),
    (6, time(8, 50), 480, Outcome.TALKED, "Foo GmbH", None, NOTES[1]),
    (5, time(8, 50), 45, Outcome.NO_ANSWER, "Fjord Logistics", None, ""),
    (4, time(8, 50), 420, Outcome.TALKED, "Granite GmbH", None,
     "Call again when the budget is there."),
    (3, time(8, 50), 300, Outcome.MEETING_SET, "Iris Labs", None, "Brings a partner along."),
    (2, time(8, 50), 70, Outcome.GATEKEEPER, "Fjord Logistics", None, "Back on {day}."),
    (1, time(8, 50), 40, Outcome.NO_ANSWER, "Umbra Foods", None, "Nobody came."),
    (0, time(9, 12), 760, Outcome.MEETING_SET, "Acme Corp", None,
     "Demo at 10, for the whole team."),
    (0, time(9, 48), 28, Outcome.NO_ANSWER, "Willow Foods", None, ""),
    (0, time(10, 20), 288, Outcome.TALKED, "Brightwater Ltd", None, "Send the case study."),
    (0, time(10, 51), 52, Outcome.VOICEMAIL, "Cedar Studio", None, ""),
    (0, time(11, 40), 35, Outcome.NO_ANSWER, "J. Diaz", None, ""),
    (0, time(13, 24), 72, Outcome.GATEKEEPER, "Harbor Foods", None, "Wants an e-mail first."),
    (0, time(14, 2), 150, Outcome.TALKED, "Silverline Studio", None, ""),
    (0, time(14, 33), 31, Outcome.NO_ANSWER, "Tidal Works", None, ""),
    (0, time(15, 5), 1082, Outcome.WON, "Foo GmbH", 120_000, "Starts in December."),
)  # fmt: skip

# What was promised: in so many working days, to whom, what, and the time that was agreed.
PROMISED = (
    (-1, "Granite GmbH", StepKind.CALL, None),
    (0, "Fjord Logistics", StepKind.CALL, time(14)),
    (0, "Cedar Studio", StepKind.CALL, time(14)),
    (0, "Iris Labs", StepKind.MEETING, time(16, 30)),
    (1, "Umbra Foods", StepKind.CALL, None),
    (2, "Acme Corp", StepKind.MEETING, time(10)),
    (6, "Brightwater Ltd", StepKind.CALL, None),
)
