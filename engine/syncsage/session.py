"""A session: an append-only list of what was told and answered. Everything else is replayed from it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from syncsage._version import __version__
from syncsage.engine import Engine
from syncsage.errors import InputError
from syncsage.evidence import CONFLICT
from syncsage.interview import NOTHING
from syncsage.masking import Names
from syncsage.observing.model import LEVELS, Match, Observation, Parsed
from syncsage.observing.text import mask
from syncsage.report import Report, Turn, Versions, make_report, masked, texts_of
from syncsage.step import UNKNOWN, Evidence, Step, UnknownReason

EventKind = Literal["told", "answered", "tried"]
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something a person said: a text, an answer to a question, or how a fix went."""

    kind: EventKind
    id: str = ""
    value: str = ""
    reason: UnknownReason = "dont_know"
    text: str = ""


class Session:
    """Texts and answers one after the other.

    Secrets are masked before a text is kept. A later answer to the same question replaces the earlier one.

    Args:
        engine: The engine that answers.
        events: What was said before, for a replay.
    """

    def __init__(self, engine: Engine, events: Sequence[Event] = ()) -> None:
        self.engine = engine
        self._events: list[Event] = list(events)
        self._parsed: dict[str, Parsed] = {}
        self._step = self._replay()

    @property
    def step(self) -> Step:
        """The step that everything said so far leads to."""
        return self._step

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything said so far, oldest first."""
        return tuple(self._events)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The answers in force, by id."""
        latest: dict[str, Evidence] = {}
        for event in (e for e in self._events if e.kind != "told"):
            latest.pop(CONFLICT + event.id, None)  # an answer that was changed leaves nothing to settle
            latest[event.id] = Evidence(event.id, event.value, event.reason)
        return tuple(latest[i] for i in sorted(latest))

    def tell(self, text: str) -> Step:
        """Add a text: an error, log lines, a complaint."""
        masked, _ = mask(text)
        return self._add(Event("told", text=masked))

    def answer(self, finding: str, value: str, reason: UnknownReason = "dont_know") -> Step:
        """Answer a question, a check, or ``fix:<cause>``.

        Raises:
            EvidenceError: The id or the value is not known; nothing is kept.
        """
        if value != UNKNOWN:
            reason = "dont_know"
        kind: EventKind = "tried" if finding.startswith("fix:") else "answered"
        return self._add(Event(kind, finding, value, reason))

    def undo(self) -> Step:
        """Take the last event back. Nothing happens where there is none."""
        if self._events:
            self._events.pop()
            self._step = self._replay()
        return self._step

    def report(self, names: Names | None = None, *, unmasked: bool = False, made: datetime | None = None) -> Report:
        """Return everything the interview came to, ready for a ticket.

        Args:
            names: Pseudonyms to use; those of this session where left out (see ``names``).
            unmasked: Leave the names of machines, people and networks as they are.
            made: When the report is made, to be shown in it.
        """
        kb = self.engine.kb
        versions = Versions(__version__, kb.version, kb.hash, self.engine.matcher_name)
        report = make_report(kb, tuple(self._turns()), versions, self.engine.diagnose(), made)
        return report if unmasked else masked(report, names or self._names_in(report))

    def names(self) -> Names:
        """Return pseudonyms for the names in everything told, for what is given away, and the way back."""
        return self._names_in(self.report(unmasked=True))

    def masked(self, names: Names | None = None) -> Session:
        """Return the session with the names in its texts masked, ready to be given away."""
        pseudonyms = names or self.names()
        return Session(self.engine, [replace(event, text=pseudonyms.mask(event.text)) for event in self._events])

    def _names_in(self, report: Report) -> Names:
        told = (event.text for event in self._events if event.kind == "told")
        return Names(self.engine.kb, (*told, *texts_of(report)))

    def to_dict(self) -> dict[str, Any]:
        """Return the session as plain data."""
        return {
            "format": _FORMAT,
            "engine": __version__,
            "knowledge": self.engine.kb.version,
            "events": [{k: v for k, v in asdict(e).items() if v} for e in self._events],
        }

    def save(self, path: Path | str) -> None:
        """Write the session to a file, readable by its owner only.

        Raises:
            InputError: The file cannot be written.
        """
        target = Path(path)
        body = json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"
        try:
            with tempfile.TemporaryDirectory(dir=target.parent) as folder:
                fresh = Path(folder) / "session"
                fresh.touch(mode=0o600)
                fresh.write_bytes(body.encode("utf-8", "backslashreplace"))  # a lone surrogate stays one in JSON
                fresh.replace(target)
        except OSError as error:
            raise InputError(f"cannot write {target}: {error.strerror}") from error

    @classmethod
    def load(cls, engine: Engine, path: Path | str) -> Session:
        """Read a session and replay it on the knowledge of ``engine``.

        Raises:
            InputError: The file cannot be read or is no session.
            EvidenceError: An answer in it does not exist in this knowledge base.
        """
        try:
            data = json.loads(Path(path).read_text("utf-8"))
            if data["format"] != _FORMAT:
                found = data["format"]
                raise InputError(f"{path}: a session of format {found}, this version reads {_FORMAT}")
            events = tuple(_event(item) for item in data["events"])
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} is not a saved session") from error
        return cls(engine, events)

    def _add(self, event: Event) -> Step:
        self._events.append(event)
        try:
            self._step = self._replay()
        except BaseException:  # an interrupted reading of a text, too, must leave the session as it was
            self._events.pop()
            raise
        return self._step

    def _turns(self) -> Iterator[Turn]:
        """Yield what was said, each with the step that it led to."""
        past = Session(self.engine)
        past._parsed = self._parsed
        for event in self._events:
            step = past._add(event)
            told = event.kind == "told"
            yield Turn(
                kind=event.kind,
                id=event.id,
                value=event.value,
                reason=event.reason,
                text=event.text,
                step=step,
                parsed=self._parsed[event.text] if told else None,
                track=self.engine.track(event.text) if told and event.text.strip() else None,
            )

    def _replay(self) -> Step:
        parsed = NOTHING
        for event in self._events:
            if event.kind == "told":
                if event.text not in self._parsed:
                    self._parsed[event.text] = self.engine.parse(event.text)
                parsed = join(parsed, self._parsed[event.text])
        return self.engine.diagnose(self.evidence, parsed=parsed)


