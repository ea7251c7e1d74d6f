"""A report as Markdown (CommonMark): what was pasted stands in fences and code spans that it cannot leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from syncsage.report import words
from syncsage.report.model import Report
from syncsage.report.moving import moving_rows
from syncsage.report.parts import AnswerPart, CausePart, NextPart, ProcedurePart, Reason, TextPart
from syncsage.step import Instruction, ToCollect

_TICKS = re.compile(r"`+")
_SPECIAL = re.compile(r"(\\(?=[!-/:-@\[-`{-~])|[`*\[\]~]|<(?=[a-zA-Z/!?])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;))")
_BLOCK = re.compile(r"^([#>]|[-+=](?=[\s=-]|$)|\d{1,9}[.)](?=\s|$))")


def to_markdown(report: Report) -> str:
    """Return a report as Markdown."""
    blocks = [
        f"# {plain(report.title)}",
        f"{plain(report.domain)} · report for the ticket",
        f"**{plain(report.standing)}**",
    ]
    for heading, body in _sections(report):
        text = "\n".join(_settled(body))
        blocks += [f"## {heading}", text] if text else []
    return "\n\n".join([*blocks, "---", "\n".join(_foot(report))]) + "\n"


def plain(text: str) -> str:
    """Return ``text`` on one line as Markdown that shows it and means nothing."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _BLOCK.sub(lambda found: found.group()[:-1] + "\\" + found.group()[-1], line)


def code(text: str) -> str:
    """Return ``text`` on one line as a code span that ends where it should."""
    line = " ".join(text.split())
    ticks = "`" * (max((len(run) for run in _TICKS.findall(line)), default=0) + 1)
    return f"{ticks} {line} {ticks}" if "`" in line else f"`{line}`"


def fence(lines: Iterable[str], indent: str = "") -> Iterator[str]:
    """Yield ``lines`` as a fenced block whose fence is longer than any in them."""
    body = [line for text in lines for line in text.splitlines() or [""]]
    longest = max((len(run) for line in body for run in _TICKS.findall(line)), default=0)
    ticks = "`" * max(3, longest + 1)
    yield from (f"{indent}{line}".rstrip() for line in (ticks + "text", *body, ticks))


def _settled(lines: Iterable[str]) -> Iterator[str]:
    """Yield ``lines`` without blank ones at their ends, and with one where several follow each other."""
    blank = started = False
    for line in lines:
        if not line:
            blank = started
            continue
        yield from ([""] if blank else [])
        yield line
        blank, started = False, True


def _sections(report: Report) -> Iterator[tuple[str, Iterable[str]]]:
    yield "Problem", (f"- {plain(words.problem(problem))}" for problem in report.problems)
    yield "Causes", (line for n, cause in enumerate(report.causes, start=1) for line in _cause(n, cause))
    yield "Ruled out", (f"- {plain(c.title)}: {plain(c.why)}{words.known_from(c.origin)}" for c in report.ruled_out)
    yield "Contradictions", (f"- {plain(text)}" for text in report.conflicts)
    yield "Next step", _next(report.next) if report.next else ()
    yield "What to know", (f"- {plain(text)}" for text in words.advice(report))
    yield "What to do about it", (line for procedure in report.procedures for line in _procedure(procedure))
    yield "To collect", (line for item in report.to_collect for line in _collect(item))
    yield "Done so far", _tried(report)
    yield "Steps ticked off", (f"- {plain(words.walked(part))}" for part in report.walked)
    yield "Evidence", (line for text in report.texts for line in _text(text))
    yield "Questions and answers", (line for answer in report.answers for line in _answer(answer))
    yield "Also known", (f"- {_reason(fact)}" for fact in report.facts)
    yield "How the causes moved", _moving(report)
    yield "Sources", (f"- {plain(words.source(source))}" for source in report.sources)


def _cause(number: int, cause: CausePart) -> Iterator[str]:
    yield f"{number}. **{plain(cause.title)}**: {cause.band}"
    yield from (f"   - for it: {_reason(reason)}" for reason in cause.supporting)
    yield from (f"   - against it: {_reason(reason)}" for reason in cause.against)
    if cause.open and cause.band != "confirmed":
        yield f"   - would tell: {plain(' '.join(cause.open))}"


