"""The first words of an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syncsage_cli.render.page import BLANK, QUIET, Block, heading, paragraph, rows
from syncsage_cli.repl.reply import Reply

if TYPE_CHECKING:
    from syncsage.knowledge.model import Domain


def welcome(domain: Domain) -> Reply:
    """Return what the domain greets with, and what one may say."""
    blocks: list[Block] = [heading(domain.title), paragraph(domain.greeting)]
    if domain.examples:
        blocks += [BLANK, rows([("such as", domain.examples[0]), *(("", e) for e in domain.examples[1:3])])]
    return Reply((*blocks, BLANK, paragraph("help lists the commands, Ctrl-D leaves.", style=QUIET)))
