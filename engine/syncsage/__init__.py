"""SyncSage: an expert system that finds causes, asks the right next question, and explains itself.

>>> from syncsage import Engine, Evidence
>>> engine = Engine.load()
>>> step = engine.diagnose(text="Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync")
>>> step.problems[0].id
'wsus-server-not-configured'
"""

from typing import TYPE_CHECKING, Any

from syncsage._version import __version__
from syncsage.engine import Engine
from syncsage.errors import (
    EvidenceError,
    InputError,
    KnowledgeError,
    ModelError,
    RuleLimitError,
    SessionBusyError,
    SyncSageError,
    UnknownIdError,
)
from syncsage.observing.model import Match, Observation, Parsed
from syncsage.step import Evidence, Step

if TYPE_CHECKING:
    from syncsage.session import Session

__all__ = [
    "Engine",
    "Evidence",
    "EvidenceError",
    "InputError",
    "KnowledgeError",
    "Match",
    "ModelError",
    "Observation",
    "Parsed",
    "RuleLimitError",
    "Session",
    "SessionBusyError",
    "Step",
    "SyncSageError",
    "UnknownIdError",
    "__version__",
]


def __getattr__(name: str) -> Any:
    """Import sessions and reports when somebody asks for them: one question needs neither."""
    if name == "Session":
        from syncsage.session import Session

        return Session
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
