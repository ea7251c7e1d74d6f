"""Every error that SyncSage raises on purpose.

SyncSageError
├── KnowledgeError       the knowledge base cannot be used; carries every fault found
├── EvidenceError        an answer names an unknown finding or a value it does not have
├── UnknownIdError       a cause, problem or code that the knowledge does not hold
├── InputError           text or a file that cannot be read
│   └── SessionBusyError a session file that another process writes to
├── RuleLimitError       a rule outside the subset that the rule engine runs safely
└── ModelError           the embedding model is missing or unusable
"""

from __future__ import annotations

from dataclasses import dataclass


class SyncSageError(Exception):
    """Base of all errors of this package. The message says what, where and what to do."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of the knowledge base.

    Attributes:
        file: Path relative to the knowledge folder it was found in.
        line: Line, counted from 1.
        field: Dotted path of the field, empty for the file as a whole.
        message: What is wrong, with the nearest known name where one is close.
        rule: Short kebab-case name of the lint rule that found it.
    """

    file: str
    line: int
    field: str
    message: str
    rule: str = "schema"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place} {self.field}: {self.message}" if self.field else f"{place} {self.message}"


class KnowledgeError(SyncSageError):
    """The knowledge base has faults. All of them are in ``faults``, sorted by place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults))
        head = "\n".join(str(fault) for fault in self.faults[:20])
        more = f"\n... and {len(self.faults) - 20} more" if len(self.faults) > 20 else ""
        super().__init__(f"the knowledge base has {len(self.faults)} fault(s):\n{head}{more}")


class EvidenceError(SyncSageError):
    """An answer that does not fit the knowledge."""


class UnknownIdError(SyncSageError):
    """An id or code that the knowledge does not hold."""


class InputError(SyncSageError):
    """Input that cannot be read as text."""


class SessionBusyError(InputError):
    """A session file that another process has open; the message names it."""


class RuleLimitError(SyncSageError):
    """A rule or a set of facts outside the measured safe subset of the rule engine."""


class ModelError(SyncSageError):
    """The embedding model cannot be loaded."""
