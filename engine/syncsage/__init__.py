"""SyncSage: an expert system that finds causes, asks the right next question, and explains itself.

>>> from syncsage import Engine, Evidence
>>> engine = Engine.load()
>>> step = engine.diagnose(text="Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync")
>>> step.problems[0].id
'wsus-server-not-configured'
"""

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
from syncsage.session import Session
from syncsage.step import Evidence, Step

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
