"""Sessions: what was said, one event after the other; kept in a file, taken up again, replayed on other knowledge."""

from syncsage.session.events import Event, EventKind
from syncsage.session.files import Damage, Stored, read_session
from syncsage.session.fitting import Gone
from syncsage.session.joining import join
from syncsage.session.outcome import Holder, Outcome
from syncsage.session.replaying import Replay, replay
from syncsage.session.session import Session
from syncsage.session.ticking import Tick

__all__ = [
    "Damage",
    "Event",
    "EventKind",
    "Gone",
    "Holder",
    "Outcome",
    "Replay",
    "Session",
    "Stored",
    "Tick",
    "join",
    "read_session",
    "replay",
]
