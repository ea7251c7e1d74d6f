"""``lookup``: what codes mean."""

from __future__ import annotations

import click

from syncsage_cli.app import App, pass_app, shared_options
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.offers import entries
from syncsage_cli.progress import busy

NOTHING_TO_LOOK_UP = "nothing to look up: give a code, several, or - for standard input"
GOES_ON = 'To find the cause behind it, give the whole message: syncsage ask "MESSAGE"'


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("code", nargs=-1, required=True, metavar="CODE...|-", shell_complete=entries("codes"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@shared_options
@pass_app
def lookup(app: App, code: tuple[str, ...], as_json: bool) -> ExitStatus:
    """Tell what each CODE means: several at once, in a text, or on standard input (-).

    Any form will do: hexadecimal, signed, unsigned, by name, with or without the words that stand before it.
    """
    text = _text(app, code)
    with busy(app.environment, "Looking up"):
        result = app.engine.lookup(text)
    if as_json:
        from syncsage_cli.render.knowledge import plain

        app.environment.out_json(plain(result))
    else:
        from syncsage_cli.render import codes as view

        app.environment.show(view.lookup(result, app.engine.kb, GOES_ON))
    return ExitStatus.OK if result.entries else ExitStatus.NOT_ENOUGH


def _text(app: App, words: tuple[str, ...]) -> str:
    """Return what is to be looked up.

    Raises:
        NoSuchOption: A word is an option that does not exist.
        InputError: There is nothing to look up, or standard input is no text.
    """
    from syncsage.errors import InputError
    from syncsage_cli.inputs import read_stream

    for word in words:
        if word.startswith("-") and word != "-" and not word[1:].isdigit():
            raise click.NoSuchOption(word)
    text = " ".join(word for word in words if word != "-")
    if "-" in words:
        source = read_stream(app.environment.stdin)
        for note in source.notes:
            app.environment.err(f"note: {note}")
        text = f"{text}\n{source.text}" if text else source.text
    if not text.strip():
        raise InputError(NOTHING_TO_LOOK_UP)
    return text
