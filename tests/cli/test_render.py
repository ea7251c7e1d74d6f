"""Pages about steps and explanations, from objects made by hand."""

from __future__ import annotations

from dataclasses import replace

from syncsage import Engine
from syncsage.explanation import (
    Ceiling,
    Difference,
    Effect,
    Explanation,
    Factor,
    Facts,
    Favour,
    Favoured,
    Known,
    Move,
    NotKnown,
    Origin,
    Reason,
    Requirement,
    RuleState,
    WhatIf,
    Why,
    WhyNot,
)
from syncsage.observing.model import CodeHit, Match, Observation, Span
from syncsage.reasoning.model import Trace
from syncsage.session import Event, Gone, Outcome, Replay
from syncsage.session.events import numbered
from syncsage.step import Ground, Instruction, Next, Option, ProcedureView, RankedCause, Step
from syncsage_cli.render import changes, explain, reasons, step
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


SOURCE = "The handbook, “Drums”"
NEEDED = Requirement("skin", "Is the skin whole?", ("no",), ("no",), False, None, "no_access")
PROVING = RuleState("torn", "confirm", "not-evaluated", "“The drum” is proven", "drum", "", (), (NEEDED,), (), ())
LOW = Reason(
    number="1",
    kind="for",
    text="Is the tone low: yes",
    finding="tone",
    value="low",
    weight="always",
    rule="support/drum/tone=low",
    because="A loose drum is low.",
    origin=Origin("answer", 3),
    effect=Effect("possible", 0.3),
    sources=(SOURCE,),
    below=(
        Reason("1.1", "answer", "Is the tone low: yes", origin=Origin("answer", 3)),
        Reason("1.2", "line", "Is it loud: yes", origin=Origin("line", 1, 4, 5, "so loud\nand low")),
    ),
)
DUST = Reason("2", "against", "Is there dust: yes", expected="no", origin=Origin("line", None, 3, 3, "dust"))
ASKED = Reason("3", "unknown", "Is the skin whole?", not_known="later")
HOW = Explanation(
    "drum", "The drum is loose", "likely", 0.7, 1, "It rattles.", Ceiling("likely", (NEEDED,)), (SOURCE,),
    (LOW, DUST, ASKED),
)  # fmt: skip


def test_how_a_cause_stands() -> None:
    assert shown(explain.how(HOW, "1")) == (
        "The drum is loose  likely\n"
        "  It rattles.\n"
        "  It cannot be more than likely until its fix has worked, or this is known: Is\n"
        "  the skin whole: no  (no access).\n"
        "\n"
        "For it\n"
        "  1.1  Is the tone low: yes  (a strong sign, your answer 3, without it:\n"
        "       possible)\n"
        "\n"
        "Against it\n"
        "  1.2  Is there dust: yes  (it would rather be: no, line 3)\n"
        "\n"
        "Not known yet\n"
        "  1.3  Is the skin whole?  (later)\n"
        "\n"
        "  Source: The handbook, “Drums”\n"
        "\n"
        "how 1.1 shows what that rests on.\n"
    )


def test_how_sure_a_cause_can_become() -> None:
    assert explain.ceiling(Ceiling("confirmed", (NEEDED,))) == (
        "It would be proven by: Is the skin whole: no  (no access)."
    )
    assert explain.ceiling(Ceiling("likely", ())) == "It cannot be more than likely until its fix has worked."


