"""What callers send, over HTTP and MCP alike: texts, ids, answers, and what they ask about a step."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from syncsage import Evidence
from syncsage.step import UnknownReason
from syncsage_service.texts import readable

#: What somebody pastes or writes.
Text = Annotated[str, Field(max_length=8_000_000)]
#: An id of the knowledge, or a value; left out where it is empty.
Id = Annotated[str, Field(max_length=200)]
#: One that must be there.
Needed = Annotated[str, Field(min_length=1, max_length=200)]

#: What can be asked about a step.
What = Literal["why", "how", "whynot", "whatif", "facts", "rules"]


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
    """An answer to an earlier question, or a fact that was collected."""

    id: Needed = Field(description="What is answered: the id of `next`, or of a finding.")
    value: Needed = Field(description="One of its values, or 'unknown'.")
    reason: UnknownReason = Field(default="dont_know", description="Why it is not known.")

    def evidence(self) -> Evidence:
        """Return it as the engine takes it."""
        return Evidence(self.id, self.value, self.reason)


#: Everything answered so far.
Answers = Annotated[list[EvidenceIn], Field(max_length=500)]
