"""Text that arrives faster than anybody types: a paste on consoles that do not mark pastes, or keys typed ahead.

Such a console (the classic one of Windows, tmux, serial lines) sends a pasted text key by key, with an Enter after
every line. Handled key by key, each line would be an entry of its own, and each key would copy everything before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

from prompt_toolkit.input import Input
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

#: As many keys at once without an Enter are taken together; fewer are left alone, for they may be a key sequence.
_MANY = 16
_TEXT: dict[Keys | str, str] = {Keys.ControlM: "\r", Keys.ControlJ: "\n", Keys.ControlI: "\t"}
#: Answers of the terminal, which end no text.
_SILENT = frozenset({Keys.CPRResponse, Keys.Ignore})


class Burst(str):
    """Text of several keys that came at once; an empty one says that another key follows the text."""

    __slots__ = ()


class BurstInput(Input):
    """An input that hands on several text keys as one paste whose text is a ``Burst``.

    Args:
        source: Where the keys come from.
        holding: Tells whether text is held back at the moment, so that single keys belong to it too.
    """

    def __init__(self, source: Input, holding: Callable[[], bool]) -> None:
        self._source = source
        self._holding = holding
        # The console reader of Windows guesses pastes by itself, in pieces, and takes a quick "yes" Enter for one.
        reader = getattr(source, "console_input_reader", None)
        if reader is not None and hasattr(reader, "recognize_paste"):
            reader.recognize_paste = False

    def read_keys(self) -> list[KeyPress]:
        """Return the keys that have come, text keys taken together."""
        return list(joined(self._source.read_keys(), holding=self._holding()))

    def fileno(self) -> int:
        """Return the descriptor of the source."""
        return self._source.fileno()

    def typeahead_hash(self) -> str:
        """Return what tells the source from others."""
        return self._source.typeahead_hash()

    def flush_keys(self) -> list[KeyPress]:
        """Return keys that waited for more, such as Escape."""
        return self._source.flush_keys()

    @property
    def closed(self) -> bool:
        """Nothing more will come."""
        return self._source.closed

    def raw_mode(self) -> AbstractContextManager[None]:
        """Hand on every key as it is."""
        return self._source.raw_mode()

    def cooked_mode(self) -> AbstractContextManager[None]:
        """Let the terminal edit lines, for other programs."""
        return self._source.cooked_mode()

    def attach(self, input_ready_callback: Callable[[], None]) -> AbstractContextManager[None]:
        """Call back when keys have come."""
        return self._source.attach(input_ready_callback)

    def detach(self) -> AbstractContextManager[None]:
        """Stop calling back."""
        return self._source.detach()

    def close(self) -> None:
        """Close the source."""
        self._source.close()


def joined(keys: Iterable[KeyPress], *, holding: bool) -> Iterator[KeyPress]:
    """Yield ``keys``, every run of text keys with an Enter in it, or of many keys, as one.

    Args:
        keys: What was read at once.
        holding: Text before it is held back: all text keys belong to it, and any other key ends it.
    """
    run: list[KeyPress] = []
    escaped = False
    for key in keys:
        if _is_text(key) and not escaped:
            run.append(key)
            continue
        for one in _together(run, holding=holding):
            holding = holding or isinstance(one.data, Burst)
            yield one
        run = []
        if holding and key.key not in _SILENT:
            yield KeyPress(Keys.BracketedPaste, Burst())
            holding = False
        escaped = key.key == Keys.Escape
        yield key
    yield from _together(run, holding=holding)


def _together(run: list[KeyPress], *, holding: bool) -> Iterator[KeyPress]:
    lines = len(run) > 1 and any(key.key in (Keys.ControlM, Keys.ControlJ) for key in run)
    if run and (holding or lines or len(run) >= _MANY):
        yield KeyPress(Keys.BracketedPaste, Burst("".join(_TEXT.get(key.key, key.data) for key in run)))
    else:
        yield from run


def _is_text(key: KeyPress) -> bool:
    return key.key in _TEXT or not isinstance(key.key, Keys)
