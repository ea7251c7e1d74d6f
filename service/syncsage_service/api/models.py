"""What requests without a session look like."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from syncsage_service.inputs import Answers, EvidenceIn, Id, Strict, Text, What


class ParseIn(Strict):
    """A text to understand."""

    text: Text = Field(description="An error, lines of a log, or a complaint in plain words.")


class DiagnosisIn(Strict):
    """A text and answers; nothing of it is kept."""

    text: Text = ""
    evidence: Answers = Field(default_factory=list[EvidenceIn])
    scope: dict[str, str] = Field(default_factory=dict[str, str], max_length=200)


class Subject(BaseModel):
    """What an explanation is about."""

    cause: Id = Field(default="", description="With how and whynot: id of a cause.")
    question: Id = Field(default="", description="With whatif: id of a question.")
    value: Id = Field(default="", description="With whatif: the answer.")


class About(Subject):
    """What is to be explained of a step."""

    what: What = "why"


class ExplainIn(DiagnosisIn, Subject):
    """A text and answers, and what is to be explained of the step that they lead to."""

    what: Literal["why", "how", "whynot", "whatif", "rules"] = Field(
        description="why: the next question or fix; how: on what a cause stands; whynot: why it is not the first; "
        "whatif: what an answer would move; rules: what became of every rule."
    )

    def about(self) -> About:
        """Return what is to be explained."""
        return About(what=self.what, cause=self.cause, question=self.question, value=self.value)
