"""``ask``: diagnose a text, files or standard input, once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus, status_of
from syncsage_cli.offers import files
from syncsage_cli.progress import busy

if TYPE_CHECKING:
    from syncsage import Session
    from syncsage.observing.model import Parsed
    from syncsage.step import Evidence, Step
    from syncsage_cli.inputs import InputText
    from syncsage_cli.render.page import Block

NOTHING_TO_ASK = 'nothing to ask about: give a text, a file or - for standard input, such as: syncsage ask "error text"'


@click.command()
@click.argument("what", nargs=-1, metavar="TEXT|-|FILE...", shell_complete=files)
@click.option("--answer", "answers", multiple=True, metavar="FINDING=VALUE", help="Something known; may be repeated.")
@click.option("--json", "form", flag_value="json", help="Print the whole step as JSON.")
@click.option("--md", "form", flag_value="md", help="Print a report in Markdown, names masked.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep it as a session, for resume, explain and replay.")
@shared_options
@pass_app
def ask(
    app: App, /, what: tuple[str, ...], answers: tuple[str, ...], form: str | None, save: Path | None
) -> ExitStatus:
    """Diagnose TEXT, the named FILEs together, or standard input (-)."""
    return diagnose(app, what, answers, form, save)


def diagnose(
    app: App,
    what: tuple[str, ...],
    answers: tuple[str, ...] = (),
    form: str | None = None,
    save: Path | None = None,
) -> ExitStatus:
    """Read, diagnose and print.

    Args:
        app: Options and engine.
        what: Arguments as typed; none means standard input, unless that is a keyboard.
        answers: Answers as ``finding=value``.
        form: ``json``, ``md`` or None for a person.
        save: File for the session; None keeps none.

    Raises:
        InputError: There is nothing to read, it is no text, or the session cannot be written.
        EvidenceError: An answer does not fit the knowledge.
    """
    source = _read(app, what, known=bool(answers))
    for note in source.notes:
        app.environment.err(f"note: {note}")
    evidence = tuple(_evidence(answer) for answer in answers)
    text = source.text if source.text.strip() else None
    if save is not None or form == "md":
        with busy(app.environment, "Reading"):
            session = _session(app, evidence, text)
        if save is not None:
            session.keep(save)
            session.close()
        if form == "md":
            from syncsage_cli.giving import now

            with busy(app.environment, "Making the report"):
                report = session.report(made=now()).to_markdown()
            app.environment.out(report)
            return status_of(session.step)
    with busy(app.environment, "Reading"):
        parsed = app.engine.parse(text) if text is not None else None
    for note in parsed.notes if parsed is not None else ():
        app.environment.err(f"note: {note}")
    with busy(app.environment, "Thinking"):
        step = app.engine.diagnose(evidence, parsed=parsed)
    if form == "json":
        app.environment.out_json(step.to_dict())
    else:
        app.environment.show(page(step, source, parsed))
    return status_of(step)


def page(step: Step, source: InputText, parsed: Parsed | None = None) -> list[Block]:
    """Return the whole answer to a text, with how to go on."""
    from syncsage_cli.render import step as view
    from syncsage_cli.render.page import BLANK, QUIET, paragraph

    blocks = view.recognised(step, source.place)
    blocks += view.codes(parsed.codes) if parsed is not None else []
    blocks += view.causes(step) + view.procedures(step) + view.ending(step)
    if step.next is None:
        how = "To go through it together: syncsage"
    elif step.next.kind == "fix":
        blocks += [BLANK, *view.fix(step.next)]
        how = "To report how it went and go on from there: syncsage"
    else:
        blocks += [BLANK, *view.question(step.next, step.asked + 1), *view.values(view.answers_of(step.next))]
        how = f"To answer, add --answer {step.next.id}=VALUE; to be asked one by one: syncsage"
    return [*blocks, *view.to_collect(step), BLANK, paragraph(how, style=QUIET)]


def _read(app: App, what: tuple[str, ...], known: bool) -> InputText:
    from syncsage.errors import InputError
    from syncsage_cli.inputs import InputText, read_arguments

    if not what:
        if known:
            return InputText("")
        if app.environment.stdin_is_terminal:
            raise InputError(NOTHING_TO_ASK)
        what = ("-",)
    source = read_arguments(what, app.environment.stdin)
    if not source.text.strip() and not known:
        raise InputError(NOTHING_TO_ASK)
    return source


def _evidence(answer: str) -> Evidence:
    from syncsage.step import Evidence

    finding, equals, value = answer.partition("=")
    if not equals or not finding.strip() or not value.strip():
        raise click.BadParameter(f"{answer!r} is not of the form finding=value", param_hint="--answer")
    return Evidence(finding.strip(), value.strip())


def _session(app: App, evidence: tuple[Evidence, ...], text: str | None) -> Session:
    session = app.engine.session()
    if text is not None:
        session.tell(text)
    for item in evidence:
        session.answer(item.id, item.value)
    return session
