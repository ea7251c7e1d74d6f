"""The internal note: what a person at the helpdesk has to know of an interview, and how to go on with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from syncsage.report import Report, words
from syncsage.report.parts import NextPart, ProcedurePart
from syncsage.step import Instruction, Option
from syncsage_service.adapters.quoting import MARK

Kind = Literal["heading", "text", "item", "quote", "code", "choice"]
#: Causes, quoted lines and things to look up in one note; the report has all of them.
_CAUSES, _QUOTES, _LATER = 3, 4, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a note; ``label`` stands before a choice or an item."""

    kind: Kind
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note, ready to be written as text or as HTML.

    Attributes:
        mark: Tells it from every other note.
        session: The session that it tells of.
        lines: What it says.
    """

    mark: str
    session: str
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The first line, by which a note is known for one."""
        return f"{MARK} {self.mark}"

    def to_text(self) -> str:
        """Return the note as plain text."""
        from syncsage_service.adapters.note_forms import to_text

        return to_text(self)

    def to_html(self) -> str:
        """Return the note as a piece of HTML in which nothing that was pasted means anything."""
        from syncsage_service.adapters.note_forms import to_html

        return to_html(self)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of the last message.

    Attributes:
        kind: It began the session, answered what was asked, was read as a text, or was no answer.
        asked: Id of what it answered.
        cut: A file was longer than what is read, and its end was.
    """

    kind: Literal["begun", "answered", "told", "unclear"]
    asked: str = ""
    cut: bool = False


def make_note(mark: str, session: str, report: Report, options: tuple[Option, ...], heard: Heard, link: str) -> Note:
    """Return the note on a session.

    Args:
        mark: Tells the note from every other one.
        session: Id of the session.
        report: Its report, names masked.
        options: The choices of what is asked, in the order of their numbers.
        heard: What was made of the last message.
        link: Where the session can be seen; empty for nowhere.
    """
    parts = (
        _heard(report, heard),
        _recognised(report),
        _causes(report),
        (Line("text", text) for text in report.conflicts),
        _next(report, options),
        _later(report),
        _foot(report, session, link),
    )
    return Note(mark, session, tuple(line for part in parts for line in part))


def _heard(report: Report, heard: Heard) -> Iterator[Line]:
    if heard.kind == "answered":
        said = [answer for answer in report.answers if answer.id == heard.asked]
        for answer in said[-1:]:
            yield Line("text", f"Noted from the last message: {answer.question} {answer.answer}")
            yield from (Line("item", moved, "-") for moved in answer.moved)
        for tried in report.tried[-1:] if not said else ():
            yield Line("text", f"Noted from the last message: {tried.procedure.title}: {tried.result}")
    elif heard.kind == "told":
        yield Line("text", "The last message was read as a further text.")
    elif heard.kind == "unclear":
        yield Line("text", "The last message names none of the choices, and changes nothing.")
    if heard.cut:
        yield Line("text", "Only the end of an attached file was read: it is long.")


def _recognised(report: Report) -> Iterator[Line]:
    if not report.problems:
        yield Line("heading", "Not recognised")
        yield from (Line("text", text) for text in report.advice)
        return
    yield Line("heading", "Recognised")
    yield from (Line("item", words.problem(problem), "-") for problem in report.problems)
    for text in report.texts[-1:]:
        telling = [quote for quote in text.quotes if quote.shows][:_QUOTES] if text.telling else []
        yield from (Line("quote", quote.text, f"line {quote.line}") for quote in telling)
        if text.log is not None:
            yield Line("item", f"The log: {' · '.join((text.log.verdict, *text.log.about))}", "-")
    yield from (Line("item", text, "-") for text in words.advice(report))


def _causes(report: Report) -> Iterator[Line]:
    if not report.causes:
        return
    yield Line("heading", "Likely causes")
    for number, cause in enumerate(report.causes[:_CAUSES], start=1):
        yield Line("item", f"{cause.title} ({cause.band})", f"{number}.")
    more = len(report.causes) - _CAUSES
    yield from [Line("text", f"and {more} more")] if more > 0 else []
    if report.stop_reason:
        yield Line("text", report.standing)


def _next(report: Report, options: tuple[Option, ...]) -> Iterator[Line]:
    following = report.next
    if following is None:
        yield from () if report.causes else (line for part in report.procedures for line in _procedure(part))
        return
    yield Line("heading", f"Next: {words.kind(following).lower()} ({words.effort(following)})")
    yield from (Line("text", text) for text in (following.text, following.help) if text)
    yield from _command(following)
    told = () if following.command else (following.procedure, following.verify)
    for part in told:
        yield from _procedure(part) if part is not None else ()
    if options:
        yield Line("heading", "To answer, reply with the number, or in words")
        yield from (Line("choice", option.label, str(number)) for number, option in enumerate(options, start=1))
        yield Line("choice", "don't know", "?")


def _command(following: NextPart) -> Iterator[Line]:
    if following.command:
        yield Line("code", following.command)
        yield from (Line("item", text, "-") for text in words.outcomes(following))


def _procedure(part: ProcedurePart) -> Iterator[Line]:
    yield Line("text", f"{part.title} ({words.effort(part)})")
    for number, step in enumerate(part.steps, start=1):
        yield from _instruction(number, step)
    yield from (Line("item", note, "-") for note in part.notes)
    yield from [Line("text", f"To undo: {part.undo}")] if part.undo else []


def _instruction(number: int, step: Instruction) -> Iterator[Line]:
    yield Line("item", step.do, f"{number}.")
    yield from [Line("code", step.command)] if step.command else []
    yield from [Line("text", f"Expect: {step.expect}")] if step.expect else []


def _later(report: Report) -> Iterator[Line]:
    if report.to_collect:
        yield Line("heading", "To look up when you can")
    for item in report.to_collect[:_LATER]:
        yield Line("item", f"{item.text} {item.help}".strip(), "-")
        yield from [Line("code", item.command)] if item.command else []


def _foot(report: Report, session: str, link: str) -> Iterator[Line]:
    yield Line("heading", "About this note")
    yield Line("text", f"Session {link or session} · knowledge {report.versions.knowledge}")
    yield from [Line("text", words.MASKED)] if report.masked else []
