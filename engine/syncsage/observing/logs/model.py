"""Records, runs and what a log as a whole says: the language of the log room. Frozen; no domain in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal["success", "failure", "partial"]
Verdict = Literal["success", "failure", "partial", "none"]


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One record of a log.

    Attributes:
        message: Its text, wrappers and trailer taken off, line breaks kept.
        format: Id of the format (``formats.yaml``); ``fragment`` where only message text is left.
        line: First line, counted from 1.
        offset: First byte in the file (or character offset encoded in UTF-8 for pasted text).
        lines: Number of physical lines.
        component: Component, process or class that wrote it; empty if the text does not say.
        local: Time of the writer's clock (naive), None if the text does not say or has UTC only.
        utc: The same in UTC (aware), None if neither a bias nor a bridge to UTC is known.
        thread: Thread id as written.
        severity: ``info``, ``warning``, ``error`` or empty; as the format says it, never guessed from words.
        file: Name of the log file it was read from, empty for pasted text.
        cut: The record lacks its beginning or its end.
        source: Method that wrote it, where the format has a column for it; the message begins with it too.
    """

    message: str
    format: str
    line: int
    offset: int
    lines: int = 1
    component: str = ""
    local: datetime | None = None
    utc: datetime | None = None
    thread: str = ""
    severity: str = ""
    file: str = ""
    cut: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class FailureSignature:
    """What identifies a failure in any language.

    Attributes:
        prefix: Error class that stands first (``UssCommunicationError``), None if there is none.
        exceptions: Exception class names without namespace, in order of appearance, each once.
        codes: HTTP status, SQL error, HRESULT, event or status message id, Win32 error, in order of appearance, each
            once; hexadecimal in lower case with 0x in front, decimals as written.
        source: Last two names of the source method, None if there is none.
    """

    prefix: str | None = None
    exceptions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of the log that shows something, masked."""

    line: int
    text: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class RunStep:
    """One step that a run reached. ``seconds`` is None while the next time is not known."""

    id: str
    name: str
    started: datetime | None
    seconds: float | None
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the process.

    Attributes:
        outcome: ``partial`` where the end is not shown.
        role: top, child, replica or unknown.
        site: Site code, empty if not shown.
        trigger: schedule, manual, parent, retry or unknown.
        started, ended: In UTC where known, else local; None if the text shows no times.
        failing_step: Step in which it failed; None where it did not fail or the text does not show it.
        percent, eta: Progress last shown of an unfinished run (0-100; ``h:mm:ss``).
        waiting: Healthy, and only waiting for something.
        update_failures: Items that failed inside the run without ending it.
        problems: Ids of problems of the knowledge, best first.
        notes: Remarks (records of several sites spliced, head missing, retries).
        next_log: Log to open next if the cause lies elsewhere, empty if there is none.
        started_local: Start by the clock of the writer, None if the text does not say.
    """

    outcome: Outcome
    role: str
    site: str
    trigger: str
    started: datetime | None
    ended: datetime | None
    failing_step: str | None
    percent: int | None
    eta: str | None
    waiting: bool
    steps: tuple[RunStep, ...]
    update_failures: int
    signature: FailureSignature
    problems: tuple[str, ...]
    quotes: tuple[Quote, ...]
    notes: tuple[str, ...] = ()
    next_log: str = ""
    started_local: datetime | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """What a text, a file, a rotated pair or a folder of logs says.

    Attributes:
        verdict: Of what the log is about; ``none`` where nothing could succeed or fail.
        kind: Which log it is (``wsyncmgr``, ``wcm`` ...), by the components and marks of the knowledge.
        format: Id of the format of most records.
        signature: Of the failure as a whole, also where no run is visible.
        known: Findings that the log settles: finding id -> value.
    """

    verdict: Verdict
    kind: str
    format: str
    problems: tuple[str, ...]
    runs: tuple[Run, ...]
    signature: FailureSignature
    quotes: tuple[Quote, ...]
    known: tuple[tuple[str, str], ...]
    records: int
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()
