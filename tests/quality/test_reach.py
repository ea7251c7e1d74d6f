"""The lint of what the reasoning can reach."""

from __future__ import annotations

from dataclasses import replace

from syncsage.knowledge.model import Finding, KnowledgeBase, Likelihood
from syncsage.quality import lint_reasoning


def with_finding(kb: KnowledgeBase, finding: Finding) -> KnowledgeBase:
    return replace(kb, findings=dict(kb.findings) | {finding.id: finding})


def idle(kb: KnowledgeBase) -> set[str]:
    return {fault.field for fault in lint_reasoning(kb) if fault.rule == "idle-question"}


def unreachable(kb: KnowledgeBase) -> set[str]:
    return {fault.file for fault in lint_reasoning(kb) if fault.rule == "unreachable-cause"}


def test_every_cause_of_the_bicycle_can_come_first(bicycle: KnowledgeBase) -> None:
    assert unreachable(bicycle) == set()


def test_a_question_that_no_cause_speaks_of_is_idle(bicycle: KnowledgeBase) -> None:
    before = idle(bicycle)
    template = bicycle.findings["chain-oiled"]
    new = replace(template, id="bell-rings", origin=replace(template.origin, line=99))
    kb = with_finding(bicycle, new)
    assert idle(kb) == before | {"bell-rings"}
    (fault,) = [f for f in lint_reasoning(kb) if f.field == "bell-rings"]
    assert (fault.file, fault.line) == (template.origin.file, 99)


def test_what_rules_requirements_scopes_or_variants_want_is_not_idle(bicycle: KnowledgeBase) -> None:
    new = replace(bicycle.findings["chain-oiled"], id="bell-rings")
    kb = with_finding(bicycle, new)
    before = idle(bicycle)
    other = bicycle.findings["crank-play"]
    assert idle(with_finding(kb, replace(other, requires={"bell-rings": ("yes",)}))) == before
    assert idle(with_finding(kb, replace(other, scope={"bell-rings": ("yes",)}))) == before
    rule = bicycle.rules["oiled-chain-is-not-dry"]
    heard = replace(rule, when=(replace(rule.when[0], finding="bell-rings"),))
    assert "bell-rings" not in idle(replace(kb, rules=dict(kb.rules) | {rule.id: heard}))


def test_what_is_only_derived_or_pasted_is_not_asked_and_not_idle(bicycle: KnowledgeBase) -> None:
    template = bicycle.findings["chain-oiled"]
    for quiet in (replace(template, id="bell-rings", ask=""), replace(template, id="bell-rings", paste=True)):
        assert idle(with_finding(bicycle, quiet)) == idle(bicycle)


def test_a_question_that_every_cause_answers_alike_is_idle(bicycle: KnowledgeBase) -> None:
    new = replace(bicycle.findings["chain-oiled"], id="bell-rings")
    row: dict[str, dict[str, Likelihood]] = {"bell-rings": {"yes": "likely"}}
    causes = {c.id: replace(c, evidence=dict(c.evidence) | row) for c in bicycle.causes.values()}
    kb = replace(with_finding(bicycle, new), causes=causes)
    assert "bell-rings" in idle(kb)
    told = dict(causes) | {"chain-dry": bicycle.causes["chain-dry"]}
    assert "bell-rings" not in idle(replace(kb, causes=told))


def test_a_cause_that_a_commoner_one_always_covers_is_unreachable(bicycle: KnowledgeBase) -> None:
    pads = bicycle.causes["brake-pads-contaminated"]
    dry = bicycle.causes["chain-dry"]
    shadowed = replace(pads, evidence=dry.evidence, prior="rare")
    kb = replace(bicycle, causes=dict(bicycle.causes) | {pads.id: shadowed}, rules={})
    assert unreachable(kb) == {pads.origin.file}


def test_faults_are_sorted_by_place(bicycle: KnowledgeBase) -> None:
    template = bicycle.findings["chain-oiled"]
    kb = bicycle
    for n, name in enumerate(("zeta", "alpha")):
        kb = with_finding(kb, replace(template, id=name, origin=replace(template.origin, line=200 + n)))
    faults = [f.field for f in lint_reasoning(kb) if f.field in ("zeta", "alpha")]
    assert faults == ["zeta", "alpha"]


def test_causes_of_one_problem_that_no_question_tells_apart(bicycle: KnowledgeBase) -> None:
    def alike(kb: KnowledgeBase) -> list[str]:
        return [fault.message for fault in lint_reasoning(kb) if fault.rule == "inseparable-causes"]

    assert alike(bicycle) == []
    worn, slack = bicycle.causes["chain-worn"], bicycle.causes["shift-cable-slack"]
    twin = replace(slack, evidence=worn.evidence, scope=worn.scope)
    kb = replace(bicycle, causes=dict(bicycle.causes) | {slack.id: twin})
    assert alike(kb) == ["no question tells this cause from shift-cable-slack"]
