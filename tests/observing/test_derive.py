"""Findings that a text settles without asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from syncsage.knowledge.model import KnowledgeBase, Signature, Tracking
from syncsage.observing.derive import Deriver
from syncsage.observing.model import Observation, Span
from syncsage.observing.records import Record
from syncsage.observing.signatures import SignatureHit


def lines(*texts: str) -> list[Record]:
    return [Record(text, Span(i, i)) for i, text in enumerate(texts, start=1)]


def read(kb: KnowledgeBase, records: list[Record], hits: Sequence[SignatureHit] = ()) -> tuple[Observation, ...]:
    deriver = Deriver(kb)
    return deriver.observe(records, hits, deriver.progress(records))


def observed(kb: KnowledgeBase, *texts: str) -> dict[str, str]:
    return {o.finding: o.value for o in read(kb, lines(*texts))}


def hit(record: Record, **implied: str) -> SignatureHit:
    implies = {name.replace("_", "-"): value for name, value in implied.items()}
    return SignatureHit("any", Signature((), (), "exact", (), (), implies), record)


def test_a_pattern_settles_its_finding_and_tells_where(bicycle: KnowledgeBase) -> None:
    (seen,) = read(bicycle, lines("hello", "my e-bike stopped"))
    assert seen == Observation("bike-type", "e-bike", "exact", Span(2, 2), "my e-bike stopped")


def test_what_must_not_occur_stops_a_derivation(bicycle: KnowledgeBase) -> None:
    assert observed(bicycle, "it is no e-bike") == {}


def test_the_first_of_equal_records_is_named(bicycle: KnowledgeBase) -> None:
    (seen,) = read(bicycle, lines("my e-bike", "x", "my e-bike"))
    assert seen.where == Span(1, 1)


def test_contradicting_lines_cancel_out(bicycle: KnowledgeBase) -> None:
    assert observed(bicycle, "it squeals when braking") == {"noise-when": "braking"}
    assert observed(bicycle, "it squeals when braking", "and when pedalling") == {}
    assert observed(bicycle, "when pedalling it squeals when braking") == {}


@pytest.mark.parametrize(
    ("texts", "step"),
    [
        (("DISPLAY boot v1",), "display"),
        (("DISPLAY boot v1", "BATTERY node 10 up"), "battery"),
        (("DISPLAY boot v1", "BATTERY node 10 up", "ASSIST ready"), "ready"),
        (("ASSIST ready", "DISPLAY boot v1"), "display"),
        (("nothing of it",), None),
    ],
)
def test_the_last_step_of_a_tracked_process_counts(
    bicycle: KnowledgeBase, texts: tuple[str, ...], step: str | None
) -> None:
    assert observed(bicycle, *texts).get("start-step") == step


def test_progress_counts_steps_and_sees_failure(bicycle: KnowledgeBase) -> None:
    (track,) = bicycle.tracking.values()
    careful = replace(bicycle, tracking={track.id: replace(track, failures=(r"\bfailed\b",))})
    records = lines("DISPLAY boot", "DISPLAY boot", "BATTERY node 1 up", "noise")
    seen = Deriver(careful).progress(records)
    assert seen is not None
    assert (seen.step, seen.steps, seen.failed, seen.record) == ("battery", 2, False, records[2])
    failed = Deriver(careful).progress([*records, *lines("start failed")])
    assert failed is not None
    assert failed.failed
    assert Deriver(careful).progress(lines("start failed")) is None


def test_the_role_with_most_marks_names_the_step(bicycle: KnowledgeBase) -> None:
    (track,) = bicycle.tracking.values()
    display, battery, ready = track.steps
    other = replace(track, id="other", steps=(replace(ready, marks=(r"\bDISPLAY boot\b",)),))
    both: dict[str, Tracking] = {"a-other": other, track.id: track}
    kb = replace(bicycle, tracking=both)
    assert observed(kb, "DISPLAY boot") == {"start-step": "ready"}
    assert observed(kb, "DISPLAY boot", "BATTERY node 1 up") == {"start-step": "battery"}
    assert display.id != battery.id


def test_what_a_signature_implies_goes_before_what_a_pattern_reads(bicycle: KnowledgeBase) -> None:
    text = lines("my e-bike squeals when braking")
    seen = {o.finding: o for o in read(bicycle, text, [hit(text[0], noise_when="always")])}
    assert seen["noise-when"] == Observation(
        "noise-when", "always", "signature", Span(1, 1), "my e-bike squeals when braking"
    )
    assert seen["bike-type"].value == "e-bike"


def test_signatures_that_contradict_each_other_imply_nothing(bicycle: KnowledgeBase) -> None:
    text = lines("one", "two")
    hits = [hit(text[0], display_on="yes", noise_when="always"), hit(text[1], display_on="no", noise_when="always")]
    assert {o.finding for o in read(bicycle, text, hits)} == {"noise-when"}


def test_a_quoted_line_is_cut(bicycle: KnowledgeBase) -> None:
    (seen,) = read(bicycle, lines("my e-bike " + "x" * 1_000))
    assert len(seen.detail) == 120


def test_observations_are_sorted(bicycle: KnowledgeBase) -> None:
    seen = read(bicycle, lines("wheel signal lost on my e-bike when braking", "ASSIST ready"))
    assert [o.finding for o in seen] == ["bike-type", "noise-when", "start-step", "wheel-signal"]
