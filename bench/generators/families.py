"""Families of made-up entries, in the proportions of a real knowledge base.

Entries come in families of ten problems around one made-up component: seven with causes, two that only point
somewhere, one outside the field. A family has seven causes, fifteen procedures, twelve findings, twenty-two rules and
up to eleven codes. Vocabulary grows with size: every family brings names of its own beside words that all share. The
same size gives the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

PROBLEMS = 10
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
PARTS = "broker gateway scheduler mailbox adapter listener registry spooler resolver collector mirror".split()
_THINGS = "queue certificate account folder index lease token channel driver table socket profile policy quota".split()
_TROUBLES = "refuses stops drops loses rejects skips delays repeats ignores blocks corrupts forgets".split()
_TIMES = "after the restart|since yesterday|every night|under load|after an update|for some users|at random".split("|")
_MOODS = "how do i fix it|nothing helped so far|it worked last week|users complain|no idea where to look".split("|")
_WORDS = (
    "server client request answer limit owner window report remote local second backup network address version memory "
    "disk entry change secure shared empty missing wrong slow early late open closed active waiting broken renewed "
    "upper lower inner outer first final daily weekly manual hidden public private virtual single double spare"
).split()
_VALUES = ("yes", "no")
_SOURCE = "[{document: handbook, section: Parts}]"


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts about one problem of a family: its message word for word, the same misspelt, and a complaint.

    ``problem`` has a certain signature, several causes and questions that tell them apart.
    """

    problem: str
    exact: str
    misspelt: str
    free: str


