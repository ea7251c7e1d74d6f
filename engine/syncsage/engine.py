"""The engine: knowledge loaded once, every question answered from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from syncsage._version import __version__
from syncsage.interview import NOTHING, Interview
from syncsage.knowledge import load
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.matching import TextMatcher
from syncsage.observing.model import Parsed
from syncsage.observing.text import decode
from syncsage.reasoning import RuleBook, default_matcher
from syncsage.reasoning.model import RuleMatcher
from syncsage.step import Evidence, ProcedureView, Step, UnknownReason
from syncsage.views import procedure_view

if TYPE_CHECKING:
    from syncsage.explanation import Difference, Explanation, Facts, RuleState, Said, WhatIf, Why, WhyNot
    from syncsage.observing.logs.large import Advance
    from syncsage.observing.logs.model import Track
    from syncsage.observing.meaning import LookupResult
    from syncsage.observing.semantic import Encoders
    from syncsage.session import Session

#: A file up to this many bytes may be a copied message rather than a log.
_ONE_MESSAGE = 65_536


class Engine:
    """Finds causes of trouble in the domain of one knowledge base.

    An engine keeps no state between calls and may be shared by threads. It never prints, opens no socket, and reads
    no other files than its knowledge, its model and its cache.

    Args:
        kb: The knowledge.
        cache_dir: Where vectors are kept between runs; None keeps nothing.
        matcher: The rule engine; durable_rules where it is installed, else its twin in Python.
        encoders: Encoders for queries and for building the index, or what makes them when they are needed; those of
            the packaged model where left out.
        path: The folder that the knowledge was read from, None for the bundled one; its tests lie there too.
        overlays: Folders that were laid over it.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        cache_dir: Path | None = None,
        matcher: RuleMatcher | None = None,
        encoders: Encoders | Callable[[], Encoders] | None = None,
        path: Path | None = None,
        overlays: tuple[Path, ...] = (),
    ) -> None:
        self.kb = kb
        self.path = path
        self.overlays = overlays
        self.version = __version__
        self._cache_dir = cache_dir
        self._matcher = matcher
        self._encoders = encoders

    @classmethod
    def load(
        cls,
        path: Path | str | None = None,
        overlays: Sequence[Path | str] = (),
        cache_dir: Path | str | None = "",
        model: Path | str | None = None,
    ) -> Engine:
        """Load a knowledge base.

        Args:
            path: Its folder; the bundled one where left out.
            overlays: Folders whose entries replace or add to it, in order.
            cache_dir: Folder for compiled knowledge and vectors; left out, the user's cache folder; None, no cache.
            model: Folder of an embedding model, or the name of one in the local cache of the Hugging Face libraries;
                the packaged one where left out. It is looked for when it is needed.

        Returns:
            An engine over that knowledge.

        Raises:
            KnowledgeError: The knowledge has faults; all of them are in it.
        """
        cache = user_cache() if cache_dir == "" else Path(cache_dir) if cache_dir is not None else None
        base = Path(path) if path is not None else None
        layers = tuple(Path(overlay) for overlay in overlays)
        encoders = partial(_encoders, model)
        return cls(load(base, layers, cache), cache, encoders=encoders, path=base, overlays=layers)

    @property
    def matcher_name(self) -> str:
        """Name of the rule engine in use."""
        return self.interview.assessor.matcher.name

    @cached_property
    def model_key(self) -> str:
        """Key of the embedding model in use: what was measured with one model holds for no other.

        Raises:
            ModelError: The model is missing.
        """
        return self._texts.model_key

    def parse(self, text: str) -> Parsed:
        """Understand a text: which problems it speaks of and which findings it settles.

        Args:
            text: An error, lines of a log, or a complaint in plain words. Secrets in it are masked first.

        Raises:
            ModelError: The embedding model is needed and cannot be loaded.
        """
        return self._texts.parse(text) if text.strip() else NOTHING

    def diagnose(
        self,
        evidence: Sequence[Evidence] = (),
        text: str | None = None,
        scope: Mapping[str, str] | None = None,
        parsed: Parsed | None = None,
    ) -> Step:
        """Return the step that evidence and text lead to.

        Args:
            evidence: Answers so far, in any order.
            text: A text to parse.
            scope: What is known beforehand, finding id -> value; an answer to the same finding goes before it.
            parsed: A text that was parsed already, instead of ``text``.

        Raises:
            EvidenceError: An id or value that the knowledge does not declare, or two values for one id.
            ModelError: The embedding model is needed and cannot be loaded.
        """
        seen = parsed if parsed is not None else self.parse(text) if text else NOTHING
        return self.interview.step(self._with_scope(evidence, scope), seen)

    def explain(self, step: Step, cause_id: str, said: Said | None = None) -> Explanation:
        """Return how a cause stands in a step and on what grounds, each down to a line, an answer, a rule, a source.

        Args:
            step: Where the diagnosis stands.
            cause_id: Id of the cause, or of its fix.
            said: Which event of a session each fact comes from: ``session.said``.

        Raises:
            UnknownIdError: There is no such cause.
        """
        from syncsage import explaining

        return explaining.explain(self.interview, step, cause_id, said)

    def why(self, step: Step) -> Why:
        """Return why the next step is what it is, and what each answer would speak for."""
        from syncsage import explaining

        return explaining.why(self.interview, step)

    def why_not(self, step: Step, cause_id: str, said: Said | None = None) -> WhyNot:
        """Return why a cause is not the first.

        Raises:
            UnknownIdError: There is no such cause.
        """
        from syncsage import explaining

        return explaining.why_not(self.interview, step, cause_id, said)

    def what_if(self, step: Step, question: str, value: str, reason: UnknownReason = "dont_know") -> WhatIf:
        """Return the step that answering ``question`` with ``value`` would lead to, and what it would move.

        Raises:
            EvidenceError: An id or value that the knowledge does not declare.
        """
        from syncsage import explaining

        return explaining.what_if(self.interview, step, question, value, reason)

    def facts(self, step: Step, said: Said | None = None) -> Facts:
        """Return everything that is known in a step and where it comes from, and what was asked for and is not."""
        from syncsage import explaining

        return explaining.facts(self.interview, step, said)

    def rule_states(self, step: Step) -> tuple[RuleState, ...]:
        """Return what became of every rule: fired, false, or not evaluated, and what that one requires."""
        from syncsage import explaining

        return explaining.rule_states(self.interview, step)

    def difference(self, before: Step, after: Step) -> Difference:
        """Return what two steps differ in: causes, problems, what comes next."""
        from syncsage import explaining

        return explaining.difference(before, after)

    def lookup(self, code: str) -> LookupResult:
        """Return what codes mean: status messages, events, HTTP statuses, HRESULTs, names, in any form and number.

        Args:
            code: A code, several, or a text with codes in it. Every way to read one is given, and what can be said of
                one that the knowledge does not have.
        """
        from syncsage.observing.lookup import look_up

        return look_up(self.kb, self._texts.codes, code)

    def track(self, logs: str | Path | Sequence[Path], advance: Advance | None = None) -> Track:
        """Read logs: group their records into runs and say how far each got, and where and why it failed.

        Args:
            logs: The text of a log, or where logs lie: files (both halves of a rotated one), or a folder.
            advance: Is told of the bytes that were read of files, piece by piece.

        Raises:
            InputError: A path cannot be read, or there is nothing to read in it.
            ModelError: The embedding model is needed to recognise a failure and cannot be loaded.
        """
        if isinstance(logs, str):
            return self._with_problems(self._texts.tracker.track_text(logs), logs)
        paths = [logs] if isinstance(logs, Path) else list(logs)
        track = self._texts.tracker.track_paths(paths, advance)
        one = paths[0] if len(paths) == 1 and paths[0].is_file() else None
        if one is None or one.stat().st_size > _ONE_MESSAGE:
            return track
        return self._with_problems(track, decode(one.read_bytes()).text)

    def _with_problems(self, track: Track, text: str) -> Track:
        """Add the problems that signatures find in a text which shows no failing record: a console copy, a listing."""
        if track.problems or track.verdict == "success":
            return track
        return replace(track, problems=self._texts.signed(text))

    def procedure(self, procedure_id: str, step: Step | None = None) -> ProcedureView:
        """Return a procedure, in the variant that fits what ``step`` knows.

        Raises:
            UnknownIdError: There is no such procedure.
        """
        known = {o.finding: o.value for o in step.observations} if step else {}
        return procedure_view(self.kb, procedure_id, known)

    def session(self) -> Session:
        """Return a new session: texts and answers one after the other, with undo and save."""
        from syncsage.session import Session

        return Session(self)

    def warm(self) -> None:
        """Load the embedding model and the index, so that the next text needs no waiting."""
        self._texts.prepare()

    def index(self) -> int:
        """Make the vectors of the knowledge that are missing, keep them in the cache, and return how many there are.

        Raises:
            ModelError: Some are missing, and the embedding model cannot be loaded.
        """
        return self._texts.index()

    def over(self, kb: KnowledgeBase) -> Engine:
        """Return an engine with the same model and cache over other knowledge."""
        return Engine(kb, self._cache_dir, self._matcher, self._encoders, self.path, self.overlays)

    @property
    def foreign_bands(self) -> bool:
        """Whether the bands of the knowledge were measured with another model; then meaning alone is never strong."""
        return self._texts.foreign_bands

    @cached_property
    def rules(self) -> RuleBook:
        """The compiled rules."""
        return RuleBook(self.kb)

    @cached_property
    def interview(self) -> Interview:
        """The interview over this knowledge."""
        return Interview(self.kb, self.rules, self._matcher or default_matcher(self.rules))

    @cached_property
    def _texts(self) -> TextMatcher:
        return TextMatcher(self.kb, self._make_encoders, self._cache_dir)

    def _make_encoders(self) -> Encoders:
        made = self._encoders or _encoders()
        return made if isinstance(made, tuple) else made()

    @staticmethod
    def _with_scope(evidence: Sequence[Evidence], scope: Mapping[str, str] | None) -> tuple[Evidence, ...]:
        given = {item.id for item in evidence}
        return (*evidence, *(Evidence(i, v, asked=False) for i, v in sorted((scope or {}).items()) if i not in given))


def user_cache() -> Path:
    """Return the folder for caches of the current user."""
    from platformdirs import user_cache_path

    return user_cache_path("syncsage", appauthor=False)


def _encoders(model: Path | str | None = None) -> Encoders:
    from syncsage.observing.encoder import encoders

    return encoders(model)
