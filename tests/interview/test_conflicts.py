"""Answers that do not fit: noticed, shown, asked for once more, and settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from syncsage.engine import Engine
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.model import Parsed
from syncsage.step import UNKNOWN, Step

Ask = Callable[..., Step]
Understood = Callable[..., Parsed]
GAUGE = {"chain-gauge": "drops-in"}


def value_of(step: Step, finding: str) -> str | None:
    return next((o.value for o in step.observations if o.finding == finding), None)


def test_a_text_that_contradicts_an_answer_is_shown_and_asked_about(ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips", findings=GAUGE), ("chain-gauge", "stays-out"))
    (conflict,) = step.conflicts
    assert (conflict.finding, conflict.kind, conflict.answered, conflict.shown) == (
        "chain-gauge", "text", "stays-out", "drops-in",
    )  # fmt: skip
    assert conflict.text == (
        "Does a chain gauge drop in at the mark 0.75? “no, it stays out” was answered, "
        "but pasted line 3 shows “yes, it drops in”."
    )
    assert step.next is not None
    assert (step.next.id, step.next.reason, step.stop_reason) == ("conflict:chain-gauge", "contradiction", None)
    assert step.next.text == "Once more, please: Does a chain gauge drop in at the mark 0.75?"
    assert step.next.help.startswith("“no, it stays out” was answered, but pasted line 3 shows “yes, it drops in”.")
    assert [c.value for c in step.next.choices] == ["drops-in", "stays-out"]
    # nobody misremembers a log: it stands meanwhile
    assert value_of(step, "chain-gauge") == "drops-in"


def test_what_the_person_says_then_holds(ask: Ask, understood: Understood) -> None:
    parsed = understood("chain-skips", findings=GAUGE)
    answered = ("chain-gauge", "stays-out")
    for value in ("stays-out", "drops-in"):
        step = ask(parsed, answered, ("conflict:chain-gauge", value))
        assert value_of(step, "chain-gauge") == value
        assert step.conflicts == ()
        assert step.next is not None
        assert "chain-gauge" not in step.next.id
    unsettled = ask(parsed, answered, ("conflict:chain-gauge", UNKNOWN))
    assert value_of(unsettled, "chain-gauge") == "drops-in"
    assert unsettled.conflicts == ()


def test_an_answer_that_fits_the_text_is_no_contradiction(ask: Ask, understood: Understood) -> None:
    parsed = understood("chain-skips", findings=GAUGE)
    for answer in (("chain-gauge", "drops-in"), ("chain-gauge", UNKNOWN)):
        assert ask(parsed, answer).conflicts == ()


def test_answers_of_which_a_rule_makes_another_contradict(ask: Ask) -> None:
    """Who says that the display is on has an e-bike, by a rule, and cannot have said that it is none."""
    answers = (("bike-type", "muscle"), ("display-on", "yes"))
    step = ask(None, *answers)
    (conflict,) = step.conflicts
    assert (conflict.finding, conflict.kind, conflict.answered, conflict.shown) == (
        "bike-type", "rule", "muscle", "e-bike",
    )  # fmt: skip
    assert "follows from" in conflict.text
    assert value_of(step, "bike-type") == "muscle"
    assert step.next is not None
    assert step.next.id == "conflict:bike-type"
    assert value_of(ask(None, *answers, ("conflict:bike-type", UNKNOWN)), "bike-type") == "e-bike"
    insisted = ask(None, *answers, ("conflict:bike-type", "muscle"))
    assert insisted.conflicts == ()
    assert value_of(insisted, "bike-type") == "muscle"


def test_what_a_problem_implies_contradicts_an_answer(ask: Ask, understood: Understood) -> None:
    step = ask(understood("speed-signal-missing"), ("bike-type", "muscle"))
    assert [c.finding for c in step.conflicts] == ["bike-type"]
    assert "The motor gets no speed signal" in step.conflicts[0].text


def test_an_answer_that_leaves_no_cause_is_doubted_once(bicycle: KnowledgeBase, understood: Understood) -> None:
    problem = replace(bicycle.problems["bike-squeaks"], causes=("chain-dry",), ask_first=())
    engine = Engine(replace(bicycle, problems={problem.id: problem}))
    session = engine.session()
    parsed = understood("bike-squeaks")
    session.answer("chain-oiled", "yes")
    step = engine.diagnose(session.evidence, parsed=parsed)
    assert {c.band for c in step.causes} == {"ruled out"}
    (conflict,) = step.conflicts
    assert (conflict.finding, conflict.kind, conflict.shown) == ("chain-oiled", "ruled-out", "")
    assert step.next is not None
    assert step.next.id == "conflict:chain-oiled"
    session.answer("conflict:chain-oiled", "yes")
    sure = engine.diagnose(session.evidence, parsed=parsed)
    assert sure.conflicts == ()
    assert sure.next is None or sure.next.paste
    session.undo()
    session.answer("conflict:chain-oiled", "no")
    corrected = engine.diagnose(session.evidence, parsed=parsed)
    assert [(c.id, c.band) for c in corrected.causes] == [("chain-dry", "likely")]


def test_causes_that_fixes_ruled_out_put_no_answer_in_doubt(ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips"), ("fix:chain-worn", "failed"), ("fix:shift-cable-slack", "failed"))
    assert step.conflicts == ()


def test_a_changed_answer_leaves_nothing_to_settle(certain_engine: Engine) -> None:
    session = certain_engine.session()
    session.answer("display-on", "yes")
    session.answer("bike-type", "muscle")
    assert session.step.conflicts
    session.answer("conflict:bike-type", "muscle")
    assert not session.step.conflicts
    step = session.answer("bike-type", "e-bike")
    assert value_of(step, "bike-type") == "e-bike"
    assert "conflict:bike-type" not in {e.id for e in session.evidence}
    session.undo()
    assert "conflict:bike-type" in {e.id for e in session.evidence}


def test_looking_it_up_later_puts_it_on_the_list(ask: Ask, understood: Understood) -> None:
    parsed = understood("chain-skips", findings=GAUGE)
    step = ask(parsed, ("chain-gauge", "stays-out"), ("conflict:chain-gauge", UNKNOWN, "later"))
    assert [item.finding for item in step.to_collect] == ["chain-gauge"]


def test_why_names_the_contradiction(certain_engine: Engine, ask: Ask, understood: Understood) -> None:
    step = ask(understood("chain-skips", findings=GAUGE), ("chain-gauge", "stays-out"))
    why = certain_engine.why(step)
    assert why.kind == "contradiction"
    assert why.text == step.conflicts[0].text
