"""What the README promises about the repository."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from needlemover.cli.line import COMMANDS, application
from needlemover.cli.topics import TOPICS, read_topic
from needlemover.config import Config, read_config
from needlemover.tui.views import key_problems

from .cli.conftest import Needle, database, needle, now

__all__ = ["database", "needle", "now"]  # the fixtures by which commands are run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALL_AND_RUN = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/needle"
INSTALL_AND_TEST = (
    "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest -n auto"
)


def files_of_the_checkout() -> set[Path]:
    """What git keeps or would keep."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True, text=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    return {Path(name) for name in listed.stdout.split("\0") if name}


@pytest.mark.parametrize("command", [INSTALL_AND_RUN, INSTALL_AND_TEST])
def test_the_readme_has_the_two_commands_each_on_a_line_of_its_own(command: str) -> None:
    assert command in README.splitlines()


def test_the_checks_run_the_tests_with_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert f'step "{INSTALL_AND_TEST}"' in script.read_text(encoding="utf-8").splitlines()
    assert os.access(script, os.X_OK)


def test_the_top_level_holds_nothing_else() -> None:
    top = {path.parts[0] for path in files_of_the_checkout() if (ROOT / path).exists()}
    assert {name for name in top if not name.startswith(".")} == {
        "README.md", "pyproject.toml", "screenshots", "src", "tests",
    }  # fmt: skip


def test_the_readme_shows_a_picture_that_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures == ["screenshots/first-minute.svg"]
    assert all((ROOT / name).stat().st_size < 400_000 for name in pictures)


def test_the_readme_is_read_in_five_minutes() -> None:
    assert len(README.split()) <= 905


def test_the_pages_name_every_command_and_each_of_its_options() -> None:
    known = read_topic("commands")
    missing = [name for name in COMMANDS if f"needle {name}" not in known]
    assert missing == []
    pages = "\n".join(map(read_topic, TOPICS))
    for name in COMMANDS.keys() - {"import"}:  # its help says what its page leaves out
        assert [option for option in options_of(name) if option not in pages] == []


def test_every_command_and_option_that_a_page_or_the_readme_shows_is_there() -> None:
    pages = [(r"^", README), *((r"^    ", read_topic(topic)) for topic in TOPICS)]
    for indent, page in pages:
        for name, rest in re.findall(indent + r"needle ([a-z]+)\b(.*)", page, re.MULTILINE):
            assert name in COMMANDS
            there = options_of(name) | {"--help"}
            assert set(re.findall(r"--[a-z-]+", re.split("[#|]", rest)[0])) <= there


def options_of(name: str) -> set[str]:
    """The options of a command and of those within it."""
    command = get_command(application(name)).commands[name]  # type: ignore[attr-defined]
    within = getattr(command, "commands", {}).values()
    typed = {option for each in (command, *within) for it in each.params for option in it.opts}
    return {option for option in typed if option.startswith("--")}


def test_every_page_is_named_where_pages_are_listed(needle: Needle) -> None:
    assert {path.stem for path in (ROOT / "src/needlemover/cli/topics").glob("*.txt")} == set(
        TOPICS
    )
    for listed in (README, needle("help").out, needle("help", "--help").out):
        assert [topic for topic in TOPICS if topic not in listed] == []


def test_the_keys_that_a_page_gives_to_actions_are_keys_of_actions() -> None:
    pages = re.findall(r"\[keys\]\n((?:    \w+ = .*\n)+)", "\n".join(map(read_topic, TOPICS)))
    assert len(pages) == 2
    for page in pages:
        assert list(key_problems(tomllib.loads(page))) == []


def test_the_config_file_that_a_page_shows_says_what_holds_anyway(tmp_path: Path) -> None:
    (shown,) = re.findall(r"\[nudge\]\n(?:    \w+ = .*\n)+", read_topic("remind"))
    path = tmp_path / "config.toml"
    path.write_text(shown, encoding="utf-8")
    assert read_config(path) == Config(path=path)
