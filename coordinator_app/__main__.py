"""The two commands: ``coordinator``, the workstation, and ``coordinator-central``, what runs beside the centre."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the workstation or one of its commands without a window; return the exit code."""
    from coordinator_app.bootstrap.workstation import run

    return run(argv)


def central_main(argv: Sequence[str] | None = None) -> int:
    """Run one command of the centre; return the exit code."""
    from coordinator_app.bootstrap.central import run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
