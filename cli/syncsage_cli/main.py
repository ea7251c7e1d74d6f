"""The entry point: from arguments to an exit code. Every error becomes a short message here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

import click

from syncsage_cli.app import App, shared_options
from syncsage_cli.environment import Environment
from syncsage_cli.exit_status import ExitStatus
from syncsage_cli.registry import COMMANDS, GROUP, LazyGroup
from syncsage_cli.repl.warmth import leave

_HELP = """Find out why synchronization fails, and what to do about it.

Without a command: an interview on a terminal; a text that is piped in is diagnosed as by `ask -`.

Exit codes: 0 one cause identified, or nothing is wrong; 10 several causes left; 11 not enough, or not known;
2 bad usage or unreadable input; 3 bad knowledge base; 1 anything else.
"""


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    entries=GROUP,
    invoke_without_command=True,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, help="Show version, Python, knowledge, rule engine and model.")
@click.option("--json", "as_json", is_flag=True, help="With --version: as JSON.")
@shared_options
@click.pass_context
def program(context: click.Context, version: bool, as_json: bool) -> ExitStatus | None:
    """Run the command that was named, or the one that fits the terminal."""
    app = context.ensure_object(App)
    if context.invoked_subcommand not in ("completion", "config"):  # these help where the settings are wrong
        app.settle()
    if version:
        from syncsage_cli.commands.version import show_version

        context.exit(show_version(app, as_json))
    if as_json:
        raise click.UsageError("--json goes behind the command, or with --version")
    if context.invoked_subcommand is not None:
        return None
    if app.environment.stdin_is_terminal:
        from syncsage_cli.commands.interview import hold_interview

        return hold_interview(app)
    from syncsage_cli.commands.ask import diagnose

    return diagnose(app, ("-",))


def main() -> None:
    """Run the program on the arguments and streams of this process."""
    # Numpy's library starts a thread for each processor as it is loaded; matrices this small are quicker without.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    leave(run(sys.argv[1:], Environment.real()))


def run(arguments: Sequence[str], environment: Environment) -> int:
    """Run the program.

    Args:
        arguments: What was typed behind the name of the program.
        environment: Streams and terminal to use.

    Returns:
        The exit code.
    """
    app = App(environment)
    if "_SYNCSAGE_COMPLETE" in environment.variables:
        from syncsage_cli.shells import prepare

        prepare(environment)
    try:
        with redirect_stdout(environment.stdout), redirect_stderr(environment.stderr):
            status = program.main(list(arguments), "syncsage", standalone_mode=False, obj=app)
    except click.ClickException as error:
        environment.err(_usage(error))
        return ExitStatus.USAGE
    except (click.Abort, KeyboardInterrupt):
        return ExitStatus.INTERRUPTED
    except Exception as error:
        if app.debug:
            raise
        environment.err(f"syncsage: {_message(error, app)}")
        return _status(error)
    return status if isinstance(status, int) else ExitStatus.OK


def _usage(error: click.ClickException) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    context = getattr(error, "ctx", None)
    name = context.command_path if context is not None else "syncsage"
    lines = [f"syncsage: {error.format_message()}"]
    if context is not None and context.parent is None and "No such command" in lines[0]:
        lines.append('To ask about a text: syncsage ask "..."')
    return "\n".join([*lines, f"Help: {name} --help"])


def _message(error: Exception, app: App) -> str:
    from syncsage.errors import ModelError, SyncSageError

    if isinstance(error, ModelError) and app.settings.model:
        return f"{error}; {app.settings.origins['model']} asks for it"
    if isinstance(error, SyncSageError):
        return str(error)
    if isinstance(error, OSError) and error.filename is None and error.strerror:
        return f"cannot write the output: {error.strerror}"
    return f"{type(error).__name__}: {error}. This is a fault of the program; --debug shows where."


def _status(error: Exception) -> ExitStatus:
    from syncsage.errors import EvidenceError, InputError, KnowledgeError, UnknownIdError

    if isinstance(error, KnowledgeError):
        return ExitStatus.KNOWLEDGE
    if isinstance(error, (InputError, EvidenceError, UnknownIdError)):
        return ExitStatus.USAGE
    return ExitStatus.ERROR
