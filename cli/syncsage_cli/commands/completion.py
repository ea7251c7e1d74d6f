"""``completion``: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click

from syncsage_cli.app import App, pass_app
from syncsage_cli.exit_status import ExitStatus

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
@pass_app
def completion(app: App, context: click.Context, shell: str) -> ExitStatus:
    """Print the script that completes syncsage in SHELL.

    bash: eval "$(syncsage completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc; fish: syncsage completion fish |
    source; PowerShell: syncsage completion powershell | Out-String | Invoke-Expression in $PROFILE.
    """
    from click.shell_completion import get_completion_class

    from syncsage_cli.shells import register

    register()
    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(f"click does not know {shell}")
    # Not the source() of click: for bash it runs bash to ask for its version.
    script = kind(context.find_root().command, {}, "syncsage", "_SYNCSAGE_COMPLETE")
    app.environment.out(script.source_template % script.source_vars() + "\n")
    return ExitStatus.OK
