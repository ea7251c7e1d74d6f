"""Pages about steps and explanations, from objects made by hand."""

from __future__ import annotations

from syncsage import Engine
from syncsage.explanation import Explanation, Favour, Move, WhatIf, Why, WhyNot
from syncsage.observing.model import CodeHit, Match, Observation, Span
from syncsage.reasoning.model import Trace
from syncsage.step import Ground, Instruction, Next, Option, ProcedureView, RankedCause, Step, ToCollect
from syncsage_cli.render import explain, step
from syncsage_cli.render.page import Block, paint
from syncsage_cli.render.procedure import minutes, procedure

GROUND = Ground("tone", "low", "Is the tone low?: yes", "support/drum/tone=low", "always", "answer")
AGAINST = Ground("dust", "yes", "Is there dust?: yes", "gate/drum/dust", "exclude", "pasted line 3")
DRUM = RankedCause("drum", "The drum is loose", "likely", 0.7, False, (GROUND,), (), ("skin",))
SKIN = RankedCause("skin", "The skin is torn", "ruled out", 0.0, False, (), (AGAINST,), (), AGAINST)
STICK = RankedCause("stick", "The stick is broken", "possible", 0.3, False, (), (), ())
TUNE = ProcedureView(
    id="tune",
    title="Tune it",
    kind="fix",
    minutes=120,
    risk="medium",
    needs=("key",),
    steps=(Instruction("Turn the key.", "It sounds higher.", "tune --up\ntune --down"),),
    notes=("Not too tight.",),
    undo="Turn it back.",
    sources=(),
    others=(("In winter", (Instruction("Warm it first."),)),),
)


def shown(blocks: list[Block]) -> str:
    return paint(blocks, width=80, colour=False)


def a_step(
    *causes: RankedCause,
    problems: tuple[Match, ...] = (),
    ask: Next | None = None,
    observations: tuple[Observation, ...] = (),
) -> Step:
    trace = Trace((), ())
    return Step("weak", problems, (), causes, ask, False, None, (), observations, ("Advice.",), (TUNE,), "v", 0, trace)


def match(id_: str, *, level: str = "strong", by: str = "lexical") -> Match:
    return Match(id_, f"Problem {id_}", 0.9, level, "full", by, Span(2, 2), "the words")  # type: ignore[arg-type]


WHICH = Next("question", "problem", "Which?", (Option("a", "A"),), "", 0.5, "none", "")


def test_a_procedure_with_all_its_parts() -> None:
    assert shown(procedure(TUNE, label="Fix")) == (
        "Fix: Tune it\n"
        "about 2 h · some risk · needs key\n"
        "   1  Turn the key.\n"
        "          tune --up\n"
        "          tune --down\n"
        "      Expect: It sounds higher.\n"
        "\n"
        "In winter\n"
        "   1  Warm it first.\n"
        "\n"
        "  - Not too tight.\n"
        "\n"
        "  To undo: Turn it back.\n"
    )


def test_other_versions_may_only_be_named() -> None:
    page = shown(procedure(TUNE, variants=False))
    assert "steps all shows other versions too: In winter\n" in page
    assert "Warm it first." not in page


def test_durations_as_people_say_them() -> None:
    assert [minutes(value) for value in (0.5, 5, 60, 90)] == ["0.5 min", "5 min", "60 min", "1.5 h"]


def test_several_problems_and_their_causes() -> None:
    state = a_step(DRUM, SKIN, STICK, problems=(match("a"), match("b"), match("c", level="weak")))
    assert shown(step.recognised(state)) == (
        "Recognised: Problem a  nearly certain\n  line 2: the words\n  Also: Problem b (nearly certain)\nAdvice.\n"
    )
    assert (
        shown(step.causes(state, limit=1)) == "\nWhat it may come from\n  1  likely  The drum is loose\n  and 1 more\n"
    )
    assert shown(step.causes(state, limit=None)) == (
        "\nWhat it may come from\n"
        "  1  likely     The drum is loose\n"
        "  2  possible   The stick is broken\n"
        "  3  ruled out  The skin is torn\n"
    )


def test_what_was_shown_before_is_not_shown_again() -> None:
    page = shown(step.recognised(a_step(problems=(match("a"), match("b"))), known={"a"}))
    assert page == "Recognised: Problem b  nearly certain\n  line 2: the words\n"


def test_a_guess_and_a_choice_are_called_so() -> None:
    assert shown(step.recognised(a_step(problems=(match("a", level="weak"),)))).startswith(
        "It may be: Problem a  a guess\n"
    )
    assert "your choice" in shown(step.recognised(a_step(problems=(match("a", by="picked"),))))


def test_while_the_problem_is_open_nothing_is_claimed() -> None:
    state = a_step(DRUM, STICK, problems=(match("a", level="weak"), match("b", level="weak")), ask=WHICH)
    assert shown(step.recognised(state)) == "I am not sure what this is.\n"
    assert step.causes(state) == []
    assert step.procedures(state) == []


