"""A kept session on the knowledge of today, against what it came to when it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from syncsage.engine import Engine
from syncsage.explaining import moves
from syncsage.explanation import Move, Plain
from syncsage.session.files import read_session
from syncsage.session.fitting import Gone
from syncsage.session.outcome import Outcome, outcome_of
from syncsage.session.session import Session


@dataclass(frozen=True, slots=True)
class Replay(Plain):
    """What became of a session.

    Attributes:
        events: How many events stand, those this knowledge does not have left out.
        gone: Answers that this knowledge does not have.
        before: Where the session stood when it was kept, None where that was not written down.
        after: Where the same events lead now.
        moved: Causes whose standing changed; empty where ``before`` is None.
        same: Whether nothing came out otherwise.
    """

    engine_before: str
    engine_after: str
    knowledge_before: str
    knowledge_after: str
    events: int
    gone: tuple[Gone, ...]
    before: Outcome | None
    after: Outcome
    moved: tuple[Move, ...]
    same: bool


def replay(engine: Engine, path: Path | str) -> Replay:
    """Return what the session in a file comes to on the knowledge of ``engine``. The file stays as it is.

    Raises:
        InputError: The file cannot be read, is no session, or is damaged.
    """
    stored = read_session(path)
    session = Session.load(engine, path)
    before, after = stored.outcome, outcome_of(session.step)
    titles = {cause.id: cause.title for cause in engine.kb.causes.values()}
    moved = moves(before.causes, after.causes, titles) if before else ()
    return Replay(
        engine_before=stored.opened.engine,
        engine_after=engine.version,
        knowledge_before=stored.opened.knowledge,
        knowledge_after=engine.kb.version,
        events=len(session.events),
        gone=session.gone,
        before=before,
        after=after,
        moved=moved,
        same=before == after and not moved and not session.gone,
    )
