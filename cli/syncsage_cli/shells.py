"""Completion in PowerShell, by the classes of click; click itself knows bash, zsh and fish."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

if TYPE_CHECKING:
    from syncsage_cli.environment import Environment

_SCRIPT = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition }
    $env:COMP_WORDS = ($before | ForEach-Object { "$_".Trim("'`"") }) -join "`n"
    $env:COMP_CWORD = $wordToComplete.Trim("'`"")
    $env:%(complete_var)s = 'powershell_complete'
    try {
        & %(prog_name)s | ForEach-Object {
            $kind, $value, $about = $_ -split "`t", 3
            if ($kind -eq 'plain') {
                if (-not $about) { $about = $value }
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
            } else {
                [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
            }
        }
    } finally {
        Remove-Item Env:COMP_WORDS, Env:COMP_CWORD, Env:%(complete_var)s -ErrorAction SilentlyContinue
    }
}
"""


class PowerShellComplete(ShellComplete):
    """Words come one a line in COMP_WORDS, the begun one in COMP_CWORD; a completion is kind, value, help by tabs."""

    name = "powershell"
    source_template = _SCRIPT

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the finished words behind the name of the program, and the begun one."""
        words = os.environ.get("COMP_WORDS", "").splitlines()[1:]
        begun = os.environ.get("COMP_CWORD", "")
        return (words[:-1] if begun and words and words[-1] == begun else words), begun

    def format_completion(self, item: CompletionItem) -> str:
        """Return one line for the script to take apart."""
        return f"{item.type}\t{item.value}\t{item.help or ''}"


def prepare(environment: Environment) -> None:
    """Make ready to complete: PowerShell is known, and no spinner and no error disturbs the line that is typed."""
    register()
    environment.stderr = io.StringIO()


def register() -> None:
    """Make click know PowerShell."""
    add_completion_class(PowerShellComplete)