def _reason(reason: Reason) -> str:
    return plain(reason.text) + words.known_from(plain(reason.origin))


def _text(text: TextPart) -> Iterator[str]:
    what = "the lines that tell something" if text.telling else "nothing in it was recognised; it begins"
    yield from (f"**Text {text.number}** ({words.lines(text.lines)}): {what}", "")
    width = len(str(max((quote.line for quote in text.quotes), default=1)))
    yield from fence(f"{quote.line:>{width}}  {quote.text}" for quote in text.quotes)
    yield ""
    for quote in text.quotes:
        yield from (f"- line {quote.line}: {plain(shows)}" for shows in quote.shows)
    if text.log is not None:
        log = text.log
        yield f"- the log: {plain(' · '.join((log.verdict, *log.about)))}"
        yield from [f"  - began {plain(log.began)}, took {plain(log.took)}"] if log.began and log.took else []
        yield from [f"  - signature: {code(log.signature)}"] if log.signature else []
        yield from [f"  - open next: {code(log.next_log)}"] if log.next_log else []
    yield ""


def _answer(answer: AnswerPart) -> Iterator[str]:
    reason = f" ({answer.reason})" if answer.reason else ""
    later = " (changed later)" if answer.replaced else ""
    yield f"{answer.number}. {plain(answer.question)} **{plain(answer.answer)}**{reason}{later}"
    yield from (f"   - {plain(moved)}" for moved in answer.moved)


def _tried(report: Report) -> Iterator[str]:
    for tried in report.tried:
        yield f"{tried.number}. {plain(tried.procedure.title)}: **{tried.result}**"
        yield from (f"   {number}. {plain(step.do)}" for number, step in enumerate(tried.procedure.steps, start=1))


def _next(following: NextPart) -> Iterator[str]:
    yield from (f"**{words.kind(following)}: {plain(following.text)}** ({words.effort(following)})", "")
    yield from (f"{plain(text)}\n" for text in (following.rationale, following.help) if text)
    if following.command:
        yield from (*fence([following.command], ""), "")
        yield from (f"- {plain(line)}" for line in words.outcomes(following))
        yield ""
    if following.kind != "fix":
        yield from (f"- {plain(option.label)}" for option in following.choices)
        yield ""
    if following.procedure is not None:
        yield from _procedure(following.procedure, titled=following.procedure.title != following.text)
    if following.verify is not None:
        yield from ("", "**Then see whether it worked**", "", *_procedure(following.verify))


def _collect(item: ToCollect) -> Iterator[str]:
    yield f"- {plain(f'{item.text} {item.help}')}"
    if item.command:
        yield from ("", *fence([item.command], "  "), "")


def _procedure(procedure: ProcedurePart, *, titled: bool = True) -> Iterator[str]:
    if titled:
        yield from (f"**{plain(procedure.title)}** ({words.effort(procedure)})", "")
    elif procedure.needs:
        yield from (f"Needs {plain(', '.join(procedure.needs))}.", "")
    for number, step in enumerate(procedure.steps, start=1):
        yield from _instruction(number, step)
    yield from ("", *(f"- {plain(note)}" for note in procedure.notes)) if procedure.notes else ()
    yield from ("", f"To undo: {plain(procedure.undo)}") if procedure.undo else ()
    yield ""


def _instruction(number: int, step: Instruction) -> Iterator[str]:
    indent = " " * (len(str(number)) + 2)
    yield f"{number}. {plain(step.do)}"
    if step.command:
        yield from ("", *fence([step.command], indent), "")
    if step.expect:
        yield f"{indent}Expect: {plain(step.expect)}"


def _moving(report: Report) -> Iterator[str]:
    rows = moving_rows(report)
    if not rows:
        return
    yield _row(["after", *(plain(row.title).replace("|", "\\|") for row in rows)])
    yield _row(["---"] * (len(rows) + 1))
    for place, moment in enumerate(report.moments):
        yield _row([moment.label, *(words.stood(row.cells[place]) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _foot(report: Report) -> Iterator[str]:
    versions = report.versions
    made = f"Made {report.made} with" if report.made else "Made with"
    yield f"{made} SyncSage {versions.engine}, knowledge {versions.knowledge}, rule engine {versions.rules}."
    yield f"Knowledge hash: {versions.knowledge_hash}"
    if report.masked:
        yield words.MASKED
