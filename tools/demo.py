"""Record the real program in a pseudo-terminal, and draw what its screen showed: docs/demo.svg.

``make demo`` writes the drawing; a test tells whether the committed one still shows what the program prints.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from html import escape, unescape
from pathlib import Path

import pexpect

from screen import Screen

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "demo.svg"
COLUMNS, LINES = 80, 38
#: What is typed, and what has to be on the screen before it is.
TYPED = (
    ("Ctrl-D leaves", "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"),
    ("Question 1", "the name does not resolve"),
    ("Question 2", ""),
)
#: What stands at the bottom when the program waits.
_TOOLBAR = "F4 causes"
_PATIENCE = 20
_LINE, _CHARACTER, _EDGE = 18.0, 8.4, 16
_FONTS = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace"
_COLOURS = {"green": "#7ec699", "bright_green": "#7ec699", "yellow": "#e6c07b", "red": "#e88388"}
_TEXT = re.compile(r'<text class="s(\d+)"[^>]*>(.*?)</text>', re.DOTALL)


def record() -> list[Screen]:
    """Return the screen after each answer.

    Raises:
        pexpect.TIMEOUT: The program did not get to where something is typed.
    """
    with tempfile.TemporaryDirectory() as home:
        child = _start(Path(home))
        screen, shown = Screen(COLUMNS, LINES), list[Screen]()
        for awaited, entry in TYPED:
            while awaited not in screen.text or _TOOLBAR not in screen.text.rstrip().rpartition("\n")[2]:
                _hear(child, screen)
            if entry:
                before = _count(screen, entry)
                child.send(entry)
                while _count(screen, entry) == before:
                    _hear(child, screen)
            shown.append(screen.copy())
            child.send("\r")
        child.close(force=True)
    return shown


def _start(home: Path) -> pexpect.spawn[str]:
    variables = {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "engine"), str(ROOT / "cli")]),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "HF_HUB_OFFLINE": "1",
        "SYNCSAGE_AUTOSAVE": "0",
        "SYNCSAGE_THEME": "dark",
    }
    command = ["-m", "syncsage_cli.start"]
    return pexpect.spawn(
        sys.executable, command, env=variables, encoding="utf-8", dimensions=(LINES, COLUMNS), timeout=_PATIENCE
    )


def _count(screen: Screen, entry: str) -> int:
    return screen.text.replace("\n", "").count(entry)


def _hear(child: pexpect.spawn[str], screen: Screen) -> None:
    """Show what the program wrote, and tell it where the cursor is when it asks, as a terminal does."""
    child.expect(r"(?s).+")
    text = str(child.after)
    screen.feed(text)
    if "\x1b[6n" in text:
        child.send(screen.where)


def draw(screens: list[Screen]) -> str:
    """Return stills below one another as a drawing that needs nothing from elsewhere: no script, no font, no link."""
    height = _EDGE * 2 + _LINE * LINES
    width = _EDGE * 2 + _CHARACTER * COLUMNS
    total = len(screens) * (height + _EDGE) - _EDGE
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{total:.0f}" '
            f'viewBox="0 0 {width:.0f} {total:.0f}" role="img" aria-label="An interview with syncsage in a terminal">'
        ),
        f"<style>text{{font:14px {_FONTS};fill:#d8dee9;white-space:pre}}</style>",
    ]
    for number, screen in enumerate(screens):
        top = number * (height + _EDGE)
        parts.append(f'<rect y="{top:.0f}" width="{width:.0f}" height="{height:.0f}" rx="8" fill="#20242c"/>')
        parts += _drawn(screen, number, top)
    return "\n".join([*parts, "</svg>\n"])


def _drawn(screen: Screen, number: int, top: float) -> list[str]:
    parts: list[str] = []
    for row, runs in enumerate(screen.runs()):
        y = top + _EDGE + _LINE * (row + 0.75)
        spans = "".join(f"<tspan{_style(style)}>{escape(text, quote=False)}</tspan>" for style, text in runs)
        wide = _CHARACTER * sum(len(text) for _, text in runs)
        length = f' textLength="{wide:.1f}"' if wide else ""
        parts.append(f'<text class="s{number}" x="{_EDGE}" y="{y:.1f}" xml:space="preserve"{length}>{spans}</text>')
    return parts


def _style(style: frozenset[str]) -> str:
    colour = next((f' fill="{_COLOURS[name]}"' for name in sorted(style) if name in _COLOURS), "")
    bold = ' font-weight="bold"' if "bold" in style else ""
    quiet = ' fill-opacity="0.65"' if "dim" in style else ""
    return colour + bold + quiet


def words(drawing: str) -> list[str]:
    """Return the lines of text in a drawing."""
    return [unescape(re.sub(r"<[^>]+>", "", line)).rstrip() for _, line in _TEXT.findall(drawing)]


def main() -> int:
    """Write the drawing."""
    TARGET.write_text(draw(record()), "utf-8", newline="\n")
    print(f"written: {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