def test_what_a_reason_rests_on() -> None:
    assert shown(reasons.reason(HOW, LOW, "1")) == (
        "1.1  Is the tone low: yes\n"
        "  Cause    The drum is loose (likely)\n"
        "  Rule     support/drum/tone=low\n"
        "  Because  A loose drum is low.\n"
        "  Weight   a strong sign\n"
        "  Without  possible\n"
        "\n"
        "It rests on\n"
        "  1.1.1  Is the tone low: yes  (your answer 3)\n"
        "  1.1.2  Is it loud: yes  (lines 4-5 of text 1)\n"
        "\n"
        "  Source: The handbook, “Drums”\n"
    )
    assert shown(reasons.reason(HOW, LOW.below[0], "1")) == (
        "1.1.1  Is the tone low: yes\n"
        "  You answered that. To answer anew: change 3\n"
        "  Cause  The drum is loose (likely)\n"
    )
    assert shown(reasons.reason(HOW, LOW.below[1], "1")) == (
        "1.1.2  Is it loud: yes\n"
        "  Lines 4-5 of text 1:\n"
        "    so loud\n"
        "    and low\n"
        "  Cause  The drum is loose (likely)\n"
    )


def test_where_facts_come_from() -> None:
    assert [
        reasons.origin(Origin("answer")),
        reasons.origin(Origin("beforehand", 2)),
        reasons.origin(Origin("rule", rule="r")),
        reasons.origin(Origin("line", 2)),
        reasons.origin(Origin("line")),
        reasons.origin(None),
    ] == ["your answer", "known beforehand", "rule r", "text 2", "the text", ""]


def test_why_a_question_comes_next() -> None:
    causes = (Favoured("a", "A", 0.2, 0.5), Favoured("b", "B", 0.2, 0.4))
    answer = Why(
        "discriminate",
        "It splits two.",
        (
            Favour(Option("y", "yes"), causes),
            Favour(Option("n", "no"), ()),
            Favour(Option("s", "sometimes"), causes),
        ),
        (PROVING,),
    )
    assert shown(explain.why(answer)) == (
        "Why this  to tell the causes apart\n"
        "It splits two.\n"
        "  If: yes / sometimes\n"
        "      speaks for: A; B\n"
        "\n"
        "Rules that wait for it\n"
        "  - “The drum” is proven, if: no\n"
    )


def test_why_not_another_cause(engine: Engine) -> None:
    factors = (Factor("Is the tone low: yes", 4.0), Factor("how common they are", 0.5))
    title = "The chain has run dry"
    answer = WhyNot(
        "chain-dry", title, "Less probable.", None, (PROVING,), NEEDED, 2, ("chain-worn",), 2.0, factors
    )  # fmt: skip
    assert shown(explain.why_not(answer, engine.kb)) == (
        "Why not: The chain has run dry\n"
        "Less probable.\n"
        "\n"
        "What the lead comes from\n"
        "  x 4.0  Is the tone low: yes\n"
        "  / 2.0  how common they are\n"
        "\n"
        "The first thing missing\n"
        "  Is the skin whole: no  (no access)\n"
        "  Then: “The drum” is proven  (rule torn)\n"
        "\n"
        "Ahead of it\n"
        "  - The chain is worn\n"
    )


MOVED = (
    Move("drum", "The drum is loose", "possible", "likely", 0.4, 0.8),
    Move("skin", "The skin is torn", None, "possible", 0.0, 0.1),
    Move("stick", "The stick is broken", "possible", "possible", 0.4, 0.2),
)


def test_what_an_answer_would_move() -> None:
    answer = Difference(MOVED, ("A noise",), ("A rattle",), "Before?", "Which?", False)
    assert shown(explain.what_if("Low?", "yes", WhatIf(a_step(DRUM, ask=WHICH), answer))) == (
        "What if  Low? yes\n"
        "  possible -> likely        The drum is loose\n"
        "  no candidate -> possible  The skin is torn\n"
        "  possible, less            The stick is broken\n"
        "  Recognised would be: A rattle\n"
        "\n"
        "Then I would come to: Which?\n"
    )
    same = Difference((), (), (), "Which?", "Which?", True)
    assert shown(explain.what_if("Low?", "yes", WhatIf(a_step(), same))) == (
        "What if  Low? yes\n  Nothing would move.\n"
    )


