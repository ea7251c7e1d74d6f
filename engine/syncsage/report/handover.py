"""The hand-over: what is known, what was tried, what is left, for whoever goes on."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from syncsage.knowledge.model import KnowledgeBase
from syncsage.step import Step
from syncsage.views import origin, statement

_QUOTED_LINES = 12
#: What each reason to stop means, in words.
REASONS = {
    "resolved": "Solved: the fix worked.",
    "identified": "The cause is identified.",
    "healthy": "Nothing is broken.",
    "fix-pays": "A fix is worth more than another question.",
    "exhausted": "Nothing more can be told from what is known.",
    "question-limit": "Many questions were asked; what is left is best settled by looking.",
    "not-known": "Too little is known to tell; what would help is listed below.",
    "declined": "The fix that is left is risky and was not wanted.",
    "not-covered": "This is not covered by the knowledge base.",
    "pointer": "Recognised; the knowledge base holds no procedure for it.",
    "nothing-told": "Nothing was told yet.",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """A summary in sections, empty ones left out."""

    title: str
    sections: tuple[Section, ...]
    kb_version: str

    def to_markdown(self) -> str:
        """Return the summary as Markdown."""
        lists = ("\n".join(f"- {line}" for line in section.lines) for section in self.sections)
        headings = (f"## {section.heading}" for section in self.sections)
        parts = [f"# {self.title}", *(f"{h}\n\n{lines}" for h, lines in zip(headings, lists, strict=True))]
        return "\n\n".join(parts) + f"\n\n_Knowledge base {self.kb_version}_\n"

    def to_text(self, width: int = 80) -> str:
        """Return the summary as plain text, at most ``width`` columns."""
        parts = [self.title, "=" * min(len(self.title), width)]
        for section in self.sections:
            parts += ["", section.heading]
            for line in section.lines:
                parts += textwrap.wrap(line, width, initial_indent="  - ", subsequent_indent="    ") or [""]
        return "\n".join([*parts, "", f"Knowledge base {self.kb_version}"])

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as plain data."""
        return asdict(self) | {"sections": [{"heading": s.heading, "lines": list(s.lines)} for s in self.sections]}


def hand_over(step: Step, kb: KnowledgeBase, texts: Sequence[str] = ()) -> HandOver:
    """Return the summary of a step.

    Args:
        step: Where the interview stands.
        kb: The knowledge it was held with.
        texts: What was told, masked already; the first lines are quoted.
    """
    left = [c for c in step.causes if c.band != "ruled out"]
    told = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    more = [f"... {len(told) - _QUOTED_LINES} more lines"] if len(told) > _QUOTED_LINES else []
    tried = [e for e in step.evidence if e.id.startswith("fix:")]
    sections = (
        ("Where it stands", [REASONS.get(step.stop_reason or "", "The interview is not finished.")]),
        ("What was told", [line[:300] for line in told[:_QUOTED_LINES]] + more),
        ("Problem", [f"{m.title} ({m.level} match)" for m in step.problems[:3]]),
        ("Likely causes", [f"{c.title}: {c.band}" for c in left[:5]]),
        ("Contradictions", [conflict.text for conflict in step.conflicts]),
        ("What is known", [f"{statement(kb, o.finding, o.value)} [{origin(o)}]" for o in step.observations]),
        (
            "Not known",
            [
                f"{statement(kb, e.id, e.value)} ({e.reason.replace('_', ' ')})"
                for e in step.evidence
                if e.value == "unknown"
            ],
        ),
        ("Tried", [statement(kb, e.id, e.value) for e in tried]),
        ("Ruled out", [f"{c.title}: {c.excluded_by.text}" for c in step.causes if c.excluded_by]),
        ("Next", [_next(step)] if step.next else []),
        ("To collect", [f"{item.text} {item.help} {item.command}".strip() for item in step.to_collect]),
    )
    return HandOver(
        title=f"{kb.domain.title}: hand-over",
        sections=tuple(Section(heading, tuple(lines)) for heading, lines in sections if lines),
        kb_version=step.kb_version,
    )


def _next(step: Step) -> str:
    following = step.next
    if following is None:
        return ""
    return f"{following.text} (about {following.minutes:g} minutes). {following.rationale}"