def _event(item: dict[str, Any]) -> Event:
    """Return the event that ``item`` describes.

    Raises:
        ValueError: It describes none.
    """
    event = Event(**item)
    sound = event.kind in get_args(EventKind) and event.reason in get_args(UnknownReason)
    if not sound or not all(isinstance(value, str) for value in item.values()):
        raise ValueError(f"no event: {item}")
    return event


def join(first: Parsed, second: Parsed) -> Parsed:
    """Return two texts understood as one: the better level of each problem, the later value of each finding.

    A text that says nothing of the field does not take away what another one said.
    """
    if first is NOTHING:
        return second
    best: dict[str, Match] = {}
    for match in (*second.problems, *first.problems):
        known = best.get(match.id)
        if known is None or (LEVELS.index(match.level), match.score) > (LEVELS.index(known.level), known.score):
            best[match.id] = match
    ranked = sorted(best.values(), key=lambda m: (-LEVELS.index(m.level), -m.score, m.id))
    clear = [m for m in ranked if m.level in ("exact", "strong")]
    seen: dict[str, Observation] = {o.finding: o for o in (*first.observations, *second.observations)}
    problems = tuple(clear or ranked)
    return replace(
        second,
        level=problems[0].level if problems else "none",
        problems=problems,
        nearest=() if problems else second.nearest or first.nearest,
        observations=tuple(seen[f] for f in sorted(seen)),
        codes=tuple(dict.fromkeys((*first.codes, *second.codes))),
        salient=tuple(dict.fromkeys((*first.salient, *second.salient))),
        masked=first.masked + second.masked,
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
    )
