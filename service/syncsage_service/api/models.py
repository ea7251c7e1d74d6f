"""What requests and responses look like."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from syncsage import Evidence
from syncsage.step import UnknownReason
from syncsage_service.api.said import EventOut, said
from syncsage_service.desk import Kept, Turn

_ID = Field(max_length=200)
_TEXT = Field(max_length=8_000_000)


class Strict(BaseModel):
    """A request: a member that nobody knows is an error, not silently left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceIn(Strict):
    """An answer, or a fact that was collected."""

    id: str = _ID
    value: str = _ID
    reason: UnknownReason = "dont_know"

    def evidence(self) -> Evidence:
        """Return it as the engine takes it."""
        return Evidence(self.id, self.value, self.reason)


class DiagnosisIn(Strict):
    """A text and answers; nothing of it is kept."""

    text: str = Field(default="", max_length=8_000_000)
    evidence: list[EvidenceIn] = Field(default_factory=list[EvidenceIn], max_length=500)
    scope: dict[str, str] = Field(default_factory=dict[str, str], max_length=200)


class SessionIn(Strict):
    """A session to begin, with what is known already."""

    text: str = Field(default="", max_length=8_000_000)
    evidence: list[EvidenceIn] = Field(default_factory=list[EvidenceIn], max_length=500)
    external_ref: str = Field(default="", max_length=200)

    def turns(self) -> tuple[Turn, ...]:
        """Return what is said in it."""
        told = (Turn("told", text=self.text),) if self.text.strip() else ()
        return (*told, *(Turn("answered", id=e.id, value=e.value, reason=e.reason) for e in self.evidence))


class TurnIn(Strict):
    """What is said next."""

    kind: Literal["told", "answered", "changed", "undone"]
    text: str = Field(default="", max_length=8_000_000)
    id: str = Field(default="", max_length=200)
    value: str = Field(default="", max_length=200)
    reason: UnknownReason = "dont_know"
    number: int = Field(default=0, ge=0, le=1_000_000)

    def turn(self) -> Turn:
        """Return it as the desk takes it."""
        return Turn(**self.model_dump())


class FeedbackIn(Strict):
    """How what was proposed turned out."""

    outcome: Literal["fixed", "not_fixed", "not_tried"]
    cause: str = Field(default="", max_length=200)
    comment: str = Field(default="", max_length=4_000)


class SessionOut(BaseModel):
    """A session as it stands. ``step`` is described by ``syncsage/step.schema.json``."""

    id: str
    version: int
    external_ref: str
    kb_version: str
    created: datetime
    updated: datetime
    step: dict[str, Any]
    events: list[EventOut]
    gone: list[str]

    @classmethod
    def of(cls, kept: Kept) -> SessionOut:
        """Return what is told of a kept session."""
        row, session = kept.row, kept.session
        return cls(
            id=row.id,
            version=row.version,
            external_ref=row.external_ref,
            kb_version=row.kb_version,
            created=row.created,
            updated=row.updated,
            step=session.step.to_dict(),
            events=list(said(session)),
            gone=[gone.id for gone in session.gone],
        )
