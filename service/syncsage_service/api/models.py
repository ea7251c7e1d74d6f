"""What requests and responses look like."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, field_validator

from syncsage import Evidence
from syncsage.step import UnknownReason
from syncsage_service.texts import readable

_ID = Field(max_length=200)
_TEXT = Field(max_length=8_000_000)


class Strict(BaseModel):
    """A request: a member that nobody knows is an error, not silently left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def readable(cls, value: object) -> object:
        """Mark halves of characters, which no encoding takes."""
        if isinstance(value, dict):
            return {readable(str(name)): cls.readable(part) for name, part in value.items()}
        return readable(value) if isinstance(value, str) else value


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
