"""The pictures in letters: each is asked for, and a difference says what changed."""

from pathlib import Path

import pytest

from . import picture


def test_every_picture_that_is_kept_belongs_to_a_test(request: pytest.FixtureRequest) -> None:
    items = (item for item in request.session.items if isinstance(item, pytest.Function))
    tests = [item for item in items if "picture" in item.fixturenames]
    modules = set(Path(__file__).parent.glob("test_*_pictures.py"))
    if request.config.option.keyword or not modules <= {test.path for test in tests}:
        pytest.skip("only some of the pictures are asked for in this run")
    asked = {picture.place(test) for test in tests}
    left = set(picture.FOLDER.glob("*/*.txt")) - asked
    if request.config.getoption("--take-pictures"):
        for path in left:
            path.unlink()
    else:
        assert not left, "no test asks for these: pytest --take-pictures drops them"
    assert len(asked) == len(tests)


def test_a_difference_is_told_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "FOLDER", tmp_path)
    path = tmp_path / "today" / "morning.txt"
    picture.compare(path, " 1 ✓ Film\n\n.a.g.tttt\n", anew=True)
    picture.compare(path, " 1 ✓ Film\n\n.a.g.tttt\n", anew=False)
    with pytest.raises(pytest.fail.Exception) as told:
        picture.compare(path, " 1 ✓ Film\n\n.a.r.tttt\n", anew=False)
    assert "-.a.g.tttt\n+.a.r.tttt\n" in str(told.value)
