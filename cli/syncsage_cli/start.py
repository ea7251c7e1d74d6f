"""Where the installed program begins: with hardly anything imported, so that an early Ctrl-C is no traceback."""

from __future__ import annotations

import sys

#: What shells report for a program that was interrupted.
_INTERRUPTED = 130


def main() -> None:
    """Run the program on the arguments and streams of this process."""
    try:
        from syncsage_cli.main import main as program

        program()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
