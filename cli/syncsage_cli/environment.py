"""The world around the program: streams, terminal, variables. Tests put their own in its place."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from syncsage_cli.standins import STAND_IN
from syncsage_cli.terminal import DEFAULT_WIDTH, background, standard_streams, wants_colour, window

if TYPE_CHECKING:
    from syncsage_cli.render.page import Block


@dataclass(slots=True)
class Environment:
    """Streams and terminal of one run.

    Attributes:
        stdin: Raw bytes: what is piped in may be in any encoding.
        stdout: Results only.
        stderr: Remarks and errors.
        interactive: A person sits at both ends, so questions may be asked.
        colour: Styles are wanted and possible.
        width: Columns to fill: those of the window, at most 100, unless another number was set.
        height: Lines of the terminal, for the pager.
        fixed_width: A width that was set, whatever the window has; 0 for none.
        variables: The process environment.
        state_dir: Where history and kept interviews live; None for the usual place of the platform.
        plain: Nothing is redrawn or drawn: for screen readers and dumb terminals.
        theme: Name of the colours.
        pager: Program for long pages; empty for the usual one, "off" for none.
        lent: A pager or an editor has the terminal, and nothing else may write to it.
        occupied: Something that takes its time has a sign of life on standard error.
        unheard: Whoever read standard output is gone.
    """

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO
    interactive: bool = False
    stdin_is_terminal: bool = False
    colour: bool = False
    width: int = DEFAULT_WIDTH
    height: int = 24
    fixed_width: int = 0
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    state_dir: Path | None = None
    plain: bool = False
    theme: str = "auto"
    pager: str = ""
    lent: bool = field(default=False, init=False)
    occupied: bool = field(default=False, init=False)
    unheard: bool = field(default=False, init=False)

    @classmethod
    def real(cls) -> Environment:
        """Return the environment of this process, with output that never fails on a character."""
        stdin, stdout, stderr = standard_streams()
        for stream, errors in ((sys.stdin, "replace"), (stdout, STAND_IN), (stderr, STAND_IN)):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors=errors)
        on_screen = stdout.isatty()
        columns, lines = window(on_screen)
        return cls(
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            interactive=stdin.isatty() and on_screen,
            stdin_is_terminal=stdin.isatty(),
            colour=wants_colour(os.environ, on_screen),
            width=columns,
            height=lines,
            variables=os.environ,
        )

    @property
    def dumb(self) -> bool:
        """The terminal cannot move its cursor."""
        return self.variables.get("TERM", "") == "dumb"

    @property
    def watched(self) -> bool:
        """Somebody sees standard error on a terminal that can redraw, so a bar may be shown there."""
        return self.stderr.isatty() and not self.dumb and not self.plain

    def pause(self, seconds: float) -> None:
        """Wait for ``seconds``."""
        import time

        time.sleep(seconds)

    def out(self, text: str) -> None:
        """Write ``text`` to standard output; a reader that went away is no error."""
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except OSError as error:
            self._let_go_of_stdout()
            if not _reader_gone(error):
                raise

    def err(self, text: str) -> None:
        """Write one remark to standard error."""
        try:
            self.stderr.write(text.rstrip("\n") + "\n")
            self.stderr.flush()
        except OSError:  # there is nobody left to be told
            self.stderr = io.StringIO()

    def out_json(self, data: object) -> None:
        """Write ``data`` as one indented JSON document, escaped where the stream is not Unicode."""
        import json

        plain = "utf" not in (self.stdout.encoding or "utf-8").lower()
        self.out(json.dumps(data, ensure_ascii=plain, indent=2) + "\n")

    def out_html(self, page: str) -> None:
        """Write a page; it says itself that it is UTF-8, so that every other stream gets references for its letters."""
        utf_8 = "utf8" in (self.stdout.encoding or "utf-8").lower().replace("-", "")
        self.out(page if utf_8 else page.encode("ascii", "xmlcharrefreplace").decode("ascii"))

    def show(self, blocks: Iterable[Block]) -> None:
        """Render ``blocks`` to standard output in the width and colours of the terminal."""
        from syncsage_cli.render.page import paint

        self.out(paint(blocks, width=self.width, colour=self.colour, theme=self.palette, plain=self.plain))

    @property
    def palette(self) -> str:
        """Name of the colours that are in use: ``auto`` goes by what the terminal tells of its background."""
        return self.theme if self.theme != "auto" else background(self.variables)

    def page(self, text: str) -> None:
        """Show a long text in the pager of the person.

        Colours are left to click: only then it asks ``less`` to show them, and strips them for pagers that cannot.
        """
        import click

        if self.pager == "off":
            self.out(f"\n{text}\n")
            return
        if self.pager:
            os.environ["PAGER"] = self.pager  # the one way to tell click
        os.environ.setdefault("LESSSECURE", "1")  # keys typed ahead must not save a file or start a shell
        # Whoever stops a page is done with it, not with the interview.
        with self._lending(), suppress(KeyboardInterrupt):
            click.echo_via_pager(text, color=None if self.colour else False)

    @property
    def bar(self) -> str:
        """The sign that bars are made of: a full block, where standard output has one."""
        from syncsage_cli.render.timeline import sign

        return sign(self.stdout.encoding)

    def copy(self, text: str) -> str:
        """Put ``text`` on the clipboard of the person; return why not, or nothing."""
        from syncsage_cli.clipboard import copy

        return copy(self, text)

    def edit(self, text: str = "") -> str | None:
        """Return what the person made of ``text`` in their editor; None where nothing was saved.

        Raises:
            InputError: No editor can be started.
        """
        import click

        from syncsage.errors import InputError

        if not self.interactive:
            raise InputError("an editor needs a terminal: paste takes many lines as well")
        try:
            with self._lending():
                return click.edit(text, extension=".txt")
        except KeyboardInterrupt:
            return None
        except click.ClickException as error:
            hint = "set EDITOR to another one, or use paste"
            raise InputError(f"the editor did not work: {error.format_message()}; {hint}") from error

    def fit(self, width: int) -> None:
        """Fill ``width`` columns from now on; 0: those of the window."""
        if not width and self.fixed_width:
            self.width = DEFAULT_WIDTH
        self.fixed_width = width
        self.width = width or self.width
        self.measure()

    @contextmanager
    def _lending(self) -> Generator[None]:
        self.lent = True
        try:
            yield
        finally:
            self.lent = False

    def measure(self) -> None:
        """Take notice of the present size of the terminal, which a person may have changed."""
        if self.stdout.isatty():
            width, self.height = window(on_screen=True)
            self.width = self.fixed_width or width

    def read_line(self, prompt: str) -> str | None:
        """Ask for one line in plain mode. None at the end of input."""
        try:
            return input(prompt)
        except (EOFError, RuntimeError):  # the latter where the caller closed standard input
            return None

    def more_input_waits(self) -> bool:
        """Tell whether a further line is already there, as it is in the middle of a paste."""
        from syncsage_cli.repl.keyboard import input_waits

        return input_waits(self.stdin)

    def _let_go_of_stdout(self) -> None:
        self.unheard = True
        # The interpreter flushes sys.stdout once more at exit: point the descriptor elsewhere first.
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())
        except (OSError, ValueError):
            self.stdout = io.StringIO()


def _reader_gone(error: OSError) -> bool:
    """Tell whether whoever read a stream is gone; Windows says EINVAL where others say EPIPE."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)
