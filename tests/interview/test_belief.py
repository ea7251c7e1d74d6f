"""Belief, checked against numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.knowledge.model import KnowledgeBase
from syncsage.reasoning.belief import NOISE, OTHER, Beliefs, Candidate


@pytest.fixture(scope="module")
def beliefs(bicycle: KnowledgeBase) -> Beliefs:
    return Beliefs(bicycle.findings, bicycle.causes)


def candidates(kb: KnowledgeBase, **weights: float) -> dict[str, Candidate]:
    return {name.replace("_", "-"): Candidate(kb.causes[name.replace("_", "-")], w) for name, w in weights.items()}


@pytest.mark.parametrize(
    ("cause", "finding", "value", "chance"),
    [
        # {pedalling: always, braking: never, always: unlikely} sums to 1.2
        ("chain-dry", "noise-when", "pedalling", 0.96 * 0.97 / 1.2 + 0.04 / 3),
        ("chain-dry", "noise-when", "always", 0.96 * 0.2 / 1.2 + 0.04 / 3),
        # {braking: always, pedalling: never}; the third value gets at least .02
        ("brake-pads-contaminated", "noise-when", "always", 0.96 * 0.02 / 1.02 + 0.04 / 3),
        # {pedalling: likely}; the two others share .2
        ("bottom-bracket-worn", "noise-when", "braking", 0.96 * 0.1 + 0.04 / 3),
        ("chain-dry", "chain-oiled", "no", 0.96 * 0.97 + 0.02),
        # silent, all values alike
        ("chain-dry", "crank-play", "yes", 0.5),
        # silent, the finding has a base: {dry: likely, wet: unlikely}, the third is neutral
        ("chain-worn", "last-ride", "dry", 0.96 * 0.8 / 1.5 + 0.04 / 3),
        (OTHER, "last-ride", "dusty", 0.96 * 0.5 / 1.5 + 0.04 / 3),
        # only the scope speaks: {muscle: never}
        ("magnet-moved", "bike-type", "muscle", 0.96 * 0.03 + 0.02),
        ("magnet-moved", "bike-type", "e-bike", 0.96 * 0.97 + 0.02),
    ],
)
def test_words_become_chances(beliefs: Beliefs, cause: str, finding: str, value: str, chance: float) -> None:
    assert beliefs.likelihood(cause, finding, value) == pytest.approx(chance, abs=1e-12)


def test_the_chances_of_a_finding_sum_to_one_for_every_cause(bicycle: KnowledgeBase, beliefs: Beliefs) -> None:
    for cause in (*bicycle.causes, OTHER):
        for finding in bicycle.findings.values():
            total = fsum(beliefs.likelihood(cause, finding.id, value) for value in finding.values)
            assert total == pytest.approx(1.0, abs=1e-9), (cause, finding.id)


def test_no_answer_ever_leaves_nothing(bicycle: KnowledgeBase, beliefs: Beliefs) -> None:
    for cause in bicycle.causes:
        for finding in bicycle.findings.values():
            lowest = min(beliefs.likelihood(cause, finding.id, value) for value in finding.values)
            assert lowest >= NOISE / len(finding.values)


def test_without_evidence_prior_words_and_weights_decide(bicycle: KnowledgeBase, beliefs: Beliefs) -> None:
    belief = beliefs.posterior(candidates(bicycle, chain_dry=1.0, brake_pads_contaminated=0.5), {}, 3.0)
    assert belief == pytest.approx({"chain-dry": 16 / 23, "brake-pads-contaminated": 4 / 23, OTHER: 3 / 23})


def test_evidence_multiplies(bicycle: KnowledgeBase, beliefs: Beliefs) -> None:
    belief = beliefs.posterior(
        candidates(bicycle, chain_dry=1.0, brake_pads_contaminated=0.5),
        {"noise-when": "pedalling", "not-a-finding": "x"},
        3.0,
    )
    dry, pads, other = 16 * 0.789333333, 4 * 0.041568627, 3 / 3
    total = dry + pads + other
    assert belief == pytest.approx(
        {"chain-dry": dry / total, "brake-pads-contaminated": pads / total, OTHER: other / total}, rel=1e-6
    )


def test_a_cause_tells_of_what_it_names_or_is_bound_to(beliefs: Beliefs) -> None:
    assert beliefs.tells("magnet-moved", "magnet-at-sensor")
    assert beliefs.tells("magnet-moved", "bike-type")
    assert not beliefs.tells("magnet-moved", "chain-oiled")


answers = st.dictionaries(
    st.sampled_from(["noise-when", "chain-oiled", "last-ride", "braking-power"]), st.sampled_from(["a", "b", "c"])
)


@given(answers)
def test_the_order_of_evidence_and_causes_leaves_every_bit_alike(
    bicycle: KnowledgeBase, beliefs: Beliefs, chosen: dict[str, str]
) -> None:
    known = {f: bicycle.findings[f].values["abc".index(v) % len(bicycle.findings[f].values)] for f, v in chosen.items()}
    causes = candidates(bicycle, chain_dry=1.0, brake_pads_contaminated=0.7, bottom_bracket_worn=0.3)
    belief = beliefs.posterior(causes, known, 3.0)
    other = beliefs.posterior(dict(reversed(causes.items())), dict(reversed(known.items())), 3.0)
    assert other == belief
    assert fsum(belief.values()) == pytest.approx(1.0)


def test_findings_without_base_or_values_tell_nothing(bicycle: KnowledgeBase) -> None:
    plain = replace(bicycle.findings["last-ride"], base={})
    empty = replace(plain, id="empty", choices=())
    beliefs = Beliefs({"last-ride": plain, "empty": empty}, bicycle.causes)
    for value in plain.values:
        assert beliefs.likelihood("chain-worn", "last-ride", value) == pytest.approx(1 / 3)
    assert beliefs.likelihood("chain-worn", "empty", "anything") == pytest.approx(1.0)
