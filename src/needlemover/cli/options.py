"""The options and arguments that several commands share. All are read as text, by text.parse."""

from typing import Annotated

import typer

from . import completion

Activity = Annotated[
    str,
    typer.Argument(
        metavar="ACTIVITY",
        help="Its name, or a beginning that only it has.",
        autocompletion=completion.activity_names,
    ),
]
SalesActivity = Annotated[
    str | None,
    typer.Argument(
        metavar="ACTIVITY",
        help="Its name, or a beginning that only it has; else the highest-ranked sales activity.",
        autocompletion=completion.activity_names,
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--day", metavar="DAY", help="Another day than today: 2026-11-24, yesterday, -3."),
]
With = Annotated[str | None, typer.Option("--with", metavar="NAME", help="The buyer it was with.")]
OutcomeOption = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        metavar="OUTCOME",
        help="How a call ended, when not talked: no_answer, voicemail, gatekeeper, meeting_set, "
        "asked, won, lost.",
        autocompletion=completion.outcomes,
    ),
]
Amount = Annotated[
    str | None,
    typer.Option("--amount", metavar="AMOUNT", help="Money received with it: 1200.50."),
]
CameFrom = Annotated[
    str | None,
    typer.Option(
        "--came-from",
        metavar="ACTIVITY",
        help="The activity that brought the buyer: the money counts as its return.",
        autocompletion=completion.activity_names,
    ),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A note about it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write one line of JSON.")]
