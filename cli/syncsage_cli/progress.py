"""That something takes a while, and how far it is: told on a terminal's standard error and nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

    from syncsage.observing.logs.large import Advance
    from syncsage_cli.environment import Environment

#: Bytes from which on reading takes long enough to say so.
LONG = 8 * 1024 * 1024

#: Seconds after which people want to know that something happens.
PATIENCE = 0.5


@contextmanager
def reading(environment: Environment, paths: Sequence[Path]) -> Generator[Advance | None]:
    """Show a bar while the logs at ``paths`` are read, where they are long and somebody watches.

    Yields:
        What to tell of every piece that was read; None where no bar is shown.
    """
    total = sum(_size(path) for path in paths)
    if total < LONG or not environment.watched:
        with busy(environment, "Reading"):
            yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=environment.stderr, no_color=not environment.colour)
    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda count: progress.advance(task, count)


@contextmanager
def busy(environment: Environment, doing: str) -> Generator[Callable[[int, int], None]]:
    """Tell what is being done, if it takes longer than :data:`PATIENCE` and somebody watches.

    What is begun inside of something else says nothing of its own.

    Args:
        environment: Where to tell it.
        doing: In a word or two, such as ``Reading``.

    Yields:
        What may be told how much is done, of how much.
    """
    sign = Sign(environment, doing)
    if environment.occupied or not environment.stderr.isatty():
        yield sign.tell
        return
    environment.occupied = True
    timer = threading.Timer(PATIENCE, sign.show)
    timer.daemon = True
    timer.start()
    try:
        yield sign.tell
    finally:
        environment.occupied = False
        timer.cancel()
        sign.hide()


class Sign:
    """A spinner where the terminal can redraw, else a line that stays.

    Args:
        environment: Where to show it.
        doing: What is being done.
    """

    def __init__(self, environment: Environment, doing: str) -> None:
        self._environment = environment
        self._doing = doing
        self._text = doing
        self._lock = threading.Lock()
        self._over = False
        self._status: Status | None = None

    def show(self) -> None:
        """Show it, unless it was hidden before."""
        with self._lock:
            if self._over or self._environment.lent:
                return
            if not self._environment.watched:
                self._environment.err(f"{self._doing} ...")
                return
            from rich.console import Console

            console = Console(file=self._environment.stderr, no_color=not self._environment.colour)
            self._status = console.status(self._text, spinner="line")
            self._status.start()

    def tell(self, done: int, total: int) -> None:
        """Say how much is done, of how much."""
        with self._lock:
            self._text = f"{self._doing}, {done:,} of {total:,}"
            if self._status is not None:
                self._status.update(self._text)

    def hide(self) -> None:
        """Take it away for good."""
        with self._lock:
            self._over = True
            if self._status is not None:
                self._status.stop()


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return path.stat().st_size
    except OSError:
        return 0
