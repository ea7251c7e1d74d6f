"""``explain``: the reasons behind a kept interview, for a person or as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.offers import entries, interviews
from syncsage_cli.progress import busy

if TYPE_CHECKING:
    from syncsage import Session
    from syncsage_cli.render.page import Block


@dataclass(frozen=True, slots=True)
class Part:
    """One explanation: its name, how it is shown, and as data."""

    name: str
    blocks: tuple[Block, ...]
    data: Any


@click.command()
@click.argument("session", required=False, shell_complete=interviews)
@click.option("--why", is_flag=True, help="Why the next question or fix comes next.")
@click.option(
    "--how", metavar="CAUSE", shell_complete=entries("causes"),
    help="How a cause stands: its number, id or title; 1.2 for its second reason.",
)  # fmt: skip
@click.option("--whynot", metavar="CAUSE", shell_complete=entries("causes"), help="Why a cause is not the first.")
@click.option("--what-if", "what_if", metavar="QUESTION=ANSWER", help="What an answer would move.")
@click.option("--facts", is_flag=True, help="What is known and where from, and what is not.")
@click.option("--rules", is_flag=True, help="Which rules fired, which are false, which lack an input.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@shared_options
@pass_app
def explain(app: App, /, session: str | None, as_json: bool, **wanted: Any) -> ExitStatus:
    """Explain SESSION, a file or the name of a kept interview; the latest one where none is named.

    Several explanations may be asked for at once; without any: why, and how the first cause stands.
    """
    from syncsage import Session
    from syncsage_cli.archive import Archive

    archive = Archive(app.environment.state_dir)
    place = archive.find(session) if session is not None else archive.latest()
    with busy(app.environment, "Replaying"):
        kept = Session.load(app.engine, place)
        if not any(wanted.values()):
            wanted |= {"why": True, "how": kept.step.causes[0].id if kept.step.causes else None}
        parts = [make(kept, argument) for name, make in _MAKERS.items() if (argument := wanted[name])]
    if as_json:
        app.environment.out_json({part.name: part.data for part in parts})
    else:
        _show(app, parts)
    return ExitStatus.OK


def _show(app: App, parts: list[Part]) -> None:
    from syncsage_cli.render.page import BLANK

    blocks: list[Block] = []
    for part in parts:
        blocks += [*([BLANK] if blocks else []), *part.blocks]
    app.environment.show(blocks)


def _why(session: Session, _: object) -> Part:
    from syncsage_cli.render.explain import why

    answer = session.engine.why(session.step)
    return Part("why", tuple(why(answer)), answer.to_dict())


def _how(session: Session, argument: str) -> Part:
    from syncsage.errors import UnknownIdError
    from syncsage.serialise import plain
    from syncsage_cli.render.explain import how
    from syncsage_cli.render.reasons import reason

    name, _, number = argument.partition(".")
    answer = session.engine.explain(session.step, _cause(session, name), session.said)
    prefix = str(answer.rank or answer.id)
    if not number:
        return Part("how", tuple(how(answer, prefix)), answer.to_dict())
    found = answer.at(number)
    if found is None:
        raise UnknownIdError(f"{answer.title!r} has no reason {number}: --how {prefix} shows them")
    return Part("how", tuple(reason(answer, found, prefix)), plain(found))


def _why_not(session: Session, argument: str) -> Part:
    from syncsage_cli.render.explain import why_not

    answer = session.engine.why_not(session.step, _cause(session, argument), session.said)
    return Part("whynot", tuple(why_not(answer, session.engine.kb)), answer.to_dict())


def _what_if(session: Session, argument: str) -> Part:
    from syncsage_cli.render.explain import what_if

    question, equals, value = (part.strip() for part in argument.partition("="))
    if not equals or not value:
        raise click.BadParameter(f"{argument!r} is not of the form question=answer", param_hint="--what-if")
    answer = session.engine.what_if(session.step, question, value)
    finding = session.engine.kb.findings.get(question)
    words, label = (finding.ask, finding.label(value)) if finding is not None else (question, value)
    return Part("what_if", tuple(what_if(words, label, answer)), answer.to_dict())


def _facts(session: Session, _: object) -> Part:
    from syncsage_cli.render.explain import facts

    answer = session.engine.facts(session.step, session.said)
    return Part("facts", tuple(facts(answer)), answer.to_dict())


def _rules(session: Session, _: object) -> Part:
    from syncsage.serialise import plain
    from syncsage_cli.render.explain import rules
    from syncsage_cli.repl.commands.rules import in_question

    states = session.engine.rule_states(session.step)
    shown = in_question(states, session.step, session.engine.kb)
    return Part("rules", tuple(rules(shown)), plain(states))


def _cause(session: Session, name: str) -> str:
    """Return the id of the cause that ``name`` means: its number in the ranking, or its id."""
    causes = session.step.causes
    if name.isascii() and name.isdigit():
        from syncsage.errors import UnknownIdError

        if not 1 <= int(name) <= len(causes):
            raise UnknownIdError(f"there is no cause {name}: {len(causes)} are in question")
        return causes[int(name) - 1].id
    return name


_MAKERS = {
    "why": _why,
    "how": _how,
    "whynot": _why_not,
    "what_if": _what_if,
    "facts": _facts,
    "rules": _rules,
}
