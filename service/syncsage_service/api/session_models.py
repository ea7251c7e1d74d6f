"""What requests and responses about kept sessions look like."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

from syncsage.step import UnknownReason
from syncsage_service.api.said import EventOut, said
from syncsage_service.desk import Kept
from syncsage_service.inputs import Answers, EvidenceIn, Id, Strict, Text
from syncsage_service.store.sessions import Feedback, Row
from syncsage_service.turns import Turn

Ref = Annotated[str, Field(max_length=200, description="The ticket that it belongs to.")]

_NEEDED = {
    "told": ("text",),
    "answered": ("id", "value"),
    "changed": ("number", "value"),
    "undone": (),
    "ticked": ("id", "number", "value"),
}


class SessionIn(Strict):
    """A session to begin, with what is known already."""

    text: Text = Field(default="", description="What is known of the trouble: an error, log lines, a complaint.")
    evidence: Answers = Field(default_factory=list[EvidenceIn])
    external_ref: Ref = ""

    def turns(self) -> tuple[Turn, ...]:
        """Return what is said in it."""
        told = (Turn("told", text=self.text),) if self.text.strip() else ()
        return (*told, *(Turn("answered", id=e.id, value=e.value, reason=e.reason) for e in self.evidence))


class TurnIn(Strict):
    """What is said next.

    ``told`` wants ``text``; ``answered`` wants ``id`` and ``value`` (also how a fix went: id ``fix:<cause>``);
    ``changed`` wants ``number`` and ``value``; ``undone`` takes ``number``, the last event where that is 0; ``ticked``
    wants ``id`` of what is asked now, ``number`` of a step of its procedures, and ``value``: done, skipped or undone.
    """

    kind: Literal["told", "answered", "changed", "undone", "ticked"]
    text: Text = ""
    id: Id = Field(default="", description="Id of `step.next`, or of any finding.")
    value: Id = Field(default="", description="Value of one of the choices, or `unknown`.")
    reason: UnknownReason = Field(default="dont_know", description="Why it is `unknown`.")
    number: int = Field(default=0, ge=0, le=1_000_000, description="Number of an event.")

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse what lacks what its kind needs."""
        missing = [name for name in _NEEDED[self.kind] if not str(getattr(self, name) or "").strip()]
        if missing:
            raise ValueError(f"{self.kind} needs {' and '.join(missing)}")
        return self

    def turn(self) -> Turn:
        """Return it as the desk takes it."""
        return Turn(**self.model_dump())


class FeedbackIn(Strict):
    """How what was proposed turned out."""

    outcome: Literal["fixed", "not_fixed", "not_tried"]
    cause: Id = Field(default="", description="Id of the cause that was worked on.")
    comment: Annotated[str, Field(max_length=4_000)] = ""


class TickOut(BaseModel):
    """What became of a step: of what is asked by that id, counted from 1 over procedure and verification."""

    id: str
    step: int
    mark: str


class FeedbackOut(BaseModel):
    """How what was proposed turned out."""

    id: str
    outcome: str
    cause: str
    comment: str
    made: datetime

    @classmethod
    def of(cls, entry: Feedback) -> FeedbackOut:
        """Return what is told of an entry."""
        return cls(id=entry.id, outcome=entry.outcome, cause=entry.cause, comment=entry.comment, made=entry.made)


class FeedbackKept(BaseModel):
    """Under which id it was kept."""

    id: str


class SessionRow(BaseModel):
    """A session in a list."""

    id: str
    version: int
    external_ref: str
    kb_version: str = Field(description="The knowledge that it began with.")
    created: datetime
    updated: datetime

    @classmethod
    def row(cls, row: Row) -> SessionRow:
        """Return what is told of a row."""
        return cls(**{name: getattr(row, name) for name in SessionRow.model_fields})


class SessionList(BaseModel):
    """Sessions, those begun last first."""

    sessions: list[SessionRow]
    next: str | None = Field(description="`cursor` of the next page; null on the last.")


class SessionOut(SessionRow):
    """A session as it stands."""

    answered_with: str = Field(description="The knowledge that answers now: `kb_version`, unless that is gone.")
    step: dict[str, Any] = Field(description="As `syncsage/step.schema.json` describes it.")
    events: list[EventOut] = Field(description="Everything said, the oldest first; what was taken back included.")
    ticks: list[TickOut] = Field(description="What became of the steps of procedures.")
    gone: list[str] = Field(description="Ids of answers that the knowledge no longer has; they count as not given.")
    feedback: list[FeedbackOut]

    @classmethod
    def of(cls, kept: Kept) -> SessionOut:
        """Return what is told of a kept session."""
        session = kept.session
        return cls(
            **SessionRow.row(kept.row).model_dump(),
            answered_with=session.engine.kb.version,
            step=session.step.to_dict(),
            events=list(said(session)),
            ticks=[TickOut(id=t.id, step=t.step, mark=t.mark) for t in session.ticks],
            gone=[gone.id for gone in session.gone],
            feedback=[FeedbackOut.of(entry) for entry in kept.feedback],
        )
