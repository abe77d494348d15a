"""All data are exported from the app: names that no file can have are said."""

import pytest
from textual.widgets import Input

from .conftest import Drive, Morning
from .test_data_care import command, until


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("~nobody-of-that-name/a.json", "There is no folder"),
        ("/tmp/" + "a/" * 3000 + "a.json", "There is no folder"),
        ("/tmp/" + "a" * 300 + ".json", "File name too long"),
        ("/tmp/a\0b.json", "embedded null byte"),
    ],
)
async def test_a_name_that_no_file_can_have_is_said(
    drive: Drive, morning: Morning, name: str, said: str
) -> None:
    async with drive() as user:
        command(user, "Export all data")()
        await user.pilot.pause()
        user.app.screen.query(Input).first().value = name
        await user.press("enter")
        await until(
            user, lambda: said in user.screen_text() or any(said in it for it in user.messages())
        )
