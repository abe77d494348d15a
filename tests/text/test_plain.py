"""Texts for a prompt or a status line, which are expanded after they are put together."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlemover.text.plain import in_prompt, shown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Acme Corp [/b] (a & b) {x}", "Acme Corp [/b] (a & b) {x}"),
        ("$(touch x) `touch x` ${HOME}", "·(touch x) ·touch x· ·{HOME}"),
        ("100% \\e[31m !! #[bg=red]", "100· ·e[31m ·· ·[bg=red]"),
        ("\x1b[31mred\x9b", "␛[31mred\ufffd"),
        ("Ärzte 👍", "Ärzte 👍"),
    ],
)
def test_what_a_prompt_would_obey_becomes_a_dot(text: str, written: str) -> None:
    assert in_prompt(text) == written


@settings(max_examples=100)
@given(st.text())
def test_no_sign_that_a_prompt_or_terminal_obeys_is_left(text: str) -> None:
    assert not set(in_prompt(text)) & set("\\`$%#!")
    assert not any(unicodedata.category(sign) == "Cc" for sign in shown(text))
    assert len(in_prompt(text)) == len(shown(text))