def test_codes_are_named_once() -> None:
    hits = [
        CodeHit("E1", "k", "First", Span(1, 1)),
        CodeHit("E1", "k", "First", Span(4, 4)),
        CodeHit("E22", "k", "Second", Span(2, 2)),
    ]
    assert shown(step.codes(hits)) == "\nCodes in it\n  E1   First\n  E22  Second\n"
    assert step.codes([]) == []


def test_a_code_is_named_as_the_text_prints_its_number() -> None:
    hits = [
        CodeHit("53", "k", "First", Span(1, 1), "0x80070035"),
        CodeHit("0x80072EE7", "k", "Second", Span(2, 2), "-2147012889"),
        CodeHit("7", "k", "Third", Span(3, 3), "the door is locked"),
    ]
    assert shown(step.codes(hits)) == "\nCodes in it\n  0x80070035  First\n  0x80072EE7  Second\n  7           Third\n"


def test_things_to_collect() -> None:
    state = a_step()
    assert step.to_collect(state) == []


def test_how_a_cause_stands() -> None:
    answer = Explanation(
        "drum", "The drum is loose", "likely", 0.7, "It rattles.", ("A noise",), (GROUND,), (AGAINST,),
        (ToCollect("skin", "Is the skin whole?", "Look."),), None, ("The handbook, “Drums”",),
    )  # fmt: skip
    assert shown(explain.how(answer)) == (
        "The drum is loose  likely\n"
        "  It rattles.\n"
        "  Considered because of: A noise\n"
        "\n"
        "For it\n"
        "  - Is the tone low?: yes  (a strong sign, your answer)\n"
        "\n"
        "Against it\n"
        "  - Is there dust?: yes  (rules it out, pasted line 3)\n"
        "\n"
        "Not known yet\n"
        "  - Is the skin whole?\n"
        "\n"
        "  Source: The handbook, “Drums”\n"
    )


def test_how_a_cause_was_ruled_out() -> None:
    answer = Explanation("skin", "The skin is torn", "ruled out", 0.0, "", (), (), (), (), AGAINST, ())
    assert shown(explain.how(answer)) == (
        "The skin is torn  ruled out\n\nRuled out by\n  - Is there dust?: yes  (rules it out, pasted line 3)\n"
    )


def test_why_a_question_comes_next() -> None:
    answer = Why(
        "discriminate", "It splits two.", (Favour(Option("y", "yes"), ("A", "B")), Favour(Option("n", "no"), ()))
    )
    assert shown(explain.why(answer)) == (
        "Why this  to tell the causes apart\nIt splits two.\n  If: yes\n      speaks for: A; B\n"
    )


def test_why_not_another_cause(engine: Engine) -> None:
    answer = WhyNot("chain-dry", "The chain has run dry", "Less probable.", None, ("chain-oiled",), 2, ("chain-worn",))
    assert shown(explain.why_not(answer, engine.kb)) == (
        "Why not: The chain has run dry\n"
        "Less probable.\n"
        "\n"
        "What would speak for it\n"
        "  - Is there oil on the chain?\n"
        "\n"
        "Ahead of it\n"
        "  - The chain is worn\n"
    )


def test_what_an_answer_would_move() -> None:
    moved = (
        Move("drum", "The drum is loose", "possible", "likely", 0.4, 0.8),
        Move("skin", "The skin is torn", None, "possible", 0.0, 0.1),
        Move("stick", "The stick is broken", "possible", "possible", 0.4, 0.2),
    )
    assert shown(explain.what_if("Low?", "yes", WhatIf(a_step(DRUM, ask=WHICH), moved))) == (
        "What if  Low? yes\n"
        "  possible -> likely        The drum is loose\n"
        "  no candidate -> possible  The skin is torn\n"
        "  possible, less            The stick is broken\n"
        "\n"
        "Then I would come to: Which?\n"
    )
    assert shown(explain.what_if("Low?", "yes", WhatIf(a_step(), ()))) == "What if  Low? yes\n  Nothing would move.\n"


def test_what_is_known_and_where_from(engine: Engine) -> None:
    observations = (
        Observation("bike-type", "e-bike", "derived", None, "display-means-e-bike"),
        Observation("chain-oiled", "yes", "answer"),
        Observation("noise-when", "braking", "exact", Span(4, 5), "while braking"),
    )
    assert shown(explain.facts(a_step(observations=observations), engine.kb)) == (
        "What is known\n"
        "   1  Does the bicycle have a motor: yes, it is an e-bike  (rule\n"
        "      display-means-e-bike)\n"
        "   2  Is there oil on the chain: yes  (you said so)\n"
        "   3  When do you hear it: while braking  (line 4)\n"
    )
    assert shown(explain.facts(a_step(), engine.kb)) == "Nothing is known yet.\n"
