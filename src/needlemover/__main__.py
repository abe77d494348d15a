"""The entry point. Light commands are answered here, before anything heavy loads."""

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence

from . import __version__
from .cli.output import give, let_go_of_output, say, ways, without
from .domain.errors import NeedleError, WrongUsageError

_FILES = {"--db": "NEEDLE_DB", "--config": "NEEDLE_CONFIG"}
COMPLETION = "_NEEDLE_COMPLETE"  # the variable by which a shell asks for completions


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, given without the program's name (None: that of this process).

    The exit code is 0 done, 1 not done, 2 wrong usage; more from `needle status`.
    """
    # Modules that load make no garbage, and what they made need not be looked through at the end:
    # together that is a third of the time of a short command.
    gc.disable()
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a sign that cannot be written is a question mark
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except NeedleError as error:
        say(error.told(ways()))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        let_go_of_output()
        return 1
    except OSError as error:
        # What the system says of the data file, the store has turned into a sentence already.
        let_go_of_output()
        what = f"{error.filename} cannot be used" if error.filename else "It cannot be written"
        say(f"{what}: {error.strerror or error}. Make room, or choose another place.")
        return 1
    except Exception as error:
        if os.environ.get("NEEDLE_DEBUG"):
            raise
        let_go_of_output()
        why = f"Something failed that should not ({type(error).__name__}: {error})"
        say(f"{why}: try again, or set NEEDLE_DEBUG=1 to see where.")
        return 1
    finally:
        gc.enable()


def _run(arguments: list[str]) -> int:
    rest = _after_the_files(arguments)
    if COMPLETION not in os.environ:
        if rest in ([], ["where"]):
            from .cli import opening

            return opening.show_places() if rest else opening.open_app()
        if rest[0] == "--version":
            give(f"needle {__version__}")
            return 0
        if rest[0] == "status" or rest == ["remind"]:
            with without("typing_extensions"):  # a quarter of the time that a prompt waits
                import msgspec  # noqa: F401
            from .cli.status import answer, show_nudge

            if rest == ["remind"]:
                return show_nudge()
            if (code := answer(rest[1:])) is not None:
                return code
    from .cli.line import run

    return run(rest)


def _after_the_files(arguments: list[str]) -> list[str]:
    """The arguments behind --db and --config, which take the place of the variables."""
    rest = list(arguments)
    while rest:
        option, equals, value = rest[0].partition("=")
        if option not in _FILES or not (equals or rest[1:]):
            break
        value = value if equals else rest[1]
        del rest[: 1 if equals else 2]
        if not value:
            raise WrongUsageError(f"{option} needs the name of a file: type one after it.")
        os.environ[_FILES[option]] = value
    return rest


if __name__ == "__main__":
    sys.exit(main())
