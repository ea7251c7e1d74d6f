"""What only the durable_rules adapter owes: no thread, no state, no memory left behind, and a stand-in."""

from __future__ import annotations

import importlib
import sys
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from syncsage.reasoning import default_matcher, matcher_name
from syncsage.reasoning.durable import DurableMatcher
from syncsage.reasoning.model import Conclusion, Fact, Rule, RuleMatcher, Test
from syncsage.reasoning.python import PythonMatcher

durable_engine: Any = importlib.import_module("durable.engine")
core: Any = importlib.import_module("durable_rules_engine")


def support(rule_id: str, *tests: Test) -> Rule:
    return Rule(rule_id, "support", tests, Conclusion("support", "cause", "likely"))


def fired(matcher: RuleMatcher, *facts: Fact) -> list[str]:
    return [firing.rule for firing in matcher.match(facts).firings]


def test_matching_starts_no_thread() -> None:
    before = threading.active_count()
    fired(DurableMatcher([support("r", Test("x", "1"))]), Fact("x", "1"))
    assert threading.active_count() == before


def test_states_do_not_pile_up() -> None:
    """The engine holds 1,024 states of a ruleset at most."""
    rules = [support("r", Test("x", "1")), support("s", Test("x", "2", negated=True))]
    matcher, twin = DurableMatcher(rules), PythonMatcher(rules)
    cases = [[Fact("x", str(n % 4)), Fact("z", str(n))] for n in range(3_000)]
    assert [matcher.match(case) for case in cases] == [twin.match(case) for case in cases]


def test_durable_rules_is_the_default() -> None:
    assert isinstance(default_matcher([]), DurableMatcher)
    assert matcher_name() == "durable_rules"


@pytest.mark.parametrize("module", ["durable", "durable.engine", "durable_rules_engine"])
def test_the_plain_matcher_steps_in(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "durable"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    matcher = default_matcher(iter([support("r", Test("x", "1"))]))
    assert isinstance(matcher, PythonMatcher)
    assert fired(matcher, Fact("x", "1")) == ["r"]
    assert matcher_name() == "python"


def use_host(monkeypatch: pytest.MonkeyPatch, **methods: object) -> None:
    """Let the matcher find the real engine with another host."""
    names = ("MessageNotHandledException", "MessageObservedException")
    host = type("OtherHost", (durable_engine.Host,), methods)
    fake = SimpleNamespace(Host=host, **{name: getattr(durable_engine, name) for name in names})
    monkeypatch.setitem(sys.modules, "durable.engine", fake)


def test_a_failing_action_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_context: object) -> None:
        raise ZeroDivisionError("broken action")

    def set_rulesets(host: Any, definitions: dict[str, dict[str, dict[str, object]]]) -> None:
        broken = {
            name: {rule: body if rule == "open" else {**body, "run": fail} for rule, body in rules.items()}
            for name, rules in definitions.items()
        }
        durable_engine.Host.set_rulesets(host, broken)

    use_host(monkeypatch, set_rulesets=set_rulesets)
    matcher = DurableMatcher([support("r", Test("x", "1"))])
    with pytest.raises(RuntimeError, match="broken action"):
        matcher.match([Fact("x", "1")])
    assert fired(matcher, Fact("x", "2")) == []


def test_rulesets_are_freed_with_their_matcher(monkeypatch: pytest.MonkeyPatch) -> None:
    handles: list[int] = []

    def set_rulesets(host: Any, definitions: dict[str, object]) -> None:
        durable_engine.Host.set_rulesets(host, definitions)
        handles.extend(host.get_ruleset(name)._handle for name in definitions)

    use_host(monkeypatch, set_rulesets=set_rulesets)
    matcher = DurableMatcher([support("r", Test("x", "1")), support("s", Test("y", "1"))], ruleset_size=1)
    fired(matcher, Fact("x", "1"), Fact("y", "1"))

    def complaint(handle: int) -> str:
        with pytest.raises(core.error) as caught:
            core.get_facts(handle, "no such state")
        return str(caught.value)[-3:]

    unknown_state, unknown_ruleset = "309", "111"
    assert [complaint(handle) for handle in handles] == [unknown_state] * 2
    del matcher
    assert [complaint(handle) for handle in handles] == [unknown_ruleset] * 2
