"""Errors say what is wrong; how it is mended the command line and the app each say themselves."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import needlemover
from needlemover.cli.output import ways
from needlemover.domain.errors import DamagedError, NeedleError
from needlemover.tui.views import WAYS as WAYS_IN_THE_APP

WAYS = ways()
SRC = Path(needlemover.__file__).parent
FRONT_ENDS = ("__main__.py", "cli", "tui/views.py")
COMMAND_OR_OPTION = re.compile(r"\bneedle [a-z]|\(needle\b|(^|[\s(])--[a-z]")


@cache
def sources() -> list[tuple[str, list[ast.AST]]]:
    """The files of the source, and all that stands in each."""
    paths = sorted(SRC.rglob("*.py"))
    trees = (list(ast.walk(ast.parse(path.read_text("utf-8")))) for path in paths)
    return [
        (path.relative_to(SRC).as_posix(), nodes) for path, nodes in zip(paths, trees, strict=True)
    ]


def sentences() -> Iterator[tuple[str, int, str]]:
    """The texts in the source outside the front ends, but for the docstrings."""
    for place, nodes in sources():
        if place.startswith(FRONT_ENDS):
            continue
        alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in alone:
                yield place, node.lineno, node.value


def hints() -> set[str]:
    """What the errors of the source ask for."""
    tree = ast.parse((SRC / "domain" / "errors.py").read_text("utf-8"))
    (literal,) = (
        node.value.slice
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript)
    )
    return {item.value for item in literal.elts}


def test_no_sentence_but_the_command_lines_own_names_a_command_or_an_option() -> None:
    found = [item for item in sentences() if COMMAND_OR_OPTION.search(item[2])]
    assert found == []


def test_the_store_and_the_exchange_ask_for_what_the_front_ends_know() -> None:
    wanted = hints()
    assert {text for _, _, text in sentences() if text in wanted} == wanted


def test_the_command_line_knows_a_way_for_all_that_an_error_asks_for() -> None:
    assert set(WAYS) == hints()
    assert set(WAYS_IN_THE_APP) < hints()


def test_every_error_brings_the_facts_that_its_way_is_filled_with() -> None:
    asked = 0
    for place, nodes in sources():
        for call in nodes:
            if not isinstance(call, ast.Call):
                continue
            for item in call.args:
                if isinstance(item, ast.Constant) and item.value in WAYS and len(call.args) > 1:
                    needed = {name for _, name, *_ in Formatter().parse(WAYS[item.value]) if name}
                    assert needed <= {word.arg for word in call.keywords}, place
                    asked += 1
    assert asked > 15


def test_each_front_end_says_its_own_way() -> None:
    error = NeedleError("No timer runs: start one first.", "start timer")
    assert error.told(WAYS) == "No timer runs: start one first (needle start)."
    assert error.told(WAYS_IN_THE_APP) == "No timer runs: start one first (press c)."


def test_a_way_is_filled_with_the_facts_of_the_error() -> None:
    error = NeedleError("It is not known which column holds it.", "name column", field="{day}")
    assert error.told(WAYS) == "It is not known which column holds it (--map {day}=COLUMN)."
    assert error.told(WAYS_IN_THE_APP) == str(error)


def test_only_the_command_line_says_how_a_damaged_file_is_mended() -> None:
    error = DamagedError("It is damaged.")
    assert error.told(WAYS).startswith("It is damaged (open needle to go back to a backup")
    assert error.told(WAYS_IN_THE_APP) == "It is damaged."
