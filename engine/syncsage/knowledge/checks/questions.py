"""Rules about what is asked: it says where to look, and finding out changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from syncsage.errors import Fault
from syncsage.knowledge.backtracking import compile_fault
from syncsage.knowledge.draft import Draft
from syncsage.knowledge.entries import Key
from syncsage.knowledge.model import ProcedureStep
from syncsage.knowledge.yamltree import Path

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_PIECES = re.compile(r"\"[^\"]*\"|'[^']*'|[|;&(){}]|[^|;&(){}\"']+")
#: Where one command ends and another, or an expression, begins; after the first three a quoted text is a command.
_STARTS, _BORDERS = "|;&", "|;&(){}"
_METHOD = re.compile(r"(?:\.|::)(\w+)(?=\()")
#: What begins an expression, not a command. A quoted text does, too, unless a command is due there.
_EXPRESSION = re.compile(r"[$,\[\d-]|\.\w")
#: Redirection, assignment, and what is run inside a text.
_SIGNS = (">", " = ")
_INSIDE = "$("


def help_faults(draft: Draft) -> Iterator[Fault]:
    """A question has help, and where the domain says what a place is, its help names one."""
    places = [pattern for pattern in draft.kb.domain.places if not compile_fault(pattern)]
    for finding in draft.kb.findings.values():
        key: Key = ("finding", finding.id)
        if finding.ask and not finding.help:
            yield draft.fault(key, (), "is asked without help: say where to look", "no-help")
        elif finding.ask and places and not any(re.search(p, finding.help, re.IGNORECASE) for p in places):
            message = "names no place to look at: a path of menus, a log, a tool, or whom to ask"
            yield draft.fault(key, ("help",), message, "no-place")


def word_faults(draft: Draft) -> Iterator[Fault]:
    """Other words belong to a choice, and to one only; what a command shows is told where there is one."""
    words = {entry.id: entry.data.get("words", {}) for entry in draft.entries if entry.kind == "finding"}
    for finding in draft.kb.findings.values():
        key: Key = ("finding", finding.id)
        for value in words.get(finding.id, {}):
            if value not in finding.values:
                yield draft.fault(key, ("words", value), f"{value} is none of the choices", "unknown-value")
        said: dict[str, str] = {}
        for choice in finding.choices:
            for word in choice.words:
                if said.setdefault(word.casefold(), choice.value) != choice.value:
                    message = f"“{word}” would mean {said[word.casefold()]} as well as {choice.value}"
                    yield draft.fault(key, ("words", choice.value), message, "ambiguous-words")
        if finding.command and not (finding.good and finding.bad):
            yield draft.fault(key, ("command",), "say in good and bad what it shows", "no-good-or-bad")


def command_faults(draft: Draft) -> Iterator[Fault]:
    """Commands that find something out stand in one line; where the domain lists what only reads, they are of that."""
    reading = [pattern for pattern in draft.kb.domain.reading if not compile_fault(pattern)]
    for key, path, command in _commands(draft):
        if "\n" in command.strip():
            yield draft.fault(key, path, "a command to copy is one line", "long-command")
        for part in changing(command, reading) if reading else ():
            yield draft.fault(key, path, f"{part} is not known to change nothing", "changing-command")


def changing(command: str, reading: Sequence[str]) -> list[str]:
    """Return the parts of a command line that no pattern of ``reading`` allows.

    The line is taken apart at pipes, semicolons and brackets outside of quotes; every command in it, every call of
    a method (``.Name()``), every redirection, assignment and command inside a text has to be allowed.

    Args:
        command: One line of a shell.
        reading: Patterns of simple commands and calls that only read.
    """
    bare = _QUOTED.sub("", command)
    parts = [f".{name}()" for name in _METHOD.findall(bare)]
    parts += [sign.strip() for sign in _SIGNS if sign in bare]
    parts += [text for text in _QUOTED.findall(command) if _INSIDE in text]
    command_due, text = True, ""
    for piece in [*_PIECES.findall(command), ";"]:
        if piece not in _BORDERS:
            text += piece
            continue
        said = text.strip()
        if said and not _EXPRESSION.match(said) and (command_due or said[0] not in "\"'"):
            parts.append(said)
        command_due, text = piece in _STARTS, ""
    return [part for part in parts if not any(re.fullmatch(p, part, re.IGNORECASE) for p in reading)]


def _commands(draft: Draft) -> Iterator[tuple[Key, Path, str]]:
    """Yield every command that a question or a check gives to copy, with its place."""
    for finding in draft.kb.findings.values():
        if finding.command:
            yield ("finding", finding.id), ("command",), finding.command
    for procedure in draft.kb.procedures.values():
        versions: list[tuple[Path, Sequence[ProcedureStep]]] = [((), procedure.steps)]
        versions += [(("variants", n), variant.steps) for n, variant in enumerate(procedure.variants)]
        for place, steps in versions if procedure.kind == "check" else ():
            for number, step in enumerate(steps):
                if step.command:
                    yield ("procedure", procedure.id), (*place, "steps", number, "command"), step.command
