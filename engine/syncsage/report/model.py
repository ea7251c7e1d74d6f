"""A report for the ticket: everything an interview came to, as one frozen object that every form is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from syncsage.report.parts import (
    AnswerPart,
    CausePart,
    Moment,
    NextPart,
    ProblemPart,
    ProcedurePart,
    Reason,
    RuledOutPart,
    SourcePart,
    TextPart,
    Titled,
    TriedPart,
    WalkedPart,
)
from syncsage.step import ToCollect


@dataclass(frozen=True, slots=True)
class Versions:
    """With what it was made: the same versions give the same report."""

    engine: str
    knowledge: str
    knowledge_hash: str
    rules: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report; parts that nothing is known of are empty.

    Attributes:
        conflicts: Answers that something contradicts, both sides in a sentence.
        made: Date and time, as they are to be shown; empty where nobody wants them.
        masked: Names are replaced by pseudonyms.
        titles: Every cause that ``moments`` speak of.
    """

    title: str
    domain: str
    stop_reason: str | None
    standing: str
    problems: tuple[ProblemPart, ...]
    causes: tuple[CausePart, ...]
    ruled_out: tuple[RuledOutPart, ...]
    conflicts: tuple[str, ...]
    texts: tuple[TextPart, ...]
    answers: tuple[AnswerPart, ...]
    facts: tuple[Reason, ...]
    tried: tuple[TriedPart, ...]
    walked: tuple[WalkedPart, ...]
    next: NextPart | None
    advice: tuple[str, ...]
    procedures: tuple[ProcedurePart, ...]
    to_collect: tuple[ToCollect, ...]
    moments: tuple[Moment, ...]
    titles: tuple[Titled, ...]
    sources: tuple[SourcePart, ...]
    versions: Versions
    made: str = ""
    masked: bool = False

    def to_markdown(self) -> str:
        """Return the report as Markdown in which nothing that was pasted means anything."""
        from syncsage.report.markdown import to_markdown

        return to_markdown(self)

    def to_html(self) -> str:
        """Return the report as one page that needs nothing from elsewhere."""
        from syncsage.report.page import to_html

        return to_html(self)

    def to_text(self, width: int = 80) -> str:
        """Return what matters most of the report as plain text, at most ``width`` columns."""
        from syncsage.report.plain import to_text

        return to_text(self, width)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data; its schema is ``syncsage/report.schema.json``."""
        from syncsage.report.data import to_dict

        return to_dict(self)
