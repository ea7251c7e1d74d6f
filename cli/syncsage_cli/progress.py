"""How far the reading of long logs is, told on a terminal's standard error and nowhere else."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syncsage.observing.logs.large import Advance
    from syncsage_cli.environment import Environment

#: Bytes from which on reading takes long enough to say so.
LONG = 8 * 1024 * 1024


@contextmanager
def reading(environment: Environment, paths: Sequence[Path]) -> Generator[Advance | None]:
    """Show a bar while the logs at ``paths`` are read, where they are long and somebody watches.

    Yields:
        What to tell of every piece that was read; None where no bar is shown.
    """
    total = sum(_size(path) for path in paths)
    if total < LONG or not environment.watched:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=environment.stderr, no_color=not environment.colour)
    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda count: progress.advance(task, count)


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return path.stat().st_size
    except OSError:
        return 0
