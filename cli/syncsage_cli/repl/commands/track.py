"""``track``: the timeline of a log within the interview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, QUIET, paragraph
from syncsage_cli.repl.command import Command, a_file
from syncsage_cli.repl.reply import Reply, say

if TYPE_CHECKING:
    from syncsage_cli.repl.conversation import Conversation


def run(conversation: Conversation, argument: str) -> Reply:
    """Show what a log says of its runs; nothing of it is taken as told."""
    if not argument:
        return say("Which log? Such as: track messages.log")
    path = Path(argument.strip("\"'")).expanduser()
    if not path.exists():
        return say(f"No such file: {path}.")
    found = conversation.engine.track([path])
    if not found.records:
        return say(f"{path}: there is nothing in it.")
    from syncsage.report.timeline import timeline
    from syncsage_cli.render import timeline as view

    bar = conversation.world.bar if conversation.world is not None else "#"
    blocks = view.page(timeline(found, conversation.engine.kb, path.name), block=bar)
    hint = f"load {argument} takes it into the interview." if path.is_file() else ""
    return Reply((*blocks, *([BLANK, paragraph(hint, style=QUIET)] if hint else [])), long=True)


COMMAND = Command(
    "track",
    "FILE",
    "the timeline of a log, without taking it in",
    "Texts and logs",
    4,
    run,
    a_file,
    examples=(("track messages.log", "runs, steps, and where one failed"),),
    files=True,
)
