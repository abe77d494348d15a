"""What the README promises about the repository."""

import os
import re
import subprocess
from pathlib import Path

import pytest

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
    assert pictures == [
        "screenshots/today.svg",
        "screenshots/progress.svg",
        "screenshots/numbers.svg",
        "screenshots/delegate.svg",
        "screenshots/buyers.svg",
    ]
    assert all((ROOT / name).is_file() for name in pictures)


def test_the_readme_names_every_command() -> None:
    from needlemover.cli.line import COMMANDS

    missing = [name for name in COMMANDS if f"needle {name}" not in README]
    assert missing == []
