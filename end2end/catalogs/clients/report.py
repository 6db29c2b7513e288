"""One line for each thing compared, in the form that real.sh counts."""

import sys
import traceback
from collections.abc import Callable

failures = 0


def check(name: str) -> Callable:
    """Decorates a comparison: it runs at once, and says `pass` or `FAIL` with what went wrong."""

    def run(compare: Callable[[], None]) -> None:
        global failures
        try:
            compare()
            print(f"pass  {name}", flush=True)
        except Exception:
            failures += 1
            print(f"FAIL  {name}\n{traceback.format_exc(limit=-3)}", flush=True)

    return run


def finish() -> None:
    sys.exit(1 if failures else 0)
