"""A JSON object read member by member is what reading it at once makes of it."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.exchange.ours.json_stream import DamagedJsonError, JsonStream

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


class Slow(io.StringIO):
    """A file that gives three characters at a time, so that everything is cut somewhere."""

    def read(self, size: int | None = -1, /) -> str:
        return super().read(3)


def read(text: str) -> dict[str, Any]:
    stream = JsonStream(Slow(text))
    return {
        name: list(stream.items()) if stream.starts_a_list() else stream.value()
        for name in stream.members()
    }


@given(st.dictionaries(st.text(), VALUES, max_size=5), st.sampled_from([None, 1]))
def test_it_is_what_reading_it_at_once_makes_of_it(
    content: dict[str, Any], indent: int | None
) -> None:
    assert read(json.dumps(content, indent=indent)) == content


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "7", "{", '{"a"', '{"a":', '{"a": [', '{"a": [1', '{"a": [1,', '{"a": [1]',
        '{"a": 1,}', '{"a": 1} x', '{"a": 1 "b": 2}', '{"a": [1 2]}', '{1: 2}', '{"a": nul}',
        '{"a": "', '{"a": ' + "[" * 100_000, '{"a": ' + "1" * 5000 + "}",
    ],
)  # fmt: skip
def test_what_is_no_whole_object_is_refused(text: str) -> None:
    with pytest.raises(DamagedJsonError):
        read(text)
