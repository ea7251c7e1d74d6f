"""What the conversation says in return to an entry."""

from __future__ import annotations

from dataclasses import dataclass

from syncsage_cli.render.page import BLANK, Block, paragraph

#: What both fronts say to Ctrl-C: where nothing is going on, and while an entry was being read.
PRESS_AGAIN = "press Ctrl-C again or Ctrl-D to leave"
STOPPED = "Stopped; nothing of it was taken in."
ON_THE_LINE = "It is on the line again."
STOPPED_LATE = "Stopped; what you said was taken in. steps shows where we are."


@dataclass(frozen=True, slots=True)
class Reply:
    """Blocks to show.

    Attributes:
        blocks: The page; blank lines at its beginning are left out.
        done: The person wants to leave.
        long: Worth a pager where it does not fit the screen.
        aside: A remark, not worth copying.
    """

    blocks: tuple[Block, ...] = ()
    done: bool = False
    long: bool = False
    aside: bool = False

    def __post_init__(self) -> None:
        first = next((i for i, block in enumerate(self.blocks) if block is not BLANK), len(self.blocks))
        object.__setattr__(self, "blocks", self.blocks[first:])


def say(*sentences: str) -> Reply:
    """Return a reply of plain paragraphs."""
    return Reply(tuple(paragraph(sentence) for sentence in sentences))


def refuse(error: Exception) -> Reply:
    """Return what went wrong as a sentence."""
    text = str(error)
    return say(f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}")
