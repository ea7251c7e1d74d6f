"""``track``: what logs say of their runs, as a timeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from syncsage.errors import InputError
from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus, status_of_track
from syncsage_cli.offers import files
from syncsage_cli.progress import busy, reading

if TYPE_CHECKING:
    from syncsage.observing.logs.model import Track
    from syncsage_cli.render.page import Block

PIPE = "-"


@click.command()
@click.argument("logs", nargs=-1, metavar="FILE|DIR|-", shell_complete=files)
@click.option("--all", "everything", is_flag=True, help="Show every run in full, not only the last and failing ones.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--html",
    "page",
    metavar="FILE|-",
    shell_complete=files,
    help="Write a page with a drawn timeline; - for standard output.",
)
@click.option("--follow", is_flag=True, help="Go on reading a log that grows, until Ctrl-C.")
@shared_options
@pass_app
def track(
    app: App, logs: tuple[str, ...], everything: bool, as_json: bool, page: str | None, follow: bool
) -> ExitStatus:
    """Group the lines of logs into runs: steps, times, where and why a run failed.

    Several FILEs are read as one story; of a DIR, the logs in it; - reads standard input.
    """
    if follow and (as_json or page or everything):
        raise click.UsageError("--follow prints lines as they come: it goes with no other form")
    if as_json and page == PIPE:
        raise click.UsageError("--json and --html - both want standard output")
    chosen = _chosen(app, logs)
    if follow:
        return _follow(app, chosen)
    found = _read(app, chosen)
    if page is not None:
        _write_page(app, found, chosen, page)
    if as_json:
        from syncsage.serialise import track_to_dict

        app.environment.out_json(track_to_dict(found))
    elif page is None:
        app.environment.show(_page(app, found, chosen, everything))
    return status_of_track(found, app.engine)


def _chosen(app: App, logs: tuple[str, ...]) -> tuple[str, ...]:
    if not logs and app.environment.stdin_is_terminal:
        raise InputError("which log? Name a file, a folder, or - for standard input, such as: syncsage track FILE")
    chosen = logs or (PIPE,)
    if PIPE in chosen and len(chosen) > 1:
        raise InputError("standard input is read alone: name files, or give a single -")
    return chosen


def _read(app: App, chosen: tuple[str, ...]) -> Track:
    if PIPE in chosen:
        from syncsage_cli.inputs import read_stream

        source = read_stream(app.environment.stdin)
        for note in source.notes:
            app.environment.err(f"note: {note}")
        if not source.text.strip():
            raise InputError("nothing came in: give a file, a folder, or pipe a log in")
        with busy(app.environment, "Reading"):
            return app.engine.track(source.text)

    paths = [Path(log) for log in chosen]
    with reading(app.environment, paths) as advance:
        found = app.engine.track(paths, advance)
    if not found.records:
        raise InputError(f"{' '.join(chosen)}: there is nothing in it")
    return found


def _page(app: App, found: Track, chosen: tuple[str, ...], everything: bool) -> list[Block]:
    from syncsage.report.timeline import timeline
    from syncsage_cli.render import timeline as view
    from syncsage_cli.render.page import BLANK, QUIET, paragraph

    story = timeline(found, app.engine.kb, _title(chosen))
    blocks = view.page(story, everything=everything, block=view.sign(app.environment.stdout.encoding))
    if found.problems and PIPE not in chosen and found.verdict != "success":
        blocks += [BLANK, paragraph(f"To find the cause: syncsage ask {' '.join(chosen)}", style=QUIET)]
    return blocks


def _write_page(app: App, found: Track, chosen: tuple[str, ...], target: str) -> None:
    from syncsage.report.timeline import timeline
    from syncsage.report.timeline_html import to_html

    page = to_html(timeline(found, app.engine.kb, _title(chosen)))
    if target == PIPE:
        app.environment.out_html(page)
        return
    path = Path(target)
    if any(path.resolve() == Path(log).resolve() for log in chosen if log != PIPE):
        raise InputError(f"{path} is the log itself: choose another name for the page")
    try:
        path.write_text(page, "utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from error
    app.environment.err(f"written: {path}")


def _follow(app: App, chosen: tuple[str, ...]) -> ExitStatus:
    from syncsage_cli.following import follow_file, follow_pipe

    if PIPE in chosen:
        return follow_pipe(app)
    if len(chosen) != 1 or Path(chosen[0]).is_dir():
        raise InputError("--follow reads one log: name a single file")
    return follow_file(app, Path(chosen[0]))


def _title(chosen: tuple[str, ...]) -> str:
    return "standard input" if PIPE in chosen else ", ".join(Path(log).name or log for log in chosen[:3])
