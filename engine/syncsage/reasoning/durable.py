"""The default matcher: durable_rules, strictly inside the subset in which it was measured to be exact.

The engine sees neither texts nor ids: a finding is the attribute ``f3``, a value is ``v1`` (or ``v`` where no
rule names it), so quotes, lengths and scripts cannot matter. A ruleset is registered when a fact first wakes
it, and a state lives no longer than one call: no truth maintenance, no state kept alive, no thread.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import threading
import weakref
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import count, groupby
from typing import Any, Final

from syncsage.reasoning.chain import chain
from syncsage.reasoning.limits import check_ruleset, divide
from syncsage.reasoning.model import Fact, Firing, Rule, RuleMatcher, Rules, Test, Trace
from syncsage.reasoning.rulebook import RuleList

#: Rules of several findings may share a ruleset up to about this many. Small rulesets cost the least at a cold
#: start, because few of them wake; once all are registered the size makes no difference (1 to 900 tried).
RULESET_SIZE: Final = 1

#: What an action appends: a rule id, and the ids of the facts that met its conditions, in their order.
_Log = list[tuple[str, tuple[str, ...]]]


class _Ruleset:
    """A few rules in the words of the engine.

    Attributes:
        findings: Everything the rules test.
        name: A name that belongs to this content alone; the engine registers a name once.
    """

    def __init__(self, rules: Sequence[Rule], log: _Log) -> None:
        check_ruleset(rules)
        self._rules = rules
        self._log = log
        self._words = _words(rules)
        self.findings = self._words.keys()
        content = json.dumps([[rule.id, self._conditions(rule)] for rule in rules] + [self._words])
        self.name = hashlib.sha256(content.encode()).hexdigest()[:32]

    def definition(self) -> dict[str, dict[str, object]]:
        """Return a fresh definition: the engine takes what it is given apart.

        Its rule ``open`` does nothing; the fact that fires it makes sure that there is a state to delete.
        """
        definition: dict[str, dict[str, object]] = {"open": {"all": [{"c0": {"a": "open"}}], "run": _idle}}
        for number, rule in enumerate(self._rules):
            run = _recorder(self._log, rule)
            definition[f"r{number}"] = {"all": self._conditions(rule), "dist": 0, "run": run}
        return definition

    def message(self, fact: Fact, number: str) -> dict[str, str]:
        """Return ``fact`` in the words of the engine, under the id ``number``."""
        attribute, values = self._words[fact.finding]
        return {"a": attribute, "s": values.get(fact.value, "v"), "id": number}

    def _conditions(self, rule: Rule) -> list[dict[str, object]]:
        return [{f"c{place}": self._condition(test)} for place, test in enumerate(rule.tests)]

    def _condition(self, test: Test) -> dict[str, object]:
        attribute, values = self._words[test.finding]
        equal = {"s": values[test.value]}
        return {"$and": [{"a": attribute}, {"$neq": equal} if test.negated else equal]}


def _words(rules: Iterable[Rule]) -> dict[str, tuple[str, dict[str, str]]]:
    """Give every finding an attribute, and every value that is tested a word."""
    words: dict[str, tuple[str, dict[str, str]]] = {}
    for rule in rules:
        for test in rule.tests:
            _, values = words.setdefault(test.finding, (f"f{len(words)}", {}))
            values.setdefault(test.value, f"v{len(values)}")
    return words


def _idle(_context: object) -> None:
    """Do nothing."""


def _recorder(log: _Log, rule: Rule) -> Callable[[Any], None]:
    places = [f"c{place}" for place in range(len(rule.tests))]

    def record(context: Any) -> None:
        log.append((rule.id, tuple(getattr(context, place).id for place in places)))

    return record


class _Host:
    """The engine behind a lock: rulesets are registered once, states live inside `states`."""

    def __init__(self) -> None:
        engine: Any = importlib.import_module("durable.engine")
        # Its own host starts two threads that would run actions beside ours.
        self._host: Any = type("QuietHost", (engine.Host,), {"_run": lambda _self: None})()
        self._expected = (engine.MessageNotHandledException, engine.MessageObservedException)
        self._registered: set[str] = set()
        self._open: set[str] = set()
        self._calls = count(1)
        self._sid = ""
        weakref.finalize(self, _give_back, self._host).atexit = False

    @contextmanager
    def states(self) -> Generator[None]:
        """Delete in the end every state that was opened inside."""
        # A name of its own keeps this call clear of a state that an interrupted call may have left behind.
        self._sid = str(next(self._calls))
        try:
            yield
        finally:
            while self._open:
                self._host.delete_state(self._open.pop(), self._sid)

    def tell(self, ruleset: _Ruleset, messages: Iterable[Mapping[str, str]]) -> None:
        """Assert ``messages`` one by one, in the state that ``ruleset`` has or is given now.

        Raises:
            RuntimeError: An action failed; the engine would keep that to itself.
        """
        if ruleset.name not in self._open:
            self._give_state(ruleset)
        for message in messages:
            # A fact that no rule tests is not an error, and neither is one that is there already.
            with suppress(*self._expected):
                self._host.assert_fact(ruleset.name, {**message, "sid": self._sid})
        if failure := self._host.get_state(ruleset.name, self._sid).get("exception"):
            raise RuntimeError(f"an action of the rule engine failed: {failure}")

    def _give_state(self, ruleset: _Ruleset) -> None:
        if ruleset.name not in self._registered:
            self._host.set_rulesets({ruleset.name: ruleset.definition()})
            self._registered.add(ruleset.name)
        self._host.assert_fact(ruleset.name, {"a": "open", "id": "open", "sid": self._sid})
        self._open.add(ruleset.name)


def _give_back(host: Any) -> None:
    """Free the rulesets of ``host``: about 9 MB for 1,000 rules that were all awake once."""
    engine: Any = importlib.import_module("durable_rules_engine")
    # The library offers no way to the handles but its own lists.
    for ruleset in host._ruleset_list:
        engine.delete_ruleset(ruleset._handle)


class _Pack:
    """Rules that wake together, and their rulesets once they did: usually one."""

    def __init__(self, rules: Sequence[Rule], log: _Log) -> None:
        self._rules = rules
        self._log = log
        self.anchors = frozenset(rule.tests[0].finding for rule in rules)

    @cached_property
    def rulesets(self) -> tuple[_Ruleset, ...]:
        """The rules, divided so that every limit is kept."""
        return tuple(_Ruleset(rules, self._log) for rules in divide(self._rules))


def _packs(rules: Iterable[Rule], size: int, log: _Log) -> Iterator[_Pack]:
    """Put rules with one first finding together, and such groups into packs of at least ``size`` rules."""
    pack: list[Rule] = []
    for _, group in groupby(sorted(rules, key=lambda rule: (_anchor(rule), rule.id)), _anchor):
        pack += group
        if len(pack) >= size:
            yield _Pack(pack, log)
            pack = []
    if pack:
        yield _Pack(pack, log)


def _anchor(rule: Rule) -> str:
    return rule.tests[0].finding


class DurableMatcher(RuleMatcher):
    """Forward chaining by the Rete network of durable_rules. Threads may share a matcher; they take turns."""

    name = "durable_rules"

    def __init__(self, rules: Rules | Iterable[Rule], *, ruleset_size: int = RULESET_SIZE) -> None:
        """Take ``rules``; nothing is compiled before a fact needs it.

        Args:
            rules: Rules with unique ids.
            ruleset_size: Of rules that are all there, so many may share a ruleset with those of other findings; more
                than one is for trying the limits.

        Raises:
            ImportError: durable_rules is not installed, or does not run here.
            RuleLimitError: A rule is outside the safe subset; the message names it.
        """
        self._host = _Host()
        self._rules = rules if isinstance(rules, Rules) else RuleList(rules)
        self._log: _Log = []
        self._packs: dict[str, _Pack | None] = {}
        if isinstance(self._rules, RuleList) and ruleset_size > 1:
            for pack in _packs(self._rules.values(), ruleset_size, self._log):
                self._packs |= dict.fromkeys(pack.anchors, pack)
        self._lock = threading.Lock()

    def match(self, facts: Iterable[Fact]) -> Trace:
        """Chain forward from ``facts``; see `RuleMatcher.match`.

        Raises:
            EvidenceError: Two values were given for one finding.
            RuntimeError: An action of the engine failed.
        """
        told: list[Fact] = []
        numbers: dict[str, int] = {}

        def fire(fresh: Sequence[Fact]) -> list[Firing]:
            self._log.clear()
            numbers.update({fact.finding: len(told) + place for place, fact in enumerate(fresh)})
            told.extend(fresh)
            for ruleset, findings in self._touched({fact.finding for fact in fresh}, numbers.keys()):
                untold = sorted(numbers[finding] for finding in findings)
                self._host.tell(ruleset, [ruleset.message(told[number], str(number)) for number in untold])
            return [Firing(rule, tuple(told[int(number)] for number in met)) for rule, met in self._log]

        with self._lock, self._host.states():
            return chain(self._rules, facts, fire)

    def _touched(self, fresh: Set[str], known: Set[str]) -> Iterator[tuple[_Ruleset, Set[str]]]:
        """Yield the rulesets that are awake, with the findings of theirs that they have not been told."""
        before = known - fresh
        packs = {id(pack): pack for pack in map(self._pack, sorted(known)) if pack is not None}
        for pack in packs.values():
            untold = known if pack.anchors.isdisjoint(before) else fresh
            for ruleset in pack.rulesets:
                if news := ruleset.findings & untold:
                    yield ruleset, news

    def _pack(self, finding: str) -> _Pack | None:
        """Return the rules that wake with ``finding``, if there are any."""
        if finding not in self._packs:
            rules = [rule for rule in self._rules.about(finding) if _anchor(rule) == finding]
            self._packs[finding] = _Pack(rules, self._log) if rules else None
        return self._packs[finding]
