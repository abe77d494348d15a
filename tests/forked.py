"""A process of its own that has loaded already what this one has: most of a start is loading."""

import os
import signal
import sys
import traceback
from collections.abc import Callable


def instead(do: Callable[[], int | None]) -> Callable[[], None]:
    """What to give `subprocess` as `preexec_fn`, so that this is done and no program started.

    Its streams, its folder and its session are those asked for, its environment is that of here.

    Args:
        do: what is done; it answers with the exit code, None: 0.
    """

    def run() -> None:
        code = 1
        try:
            os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # by one of them it is known to have begun
            for unheeded in (signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(unheeded, signal.SIG_IGN)
            sys.stdin = os.fdopen(0, encoding="utf-8")
            sys.stdout, sys.stderr = (os.fdopen(to, "w", encoding="utf-8") for to in (1, 2))
            code = do() or 0
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    return run