def word(number: int) -> str:
    """Return the made-up word of a number: pronounceable, different for each."""
    syllables: list[str] = []
    number += len(_CONSONANTS) * len(_VOWELS)
    while number:
        number, place = divmod(number, len(_CONSONANTS) * len(_VOWELS))
        syllables.append(_CONSONANTS[place // len(_VOWELS)] + _VOWELS[place % len(_VOWELS)])
    return "".join(syllables)


class Family:
    """The entries around one made-up component.

    Args:
        number: Its number; names and choices follow from it alone.
    """

    def __init__(self, number: int) -> None:
        self._dice = random.Random(number)  # noqa: S311 (no secret is made of it)
        self._number = number
        self._name = f"{word(2 * number)} {self._dice.choice(PARTS)}"
        self._other = word(2 * number + 1)
        self.id = self._name.replace(" ", "-")

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield name and text of the files that belong to this family alone: problems, causes, procedures."""
        for place in range(PROBLEMS):
            yield f"problems/{self.id}-{place}.yaml", self._problem(place)
            yield f"problems/{self.id}-{place}.test.yaml", self._problem_test(place)
        for place in range(7):
            yield f"causes/{self.id}-cause-{place}.yaml", self._cause(place)
            yield f"causes/{self.id}-cause-{place}.test.yaml", self._cause_test(place)
        for place in range(15):
            yield f"procedures/{self._procedure_id(place)}.yaml", self._procedure(place)

    def sample(self) -> Sample:
        """Return texts about the first problem."""
        message, trouble, thing = self._message(0), self._trouble(0), self._thing(0)
        return Sample(
            f"{self.id}-0",
            message,
            message.replace(self._other, f"{self._other[0]}x{self._other[1:]}").split(" Source")[0],
            f"our {self._name} {trouble} the {thing} since the {self._other} was renewed, users complain",
        )

    def findings(self) -> str:
        """Return the items of a file of findings."""
        return "".join(self._finding(place) for place in range(12))

    def rules(self) -> str:
        """Return the items of a file of rules."""
        return "".join(self._rule(place) for place in range(22))

    def codes(self) -> str:
        """Return the items of the file of codes."""
        return "".join(
            f'  - {{code: "{self._number * 11 + place + 20_000}", kind: {"event" if place % 2 else "status"}, '
            f"title: The {self._name} {self._trouble(place)} its {self._thing(place)}, "
            f"problems: [{self.id}-{place % 10}], sources: {_SOURCE}}}\n"
            for place in range(11)
        )

    def _thing(self, place: int) -> str:
        return (
            f"{_WORDS[(self._number * 7 + place * 5) % len(_WORDS)]} {_THINGS[(self._number + place) % len(_THINGS)]}"
        )

    def _trouble(self, place: int) -> str:
        return _TROUBLES[(self._number * 3 + place) % len(_TROUBLES)]

    def _message(self, place: int) -> str:
        method = f"{self._other.title()}{_THINGS[place % len(_THINGS)].title()}::Do{self._trouble(place).title()}"
        what = f"the {self._name} {self._trouble(place)} {self._thing(place)} {place}"
        return f"{self._other} failed: {what}. Source: {method}"

    def _problem(self, place: int) -> str:
        coverage = "full" if place < 7 else "pointer" if place < 9 else "outside"
        title = f"The {self._name} {self._trouble(place)} {self._thing(place)}"
        lines = [
            f"id: {self.id}-{place}",
            f"title: {title[:70]}",
            f"summary: The {self._name} of the {self._other} {self._trouble(place)} the {self._words(9)} too.",
            f"coverage: {coverage}",
        ]
        if place < 9:
            lines += ["signatures:", *self._signatures(place)]
        lines += ["phrasings:", *(f"  - {text}" for text in self._phrasings(place))]
        lines.append(f"samples: ['{self._name}: {self._words(3)} {self._trouble(place)} {self._number}-{place}']")
        if place < 7:
            lines.append(
                f"causes: [{', '.join(f'{self.id}-cause-{(place + i) % 7}' for i in range(1 + place % 3 + 1))}]"
            )
        else:
            lines.append(f"look: Look at the {self._words(2)} of the {self._other} {self._words(1)}.")
        return "\n".join([*lines, f"sources: {_SOURCE}", ""])

    def _signatures(self, place: int) -> Iterator[str]:
        message = self._message(place)
        method = message.partition("Source: ")[2]
        yield f"  - all: ['{self._other} failed', 'Source: {method}']"
        yield f"    level: {'exact' if place % 3 == 0 else 'strong'}"
        yield f"    samples: ['{message}']"
        if place % 2:
            number = self._number * 11 + place + 20_000
            yield f"  - all: ['\\bK{number}\\b', '(?:{self._trouble(place)}|refused) (?:the |a )?{self._thing(place)}']"
            yield "    level: strong"
            yield f"    samples: ['K{number} {self._trouble(place)} the {self._thing(place)}']"

    def _phrasings(self, place: int) -> Iterator[str]:
        for time, mood in zip(self._dice.sample(_TIMES, 4), self._dice.sample(_MOODS, 4), strict=True):
            yield f"{self._name} {self._trouble(place)} the {self._thing(place)} {time}, {mood}"
            yield f"{self._words(2)} {self._other} {self._thing(place)} {time}"

    def _problem_test(self, place: int) -> str:
        shown = "level: none" if place == 9 else f"problems: [{self.id}-{place}]"
        text = f"{self._name} {self._trouble(place)} the {self._thing(place)}" if place == 9 else self._message(place)
        return (
            f"- name: its own words\n  paste: '{text}'\n  {shown}\n"
            f"- name: others\n  paste: something else\n  must_not: [{self.id}-{place}]\n"
        )

    def _cause(self, place: int) -> str:
        rows = f'  {self.id}-f{place}: {{"yes": always, "no": never}}' + "".join(
            f'\n  {self.id}-f{7 + (place + i) % 5}: {{"{_VALUES[place // (i + 1) % 2]}": likely}}' for i in range(4)
        )
        return (
            f"id: {self.id}-cause-{place}\n"
            f"title: The {self._thing(place)} of the {self._name} is {self._words(1)} {place}\n"
            f"summary: Somebody changed the {self._words(2)}, and the {self._other} {self._words(1)} did not follow.\n"
            f"prior: {('rare', 'uncommon', 'common', 'very-common')[place % 4]}\nevidence:\n{rows}\n"
            f"fix: {self._procedure_id(place)}\nverify: {self._procedure_id(14)}\nsources: {_SOURCE}\n"
        )

    def _cause_test(self, place: int) -> str:
        given = f"given: {{problem: {self.id}-{place}, {self.id}-f{place}:"
        beside = f'{self.id}-f{7 + (7 + place) % 5}: "{_VALUES[(7 + place) % 2]}"'
        return (
            f'- name: seen\n  {given} "yes", {beside}}}\n  top: {self.id}-cause-{place}\n'
            f'- name: not seen\n  {given} "no"}}\n  not_top: {self.id}-cause-{place}\n'
        )

    def _procedure_id(self, place: int) -> str:
        return f"{self.id}-{_kind(place)}-{place}"

    def _procedure(self, place: int) -> str:
        steps = "".join(
            f"  - do: Open the {self._words(2)} of the {self._name} and look at the {self._thing(place)}.\n"
            f"    expect: It says {self._words(2)}.\n"
            for _ in range(4)
        )
        undo = f"undo: Put the {self._words(2)} back.\n" if _kind(place) == "fix" else ""
        return (
            f"id: {self._procedure_id(place)}\n"
            f"title: {_kind(place).title()} the {self._thing(place)} of the {self._name} {place}\n"
            f"kind: {_kind(place)}\n"
            f"minutes: {2 + place}\nrisk: {'low' if _kind(place) == 'fix' else 'none'}\nsteps:\n{steps}{undo}"
            f"sources: {_SOURCE}\n"
        )

    def _finding(self, place: int) -> str:
        check = f"  check: {self._procedure_id(7 + place)}\n" if place < 7 else ""
        seen = f"{self._other} {self._thing(place)}"
        derive = "".join(
            f"    - {{all: ['{seen}', '(?:is|was) {state}\\b'], none: [], value: \"{value}\", "
            f"samples: ['{seen} is {state}']}}\n"
            for value, state in zip(_VALUES, ("present", "absent"), strict=True)
        )
        return (
            f"- id: {self.id}-f{place}\n"
            f"  ask: Does the {self._name} show the {self._thing(place)} {self._words(2)} {place}?\n"
            f'  choices: {{"yes": yes it does, "no": no it does not}}\n'
            f"  help: Open the {self._words(2)} of the {self._other} and read the {self._thing(place)}.\n{check}"
            f"  minutes: {1 + place % 4}\n  knowable: {('easy', 'usual', 'hard')[place % 3]}\n  derive:\n{derive}"
            f"  sources: {_SOURCE}\n"
        )

    def _rule(self, place: int) -> str:
        own, cause = f"{self.id}-f{place % 7}", f"{self.id}-cause-{place % 7}"
        beside = f', {self.id}-f{7 + place % 5}: "{_VALUES[place % 2]}"'
        if place < 7:
            when, then = f'{own}: "no"', f"{{exclude: {cause}}}"
        elif place < 14:
            when, then = f'{own}: "yes"{beside}', f"{{confirm: {cause}}}"
        else:
            when, then = f'{own}: "yes"', f'{{set: {{{self.id}-f{7 + place % 5}: "{_VALUES[place % 2]}"}}}}'
        return (
            f"- id: {self.id}-r{place}\n  when: {{{when}}}\n  then: {then}\n"
            f"  because: The {self._thing(place)} cannot be {self._words(1)} then.\n  sources: {_SOURCE}\n"
        )

    def _words(self, count: int) -> str:
        return " ".join(self._dice.sample(_WORDS, count))


def _kind(place: int) -> str:
    return "fix" if place < 7 else "check" if place < 14 else "verify"
