"""The words that every form of a report has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syncsage.observing.model import Level
from syncsage.report.model import Report
from syncsage.report.parts import NextPart, ProblemPart, ProcedurePart, SourcePart, Standing, WalkedPart
from syncsage.step import NextKind, StopReason

LEVELS: Mapping[Level, str] = {
    "exact": "certain",
    "strong": "nearly certain",
    "weak": "a guess",
    "none": "not recognised",
}
#: What each reason to stop means.
STOPPED: Mapping[StopReason, str] = {
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
UNFINISHED = "The interview is not finished."
#: Said where names are masked.
MASKED = (
    "Names of machines, people and networks are replaced: the same number is the same name wherever it stands, "
    "a letter behind it is another way to write that name."
)
_RISKS = {"none": "", "low": "low risk", "medium": "some risk", "high": "high risk"}
_KINDS: Mapping[NextKind, str] = {
    "question": "Question",
    "check": "Check",
    "consent": "Before the fix",
    "fix": "Fix",
}


def unknown(reason: str) -> str:
    """Return why something is not known."""
    return "don't know" if reason == "dont_know" else reason.replace("_", " ")


def kind(following: NextPart) -> str:
    """Return what kind of step comes next."""
    return _KINDS[following.kind]


def effort(part: NextPart | ProcedurePart) -> str:
    """Return time, risk and needs on one line."""
    needs = ", ".join(part.needs) if isinstance(part, ProcedurePart) else ""
    cells = (f"about {part.minutes:g} min", _RISKS.get(part.risk, part.risk), f"needs {needs}" if needs else "")
    return " · ".join(cell for cell in cells if cell)


def outcomes(part: NextPart) -> tuple[str, ...]:
    """Return what the command of a question shows where all is well, and where it is not."""
    return tuple(f"{name}: {text}" for name, text in (("Good", part.good), ("Bad", part.bad)) if text)


def percent(probability: float) -> str:
    """Return a probability as a whole number of hundredths; one that is not sure never reads as none or all."""
    hundredths = round(probability * 100)
    if hundredths == 0 and probability > 0:
        return "< 1\u00a0%"
    return "> 99\u00a0%" if hundredths == 100 and probability < 1 else f"{hundredths}\u00a0%"


def stood(standing: Standing | None) -> str:
    """Return how a cause stood at one moment, in words and figures."""
    if standing is None:
        return "-"
    return standing.band if standing.band == "ruled out" else f"{standing.band} {percent(standing.probability)}"


def walked(part: WalkedPart) -> str:
    """Return what became of the steps of a procedure: ``steps 1-3 done, 4 skipped, of 6``."""
    cells = [f"{numbers(of)} {how}" for of, how in ((part.done, "done"), (part.skipped, "skipped")) if of]
    return (
        f"{part.title}: step{'s' if len(part.done) + len(part.skipped) > 1 else ''} {', '.join(cells)}, of {part.steps}"
    )


def numbers(of: Sequence[int]) -> str:
    """Return ascending numbers, neighbours as a range: ``1-3, 5``."""
    runs: list[list[int]] = []
    for number in of:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def problem(part: ProblemPart) -> str:
    """Return what was recognised, how surely, and what it is."""
    return f"{part.title} ({LEVELS[part.level]}). {part.summary}".rstrip()


def advice(report: Report) -> tuple[str, ...]:
    """Return what the knowledge says beside the problems themselves."""
    return tuple(text for text in report.advice if text not in {part.summary for part in report.problems})


def source(part: SourcePart) -> str:
    """Return a source and what rests on it."""
    return f"{part.document}, “{part.section}” ({', '.join(part.uses)})"


def known_from(origin: str) -> str:
    """Return an origin in brackets, nothing where there is none."""
    return f" ({origin})" if origin else ""


def lines(count: int) -> str:
    """Return a number of lines in words."""
    return "1 line" if count == 1 else f"{count:,} lines"