def test_what_is_known_and_where_from() -> None:
    known = Known("oil", "Is there oil?", "yes", "yes", Origin("answer", 2))
    unknown = NotKnown("skin", "Is the skin whole?", "not_applicable", 4, "Look.")
    assert shown(explain.facts(Facts((known,), (unknown,)))) == (
        "What is known\n"
        "   1  Is there oil: yes  (your answer 2)\n"
        "\n"
        "Not known\n"
        "  - Is the skin whole?  (does not apply)\n"
    )
    assert shown(explain.facts(Facts((), ()))) == "Nothing is known yet.\n"


def test_what_became_of_rules() -> None:
    negated = Requirement("oil", "Is there oil?", ("yes",), ("yes",), True, "yes", None)
    fired = RuleState("f", "derive", "fired", "It is late", "late", "", ("The sun: down",), (), (), ())
    false = RuleState("n", "exclude", "not-met", "“The skin” is ruled out", "skin", "", (), (), (negated,), ())
    assert shown(explain.rules([false, PROVING, fired])) == (
        "Rules that fired\n"
        "  - It is late\n"
        "    f\n"
        "    on: The sun: down\n"
        "\n"
        "Not evaluated: an input is missing, which is not the same as false\n"
        "  - “The drum” is proven\n"
        "    torn\n"
        "    requires: Is the skin whole: no  (no access)\n"
        "\n"
        "False\n"
        "  - “The skin” is ruled out\n"
        "    n\n"
        "    would need: Is there oil: anything but yes\n"
    )
    assert shown(explain.rules([])) == "No rule speaks of what is known so far.\n"


def test_what_was_said(engine: Engine) -> None:
    events = numbered([
        Event("told", text="a line"),
        Event("told", text="two\nlines"),
        Event("answered", "chain-oiled", "no"),
        Event("answered", "chain-gauge", "unknown", "no_access"),
        Event("answered", "problem", "chain-skips"),
        Event("answered", "problem", "none"),
        Event("tried", "fix:chain-worn", "failed"),
    ])  # fmt: skip
    assert shown(changes.said(events, engine.kb)) == (
        "What you said\n"
        "  1  a line: a line\n"
        "  2  2 lines: two lines\n"
        "  3  Is there oil on the chain? no, it is dry or rusty\n"
        "  4  Does a chain gauge drop in at the mark 0.75? Not known: no access\n"
        "  5  Which of these comes closest? The chain skips  (replaced by 6)\n"
        "  6  Which of these comes closest? none\n"
        "  7  Fit a new chain: failed\n"
        "\n"
        "change N ANSWER answers number N anew, back N takes it back.\n"
    )


def test_what_became_of_a_kept_interview() -> None:
    then = Outcome("strong", ("a",), (), "tone", None)
    replay = Replay("1", "2", "k-1", "k-2", 3, (Gone(2, "dust", "yes", "no finding 'dust'"),), then,
                    replace(then, next=None), MOVED[:1], same=False)  # fmt: skip
    assert shown(changes.replayed(replay, {"tone": "Is the tone low?"})) == (
        "Replayed  3 events\n"
        "  knowledge  k-1 -> k-2\n"
        "  engine     1 -> 2\n"
        "\n"
        "Answers that no longer exist and count as not given\n"
        "  2  dust = yes: no finding 'dust'\n"
        "\n"
        "What moved\n"
        "  possible -> likely  The drum is loose\n"
        "\n"
        "What comes next\n"
        "  then  Is the tone low?\n"
        "  now   nothing\n"
    )
    same = replace(replay, knowledge_before="k-2", gone=(), moved=(), events=1, same=True)
    assert shown(changes.replayed(same, {})) == (
        "Replayed  1 event\n  knowledge  k-2 (the same)\n  engine     1 -> 2\n\nIt comes to the same.\n"
    )
    unknown = replace(replay, before=None, knowledge_before="", gone=())
    assert shown(changes.replayed(unknown, {})).endswith(
        "knowledge  not kept -> k-2\n  engine     1 -> 2\n\nWhere it stood then was not kept.\n"
    )
