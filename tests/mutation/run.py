"""Mutation testing of the domain, by hand: python -m tests.mutation.run [MODULE …].

Each rule is changed in one small thing at a time (`<` to `<=`, `+` to `-`, a number by one, a
condition turned round …); a test must fail. A change that no test notices is printed, unless
`equal.py` says why nothing can tell it from the rule. Takes a few minutes on one core.

The tests are collected once. Each mutant runs in a child process of its own, which puts the changed
code in the place of the function's and runs only the tests that call it, the fastest first; of a
constant, those that name it, too. It is our own because mutmut leaves out every function with a
decorator, so all properties.
"""

import ast
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

import needlemover

from .equal import EQUAL
from .mutants import Mutant, mutants_of

PACKAGE = Path(needlemover.__file__).parent
_OURS = tuple(str(PACKAGE / part) for part in ("domain", "text"))
TESTS = ("tests/domain", "tests/text", "tests/test_hints.py")
SECONDS = 5
"""Of the processor: after them and three times what a test takes, it never ends with a mutant."""
EXAMPLES = 20

Called = tuple[str, str]
"""A module, and a function of it with its class."""


class Mutation:
    """A plugin of pytest that runs the tests once for each mutant."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = wanted
        self._failed = False
        self._seconds: dict[str, float] = {}
        self._tests: dict[Called, list[pytest.Item]] = defaultdict(list)
        self._all: list[pytest.Item] = []
        self.survived = 0

    def pytest_collection(self) -> None:
        """Few examples of each property, and no search for the smallest that fails."""
        settings.register_profile(
            "mutation", derandomize=True, deadline=None, database=None, max_examples=EXAMPLES,
            phases=(Phase.explicit, Phase.generate),
        )  # fmt: skip
        settings.load_profile("mutation")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test has failed."""
        self._failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The tests once as they are, to know what each calls; then the mutants."""
        self._all = session.items
        for item in self._all:
            self._run_watched(item)
        if self._failed:
            raise pytest.UsageError("The tests fail without any mutant: mend them first.")
        print(f"{'module':<34}{'mutants':>8}{'killed':>8}{'survived':>9}{'equal':>7}", flush=True)
        total = [0, 0, 0, 0]
        for path in sorted((PACKAGE / "domain").glob("**/*.py")):
            name = _module_name(path).removeprefix("domain.")
            if path.name != "__init__.py" and (not self._wanted or name in self._wanted):
                counts = self._run_module(name, path)
                total = [sum(pair) for pair in zip(total, counts, strict=True)]
        _tell("all", total)
        self.survived = total[2]
        return True

    def _run_module(self, name: str, path: Path) -> list[int]:
        killed, survivors, equal = 0, [], 0
        for mutant in mutants_of(name, path.read_text(encoding="utf-8")):
            if self._is_killed(mutant):
                killed += 1
            elif mutant.key in EQUAL:
                equal += 1
            else:
                survivors.append(mutant)
        counts = [killed + len(survivors) + equal, killed, len(survivors), equal]
        if counts[0]:
            _tell(name, counts)
        for mutant in survivors:
            print(f"  {path.name}:{mutant.line} {mutant.name}: {mutant.change}", flush=True)
        return counts

    def _run_watched(self, item: pytest.Item) -> None:
        codes: set[CodeType] = set()

        def watch(frame: FrameType, event: str, _: Any) -> None:
            if event == "call":
                codes.add(frame.f_code)

        started = time.process_time()
        sys.setprofile(watch)
        _run(item)
        sys.setprofile(None)
        self._seconds[item.nodeid] = time.process_time() - started
        for key in {_called(code) for code in codes if _is_ours(code)}:
            self._tests[key].append(item)

    def _is_killed(self, mutant: Mutant) -> bool:
        items = {item.nodeid: item for item in self._touched(mutant)}
        order = sorted(items.values(), key=lambda item: self._seconds[item.nodeid])
        child = os.fork()
        if not child:
            self._try(mutant, order)
        return os.waitpid(child, 0)[1] != 0

    def _try(self, mutant: Mutant, items: Sequence[pytest.Item]) -> None:
        """In the child: ends with 0 only when all tests pass; its timer ends it without a word."""
        try:
            _put_in_place(mutant)
            for item in items:
                signal.setitimer(signal.ITIMER_PROF, SECONDS + 3 * self._seconds[item.nodeid])
                _run(item)
                if self._failed:
                    break
        finally:
            os._exit(self._failed)

    def _touched(self, mutant: Mutant) -> Iterator[pytest.Item]:
        if mutant.code is not None:
            yield from self._tests[f"domain.{mutant.module}", mutant.name]
            return
        constants = {name for name, _ in mutant.constants}
        for key, items in self._tests.items():
            if constants & _names(_function(*key).__code__):
                yield from items
        for item in self._all:
            if isinstance(item, pytest.Function) and constants & _names(item.function.__code__):
                yield item


def _tell(name: str, counts: Sequence[int]) -> None:
    print(f"{name:<34}{counts[0]:>8}{counts[1]:>8}{counts[2]:>9}{counts[3]:>7}", flush=True)


def _called(code: CodeType) -> Called:
    return _module_name(Path(code.co_filename)), code.co_qualname.partition(".<locals>")[0]


def _is_ours(code: CodeType) -> bool:
    return code.co_filename.startswith(_OURS) and not code.co_qualname.startswith("<")


def _module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def _run(item: pytest.Item) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)


def _module(name: str) -> ModuleType:
    return sys.modules[f"needlemover.{name}"]


def _function(module: str, name: str) -> Callable[..., Any]:
    found: Any = _module(module)
    for part in name.split("."):
        found = vars(found)[part]
    if isinstance(found, property):
        found = found.fget
    function: Callable[..., Any] = getattr(found, "func", found)  # of a cached property
    return function


def _names(code: CodeType) -> set[str]:
    """What a function takes from its module, the functions within it included."""
    found = set(code.co_names)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            found |= _names(inner)
    return found


def _put_in_place(mutant: Mutant) -> None:
    for name, value in mutant.constants:
        code = compile(ast.Expression(value), mutant.module, "eval")
        found = eval(code, dict(vars(_module(f"domain.{mutant.module}"))))
        for module_name, module in list(sys.modules.items()):
            if module_name.startswith(("needlemover", "tests")) and name in vars(module):
                setattr(module, name, found)
    if mutant.code is None:
        return
    code = mutant.code
    for part in mutant.name.split("."):
        code = next(
            item for item in code.co_consts if isinstance(item, CodeType) and item.co_name == part
        )
    _function(f"domain.{mutant.module}", mutant.name).__code__ = code


def main(wanted: Sequence[str]) -> int:
    """Run the mutants of some modules, or of all; the exit code."""
    mutation = Mutation([name.replace("/", ".").removesuffix(".py") for name in wanted])
    options = ["-o", "addopts=", "-p", "no:terminal", "-p", "no:xdist", "-p", "no:cacheprovider"]
    code = pytest.main([*options, *TESTS], plugins=[mutation])
    return 1 if mutation.survived else int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
