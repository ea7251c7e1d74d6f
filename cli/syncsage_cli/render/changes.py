"""What was said, what a change of it moved, and what became of a kept interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from syncsage_cli.render.page import BAND_STYLES, BLANK, QUIET, Block, heading, one_line, paragraph, rows
from syncsage_cli.render.reasons import NOT_KNOWN

if TYPE_CHECKING:
    from syncsage.explanation import Difference, Move
    from syncsage.knowledge.model import KnowledgeBase
    from syncsage.session import Event, Gone, Replay

#: Columns of a told text that are shown of it.
_SHOWN = 56


def difference(answer: Difference) -> list[Block]:
    """Return how causes, problems and the next step differ; nothing where they do not."""
    blocks = moves(answer.moved)
    if answer.problems_before != answer.problems_after:
        after = "; ".join(answer.problems_after) or "nothing that I recognise"
        blocks.append(paragraph(f"Recognised would be: {after}", indent=2))
    if not answer.next_same and answer.next_after:
        blocks += [BLANK, paragraph(f"Then I would come to: {answer.next_after}")]
    return blocks


def moves(moved: Sequence[Move]) -> list[Block]:
    """Return how causes moved between two steps."""
    if not moved:
        return []
    return [rows([_move_row(move) for move in moved])]


def moved(answer: Difference) -> list[Block]:
    """Return what taking back or changing an answer moved."""
    blocks = moves(answer.moved)
    return [BLANK, heading("What moved"), *blocks] if blocks else []


def said(events: Sequence[Event], knowledge: KnowledgeBase) -> list[Block]:
    """Return what a person said, by number."""
    if not events:
        return [paragraph("Nothing has been told yet.")]
    latest = {_asked(event): event.number for event in events if event.kind != "told"}
    cells: list[tuple[str, Text]] = []
    for event in events:
        line = Text(saying(event, knowledge))
        if event.kind != "told" and latest[_asked(event)] != event.number:
            line.append(f"  (replaced by {latest[_asked(event)]})", style=QUIET)
        cells.append((str(event.number), line))
    how = "change N ANSWER answers number N anew, back N takes it back."
    return [heading("What you said"), rows(cells), BLANK, paragraph(how, style=QUIET)]


def saying(event: Event, knowledge: KnowledgeBase) -> str:
    """Return one event in words."""
    if event.kind == "told":
        count = len(event.text.splitlines())
        return f"{'a line' if count < 2 else f'{count:,} lines'}: {one_line(event.text, _SHOWN)}"
    kind, _, target = event.id.partition(":")
    if kind in ("fix", "consent"):
        asked = ": go ahead?" if kind == "consent" else ":"
        return f"{knowledge.procedures[knowledge.causes[target].fix].title}{asked} {event.value}"
    finding, problem = knowledge.findings.get(target or event.id), knowledge.problems.get(event.value)
    name = finding.ask if finding is not None else "Which of these comes closest?"
    if event.value == "unknown":
        return f"{name} Not known: {NOT_KNOWN[event.reason]}"
    label = finding.label(event.value) if finding is not None else problem.title if problem is not None else "none"
    return f"{name} {label}"


def gone(answers: Sequence[Gone]) -> list[Block]:
    """Return which kept answers this knowledge does not have."""
    if not answers:
        return []
    cells = [(str(item.number), f"{item.id} = {item.value}: {item.why}") for item in answers]
    return [BLANK, heading("Answers that no longer exist and count as not given"), rows(cells)]


def replayed(answer: Replay, titles: Mapping[str, str]) -> list[Block]:
    """Return what a kept interview comes to now, against what it came to then; ``titles`` of what can come next."""
    events = "1 event" if answer.events == 1 else f"{answer.events} events"
    versions = [
        ("knowledge", _versions(answer.knowledge_before, answer.knowledge_after)),
        ("engine", _versions(answer.engine_before, answer.engine_after)),
    ]
    blocks = [heading("Replayed", events), rows(versions), *gone(answer.gone)]
    if answer.before is None:
        return [*blocks, BLANK, paragraph("Where it stood then was not kept.")]
    if answer.same:
        return [*blocks, BLANK, paragraph("It comes to the same.")]
    if answer.moved:
        blocks += [BLANK, heading("What moved"), *moves(answer.moved)]
    if answer.before.next != answer.after.next:
        then, now = (titles.get(id_ or "", id_ or "nothing") for id_ in (answer.before.next, answer.after.next))
        blocks += [BLANK, heading("What comes next"), rows([("then", then), ("now", now)])]
    return blocks


def _asked(event: Event) -> str:
    """Return the id of the question, the same where it was asked again because of a contradiction."""
    return event.id.removeprefix("conflict:")


def _versions(before: str, after: str) -> str:
    return f"{after} (the same)" if before == after else f"{before or 'not kept'} -> {after}"


def _move_row(move: Move) -> tuple[Text | str, ...]:
    before, after = move.before or "no candidate", move.after or "no candidate"
    change = f"{before} -> {after}" if before != after else f"{after}, {_direction(move)}"
    return (Text(change, style=BAND_STYLES.get(after, "")), move.title)


def _direction(move: Move) -> str:
    return "more" if move.probability_after > move.probability_before else "less"
