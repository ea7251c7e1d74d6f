"""What was said: the text and the answers of a call, and those that a person adds when asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from syncsage import Engine, Evidence, EvidenceError, Session
from syncsage.step import UNKNOWN, Next, UnknownReason
from syncsage_service.inputs import EvidenceIn

#: How the questions ended: none is left, the person declined or dismissed one, enough were asked, or nobody can be
#: asked.
Ended = Literal["complete", "declined", "cancelled", "limit", "not-asked"]

#: The names of the fields that a person fills in.
ANSWER, PASTED = "answer", "text"


@dataclass(frozen=True, slots=True)
class Said:
    """Everything said so far.

    Attributes:
        text: The text of the call.
        evidence: The answers of the call, then those of the person.
        added: Texts that the person added, in order.
        asked: How many questions the person was asked.
        ended: How the asking ended; empty while it goes on.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    added: tuple[str, ...] = ()
    asked: int = 0
    ended: Ended | Literal[""] = ""

    @classmethod
    def of(cls, text: str, given: Sequence[EvidenceIn]) -> Said:
        """Return what a call says."""
        return cls(text, tuple(item.evidence() for item in given))

    def session(self, engine: Engine) -> Session:
        """Return it replayed.

        Raises:
            EvidenceError: An answer does not fit the knowledge.
        """
        session = engine.session()
        for text in (self.text, *self.added):
            if text.strip():
                session.tell(text)
        for item in self.evidence:
            session.answer(item.id, item.value, item.reason)
        return session

    def after(self, asked: Next, action: str, content: Mapping[str, object] | None) -> Said:
        """Return it with the reply of a person to a question.

        Args:
            asked: The question.
            action: ``accept``, ``decline`` or ``cancel``.
            content: The fields that were filled in.

        Raises:
            EvidenceError: The reply is none of the choices.
        """
        if action != "accept":
            return replace(self, ended="declined" if action == "decline" else "cancelled")
        given = content or {}
        pasted = str(given.get(PASTED) or "")
        if asked.paste and pasted.strip():
            return replace(self, added=(*self.added, pasted), asked=self.asked + 1)
        value, _, reason = str(given.get(ANSWER) or "").partition(":")
        if value == UNKNOWN:
            answer = Evidence(asked.id, UNKNOWN, _reason(reason))
        elif value in {option.value for option in asked.choices}:
            answer = Evidence(asked.id, value)
        else:
            raise EvidenceError(f"the answer to {asked.id!r} is none of its choices")
        return replace(self, evidence=(*self.evidence, answer), asked=self.asked + 1)

    def state(self) -> str:
        """Return what a later round needs beside the call itself, which comes again."""
        return json.dumps({"evidence": [asdict(e) for e in self.evidence], "added": self.added, "asked": self.asked})

    def resumed(self, state: str) -> Said:
        """Return the call as it stood when ``state`` was made."""
        read = json.loads(state)
        evidence = tuple(Evidence(**item) for item in read["evidence"])
        return replace(self, evidence=evidence, added=tuple(read["added"]), asked=read["asked"])


def _reason(text: str) -> UnknownReason:
    reasons: dict[str, UnknownReason] = {reason: reason for reason in REASONS}
    return reasons.get(text, "dont_know")


#: Why something is not known, the usual reason first.
REASONS: tuple[UnknownReason, ...] = ("dont_know", "no_access", "later", "not_applicable", "refused")
