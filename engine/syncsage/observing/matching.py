"""Text in, understanding out: clean, records, signatures, codes, then words and meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.codes import CodeBook
from syncsage.observing.derive import Deriver, Progress
from syncsage.observing.field import Field
from syncsage.observing.levels import grade
from syncsage.observing.lexical import Normaliser
from syncsage.observing.model import CodeHit, Level, Match, Observation, Parsed, Span
from syncsage.observing.order import MOST, order
from syncsage.observing.records import Record, RecordReader
from syncsage.observing.salience import Salience
from syncsage.observing.signatures import SignatureHit, SignatureIndex
from syncsage.observing.text import clean, mask
from syncsage.observing.weights import WEIGHTS, Weights

if TYPE_CHECKING:
    from syncsage.observing.logs.tracker import Tracker
    from syncsage.observing.ranking import Ranker
    from syncsage.observing.semantic import Encoders

_MESSAGE, _QUOTE = 600, 160
_SCORES: Mapping[str, float] = {"exact": 1.0, "strong": 0.9}
_FUZZY_SCORE = 0.86
_FOREIGN_BANDS = (
    "the bands of this knowledge were measured with another embedding model: what is only alike is called weak at "
    "most; measure them anew with: syncsage kb calibrate"
)


class TextMatcher:
    """Understands texts by one knowledge base.

    Args:
        kb: The knowledge.
        encoders: Gives the encoder for queries and the one that builds the index; called at first need only.
        folder: Where vectors are kept; None keeps nothing.
        weights: What each part of the score by words and meaning counts.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        encoders: Callable[[], Encoders],
        folder: Path | None = None,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._kb = kb
        self._encoders = encoders
        self._folder = folder
        self._weights = weights
        self._reader = RecordReader(kb.domain.continuations, kb.domain.salient)
        self._normalise = Normaliser(kb.domain.noise, kb.domain.synonyms)

    def parse(self, text: str) -> Parsed:
        """Understand ``text``. Never raises on any text; the model is loaded only if signatures are not enough."""
        masked, count = mask(text)
        records, notes = self._reader.read(clean(masked))
        if not records:
            return Parsed("none", (), (), (), (), (), count, notes)
        hits = self._signatures.find(records)
        codes = self._codes.find(records, text)
        salient = self._salience.lines(records)
        matches = self._from_signatures(hits)
        progress, facts = self._tracked(masked, records)
        if progress and progress.tracking.problem and not progress.failed and not hits:
            problem = progress.tracking.problem
            matches[problem] = self._match(problem, _SCORES["strong"], "strong", "progress", progress.record)
        if not any(match.level == "exact" or match.by == "progress" for match in matches.values()):
            telling = [r for r in records if self._salience.telling(r)]
            hits += tuple(h for h in self._signatures.find_similar(telling) if h.problem not in matches)
            self._add_ranked(matches, hits, codes, salient)
            notes += (_FOREIGN_BANDS,) if self._ranker.foreign_bands else ()
        problems, nearest = order(matches.values())
        problems = problems or self._beside(records)
        observations = self._deriver.observe(records, [h for h in hits if not h.fuzzy], progress, facts)
        level: Level = problems[0].level if problems else "none"
        return Parsed(level, problems, () if problems else nearest, observations, codes, salient, count, notes)

    def _tracked(self, text: str, records: Sequence[Record]) -> tuple[Progress | None, tuple[Observation, ...]]:
        """Return the progress and the facts that a log shows; a single message is no log and is not read as one."""
        if len(records) < 2 and len(text) < _MESSAGE:
            return self._deriver.progress(records), ()
        from syncsage.observing.logs.told import told_facts, told_progress

        track = self._unnamed.track_text(text)
        told = told_progress(self._kb, track)
        if told is None:
            return self._deriver.progress(records), told_facts(track)
        run = track.runs[-1]
        if run.outcome == "partial" and run.steps:  # what fails beside a run that is not over may yet end it
            beside = self._deriver.progress([r for r in records if r.span.last >= run.steps[0].lines[0]])
            told = replace(told, failed=told.failed or (beside is not None and beside.failed))
        return told, told_facts(track)

    def recognise(self, texts: Sequence[str], guess: bool = False) -> tuple[str, ...]:
        """Return the ids of the problems that messages of failures show, best first.

        Words and meaning are asked only where no signature knows them.

        Args:
            texts: One message each.
            guess: Whether what is only alike counts where nothing is clear.
        """
        found = self._signed([Record(clean(mask(text)[0]), Span(1, 1)) for text in texts])
        if found:
            return found
        return tuple(m.id for m in self.parse("\n".join(texts)).problems if guess or m.level in ("exact", "strong"))

    def signed(self, text: str) -> tuple[str, ...]:
        """Return the ids of the problems whose signatures a text holds, best first. No model is needed."""
        return self._signed(self._reader.read(clean(mask(text)[0]))[0])

    def _signed(self, records: Sequence[Record]) -> tuple[str, ...]:
        matches = self._from_signatures(self._signatures.find(records)).values()
        ranked = sorted(matches, key=lambda m: (-m.score, m.by))
        return tuple(m.id for m in ranked if m.coverage != "outside")

    def prepare(self) -> None:
        """Load the model and the index ahead of the first text that needs them."""
        self._ranker.prepare()

    def index(self) -> int:
        """Make the vectors that are missing; return how many there are."""
        return self._ranker.index()

    @property
    def model_key(self) -> str:
        """Key of the embedding model in use."""
        return self._ranker.model_key

    @property
    def foreign_bands(self) -> bool:
        """Whether the bands of the knowledge were measured with another model."""
        return self._ranker.foreign_bands

    @cached_property
    def tracker(self) -> Tracker:
        """Reads logs by the same knowledge, and names the problems of their failures."""
        from syncsage.observing.logs.tracker import Tracker

        return Tracker(self._kb, self.recognise)

    @property
    def codes(self) -> CodeBook:
        """The codes of the knowledge."""
        return self._codes

    @cached_property
    def _salience(self) -> Salience:
        return Salience(self._kb.domain, self._normalise)

    @cached_property
    def _field(self) -> Field:
        return Field(self._kb.domain, self._normalise)

    @cached_property
    def _signatures(self) -> SignatureIndex:
        return SignatureIndex(self._kb.problems, self._normalise, self._kb.literals)

    @cached_property
    def _codes(self) -> CodeBook:
        return CodeBook(self._kb.codes, self._kb.domain.code_kinds)

    @cached_property
    def _deriver(self) -> Deriver:
        return Deriver(self._kb)

    @cached_property
    def _unnamed(self) -> Tracker:
        return self.tracker.nameless()

    @cached_property
    def _ranker(self) -> Ranker:
        from syncsage.observing.ranking import Ranker

        return Ranker(self._kb, self._normalise, self._field, self._encoders, self._folder, self._weights)

    def _from_signatures(self, hits: Sequence[SignatureHit]) -> dict[str, Match]:
        return {
            hit.problem: self._match(hit.problem, _SCORES[level := hit.signature.level], level, "signature", hit.record)
            for hit in hits
        }

    def _add_ranked(
        self,
        matches: dict[str, Match],
        hits: Sequence[SignatureHit],
        codes: Sequence[CodeHit],
        salient: Sequence[str],
    ) -> None:
        text = " ".join(salient)
        if not text.strip():
            return
        scores = self._ranker.score(text, self._codes.owned(codes))
        bands = self._ranker.bands
        lifted: dict[str, float] = {}
        of_field = self._field.has(text)
        for hit in hits:
            if hit.fuzzy and hit.sure and scores[hit.problem] >= bands["weak"] and of_field:
                matches[hit.problem] = self._match(hit.problem, _FUZZY_SCORE, "strong", "fuzzy", hit.record)
            elif hit.fuzzy and (hit.alone or of_field) and self._kb.problems[hit.problem].coverage != "outside":
                lifted[hit.problem] = max(scores[hit.problem], bands["weak"])
        read = bool(matches)  # what was read goes before what is only alike
        asked = {problem: scores[problem] for problem in self._asked_by_code(text)}
        best = scores.best(MOST + len(matches))
        levels = grade(best, {p for p in best if self._kb.problems[p].coverage == "outside"}, bands, self._weights.lead)
        for problem, value in (best | asked | lifted).items():
            if problem not in matches:
                level = levels.get(problem, "none")
                level = "weak" if (read and level == "strong") or (problem in lifted and level == "none") else level
                matches[problem] = self._match(problem, value, level, "semantic", None)
        for problem in asked:
            if matches[problem].level == "none":
                matches[problem] = self._match(problem, bands["weak"], "weak", "code", None)

    def _beside(self, records: Sequence[Record]) -> tuple[Match, ...]:
        """Return what a text that was declined as a whole names beside what it says of other fields.

        What is left must tell of trouble and be clear by itself; it is named as a question only, unless it was read.
        """
        rest = self._field.beside(records)
        if not any(self._salience.marked(record) for record in rest):
            return ()
        hits = self._signatures.find(rest)
        matches = self._from_signatures(hits)
        if not any(match.level == "exact" for match in matches.values()):
            self._add_ranked(matches, hits, self._codes.find(rest), self._salience.lines(rest))
        problems, _ = order(matches.values())
        if not problems or problems[0].level == "weak":
            return ()
        return tuple(replace(m, level="weak") if m.by == "semantic" else m for m in problems)

    def _asked_by_code(self, text: str) -> tuple[str, ...]:
        """Return the problems that somebody asks for who gives nothing but a code."""
        entries = self._codes.bare(text)
        return tuple(dict.fromkeys(p for entry in entries for p in (*entry.about, *entry.problems)))

    def _match(self, problem: str, score: float, level: Level, by: str, record: Record | None) -> Match:
        entry = self._kb.problems[problem]
        where, quote = (record.span, record.text[:_QUOTE]) if record else (None, "")
        return Match(problem, entry.title, round(score, 4), level, entry.coverage, by, where, quote)
