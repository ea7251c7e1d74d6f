"""What helpdesks have in common: what comes in, what is read of a ticket, and what an adapter can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from syncsage_service.adapters.note import Note


class UnknownHelpdeskError(Exception):
    """No adapter of that name is switched on."""


class SignatureError(Exception):
    """A webhook that is not from whom it should be, or is too old."""


class PayloadError(Exception):
    """A webhook that does not say what it should; the message says what."""


class TransientError(Exception):
    """The helpdesk could not be asked now.

    Args:
        message: What happened.
        after: Seconds that it wants to be left alone for; 0 where it does not say.
    """

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


class RefusedError(Exception):
    """The helpdesk will not do it, however often it is asked."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file at a message: how the helpdesk names it, and what kind it says it is."""

    id: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A delivery, reduced to what is worked on; nothing else of it is kept.

    Attributes:
        source: Name of the adapter.
        delivery: Names the event for good, and is part of what was signed: a repetition has the same one.
        ticket: The ticket, as the helpdesk counts.
        event: The message in it.
        text: The message, secrets masked; empty where it has to be fetched.
        files: What is attached to it.
    """

    source: str
    delivery: str
    ticket: str
    event: str
    text: str = ""
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A message with the texts that are attached to it."""

    text: str
    files: tuple[str, ...] = ()


class Helpdesk(Protocol):
    """One adapter. Calls of the helpdesk raise ``TransientError`` or ``RefusedError``."""

    @property
    def source(self) -> str:
        """The name in its address."""
        ...

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> None:
        """Check that the body comes from the helpdesk; nothing is parsed before.

        Args:
            headers: Of the request, in any case.
            body: As it came.
            now: Seconds since 1970.

        Raises:
            SignatureError: It does not, or is too old.
        """
        ...

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival | None:
        """Return what a verified body says; None where it is nothing to work on.

        Raises:
            PayloadError: It has not the shape that the helpdesk sends.
        """
        ...

    def fetch(self, arrival: Arrival) -> Said | None:
        """Return the message and its attached texts; None where it is nothing to work on."""
        ...

    def noted(self, arrival: Arrival, mark: str) -> bool:
        """Tell whether a note with that mark is at the ticket already."""
        ...

    def write(self, arrival: Arrival, note: Note) -> None:
        """Write an internal note: the customer must never see it."""
        ...
