"""A session file that grows by a line an event, and that one process at a time may write."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.errors import InputError, SessionBusyError
from syncsage.session.files import Stored, read_session, settle, write_new, write_session
from syncsage.session.records import FORMAT

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Journal:
    """The open end of a session file.

    Args:
        path: The file.
        lock: Held as long as the journal is open.
    """

    def __init__(self, path: Path, lock: BaseFileLock) -> None:
        self.path = path
        self._lock = lock
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))

    @classmethod
    def create(cls, path: Path, body: bytes) -> Journal:
        """Begin a file with ``body``.

        Raises:
            FileExistsError: There is one of that name.
            SessionBusyError: Another process is just beginning it.
            InputError: It cannot be written.
        """
        lock = hold(path)
        try:
            write_new(path, body)
            settle(path.parent)
            return cls(path, lock)
        except OSError as error:
            _let_go(lock)
            if isinstance(error, FileExistsError):
                raise
            raise InputError(f"cannot write {path}: {error.strerror}") from error

    @classmethod
    def open(cls, path: Path) -> tuple[Journal, Stored]:
        """Take up the file ``path`` and return what is in it, brought into the present format.

        Raises:
            SessionBusyError: Another process has it open.
            InputError: It cannot be read or written, is no session, or is damaged.
        """
        read_session(path)  # says what is wrong with it before a lock is laid beside it
        lock = hold(path)
        try:
            stored = read_session(path)
            if stored.damage:
                raise InputError(stored.fault)
            _mend(stored)
            return cls(path, lock), stored
        except OSError as error:
            _let_go(lock)
            raise InputError(f"cannot write {path}: {error.strerror}") from error
        except BaseException:
            _let_go(lock)
            raise

    def append(self, line: bytes) -> None:
        """Add ``line`` and wait until it is on disk.

        Raises:
            OSError: It cannot be written.
        """
        while line:
            line = line[os.write(self._file, line) :]
        os.fsync(self._file)

    def close(self) -> None:
        """Let the file go. Closing twice does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
            _let_go(self._lock)


def hold(path: Path) -> BaseFileLock:
    """Keep other processes from writing to ``path`` until the lock is released, at the latest when this one ends.

    Raises:
        SessionBusyError: Another process holds it.
        InputError: Nothing can be written beside the file.
    """
    from filelock import FileLock, Timeout

    if not path.parent.is_dir():  # else the lock would make the folder
        raise InputError(f"cannot write {path}: there is no folder {path.parent}")
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise SessionBusyError(f"{path} is open in {_holder(path)}") from error
    except OSError as error:
        raise InputError(f"cannot write beside {path}: {error.strerror}") from error
    return lock


def _mend(stored: Stored) -> None:
    """Bring a file into the present format, or take off what was torn while it was written."""
    if stored.opened.format < FORMAT:
        opened = replace(stored.opened, format=FORMAT)
        write_session(stored.path, opened, stored.events, stored.outcomes)
    elif stored.path.stat().st_size > stored.whole:
        os.truncate(stored.path, stored.whole)


def _holder(path: Path) -> str:
    """Return who holds ``path``: the process that wrote that it opened it."""
    with suppress(InputError):
        return str(read_session(path).holder or "another process")
    return "another process"


def _let_go(lock: BaseFileLock) -> None:
    """Release ``lock`` and take its file away; whoever waits on that file looks for the name again."""
    with suppress(OSError):
        Path(lock.lock_file).unlink()
    lock.release()
