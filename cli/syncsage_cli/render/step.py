"""One step of a diagnosis: what was recognised, what it may come from, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from syncsage_cli.render.page import (
    BAND_STYLES,
    BLANK,
    QUIET,
    STRONG,
    Block,
    Verbatim,
    heading,
    one_line,
    paragraph,
    rows,
)
from syncsage_cli.render.procedure import minutes, outline, procedure

if TYPE_CHECKING:
    from syncsage.observing.model import CodeHit, Match
    from syncsage.step import Next, Option, RankedCause, Step

#: Causes shown before "and n more".
SHOWN_CAUSES = 3
SHOWN_PROBLEMS = 3
LEVEL_WORDS = {"exact": "certain", "strong": "nearly certain", "weak": "a guess", "none": "not recognised"}
ENDINGS = {
    "resolved": "Solved.",
    "fix-pays": "Trying this costs less time than asking more.",
    "exhausted": "Nothing is left to ask that would tell the causes apart.",
    "question-limit": "More questions would cost more time than they save.",
    "not-known": "Too little is known to tell. What would help is listed below.",
    "declined": "I know no other fix than the risky one.",
    "pointer": "I know no more about it than this.",
    "not-covered": "I know nothing that fits. Other words, or the text of an error, may help.",
    "nothing-told": "That says too little. Paste an error text, or the last lines of a log.",
}
NOT_KNOWN_HINT = "don't know · no access · later · skip · does not apply"

Place = Callable[[int], str]


def line_number(line: int) -> str:
    """Return the default name of a place in the text."""
    return f"line {line}"


def recognised(step: Step, place: Place = line_number, known: Collection[str] = ()) -> list[Block]:
    """Return what a text was recognised as, with the words that show it, or what it comes closest to.

    Args:
        step: Where the diagnosis stands.
        place: Names a line of the text.
        known: Ids of problems that were shown before and need not be again.
    """
    if not step.problems:
        return _not_recognised(step)
    if undecided(step):
        return [heading("I am not sure what this is.")]
    fresh = [match for match in step.problems if match.id not in known] or list(step.problems)
    best, others = fresh[0], [match for match in fresh[1:SHOWN_PROBLEMS] if match.level in ("exact", "strong")]
    name = "It may be" if best.level == "weak" else "Recognised"
    blocks = [heading(f"{name}: {best.title}", "your choice" if best.by == "picked" else LEVEL_WORDS[best.level])]
    blocks += _quote(best, place)
    blocks += [paragraph(f"Also: {m.title} ({LEVEL_WORDS[m.level]})", indent=2, style=QUIET) for m in others]
    return blocks + ([paragraph(text) for text in step.advice] if best is step.problems[0] else [])


def undecided(step: Step) -> bool:
    """Tell whether the person must first say which of several problems it is."""
    return step.next is not None and step.next.id == "problem"


def in_order(step: Step) -> tuple[RankedCause, ...]:
    """Return the causes in the order of their numbers: the ones ruled out come last."""
    return tuple(sorted(step.causes, key=lambda cause: cause.band == "ruled out"))


def causes(step: Step, limit: int | None = SHOWN_CAUSES) -> list[Block]:
    """Return the ranked causes in words of confidence; the ones ruled out only where ``limit`` is None."""
    if undecided(step) and limit is not None:
        return []
    ordered = in_order(step)
    left = [cause for cause in ordered if cause.band != "ruled out"]
    shown = left[:limit] if limit is not None else ordered
    if not shown:
        return []
    blocks = [BLANK, heading("What it comes from" if shown[0].band == "confirmed" else "What it may come from")]
    blocks.append(rows([_cause_row(number, cause) for number, cause in enumerate(shown, start=1)]))
    if limit is not None and len(left) > len(shown):
        blocks.append(paragraph(f"and {len(left) - len(shown)} more", indent=2, style=QUIET))
    return blocks


def procedures(step: Step) -> list[Block]:
    """Return what to do about a problem whose causes are not known: its procedures, complete."""
    if undecided(step):
        return []
    return [block for view in step.procedures for block in (BLANK, *procedure(view))]


def codes(hits: Sequence[CodeHit]) -> list[Block]:
    """Return the known codes of a text, each once; one that is printed as another number is shown as printed."""
    titles = {_print(hit): hit.title for hit in hits}
    if not titles:
        return []
    return [BLANK, heading("Codes in it"), rows(list(titles.items()))]


def _print(hit: CodeHit) -> str:
    from syncsage.knowledge.numbers import canonical, value_of

    printed = canonical(hit.printed)
    return hit.code if value_of(printed) is None or printed == canonical(hit.code) else hit.printed


def ending(step: Step) -> list[Block]:
    """Return how the questions end, where they do; a fix that is left to do speaks for itself."""
    left = step.next is None or step.next.kind in ("consent", "fix")
    text = ENDINGS.get(step.stop_reason or "", "") if left else ""
    return [BLANK, heading(text)] if text else []


def to_collect(step: Step) -> list[Block]:
    """Return what should be fetched later, with where to look."""
    if not step.to_collect:
        return []
    blocks: list[Block] = [BLANK, heading("To look up when you can")]
    for item in step.to_collect:
        blocks.append(rows([("-", f"{item.text} {item.help}".strip())], gap=1))
        blocks += [Verbatim(item.command, indent=6)] if item.command else []
    return blocks


def question(ask: Next, number: int, *, variants: bool = True, full: bool = True) -> list[Block]:
    """Return a question, or a check with its procedure, without its answers.

    Args:
        ask: The question.
        number: Counted from 1.
        variants: Whether to show how other versions word the procedure, or only to name them.
        full: Whether to show the procedure, or only to name it: a question should fit a small screen.
    """
    time = f"about {minutes(ask.minutes)}" if ask.minutes >= 1 else ""
    blocks = [heading(f"Question {number}", time), paragraph(ask.text)]
    if ask.help:
        blocks.append(paragraph(ask.help, indent=2, style=QUIET))
    if ask.command:
        blocks += [Verbatim(ask.command, indent=6), rows([("Good:", ask.good), ("Bad:", ask.bad)], indent=6, gap=1)]
    if ask.procedure is not None and full:
        blocks += [BLANK, *procedure(ask.procedure, label="How to find out", variants=variants), BLANK]
    elif ask.procedure is not None:
        blocks.append(paragraph(f"steps goes through it one by one: {ask.procedure.title}", indent=2, style=QUIET))
    return blocks


def fix(ask: Next, *, variants: bool = True) -> list[Block]:
    """Return a proposed fix: why, the whole procedure, and how to see whether it worked."""
    blocks = [paragraph(ask.rationale)] if ask.rationale else []
    if ask.help:
        blocks.append(paragraph(ask.help))
    if ask.procedure is not None:
        blocks += [BLANK, *procedure(ask.procedure, label="Fix", variants=variants)]
    if ask.verify is not None:
        blocks += [BLANK, *procedure(ask.verify, label="Then verify", variants=variants)]
    return blocks


def fix_in_short(ask: Next) -> list[Block]:
    """Return a proposed fix without what each step says to expect and to type, where it fills more than a screen."""
    blocks = [paragraph(text) for text in (ask.rationale, ask.help) if text]
    if ask.procedure is not None:
        blocks += [BLANK, *outline(ask.procedure, label="Fix")]
    if ask.verify is not None:
        blocks.append(paragraph(f"Then verify: {ask.verify.title}", indent=2))
    hint = "steps goes through it one by one, with what to type and to expect; steps all shows everything."
    return [*blocks, BLANK, paragraph(hint, style=QUIET)]


def answers_of(ask: Next) -> tuple[Option, ...]:
    """Return the choices that are picked by number; pasting is done, not picked."""
    return tuple(option for option in ask.choices if not (ask.paste and option.value == "pasted"))


def values(options: Sequence[Option]) -> list[Block]:
    """Return choices under the values that stand for them on a command line."""
    return [rows([(Text(option.value, style=STRONG), option.label) for option in options])]


def choices(options: Sequence[Option], *, paste: bool = False, unknowns: bool = True) -> list[Block]:
    """Return numbered choices and, where ``unknowns``, the ways of not knowing."""
    cells: list[tuple[Text, str]] = []
    if paste:
        cells.append((Text("-", style=STRONG), "paste it here, however long it is"))
    cells += [(Text(str(n), style=STRONG), option.label) for n, option in enumerate(options, start=1)]
    if unknowns:
        cells.append((Text("?", style=STRONG), NOT_KNOWN_HINT))
    return [rows(cells)]


def _quote(match: Match, place: Place) -> list[Block]:
    if not match.quote:
        return []
    where = f"{place(match.where.first)}: " if match.where is not None else ""
    return [paragraph(where + one_line(match.quote), indent=2, style=QUIET)]


def _not_recognised(step: Step) -> list[Block]:
    blocks = [heading("I do not recognise this.")]
    if step.nearest:
        names = [("-", match.title) for match in step.nearest[:SHOWN_PROBLEMS]]
        blocks += [paragraph("The nearest things I know of:"), rows(names, gap=1)]
    return blocks + [paragraph(text) for text in step.advice]


def _cause_row(number: int, cause: RankedCause) -> tuple[str | Text, ...]:
    style = BAND_STYLES[cause.band]
    return (str(number), Text(cause.band, style=style), cause.title)
