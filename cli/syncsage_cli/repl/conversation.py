"""The interview itself: takes one entry at a time, returns what to say; knows nothing of terminals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.errors import SyncSageError
from syncsage.observing.text import mask
from syncsage.replying import Answer
from syncsage_cli.exit_status import ExitStatus, status_of
from syncsage_cli.render import step as view
from syncsage_cli.render.changes import gone, saying
from syncsage_cli.render.noted import facts
from syncsage_cli.render.page import BLANK, QUIET, Block, Fitted, heading, paragraph
from syncsage_cli.repl import greeting, logs, turns, walking
from syncsage_cli.repl.answers import NOT_TRIED, Asking, options_of
from syncsage_cli.repl.hearing import hear_line
from syncsage_cli.repl.keeping import Keeper
from syncsage_cli.repl.reply import Reply, refuse, say

if TYPE_CHECKING:
    from syncsage import Engine, Session
    from syncsage.step import Option, Step
    from syncsage_cli.archive import Archive
    from syncsage_cli.repl.walking import Walk
    from syncsage_cli.repl.world import World

#: A text this long or longer, typed where a paste was asked for, is the paste.
_PASTE_LENGTH = 60


class Conversation:
    """An interview between a person and a session of the engine.

    Args:
        engine: Where sessions and explanations come from.
        session: A saved interview to go on with; None begins a new one.
        archive: Where interviews are kept while they are held; None keeps none.
        world: What lies around the conversation: clipboard and editor; None where there is neither.
    """

    def __init__(
        self, engine: Engine, session: Session | None = None, archive: Archive | None = None, world: World | None = None
    ) -> None:
        self.engine = engine
        self.archive = archive
        self.world = world
        self._reset(session if session is not None else engine.session())

    def _reset(self, session: Session) -> None:
        self.session = session
        self.reported: set[Path] = set()
        self._collected: list[str] | None = None
        self._turns: list[tuple[int, ...]] = []
        self._keeper = Keeper(self.archive)
        self._summed_up = 0
        self.walk: Walk | None = None
        self.offered: Answer | None = None
        self.last: tuple[Block, ...] = ()

    @property
    def step(self) -> Step:
        """Where the interview stands."""
        return self.session.step

    @property
    def asking(self) -> Asking:
        """What kind of answer is awaited."""
        ask = self.step.next
        if ask is None or not self.session.events:
            return "nothing"
        return ask.kind if ask.kind in ("consent", "fix") else "question"

    @property
    def options(self) -> tuple[Option, ...]:
        """The numbered answers to what is asked."""
        ask = self.step.next
        return options_of(ask, self.asking) if ask is not None and self.asking != "nothing" else ()

    @property
    def collecting(self) -> bool:
        """Lines are taken as they come, up to a single full stop."""
        return self._collected is not None

    @property
    def prompt(self) -> str:
        """What stands before the cursor."""
        if self.collecting:
            return ". ends> "
        if self.walk is not None:
            return self.walk.prompt
        count = len(self.options)
        unknown = " or ?" if self.asking == "question" else ""
        return "> " if not count else f"1{unknown}> " if count == 1 else f"1-{count}{unknown}> "

    @property
    def amid(self) -> bool:
        """Something smaller than the interview is under way: a paste, or a walk through steps."""
        return self.collecting or self.walk is not None

    @property
    def status(self) -> ExitStatus:
        """The exit code if the person left now."""
        return status_of(self.step) if self.session.events else ExitStatus.OK

    def give_up(self) -> Reply:
        """Leave the paste or the walk that is under way; nothing of the paste is kept."""
        if self._collected is not None:
            self._collected = None
            return say("Nothing of it is taken.")
        self.walk = None
        return Reply(tuple(turns.outcome(self.step, self.asking)))

    def greet(self) -> Reply:
        """Return the first words: the domain's greeting, or where a saved interview stands."""
        if not self.session.log:
            return greeting.welcome(self.engine.kb.domain)
        lost = gone(self.session.gone)
        return Reply((heading("Going on where you left."), *lost, BLANK, *self.where_we_are().blocks))

    def hear(self, entry: str) -> Reply:
        """Take one entry: an answer, a command, or a text of any length.

        Args:
            entry: What was typed or pasted, without the final line end.

        Returns:
            What to say to it.
        """
        try:
            reply = self._take(entry)
        except SyncSageError as error:
            return refuse(error)
        if self.walk is not None and self.walk.ask != self.step.next:
            self.walk = None
        self.last = reply.blocks if reply.blocks and not reply.aside else self.last
        fault = self._keeper.keep(self.session)
        if not fault:
            return reply
        warning = paragraph(f"This interview is no longer kept: {fault}. save FILE keeps it elsewhere.")
        return replace(reply, blocks=(warning, BLANK, *reply.blocks))

    def tell(self, text: str, *, pasted: bool = False) -> Reply:
        """Take a text as evidence, and as the answer where a paste was asked for."""
        before, asked = self.step, self.step.next if self.session.events else None
        known = {(seen.finding, seen.value) for seen in before.observations}
        after, count = self.session.tell(text), 1
        is_the_paste = asked is not None and asked.paste and (pasted or len(text) >= _PASTE_LENGTH)
        if asked is not None and is_the_paste and after.next is not None and after.next.id == asked.id:
            after, count = self.session.answer(asked.id, "pasted"), 2
        self._turns.append(tuple(e.number for e in self.session.events[-count:]))
        secrets = mask(text)[1]
        remark = [paragraph(f"Secrets left out: {secrets}.", style=QUIET)] if secrets else []
        log = logs.seen(self.engine, text)
        noted = facts(self.engine.facts(after, self.session.said).known, known) if not log else []
        seen = (*remark, *log, *turns.after_text(before, after, noted))
        return Reply((*seen, *self._closing(before)))

    def collect(self) -> None:
        """Take the following lines as one text."""
        self._collected = []

    def take_back(self, number: int | None = None) -> str:
        """Undo the last turn, or the one that event ``number`` belongs to, and return what it was, in a few words.

        Raises:
            EvidenceError: Nothing that stands has that number.
        """
        events = {event.number: event for event in self.session.events}
        last = number if number is not None else max(events)
        turn = next((turn for turn in self._turns if last in turn), (last,))
        for event in turn:
            self.session.undo(event)
        self._turns = [other for other in self._turns if other != turn]
        return saying(events[turn[0]], self.engine.kb)

    def change(self, number: int, answer: Answer) -> None:
        """Answer the question of event ``number`` anew.

        Raises:
            EvidenceError: That event is no answer, or the value does not fit.
        """
        self.session.change(number, answer.value, answer.reason)
        self._turns.append((self.session.events[-1].number,))

    def move_to(self, path: Path) -> None:
        """Keep the interview in ``path`` from now on, and no longer among the kept ones.

        Raises:
            InputError: It cannot be written there.
        """
        self._keeper.move(self.session, path)

    def close(self) -> None:
        """Let go of the file that the interview is kept in."""
        self.session.close()

    def begin(self, session: Session | None = None) -> None:
        """Forget everything and start anew, or go on with another interview; what was kept stays."""
        self.close()
        self._reset(session if session is not None else self.engine.session())

    def where_we_are(self, *, variants: bool = False) -> Reply:
        """Return the present question, fix or ending; ``variants``: with the wording for all versions."""
        if not self.session.events:
            return greeting.welcome(self.engine.kb.domain)
        asked = turns.ask(self.step, self.asking, variants=variants, full=True)
        far = walking.progress(self.session, self.step.next) if self.step.next is not None else ""
        remark = (BLANK, paragraph(far, style=QUIET)) if far else ()
        return Reply((*view.ending(self.step), *asked, *remark))

    def summary(self, *, unmasked: bool = False) -> tuple[Block, ...]:
        """Return what the interview came to, for whoever goes on from here."""
        self._summed_up = len(self.session.events)
        return (Fitted(self.session.report(unmasked=unmasked).to_text),)

    def farewell(self) -> tuple[Block, ...]:
        """Return the last words: the summary, unless it was just shown, and where the interview is kept."""
        summary = () if self._summed_up == len(self.session.events) else self.summary()
        return (*summary, *((BLANK, *self.parting()) if self.session.kept else ()))

    def parting(self) -> tuple[Block, ...]:
        """Return where the interview is kept; nothing where it is not."""
        place = self._keeper.place(self.session)
        return (paragraph(place, style=QUIET),) if place else ()

    def answer(self, answer: Answer) -> Reply:
        """Take an answer to what is asked."""
        ask, self.offered, self.walk = self.step.next, None, None
        waits = answer.value == NOT_TRIED or (answer.value == "unknown" and self.asking in ("fix", "consent"))
        if ask is None or waits:
            return say(turns.not_now(ask, answer))
        before = self.step
        after = self.session.answer(ask.id, answer.value, answer.reason)
        self._turns.append((self.session.events[-1].number,))
        return Reply((*turns.after_answer(before, after, answer), *self._closing(before)))

    def _closing(self, before: Step) -> tuple[Block, ...]:
        """Return what comes next, and the summary where the questions just ended with nothing left to do."""
        blocks = (*view.ending(self.step), *turns.ask(self.step, self.asking))
        return (*blocks, BLANK, *self.summary()) if turns.just_ended(before, self.step) else blocks

    def _collect_line(self, lines: list[str], line: str) -> Reply:
        if line.strip() != ".":
            lines.append(line)
            return Reply()
        text, self._collected = "\n".join(lines), None
        return self.tell(text, pasted=True) if text.strip() else say("Nothing was pasted.")

    def _take(self, entry: str) -> Reply:
        if self._collected is not None:
            return self._collect_line(self._collected, entry)
        if "\n" in entry.strip():
            self.walk = self.offered = None
            return self.tell(entry, pasted=True)
        if not entry.strip() and self.walk is None:
            return Reply()
        return hear_line(self, entry.strip())
