"""What a pasted or loaded log says of its last run, before anything is asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage.observing.text import mask
from syncsage_cli.render.page import BLANK, Block

if TYPE_CHECKING:
    from syncsage import Engine


def seen(engine: Engine, text: str) -> list[Block]:
    """Return the last step that the log in ``text`` shows and what needs no asking; nothing for other texts."""
    if "\n" not in text.strip():
        return []
    track = engine.track(mask(text)[0])
    if not track.runs:
        return []
    from syncsage.report.timeline import timeline
    from syncsage_cli.render.timeline import glance

    return [*glance(timeline(track, engine.kb), len(track.known)), BLANK]
