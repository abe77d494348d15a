"""needle help: the pages about a topic; needle keys: the keys of the app."""

import pydoc
import sys
from typing import Annotated

from ..text.format import in_lines
from .line import AsJson, argument, offer
from .output import Part, columns, give_answer, give_as_it_is, is_terminal, listing, say
from .topics import TOPICS, read_topic


def help_command(
    topic: Annotated[str, argument("TOPIC", "Or a command; else all.", offer(TOPICS))] = "",
) -> None:
    """Read about a topic or a command; needle help lists them.

    The topics: commands, keys, files, sync, import, export, prompt, remind, serve, json.

    Example: needle help import
    """
    parts, width = read_topic(topic).split("\n\n"), columns()
    wide = (part if part[0] == " " else "\n".join(in_lines(part, width)) for part in parts)
    text = "\n\n".join(wide)  # what is indented stays as it is
    if is_terminal(sys.stdout):
        pydoc.pager(text + "\n")
    else:
        give_as_it_is(text)


def keys(as_json: AsJson = False) -> None:
    """List every action of the app with its keys. The names are for the config file.

    Example: needle keys
    """
    from ..config import read_config
    from ..paths import config_path
    from ..tui.views import VIEWS, key_problems, keys_of, pressed_for

    chosen = read_config(config_path()).keys
    views, lines = list[Part](), list[str]()
    for view in VIEWS:
        actions = list[Part]()
        lines += ["", view.capitalize()] if lines else [view.capitalize()]
        for binding in keys_of(view):
            name, does = binding.id or "", binding.tooltip or binding.description
            pressed = pressed_for(binding, chosen)
            actions.append({"name": name, "keys": pressed, "does": does})
            lines.append(f"  {' '.join(pressed):<16} {name:<14} {does}")
        views.append({"view": view, "actions": actions})
    give_answer(listing(views=views), lines, as_json=as_json)
    for problem in key_problems(chosen):
        say(problem)
