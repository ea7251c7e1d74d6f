"""Write all transcripts as the program speaks now: ``python -m tests.cli.renew`` from the top folder."""

from __future__ import annotations

from tests.cli.support import BICYCLE, TRANSCRIPTS, entered, hold

from syncsage import Engine


def renew() -> None:
    """Replay what was typed in every transcript, and keep what is said to it."""
    engine = Engine.load(BICYCLE)
    for path in TRANSCRIPTS:
        path.write_text(hold(engine, entered(path.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    renew()
