"""A ticket and its session: what a message comes to, and saying it once whatever happens on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from syncsage.observing.text import mask
from syncsage.replying import is_stray, reply_to
from syncsage.session import Session
from syncsage.session.events import Event
from syncsage.step import Option, Step
from syncsage_service.adapters.model import Arrival, Said
from syncsage_service.adapters.note import Heard, Note, make_note
from syncsage_service.adapters.quoting import own_words
from syncsage_service.desk import Desk, Kept
from syncsage_service.engines import Engines
from syncsage_service.turns import Turn

#: Characters of one text that are read: what failed last stands at the end of a log.
_LONGEST = 1_000_000
#: A reply with so few words that tells nothing was meant as an answer.
_FEW_WORDS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be said in a session, decided once: said again after a crash it would mean something else.

    Attributes:
        session: Id of the session; empty where one is to be opened.
        before: How many events it had.
        turns: What is to be said.
        heard: What was made of the message.
    """

    session: str
    before: int
    turns: tuple[Turn, ...]
    heard: Heard


class Talk:
    """Carries what is written in tickets into sessions, and makes notes of them.

    Args:
        desk: Keeps the sessions.
        engines: The engines.
        outside: Also open sessions, with a short note, for tickets that the knowledge has nothing on.
        public_url: Where people reach the service; empty for nowhere.
    """

    def __init__(self, desk: Desk, engines: Engines, *, outside: bool, public_url: str) -> None:
        self._desk = desk
        self._engines = engines
        self._outside = outside
        self._public_url = public_url

    def plan(self, arrival: Arrival, said: Said) -> Plan | None:
        """Return what is to be said in the session of a ticket; None where the message is nothing to it."""
        found = self._desk.find(_owner(arrival), arrival.ticket, 1)
        if found:
            return self._reply(self._desk.read(_owner(arrival), found[0].id), said)
        texts = [text for text in (said.text, *said.files) if text.strip()]
        session, cut = self._engines.current.session(), any(len(text) > _LONGEST for text in texts)
        turns = tuple(Turn("told", text=_end(text)) for text in texts)
        for turn in turns:
            session.tell(turn.text)
        if not turns or (not _of_this_field(session.step) and not self._outside):
            return None
        return Plan("", 0, turns, Heard("begun", cut=cut))

    def carry_out(self, arrival: Arrival, plan: Plan) -> Kept:
        """Say what is planned, as far as it was not said before, and return the session.

        Raises:
            ProblemError: The session is gone, or others write to it all the time.
            EvidenceError: The knowledge no longer has what was answered.
        """
        owner = _owner(arrival)
        found = plan.session or next((row.id for row in self._desk.find(owner, arrival.ticket, 1)), "")
        if not found:
            return self._desk.open(owner, plan.turns, arrival.ticket)
        kept = self._desk.read(owner, found)
        said = kept.session.log[plan.before :]
        for turn in plan.turns:
            if not any(_same(event, turn) for event in said):
                kept = self._desk.turn(owner, found, turn)
        return kept

    def note(self, mark: str, kept: Kept, heard: Heard) -> Note:
        """Return the note on a session as it stands."""
        link = f"{self._public_url}/#s={kept.row.id}" if self._public_url else ""
        report, asked = kept.session.report(), kept.session.step.next
        shown = report.next.choices if report.next is not None else ()
        pasted = asked is not None and asked.paste
        options = tuple(Option(o.value, o.label) for o in shown if not (pasted and o.value == "pasted"))
        return make_note(mark, kept.row.id, report, options, heard, link)

    def _reply(self, kept: Kept, said: Said) -> Plan | None:
        session, text = kept.session, own_words(said.text)
        asked, before = session.step.next, len(session.log)
        answer = reply_to(asked, text, session.engine.parse) if asked is not None else None
        turns: list[Turn] = []
        if asked is not None and answer is not None:
            turns.append(Turn("answered", id=asked.id, value=answer.value, reason=answer.reason))
        elif text:
            turns += _news(session, [text])
        turns += _news(session, said.files)
        cut = any(len(file) > _LONGEST for file in said.files)
        if asked is not None and answer is not None:
            return Plan(kept.row.id, before, tuple(turns), Heard("answered", asked.id, cut))
        if turns:
            return Plan(kept.row.id, before, tuple(turns), Heard("told", cut=cut))
        meant = bool(text) and asked is not None and (is_stray(text) or len(text.split()) <= _FEW_WORDS)
        return Plan(kept.row.id, before, (), Heard("unclear")) if meant else None


def _owner(arrival: Arrival) -> str:
    return f"hook:{arrival.source}"


def _of_this_field(step: Step) -> bool:
    return step.match != "none" or bool(step.parsed.codes)


def _news(session: Session, texts: Sequence[str]) -> list[Turn]:
    """Return those of ``texts`` that tell something new; thanks and greetings are not kept."""
    turns: list[Turn] = []
    for text in map(_end, texts):
        before, after = session.step, session.tell(text)
        if (before.problems, before.observations, before.causes) == (after.problems, after.observations, after.causes):
            session.undo()
        else:
            turns.append(Turn("told", text=text))
    return turns


def _end(text: str) -> str:
    """Return the end of a long text, secrets masked, beginning with a whole line."""
    if len(text) > _LONGEST:
        text = text[-_LONGEST:].split("\n", 1)[-1]
    return mask(text)[0]


def _same(event: Event, turn: Turn) -> bool:
    if turn.kind == "told":
        return event.kind == "told" and event.text == turn.text
    return (event.kind in ("answered", "tried")) and (event.id, event.value) == (turn.id, turn.value)
